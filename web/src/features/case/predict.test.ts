import { expect, it } from 'vitest'
import type { Item } from '@/app/offline/queue'
import { predicted, underWay } from './predict'
import type { CaseView } from './types'

const view = (over: Partial<CaseView> = {}): CaseView => ({
  id: '5', code: 'c', state: 'dispatched', outcome: null, source: 'resident', severity: 2, title: 't', text: '', address: null, at: null, category: null, area_id: null, area_name: null, path: [], org_id: null,
  org_name: null, held: null, assignee: null, supervision: null, levels: null, routing: null, contact_masked: null, contact_verified_at: null, reporter_name: null, mine: false, rating: null, photos: [], events: [], called: [], call_back: null, appeal: null, clock: null, actions: [{ action: 'sign', primary: true, needs: [] }, { action: 'comment', primary: false, needs: ['text'] }],
  blocked: [], steps: [{ step: 'report', at: 1, by: null, state: 'done', due_at: null }, { step: 'handle', at: null, by: null, state: 'now', due_at: 9 }, { step: 'verify', at: null, by: null, state: 'ahead', due_at: null }],
  reported_at: 1, due_at: 9, closed_at: null, updated_at: 1, reworks: 0, returns: 0, reopens: 0, released: false, merged_into: null, merged: [], followers: 0, following: false, version: 3, ...over,
})
let n = 0
const step = (action: string, over: Partial<Item> = {}): Item => ({
  id: `s${(n += 1)}`, account: '7', kind: 'step', lane: '5', action, title: '', code: '', path: '', body: {}, photos: [], version: 3, after: null, key: '', made: 100 + n, standing: 'pending', tries: 0, next: 0,
  unsure: 0, fault: null, result: null, ended: 0, ...over,
})
const me = { name: '小王', may: (permission: string) => permission === 'case.handle' }

it('shows the step at once, and what may come after it', () => {
  const one = predicted(view(), [step('sign')], me)
  expect(one.state).toBe('handling')
  expect(one.actions.map(({ action, primary }) => [action, primary])).toEqual([['handled', true], ['return', false], ['comment', false]])
  expect(one.events[one.events.length - 1]).toMatchObject({ action: 'sign', actor: '小王', from_state: 'dispatched', to_state: 'handling' })
  expect(one.version).toBe(3)
})

it('follows several steps made without a network', () => {
  const one = predicted(view(), [step('sign'), step('handled', { body: { result: '修好了' } })], me)
  expect(one.state).toBe('handled')
  expect(one.events.map(({ text }) => text)).toEqual([null, '修好了'])
  expect(one.steps.map(({ state }) => state)).toEqual(['done', 'done', 'now'])
  expect(one.actions.map(({ action }) => action)).toEqual(['comment'])
})

it('goes back to what the server said when a step is refused, and holds back what built upon it', () => {
  const base = view()
  expect(predicted(base, [step('sign', { standing: 'failed' }), step('handled')], me)).toBe(base)
  expect(predicted(base, [step('sign'), step('handled', { standing: 'failed' })], me).state).toBe('handling')
})

it('offers nothing that this person may not do', () => {
  expect(predicted(view({ state: 'reported' }), [step('accept')], me).actions.map(({ action }) => action)).toEqual(['comment'])
})

it('a step it does not know changes nothing but the story', () => {
  const one = predicted(view(), [step('whistle')], me)
  expect([one.state, one.actions.length, one.events.length]).toEqual(['dispatched', 2, 1])
})

it('keeps showing what has arrived until the case itself shows it', () => {
  const done = step('sign', { standing: 'done', result: { version: 4 } })
  expect(underWay([done], view())).toHaveLength(1)
  expect(underWay([done], view({ version: 4 }))).toHaveLength(0)
  expect(underWay([step('sign', { lane: 'other' })], view())).toHaveLength(0)
})

it('closes with the outcome that was chosen', () => {
  expect(predicted(view({ state: 'handled' }), [step('pass', { body: { outcome: 'partly' } })], me)).toMatchObject({ state: 'closed', outcome: 'partly' })
})

it('a call by whistle: reported for and answered, while the case itself stands where it stood', () => {
  const called = (id: string, actions: CaseView['called'][number]['actions']): CaseView['called'][number] => ({
    id, org_name: '路灯所', state: 'called', ask: '来看看', called_at: 1, due_at: 9, received_at: null, spoke_to: null, done: null, done_by: null, ended_at: null, reason: null, actions,
  })
  const before = view({ called: [called('7', ['task_receive', 'task_return']), called('8', [])] })
  const onTask = (action: string, body = {}) => step(`task_${action}`, { path: `/cases/5/tasks/7/${action}`, body, version: null })
  const received = predicted(before, [onTask('receive')], me)
  expect(received.called.map(({ state, actions }) => [state, actions])).toEqual([['received', ['task_answer', 'task_return']], ['called', []]])
  expect([received.state, received.actions, received.due_at]).toEqual([before.state, before.actions, before.due_at])
  const answered = predicted(before, [onTask('receive'), onTask('answer', { spoke_to: '老王', done: '换了灯', done_by: 500 })], me)
  expect(answered.called[0]).toMatchObject({ state: 'answered', spoke_to: '老王', done: '换了灯', done_by: 500, received_at: received.called[0]!.received_at! + 1, actions: [] })
  expect(answered.events[answered.events.length - 1]).toMatchObject({ action: 'task_answer', org_name: '路灯所', text: '换了灯', to_state: null })
  expect(predicted(before, [onTask('return', { reason: '不归我们' })], me).called[0]).toMatchObject({ state: 'returned', reason: '不归我们' })
})

it('passes a case up and down: to whom, and how it stands there', () => {
  const levels = { up: { id: '2', name: '东街', state: 'accepted' as const }, down: [{ id: '9', name: '第1网格', state: 'handling' as const }] }
  const base = view({ state: 'accepted', org_id: '7', org_name: '路灯所', levels })
  const up = predicted(base, [step('escalate', { body: { reason: '办不了' } })], me)
  expect([up.state, up.held?.name, up.org_name, up.levels]).toEqual(['accepted', '东街', null, null])
  const down = predicted(base, [step('delegate', { body: { area: '9', reason: '网格办' } })], me)
  expect([down.state, down.held?.name]).toEqual(['handling', '第1网格'])
})

it('shows a supervision, its answer and its end', () => {
  const on = predicted(view(), [step('supervise', { body: { reason: '快', due_at: 500 } })], me)
  expect(on.supervision).toMatchObject({ due_at: 500, answered_at: null })
  const answered = predicted(view({ supervision: on.supervision }), [step('supervise_answer', { body: { done: '在办', why_late: '缺料', done_by: 400 } })], me)
  expect(answered.supervision?.answered_at).toBeGreaterThan(0)
  expect(answered.events[answered.events.length - 1]?.text).toBe('在办')
  expect(predicted(view({ supervision: on.supervision }), [step('lift', { body: { reason: '好' } })], me).supervision).toBeNull()
})
