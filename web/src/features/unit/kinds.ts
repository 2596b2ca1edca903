/* Names of the kinds of areas and organisations. Kinds are a setting: one of the place's own shows its own word. */
import { t } from './strings'

const AREA_KINDS = ['district', 'street', 'community', 'grid', 'micro_grid', 'compound', 'building'] as const
const ORG_KINDS = ['working_committee', 'committee', 'general_branch', 'branch', 'group', 'street_office', 'department', 'residents_committee', 'owners_committee', 'property_company', 'resident_unit', 'new_economy_org', 'association', 'enterprise', 'school', 'hospital', 'bank', 'shop', 'volunteer_team', 'rescue_team', 'service_station'] as const

export const areaKind = (kind: string): string => (AREA_KINDS.some((one) => one === kind) ? t(`k_${kind as (typeof AREA_KINDS)[number]}`) : kind)
export const orgKind = (kind: string): string => (ORG_KINDS.some((one) => one === kind) ? t(`o_${kind as (typeof ORG_KINDS)[number]}`) : kind)
export const areaKinds = (): { value: string; label: string }[] => AREA_KINDS.map((value) => ({ value, label: areaKind(value) }))
export const orgKinds = (): { value: string; label: string }[] => ORG_KINDS.map((value) => ({ value, label: orgKind(value) }))
