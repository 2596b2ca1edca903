/* Levels: a case is escalated and delegated along its own chain, supervised from above, handed to a person; as the people of every level. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { fields, fine as ok } from './support/district.mjs'
import { startServer, until } from './support/server.mjs'

let server, d, centre, otherDispatcher, lamps2
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  centre = await server.user({ role: 'street_dispatcher', unit: d.root, sign: 'centre', name: '区平台', lang: 'zh-CN' })
  otherDispatcher = await server.user({ role: 'street_dispatcher', unit: d.areas.west, sign: 'dispatcher_west', name: '西街派遣员', lang: 'zh-CN' })
  lamps2 = await server.user({ role: 'department_handler', unit: d.orgs.lighting, sign: 'handler_lamps_2', name: '路灯所乙', lang: 'zh-CN' })
})
after(() => server?.stop())

const DAY = 86400_000
const refused = (answer, status, code) => {
  assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
  return answer.body
}
const act = async (who, id, action, body, version) =>
  who.post(`/cases/${id}/${action}`, body ?? {}, { version: version ?? ok(await d.leader.get(`/cases/${id}`)).version })
const must = async (...words) => ok(await act(...words))
const view = async (who, id) => ok(await who.get(`/cases/${id}`))
const work = async (who, query) => ok(await who.get('/cases/work', { query }))
const rows = (w) => w.groups.flatMap((group) => group.items)
const waits = async (who, id) => rows(await work(who)).some((row) => row.id === id)
const notified = (who, id, kind) => until(async () => ok(await who.get('/notices', { query: { limit: 100 } })).items.some((n) => n.kind === kind && n.object_id === id))
const can = (one) => one.actions.map((a) => a.action)
const outside = (sql) => server.sql(sql)

/** A lamp in grid 1, brought to a state by the people of community 甲. */
async function standing(state, { who = d.resident } = {}) {
  const one = ok(await who.post('/cases', { text: '路灯一片都不亮', at: inGrid(1), category: d.category('路灯异常').id }), 201)
  const road = { reported: [], waiting: [['secretary', 'ask', { question: '哪一盏' }]], accepted: [['secretary', 'accept']] }
  road.rejected = [['secretary', 'reject', { reason: '不归这里' }]]
  road.dispatched = [...road.accepted, ['secretary', 'dispatch', { org: d.orgs.lighting }]]
  road.handling = [...road.dispatched, ['lamps', 'sign']]
  road.self = [...road.accepted, ['secretary', 'handle_self']]
  road.suspended = [...road.handling, ['lamps', 'suspend', { reason: '等灯杆', review_at: Date.now() + 10 * DAY }], ['dispatcher', 'grant_suspension']]
  road.handled = [...road.handling, ['lamps', 'handled', { result: '换了' }]]
  road.closed = [...road.handled, ['gridWorker', 'pass', { outcome: 'resolved' }]]
  road.merged = [...road.accepted]
  for (const [name, action, body] of road[state]) await must(d[name], one.id, action, body)
  if (state === 'merged') {
    const into = ok(await d.neighbour.post('/cases', { text: '灯不亮', at: inGrid(1), category: d.category('路灯异常').id }), 201)
    await must(d.secretary, one.id, 'merge', { into: into.id })
  }
  return one.id
}

