/* What a case will look like once the steps that are still on their way have arrived: shown at once, marked as such, and gone again
 * when the server refuses. Pure; the server's table of states has the last word (docs/case-states.md). */
import { open, type Item } from '@/app/offline/queue'
import type { Action, CaseEvent, CaseView, Task, TaskAction } from './types'
import type { State, StepName } from './words'

interface Effect {
  to?: State
  /** What the same person may do next; everything else waits for the server. */
  next?: readonly Action[]
}

const EFFECTS: Partial<Record<Action, Effect>> = {
  accept: { to: 'accepted', next: ['dispatch', 'handle_self'] },
  reject: { to: 'rejected' },
  ask: { to: 'waiting' },
  dispatch: { to: 'dispatched', next: ['redispatch'] },
  redispatch: { to: 'dispatched', next: ['redispatch'] },
  handle_self: { to: 'handling', next: ['handled'] },
  sign: { to: 'handling', next: ['handled', 'return'] },
  return: { to: 'accepted' },
  handled: { to: 'handled' },
  pass: { to: 'closed' },
  fail: { to: 'handling' },
  reopen: { to: 'accepted' },
  grant_suspension: { to: 'suspended' },
  resume: { to: 'handling', next: ['handled'] },
  escalate: { to: 'accepted' },
  delegate: { to: 'accepted' },
}

/* Fields that a step of the next ones cannot do without, as the server would name them. */
const NEEDS: Partial<Record<Action, readonly string[]>> = {
  dispatch: ['org'], redispatch: ['org', 'reason'], handled: ['result'], return: ['reason'], comment: ['text'],
}
const PERMISSION: Partial<Record<Action, string>> = { dispatch: 'case.dispatch', redispatch: 'case.dispatch', handle_self: 'case.dispatch', handled: 'case.handle', return: 'case.handle' }
const AT: Partial<Record<State, StepName>> = { reported: 'accept', accepted: 'dispatch', dispatched: 'handle', handling: 'handle', handled: 'verify', closed: 'rate' }
const ORDER: readonly StepName[] = ['report', 'accept', 'dispatch', 'handle', 'verify', 'close', 'rate']

const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)
const wordsOf = (body: Item['body']): string | null => text(body.result) ?? text(body.reason) ?? text(body.question) ?? text(body.text) ?? text(body.done) ?? null

function path(steps: CaseView['steps'], state: State): CaseView['steps'] {
  const now = AT[state]
  if (!now) return steps
  const at = ORDER.indexOf(now)
  return steps.map((step) => {
    const n = ORDER.indexOf(step.step)
    return { ...step, state: n < at ? 'done' : n === at ? 'now' : 'ahead', ...(n >= at ? { due_at: null } : {}) }
  })
}

/* What a step makes of the task it is about; the task has states of its own (docs/case-states.md). */
const OVER = { actions: [] as TaskAction[] }
const TASKS: Record<TaskAction, (task: Task, item: Item) => Partial<Task>> = {
  task_receive: (task, { made }) => ({ state: 'received', received_at: made, actions: task.actions.map((name) => (name === 'task_receive' ? 'task_answer' : name)) }),
  task_answer: (task, { made, body }) => ({
    ...OVER, state: 'answered', ended_at: made, received_at: Number(body.received_at ?? task.received_at ?? made), spoke_to: text(body.spoke_to), done: text(body.done), done_by: Number(body.done_by ?? made),
  }),
  task_return: (_task, { made, body }) => ({ ...OVER, state: 'returned', ended_at: made, reason: text(body.reason) }),
  task_overrule: (_task, { made, body }) => ({ ...OVER, state: 'overruled', ended_at: made, reason: text(body.reason) }),
}

/** The task of a called organisation that a step is about; '' for a step of the case itself. */
export const taskOf = (item: Pick<Item, 'path'>): string => /\/tasks\/(\d+)\//.exec(item.path)?.[1] ?? ''
const onTask = (task: Task, item: Item): Task => (task.id === taskOf(item) ? { ...task, ...TASKS[item.action as TaskAction](task, item) } : task)

export interface Person {
  name: string
  may: (permission: string) => boolean
}

/* Who holds it and who supervises it, once the step has arrived; the server says when, and from which level. */
function levels(one: CaseView, item: Item): Partial<CaseView> {
  const down = one.levels?.down.find((level) => level.id === item.body.area)
  switch (item.action) {
    case 'escalate': return { held: one.levels?.up ?? one.held, levels: null, org_id: null, org_name: null, assignee: null }
    case 'delegate': return { held: down ?? one.held, levels: null, state: down?.state ?? 'accepted' }
    case 'supervise': return { supervision: { since: item.made, due_at: Number(item.body.due_at), answered_at: null, area_id: null, area_name: null } }
    case 'supervise_answer': return { supervision: one.supervision && { ...one.supervision, answered_at: item.made } }
    case 'lift': return { supervision: null }
    default: return item.action === 'pass' ? { supervision: null } : {}
  }
}

/** The case after one step that has not arrived yet. */
export function predict(one: CaseView, item: Item, by: Person): CaseView {
  const action = item.action as Action
  const { to, next = [] } = EFFECTS[action] ?? {}
  const mine = (name: Action) => by.may(PERMISSION[name] ?? '')
  const actions = to
    ? [...next.filter(mine).map((name, n) => ({ action: name, primary: n === 0, needs: [...(NEEDS[name] ?? [])] })), ...one.actions.filter((act) => act.action === 'comment')]
    : one.actions
  return {
    ...one,
    state: to ?? one.state,
    outcome: action === 'pass' ? ((text(item.body.outcome) as CaseView['outcome']) ?? one.outcome) : to ? null : one.outcome,
    called: taskOf(item) ? one.called.map((task) => onTask(task, item)) : one.called,
    released: action === 'release' ? item.body.released === true : one.released,
    actions,
    blocked: to ? [] : one.blocked,
    steps: to ? path(one.steps, to) : one.steps,
    due_at: to ? null : one.due_at,
    clock: to ? null : one.clock,
    closed_at: to === 'closed' ? item.made : to ? null : one.closed_at,
    ...levels(one, item),
    events: [...one.events, {
      seq: -item.made, at: item.made, action: item.action as CaseEvent['action'], from_state: one.state, to_state: to ?? null, actor: by.name, by_reporter: false, by_rule: false,
      internal: item.body.internal === true, org_name: one.called.find((task) => task.id === taskOf(item))?.org_name ?? null, text: wordsOf(item.body), data: null, photos: [],
    }],
  }
}

/** Steps of a case that it does not show yet, up to the first that was refused: what comes after it waits for a choice. */
export function underWay(items: readonly Item[], one: Pick<CaseView, 'id' | 'version'>): Item[] {
  const lane = items.filter((item) => item.lane === one.id && (open(item) || Number(item.result?.version) > one.version))
  const stuck = lane.findIndex((item) => item.standing === 'failed')
  return stuck < 0 ? lane : lane.slice(0, stuck)
}

export const predicted = (one: CaseView, items: readonly Item[], by: Person): CaseView => underWay(items, one).reduce((view, item) => predict(view, item, by), one)
