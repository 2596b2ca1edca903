/* Figures: counters against a recount from the stories that shares nothing with the program, the list behind each number, who may see whose,
 * weights with dates, counting again. On the demonstration's 90 days, with more done on top over HTTP. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fields, fine as ok, outside, refused } from './support/district.mjs'
import { rowsOf } from './support/database.mjs'
import { build, folder, run, startServer, until } from './support/server.mjs'

const DAY = 86_400_000
const ZONE = 8 * 3_600_000
let own, server, leader, secretary, handler, admin, defs, areas
const as = async (role) => {
  const client = server.client({ lang: 'zh-CN' })
  ok(await client.post('/session/demo', { role }))
  client.me = ok(await client.get('/session'))
  return client
}
const query = (sql) => rowsOf(server.dir, sql)
const dayOf = (ms) => Math.floor((ms + ZONE) / DAY)
const text = (day) => new Date(day * DAY).toISOString().slice(0, 10)
const today = () => dayOf(Date.now())
const figures = async (who, unit, from, to) => ok(await who.get('/insight/figures', { query: { unit, from: from && text(from), to: to && text(to) } }))

before(async () => {
  own = folder('linli-insight-')
  const made = await run(join(build, 'linli'), ['demo', '--cases', '700', '--data', join(own.path, 'd')])
  assert.equal(made.code, 0, made.err)
  server = await startServer({ dir: join(own.path, 'd') })
  leader = await as('district_leader')
  secretary = await as('community_secretary')
  handler = await as('department_handler')
  admin = await as('system_admin')
  defs = ok(await leader.get('/insight/definitions'))
  areas = query('SELECT CAST(id AS TEXT) AS id, CAST(parent_id AS TEXT) AS parent_id, kind FROM area ORDER BY area.id')
})
after(async () => {
  await server?.stop()
  own?.remove()
})

/* ---- the recount: slow, from the stories alone, written down a second time ---- */

const ACT = { accept: 4, dispatch: 6, redispatch: 7, handleSelf: 8, sign: 9, return: 10, handled: 11, pass: 12, fail: 13, rate: 14, reopen: 15, route: 18, spot: 20, imported: 21, whistle: 23, answer: 25, granted: 29, call: 39, upheld: 42, refused: 43 }
const STATE = { reported: 1, waiting: 2, accepted: 3, dispatched: 4, handling: 5, handled: 6, closed: 7, rejected: 8, suspended: 9, merged: 10 }
const withSomebody = (s) => s === STATE.dispatched || s === STATE.handling

