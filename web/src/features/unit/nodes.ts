/* Flat lists with parents, as trees. */
import type { TreeNode } from '@/app/components/Tree.vue'

interface Item { id: string; parent_id: string | null; name: string }

export function treeOf<T extends Item>(items: readonly T[], note: (item: T) => string): TreeNode[] {
  const known = new Set(items.map((item) => item.id))
  const below = new Map<string, T[]>()
  for (const item of items) {
    const up = item.parent_id && known.has(item.parent_id) ? item.parent_id : ''
    below.set(up, [...(below.get(up) ?? []), item])
  }
  const branch = (up: string): TreeNode[] =>
    (below.get(up) ?? []).map((item) => {
      const children = branch(item.id)
      return { id: item.id, label: item.name, note: note(item), ...(children.length && { children }) }
    })
  return branch('')
}

/** The ids on the way from the root to an item, itself left out. */
export function wayTo(items: readonly Item[], id: string): string[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  const way: string[] = []
  for (let at = byId.get(id)?.parent_id; at && !way.includes(at); at = byId.get(at)?.parent_id) way.push(at)
  return way
}
