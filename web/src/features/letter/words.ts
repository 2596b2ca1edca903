/* What appointments and letters are called, and days as people write them. */
import { language } from '@/app/i18n'
import type { Shape } from '@/app/shapes'
import { day, fromField, toField } from '@/app/time'
import { t } from './strings'
import type { Appointment } from './types'

const DAY = 86_400_000

export const postName = (of: { post_name_zh: string; post_name_en: string }): string => (language.value === 'en' ? of.post_name_en : of.post_name_zh)
export const named = (of: { name_zh: string; name_en: string }): string => (language.value === 'en' ? of.name_en : of.name_zh)

/** An end is exclusive; people read and write the last day. */
export const lastDay = (to: number | null): string => (to ? day(to - 1) : t('open_end'))
export const term = (of: { from: number; to: number | null }): string => `${day(of.from)} – ${of.to ? day(of.to - 1, of.from) : t('open_end')}`

/** Midnight of a date field; undefined when it is empty. */
export const midnight = (field: string): number | undefined => (field ? fromField(`${field}T00:00`) : undefined)
/** The exclusive end of a last day. */
export const endOf = (field: string): number | undefined => (field ? midnight(toField(midnight(field)! + DAY * 1.25).slice(0, 10)) : undefined)
export const dateField = (at: number): string => toField(at).slice(0, 10)

export function standing(of: Appointment): { shape: Shape; word: string } {
  if (of.state === 'ended') return { shape: of.ended_at ? 'no' : 'done', word: t(of.ended_at ? 's_stopped' : 's_ended') }
  if (of.state === 'ahead') return { shape: 'wait', word: t('s_ahead') }
  return of.ending ? { shape: 'due', word: t('s_ending') } : { shape: 'run', word: t('s_current') }
}