/** What one case is counted as: [{measure, day, org?}]; org undefined: of its area. */
function countedAs(c, story) {
  const out = []
  const put = (measure, day, when = true) => when && out.push({ measure, day })
  const steps = story.slice(story.findLastIndex((e) => e.from_state === STATE.closed && e.to_state !== STATE.closed) + 1)   // since it was last reopened
  const filed = story.some((e) => [3, 4, 5, 6, 9].includes(e.to_state) || e.action === ACT.spot || e.action === ACT.imported)
  put('reported', dayOf(c.reported_at))
  put('filed', dayOf(c.reported_at), filed)

  const sends = story.filter((e) => e.action === ACT.dispatch || e.action === ACT.redispatch)
  if (sends.length) {
    const first = dayOf(sends[0].at)
    const second = sends[1]?.seq ?? Infinity
    const wrong = story.some((e) => e.seq > sends[0].seq && e.seq <= second && (e.action === ACT.return || e.action === ACT.redispatch || (e.action === ACT.route && e.to_state === STATE.accepted)))
    put('dispatched', first)
    put('first', first)
    put('first_right', first, !wrong)
    put('returned', first, story.some((e) => e.action === ACT.return))
  }

  /* The limit of handling: that which runs, or the last one it was reported as handled within. */
  const since = steps.slice(steps.findLastIndex((e) => e.to_state === STATE.accepted && e.from_state !== STATE.accepted) + 1)
  const reports = since.filter((e) => e.action === ACT.handled)
  const limit = withSomebody(c.state) ? c.due_at : c.state === STATE.suspended ? null : c.state === STATE.handled || c.state === STATE.closed ? reports.at(-1)?.due_at : null
  const left = (c.state === STATE.closed && c.outcome === 4) || c.appeal === 2
  if (limit && !left) {
    const day = dayOf(limit)
    const closed = c.state === STATE.closed
    put('due', day)
    put('due_closed', day, closed)
    put('closed_on_time', day, closed && reports.every((e) => !e.due_at || e.at <= e.due_at))
    put('extended', day, since.some((e) => e.action === ACT.granted))
  }

  const checks = story.filter((e) => e.action === ACT.pass || e.action === ACT.fail)
  if (checks.length && !left) {
    put('checked', dayOf(checks[0].at))
    put('reworked', dayOf(checks[0].at), checks.some((e) => e.action === ACT.fail))
  }
  const end = story.findLast((e) => e.from_state !== e.to_state)
  if (c.state === STATE.closed || c.state === STATE.rejected) {
    put('closed', dayOf(end.at), c.state === STATE.closed)
    put('rejected', dayOf(end.at), c.state === STATE.rejected)
    put('beyond_powers', dayOf(end.at), c.state === STATE.closed && c.outcome === 4)
  }
  const said = steps.findLast((e) => e.action === ACT.rate || (e.action === ACT.call && !e.internal))
  if (said && !left && c.call_back !== 3) {
    put('valid', dayOf(said.at), c.solved > 0)
    put('resolved', dayOf(said.at), c.solved === 1)
    put('starred', dayOf(said.at), c.stars > 0)
    put('satisfied', dayOf(said.at), c.stars >= 4)
    put('asked', dayOf(said.at), c.contacted > 0)
    put('contacted', dayOf(said.at), c.contacted === 1)
  }
  const call = steps.findLast((e) => e.action === ACT.call)
  if (call) put('unreachable', dayOf(call.at), c.call_back === 3)
  const decided = steps.findLast((e) => e.action === ACT.upheld || e.action === ACT.refused)
  if (decided) put('upheld', dayOf(decided.at), c.appeal === 2)
  const whistle = story.find((e) => e.action === ACT.whistle)
  if (whistle) {
    const answers = story.filter((e) => e.action === ACT.answer && (!e.due_at || e.at <= e.due_at)).length
    put('whistled', dayOf(whistle.at))
    put('whistle_answered', dayOf(whistle.at), answers >= c.tasks)
  }
  return out
}

function stories() {
  const events = new Map()
  for (const e of query('SELECT CAST(case_id AS TEXT) AS case_id, seq, at, action, from_state, to_state, internal, due_at FROM case_event ORDER BY case_id, seq')) {
    if (!events.has(e.case_id)) events.set(e.case_id, [])
    events.get(e.case_id).push(e)
  }
  return query('SELECT CAST(id AS TEXT) AS id, state, outcome, CAST(area_id AS TEXT) AS area_id, reported_at, due_at, solved, stars, tasks, contacted, call_back, appeal FROM cases')
    .map((c) => ({ ...c, story: events.get(c.id) ?? [] }))
}

const above = (area) => {
  const up = []
  for (let at = area; at; at = areas.find((a) => a.id === at)?.parent_id) up.push(at)
  return up
}

function recount(unit, from, to) {
  const sums = Object.fromEntries(defs.measures.map((m) => [m.word, 0]))
  const all = stories()
  for (const c of all)
    if (above(c.area_id).includes(unit)) for (const { measure, day } of countedAs(c, c.story)) if (day >= from && day <= to) sums[measure]++
  const open = all.filter((c) => above(c.area_id).includes(unit) && [1, 2, 3, 4, 5, 6, 9].includes(c.state))
  return { sums, open: open.length, overdue: open.filter((c) => c.due_at && c.due_at < Date.now()).length }
}

const ofKind = (kind, n = 0) => areas.filter((a) => a.kind === kind)[n].id
const root = () => ofKind('district')

async function sameAsRecount(unit, from, to) {
  const seen = await figures(leader, unit, from, to)
  const want = recount(unit, from, to)
  const counts = Object.fromEntries(seen.counts.map((c) => [c.word, c.count]))
  assert.deepEqual(counts, want.sums)
  assert.deepEqual([seen.open, seen.overdue], [want.open, want.overdue])
  assert.equal(seen.by_state.reduce((n, s) => n + s.count, 0), seen.open)
  assert.equal(seen.by_age.reduce((n, s) => n + s.count, 0), seen.open)
  for (const f of seen.figures) {
    const { part, whole } = defs.figures.find((d) => d.word === f.word)
    assert.deepEqual([f.part, f.whole], [counts[part], counts[whole]])
    assert.equal(f.rate, f.whole ? Math.round((f.part * 10000) / f.whole + 1e-9) : -1)
    assert.ok(f.part <= f.whole, f.word)
  }
  return seen
}

