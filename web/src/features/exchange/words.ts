/* Names of categories (a setting, asked once a visit), states and quantities. */
import { shallowRef } from 'vue'
import type { Item, Reply } from '@/app/api-of'
import { http } from '@/app/http'
import { comma, language } from '@/app/i18n'
import type { Shape } from '@/app/shapes'
import { appointed, clock, day, dayNumber, fromField, toField } from '@/app/time'
import { t } from './strings'

export type Need = Item<'/api/v1/needs'>
export type NeedView = Reply<'/api/v1/needs/{id}'>
export type Claim = NeedView['claims'][number]
export type Resource = Item<'/api/v1/resources'>
export type ResourceView = Reply<'/api/v1/resources/{id}'>
export type ForNeed = Item<'/api/v1/needs/{id}/matches'>
export type ForResource = Item<'/api/v1/resources/{id}/matches'>
type Category = Item<'/api/v1/exchange/categories'>

const categories = shallowRef<Category[]>([])
let asked: Promise<void> | undefined
export function loadCategories(): Promise<void> {
  asked ??= http.get<{ items: Category[] }>('/exchange/categories').then((got) => void (categories.value = got.items)).catch(() => void (asked = undefined))
  return asked
}
const inLanguage = (one: Category) => (language.value === 'en' ? one.en : one.zh)
export function categoryName(code: string): string {
  const one = categories.value.find((it) => it.code === code)
  return one ? inLanguage(one) : code
}
/** In the order of the setting, those below behind the one above. */
export const categoryOptions = (): { value: string; label: string }[] => categories.value.map((one) => ({ value: one.code, label: one.of ? `${categoryName(one.of)} · ${inLanguage(one)}` : inLanguage(one) }))
export const isAgain = (code: string): boolean => categories.value.find((one) => one.code === code)?.again ?? false

export const NEED_STATES = ['draft', 'published', 'partly', 'matched', 'under_way', 'met', 'unmet', 'withdrawn'] as const
export const RESOURCE_STATES = ['offered', 'paused', 'used_up', 'withdrawn'] as const
const NEED_SHAPE: Record<Need['state'] & string, Shape> = { draft: 'sign', published: 'wait', partly: 'part', matched: 'run', under_way: 'run', met: 'done', unmet: 'no', withdrawn: 'back' }
/** How urgent, by shape and colour. */
export const URGENCY_SHAPE: Record<Need['urgency'] & string, Shape> = { urgent: 'late', soon: 'due', ordinary: 'wait' }
const RESOURCE_SHAPE: Record<Resource['state'] & string, Shape> = { offered: 'done', paused: 'pause', used_up: 'no', withdrawn: 'back' }
const CLAIM_SHAPE: Record<Claim['state'] & string, Shape> = { taken: 'run', done: 'sign', confirmed: 'done', failed: 'no', given_back: 'back' }
export const needShape = (of: Pick<Need, 'state'>): Shape => NEED_SHAPE[of.state]
export const resourceShape = (of: Pick<Resource, 'state'>): Shape => RESOURCE_SHAPE[of.state]
export const claimShape = (of: Claim): Shape => (of.late ? 'late' : CLAIM_SHAPE[of.state])

export const amount = (n: number, unit: string | null | undefined): string => [n.toLocaleString(language.value), unit].filter(Boolean).join(' ')
/** Within one day by its hours, else from and until a day. */
export function period(of: { begins_at?: number | null; ends_at?: number | null }): string {
  if (of.begins_at && of.ends_at && dayNumber(of.begins_at) === dayNumber(of.ends_at)) return `${appointed(of.begins_at)}–${clock(of.ends_at)}`
  const words = [of.begins_at ? t('from', { day: day(of.begins_at) }) : '', of.ends_at ? t('until', { day: day(of.ends_at) }) : ''].filter(Boolean)
  return words.join(' ') || t('any_time')
}
const two = (n: number) => String(n).padStart(2, '0')
export const minuteText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
export const textMinute = (text: string): number | null => (text ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null)
const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
export const dayOptions = () => DAYS.map((value) => ({ value, label: t(`day_${value}`) }))
const dayName = (n: number): string => t('on_day', { day: t(`day_${String(n) as (typeof DAYS)[number]}`) })
/** "12356" as people say it: Monday to Friday is one word, three in a row and more are from and to. */
export function daysText(days: string): string {
  const runs: number[][] = []
  let last = 0
  for (const n of [...days].map(Number)) {
    if (last && n === last + 1) runs[runs.length - 1]!.push(n)
    else runs.push([n])
    last = n
  }
  return runs.flatMap((run) => (run.length > 2 ? [t('days_to', { from: dayName(run[0]!), to: dayName(run[run.length - 1]!) })] : run.map(dayName))).join(comma())
}
export function hoursOf(of: Pick<Resource, 'days' | 'opens' | 'closes'>): string {
  const days = of.days ? daysText(of.days) : t('every_day')
  return of.closes || of.opens ? `${days} ${minuteText(of.opens)}–${minuteText(of.closes || 1440)}` : of.days ? days : t('any_time')
}
export const far = (metres: number): string => (metres < 1000 ? t('m', { n: Math.max(10, Math.round(metres / 10) * 10) }) : t('km', { n: (metres / 1000).toFixed(1) }))

/** The words of a match: why it was proposed. */
export function reasons(why: ForNeed['why']): string[] {
  const all = why.kept + why.failed
  return [
    t(why.same_category ? 'w_category' : 'w_near_category'), t('w_free', { free: why.free, wanted: why.wanted }), why.placed ? t('w_metres', { n: far(why.metres) }) : '',
    t(why.in_time ? 'w_time' : 'w_no_time'), all ? t('w_kept', { kept: why.kept, all }) : '',
  ].filter(Boolean)
}

export const toTime = (at: number | null | undefined): string => (at ? toField(at) : '')
export const fromTime = (text: string): number | null => (text ? fromField(text) : null)
