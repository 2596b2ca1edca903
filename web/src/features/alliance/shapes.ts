/* An organisation's shape in the picture, by its kind. Kinds are a setting: one of the place's own is a square. */
import { t } from './strings'

export type Form = 'square' | 'round' | 'triangle' | 'hexagon' | 'star' | 'ring'
const OF: Record<string, Form> = {
  working_committee: 'star', committee: 'star', general_branch: 'star', branch: 'star', group: 'star', residents_committee: 'hexagon', owners_committee: 'hexagon',
  property_company: 'round', new_economy_org: 'round', enterprise: 'round', shop: 'round', bank: 'round', school: 'triangle', hospital: 'triangle', association: 'ring', volunteer_team: 'ring', rescue_team: 'ring',
}
export const formOf = (kind: string): Form => OF[kind] ?? 'square'
export const LEGEND = (): { form: Form; label: string }[] => [
  { form: 'star', label: t('legend_party') }, { form: 'square', label: t('legend_org') }, { form: 'round', label: t('legend_company') },
  { form: 'triangle', label: t('legend_school') }, { form: 'hexagon', label: t('legend_community') }, { form: 'ring', label: t('legend_social') },
]

/** The corners of a form of radius 1; none for what is round. */
export function corners(form: Form): [number, number][] {
  const turn = (n: number, from: number, r: (i: number) => number = () => 1): [number, number][] =>
    Array.from({ length: n }, (_, i) => [r(i) * Math.cos(from + (i * 2 * Math.PI) / n), r(i) * Math.sin(from + (i * 2 * Math.PI) / n)])
  switch (form) {
    case 'square': return turn(4, Math.PI / 4, () => 1.15)
    case 'triangle': return turn(3, -Math.PI / 2, () => 1.2)
    case 'hexagon': return turn(6, 0, () => 1.1)
    case 'star': return turn(10, -Math.PI / 2, (i) => (i % 2 ? 0.55 : 1.3))
    default: return []
  }
}
