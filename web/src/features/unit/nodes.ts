/* Flat lists with parents, as trees. */
import type { TreeNode } from '@/app/components/Tree.vue'

interface Item { id: string; parent_id: string | null; name: string; child_count?: number }

/** A search shows so many at most: nobody reads more. */
export const HITS_MOST = 200

/* What lies below what: worked out once for a list, however often its tree is drawn. */
const indexes = new WeakMap<readonly Item[], Map<string, Item[]>>()
function belowOf(items: readonly Item[]): Map<string, Item[]> {
  const before = indexes.get(items)
  if (before) return before
  const known = new Set(items.map((item) => item.id))
  const below = new Map<string, Item[]>()
  for (const item of items) {
    const up = item.parent_id && known.has(item.parent_id) ? item.parent_id : ''
    const there = below.get(up)
    if (there) there.push(item)
    else below.set(up, [item])
  }
  indexes.set(items, below)
  return below
}

/** partly: what lies below the lowest level is not known yet. A node's children are made when somebody looks at them: few of thousands are. */
export function treeOf<T extends Item>(items: readonly T[], note: (item: T) => string, partly = false): TreeNode[] {
  const below = belowOf(items) as Map<string, T[]>
  const node = (item: T): TreeNode => {
    const inner = below.get(item.id)
    let made: TreeNode[] | undefined
    return {
      id: item.id, label: item.name, note: note(item),
      ...(inner ? {} : partly && item.child_count ? { branch: true } : {}),
      get children() { return inner && (made ??= inner.map(node)) },
    }
  }
  return (below.get('') ?? []).map(node)
}

const above = (byId: Map<string, Item>, id: string): string[] => {
  const way: string[] = []
  for (let at = byId.get(id)?.parent_id; at && !way.includes(at); at = byId.get(at)?.parent_id) way.push(at)
  return way
}
const byIds = (items: readonly Item[]) => new Map(items.map((item) => [item.id, item]))

/** The ids on the way from the root to an item, itself left out. */
export const wayTo = (items: readonly Item[], id: string): string[] => above(byIds(items), id)

/** The items that are wanted, the first HITS_MOST, and all above them. */
export function withWays<T extends Item>(items: readonly T[], wanted: (item: T) => boolean): { items: T[]; more: boolean } {
  const byId = byIds(items)
  const hits = items.filter(wanted)
  const keep = new Set(hits.slice(0, HITS_MOST).flatMap((item) => [item.id, ...above(byId, item.id)]))
  return { items: items.filter((item) => keep.has(item.id)), more: hits.length > HITS_MOST }
}
