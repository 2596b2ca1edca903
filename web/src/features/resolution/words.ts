/* What resolutions and plans are called, and where each leads. */
import type { Item, Reply } from '@/app/api-of'
import type { Shape } from '@/app/shapes'
import { day } from '@/app/time'
import { t } from './strings'

export type Line = Item<'/api/v1/alliances/{id}/resolutions'>
export type View = Reply<'/api/v1/resolutions/{id}'>
export type Plan = Reply<'/api/v1/alliances/{id}/plan'>
export const STATES = ['open', 'done', 'dropped'] as const

type Standing = Pick<Line, 'state' | 'overdue'>
export const shapeOf = (one: Standing): Shape => (one.overdue ? 'late' : one.state === 'done' ? 'done' : one.state === 'dropped' ? 'no' : 'run')
export const standing = (one: Standing): string => (one.overdue ? t('overdue') : t(`s_${one.state}`))
export const when = (one: Pick<Line, 'decided_at' | 'way' | 'meeting'>): string => (one.way === 'meeting' ? t('at_meeting', { day: day(one.decided_at), meeting: one.meeting ?? '' }) : t('by_circulation', { day: day(one.decided_at) }))

const PAGE = { resolution: 'resolutions', milestone: 'projects', pledge: 'agreements', claim: 'needs', need: 'needs' } as const
export const pageOf = (one: Pick<Plan['items'][number], 'kind' | 'of_id'>): string => `/${PAGE[one.kind]}/${one.of_id}`
export const LINKS = ['project', 'agreement', 'need'] as const
export type LinkKind = (typeof LINKS)[number]
export const linkPage = (kind: string, id: string): string => `/${kind}s/${id}`