async function behind(who, unit, measure, from, to, more = {}) {
  const found = []
  for (let after; ;) {
    const page = ok(await who.get('/insight/cases', { query: { unit, measure, from: text(from), to: text(to), limit: 37, after, ...more } }))
    found.push(...page.items)
    if (!(after = page.next)) return found
  }
}

/* ---- */

describe('figures', () => {
  it('equal a recount from the stories, for every level and period', async () => {
    const now = today()
    const month = dayOf(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 1) - ZONE)
    const seen = await sameAsRecount(root(), now - 29, now)
    assert.ok(seen.counts.find((c) => c.word === 'closed').count > 20, 'the demonstration has something to count')
    for (const unit of [root(), ofKind('street'), ofKind('community', 1), ofKind('grid', 2)])
      for (const [from, to] of [[now, now], [now - 6, now], [month, month + 27], [now - 95, now + 20]]) await sameAsRecount(unit, from, to)
  })

  it('open the very cases behind each number', async () => {
    const now = today()
    for (const unit of [root(), ofKind('street', 1), ofKind('community')]) {
      const seen = await figures(leader, unit, now - 60, now)
      for (const { word, count } of seen.counts) {
        const found = await behind(leader, unit, word, now - 60, now)
        assert.equal(found.length, count, word)
        assert.equal(new Set(found.map((c) => c.id)).size, count)
      }
      const { part, whole } = seen.figures.find((f) => f.word === 'on_time')
      assert.equal((await behind(leader, unit, 'due', now - 60, now, { without: 'closed_on_time' })).length, whole - part)
    }
  })

  it('of the units below add up, and so do days and categories', async () => {
    const now = today()
    const [from, to] = [now - 80, now]
    const asked = { unit: root(), from: text(from), to: text(to) }
    const whole = await figures(leader, root(), from, to)
    const count = (word) => whole.counts.find((c) => c.word === word).count
    const below = ok(await leader.get('/insight/units', { query: { ...asked, by: 'area' } })).items
    const add = (list, of) => list.reduce((n, one) => n + of(one), 0)
    assert.equal(add(below, (u) => u.reported), count('reported'))
    assert.equal(add(below, (u) => u.open), whole.open)
    assert.equal(add(below, (u) => u.overdue), whole.overdue)
    assert.equal(add(below, (u) => u.figures.find((f) => f.word === 'on_time').whole), count('due'))
    for (const step of ['day', 'week', 'month']) {
      const steps = ok(await leader.get('/insight/series', { query: { ...asked, step } })).items
      assert.equal(add(steps, (s) => s.closed), count('closed'))
      assert.equal(steps[0].from, text(from))
    }
    for (const unit of [root(), ofKind('street')]) {
      const seen = await figures(leader, unit, from, to)
      const list = ok(await leader.get('/insight/categories', { query: { ...asked, unit } }))
      for (const word of ['reported', 'due', 'closed_on_time', 'closed']) assert.equal(add(list.items, (c) => c[word]), seen.counts.find((c) => c.word === word).count, `${word} by category`)
      assert.equal(list.counted_from, text(from))
      assert.ok(list.items[0].name_zh && list.items[0].name_en)
    }
  })

  it('follow each step that is made, and take back what is no longer so', async () => {
    const here = secretary.me.units[0].id
    const count = async (word, unit = here) => (await figures(leader, unit, today(), today())).counts.find((c) => c.word === word).count
    const before = { reported: await count('reported'), filed: await count('filed'), dispatched: await count('dispatched'), first_right: await count('first_right') }
    const place = query(`SELECT lon_e7 / 1e7 AS lon, lat_e7 / 1e7 AS lat FROM cases WHERE area_id IN (SELECT id FROM area WHERE parent_id = ${here}) LIMIT 1`)[0]
    const one = ok(await secretary.post('/cases', { text: '井盖松动', at: place, on_behalf: true, reporter_name: '王', contact: '13800000001' }), 201)
    assert.equal(await count('reported'), before.reported + 1)
    const act = async (who, action, body = {}) => ok(await who.post(`/cases/${one.id}/${action}`, body, { version: ok(await leader.get(`/cases/${one.id}`)).version }))
    await act(secretary, 'accept')
    assert.equal(await count('filed'), before.filed + 1)
    const org = handler.me.units[0].id
    const orgBefore = await count('dispatched', org)
    await act(secretary, 'dispatch', { org })
    assert.deepEqual([await count('dispatched'), await count('first_right'), await count('dispatched', org)], [before.dispatched + 1, before.first_right + 1, orgBefore + 1])
    await act(handler, 'return', { reason: '不归我们管' })
    assert.deepEqual([await count('dispatched'), await count('first_right'), await count('dispatched', org)], [before.dispatched + 1, before.first_right, orgBefore + 1])
    assert.ok((await behind(handler, org, 'returned', today(), today())).some((c) => c.id === one.id && c.title === null), 'a case it has no more is named by its number alone')
    await act(secretary, 'dispatch', { org })
    await act(handler, 'sign')
    await act(handler, 'handled', { result: '已固定' })
    await act(secretary, 'pass', { outcome: 'resolved' })
    const closed = await count('closed')
    await act(secretary, 'reopen', { reason: '又松了' })
    assert.equal(await count('closed'), closed - 1)
    await sameAsRecount(root(), today() - 60, today() + 30)
    await sameAsRecount(here, today() - 60, today() + 30)
  })

  it('are answered from the ETag while nothing has changed', async () => {
    const first = await leader.get('/insight/figures', { query: { unit: root() } })
    assert.equal((await leader.get('/insight/figures', { query: { unit: root() }, headers: { 'If-None-Match': first.etag } })).status, 304)
  })
})