describe('escalation', () => {
  it('passes a case to the level above, which alone holds it', async () => {
    const id = await standing('accepted')
    const before = await view(d.secretary, id)
    assert.deepEqual([before.held, before.levels.up.name], [null, '东街'])
    assert.ok(await waits(d.secretary, id))
    assert.deepEqual(fields(await act(d.secretary, id, 'escalate', {})), { reason: 'required' })
    const up = await must(d.secretary, id, 'escalate', { reason: '要改线路，社区办不了' })
    assert.deepEqual([up.state, up.held.name, up.org_id], ['accepted', '东街', null])
    const step = up.events.at(-1)
    assert.deepEqual([step.action, step.text, step.data.from, step.data.to, step.data.from_name, step.data.to_name],
      ['escalate', '要改线路，社区办不了', d.areas.a, d.areas.east, '甲社区', '东街'])
    await notified(d.dispatcher, id, 'case.escalated')

    // Whoever gave it up sees it and its whole story, and acts as its holder no more.
    assert.ok(!can(up).some((a) => ['dispatch', 'handle_self', 'route', 'whistle', 'delegate', 'escalate'].includes(a)), JSON.stringify(can(up)))
    assert.ok(can(up).includes('comment'))
    assert.equal(await waits(d.secretary, id), false)
    assert.equal(await waits(d.dispatcher, id), true)
    for (const [action, body] of [['dispatch', { org: d.orgs.lighting }], ['handle_self'], ['route', { address: '别处' }], ['whistle', { orgs: [d.orgs.drainage], ask: '来' }],
      ['delegate', { area: d.areas.grids[0], reason: '退' }], ['escalate', { reason: '再来' }]])
      refused(await act(d.secretary, id, action, body), 403, 'not_allowed')
    refused(await d.otherSecretary.post(`/cases/${id}/escalate`, { reason: '抢' }, { version: up.version }), 404, 'not_found')

    const mine = await must(d.dispatcher, id, 'dispatch', { org: d.orgs.lighting })
    assert.equal(mine.held.name, '东街')
    await must(d.lamps, id, 'sign')
    await must(d.lamps, id, 'handled', { result: '改好了' })
    const done = await must(d.gridWorker, id, 'pass', { outcome: 'resolved' })
    assert.deepEqual(done.events.map((e) => e.action), ['report', 'accept', 'escalate', 'dispatch', 'sign', 'handled', 'pass'])
    const own = await view(d.resident, id)
    assert.deepEqual([own.held, own.levels, own.supervision], [null, null, null])
    assert.deepEqual(own.events.find((e) => e.action === 'escalate').text, null, 'why it was beyond them is for staff')
    const audit = ok(await d.audit.get('/audit', { query: { object_id: id } })).items.map((r) => r.action)
    assert.ok(audit.includes('case.escalate'))
    // Reopened, it comes back to the level that held it last.
    await must(d.resident, id, 'reopen', { reason: '又不亮了' })
    assert.equal(await waits(d.dispatcher, id), true)
    assert.equal(await waits(d.secretary, id), false)
  })

  it('goes level by level, and no further than somebody dispatches', async () => {
    const id = await standing('accepted')
    // The grid worker passes to the community, the community to the street, the street to the district.
    assert.equal((await must(d.gridWorker, id, 'escalate', { reason: '网格办不了' })).held.name, '甲社区')
    refused(await act(d.gridWorker, id, 'escalate', { reason: '再升' }), 403, 'not_allowed')
    assert.equal((await must(d.secretary, id, 'escalate', { reason: '社区办不了' })).held.name, '东街')
    const top = await must(d.dispatcher, id, 'escalate', { reason: '街道办不了' })
    assert.equal(top.held.id, d.root)
    assert.equal(await waits(centre, id), true)
    assert.equal(await waits(d.dispatcher, id), false)
    const seen = await view(centre, id)
    assert.ok(can(seen).includes('dispatch') && can(seen).includes('delegate') && !can(seen).includes('escalate'))
    assert.equal(seen.levels.up, null)
  })

  it('takes a case from the organisation that cannot end it', async () => {
    for (const state of ['dispatched', 'handling']) {
      const id = await standing(state)
      refused(await act(d.lamps, id, 'escalate', { reason: '难' }), 403, 'not_allowed')
      const up = await must(d.secretary, id, 'escalate', { reason: '路灯所解决不了' })
      assert.deepEqual([up.state, up.org_id, up.held.name], ['accepted', null, '东街'])
      await notified(d.lamps, id, 'case.taken_up')
      refused(await d.lamps.get(`/cases/${id}`), 404, 'not_found')
    }
  })

  it('gives the new level its own time to dispatch, in its own working hours', async () => {
    const id = await standing('accepted')
    const before = await view(d.secretary, id)
    const up = await must(d.secretary, id, 'escalate', { reason: '办不了' })
    const limits = ok(await d.admin.get('/clock/policies')).items.find((p) => !p.category && p.severity === up.severity).limits
    const limit = limits.find((l) => l.step === 'dispatch')
    assert.deepEqual([up.clock.amount, up.clock.unit], [limit.amount, limit.unit])
    assert.ok(up.clock.from > before.clock.from)
    const due = ok(await d.admin.get('/clock/preview', { query: { from: up.clock.from, amount: limit.amount, unit: limit.unit, area: d.areas.east } }))
    assert.equal(up.due_at, due.due_at)
  })
})

