/* What is known already: reports of one matter found and merged, followers told, the map that everybody may see. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict, outside } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

let server, d, anonymous
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anonymous = server.client({ lang: 'zh-CN' })
  for (const key of ['case.anonymous_reports_per_hour', 'case.track_per_hour']) ok(await d.admin.put(`/settings/${key}`, { value: 100000 }), 204)
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
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const secretOf = (one) => ({ headers: { 'X-Case-Secret': one.secret } })
const report = async (who = anonymous, more = {}) =>
  ok(await who.post('/cases', { text: '3 号楼东侧路灯不亮，晚上很黑', category: d.category('路灯异常').id, at: inGrid(1), ...more }), 201)
const act = async (who, id, action, body, version) => {
  version ??= ok(await d.leader.get(`/cases/${id}`)).version
  return who.post(`/cases/${id}/${action}`, body ?? {}, { version })
}
const must = async (...words) => ok(await act(...words))
const steps = (one) => one.events.map((e) => e.action)
const notices = async (who, kind, id) => ok(await who.get('/notices', { query: { limit: 200 } })).items.filter((n) => n.kind === kind && (!id || n.object_id === id))
const told = (who, kind, id) => until(async () => (await notices(who, kind, id)).length > 0)

describe('before a report is sent', () => {
  const ask = (who, body) => who.post('/cases/alike', { at: inGrid(2), ...body })

  it('names what is known close by of the same matter, and nothing that is not public', async () => {
    const known = await report(anonymous, { at: inGrid(2), text: '健身广场旁边的路灯坏了，老人晚上看不清路', contact: '13912345678', reporter_name: '王女士' })
    const found = ok(await ask(anonymous, { text: '广场边上路灯坏了好几天', category: d.category('路灯异常').id, at: inGrid(2, 3, 3) })).items
    assert.equal(found.length, 1)
    assert.deepEqual(Object.keys(found[0]).sort(), ['about', 'metres', 'score'])
    assert.deepEqual({ ...found[0].about, reported_at: 0, category: found[0].about.category.name_zh },
      { id: null, code: known.code, title: null, state: 'reported', outcome: null, category: '路灯异常', area_name: '第2网格', released: false, reported_at: 0, closed_at: null })
    assert.ok(!JSON.stringify(found).includes('老人'), 'no words that were not released')
    const staff = ok(await ask(d.secretary, { text: '广场边上路灯坏了好几天', category: d.category('路灯异常').id })).items
    assert.deepEqual([staff[0].about.id, staff[0].about.title], [known.id, known.title])
    await must(d.secretary, known.id, 'release', { released: true })
    assert.equal(ok(await ask(anonymous, { text: '路灯坏了', category: d.category('路灯异常').id })).items[0].about.title, known.title)
  })

  it('does not find another matter on the spot, the same one far off, nor what was refused, withdrawn or merged', async () => {
    const lamp = d.category('路灯异常').id
    assert.equal(ok(await ask(anonymous, { text: '下水道堵了，污水外溢', category: d.category('雨水箅子异常').id })).items.length, 0)
    assert.equal(ok(await ask(anonymous, { text: '路灯坏了', category: lamp, at: inGrid(4) })).items.length, 0)
    const at = inGrid(3)
    const no = await report(anonymous, { at })
    ok(await d.dispatcher.post(`/cases/${no.id}/reject`, { reason: '不归本区' }, { version: no.version }))
    const back = await report(d.resident, { at })
    ok(await d.resident.post(`/cases/${back.id}/withdraw`, { reason: '好了' }, { version: back.version }))
    assert.deepEqual(ok(await ask(anonymous, { text: '3 号楼东侧路灯不亮，晚上很黑', category: lamp, at })).items, [])
  })

  it('gives away no exact place: what is near counts by the cell of the public map', async () => {
    const at = { lon: 120.0301, lat: 23.0021 }
    await report(anonymous, { at })
    const ask_ = async (lon) => ok(await ask(anonymous, { text: '3 号楼东侧路灯不亮，晚上很黑', category: d.category('路灯异常').id, at: { lon, lat: 23.0025 } })).items
    const answers = await Promise.all([120.0301, 120.0305, 120.0312, 120.0319].map(ask_))
    assert.deepEqual(answers.map((items) => items.map((one) => one.metres)), [[0], [0], [0], [0]])
  })

  it('says which part of a question is wrong', async () => {
    assert.deepEqual(faults(await anonymous.post('/cases/alike', { text: '路灯' })), { at: 'required' })
    assert.deepEqual(faults(await ask(anonymous, { at: { lon: 220, lat: 23 } })), { at: 'place' })
    assert.equal((await ask(anonymous, { text: 'x'.repeat(4001) })).status, 422)
    assert.deepEqual(ok(await ask(anonymous, { at: outside, text: '路灯' })).items, [])
  })

  it('is asked so often from one address and no oftener', async () => {
    ok(await d.admin.put('/settings/case.track_per_hour', { value: 10 }), 204)
    const many = await Promise.all(Array.from({ length: 12 }, () => ask(anonymous, { text: '路灯' })))
    ok(await d.admin.put('/settings/case.track_per_hour', { value: 100000 }), 204)
    assert.ok(many.some((answer) => answer.status === 429))
    await new Promise((done) => setTimeout(done, 1000))   // what was taken fills again, for whoever asks from here next
  })
})

describe('two reports of one matter', () => {
  it('lie side by side, become one case, and the reporter of the merged one sees the other go on', async () => {
    const first = await report(d.resident)
    const second = await report(anonymous, { text: '东侧的路灯不亮了，请来看看', at: inGrid(1, 2, 2) })
    await must(d.secretary, first.id, 'accept')
    const beside = ok(await d.secretary.get(`/cases/${second.id}/alike`)).items
    const one = beside.find((b) => b.about.id === first.id)
    assert.ok(one && one.open && one.text === first.text && one.score >= 60 && one.words > 20 && one.metres < 60, JSON.stringify(beside))

    const merged = await must(d.secretary, second.id, 'merge', { into: first.id, reason: '同一盏灯' })
    assert.deepEqual([merged.state, merged.due_at, merged.merged_into.about.code], ['merged', null, first.code])
    assert.deepEqual(steps(merged), ['report', 'merge'])
    assert.deepEqual(merged.actions.map((a) => a.action).sort(), ['comment', 'release', 'unmerge'])
    const survivor = ok(await d.secretary.get(`/cases/${first.id}`))
    assert.deepEqual([survivor.merged.map((m) => m.code), survivor.followers], [[second.code], 1])
    assert.equal(survivor.events.at(-1).action, 'absorb')
    assert.equal(survivor.events.at(-1).data.code, second.code)

    await must(d.secretary, first.id, 'dispatch', { org: d.orgs.lighting })
    await must(d.lamps, first.id, 'sign')
    await must(d.lamps, first.id, 'handled', { result: '换了灯泡' })
    const seen = ok(await anonymous.get(`/track/${second.code}`, secretOf(second)))
    assert.deepEqual([seen.state, seen.merged_into.about.code, seen.merged_into.about.state], ['merged', first.code, 'handled'])
    assert.equal(seen.merged_into.steps.find((s) => s.step === 'handle').state, 'done')
    assert.equal(seen.merged_into.about.title, null, 'the words of the other reporter are not shown')
    assert.deepEqual(seen.can, { reply: false, rate: false, reopen: false, withdraw: false, appeal: false })
    assert.equal(ok(await anonymous.get(`/public/cases/${second.code}`)).merged_into.about.code, first.code)
    assert.deepEqual(ok(await d.secretary.get(`/cases/${second.id}/alike`)).items.filter((b) => b.about.id === second.id), [])
    assert.ok(ok(await d.secretary.get('/cases', { query: { state: 'merged' } })).items.some((row) => row.id === second.id))
  })

  it('come apart again as they were: state, organisation, time left, followers', async () => {
    const first = await report()
    const second = await report(d.resident)
    ok(await d.neighbour.post(`/follows/${second.code}`), 201)
    await must(d.secretary, second.id, 'accept')
    const was = await must(d.secretary, second.id, 'dispatch', { org: d.orgs.lighting })
    await must(d.secretary, second.id, 'merge', { into: first.id })
    await told(d.resident, 'case.yours_merged', second.id)
    await told(d.neighbour, 'case.follow_merged', second.id)
    await told(d.lamps, 'case.merged', second.id)
    assert.deepEqual(ok(await d.neighbour.get('/follows')).items.filter((f) => f.about.code === first.code).map((f) => [f.via, f.reporter]), [[second.code, false]])
    assert.deepEqual(ok(await d.resident.get('/follows')).items.filter((f) => f.about.code === first.code).map((f) => [f.via, f.reporter]), [[second.code, true]])
    refused(await act(d.lamps, second.id, 'sign'), 409, 'wrong_state')
    const again = await must(d.secretary, second.id, 'unmerge', { reason: '不是同一盏' })
    assert.deepEqual([again.state, again.org_id, again.closed_at, again.merged_into, again.reopens], ['dispatched', d.orgs.lighting, null, null, 0])
    assert.ok(Math.abs(again.due_at - was.due_at) <= 120_000, `the time it was merged does not count: ${was.due_at} ${again.due_at}`)
    assert.deepEqual(steps(again).slice(-2), ['merge', 'unmerge'])
    assert.equal(ok(await d.secretary.get(`/cases/${first.id}`)).events.at(-1).action, 'part')
    assert.ok(ok(await d.neighbour.get('/follows')).items.some((f) => f.about.code === second.code && f.via === null))
    assert.ok(!ok(await d.resident.get('/follows')).items.some((f) => f.about.code === first.code))
    await must(d.lamps, second.id, 'sign')
  })

  it('are not merged into themselves, in chains, in circles, into what has ended, nor by those who may not', async () => {
    const [a, b, c, e] = [await report(), await report(), await report(), await report()]
    assert.deepEqual(faults(await act(d.secretary, a.id, 'merge', { into: a.id })), { into: 'merge_self' })
    assert.deepEqual(faults(await act(d.secretary, a.id, 'merge', { into: '77' })), { into: 'unknown_reference' })
    assert.deepEqual(faults(await act(d.secretary, a.id, 'merge', {})), { into: 'required' })
    await must(d.secretary, a.id, 'merge', { into: b.id })
    const chain = refused(await act(d.secretary, c.id, 'merge', { into: a.id }), 409, 'merge_chain')
    assert.ok(chain.detail.includes(b.code), 'names the one to choose')
    assert.ok(refused(await act(d.secretary, b.id, 'merge', { into: c.id }), 409, 'merge_chain').detail.includes(a.code))
    refused(await act(d.secretary, b.id, 'merge', { into: a.id }), 409, 'merge_chain')
    refused(await act(d.secretary, a.id, 'merge', { into: c.id }), 409, 'wrong_state')
    await must(d.secretary, e.id, 'reject', { reason: '不属于本区' })
    refused(await act(d.secretary, c.id, 'merge', { into: e.id }), 409, 'merge_ended')
    refused(await act(d.secretary, e.id, 'merge', { into: c.id }), 409, 'wrong_state')
    refused(await act(d.secretary, c.id, 'unmerge', { reason: '没并过' }), 409, 'wrong_state')
    refused(await d.secretary.post(`/cases/${c.id}/merge`, { into: b.id }), 428, 'version_needed')
    refused(await act(d.secretary, c.id, 'merge', { into: b.id }, 77), 409, 'stale_version')
    refused(await act(d.gridWorker, c.id, 'merge', { into: b.id }), 403, 'not_allowed')
    refused(await act(d.otherSecretary, c.id, 'merge', { into: b.id }), 404, 'not_found')
    const elsewhere = await report(anonymous, { at: inGrid(5) })
    assert.deepEqual(faults(await act(d.secretary, c.id, 'merge', { into: elsewhere.id })), { into: 'unknown_reference' })
    assert.equal((await anonymous.get(`/cases/${c.id}/alike`)).status, 401)
    assert.equal((await d.resident.get(`/cases/${c.id}/alike`)).status, 403)
    refused(await d.otherSecretary.get(`/cases/${c.id}/alike`), 404, 'not_found')
  })

  it('leave both their stories and a sound chain of audit rows', async () => {
    const rows = ok(await d.audit.get('/audit', { query: { limit: 200 } })).items.map((row) => row.action)
    for (const action of ['case.merge', 'case.unmerge', 'case.absorb', 'case.part']) assert.ok(rows.includes(action), action)
    await server.must('audit', 'verify')
  })
})

describe('followers', () => {
  it('are told of each step that concerns the reporter, in the public words alone', async () => {
    const one = await report(d.resident, { at: inGrid(1, -30, -30) })
    const mine = ok(await d.neighbour.post(`/follows/${one.code}`), 201)
    assert.deepEqual([mine.about.code, mine.about.title, mine.secret, mine.last_action], [one.code, null, null, 'report'])
    assert.equal(ok(await d.neighbour.post(`/follows/${one.code}`), 201).since, mine.since, 'twice is once')
    ok(await d.leader.post(`/follows/${one.code}`), 201)
    await must(d.secretary, one.id, 'accept')
    await told(d.neighbour, 'case.follow_accepted', one.id)
    await told(d.leader, 'case.follow_accepted', one.id)
    await must(d.secretary, one.id, 'dispatch', { org: d.orgs.lighting })
    await must(d.lamps, one.id, 'sign')
    await must(d.lamps, one.id, 'comment', { text: '内部：线路老化', internal: true })
    await must(d.lamps, one.id, 'handled', { result: '换了灯泡' })
    ok(await d.leader.delete(`/follows/${one.code}`), 204)
    await must(d.gridWorker, one.id, 'pass', { outcome: 'resolved' })
    await told(d.neighbour, 'case.follow_closed', one.id)
    const all = ok(await d.neighbour.get('/notices', { query: { limit: 200 } })).items.filter((n) => n.object_id === one.id)
    assert.deepEqual(all.map((n) => n.kind).sort(), ['case.follow_accepted', 'case.follow_closed', 'case.follow_dispatched', 'case.follow_handled'])
    assert.ok(all.every((n) => !n.text.includes('路灯') && n.text.includes(one.code)))
    assert.deepEqual(await notices(d.leader, 'case.follow_closed', one.id), [], 'no longer followed')
    assert.deepEqual(await notices(d.resident, 'case.follow_closed', one.id), [], 'the reporter hears as the reporter')
    const row = ok(await d.neighbour.get('/follows')).items.find((f) => f.about.code === one.code)
    assert.deepEqual([row.about.state, row.last_action], ['closed', 'pass'])
    refused(await d.neighbour.get(`/cases/${one.id}`), 404, 'not_found')
  })

  it('need no account: a secret of their own shows how it stands and ends it', async () => {
    const one = await report(d.resident, { at: inGrid(1, 30, 30) })
    const mine = ok(await anonymous.post(`/follows/${one.code}`), 201)
    assert.ok(mine.secret.length >= 20)
    assert.equal(ok(await anonymous.get(`/follows/${one.code}`, secretOf(mine))).about.state, 'reported')
    refused(await anonymous.get(`/follows/${one.code}`), 404, 'not_followed')
    refused(await anonymous.get(`/follows/${one.code}`, { headers: { 'X-Case-Secret': 'wrong' } }), 404, 'not_followed')
    refused(await anonymous.get(`/track/${one.code}`, secretOf(mine)), 404, 'secret')
    assert.equal(ok(await d.secretary.get(`/cases/${one.id}`)).followers, 1)
    ok(await anonymous.delete(`/follows/${one.code}`, secretOf(mine)), 204)
    refused(await anonymous.delete(`/follows/${one.code}`, secretOf(mine)), 404, 'not_followed')
    assert.equal(ok(await d.secretary.get(`/cases/${one.id}`)).followers, 0)
  })

  it('of a merged case follow the one that goes on; what has ended is not followed, nor is one\'s own', async () => {
    const [one, other] = [await report(d.resident), await report()]
    await must(d.secretary, other.id, 'merge', { into: one.id })
    assert.equal(ok(await d.neighbour.post(`/follows/${other.code}`), 201).about.code, one.code)
    refused(await d.resident.post(`/follows/${one.code}`), 409, 'own_case')
    const gone = await report()
    await must(d.secretary, gone.id, 'reject', { reason: '不属于本区' })
    assert.ok(refused(await d.neighbour.post(`/follows/${gone.code}`), 409, 'wrong_state').detail)
    refused(await anonymous.post('/follows/260101-9999'), 404, 'not_found')
    refused(await d.neighbour.delete('/follows/260101-9999'), 404, 'not_found')
    assert.equal((await anonymous.get('/follows')).status, 401)
  })
})

describe('the public map', () => {
  const map = (query) => anonymous.get('/public/map', { query })
  const fresh = (find) => until(async () => find(ok(await map({}))), 40_000)

  it('shows category, state and dates in an approximate place, words when released, and nothing refused, merged or taken back', async () => {
    const at = inGrid(5, 20, 20)
    const [open, released, refusedOne, merged] = [await report(anonymous, { at }), await report(anonymous, { at }), await report(anonymous, { at }), await report(anonymous, { at })]
    ok(await d.otherSecretary.post(`/cases/${released.id}/release`, { released: true }, { version: released.version }))
    await must(d.otherSecretary, refusedOne.id, 'reject', { reason: '不属于本区' })
    await must(d.otherSecretary, merged.id, 'merge', { into: open.id })
    await fresh((v) => v.pins.some((p) => p.code === open.code) && !v.pins.some((p) => p.code === merged.code) && v.list.some((b) => b.code === released.code && b.title))
    const v = ok(await map({}))
    const pin = (one) => v.pins.find((p) => p.code === one.code)
    assert.ok(!pin(refusedOne) && !pin(merged))
    assert.deepEqual(Object.keys(pin(open)).sort(), ['category', 'code', 'count', 'lat', 'lon', 'outcome', 'reported_at', 'state'])
    for (const one of [open, released]) {
      const cell = (x, shift) => Math.floor((x + shift) / 0.002)
      assert.equal(cell(pin(one).lon, 180), cell(at.lon, 180), 'in its cell')
      assert.equal(cell(pin(one).lat, 90), cell(at.lat, 90))
      assert.notDeepEqual([pin(one).lon, pin(one).lat], [at.lon, at.lat], 'and not in its place')
    }
    assert.notEqual(pin(open).lon, pin(released).lon, 'two of one place do not lie on one spot')
    const words = (one) => v.list.find((b) => b.code === one.code)
    assert.deepEqual([words(open).title, words(released).title, words(open).area_name], [null, released.title, '第5网格'])
    assert.ok(v.list.every((b) => b.id === null))
  })

  it('is filtered by standing, category, release and box, and answers 304 to who has it', async () => {
    const all = ok(await map({}))
    const open = ok(await map({ standing: 'open' }))
    const closed = ok(await map({ standing: 'closed' }))
    assert.ok(open.count > 0 && closed.count > 0 && open.count + closed.count === all.count)
    assert.ok(closed.pins.every((p) => p.state === 'closed'))
    const drains = d.category('雨水箅子异常')
    assert.equal(ok(await map({ category: drains.id })).count, 0)
    assert.equal(ok(await map({ category: d.category('路灯异常').parent_id })).count, all.count)
    assert.ok(ok(await map({ released: true })).list.every((b) => b.released && b.title))
    assert.ok(ok(await map({ bbox: '120.04,23,120.05,23.01' })).pins.every((p) => p.lon >= 120.04))
    assert.deepEqual([ok(await map({ bbox: '10,10,11,11' })).count, ok(await map({ bbox: '10,10,11,11' })).list], [0, []])
    const answer = await map({ standing: 'closed' })
    assert.equal((await anonymous.get('/public/map', { query: { standing: 'closed' }, headers: { 'If-None-Match': answer.etag } })).status, 304)
    assert.deepEqual(faults(await map({ bbox: '1,2,3' })), { bbox: 'place' })
    assert.deepEqual(faults(await map({ bbox: '5,5,1,1' })), { bbox: 'place' })
    assert.deepEqual(faults(await map({ standing: 'lost' })), { standing: 'not_a_choice' })
    assert.deepEqual(faults(await map({ category: '77' })), { category: 'category_unknown' })
    assert.equal((await map({ secret: 1 })).status, 422)
  })

  it('draws many as clusters that add up', async () => {
    await Promise.all(Array.from({ length: 320 }, (_, i) => report(anonymous, { at: inGrid(3 + (i % 2), (i % 40) - 20, (i % 30) - 15) })))
    await fresh((v) => v.clustered)
    const v = ok(await map({}))
    assert.ok(v.pins.every((p) => p.code === null && p.count > 0))
    assert.equal(v.pins.reduce((n, p) => n + p.count, 0), v.count)
    assert.ok(v.pins.length < 300 && v.list.length === 50)
    const few = ok(await map({ columns: 3 }))
    assert.ok(few.pins.length < v.pins.length && few.pins.reduce((n, p) => n + p.count, 0) === v.count)
    assert.deepEqual(faults(await map({ columns: 99 })), { columns: 'too_big' })
  })
})
