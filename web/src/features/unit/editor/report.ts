/* What a redraw would mean, in sentences and on the map. */
import type { Reply } from '@/app/api-of'
import { t } from './strings'

export type Report = Reply<'/api/v1/areas/redraw', 'post'>
type Finding = Report['findings'][number]

const CODES = ['outside_parent', 'overlap', 'gap', 'apart', 'child_outside', 'child_moved', 'child_cut', 'child_unheld', 'children_unplaced', 'open_cases', 'orgs_move', 'alliances_move', 'webhooks_move', 'roles_stay'] as const
/** What somebody should look at before, not only know. */
const GRAVE = new Set(['outside_parent', 'overlap', 'gap', 'apart', 'child_outside', 'child_unheld'])

export const number = (n: number): string => Math.round(n).toLocaleString()

/** A piece that has no name yet is called by its number. */
export const titleOf = (area: Report['areas'][number], n: number): string => area.name ?? t('piece_n', { n: n + 1 })

export function sentence(f: Finding, report: Report): string {
  const code = CODES.find((one) => one === f.code)
  if (!code) return f.code
  const called = (id: string | null, name: string | null) => {
    const n = report.areas.findIndex((area) => area.id === id)
    return name || (n < 0 ? '' : titleOf(report.areas[n]!, n))
  }
  const params = { name: called(f.area_id, f.name), other: called(f.other_id, f.other), m2: number(f.m2), n: f.count }
  if (code !== 'open_cases') return t(`f_${code}`, params)
  return t(!f.other_id ? 'f_open_cases_none' : report.areas.some((area) => area.id === f.area_id && area.closes) ? 'f_open_cases_closed' : 'f_open_cases', params)
}
export const grave = (f: Finding): boolean => GRAVE.has(f.code)

/** Those whose polygons the map shows, with the number of their colour and pattern. */
export function outcomeOf(report: Report | null) {
  if (!report) return null
  const features = report.areas.flatMap((area, n) => (['before', 'wash', 'after'] as const).flatMap((step) => {
    const geometry = area[step === 'before' ? 'before' : 'after'] as unknown as GeoJSON.MultiPolygon | null
    return geometry && area.gained + area.lost ? [{ type: 'Feature' as const, properties: { id: area.id, name: area.name ?? '', step, n }, geometry }] : []
  }))
  return { type: 'FeatureCollection' as const, features }
}