describe('delegation', () => {
  it('comes down again to a level of its own chain, with its whole history', async () => {
    const id = await standing('accepted')
    await must(d.secretary, id, 'escalate', { reason: '办不了' })
    const seen = await view(d.dispatcher, id)
    assert.deepEqual(seen.levels.down.map((l) => [l.name, l.state]), [['甲社区', 'accepted'], ['第1网格', 'handling']])
    const bad = async (body) => fields(await act(d.dispatcher, id, 'delegate', body))
    assert.deepEqual(await bad({}), { area: 'required', reason: 'required' })
    assert.deepEqual(await bad({ area: d.areas.b, reason: '给乙' }), { area: 'not_a_choice' })
    assert.deepEqual(await bad({ area: d.areas.east, reason: '给自己' }), { area: 'not_a_choice' })
    assert.deepEqual(await bad({ area: d.root, reason: '给上面' }), { area: 'not_a_choice' })
    const down = await must(d.dispatcher, id, 'delegate', { area: d.areas.a, reason: '线路已经改好，余下的归社区' })
    assert.deepEqual([down.state, down.held.name], ['accepted', '甲社区'])
    assert.equal(await waits(d.secretary, id), true)
    assert.equal(await waits(d.dispatcher, id), false)
    await notified(d.secretary, id, 'case.delegated')
    refused(await act(d.dispatcher, id, 'dispatch', { org: d.orgs.lighting }), 403, 'not_allowed')
    assert.deepEqual((await view(d.dispatcher, id)).events.map((e) => e.action), ['report', 'accept', 'escalate', 'delegate'])
    // A level above may take it back, with a reason; that is an escalation like any other.
    assert.equal((await must(d.dispatcher, id, 'escalate', { reason: '还是街道来' })).held.name, '东街')
    await must(d.dispatcher, id, 'delegate', { area: d.areas.grids[0], reason: '网格可以办' })
  })

  it('is handled at once where nobody dispatches: in the grid', async () => {
    const id = await standing('accepted')
    const down = await must(d.secretary, id, 'delegate', { area: d.areas.grids[0], reason: '网格去看一下就行' })
    assert.deepEqual([down.state, down.held.name], ['handling', '第1网格'])
    assert.equal(await waits(d.gridWorker, id), true)
    assert.equal(await waits(d.secretary, id), false)
    await notified(d.gridWorker, id, 'case.delegated')
    refused(await act(d.secretary, id, 'handled', { result: '好' }), 403, 'not_allowed')
    const held = ok(await d.gridWorker.get('/cases', { query: { mine: 'holding' } })).items.map((row) => row.id)
    assert.ok(held.includes(id))
    // Beyond the grid, it goes up again.
    const up = await must(d.gridWorker, id, 'escalate', { reason: '要断电，网格办不了' })
    assert.deepEqual([up.state, up.held.name], ['accepted', '甲社区'])
    await must(d.secretary, id, 'delegate', { area: d.areas.grids[0], reason: '已经断电' })
    await must(d.gridWorker, id, 'handled', { result: '接好了' })
    await must(d.secretary, id, 'pass', { outcome: 'resolved' })
  })

  it('names a level on the chain where nobody could take it', async () => {
    const one = ok(await d.resident.post('/cases', { text: '路灯不亮', at: inGrid(2) }), 201)
    await must(d.secretary, one.id, 'accept')
    assert.deepEqual(fields(await act(d.secretary, one.id, 'delegate', { area: d.areas.grids[1], reason: '网格办' })), { area: 'nobody_there' })
    assert.ok(!can(await view(d.secretary, one.id)).includes('delegate'))
  })
})

