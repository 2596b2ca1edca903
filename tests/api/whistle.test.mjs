/* Whistle: organisations are called to a case, each answers its own task in four parts or is overruled, and only then is the case handled. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { fields, fine as ok } from './support/district.mjs'
import { startServer, until } from './support/server.mjs'

let server, d
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
})
after(() => server?.stop())

const refused = (answer, status, code) => {
  assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
  return answer.body
}
const HOUR = 3600_000
const outside = (sql) => server.sql(sql)
const act = async (who, id, action, body) =>
  who.post(`/cases/${id}/${action}`, body ?? {}, { version: ok(await d.leader.get(`/cases/${id}`)).version })
const must = async (...words) => ok(await act(...words))
const paths = {
  receive: (id, task) => `/cases/${id}/tasks/${task}/receive`,
  answer: (id, task) => `/cases/${id}/tasks/${task}/answer`,
  return: (id, task) => `/cases/${id}/tasks/${task}/return`,
  overrule: (id, task) => `/cases/${id}/tasks/${task}/overrule`,
}
const step = (who, id, task, name, body) => who.post(paths[name](id, task.id), body ?? {})
const mustStep = async (...words) => ok(await step(...words))
const view = async (who, id) => ok(await who.get(`/cases/${id}`))
const work = async (who) => ok(await who.get('/cases/work'))
const answer = { spoke_to: '物业张经理', done: '清了淤', done_by: Date.now() + 24 * HOUR }

/** A case the community handles itself, unless it shall stand elsewhere. */
async function handling({ org, who = d.resident } = {}) {
  const one = ok(await who.post('/cases', { text: '楼道漏水，电井进水', at: inGrid(1), category: d.category('路灯异常').id }), 201)
  await must(d.secretary, one.id, 'accept')
  if (!org) await must(d.secretary, one.id, 'handle_self')
  else {
    await must(d.secretary, one.id, 'dispatch', { org })
    await must(d.lamps, one.id, 'sign')
  }
  return one.id
}
const call = async (id, orgs = [d.orgs.lighting, d.orgs.drainage], more = {}) => {
  const seen = await must(d.secretary, id, 'whistle', { orgs, ask: '请到现场会商', ...more })
  return seen.called.filter((t) => orgs.includes(t.org_id) && t.state === 'called')
}

