/* Names of kinds (a setting, asked once a visit), states and sums of money. */
import { shallowRef } from 'vue'
import type { Item, Reply } from '@/app/api-of'
import { http } from '@/app/http'
import { language } from '@/app/i18n'
import type { Shape } from '@/app/shapes'
import { day } from '@/app/time'
import { t } from './strings'

export type Project = Item<'/api/v1/projects'>
export type ProjectView = Reply<'/api/v1/projects/{id}'>
export type Milestone = ProjectView['milestones'][number]
export type Source = ProjectView['sources'][number]
export type Entry = ProjectView['story'][number]
export type Voice = ProjectView['voices'][number]
export type Member = ProjectView['team'][number]
export type OfCase = Item<'/api/v1/cases/{id}/projects'>
export type Figures = Reply<'/api/v1/projects/figures'>
type Kind = Item<'/api/v1/projects/kinds'>

const kinds = shallowRef<Kind[]>([])
let asked: Promise<void> | undefined
export function loadKinds(): Promise<void> {
  asked ??= http.get<{ items: Kind[] }>('/projects/kinds').then((got) => void (kinds.value = got.items)).catch(() => void (asked = undefined))
  return asked
}
const inLanguage = (one: Kind) => (language.value === 'en' ? one.en : one.zh)
export function kindName(code: string): string {
  const one = kinds.value.find((it) => it.code === code)
  return one ? inLanguage(one) : code
}
export const kindOptions = (): { value: string; label: string }[] => kinds.value.map((one) => ({ value: one.code, label: inLanguage(one) }))

export const STATES = ['draft', 'planned', 'under_way', 'for_acceptance', 'accepted', 'abandoned'] as const
export const ROLES = ['lead', 'captain', 'liaison', 'member'] as const
const SHAPE: Record<(typeof STATES)[number], Shape> = { draft: 'sign', planned: 'wait', under_way: 'run', for_acceptance: 'sign', accepted: 'done', abandoned: 'no' }
export const stateShape = (of: { state: (typeof STATES)[number]; late?: boolean }): Shape => (of.late ? 'late' : SHAPE[of.state])
export const stepShape = (of: Milestone, next: boolean): Shape => (of.done_at ? 'done' : of.late ? 'late' : next ? 'now' : 'wait')

/** Fen as people say it: whole yuan without a point. */
export const yuan = (fen: number): string => `¥${(fen / 100).toLocaleString(language.value, { minimumFractionDigits: fen % 100 ? 2 : 0, maximumFractionDigits: 2 })}`
/** What was typed, as fen; null: no number. */
export function fenOf(text: string): number | null {
  const typed = text.replace(/[,，\s]/g, '')
  return /^\d+(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : null
}
export const asYuan = (fen: number): string => String(fen / 100)

export function span(of: { begins_at?: number | null; due_at?: number | null }): string {
  return [of.begins_at ? day(of.begins_at) : '', of.due_at ? day(of.due_at) : ''].filter(Boolean).join(' – ') || t('no_time')
}
export const sourceName = (of: Pick<Source, 'name' | 'who'>): string => of.name ?? of.who ?? ''