describe('who holds it', () => {
  it('is the same in My work, in the lists and in the count', async () => {
    const ids = []
    for (let n = 0; n < 3; n++) {
      ids.push(await standing('accepted'))
      await must(d.secretary, ids[n], 'escalate', { reason: '办不了' })
    }
    for (const who of [d.secretary, d.dispatcher, centre, d.gridWorker, d.leader]) {
      const w = await work(who)
      const shown = rows(w)
      assert.equal(w.counts.all, shown.length + w.called.length, 'number and rows agree')
      for (const row of shown) {
        const one = await view(who, row.id)
        assert.ok(one.actions.some((a) => a.primary), `${row.code} ${row.state} waits for nobody here: ${JSON.stringify(one.actions)}`)
      }
    }
    const listed = ok(await d.dispatcher.get('/cases', { query: { held: d.areas.east, limit: 200 } })).items
    assert.ok(ids.every((id) => listed.some((row) => row.id === id)))
    assert.ok(listed.every((row) => row.held_area_id === d.areas.east && row.held_area_name === '东街'))
    assert.equal(ok(await d.dispatcher.get('/cases/count', { query: { held: d.areas.east } })).count, listed.length)
    for (const sort of ['due', 'old']) {
      const open = ok(await d.dispatcher.get('/cases', { query: { held: d.areas.east, state: 'open', sort, limit: 200 } })).items
      assert.equal(open.length, listed.filter((row) => !['closed', 'rejected', 'merged'].includes(row.state)).length)
    }
    assert.deepEqual(ok(await otherDispatcher.get('/cases', { query: { held: d.areas.east } })).items, [])
  })

  it('ends when the place turns out to lie elsewhere', async () => {
    const id = await standing('accepted')
    await must(d.gridWorker, id, 'escalate', { reason: '给社区' })
    assert.equal((await view(d.leader, id)).held.name, '甲社区')
    const moved = await must(d.secretary, id, 'route', { at: inGrid(2) })
    assert.equal(moved.held.name, '甲社区', 'still within it')
    await must(d.secretary, id, 'route', { at: inGrid(3) })
    assert.equal((await view(d.leader, id)).held, null)
  })

  it('leaves approvals to that level and those above', async () => {
    const id = await standing('accepted')
    await must(d.secretary, id, 'escalate', { reason: '办不了' })
    await must(d.dispatcher, id, 'dispatch', { org: d.orgs.lighting })
    await must(d.lamps, id, 'sign')
    await must(d.lamps, id, 'extend', { reason: '缺料', days: 2 })
    refused(await act(d.secretary, id, 'grant_extension'), 403, 'not_allowed')
    assert.equal(await waits(d.secretary, id), false)
    assert.equal(await waits(d.dispatcher, id), true)
    await must(d.leader, id, 'grant_extension')
  })
})