describe('a whistle', () => {
  it('gives each organisation called a task of its own, and waits for every answer', async () => {
    const id = await handling()
    refused(await d.lamps.get(`/cases/${id}`), 404, 'not_found')
    const [lamps, drains] = await call(id)
    assert.deepEqual([lamps.org_name, lamps.ask, lamps.state], ['路灯所', '请到现场会商', 'called'])
    const hours = ok(await d.admin.get('/clock/preview', { query: { from: lamps.called_at, amount: 8 * 60, unit: 'working_minutes' } }))
    assert.equal(lamps.due_at, hours.due_at, 'due by the setting, in working time')

    const seen = await view(d.lamps, id)
    assert.deepEqual(seen.called.map((t) => t.actions), [['task_receive', 'task_return'], []])
    assert.ok(seen.actions.every((a) => ['comment', 'contact'].includes(a.action)), JSON.stringify(seen.actions))
    assert.ok((await work(d.lamps)).called.some((t) => t.case_id === id && t.id === lamps.id))
    assert.ok(ok(await d.lamps.get('/cases')).items.some((row) => row.id === id))
    await until(async () => ok(await d.lamps.get('/notices')).items.some((n) => n.kind === 'case.called' && n.object_id === id))

    refused(await step(d.lamps, id, drains, 'receive'), 403, 'not_allowed')
    refused(await step(d.lamps, id, lamps, 'answer', answer), 409, 'wrong_state')
    await mustStep(d.lamps, id, lamps, 'receive')
    const answered = await mustStep(d.lamps, id, lamps, 'answer', answer)
    const mine = answered.called.find((t) => t.id === lamps.id)
    assert.deepEqual([mine.state, mine.spoke_to, mine.done, mine.done_by, mine.actions], ['answered', answer.spoke_to, answer.done, answer.done_by, []])
    assert.ok(mine.received_at >= mine.called_at && mine.ended_at >= mine.received_at)
    await until(async () => ok(await d.secretary.get('/notices')).items.some((n) => n.kind === 'case.task_answered' && n.object_id === id))
    assert.equal((await work(d.lamps)).called.some((t) => t.case_id === id), false)
    assert.equal((await view(d.lamps, id)).id, id, 'who answered still sees it')

    const early = await act(d.secretary, id, 'handled', { result: '好了' })
    assert.match(refused(early, 409, 'tasks_open').detail, /没有答复/)
    assert.deepEqual((await view(d.secretary, id)).blocked.map((b) => b.action), ['handled'])
    await mustStep(d.drains, id, drains, 'receive')
    await mustStep(d.drains, id, drains, 'answer', { ...answer, received_at: Date.now() - 1 + 1 })
    await must(d.secretary, id, 'handled', { result: '好了' })
    const whole = await must(d.gridWorker, id, 'pass', { outcome: 'resolved' })
    assert.deepEqual(whole.events.map((e) => e.action),
      ['report', 'accept', 'handle_self', 'whistle', 'task_receive', 'task_answer', 'task_receive', 'task_answer', 'handled', 'pass'])
    assert.deepEqual(whole.events[3].data.orgs, ['路灯所', '排水所'])
    assert.deepEqual([whole.events[5].org_name, whole.events[5].actor, whole.events[5].internal], ['路灯所', 'handler_lamps', true])
    const rows = ok(await d.audit.get('/audit', { query: { object_id: id } })).items.map((r) => r.action)
    for (const action of ['case.whistle', 'case.task_receive', 'case.task_answer']) assert.ok(rows.includes(action), action)
    const own = await view(d.resident, id)
    assert.deepEqual(own.called, [], 'the answers are for staff')
    assert.deepEqual(own.events.map((e) => [e.action, e.text]).filter(([a]) => a.startsWith('task') || a === 'whistle'), [['whistle', null]])
  })

  it('is returned with a reason, and then waits for a decision', async () => {
    const id = await handling()
    const [lamps, drains] = await call(id)
    assert.deepEqual(fields(await step(d.lamps, id, lamps, 'return', {})), { reason: 'required' })
    await mustStep(d.lamps, id, lamps, 'return', { reason: '电井归供电公司' })
    refused(await d.lamps.get(`/cases/${id}`), 404, 'not_found')
    await until(async () => ok(await d.secretary.get('/notices')).items.some((n) => n.kind === 'case.task_returned' && n.object_id === id))
    const seen = (await view(d.secretary, id)).called
    assert.deepEqual(seen.map((t) => [t.state, t.reason, t.actions]), [['returned', '电井归供电公司', ['task_overrule']], ['called', null, []]])
    refused(await act(d.secretary, id, 'handled', { result: '好了' }), 409, 'tasks_open')
    // The community decides on what came back; on what is still awaited only the level above.
    refused(await step(d.secretary, id, drains, 'overrule', { reason: '不等了' }), 403, 'not_allowed')
    await mustStep(d.secretary, id, lamps, 'overrule', { reason: '确实不归路灯所' })
    await mustStep(d.dispatcher, id, drains, 'overrule', { reason: '已由街道处理' })
    await until(async () => ok(await d.drains.get('/notices')).items.some((n) => n.kind === 'case.task_overruled' && n.object_id === id))
    await must(d.secretary, id, 'handled', { result: '好了' })
  })

  it('calls again whom it called before, once that task has ended', async () => {
    const id = await handling()
    const [first] = await call(id, [d.orgs.lighting])
    const twice = async (orgs) => fields(await act(d.secretary, id, 'whistle', { orgs, ask: '再来' }))
    assert.deepEqual(await twice([d.orgs.lighting]), { 'orgs[0]': 'taken' })
    await mustStep(d.lamps, id, first, 'return', { reason: '不归我们' })
    const [second] = await call(id, [d.orgs.lighting])
    assert.notEqual(second.id, first.id)
    assert.equal((await view(d.lamps, id)).called.length, 2)
  })

  it('is blown by the community beside a department that leads, and by no department', async () => {
    const id = await handling({ org: d.orgs.lighting })
    refused(await act(d.lamps, id, 'whistle', { orgs: [d.orgs.drainage], ask: '来' }), 403, 'not_allowed')
    refused(await act(d.gridWorker, id, 'whistle', { orgs: [d.orgs.drainage], ask: '来' }), 403, 'not_allowed')
    refused(await d.otherSecretary.post(`/cases/${id}/whistle`, { orgs: [d.orgs.drainage], ask: '来' }, { version: 5 }), 404, 'not_found')
    const [task] = await call(id, [d.orgs.drainage])
    refused(await act(d.lamps, id, 'handled', { result: '好了' }), 409, 'tasks_open')
    refused(await step(d.lamps, id, task, 'overrule', { reason: '不等' }), 403, 'not_allowed')
    refused(await step(d.leader, id, task, 'receive'), 403, 'not_allowed')
    await mustStep(d.leader, id, task, 'overrule', { reason: '区里另行安排' })
    await must(d.lamps, id, 'handled', { result: '好了' })
  })

  it('ends with the case', async () => {
    const one = ok(await d.resident.post('/cases', { text: '电井进水', at: inGrid(1) }), 201)
    await must(d.secretary, one.id, 'accept')
    const [task] = await call(one.id, [d.orgs.lighting])
    const gone = await must(d.resident, one.id, 'withdraw', { reason: '好了' })
    assert.equal(gone.state, 'closed')
    assert.deepEqual((await view(d.secretary, one.id)).called.map((t) => t.state), ['stopped'])
    assert.equal((await work(d.lamps)).called.some((t) => t.case_id === one.id), false)
    refused(await step(d.lamps, one.id, task, 'receive'), 409, 'wrong_state')
  })

  it('is found by who was called, in order of the limits, while the case is open', async () => {
    const id = await handling(), listed = async () => ok(await d.drains.get('/cases', { query: { sort: 'due', limit: 100 } })).items.filter((row) => row.id === id).length
    assert.equal(await listed(), 0)
    const [task] = await call(id, [d.orgs.drainage])
    assert.equal(await listed(), 1)
    await mustStep(d.drains, id, task, 'return', { reason: '不归我们' })
    assert.equal(await listed(), 0, 'who returned the call sees it no more')
    const [again] = await call(id, [d.orgs.drainage])
    await mustStep(d.drains, id, again, 'receive')
    await mustStep(d.drains, id, again, 'answer', answer)
    const [third] = await call(id, [d.orgs.drainage])
    assert.equal(await listed(), 1, 'called twice, listed once')
    await mustStep(d.dispatcher, id, third, 'overrule', { reason: '已由街道处理' })
    await mustStep(d.secretary, id, task, 'overrule', { reason: '确实不归他们' })
    await must(d.secretary, id, 'handled', { result: '好了' })
    await must(d.gridWorker, id, 'pass', { outcome: 'resolved' })
    assert.equal(await listed(), 0)
    await must(d.resident, id, 'reopen', { reason: '又进水了' })
    assert.equal(await listed(), 1)
  })

  it('survives dispatch, return and rework', async () => {
    const one = ok(await d.resident.post('/cases', { text: '电井进水', at: inGrid(1) }), 201)
    await must(d.secretary, one.id, 'accept')
    const [task] = await call(one.id, [d.orgs.drainage])
    await must(d.secretary, one.id, 'dispatch', { org: d.orgs.lighting })
    await mustStep(d.drains, one.id, task, 'receive')
    await must(d.lamps, one.id, 'sign')
    await must(d.lamps, one.id, 'return', { reason: '不归我们' })
    await must(d.secretary, one.id, 'handle_self')
    refused(await act(d.secretary, one.id, 'handled', { result: '好' }), 409, 'tasks_open')
    await mustStep(d.drains, one.id, task, 'answer', answer)
    await must(d.secretary, one.id, 'handled', { result: '好' })
    await must(d.gridWorker, one.id, 'fail', { reason: '没好' })
    const [again] = await call(one.id, [d.orgs.drainage])
    assert.ok(again)
  })
})

