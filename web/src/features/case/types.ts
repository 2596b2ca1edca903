/* Cases as the server gives them (docs/openapi.json). */
import type { Point } from '@/app/geo'
import type { Brief, Into } from './known'
import type { CategoryRef, Outcome, State, StepName } from './words'

export type Action =
  | 'accept' | 'reject' | 'ask' | 'reply' | 'dispatch' | 'redispatch' | 'handle_self' | 'sign' | 'return' | 'handled' | 'pass' | 'fail'
  | 'rate' | 'reopen' | 'withdraw' | 'comment' | 'route' | 'release' | 'contact' | 'whistle'
  | 'extend' | 'grant_extension' | 'suspend' | 'grant_suspension' | 'refuse' | 'resume' | 'review' | 'merge' | 'unmerge'
  | 'call_back' | 'appeal' | 'appeal_score' | 'uphold_appeal' | 'refuse_appeal'
  | 'escalate' | 'delegate' | 'supervise' | 'supervise_answer' | 'lift' | 'hand'

export type TaskAction = 'task_receive' | 'task_answer' | 'task_return' | 'task_overrule'
export type TaskState = 'called' | 'received' | 'answered' | 'returned' | 'overruled' | 'stopped'

/** What one organisation was called for by whistle, and what it answered. */
export interface Task {
  id: string
  org_name: string | null
  state: TaskState
  ask: string
  called_at: number
  due_at: number | null
  received_at: number | null
  spoke_to: string | null
  done: string | null
  done_by: number | null
  ended_at: number | null
  reason: string | null
  actions: TaskAction[]
}

/** A call that waits for one of the caller's organisations. */
export interface CalledWork extends Pick<Task, 'id' | 'org_name' | 'state' | 'ask' | 'due_at'> {
  case_id: string
  due: 'overdue' | 'today' | 'week' | 'later'
  code: string
  title: string
}

export type Source = 'resident' | 'account' | 'on_behalf' | 'grid_worker' | 'on_the_spot' | 'import' | 'open311' | 'device'

export interface Named {
  id: string
  name: string
}

/** A level a case can be passed to, and how it would stand there. */
export interface Level extends Named {
  state: 'accepted' | 'handling'
}

/** A level above expects the case by a day, and an answer before it. */
export interface Supervision {
  since: number
  due_at: number
  answered_at: number | null
  area_id: string | null
  area_name: string | null
}

export type ClockUnit = 'urgent_minutes' | 'working_minutes' | 'working_days'
export type Asked = 'extension' | 'suspension'

/** What stands behind a due time; for staff. */
export interface Clock {
  from: number | null
  amount: number
  unit: ClockUnit | null
  calendar: number
  provisional: boolean
  stopped: boolean
  left_amount: number
  left_unit: ClockUnit | null
  asked: Asked | null
  asked_at: number | null
  days: number
  review_at: number | null
  extensions: number
}

export type Solved = 'yes' | 'partly' | 'no'

/** One try to call a reporter back. */
export interface CallTry {
  at: number
  by: string | null
  reached: 'answered' | 'not_reached' | 'refused'
  contacted: 'yes' | 'no' | null
  solved: Solved | null
  stars: number
  word: string | null
}

export type Ground = 'beyond_powers' | 'unreachable' | 'not_theirs' | 'rating' | 'other'

/** Closed cases whose reporters the caller may call back now. */
export interface CallQueue {
  items: { id: string; code: string; title: string; area_name: string | null; org_name: string | null; category: CategoryRef | null; outcome: Outcome | null; closed_at: number | null; from: number; tries: number; mine: boolean }[]
  waiting: number
  capped: boolean
  pause_hours: number
}

/** A case in a list. */
export interface CaseRow {
  id: string
  code: string
  title: string
  state: State
  outcome: Outcome | null
  category: CategoryRef | null
  severity: number
  area_name: string | null
  org_name: string | null
  address: string | null
  at: Point | null
  source: Source
  reported_at: number
  due_at: number | null
  updated_at: number
  reworks: number
  held_area_id: string | null
  held_area_name: string | null
  assignee: string | null
  supervised_due: number | null
  supervision_answered: boolean
  tasks_open: number
  photo: string | null
  provisional: boolean
  stopped: boolean
  asked: Asked | null
  call_back: 'waiting' | 'answered' | 'unreachable' | 'refused' | null
  appeal: 'waiting' | 'upheld' | 'refused' | null
  solved: 'yes' | 'partly' | 'no' | null
  stars: number
  actions: Action[]
  version: number
}

export interface CaseEvent {
  seq: number
  at: number
  action: Action | TaskAction | 'report' | 'on_the_spot' | 'import_closed' | 'absorb' | 'part' | 'timeout' | 'project' | 'succeed' | 'task_succeed'
  from_state: State | null
  to_state: State | null
  actor: string | null
  by_reporter: boolean
  by_rule: boolean
  internal: boolean
  org_name: string | null
  text: string | null
  data: Record<string, unknown> | null
  photos: string[]
}

/** A case on its own page. */
export interface CaseView {
  id: string
  code: string
  state: State
  outcome: Outcome | null
  source: Source
  severity: number
  title: string
  text: string
  address: string | null
  at: Point | null
  category: CategoryRef | null
  area_id: string | null
  area_name: string | null
  path: Named[]
  org_id: string | null
  org_name: string | null
  held: Named | null
  assignee: Named | null
  supervision: Supervision | null
  levels: { up: Level | null; down: Level[] } | null
  routing: { org: Named | null; why: string | null; number: number; border: boolean; near: Named[] } | null
  contact_masked: string | null
  contact_verified_at: number | null
  reporter_name: string | null
  mine: boolean
  rating: { solved: Solved | null; stars: number; contacted: 'yes' | 'no' | null; by: 'reporter' | 'call_back' | null; word: string | null } | null
  call_back: { state: 'waiting' | 'answered' | 'unreachable' | 'refused'; from: number | null; tries: number; most: number; items: CallTry[] } | null
  appeal: { state: 'waiting' | 'upheld' | 'refused'; ground: Ground | null; at: number; by: string | null; reason: string | null; decided_at: number | null; decided_by: string | null; answer: string | null } | null
  photos: { id: string; stage: string | null; seq: number }[]
  events: CaseEvent[]
  actions: { action: Action; primary: boolean; needs: string[] }[]
  blocked: { action: Action; why_zh: string; why_en: string }[]
  called: Task[]
  steps: { step: StepName; at: number | null; by: string | null; state: 'done' | 'now' | 'ahead'; due_at: number | null }[]
  merged_into: Into | null
  merged: Brief[]
  followers: number
  following: boolean
  reported_at: number
  due_at: number | null
  clock: Clock | null
  closed_at: number | null
  updated_at: number
  reworks: number
  returns: number
  reopens: number
  released: boolean
  version: number
}

export interface Work {
  counts: { overdue: number; today: number; week: number; all: number; supervised: number; supervising: number; waiting_for_others: number; call_backs: number; capped: boolean; others_capped: boolean; call_backs_capped: boolean }
  by_state: { state: State; count: number }[]
  groups: { due: 'overdue' | 'today' | 'week' | 'later'; count: number; items: CaseRow[] }[]
  supervising: CaseRow[]
  called: CalledWork[]
}

export interface Category extends CategoryRef {
  parent_id: string | null
  kind: string
  code: string
  leaf: boolean
  common: number
  severity: number
}