describe('supervision', () => {
  const soon = () => Date.now() + 5 * DAY
  const put = async (who, id, more) => must(who, id, 'supervise', { reason: '居民多次反映', due_at: soon(), ...more })
  const answer = { done: '已联系供电公司', why_late: '要等停电窗口', done_by: Date.now() + 3 * DAY }

  it('is put from above, answered by whoever has the case, and lifted from above', async () => {
    const id = await standing('handling')
    refused(await act(d.secretary, id, 'supervise', { reason: '快', due_at: soon() }), 403, 'not_allowed')
    refused(await act(d.lamps, id, 'supervise', { reason: '快', due_at: soon() }), 403, 'not_allowed')
    const on = await put(d.dispatcher, id)
    assert.deepEqual([on.state, on.supervision.area_name, on.supervision.answered_at], ['handling', '东街', null])
    assert.ok(on.supervision.due_at >= Date.now() + 4 * DAY)
    assert.deepEqual([on.events.at(-1).action, on.events.at(-1).internal, on.events.at(-1).data.area_name], ['supervise', true, '东街'])
    await notified(d.lamps, id, 'case.supervised')
    refused(await act(d.leader, id, 'supervise', { reason: '再督', due_at: soon() }), 409, 'supervised')

    const mine = await work(d.lamps)
    assert.ok(mine.counts.supervised >= 1)
    const row = rows(mine).find((r) => r.id === id)
    assert.deepEqual([row.supervised_due, row.supervision_answered], [on.supervision.due_at, false])
    assert.ok(rows(await work(d.lamps, { supervised: true })).some((r) => r.id === id))
    const theirs = await work(d.dispatcher)
    assert.ok(theirs.supervising.some((r) => r.id === id))
    assert.ok(theirs.counts.supervising >= 1)
    for (const query of [{}, { sort: 'due' }, { sort: 'old' }, { state: 'handling' }, { text: '路灯一片' }, { area: d.areas.a }])
      assert.ok(ok(await d.leader.get('/cases', { query: { supervised: true, limit: 200, ...query } })).items.some((r) => r.id === id), JSON.stringify(query))
    for (const query of [{ state: 'accepted' }, { area: d.areas.b }, { text: '没有这几个字' }])
      assert.ok(!ok(await d.leader.get('/cases', { query: { supervised: true, limit: 200, ...query } })).items.some((r) => r.id === id), JSON.stringify(query))
    for (const who of [d.secretary, d.dispatcher, d.leader, d.lamps])
      assert.ok(ok(await who.get('/cases', { query: { supervised: true } })).items.some((r) => r.id === id))
    assert.equal(ok(await d.leader.get('/cases/count', { query: { supervised: true } })).count, ok(await d.leader.get('/cases', { query: { supervised: true, limit: 200 } })).items.length)

    refused(await act(d.secretary, id, 'supervise_answer', answer), 403, 'not_allowed')
    assert.deepEqual(fields(await act(d.lamps, id, 'supervise_answer', {})), { done: 'required', why_late: 'required', done_by: 'required' })
    assert.deepEqual(fields(await act(d.lamps, id, 'supervise_answer', { ...answer, done_by: 1000 })), { done_by: 'period' })
    const told = await must(d.lamps, id, 'supervise_answer', answer)
    assert.ok(told.supervision.answered_at)
    assert.deepEqual([told.events.at(-1).text, told.events.at(-1).data], [answer.done, { why_late: answer.why_late, done_by: answer.done_by }])
    await notified(d.dispatcher, id, 'case.supervision_answered')
    assert.equal((await work(d.dispatcher)).supervising.find((r) => r.id === id).supervision_answered, true)

    refused(await act(d.lamps, id, 'lift', { reason: '好了' }), 403, 'not_allowed')
    refused(await act(d.secretary, id, 'lift', { reason: '好了' }), 403, 'not_allowed')
    assert.equal((await must(d.leader, id, 'lift', { reason: '答复清楚' })).supervision, null, 'a level above the one that supervises may, too')
    await notified(d.lamps, id, 'case.supervision_lifted')
    assert.ok(!(await work(d.dispatcher)).supervising.some((r) => r.id === id))
    const own = await view(d.resident, id)
    assert.deepEqual([own.supervision, own.events.filter((e) => /supervise|lift/.test(e.action))], [null, []])
  })

  it('of the district is lifted by no street', async () => {
    const id = await standing('accepted')
    const on = await put(d.leader, id)
    assert.equal(on.supervision.area_id, d.root)
    refused(await act(d.dispatcher, id, 'lift', { reason: '算了' }), 403, 'not_allowed')
    await must(d.secretary, id, 'supervise_answer', answer)
    await must(d.leader, id, 'lift', { reason: '好' })
  })

  it('comes from above the level that holds it', async () => {
    const id = await standing('accepted')
    await must(d.secretary, id, 'escalate', { reason: '办不了' })
    refused(await act(d.dispatcher, id, 'supervise', { reason: '自己督自己', due_at: soon() }), 403, 'not_allowed')
    await put(d.leader, id)
    await must(d.dispatcher, id, 'supervise_answer', answer)
    // Once a department has it the street is above that.
    await must(d.leader, id, 'lift', { reason: '好' })
    await must(d.dispatcher, id, 'dispatch', { org: d.orgs.lighting })
    await put(d.dispatcher, id)
  })

  it('ends when the level that supervises takes the case over, and goes on when one below it does', async () => {
    const id = await standing('accepted')
    await put(d.dispatcher, id)
    assert.equal((await must(d.secretary, id, 'escalate', { reason: '办不了' })).supervision, null)
    const other = await standing('accepted')
    await put(d.leader, other)
    assert.equal((await must(d.secretary, other, 'escalate', { reason: '办不了' })).supervision.area_id, d.root)
    assert.equal((await must(d.dispatcher, other, 'escalate', { reason: '办不了' })).supervision, null)
  })

  it('ends with the case', async () => {
    const id = await standing('handled')
    await put(d.dispatcher, id)
    await must(d.gridWorker, id, 'supervise_answer', answer)
    const done = await must(d.gridWorker, id, 'pass', { outcome: 'resolved' })
    assert.equal(done.supervision, null)
    assert.ok(!(await work(d.dispatcher)).supervising.some((r) => r.id === id))
    assert.deepEqual(done.events.filter((e) => e.action === 'supervise').length, 1, 'its story stays')
  })

  it('is asked after while nobody answers, and once its day is over by the level above, daily', async () => {
    const id = await standing('handling')
    const on = await put(d.dispatcher, id)
    const kinds = async (who) => ok(await who.get('/notices', { query: { limit: 100 } })).items.filter((n) => n.object_id === id && n.kind.startsWith('case.supervision_')).map((n) => n.kind)
    const remind = async () => {
      outside("DELETE FROM job WHERE kind = 'case.remind'")   // so that the next one is due
      await until(() => outside("SELECT count(*) FROM job WHERE kind = 'case.remind' AND state = 3") === '1', 30_000)
    }
    const first = Number(outside(`SELECT supervised_remind_at FROM cases WHERE id = ${id}`))
    assert.ok(first > Date.now() && first < on.supervision.due_at, 'when most of the time is over')
    outside(`UPDATE cases SET supervised_remind_at = ${Date.now() - 1000} WHERE id = ${id}`)
    await remind()
    await notified(d.lamps, id, 'case.supervision_soon')
    assert.deepEqual(await kinds(d.dispatcher), [])
    await must(d.lamps, id, 'supervise_answer', answer)
    assert.equal(outside(`SELECT CASE WHEN supervised_remind_at = supervised_due THEN 1 END FROM cases WHERE id = ${id}`), '1', 'once answered, not before its day')
    outside(`UPDATE cases SET supervised_due = ${Date.now() - 3600_000}, supervised_remind_at = ${Date.now() - 3600_000} WHERE id = ${id}`)
    await remind()
    await notified(d.lamps, id, 'case.supervision_late')
    await notified(d.dispatcher, id, 'case.supervision_late')
    assert.equal(outside(`SELECT supervised_remind_at - supervised_due FROM cases WHERE id = ${id}`), String(DAY), 'then daily')
    assert.equal((await view(d.lamps, id)).version, on.version + 1, 'a reminder is no step')
  })

  it('names what is wrong with the input', async () => {
    const id = await standing('handling')
    const bad = async (body) => fields(await act(d.dispatcher, id, 'supervise', { reason: '快', due_at: soon(), ...body }))
    assert.deepEqual(await bad({ reason: null, due_at: null }), { reason: 'required', due_at: 'required' })
    assert.deepEqual(await bad({ due_at: Date.now() - 2 * DAY }), { due_at: 'time_in_past' })
    assert.deepEqual(await bad({ due_at: Date.now() + 800 * DAY }), { due_at: 'too_big' })
    assert.deepEqual(await bad({ reason: '  ' }), { reason: 'blank' })
    refused(await d.dispatcher.post(`/cases/${id}/supervise`, { reason: '快', due_at: soon() }), 428, 'version_needed')
    refused(await act(d.dispatcher, id, 'supervise', { reason: '快', due_at: soon() }, 1), 409, 'stale_version')
    assert.equal((await view(d.leader, id)).supervision, null)
  })
})

