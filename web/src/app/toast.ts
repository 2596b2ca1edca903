/* What was done, said once, with a way back when there is one. */
import { ref } from 'vue'
import type { Shape } from './shapes'

export interface Toast {
  id: number
  text: string
  shape: Shape
  action?: { label: string; run: () => void }
}

export const toasts = ref<Toast[]>([])
let last = 0

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id)
}

/** toast('已派给市政所', { action: { label: '撤销', run } }) */
export function toast(text: string, how: { shape?: Shape; action?: Toast['action']; stay?: number } = {}): void {
  const id = (last += 1)
  toasts.value = [...toasts.value.slice(-2), { id, text, shape: how.shape ?? 'done', action: how.action }]
  setTimeout(() => dismiss(id), how.stay ?? (how.action ? 10_000 : 5_000))
}