describe('time', () => {
  it('runs around the clock for what is urgent', async () => {
    const id = await handling()
    outside(`UPDATE cases SET severity = 1 WHERE id = ${id}`)
    const [task] = await call(id, [d.orgs.lighting])
    assert.equal(task.due_at, task.called_at + 2 * HOUR)
  })

  it('is asked after: of the organisation called, and when it is over of the level above it too', async () => {
    const id = await handling()
    const [task] = await call(id, [d.orgs.committee])
    const person = await server.user({ role: 'department_handler', unit: d.orgs.committee, lang: 'zh-CN' })
    const kinds = async (who) => ok(await who.get('/notices', { query: { limit: 100 } })).items.filter((n) => n.object_id === id && /task_(soon|late)/.test(n.kind)).map((n) => n.kind)
    const remind = async () => {
      outside("DELETE FROM job WHERE kind = 'case.remind'")   // so that the next one is due
      await until(() => outside("SELECT count(*) FROM job WHERE kind = 'case.remind' AND state = 3") === '1', 30_000)
    }
    const first = Number(outside(`SELECT remind_at FROM case_task WHERE id = ${task.id}`))
    assert.ok(first > task.called_at && first < task.due_at)
    outside(`UPDATE case_task SET remind_at = ${Date.now() - 1000} WHERE id = ${task.id}`)
    await remind()
    await until(async () => (await kinds(person)).includes('case.task_soon'))
    assert.deepEqual(await kinds(d.dispatcher), [])
    outside(`UPDATE case_task SET due_at = ${Date.now() - HOUR}, remind_at = ${Date.now() - HOUR} WHERE id = ${task.id}`)
    await remind()
    await until(async () => (await kinds(person)).includes('case.task_late'))
    await until(async () => (await kinds(d.dispatcher)).includes('case.task_late'))
    assert.equal(outside(`SELECT remind_at - due_at FROM case_task WHERE id = ${task.id}`), String(24 * HOUR), 'then daily')
    await mustStep(person, id, task, 'receive')
    await mustStep(person, id, task, 'answer', answer)
    assert.equal(outside(`SELECT CASE WHEN remind_at IS NULL THEN 1 END FROM case_task WHERE id = ${task.id}`), '1')
  })

  it('does not stop with the case: who was called answers while it is suspended', async () => {
    const id = await handling({ org: d.orgs.lighting })
    const [task, other] = await call(id, [d.orgs.drainage, d.orgs.committee])
    await must(d.lamps, id, 'suspend', { reason: '等材料', review_at: Date.now() + 240 * HOUR })
    await must(d.dispatcher, id, 'grant_suspension')
    await mustStep(d.drains, id, task, 'receive')
    const seen = await mustStep(d.drains, id, task, 'answer', answer)
    assert.deepEqual([seen.state, seen.called[0].state], ['suspended', 'answered'])
    await mustStep(d.dispatcher, id, other, 'overrule', { reason: '不必了' })
  })
})

