/* Views and replies that people keep under a name (server/features/saved). */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { LocationQuery } from 'vue-router'
import type { Reply } from '@/app/api-of'
import { http, newKey } from '@/app/http'

export type Saved = Reply<'/api/v1/saved'>['items'][number]
export type Kind = Saved['kind']
/** The query of an address without its page. */
export type ViewQuery = Record<string, string | string[]>

export interface Content { query?: ViewQuery; text?: string }
export interface Holder { unit_kind?: string; unit_id?: string }

/** What of an address belongs to a view: everything that says something, in the order of the names; not the page. */
export function viewOf(query: LocationQuery): ViewQuery {
  const made: ViewQuery = {}
  for (const name of Object.keys(query).sort()) {
    const values = [query[name]].flat().filter((one): one is string => typeof one === 'string' && one !== '')
    if (name !== 'after' && values.length) made[name] = values.length === 1 ? values[0]! : values
  }
  return made
}

/** Two queries that show the same: order of names and of values does not count. */
export function sameView(a: ViewQuery, b: ViewQuery): boolean {
  const plain = (query: ViewQuery) => JSON.stringify(Object.keys(query).sort().map((name) => [name, [query[name]!].flat().sort()]))
  return plain(a) === plain(b)
}

export interface Shelf { items: ShallowRef<Saved[]>; known: Ref<boolean>; load: () => Promise<void> }

/** What is kept of a kind: one's own and what is shared with one. Asked when load() is called. */
export function useShelf(kind: Kind): Shelf {
  const items = shallowRef<Saved[]>([])
  const known = ref(false)
  async function load(): Promise<void> {
    items.value = (await http.get<{ items: Saved[] }>('/saved', { query: { kind } })).items
    known.value = true
  }
  return { items, known, load }
}

/** Keeps something new, or changes what is there by the version one read. */
export const put = (kind: Kind, before: Pick<Saved, 'id' | 'version'> | null, name: string, content: Content, holder: Holder): Promise<Saved> =>
  before
    ? http.put<Saved>(`/saved/${before.id}`, { name, ...content, ...holder }, { version: before.version })
    : http.post<Saved>('/saved', { kind, name, ...content, ...holder }, { key: newKey() })

export const remove = (one: Pick<Saved, 'id' | 'version'>): Promise<void> => http.delete<void>(`/saved/${one.id}`, { version: one.version })