describe('handing to a person', () => {
  it('names one of the organisation, who finds it as theirs', async () => {
    const id = await standing('handling')
    const people = ok(await d.lamps.get(`/cases/${id}/people`)).items
    assert.deepEqual(people.map((p) => p.name).sort(), ['handler_lamps', '路灯所乙'].sort())
    const to = people.find((p) => p.name === '路灯所乙')
    refused(await d.secretary.get(`/cases/${id}/people`), 403, 'not_allowed')
    assert.deepEqual(fields(await act(d.lamps, id, 'hand', { person: '5' })), { person: 'not_a_choice' })
    refused(await act(d.secretary, id, 'hand', { person: to.id }), 403, 'not_allowed')
    const handed = await must(d.lamps, id, 'hand', { person: to.id })
    assert.deepEqual(handed.assignee, to)
    await notified(lamps2, id, 'case.handed')
    assert.equal(rows(await work(d.lamps)).find((r) => r.id === id).assignee, '路灯所乙')
    assert.ok(ok(await lamps2.get('/cases', { query: { mine: 'handed' } })).items.some((r) => r.id === id))
    assert.deepEqual(ok(await d.lamps.get('/cases', { query: { mine: 'handed' } })).items, [])
    await must(d.lamps, id, 'return', { reason: '不归我们' })
    assert.equal((await view(d.leader, id)).assignee, null)
  })

  it('is for what an organisation has', async () => {
    const id = await standing('self')
    refused(await act(d.secretary, id, 'hand', { person: '5' }), 409, 'no_org')
    assert.ok(!can(await view(d.secretary, id)).includes('hand'))
  })
})

