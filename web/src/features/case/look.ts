/* How a case looks in lists, maps and stories. */
import { comma } from '@/app/i18n'
import type { Shape } from '@/app/shapes'
import { remaining, urgency, when } from '@/app/time'
import type { Pin } from '@/app/geo'
import { said } from './said'
import { t } from './strings'
import type { Action, CallTry, CaseEvent, CaseRow, ClockUnit, Task, TaskAction } from './types'
import { standing, stateShape } from './words'

/** Late and due show before the state's own shape: it is what needs a hand. */
export function shapeOf(row: Pick<CaseRow, 'state' | 'outcome' | 'due_at' | 'reworks'>, now: number): Shape {
  const urgent = urgency(row.due_at, now)
  if (urgent === 'late') return 'late'
  return row.state === 'handling' && row.reworks > 0 ? 'back' : stateShape(row.state, row.outcome)
}

export const nameOf = (row: Pick<CaseRow, 'state' | 'outcome'>): string => standing(row.state, row.outcome)

/** 4 小时 / 3 个工作日: an amount in its own unit. Working hours are not made into days, which would be others. */
export function limitWords(amount: number, unit: ClockUnit): string {
  if (unit === 'working_days') return t('left_days', { n: amount })
  const h = Math.floor(amount / 60), m = amount % 60
  return h && m ? t('hours_minutes', { h, m }) : h ? t('only_hours', { h }) : t('only_minutes', { m })
}

/** Two lines about the deadline: what counts most, then the rest. */
export function dueWords(due: number | null, now: number): { main: string; rest: string } {
  if (!due) return { main: '', rest: '' }
  return urgency(due, now) === 'none' ? { main: when(due, now), rest: remaining(due, now) } : { main: remaining(due, now), rest: when(due, now) }
}

export const sourceName = (source: CaseRow['source']): string => t(`src_${source}`)
export const severityName = (severity: number): string => t(severity === 1 ? 'sev1' : severity === 3 ? 'sev3' : 'sev2')
export const actionName = (action: Action | TaskAction): string => t(`a_${action}`)

export function pinOf(row: CaseRow, now: number, label?: string): Pin[] {
  return row.at ? [{ id: row.id, lon: row.at.lon, lat: row.at.lat, title: `${row.title} · ${nameOf(row)}`, shape: shapeOf(row, now), label }] : []
}

const EVENT_SHAPE: Partial<Record<CaseEvent['action'], Shape>> = {
  handled: 'done', pass: 'done', project: 'done', on_the_spot: 'done', import_closed: 'done', return: 'back', fail: 'back', reject: 'no', withdraw: 'no',
  dispatch: 'sign', redispatch: 'sign', sign: 'run', handle_self: 'run', ask: 'back', reopen: 'up',
  merge: 'up', absorb: 'up', unmerge: 'back', part: 'back',
  appeal: 'up', appeal_score: 'up', uphold_appeal: 'done', refuse_appeal: 'no',
  extend: 'due', grant_extension: 'done', suspend: 'back', grant_suspension: 'back', refuse: 'no', resume: 'run', review: 'wait', whistle: 'sign', task_receive: 'run', task_answer: 'done', task_return: 'back', task_overrule: 'no',
  escalate: 'up', delegate: 'back', supervise: 'due', supervise_answer: 'done', lift: 'done', hand: 'sign',
}
/* What was said shows by its shape: solved, partly, not; so does a call that reached nobody. */
const SAID: Record<string, Shape> = { yes: 'done', partly: 'part', no: 'no' }
export const eventShape = (event: CaseEvent): Shape =>
  event.action === 'call_back' || event.action === 'rate' ? (SAID[String(event.data?.solved)] ?? (event.action === 'rate' ? 'done' : 'wait')) : (EVENT_SHAPE[event.action] ?? 'wait')
export function eventWords(event: CaseEvent): string {
  if (event.action === 'call_back' && event.data) return `${t('did_call_back')}：${said(event.data as unknown as CallTry)}`
  const called = (event.data?.orgs as string[] | undefined)?.join(comma())
  const to = event.data?.to_name ?? event.data?.name
  return t(`did_${event.action}`, { to: to ? t(event.action === 'hand' ? 'did_hand_to' : 'did_to', { to: String(to) }) : '', org: event.action === 'whistle' ? (called ?? t('other_orgs')) : (event.org_name ?? ''), other: String(event.data?.code ?? '') })
}

const TASK_SHAPE: Record<Task['state'], Shape> = { called: 'sign', received: 'run', answered: 'done', returned: 'back', overruled: 'no', stopped: 'no' }
/** What is awaited and over its time shows as late. */
export const taskShape = (task: Pick<Task, 'state' | 'due_at'>, now: number): Shape =>
  (task.state === 'called' || task.state === 'received') && urgency(task.due_at, now) === 'late' ? 'late' : TASK_SHAPE[task.state]
