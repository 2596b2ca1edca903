/* Types, kinds and states of agreements. */
import { shallowRef } from 'vue'
import type { Item, Reply } from '@/app/api-of'
import { http } from '@/app/http'
import { language } from '@/app/i18n'
import type { Shape } from '@/app/shapes'
import { day } from '@/app/time'
import { t } from './strings'

export type Agreement = Item<'/api/v1/agreements'>
export type View = Reply<'/api/v1/agreements/{id}'>
export type Pledge = View['pledged'][number]
export type Work = Item<'/api/v1/pledges/{id}/works'>
export type Pledged = Reply<'/api/v1/alliances/{id}/pledges'>
export type Template = Item<'/api/v1/agreements/templates'>
type Kind = Item<'/api/v1/agreements/kinds'>

export const STATES = ['draft', 'offered', 'in_force', 'ended', 'withdrawn'] as const
export const RHYTHMS = ['once', 'monthly', 'quarterly', 'half_yearly', 'yearly'] as const
const SHAPE: Record<(typeof STATES)[number], Shape> = { draft: 'sign', offered: 'wait', in_force: 'run', ended: 'no', withdrawn: 'back' }
const PLEDGE: Record<Pledge['state'] & string, Shape> = { open: 'run', kept: 'done', late: 'late' }
export const shapeOf = (state: Agreement['state']): Shape => SHAPE[state]
export const pledgeShape = (state: Pledge['state']): Shape => PLEDGE[state]

const kinds = shallowRef<Kind[]>([])
let asked: Promise<void> | undefined
export function loadKinds(): Promise<void> {
  asked ??= http.get<{ items: Kind[] }>('/agreements/kinds').then((got) => void (kinds.value = got.items)).catch(() => void (asked = undefined))
  return asked
}
const named = (one: { zh: string; en: string }) => (language.value === 'en' ? one.en : one.zh)
export const kindName = (code: string): string => { const one = kinds.value.find((it) => it.code === code); return one ? named(one) : code }
export const templateName = (one: Template): string => named(one)

/** The last day of what ends before that moment. Of a term, with its year where that is not the year it began in, be it this one. */
export const lastDay = (ends: number, begins = Date.now()): string => day(ends - 1, begins)
export const term = (of: { begins_at: number; ends_at: number }): string => t('from_to', { from: day(of.begins_at), to: lastDay(of.ends_at, of.begins_at) })
/** From a moment to a later one. */
export const between = (of: { begins_at: number; ends_at: number }): string => t('from_to', { from: day(of.begins_at), to: day(of.ends_at, of.begins_at) })
