/* Limits, hours and calendars as the server gives them (docs/openapi.json). */
export type Unit = 'urgent_minutes' | 'working_minutes' | 'working_days'
export type Step = 'accept' | 'answer' | 'dispatch' | 'sign' | 'handle' | 'verify'
export const STEPS: readonly Step[] = ['accept', 'dispatch', 'sign', 'handle', 'verify', 'answer']

export interface Limit { step: Step; amount: number; unit: Unit }
interface Dated { id: string; valid_from: number; valid_to: number | null; version: number }
export interface Policy extends Dated {
  category: { id: string; name_zh: string | null; name_en: string | null } | null
  severity: number
  limits: Limit[]
}
/** week: Monday to Sunday and the make-up day, each such as "09:00-12:00 13:30-17:30". */
export interface Hours extends Dated { kind: string; week: string[] }
export interface Calendar {
  id: string
  version: number
  name: string
  by: string | null
  first_year: number
  last_year: number
  holidays: number
  workdays: number
  imported_at: number
  in_force: boolean
  job: string | null
}
export interface Day { date: string; kind: 'holiday' | 'workday'; name: string | null }

/** What a person types for a limit: hours for minutes when they are whole. */
export type Measure = 'none' | 'urgent_hours' | 'working_hours' | 'urgent_minutes' | 'working_minutes' | 'working_days'
export interface Typed { amount: string; measure: Measure | '' }

export function typed(limit: Limit | undefined): Typed {
  if (!limit) return { amount: '', measure: '' }
  if (limit.amount === 0) return { amount: '', measure: 'none' }
  if (limit.unit === 'working_days') return { amount: String(limit.amount), measure: 'working_days' }
  const whole = limit.amount % 60 === 0
  return { amount: String(whole ? limit.amount / 60 : limit.amount), measure: `${limit.unit === 'urgent_minutes' ? 'urgent' : 'working'}_${whole ? 'hours' : 'minutes'}` }
}

/** Back again; undefined: the step says nothing and follows what is less specific. */
export function limitOf(step: Step, { amount, measure }: Typed): Limit | undefined {
  if (!measure) return undefined
  if (measure === 'none') return { step, amount: 0, unit: 'working_days' }
  const n = Math.round(Number(amount) * (measure.endsWith('_hours') ? 60 : 1))
  return { step, amount: n, unit: measure === 'working_days' ? measure : measure.startsWith('urgent') ? 'urgent_minutes' : 'working_minutes' }
}
