/* Time limits over HTTP: calendars, hours and limits; a case's clock that stops, is extended and goes on; a new calendar and reminders. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { root, startServer, until } from './support/server.mjs'

let server, d
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
})
after(() => server?.stop())

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => {
  assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
  return answer.body
}
const faults = (answer) => Object.fromEntries((refused(answer, 422, 'invalid').errors ?? []).map((e) => [e.field, e.code]))
/** "2026-03-02 09:00" in China. */
const at = (text) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`)
const china = (ms) => new Date(ms + 8 * 3600000).toISOString().slice(0, 16).replace('T', ' ')
const outside = (sql) => server.sql(sql)
const report = async () => ok(await d.resident.post('/cases', { text: '路灯不亮', category: d.category('路灯异常').id, at: inGrid(1) }), 201)
const act = async (who, id, action, body, version) => who.post(`/cases/${id}/${action}`, body ?? {}, { version: version ?? ok(await d.leader.get(`/cases/${id}`)).version })
const must = async (...words) => ok(await act(...words))
const due = async (query) => china(ok(await d.admin.get('/clock/preview', { query })).due_at)
const WEEK = ['09:00-12:00 13:30-17:30', '09:00-12:00 13:30-17:30', '09:00-12:00 13:30-17:30', '09:00-12:00 13:30-17:30', '09:00-12:00 13:30-17:30', '', '', '09:00-12:00 13:30-17:30']
const limit = (step, amount, unit = 'working_days') => ({ step, amount, unit })
/** A case that is being handled by the lamps department. */
async function handling() {
  const one = await report()
  await must(d.secretary, one.id, 'accept')
  await must(d.secretary, one.id, 'dispatch', { org: d.orgs.lighting })
  return must(d.lamps, one.id, 'sign')
}

describe('working time', () => {
  it('ships a calendar, hours and limits', async () => {
    const [calendar] = ok(await d.dispatcher.get('/clock/calendars')).items
    assert.deepEqual([calendar.version, calendar.first_year, calendar.last_year, calendar.in_force, calendar.by], [1, 2004, 2026, true, null])
    const days = ok(await d.dispatcher.get(`/clock/calendars/${calendar.id}/days`, { query: { year: 2026 } })).items
    assert.equal(days.length, 39)
    assert.deepEqual(days.find((day) => day.date === '2026-02-14'), { date: '2026-02-14', kind: 'workday', name: 'Spring Festival,春节,4' })
    const hours = ok(await d.dispatcher.get('/clock/hours')).items
    assert.deepEqual(hours.map((h) => [h.kind, h.week]), [['', WEEK]])
    const policies = ok(await d.dispatcher.get('/clock/policies')).items
    assert.deepEqual(policies.map((p) => [p.category, p.severity, p.limits.length]), [[null, 1, 6], [null, 2, 6], [null, 3, 6]])
    assert.deepEqual(policies[1].limits.find((l) => l.step === 'handle'), limit('handle', 5))
    refused(await d.resident.get('/clock/calendars'), 403, 'not_allowed')
    refused(await d.dispatcher.get('/clock/calendars/1/days', { query: { year: 2026 } }), 404, 'not_found')
    assert.deepEqual(faults(await d.dispatcher.get(`/clock/calendars/${calendar.id}/days`)), { year: 'required' })
  })

  it('says when something would be due', async () => {
    assert.equal(await due({ from: at('2026-02-13 17:00'), amount: 31, unit: 'working_minutes' }), '2026-02-14 09:01')
    assert.equal(await due({ from: at('2026-02-13 17:00'), amount: 3, unit: 'working_days' }), '2026-02-25 17:30')
    assert.equal(await due({ from: at('2026-02-13 17:00'), amount: 90, unit: 'urgent_minutes' }), '2026-02-13 18:30')
    const far = ok(await d.admin.get('/clock/preview', { query: { from: at('2026-12-31 12:00'), amount: 1, unit: 'working_days' } }))
    assert.deepEqual([china(far.due_at), far.provisional, far.calendar], ['2027-01-01 17:30', true, 1])
    assert.deepEqual(faults(await d.admin.get('/clock/preview', { query: { amount: -1, unit: 'weeks' } })), { amount: 'too_small', unit: 'not_a_choice', from: 'required' })
    assert.deepEqual(faults(await d.admin.get('/clock/preview', { query: { from: 1, amount: 1001, unit: 'working_days' } })), { amount: 'too_big' })
  })

  it('gives a level hours of its own, from a date on', async () => {
    const week = WEEK.with(5, '09:00-12:00')
    refused(await d.dispatcher.post('/clock/hours', { kind: 'grid', week }), 403, 'not_allowed')
    assert.deepEqual(faults(await d.admin.post('/clock/hours', { kind: 'nothing', week: WEEK.with(0, '9-12').with(3, '12:00-09:00') })),
      { kind: 'not_a_choice', 'week[0]': 'wrong_type', 'week[3]': 'wrong_type' })
    assert.deepEqual(faults(await d.admin.post('/clock/hours', { kind: 'grid', week: WEEK.slice(1) })), { week: 'wrong_type' })
    assert.deepEqual(faults(await d.admin.post('/clock/hours', { kind: 'grid', week: Array(8).fill('') })), { week: 'required' })
    assert.deepEqual(faults(await d.admin.post('/clock/hours', { kind: 'grid', week, valid_from: 5 })), { valid_from: 'too_small' })
    const made = ok(await d.admin.post('/clock/hours', { kind: 'grid', week }), 201)
    refused(await d.admin.post('/clock/hours', { kind: 'grid', week }), 409, 'taken')
    const saturday = Date.now() + 400 * 86400000
    const friday = { from: at('2027-03-05 17:00'), amount: 60, unit: 'working_minutes' }
    assert.equal(await due({ ...friday, area: d.areas.grids[0] }), '2027-03-06 09:30')
    assert.equal(await due({ ...friday, area: d.areas.a }), '2027-03-08 09:30', 'the community follows the district')
    refused(await d.admin.patch(`/clock/hours/${made.id}`, { week: WEEK }), 428, 'version_needed')
    refused(await d.admin.patch(`/clock/hours/${made.id}`, { week: WEEK }, { version: 9 }), 409, 'stale_version')
    refused(await d.admin.patch('/clock/hours/1', { week: WEEK }, { version: 1 }), 404, 'not_found')
    const later = ok(await d.admin.patch(`/clock/hours/${made.id}`, { week: WEEK, valid_from: saturday }, { version: 1 }), 201)
    assert.equal(later.valid_from, saturday)
    assert.equal(await due({ ...friday, area: d.areas.grids[0] }), '2027-03-06 09:30', 'until then it holds')
    refused(await d.admin.patch(`/clock/hours/${made.id}`, { week: WEEK }, { version: 2 }), 409, 'taken')
    ok(await d.admin.post(`/clock/hours/${later.id}/close`, {}, { version: 1 }), 204)
    ok(await d.admin.post(`/clock/hours/${made.id}/close`, {}, { version: 2 }), 204)
    refused(await d.admin.post(`/clock/hours/${made.id}/close`, {}, { version: 3 }), 409, 'wrong_state')
    assert.equal(await due({ ...friday, area: d.areas.grids[0] }), '2027-03-08 09:30')
    const base = ok(await d.admin.get('/clock/hours')).items[0]
    refused(await d.admin.post(`/clock/hours/${base.id}/close`, {}, { version: base.version }), 409, 'still_in_use')
    assert.equal(ok(await d.admin.get('/clock/hours', { query: { past: true } })).items.length, 3)
  })

  it('takes limits by category and severity; the most specific wins', async () => {
    const category = d.category('路灯异常').id
    refused(await d.secretary.post('/clock/policies', { limits: [limit('handle', 1)] }), 403, 'not_allowed')
    assert.deepEqual(faults(await d.admin.post('/clock/policies', { category: '1', severity: 4, limits: [] })), { severity: 'too_big', limits: 'too_short' })
    assert.deepEqual(faults(await d.admin.post('/clock/policies', { category: '1', limits: [limit('handle', 1), limit('handle', 2), limit('sign', 1001), limit('sleep', 1)] })),
      { 'limits[3].step': 'not_a_choice' })
    assert.deepEqual(faults(await d.admin.post('/clock/policies', { category: '1', limits: [limit('handle', 1), limit('handle', 2), limit('sign', 1001)] })),
      { category: 'category_unknown', 'limits[1].step': 'taken', 'limits[2].amount': 'too_big' })
    refused(await d.admin.post('/clock/policies', { severity: 2, limits: [limit('handle', 1)] }), 409, 'taken')
    const made = ok(await d.admin.post('/clock/policies', { category, limits: [limit('handle', 2), limit('sign', 30, 'urgent_minutes')] }), 201)
    assert.equal(made.category.name_zh, '路灯异常')
    const one = await handling()
    assert.deepEqual([one.clock.amount, one.clock.unit, one.clock.calendar], [2, 'working_days', 1])
    assert.equal(one.due_at, ok(await d.admin.get('/clock/preview', { query: { from: one.clock.from, amount: 2, unit: 'working_days' } })).due_at)
    assert.equal(ok(await d.resident.get(`/cases/${one.id}`)).clock, null, 'the clock’s inside is for staff')
    const none = ok(await d.admin.patch(`/clock/policies/${made.id}`, { limits: [limit('handle', 0)] }, { version: 1 }), 201)
    assert.deepEqual(none.limits, [limit('handle', 0)])
    const free = await handling()
    assert.deepEqual([free.due_at, free.clock.unit], [null, null])
    refused(await act(d.lamps, free.id, 'extend', { reason: '等', days: 1 }), 409, 'no_limit')
    refused(await d.admin.patch(`/clock/policies/${made.id}`, { limits: [limit('handle', 3)] }, { version: 2 }), 409, 'wrong_state')
    refused(await d.admin.post(`/clock/policies/${none.id}/close`, {}, { version: 7 }), 409, 'stale_version')
    ok(await d.admin.post(`/clock/policies/${none.id}/close`, {}, { version: 1 }), 204)
    assert.equal((await handling()).clock.amount, 5)
    assert.equal(ok(await d.admin.get('/clock/policies', { query: { past: true } })).items.length, 5)
  })
})

describe('the clock of a case', () => {
  it('stops while the reporter is asked and goes on with what was left', async () => {
    const one = await report()
    assert.deepEqual((({ unit, amount, stopped }) => [unit, amount, stopped])(ok(await d.secretary.get(`/cases/${one.id}`)).clock), ['working_minutes', 240, false])
    const asked = await must(d.secretary, one.id, 'ask', { question: '哪一盏？' })
    assert.deepEqual([asked.clock.stopped, asked.clock.left_unit, asked.clock.unit], [true, 'working_minutes', 'working_days'])
    assert.ok(asked.clock.left_amount > 230 && asked.clock.left_amount <= 240)
    await must(d.resident, one.id, 'reply', { text: '最东边' })
    const back = ok(await d.secretary.get(`/cases/${one.id}`))
    assert.deepEqual([back.clock.stopped, back.clock.left_unit, back.clock.amount], [false, null, asked.clock.left_amount])
  })

  it('is extended by somebody else than asked', async () => {
    const one = await handling()
    assert.deepEqual(faults(await act(d.lamps, one.id, 'extend', {})), { reason: 'required', days: 'required' })
    assert.deepEqual(faults(await act(d.lamps, one.id, 'extend', { reason: '等配件', days: 16 })), { days: 'too_big' })
    refused(await act(d.gridWorker, one.id, 'extend', { reason: '等配件', days: 3 }), 403, 'not_allowed')
    refused(await act(d.dispatcher, one.id, 'grant_extension'), 409, 'no_request')
    refused(await act(d.dispatcher, one.id, 'refuse', { reason: '不批' }), 409, 'no_request')
    const asked = await must(d.lamps, one.id, 'extend', { reason: '等配件', days: 3 })
    assert.deepEqual([asked.clock.asked, asked.clock.days, asked.due_at], ['extension', 3, one.due_at])
    refused(await act(d.lamps, one.id, 'suspend', { reason: '等', review_at: Date.now() + 86400000 }), 409, 'request_waits')
    refused(await act(d.dispatcher, one.id, 'grant_suspension'), 409, 'no_request')
    refused(await act(d.lamps, one.id, 'grant_extension'), 403, 'not_allowed')
    refused(await act(d.dispatcher, one.id, 'grant_extension', {}, one.version), 409, 'stale_version')
    await until(async () => ok(await d.secretary.get('/notices')).items.some((n) => n.kind === 'case.asked_extension' && n.object_id === one.id))
    const work = ok(await d.dispatcher.get('/cases/work')).groups.flatMap((g) => g.items).find((i) => i.id === one.id)
    assert.deepEqual([work.asked, work.actions], ['extension', ['grant_extension']])
    const granted = await must(d.dispatcher, one.id, 'grant_extension', { text: '同意，只此一次' })
    assert.deepEqual([granted.clock.asked, granted.clock.extensions], [null, 1])
    assert.equal(granted.due_at, ok(await d.admin.get('/clock/preview', { query: { from: one.due_at, amount: 3, unit: 'working_days' } })).due_at)
    assert.deepEqual(granted.events.at(-1).data, { days: 3 })
    await until(async () => ok(await d.lamps.get('/notices')).items.some((n) => n.kind === 'case.extended' && n.object_id === one.id))
    await must(d.lamps, one.id, 'extend', { reason: '还要等', days: 1 })
    const no = await must(d.secretary, one.id, 'refuse', { reason: '已延过一次' })
    assert.deepEqual([no.due_at, no.clock.asked, no.clock.extensions], [granted.due_at, null, 1])
  })

  it('does not let anybody approve their own request', async () => {
    const one = await report()
    await must(d.secretary, one.id, 'accept')
    await must(d.secretary, one.id, 'handle_self')
    const asked = await must(d.secretary, one.id, 'extend', { reason: '人手不够', days: 2 })
    assert.deepEqual(asked.blocked.map((b) => b.action), ['extend', 'grant_extension', 'suspend'])
    refused(await act(d.secretary, one.id, 'grant_extension'), 409, 'self')
    await must(d.dispatcher, one.id, 'grant_extension')
  })

  it('is suspended with a date of review, and resumed with the time that was left', async () => {
    const one = await handling()
    const review = Date.now() + 40 * 86400000
    assert.deepEqual(faults(await act(d.lamps, one.id, 'suspend', { reason: '等立项', review_at: 5 })), { review_at: 'too_small' })
    assert.deepEqual(faults(await act(d.lamps, one.id, 'suspend', { reason: '等立项', review_at: Date.now() + 200 * 86400000 })), { review_at: 'too_big' })
    const asked = await must(d.lamps, one.id, 'suspend', { reason: '等立项', review_at: review })
    assert.equal(asked.clock.asked, 'suspension')
    const off = await must(d.dispatcher, one.id, 'grant_suspension')
    assert.deepEqual([off.state, off.clock.stopped, off.clock.left_amount, off.clock.left_unit], ['suspended', true, 5, 'working_days'])
    assert.equal(off.due_at, off.clock.review_at)
    assert.equal(china(off.due_at - 1).slice(0, 10), china(review).slice(0, 10), 'until that day ends, at 24:00 where it has no hours')
    refused(await act(d.lamps, one.id, 'handled', { result: '好了' }), 409, 'wrong_state')
    refused(await act(d.lamps, one.id, 'review', { reason: '再等等', review_at: review }), 403, 'not_allowed')
    const listed = ok(await d.dispatcher.get('/cases', { query: { state: 'suspended' } })).items.find((i) => i.id === one.id)
    assert.deepEqual([listed.stopped, listed.actions], [true, ['review']])
    const again = await must(d.secretary, one.id, 'review', { reason: '立项还没有批', review_at: review + 86400000 * 30 })
    assert.equal(again.state, 'suspended')
    assert.ok(again.due_at > off.due_at)
    refused(await act(d.gridWorker, one.id, 'resume', { reason: '到货' }), 403, 'not_allowed')
    const on = await must(d.lamps, one.id, 'resume', { reason: '立项批了' })
    assert.deepEqual([on.state, on.clock.stopped, on.clock.amount, on.clock.unit], ['handling', false, 5, 'working_days'])
    const told = ok(await d.resident.get(`/cases/${one.id}`))
    assert.deepEqual(told.events.slice(-2).map((e) => [e.action, e.text]), [['grant_suspension', null], ['resume', '立项批了']], 'what is asked and reviewed is for staff')
    await until(async () => ok(await d.resident.get('/notices')).items.some((n) => n.kind === 'case.yours_resumed'))
  })
})

describe('a new calendar', () => {
  const year = (days) => JSON.stringify({ 2027: { holidays: days, workdays: {} } })
  const every = (from, n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [new Date(Date.parse(from) + i * 86400000).toISOString().slice(0, 10), '假']))

  it('is checked', async () => {
    const send = (text) => d.admin.post('/clock/calendars', text, { type: 'application/json' })
    refused(await d.dispatcher.post('/clock/calendars', year({}), { type: 'application/json' }), 403, 'not_allowed')
    refused(await send('{'), 400, 'bad_json')
    assert.deepEqual(faults(await send('{}')), { years: 'required' })
    assert.deepEqual(faults(await send('{"2028":{"holidays":[],"workdays":[]}}')), { years: 'period' })
    assert.deepEqual(faults(await send('{"2027":{"holidays":["2027-01-01"],"workdays":["2027-01-01","2027-13-01"]}}')),
      { '2027.workdays.2027-01-01': 'conflict', '2027.workdays.2027-13-01': 'not_a_choice' })
    refused(await send(readFileSync(join(root, 'server/features/clock/calendar/cn-holidays.json'), 'utf8')), 409, 'taken')
    refused(await send(' '.repeat(1100000)), 413, 'too_large')
  })

  it('has open due times computed again, audited, and leaves the others', async () => {
    const one = await handling()
    const urgent = await report()
    ok(await act(d.secretary, urgent.id, 'accept', { severity: 1 }))
    /* Due over the turn of the year: as if it had been signed for on 30 December. */
    const from = at('2026-12-30 10:00')
    outside(`UPDATE cases SET clock_from = ${from}, due_at = ${at('2027-01-06 17:30')}, provisional = 1, remind_at = ${at('2027-01-05 09:00')}, reminded = 0 WHERE id = ${one.id}`)
    const before = ok(await d.leader.get(`/cases/${urgent.id}`))
    const made = ok(await d.admin.post('/clock/calendars', year({ '2027-01-01': '元旦', '2027-01-02': '元旦', '2027-01-03': '元旦' }), { type: 'application/json', query: { name: '2027 年安排' } }), 201)
    assert.deepEqual([made.version, made.first_year, made.last_year, made.name], [2, 2004, 2027, '2027 年安排'])
    const job = await until(async () => { const j = ok(await d.admin.get(`/jobs/${made.job}`)); return j.state === 'done' && j }, 30_000)
    assert.ok(job.result.calendar === 2 && job.result.changed >= 1 && job.result.cases >= job.result.changed)
    const now = ok(await d.leader.get(`/cases/${one.id}`))
    assert.deepEqual([china(now.due_at), now.clock.provisional, now.clock.calendar, now.version], ['2027-01-07 17:30', false, 2, one.version])
    assert.equal(ok(await d.leader.get(`/cases/${urgent.id}`)).due_at, before.due_at)
    const audit = ok(await d.audit.get('/audit')).items.map((row) => row.action)
    assert.ok(audit.includes('clock.calendar_import') && audit.includes('case.recompute_due'))
    assert.equal(ok(await d.admin.get('/clock/calendars')).items.length, 2)
  })

  it('comes by the command line too; the server finds it', async () => {
    const file = join(server.dir, 'days.json')
    writeFileSync(file, year({ ...every('2027-01-01', 14) }))
    const first = await server.cli('import', 'calendar', file)
    assert.deepEqual([first.code, first.err], [0, ''], first.out)
    assert.match(first.out, /version 3, 2004 to 2027/)
    assert.match((await server.cli('import', 'calendar', file)).out, /Nothing to do/)
    await until(async () => (await due({ from: at('2026-12-31 12:00'), amount: 1, unit: 'working_days' })) === '2027-01-15 17:30', 30_000)
    writeFileSync(file, '{"2027":{"holidays":["2027-02-31"],"workdays":[]}}')
    const bad = await server.cli('import', 'calendar', file)
    assert.equal(bad.code, 1)
    assert.match(bad.err, /2027\.holidays\.2027-02-31: This is not one of the choices/)
    assert.equal((await server.cli('import', 'calendar')).code, 2)
    assert.equal((await server.cli('import', 'calendar', '/nowhere')).code, 1)
  })
})

describe('a question nobody answers', () => {
  const remind = async () => {
    outside(`DELETE FROM job WHERE kind = 'case.remind'`)   // so that the next one is due
    await until(() => outside(`SELECT count(*) FROM job WHERE kind = 'case.remind' AND state = 3`) === '1', 30_000)
  }
  const overdue = (id) => outside(`UPDATE cases SET due_at = ${Date.now() - 60_000}, remind_at = ${Date.now() - 60_000} WHERE id = ${id}`)
  const told = async (who, id) => ok(await who.get('/notices', { query: { limit: 200 } })).items.filter((n) => n.object_id === id).map((n) => n.kind)

  it('ends as rejected by the program, and the answer opens it again with a new limit', async () => {
    const anybody = server.client()
    const sent = ok(await anybody.post('/cases', { text: '井盖响', category: d.category('路灯异常').id, at: inGrid(1) }), 201)
    const secret = { headers: { 'X-Case-Secret': sent.secret } }
    const mine = await report()
    await must(d.secretary, sent.id, 'ask', { question: '在哪一栋门口？' })
    await must(d.secretary, mine.id, 'ask', { question: '是哪一盏灯？' })
    await remind()
    assert.equal(ok(await d.secretary.get(`/cases/${mine.id}`)).state, 'waiting', 'within the limit nothing happens')
    overdue(sent.id)
    overdue(mine.id)
    await remind()
    const over = ok(await d.secretary.get(`/cases/${mine.id}`))
    assert.deepEqual([over.state, over.outcome, over.due_at], ['rejected', null, null])
    assert.ok(over.closed_at)
    assert.deepEqual([over.events.at(-1).action, over.events.at(-1).actor ?? null], ['timeout', null])
    assert.equal(outside(`SELECT count(*) || ' ' || coalesce(CAST(min(account_id) AS TEXT), 'nobody') FROM audit WHERE action = 'case.timeout' AND object_id = ${mine.id}`), '1 nobody')
    await until(async () => (await told(d.resident, mine.id)).includes('case.yours_unanswered'))
    await until(async () => (await told(d.secretary, mine.id)).includes('case.no_answer'))

    const track = ok(await anybody.get(`/track/${sent.code}`, secret))
    assert.deepEqual([track.state, track.can.reply, track.events.at(-1).action], ['rejected', true, 'timeout'])
    const again = ok(await anybody.post(`/track/${sent.code}/reply`, { text: '三栋东门' }, { ...secret, version: track.version }))
    assert.deepEqual([again.state, again.closed_at], ['reported', null])
    assert.ok(again.due_at > Date.now(), 'the limit of accepting begins anew')
    await until(async () => (await told(d.secretary, sent.id)).includes('case.replied'))
    assert.deepEqual((await must(d.secretary, sent.id, 'accept')).state, 'accepted')

    outside(`UPDATE cases SET closed_at = closed_at - ${16 * 86_400_000} WHERE id = ${mine.id}`)
    refused(await act(d.resident, mine.id, 'reply', { text: '东边那盏' }), 409, 'reopen_late')
    assert.ok(!ok(await d.resident.get(`/cases/${mine.id}`)).actions.some((a) => a.action === 'reply'))
  })

  it('is not what somebody rejected: an answer does not open that', async () => {
    const one = await report()
    await must(d.secretary, one.id, 'ask', { question: '是哪一盏灯？' })
    await must(d.secretary, one.id, 'reject', { reason: '不在我们社区' })
    refused(await act(d.resident, one.id, 'reply', { text: '东边那盏' }), 409, 'wrong_state')
  })
})

describe('reminders', () => {
  it('go to whoever holds it, then to the level above, each once, over a restart too', async () => {
    const soon = await handling(), late = await handling()
    const now = Date.now()
    outside(`UPDATE cases SET remind_at = ${now - 1000} WHERE id = ${soon.id}`)
    outside(`UPDATE cases SET due_at = ${now - 3600000}, remind_at = ${now - 7200000} WHERE id = ${late.id}`)
    outside(`DELETE FROM job WHERE kind = 'case.remind'`)   // so that the next one is due
    const kinds = async (who, one) => ok(await who.get('/notices', { query: { limit: 200 } })).items.filter((n) => n.object_id === one.id && /due_soon|overdue/.test(n.kind)).map((n) => n.kind)
    await until(async () => (await kinds(d.lamps, soon)).length, 30_000)
    assert.deepEqual(await kinds(d.lamps, soon), ['case.due_soon'])
    await until(async () => (await kinds(d.leader, late)).length)
    assert.deepEqual(await kinds(d.leader, late), ['case.overdue'], 'a department of the district: its level above is the district’s leader')
    assert.deepEqual(await kinds(d.lamps, late), [])
    const text = ok(await d.leader.get('/notices', { query: { limit: 200 } })).items.find((n) => n.kind === 'case.overdue').text
    assert.match(text, /已超时（时限 \d\d-\d\d \d\d:\d\d）：\d{6}-\d{4} 路灯不亮/)
    assert.equal(outside(`SELECT reminded, remind_at - due_at FROM cases WHERE id = ${late.id}`), '2|86400000')
    outside(`DELETE FROM job WHERE kind = 'case.remind'`)
    await until(() => outside(`SELECT count(*) FROM job WHERE kind = 'case.remind' AND state = 3`) === '1', 30_000)
    assert.deepEqual([await kinds(d.lamps, soon), await kinds(d.leader, late)], [['case.due_soon'], ['case.overdue']])
    assert.equal(ok(await d.lamps.get(`/cases/${soon.id}`)).version, soon.version, 'a reminder is no step')
  })
})