describe('who may see whose', () => {
  it('is decided as for the cases: here and below, nowhere else', async () => {
    const here = secretary.me.units[0].id
    const other = areas.find((a) => a.kind === 'community' && a.id !== here).id
    assert.equal((await figures(secretary)).unit.id, here)
    await figures(secretary, areas.find((a) => a.parent_id === here).id)
    for (const path of ['figures', 'units', 'categories', 'series', 'cases'])
      for (const unit of [other, root()]) {
        const more = path === 'units' ? { by: 'area' } : path === 'cases' ? { measure: 'reported' } : {}
        refused(await secretary.get(`/insight/${path}`, { query: { unit, ...more } }), 403, 'not_allowed')
      }
    const org = handler.me.units[0].id
    assert.deepEqual([(await figures(handler)).unit.id, (await figures(handler)).unit.kind], [org, 'org'])
    refused(await handler.get('/insight/figures', { query: { unit: root() } }), 403, 'not_allowed')
    const resident = await as('resident')
    refused(await resident.get('/insight/figures'), 403, 'not_allowed')
    refused(await server.client().get('/insight/figures'), 401, 'not_signed_in')
    refused(await leader.get('/insight/figures', { query: { unit: '123' } }), 404, 'not_found')
  })

  it('names what is wrong with a question', async () => {
    const bad = async (q, path = 'figures') => fields(await leader.get(`/insight/${path}`, { query: q }))
    assert.deepEqual(await bad({ from: '2026-02-30' }), { from: 'wrong_type' })
    assert.deepEqual(await bad({ from: '2026-03-02', to: '2026-03-01' }), { from: 'period' })
    assert.deepEqual(await bad({ from: '2010-01-01', to: '2026-03-01' }), { from: 'period' })
    assert.deepEqual(await bad({ measure: 'height' }, 'cases'), { measure: 'not_a_choice' })
    assert.deepEqual(await bad({ measure: 'due', without: 'reported' }, 'cases'), { without: 'not_a_choice' })
    assert.deepEqual(await bad({ measure: 'due', after: 'x' }, 'cases'), { after: 'invalid' })
    assert.deepEqual(await bad({}, 'units'), { by: 'required' })
    assert.deepEqual(await bad({ by: 'area', colour: 'red' }, 'units'), { colour: 'unknown_field' })
  })
})

