/* What dialogs and filters offer: organisations by typing, areas and alliances whole; and days as a date field has them. */
import type { Option } from '@/app/components/Combobox.vue'
import { http } from '@/app/http'
import { fromField, toField } from '@/app/time'
import { areaKind, orgKind } from '../unit/kinds'
import type { AreaItem, OrgItem } from '../unit/types'
import type { Item } from './types'

export async function findOrgs(text: string): Promise<Option[]> {
  const found = await http.get<{ items: OrgItem[] }>('/orgs', { query: { text, limit: 50 } })
  return found.items.map((one) => ({ value: one.id, label: one.name, hint: [orgKind(one.kind), one.area_name].filter(Boolean).join(' · ') }))
}
export async function loadAreas(): Promise<Option[]> {
  const found = await http.get<{ items: AreaItem[] }>('/areas/tree').catch(() => ({ items: [] as AreaItem[] }))
  return found.items.filter((one) => ['district', 'street', 'community'].includes(one.kind) || one.depth <= 2).map((one) => ({ value: one.id, label: one.name, hint: areaKind(one.kind) }))
}
export async function loadAlliances(except?: string): Promise<Option[]> {
  const found = await http.get<{ items: Item[] }>('/alliances').catch(() => ({ items: [] as Item[] }))
  return found.items.filter((one) => one.id !== except).map((one) => ({ value: one.id, label: one.name }))
}

/** The date of a moment, as a date field has it. */
export const toDate = (at: number): string => toField(at).slice(0, 10)
/** The beginning of that day. */
export const fromDate = (date: string): number => fromField(`${date}T00:00`)
