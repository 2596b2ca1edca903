/* Keys of a page: useKeys({ j: next, k: previous }, { j: '下一件' }). They rest while somebody types
 * or a dialog is open, and the help dialog lists those that have a label. */
import { onScopeDispose, reactive } from 'vue'

export interface KeyLine {
  key: string
  label: () => string
}

export const keyLines = reactive(new Map<symbol, KeyLine[]>())

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

const busy = (): boolean => document.querySelector('[role="dialog"], [role="menu"], [role="alertdialog"]') !== null

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

export function useKeys(map: KeyMap, labels: Record<string, () => string> = {}): void {
  const id = Symbol('keys')
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (typing(event.target) || busy()) return
    const act = map[event.key] ?? map[event.key.toLowerCase()]
    if (act) act(event)
  }
  document.addEventListener('keydown', listen)
  keyLines.set(id, Object.entries(labels).map(([key, label]) => ({ key, label })))
  onScopeDispose(() => {
    document.removeEventListener('keydown', listen)
    keyLines.delete(id)
  })
}