describe('every new action in every wrong state', () => {
  const bodies = {
    escalate: { reason: '办不了' }, delegate: { reason: '下沉' }, supervise: { reason: '快', due_at: Date.now() + 5 * DAY },
    supervise_answer: { done: '办了', why_late: '人手', done_by: Date.now() + DAY }, lift: { reason: '好' }, hand: { person: '5' },
  }
  const allowed = {
    escalate: ['accepted', 'dispatched', 'handling'], delegate: ['accepted'],
    supervise: ['reported', 'waiting', 'accepted', 'dispatched', 'handling', 'suspended', 'handled'], hand: ['dispatched', 'handling'],
  }
  allowed.supervise_answer = allowed.lift = allowed.supervise
  const who = { escalate: 'dispatcher', delegate: 'dispatcher', supervise: 'dispatcher', supervise_answer: 'dispatcher', lift: 'dispatcher', hand: 'lamps' }

  it('is refused by name, and changes nothing', async () => {
    for (const state of ['reported', 'waiting', 'accepted', 'dispatched', 'handling', 'suspended', 'handled', 'closed', 'rejected', 'merged']) {
      const id = await standing(state)
      const version = (await view(d.leader, id)).version
      for (const [action, body] of Object.entries(bodies)) {
        if (allowed[action].includes(state)) continue
        const person = d[who[action]]
        const answer = await act(person, id, action, action === 'delegate' ? { ...body, area: d.areas.grids[0] } : body)
        // Who does not see the case is not told that it is there; who is not waited for may not answer.
        if ((await person.get(`/cases/${id}`)).status === 404) refused(answer, 404, 'not_found')
        else if (answer.status !== 403) assert.match(refused(answer, 409, 'wrong_state').detail, /现在是“.+”/)
      }
      for (const action of ['supervise_answer', 'lift'])
        if (allowed[action].includes(state)) {
          const answer = await act(d.dispatcher, id, action, bodies[action])
          if (answer.status !== 403) refused(answer, 409, 'not_supervised')
        }
      assert.equal((await view(d.leader, id)).version, version, state)
    }
  })
})