describe('bad input', () => {
  it('of a whistle is named field by field', async () => {
    const id = await handling({ org: d.orgs.lighting })
    const bad = async (body) => {
      const refusal = await act(d.secretary, id, 'whistle', { orgs: [d.orgs.drainage], ask: '来', ...body })
      assert.equal(refusal.status, 422, refusal.text)
      return fields(refusal)
    }
    assert.deepEqual(await bad({ orgs: [] }), { orgs: 'too_short' })
    assert.deepEqual(await bad({ orgs: null, ask: null }), { orgs: 'required', ask: 'required' })
    assert.deepEqual(await bad({ orgs: [d.orgs.lighting, '5', d.orgs.drainage, d.orgs.drainage] }), { 'orgs[0]': 'not_a_choice', 'orgs[1]': 'unknown_reference', 'orgs[3]': 'taken' })
    assert.deepEqual(await bad({ due_at: Date.now() - 1000 }), { due_at: 'time_in_past' })
    assert.deepEqual(await bad({ ask: ' ' }), { ask: 'blank' })
    assert.deepEqual(await bad({ orgs: Array(21).fill(d.orgs.drainage) }), { orgs: 'too_long' })
    refused(await d.secretary.post(`/cases/${id}/whistle`, { orgs: [d.orgs.drainage], ask: '来' }), 428, 'version_needed')
    refused(await d.secretary.post(`/cases/${id}/whistle`, { orgs: [d.orgs.drainage], ask: '来' }, { version: 1 }), 409, 'stale_version')
    assert.deepEqual((await view(d.secretary, id)).called, [])
  })

  it('of an answer too', async () => {
    const id = await handling()
    const [task] = await call(id, [d.orgs.lighting])
    await mustStep(d.lamps, id, task, 'receive')
    const bad = async (body) => fields(await step(d.lamps, id, task, 'answer', { ...answer, ...body }))
    assert.deepEqual(await bad({ spoke_to: null, done: '', done_by: null }), { spoke_to: 'required', done: 'too_short', done_by: 'required' })
    assert.deepEqual(await bad({ received_at: Date.now() + HOUR }), { received_at: 'time_in_future' })
    assert.deepEqual(await bad({ received_at: Date.now() - HOUR, done_by: Date.now() - HOUR }), { received_at: 'period', done_by: 'period' })
    refused(await step(d.lamps, id, { id: '5' }, 'answer', answer), 404, 'not_found')
    refused(await step(d.otherSecretary, id, task, 'answer', answer), 404, 'not_found')
  })

  it('every step of a task in every wrong state changes nothing', async () => {
    const bodies = { receive: {}, answer, return: { reason: '退' }, overrule: { reason: '免' } }
    const allowed = { called: ['receive', 'return', 'overrule'], received: ['answer', 'return', 'overrule'], answered: [], returned: ['overrule'], overruled: [] }
    const road = { called: [], received: ['receive'], answered: ['receive', 'answer'], returned: ['return'], overruled: ['overrule'] }
    const who = (name) => (name === 'overrule' ? d.dispatcher : d.lamps)
    for (const state of Object.keys(road)) {
      const id = await handling()
      const [task] = await call(id, [d.orgs.lighting, d.orgs.drainage])
      for (const name of road[state]) await mustStep(who(name), id, task, name, bodies[name])
      const version = (await view(d.leader, id)).version
      for (const name of Object.keys(bodies)) {
        if (allowed[state].includes(name)) continue
        const answer_ = await step(who(name), id, task, name, bodies[name])
        // Who returned the call is not told about the case any more.
        if (state === 'returned' && name !== 'overrule') refused(answer_, 404, 'not_found')
        else assert.match(refused(answer_, 409, 'wrong_state').detail, /该单位的任务现在是“.+”/)
      }
      assert.equal((await view(d.leader, id)).version, version)
    }
  })
})