describe('the combined score', () => {
  it('is made with the weights in force on the first day of the period', async () => {
    const now = today()
    const rate = (seen, word) => seen.figures.find((f) => f.word === word).rate
    const old = await figures(leader, root(), now - 20, now - 1)
    assert.deepEqual(old.weights, [{ word: 'response', weight: 20 }, { word: 'resolution', weight: 40 }, { word: 'satisfaction', weight: 40 }])
    const known = old.weights.filter(({ word }) => rate(old, word) >= 0)   // a rate without a denominator takes no part
    assert.ok(known.length >= 2)
    assert.equal(old.score, Math.round(known.reduce((sum, { word, weight }) => sum + weight * rate(old, word), 0) / known.reduce((sum, { weight }) => sum + weight, 0)))
    ok(await admin.put('/settings/insight.weights', { value: { on_time: 3, rework: 1 } }), 204)
    assert.equal((await figures(leader, root(), now - 20, now - 1)).score, old.score, 'the past stays as it was')
    const fresh = await figures(leader, root(), now + 1, now + 2)
    assert.deepEqual(fresh.weights, [{ word: 'on_time', weight: 3 }, { word: 'rework', weight: 1 }])
  })
})

describe('counting again', () => {
  it('is a job of the administrator that puts right what differs, with an audit row', async () => {
    refused(await leader.post('/insight/recount'), 403, 'not_allowed')
    const now = today()
    const right = await figures(leader, root(), now - 60, now)
    const doctor = async () => (await run(join(build, 'linli'), ['doctor', '--thorough', '--data', server.dir])).out.split('\n').find((l) => l.includes('figures'))
    assert.match(await doctor(), /^ok .* 0 counters differ .* 0 of \d+ cases/)
    outside(server, `UPDATE insight_sum SET closed = closed + 5 WHERE unit_id = ${root()} AND grain = 1; UPDATE insight_fact SET bits = 0 WHERE case_id IN (SELECT case_id FROM insight_fact WHERE bits > 0 LIMIT 3)`)
    assert.match(await doctor(), /^FAULT .* [1-9]\d* counters differ .* 3 of \d+ cases/)
    const { job } = ok(await admin.post('/insight/recount'), 202)
    const done = await until(async () => { const j = ok(await admin.get(`/jobs/${job}`)); return j.state === 'done' && j })
    assert.equal(done.result.differed, 3)
    assert.match(await doctor(), /^ok /)
    assert.deepEqual(await figures(leader, root(), now - 60, now), right)
    assert.equal(query("SELECT count(*) AS n FROM audit WHERE action = 'insight.recounted'")[0].n, 1)
  })

  it('the doctor misses a step that is not where it belongs', async () => {
    const doctor = async () => (await run(join(build, 'linli'), ['doctor', '--thorough', '--data', server.dir])).out.split('\n').find((l) => l.includes('stories'))
    const [{ id }] = query('SELECT CAST(min(case_id) AS TEXT) AS id FROM case_event WHERE seq = 3')
    assert.match(await doctor(), /^ok .* 0 of [1-9]\d* cases/)
    outside(server, `UPDATE case_event SET seq = 99 WHERE case_id = ${id} AND seq = 2`)
    assert.match(await doctor(), /^FAULT .* 1 of \d+ cases/)
    outside(server, `UPDATE case_event SET seq = 2 WHERE case_id = ${id} AND seq = 99`)
    assert.match(await doctor(), /^ok /)
  })

  it('counts the cases that were there before the counters', async () => {
    await server.stop()
    const whole = query('SELECT CAST(unit_id AS TEXT) AS unit, grain, day, reported, due, closed, open_due FROM insight_sum ORDER BY 1, 2, 3')
    outside(server, 'DELETE FROM insight_sum; DELETE FROM insight_hour; DELETE FROM insight_category; DELETE FROM insight_turn; DELETE FROM insight_fact; DELETE FROM job; INSERT INTO insight_fill SELECT tenant_id, 0, 0, count(*) FROM cases GROUP BY tenant_id')
    server = await startServer({ dir: server.dir })
    leader = await as('district_leader')
    await until(async () => query('SELECT count(*) AS n FROM insight_fill')[0].n === 0)
    assert.deepEqual(query('SELECT CAST(unit_id AS TEXT) AS unit, grain, day, reported, due, closed, open_due FROM insight_sum ORDER BY 1, 2, 3'), whole)
    assert.equal((await figures(leader, root())).cases, 0)

    await server.stop()
    outside(server, 'UPDATE insight_sum SET part = 7 WHERE grain = 1; DELETE FROM job')
    server = await startServer({ dir: server.dir })
    await until(async () => query('SELECT count(*) AS n FROM insight_sum WHERE part > 0')[0].n === 0)
    assert.deepEqual(query('SELECT CAST(unit_id AS TEXT) AS unit, grain, day, reported, due, closed, open_due FROM insight_sum ORDER BY 1, 2, 3'), whole)
  })
})
