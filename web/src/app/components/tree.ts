/* The rows of a tree: what is open, in the order in which it is read. */
import type { TreeNode } from './Tree.vue'

export interface TreeRow {
  node: TreeNode
  level: number
  /** It can be opened. */
  inner: boolean
  /** Index of the row above it in the tree; -1: none. */
  up: number
  nth: number
  of: number
}

export function flat(nodes: readonly TreeNode[], open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const walk = (list: readonly TreeNode[], level: number, up: number): void => {
    list.forEach((node, i) => {
      const inner = Boolean(node.branch || node.children?.length)
      rows.push({ node, level, inner, up, nth: i + 1, of: list.length })
      if (inner && node.children && open.has(node.id)) walk(node.children, level + 1, rows.length - 1)
    })
  }
  walk(nodes, 1, -1)
  return rows
}

/** The id of the row an event happened in. */
export const rowUnder = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? (target.closest<HTMLElement>('[role=treeitem]')?.dataset.id ?? undefined) : undefined

const PAUSE = 700

/** Finds by the letters typed one after the other: the next row, from where one is, whose words begin with them. -1: none. */
export function lettersOf(): (rows: readonly TreeRow[], from: number, letter: string) => number {
  let typed = ''
  let last = 0
  return (rows, from, letter) => {
    const now = Date.now()
    typed = now - last < PAUSE ? typed + letter.toLowerCase() : letter.toLowerCase()
    last = now
    const same = [...typed].every((one) => one === typed[0])   // the same letter again: the next one with it
    const wanted = same ? typed[0]! : typed
    for (let step = same ? 1 : 0; step <= rows.length; step++) {
      const i = (from + step) % rows.length
      if (rows[i]!.node.label.toLowerCase().startsWith(wanted)) return i
    }
    return -1
  }
}
