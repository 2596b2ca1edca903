/* Calls of the case feature. */
import { http } from '@/app/http'
import type { Areas } from '@/app/geo'
import { readKept } from '@/app/offline/copies'
import type { CaseRow, Category, Named } from './types'

let categories: Promise<Category[]> | undefined
/** All categories in use; asked once, since they change rarely. */
export function allCategories(): Promise<Category[]> {
  categories ??= readKept<{ items: Category[] }>('/categories').then((answer) => answer.items)
  categories.catch(() => (categories = undefined))
  return categories
}

const grounds = new Map<string, Promise<Areas>>()
/** Polygons for maps: of a kind of area, or of one area and what lies below it. */
export function ground(query: { kind: string } | { under: string } = { kind: 'community' }): Promise<Areas> {
  const key = JSON.stringify(query)
  let asked = grounds.get(key)
  if (!asked) {
    asked = readKept<Areas>('/areas.geojson', query)
    asked.catch(() => grounds.delete(key))
    grounds.set(key, asked)
  }
  return asked
}

export interface OrgRow { id: string; name: string; kind: string }
export const findOrgs = (text: string): Promise<OrgRow[]> =>
  http.get<{ items: OrgRow[] }>('/orgs', { query: { text } }).then((answer) => answer.items)

/** Open cases by text, address or number. */
export const findCases = (text: string): Promise<CaseRow[]> =>
  http.get<{ items: CaseRow[] }>('/cases', { query: { text, state: 'open', limit: 10 } }).then((answer) => answer.items)

/** Those to whom the organisation that has it can hand a case. */
export const peopleOf = async (id: string): Promise<Named[]> => (await http.get<{ items: Named[] }>(`/cases/${id}/people`)).items
