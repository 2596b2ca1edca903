/* The closed loop over HTTP: different people carry a case from the report to the rating; what is not allowed says why. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict, onBorder, outside } from './support/loop_district.mjs'
import { dumpOf } from './support/database.mjs'
import { root as checkout, startServer, until } from './support/server.mjs'

let server, d, anonymous
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anonymous = server.client({ lang: 'zh-CN' })
  await set('case.anonymous_reports_per_hour', 100000)
})
after(() => server?.stop())

const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
const PHONE = '13912345678'

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => {
  assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
  return answer.body
}
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const set = async (key, value) => ok(await d.admin.put(`/settings/${key}`, { value }), 204)
const secretOf = (one) => ({ headers: { 'X-Case-Secret': one.secret } })

/** Reports in grid 1 as a resident without an account, unless told otherwise. */
const report = async (who = anonymous, more = {}) =>
  ok(await who.post('/cases', { text: '3 号楼东侧路灯不亮，晚上很黑', category: d.category('路灯异常').id, at: inGrid(1), ...more }), 201)
/** An action by somebody; the version is read first unless given. */
const act = async (who, id, action, body, version) => {
  version ??= ok(await d.leader.get(`/cases/${id}`)).version
  return who.post(`/cases/${id}/${action}`, body ?? {}, { version })
}
const must = async (...words) => ok(await act(...words))
const photo = async (who) => ok(await who.post('/files', dot, { type: 'image/png' }), 201)
const steps = (one) => one.events.map((e) => e.action)

/** Carries a case to a state, by the people whose part it is. */
async function carry(one, goal) {
  const road = {
    waiting: [[d.secretary, 'ask', { question: '是哪一盏？' }]],
    accepted: [[d.secretary, 'accept']],
    dispatched: [[d.secretary, 'accept'], [d.secretary, 'dispatch', { org: d.orgs.lighting }]],
  }
  road.handling = [...road.dispatched, [d.lamps, 'sign']]
  road.handled = [...road.handling, [d.lamps, 'handled', { result: '换了灯泡' }]]
  road.suspended = [...road.handling, [d.lamps, 'suspend', { reason: '等配件', review_at: Date.now() + 30 * 86400000 }], [d.dispatcher, 'grant_suspension']]
  road.closed = [...road.handled, [d.gridWorker, 'pass', { outcome: 'resolved' }]]
  road.rejected = [[d.secretary, 'reject', { reason: '不属于本区' }]]
  for (const [who, action, body] of road[goal] ?? []) await must(who, one.id, action, body)
  return one
}

const DUE = ['overdue', 'today', 'week', 'later']

describe('the whole loop', () => {
  it('goes from an anonymous report to a rating, each part by another person', async () => {
    const one = await report(anonymous, { contact: PHONE, reporter_name: '王女士', address: '和悦家园 3 号楼' })
    assert.match(one.code, /^\d{6}-\d{4}$/)
    assert.equal(one.state, 'reported')
    assert.equal(one.area_id, d.areas.grids[0])
    assert.ok(one.secret.length >= 20)
    const seen = ok(await d.secretary.get(`/cases/${one.id}`))
    assert.equal(seen.secret, null)
    assert.equal(seen.routing.org.id, d.orgs.lighting)
    assert.equal(seen.routing.why, `路灯异常，甲社区，规则 ${d.rules.lamps.number}`)
    assert.deepEqual(seen.path.map((p) => p.name), ['测试区', '东街', '甲社区', '第1网格'])
    assert.equal(seen.actions.find((a) => a.primary).action, 'accept')
    assert.equal(seen.reporter_name, '王女士')
    assert.ok(seen.contact_masked && !seen.contact_masked.includes('12345'))

    await must(d.secretary, one.id, 'ask', { question: '是哪一盏？' })
    const asked = ok(await anonymous.get(`/track/${one.code}`, secretOf(one)))
    assert.equal(asked.can.reply, true)
    assert.equal(asked.events.at(-1).text, '是哪一盏？')
    ok(await anonymous.post(`/track/${one.code}/reply`, { text: '最东边那盏' }, secretOf(one)))
    await must(d.secretary, one.id, 'accept')
    const sent = await must(d.dispatcher, one.id, 'dispatch', { org: d.orgs.lighting })
    assert.equal(sent.events.at(-1).data.rule, d.rules.lamps.number)
    const got = ok(await d.lamps.get(`/cases/${one.id}`))
    assert.deepEqual(got.actions.filter((a) => a.primary).map((a) => a.action), ['sign'])
    await must(d.lamps, one.id, 'sign')
    const image = await photo(d.lamps)
    const done = await must(d.lamps, one.id, 'handled', { result: '换了灯泡，试亮正常', photos: [image.id] })
    assert.deepEqual(done.photos.map((p) => p.stage), ['after'])
    const passed = await must(d.gridWorker, one.id, 'pass', { outcome: 'resolved', text: '亮了' })
    assert.equal(passed.state, 'closed')
    assert.equal(passed.outcome, 'resolved')

    const end = ok(await anonymous.get(`/track/${one.code}`, secretOf(one)))
    assert.deepEqual(end.can, { reply: false, rate: true, reopen: true, withdraw: false, appeal: false })
    assert.deepEqual(end.steps.map((s) => s.state), ['done', 'done', 'done', 'done', 'done', 'done', 'now'])
    assert.ok(end.events.every((e) => e.actor === null && e.data === null), 'no names of staff')
    const rated = ok(await anonymous.post(`/track/${one.code}/rate`, { solved: 'yes', stars: 5, word: '很快' }, secretOf(one)))
    assert.deepEqual(rated.rating, { solved: 'yes', stars: 5, contacted: null, by: 'reporter', word: '很快' })
    const whole = ok(await d.secretary.get(`/cases/${one.id}`))
    assert.deepEqual(steps(whole), ['report', 'ask', 'reply', 'accept', 'dispatch', 'sign', 'handled', 'pass', 'rate'])
    assert.deepEqual(whole.events.map((e) => e.actor), [null, 'secretary_a', null, 'secretary_a', 'dispatcher_east', 'handler_lamps',
      'handler_lamps', 'grid_worker_1', null])
    assert.deepEqual(whole.events.map((e) => e.seq), [1, 2, 3, 4, 5, 6, 7, 8, 9])
    for (let i = 1; i < whole.events.length; i++) {
      assert.ok(whole.events[i].at >= whole.events[i - 1].at)
      assert.ok(whole.events[i].from_state === whole.events[i - 1].to_state)
    }
    assert.ok(whole.steps.every((s) => s.state === 'done'))
    refused(await anonymous.post(`/track/${one.code}/rate`, { solved: 'no', stars: 1 }, secretOf(one)), 409, 'conflict')
  })

  it('is withdrawn, rated and reopened by a signed-in reporter alone', async () => {
    const one = await report(d.resident)
    assert.equal(one.secret, null)
    assert.equal(one.source, 'account')
    refused(await d.neighbour.get(`/cases/${one.id}`), 404, 'not_found')
    refused(await act(d.secretary, one.id, 'withdraw', { reason: '不用了' }), 403, 'only_reporter')
    const gone = await must(d.resident, one.id, 'withdraw', { reason: '自己修好了' })
    assert.deepEqual([gone.state, gone.outcome], ['closed', 'withdrawn'])

    const two = await carry(await report(d.resident), 'closed')
    refused(await act(d.secretary, two.id, 'rate', { solved: 'yes', stars: 5 }), 403, 'only_reporter')
    refused(await act(d.neighbour, two.id, 'rate', { solved: 'yes' }), 404, 'not_found')
    const mine = ok(await d.resident.get('/cases', { query: { mine: 'reported' } }))
    assert.deepEqual(mine.items.map((i) => i.id), [two.id, one.id])
    assert.deepEqual(mine.items[0].actions, ['rate'])
    await must(d.resident, two.id, 'rate', { solved: 'no', stars: 1, word: '又灭了' })
    const again = await must(d.resident, two.id, 'reopen', { reason: '又灭了' })
    assert.deepEqual([again.state, again.reopens, again.outcome, again.rating], ['accepted', 1, null, null])
    assert.equal(ok(await d.secretary.get(`/cases/${two.id}`)).actions.some((a) => a.action === 'dispatch'), true)
  })

  it('tells the level above when it was not solved', async () => {
    const one = await carry(await report(d.resident), 'closed')
    await must(d.resident, one.id, 'rate', { solved: 'no', stars: 1 })
    await until(async () => ok(await d.dispatcher.get('/notices')).items.some((n) => n.kind === 'case.not_solved' && n.object_id === one.id))
  })

  it('is handled on the spot with photos before and after', async () => {
    const body = { text: '小广告已清理', at: inGrid(1), on_the_spot: { result: '当场清理' } }
    assert.equal(faults(await d.gridWorker.post('/cases', body))['on_the_spot.after_photos'], 'required')
    const [before_, after_] = [await photo(d.gridWorker), await photo(d.gridWorker)]
    body.on_the_spot.after_photos = [after_.id]
    assert.equal(faults(await d.gridWorker.post('/cases', body)).photos, 'required')
    body.photos = [before_.id]
    refused(await d.resident.post('/cases', body), 403, 'not_allowed')
    refused(await d.gridWorker.post('/cases', { ...body, at: inGrid(5) }), 403, 'not_allowed')
    const one = ok(await d.gridWorker.post('/cases', body), 201)
    assert.deepEqual([one.state, one.outcome, one.source], ['closed', 'resolved', 'on_the_spot'])
    assert.deepEqual(steps(one), ['report', 'on_the_spot'])
    assert.deepEqual(one.photos.map((p) => p.stage).sort(), ['after', 'before'])
  })

  it('is reported by staff for a caller, who gets the secret', async () => {
    refused(await d.resident.post('/cases', { text: '电话反映', at: inGrid(1), on_behalf: true }), 403, 'not_allowed')
    const one = await report(d.secretary, { on_behalf: true, contact: PHONE, reporter_name: '来电人' })
    assert.equal(one.source, 'on_behalf')
    assert.equal(one.mine, false)
    await carry(one, 'closed')
    refused(await act(d.secretary, one.id, 'rate', { solved: 'yes' }), 403, 'only_reporter')
    ok(await anonymous.post(`/track/${one.code}/rate`, { solved: 'partly', stars: 3 }, secretOf(one)))
  })

  it('comes back for rework, is returned and dispatched anew', async () => {
    const one = await carry(await report(), 'handled')
    const back = await must(d.gridWorker, one.id, 'fail', { reason: '还是不亮' })
    assert.deepEqual([back.state, back.reworks, back.org_id], ['handling', 1, d.orgs.lighting])
    await must(d.lamps, one.id, 'handled', { result: '换了线路' })
    await must(d.gridWorker, one.id, 'pass', { outcome: 'partly' })

    const two = await carry(await report(), 'dispatched')
    const returned = await must(d.lamps, two.id, 'return', { reason: '是小区内部路灯' })
    assert.deepEqual([returned?.state, returned?.returns], ['accepted', 1])
    await must(d.dispatcher, two.id, 'dispatch', { org: d.orgs.drainage })
    const moved = await must(d.dispatcher, two.id, 'redispatch', { org: d.orgs.lighting, reason: '派错了' })
    assert.equal(moved.org_id, d.orgs.lighting)
    refused(await d.drains.get(`/cases/${two.id}`), 404, 'not_found')
    await must(d.lamps, two.id, 'sign')
  })

  it('is handled by the area itself, and then by no means verified by the same person', async () => {
    const one = await carry(await report(), 'accepted')
    await must(d.secretary, one.id, 'handle_self')
    await must(d.secretary, one.id, 'handled', { result: '物业已换' })
    refused(await act(d.secretary, one.id, 'pass', { outcome: 'resolved' }), 409, 'same_person')
    refused(await act(d.secretary, one.id, 'fail', { reason: '再看看' }), 409, 'same_person')
    const view = ok(await d.secretary.get(`/cases/${one.id}`))
    assert.deepEqual(view.blocked.map((b) => b.action), ['pass', 'fail'])
    assert.ok(view.blocked[0].why_zh.length > 5)
    // Who handled it in an earlier round does not verify a later one either.
    await must(d.gridWorker, one.id, 'fail', { reason: '没换' })
    await must(d.gridWorker, one.id, 'handled', { result: '我来换' })
    refused(await act(d.secretary, one.id, 'pass', { outcome: 'resolved' }), 409, 'same_person')
    refused(await act(d.gridWorker, one.id, 'pass', { outcome: 'resolved' }), 409, 'same_person')
    await must(d.dispatcher, one.id, 'pass', { outcome: 'resolved' })
  })
})

describe('who may', () => {
  it('sees and acts only where they hold the right', async () => {
    const one = await report()
    for (const who of [d.otherSecretary, d.otherGridWorker, d.lamps, d.resident, d.audit]) {
      refused(await who.get(`/cases/${one.id}`), 404, 'not_found')
      assert.equal(ok(await who.get('/cases')).items.some((i) => i.id === one.id), false)
    }
    refused(await anonymous.get(`/cases/${one.id}`), 401, 'not_signed_in')
    refused(await act(d.gridWorker, one.id, 'accept'), 403, 'not_allowed')
    refused(await act(d.leader, one.id, 'accept'), 403, 'not_allowed')
    await carry(one, 'dispatched')
    refused(await act(d.drains, one.id, 'sign'), 404, 'not_found')
    refused(await act(d.dispatcher, one.id, 'sign'), 403, 'not_allowed')
    assert.equal(ok(await d.lamps.get('/cases', { query: { mine: 'holding' } })).items.some((i) => i.id === one.id), true)
  })

  it('shows the same in the view, the list and the action', async () => {
    const one = await report()
    for (const goal of ['accepted', 'dispatched', 'handling', 'handled', 'closed']) {
      const two = await carry(await report(), goal)
      for (const who of [d.secretary, d.dispatcher, d.lamps, d.gridWorker, d.leader]) {
        const view = await who.get(`/cases/${two.id}`)
        const row = ok(await who.get('/cases')).items.find((i) => i.id === two.id)
        assert.equal(view.status === 200, Boolean(row), goal)
        if (!row) continue
        const primary = view.body.actions.filter((a) => a.primary).map((a) => a.action)
        assert.deepEqual(row.actions, primary.slice(0, 1), goal)
        const waiting = (await Promise.all(DUE.map((due) => who.get('/cases/work', { query: { due } })))).flatMap((answer) => ok(answer).groups).flatMap((g) => g.items).some((i) => i.id === two.id)
        assert.equal(waiting, primary.length > 0 && goal !== 'closed', `${goal} ${primary}`)
      }
    }
    assert.ok(one.id)
  })

  it('shows My work of one state, and counts all of it', async () => {
    await report()
    await carry(await report(), 'accepted')
    const whole = ok(await d.dispatcher.get('/cases/work'))
    for (const { state, count } of whole.by_state) {
      const { groups, counts } = ok(await d.dispatcher.get('/cases/work', { query: { state } }))
      assert.deepEqual(counts, whole.counts, state)
      assert.equal(groups.reduce((sum, group) => sum + group.count, 0), count, state)
      assert.ok(groups.every(({ items, count: n }) => items.length === Math.min(n, 20) && items.every((i) => i.state === state)), state)
    }
    assert.ok(whole.by_state.length > 1)
    refused(await d.dispatcher.get('/cases/work', { query: { state: 'lost' } }), 422, 'invalid')
  })

  it('counts in My work what is in sight and waits for others: of the areas, of organisations there, of what one reported elsewhere', async () => {
    const OPEN = ['reported', 'waiting', 'accepted', 'dispatched', 'handling', 'handled', 'suspended']
    const inSight = async (who) => (await Promise.all(OPEN.map(async (state) => ok(await who.get('/cases/count', { query: { state } })).count))).reduce((a, b) => a + b)
    const people = ['secretary', 'otherSecretary', 'dispatcher', 'gridWorker', 'lamps', 'leader', 'resident'], others = async (name) => ok(await d[name].get('/cases/work')).counts
    const agrees = async () => {
      for (const name of people) {
        const { all, waiting_for_others: rest } = await others(name)
        assert.equal(all + rest, await inSight(d[name]), name)
      }
    }
    const mine = async () => ok(await d.secretary.get('/cases/work')).counts.waiting_for_others
    await agrees()
    const before = await mine()
    ok(await d.secretary.post('/cases', { text: '那边的路灯不亮', at: inGrid(5), category: d.category('路灯异常').id }), 201)
    assert.equal(await mine(), before + 1, 'reported in another street')
    ok(await d.secretary.post('/cases', { text: '这边的路灯不亮', at: inGrid(1), category: d.category('路灯异常').id }), 201)
    assert.equal(await mine(), before + 1, 'reported in the own community: waits for the secretary')
    await carry(await report(), 'dispatched')
    assert.equal(await mine(), before + 2, 'dispatched to another')
    const seen = await inSight(d.secretary)
    const far = ok(await d.neighbour.post('/cases', { text: '乙社区路灯不亮', at: inGrid(3), category: d.category('路灯异常').id }), 201)
    await act(d.dispatcher, far.id, 'accept')
    ok(await act(d.dispatcher, far.id, 'dispatch', { org: d.orgs.committee }))
    assert.equal(await inSight(d.secretary), seen + 1, "of the community's committee, elsewhere")
    await agrees()
  })

  it('shows twenty of each group of My work, two hundred of one asked for, and counts all', async () => {
    for (let n = 0; n < 22; n++) await report()
    const whole = ok(await d.dispatcher.get('/cases/work')), longest = whole.groups.reduce((a, b) => (a.count > b.count ? a : b))
    assert.ok(longest.count > 20)
    assert.equal(longest.items.length, 20)
    const alone = ok(await d.dispatcher.get('/cases/work', { query: { due: longest.due } }))
    assert.deepEqual(alone.groups.map((g) => [g.due, g.count, g.items.length]), [[longest.due, longest.count, Math.min(longest.count, 200)]])
    assert.deepEqual(alone.groups[0].items.slice(0, 20).map((i) => i.id), longest.items.map((i) => i.id))
    assert.deepEqual(alone.counts, whole.counts)
    assert.deepEqual([whole.counts.capped, whole.counts.others_capped], [false, false])
    assert.equal(whole.counts.all, whole.groups.reduce((sum, g) => sum + g.count, whole.called.length))
    refused(await d.dispatcher.get('/cases/work', { query: { due: 'never' } }), 422, 'invalid')
  })

  it('never leaks the contact', async () => {
    const phone = '13677778888'
    const one = await report(anonymous, { contact: phone, reporter_name: '赵四' })
    await carry(one, 'closed')
    refused(await d.leader.post(`/cases/${one.id}/contact`, { why: '看看' }), 403, 'not_allowed')
    refused(await act(d.secretary, one.id, 'contact', {}), 422, 'invalid')
    const shown = await d.secretary.post(`/cases/${one.id}/contact`, { why: '回访' })
    assert.deepEqual(ok(shown), { contact: phone, name: '赵四' })
    assert.match(shown.headers.get('cache-control'), /no-store/)
    const rows = ok(await d.audit.get('/audit', { query: { action: 'case.contact' } })).items
    assert.ok(rows.some((r) => r.object_id === one.id && JSON.stringify(r.detail).includes('回访')))
    for (const path of ['/cases', `/cases/${one.id}`, '/cases/work', '/cases/map'])
      assert.equal(ok(await d.secretary.get(path)).toString().includes(phone) || (await d.secretary.get(path)).text.includes(phone), false, path)
    assert.equal((await d.audit.get('/audit')).text.includes(phone), false)
    assert.equal(server.log().includes(phone), false, 'the log')
    assert.equal(server.log().includes(one.secret), false, 'the log')
    const out = dumpOf(server.dir)
    assert.ok(out.includes(one.code), 'the dump is whole')
    assert.equal(out.includes(phone), false, 'nothing at rest')
    assert.equal(out.includes(one.secret), false, 'nothing at rest')
    const none = await report()
    assert.equal((await d.secretary.post(`/cases/${none.id}/contact`, { why: '回访' })).status, 404)
  })

  it('keeps internal comments and their photos among staff', async () => {
    const one = await report(d.resident)
    const image = await photo(d.secretary)
    await must(d.secretary, one.id, 'comment', { text: '注意安全', internal: true, photos: [image.id] })
    await must(d.secretary, one.id, 'comment', { text: '已安排人去看' })
    const own = ok(await d.resident.get(`/cases/${one.id}`))
    assert.deepEqual(own.events.map((e) => e.text), ['3 号楼东侧路灯不亮，晚上很黑', '已安排人去看'])
    assert.deepEqual(own.photos, [])
    assert.deepEqual([own.contact_masked, own.routing, own.events[1].actor], [null, null, null])
    assert.equal((await d.resident.get(`/files/${image.id}`)).status, 404)
    assert.equal((await d.gridWorker.get(`/files/${image.id}`)).status, 200)
  })

  it('shows the public the place roughly, and words only when released', async () => {
    const one = await report()
    const plain = ok(await anonymous.get(`/public/cases/${one.code}`))
    assert.deepEqual([plain.title, plain.text, plain.area_name, plain.state], [null, null, '第1网格', 'reported'])
    assert.equal('at' in plain || 'address' in plain, false)
    await must(d.secretary, one.id, 'release', { released: true })
    assert.equal(ok(await anonymous.get(`/public/cases/${one.code}`)).text, '3 号楼东侧路灯不亮，晚上很黑')
    await must(d.secretary, one.id, 'release', { released: false })
    assert.equal(ok(await anonymous.get(`/public/cases/${one.code}`)).text, null)
    refused(await anonymous.get('/public/cases/000101-0001'), 404, 'not_found')
  })

  it('makes the title of the first words of the text, the same wherever a case is shown', async () => {
    const texts = {
      [`${'路灯不亮'.repeat(9)}。\n${'二'.repeat(500)}`]: '路灯不亮'.repeat(9),
      [`${'长'.repeat(300)}。`]: `${'长'.repeat(40)}…`,
      [`${'😀'.repeat(250)}`]: `${'😀'.repeat(40)}…`,
    }
    for (const [text, title] of Object.entries(texts)) {
      const one = await report(anonymous, { text })
      assert.deepEqual([one.title, one.text], [title, text])
      assert.equal(ok(await anonymous.get(`/track/${one.code}`, secretOf(one))).title, title)
      assert.equal(ok(await d.leader.get('/cases', { query: { limit: 1 } })).items[0].title, title)
      assert.equal(ok(await d.leader.post('/search', { text: one.code })).groups.find((g) => g.kind === 'case').items[0].title, title)
      assert.ok(!ok(await anonymous.get('/public/cases/' + one.code)).title)
      await must(d.secretary, one.id, 'release', { released: true })
      assert.equal(ok(await anonymous.get('/public/cases/' + one.code)).title, title)
    }
  })

  it('opens by code only with the right secret', async () => {
    const one = await report()
    refused(await anonymous.get(`/track/${one.code}`), 404, 'secret')
    refused(await anonymous.get(`/track/${one.code}`, { headers: { 'X-Case-Secret': 'x'.repeat(22) } }), 404, 'secret')
    refused(await anonymous.get('/track/000101-0001', secretOf(one)), 404, 'secret')
    refused(await anonymous.post(`/track/${one.code}/withdraw`, { reason: '试试' }), 404, 'secret')
    const other = await report()
    refused(await anonymous.get(`/track/${other.code}`, secretOf(one)), 404, 'secret')
    const own = await report(d.resident)
    refused(await anonymous.get(`/track/${own.code}`, secretOf(one)), 404, 'secret')
  })
})

describe('the wrong moment', () => {
  it('refuses every action in every wrong state, naming the state and who changed it', async () => {
    const table = readFileSync(join(checkout, 'docs', 'case-states.md'), 'utf8').split('\n').filter((l) => /^\| \w+ \|/.test(l))
      .map((l) => l.split('|').map((c) => c.trim()))
    const from = Object.fromEntries(table.filter((c) => c.length === 10).map((c) => [c[1], c[4].split(', ')]))
    const bodies = {
      ask: { question: '?' }, accept: {}, reject: { reason: '不' }, dispatch: { org: d.orgs.lighting }, redispatch: { org: d.orgs.lighting, reason: '改' },
      handle_self: {}, sign: {}, return: { reason: '退' }, handled: { result: '好' }, pass: { outcome: 'resolved' }, fail: { reason: '返' },
      rate: { solved: 'yes' }, reopen: { reason: '重' }, withdraw: { reason: '撤' }, reply: { text: '补' }, extend: { reason: '等配件', days: 1 },
      suspend: { reason: '等配件', review_at: Date.now() + 86400000 }, grant_extension: {}, grant_suspension: {}, refuse: { reason: '不批' }, resume: { reason: '到货' },
      review: { reason: '还在等', review_at: Date.now() + 86400000 }, route: { category: d.category('路灯异常').id },
      call_back: { reached: 'refused' }, appeal: { reason: '申' }, appeal_score: { ground: 'rating', reason: '申' }, uphold_appeal: {}, refuse_appeal: { reason: '不' },
    }
    const doer = { accept: d.secretary, ask: d.secretary, reject: d.secretary, dispatch: d.dispatcher, redispatch: d.dispatcher, handle_self: d.dispatcher,
      sign: d.lamps, return: d.lamps, handled: d.lamps, pass: d.gridWorker, fail: d.gridWorker, route: d.dispatcher,
      extend: d.lamps, suspend: d.lamps, grant_extension: d.dispatcher, grant_suspension: d.dispatcher, refuse: d.dispatcher, resume: d.dispatcher, review: d.dispatcher,
      call_back: d.secretary, appeal_score: d.lamps, uphold_appeal: d.leader, refuse_appeal: d.leader }
    let tried = 0
    for (const state of ['reported', 'waiting', 'accepted', 'dispatched', 'handling', 'handled', 'closed', 'rejected', 'suspended']) {
      const one = await carry(await report(d.resident), state)
      const version = ok(await d.leader.get(`/cases/${one.id}`)).version
      for (const [action, body] of Object.entries(bodies)) {
        if (from[action].includes(state)) continue
        const who = doer[action] ?? d.resident
        const answer = await who.post(`/cases/${one.id}/${action}`, body, { version })
        // An organisation that does not have the case is not told about it.
        if (who === d.lamps && !['dispatched', 'handling', 'handled', 'closed', 'suspended'].includes(state)) refused(answer, 404, 'not_found')
        else assert.match(refused(answer, 409, 'wrong_state').detail, /现在是“.+”（.+）/)
        tried++
      }
      assert.equal(ok(await d.leader.get(`/cases/${one.id}`)).version, version, 'nothing was changed')
    }
    assert.ok(tried > 150, String(tried))
  })

  it('refuses a stale version with what happened since', async () => {
    const one = await report()
    await must(d.secretary, one.id, 'accept')
    await must(d.secretary, one.id, 'comment', { text: '记一下', internal: true })
    const stale = refused(await act(d.dispatcher, one.id, 'dispatch', { org: d.orgs.lighting }, 1), 409, 'stale_version')
    assert.match(stale.detail, /secretary_a .* 受理；secretary_a .* 补充说明/)
    refused(await act(d.dispatcher, one.id, 'dispatch', { org: d.orgs.lighting }, '99999999999'), 409, 'stale_version')   // more than four bytes hold
    refused(await d.dispatcher.post(`/cases/${one.id}/dispatch`, { org: d.orgs.lighting }), 428, 'version_needed')
    const english = await server.client({ lang: 'en' }).signIn('secretary_a', 'Correct horse 47 battery')
    assert.match(refused(await act(english, one.id, 'sign'), 409, 'wrong_state').detail, /It is now “To be dispatched” \(secretary_a/)
  })

  it('reopens only in time', async () => {
    const one = await carry(await report(d.resident), 'closed')
    await set('case.reopen_days', 0)
    await until(async () => (await act(d.resident, one.id, 'reopen', { reason: '又灭了' })).body?.code === 'reopen_late')
    const view = ok(await d.resident.get(`/cases/${one.id}`))
    assert.deepEqual(view.blocked.map((b) => b.action), ['reopen'])
    refused(await act(d.secretary, one.id, 'reopen', { reason: '又灭了' }), 409, 'reopen_late')
    await set('case.reopen_days', 15)
    await until(async () => (await act(d.secretary, one.id, 'reopen', { reason: '又灭了' })).status === 200)
  })

  it('gives the first answer again to the same key', async () => {
    const body = { text: '网络不好，发了两次', at: inGrid(1) }
    const first = await anonymous.post('/cases', body, { key: 'offline-draft-1' })
    const again = await anonymous.post('/cases', body, { key: 'offline-draft-1' })
    assert.equal(ok(first, 201).id, ok(again, 201).id)
    assert.equal(first.body.secret, again.body.secret)
    refused(await anonymous.post('/cases', { ...body, text: '另一件事' }, { key: 'offline-draft-1' }), 422, 'key_reused')
    const sure = { version: first.body.version, key: 'accept-1' }
    const one = await d.secretary.post(`/cases/${first.body.id}/accept`, {}, sure)
    assert.deepEqual([one.status, (await d.secretary.post(`/cases/${first.body.id}/accept`, {}, sure)).status], [200, 200])
    assert.equal(ok(await d.secretary.get(`/cases/${first.body.id}`)).version, 2)
  })
})

describe('places', () => {
  it('are refused outside every area, unless the district has a catch-all', async () => {
    const answer = await anonymous.post('/cases', { text: '区外', at: outside })
    assert.deepEqual([answer.status, faults(answer)], [422, { at: 'outside_area' }])
    await set('case.catch_all_org', d.orgs.committee)
    const one = await until(async () => { const a = await anonymous.post('/cases', { text: '区外', at: outside }); return a.status === 201 && a.body })
    const view = ok(await d.leader.get(`/cases/${one.id}`))
    assert.equal(view.area_id, d.root)
    await set('case.catch_all_org', '')
    await until(async () => (await anonymous.post('/cases', { text: '区外', at: outside })).status === 422)
  })

  it('close to a border are for a dispatcher to choose, and no rule fires', async () => {
    const drains = d.category('雨水箅子异常').id
    const sure = await report(anonymous, { category: drains, text: '箅子坏了' })
    assert.deepEqual([sure.state, sure.org_id, steps(sure)], ['dispatched', d.orgs.drainage, ['report', 'accept', 'dispatch']])
    assert.ok(sure.events.slice(1).every((e) => e.by_rule))
    const one = await report(anonymous, { category: drains, text: '箅子坏了', at: onBorder })
    assert.equal(one.state, 'reported')
    const view = ok(await d.secretary.get(`/cases/${one.id}`))
    assert.equal(view.routing.border, true)
    assert.deepEqual(view.routing.near.map((n) => n.id), [d.areas.grids[1]])
    refused(await act(d.secretary, one.id, 'route', { area: d.areas.grids[4] }), 422, 'invalid')
    const chosen = await must(d.secretary, one.id, 'route', { area: d.areas.grids[1] })
    assert.deepEqual([chosen.area_id, chosen.state, chosen.org_id], [d.areas.grids[1], 'dispatched', d.orgs.drainage])
    assert.deepEqual(steps(chosen), ['report', 'route', 'accept', 'dispatch'])
  })

  it('and categories that change before signing are routed anew', async () => {
    const one = await carry(await report(), 'dispatched')
    const same = await must(d.dispatcher, one.id, 'route', { address: '3 号楼西侧' })
    assert.deepEqual([same.state, same.org_id, same.address], ['dispatched', d.orgs.lighting, '3 号楼西侧'])
    const moved = await must(d.dispatcher, one.id, 'route', { category: d.category('行道树异常').id })
    assert.deepEqual([moved.state, moved.org_id, moved.routing.org.id], ['accepted', null, d.orgs.committee])
    const away = await must(d.dispatcher, one.id, 'route', { at: inGrid(3) })
    assert.equal(away.area_id, d.areas.grids[2])
    refused(await d.secretary.get(`/cases/${one.id}`), 404, 'not_found')
    refused(await act(d.dispatcher, one.id, 'route', {}), 422, 'invalid')
  })

  it('are previewed: the public sees the area, staff the organisation and why', async () => {
    const query = { ...inGrid(1), category: d.category('路灯异常').id }
    const plain = ok(await anonymous.get('/route-preview', { query }))
    assert.deepEqual([plain.area.id, plain.org, plain.why], [d.areas.grids[0], null, null])
    const full = ok(await d.secretary.get('/route-preview', { query }))
    assert.equal(full.org.id, d.orgs.lighting)
    assert.equal((await anonymous.get('/route-preview', { query: outside })).status, 422)
  })
})

describe('bad input', () => {
  it('is named field by field', async () => {
    const bad = async (body, who = anonymous) => {
      const answer = await who.post('/cases', { text: '路灯', at: inGrid(1), ...body })
      assert.equal(answer.status, 422, answer.text)
      return faults(answer)
    }
    assert.deepEqual(await bad({ text: '   \n　' }), { text: 'blank' })
    assert.deepEqual(await bad({ text: 'a\u0007b' }), { text: 'control_character' })
    assert.deepEqual(await bad({ text: '字'.repeat(4001) }), { text: 'too_long' })
    assert.equal((await anonymous.post('/cases', { text: '字'.repeat(4000), at: inGrid(1) })).status, 201)
    assert.deepEqual(await bad({ category: '12345' }), { category: 'category_unknown' })
    const folder = (await d.admin.get('/categories')).body.items.find((c) => !c.leaf)
    assert.deepEqual(await bad({ category: folder.id }), { category: 'category_unknown' })
    assert.deepEqual(await bad({ reported_at: Date.now() + 3600_000 }), { reported_at: 'time_in_future' })
    assert.deepEqual(await bad({ photos: ['1'] }), { 'photos[0]': 'file_unknown' })
    assert.deepEqual(await bad({ photos: Array(10).fill('1') }), { photos: 'too_long' })
    assert.deepEqual(await bad({ severity: 1 }), { severity: 'not_allowed' })
    assert.deepEqual(await bad({ area: '77' }), { area: 'unknown_reference' })
    assert.deepEqual(await bad({ at: null }), { at: 'required' })
    assert.deepEqual(await bad({ at: { lon: 300, lat: 0 } }), { at: 'place' })
    assert.deepEqual(await bad({ category: '12345', at: outside }), { category: 'category_unknown', at: 'outside_area' })
    assert.deepEqual(await bad({ surprise: 1 }), { surprise: 'unknown_field' })
  })

  it('of actions too', async () => {
    const one = await carry(await report(), 'accepted')
    const bad = async (who, action, body) => {
      const answer = await act(who, one.id, action, body)
      assert.equal(answer.status, 422, answer.text)
      return faults(answer)
    }
    assert.deepEqual(await bad(d.dispatcher, 'dispatch', {}), { org: 'required' })
    assert.deepEqual(await bad(d.dispatcher, 'dispatch', { org: '5' }), { org: 'unknown_reference' })
    assert.deepEqual(await bad(d.secretary, 'comment', { text: ' ' }), { text: 'blank' })
    await must(d.dispatcher, one.id, 'dispatch', { org: d.orgs.lighting })
    await must(d.lamps, one.id, 'sign')
    assert.deepEqual(await bad(d.lamps, 'handled', {}), { result: 'required' })
    await must(d.lamps, one.id, 'handled', { result: '好了' })
    assert.deepEqual(await bad(d.gridWorker, 'pass', { outcome: 'solved' }), { outcome: 'not_a_choice' })
    assert.deepEqual(await bad(d.gridWorker, 'pass', { outcome: 'withdrawn' }), { outcome: 'not_a_choice' })
    assert.equal((await d.secretary.get('/cases/12345')).status, 404)
    assert.equal((await d.secretary.post('/cases/12345/accept', {}, { version: 1 })).status, 404)
  })

  it('a closed area or category is not for new cases', async () => {
    const lonely = ok(await d.admin.post('/categories', { kind: 'service', name_zh: '临时', name_en: 'Temporary', leaf: true }), 201)
    const found = await until(async () => (await d.admin.get('/categories')).body.items.find((c) => c.id === lonely.id))
    ok(await anonymous.post('/cases', { text: '临时', category: lonely.id, at: inGrid(1) }), 201)
    ok(await d.admin.post(`/categories/${lonely.id}/close`, undefined, { version: found.version }))
    await until(async () => faults(await anonymous.post('/cases', { text: '临时', category: lonely.id, at: inGrid(1) })).category === 'category_unknown')
  })
})

describe('rules and categories', () => {
  it('two rules as specific as each other are refused, naming the other', async () => {
    const same = await d.admin.post('/rules', { area: d.areas.a, org: d.orgs.drainage })
    assert.match(refused(same, 409, 'rule_tie').detail, new RegExp(`${d.rules.committee.number}`))
    const other = ok(await d.admin.post('/rules', { area: d.areas.b, org: d.orgs.drainage, note: '乙社区' }), 201)
    refused(await d.admin.patch(`/rules/${other.id}`, { area: d.areas.a, org: d.orgs.drainage }, { version: other.version }), 409, 'rule_tie')
    refused(await d.admin.patch(`/rules/${other.id}`, { area: d.areas.b, org: d.orgs.lighting }), 428, 'version_needed')
    const changed = ok(await d.admin.patch(`/rules/${other.id}`, { area: d.areas.b, org: d.orgs.lighting }, { version: other.version }))
    assert.equal(changed.org.id, d.orgs.lighting)
    ok(await d.admin.post(`/rules/${other.id}/close`, undefined, { version: changed.version }))
    ok(await d.admin.post('/rules', { area: d.areas.b, org: d.orgs.drainage }), 201)
    assert.deepEqual(faults(await d.admin.post('/rules', { area: '5', category: '6', org: '7' })),
      { area: 'unknown_reference', category: 'category_unknown', org: 'unknown_reference' })
    refused(await d.secretary.post('/rules', { org: d.orgs.lighting }), 403, 'not_allowed')
  })

  it('the story says why a rule chose, in words, and keeps what the rule was about', async () => {
    const lamp = d.category('路灯异常'), { number, ...rule } = ok(await d.admin.post('/rules', { area: d.areas.b, category: lamp.id, org: d.orgs.lighting, automatic: true }), 201)
    const kept = (id, seq) => server.sql(`SELECT data FROM case_event WHERE case_id = ${id} AND seq = ${seq}`)
    const one = await report(anonymous, { at: inGrid(3) })
    const said = { rule: number, automatic: true, why_zh: `路灯异常，乙社区，规则 ${number}`, why_en: `${lamp.name_en}, 乙社区, rule ${number}` }
    const read = async (id) => ok(await d.leader.get(`/cases/${id}`)).events.map((e) => e.data)
    assert.deepEqual(await read(one.id), [null, said, said])
    assert.equal(kept(one.id, 3), `{"rule":${number},"automatic":true,"area":"${d.areas.b}","category":"${lamp.id}"}`)

    const other = d.category('雨水箅子异常')
    ok(await d.admin.patch(`/rules/${rule.id}`, { category: other.id, org: d.orgs.lighting }, { version: rule.version }))
    assert.deepEqual(await read(one.id), [null, said, said], 'what the rule is about now does not change what was')
    const wide = await report(anonymous, { at: inGrid(3), category: other.id })
    assert.equal((await read(wide.id)).at(-1), null, 'no more by the program')
    ok(await d.admin.post(`/rules/${rule.id}/close`, undefined, { version: rule.version + 1 }))
    assert.deepEqual(await read(one.id), [null, said, said], 'nor is it gone when the rule is')

    /* By hand to whom the rule proposes; nobody but staff is told of it. */
    const byHand = await carry(await report(), 'dispatched')
    assert.deepEqual((await read(byHand.id)).at(-1),
      { rule: d.rules.lamps.number, automatic: false, why_zh: `路灯异常，甲社区，规则 ${d.rules.lamps.number}`, why_en: `${lamp.name_en}, 甲社区, rule ${d.rules.lamps.number}` })
    assert.ok(ok(await anonymous.get(`/track/${byHand.code}`, secretOf(byHand))).events.every((e) => !e.data))

    /* A step of before has the words themselves. */
    const before = { rule: 99, automatic: false, why_zh: '旧名，旧区，规则 99', why_en: 'Former name, former area, rule 99' }
    server.sql(`UPDATE case_event SET data = '${JSON.stringify(before)}' WHERE case_id = ${byHand.id} AND action = 6`)
    assert.deepEqual(await until(async () => { const last = (await read(byHand.id)).at(-1); return last.rule === 99 && last }), before)
  })

  it('the shipped packs are there, each once, with both names', async () => {
    const items = (await anonymous.get('/categories')).body.items
    const leaves = (pack, kind) => items.filter((c) => c.pack === pack && c.leaf && (!kind || c.kind === kind)).length
    assert.deepEqual([leaves('cn-city-objects', 'object'), leaves('cn-city-objects', 'matter')], [153, 250])
    assert.ok(leaves('linli-service') >= 55)
    assert.ok(items.every((c) => c.name_zh && /^[A-Z]/.test(c.name_en)), 'names')
    const offered = items.filter((c) => c.common).map((c) => c.common).sort((x, y) => x - y)
    assert.deepEqual(offered, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    const packs = ok(await d.admin.get('/category-packs')).items
    assert.deepEqual(packs.filter((p) => p.shipped).map((p) => [p.code, Boolean(p.id)]), [['cn-city-objects', true], ['linli-service', true]])
    ok(await d.admin.post('/category-packs', { code: 'cn-city-objects' }))
    assert.equal((await anonymous.get('/categories')).body.items.filter((c) => c.pack === 'cn-city-objects').length, 418)
  })

  it('a category in use is not closed', async () => {
    const leaf = d.category('路灯异常')
    assert.equal(refused(await d.admin.post(`/categories/${leaf.id}/close`, undefined, { version: leaf.version }), 409, 'still_in_use').detail.includes('1'), true)
    const parent = (await d.admin.get('/categories')).body.items.find((c) => c.id === leaf.parent_id)
    refused(await d.admin.post(`/categories/${parent.id}/close`, undefined, { version: parent.version }), 409, 'still_in_use')
    assert.deepEqual(faults(await d.admin.post('/categories', { kind: 'service', name_zh: '甲', name_en: 'A', parent: leaf.id, leaf: true })), { parent: 'parent_kind' })
  })
})

describe('lists', () => {
  it('page through every case once, in order, under every sort', async () => {
    const all = new Map()
    for (const sort of ['new', 'old', 'due']) {
      const seen = []
      for (let after_; ;) {
        const page = ok(await d.leader.get('/cases', { query: { sort, limit: 7, after: after_ } }))
        seen.push(...page.items)
        after_ = page.next
        if (!after_) break
      }
      assert.equal(new Set(seen.map((i) => i.id)).size, seen.length, sort)
      all.set(sort, seen)
    }
    assert.deepEqual(all.get('new').map((i) => i.id), all.get('old').map((i) => i.id).reverse())
    const due = all.get('due')
    assert.ok(due.length > 5 && due.every((i) => !['closed', 'rejected'].includes(i.state)))
    assert.ok(due.every((i, n) => n === 0 || i.due_at >= due[n - 1].due_at))
    for (const states of [['accepted'], ['accepted', 'reported'], ['accepted', 'reported', 'handling']]) {
      const page = ok(await d.leader.get('/cases', { query: { sort: 'due', limit: 200, state: states.join() } })).items
      assert.deepEqual(page.map((i) => i.id), due.filter((i) => states.includes(i.state)).map((i) => i.id), states.join())
    }
  })

  it('filter by state, area, category, organisation, source, words and box', async () => {
    const all = []
    for (let after_; ;) {
      const page = ok(await d.leader.get('/cases', { query: { limit: 200, after: after_ } }))
      all.push(...page.items)
      after_ = page.next
      if (!after_) break
    }
    const same = async (query, want) => {
      const got = ok(await d.leader.get('/cases', { query: { limit: 200, ...query } })).items.map((i) => i.id)
      assert.deepEqual(got, all.filter(want).slice(0, 200).map((i) => i.id), JSON.stringify(query))
      const { count, capped } = ok(await d.leader.get('/cases/count', { query }))
      assert.deepEqual([count, capped], [all.filter(want).length, false], JSON.stringify(query))
    }
    const open = (i) => !['closed', 'rejected'].includes(i.state)
    await same({ state: 'open' }, open)
    await same({ state: 'accepted,dispatched' }, (i) => ['accepted', 'dispatched'].includes(i.state))
    await same({ area: d.areas.b }, (i) => d.areas.grids.slice(2, 4).includes(i.area_id))
    await same({ area: d.areas.a, state: 'closed' }, (i) => d.areas.grids.slice(0, 2).includes(i.area_id) && i.state === 'closed')
    await same({ category: d.category('路灯异常').id }, (i) => i.category?.name_zh === '路灯异常')
    await same({ category: d.category('路灯异常').parent_id, state: 'closed' }, (i) => i.category && i.state === 'closed')
    await same({ area: d.areas.a, category: d.category('路灯异常').id, state: 'accepted,closed' },
      (i) => d.areas.grids.slice(0, 2).includes(i.area_id) && i.category?.name_zh === '路灯异常' && ['accepted', 'closed'].includes(i.state))
    await same({ org: d.orgs.lighting }, (i) => i.org_id === d.orgs.lighting)
    await same({ source: 'on_the_spot' }, (i) => i.source === 'on_the_spot')
    await same({ text: '箅子' }, (i) => i.title.includes('箅子'))
    await same({ text: '%' }, () => false)
    await same({ bbox: '120.02,22,120.03,24' }, (i) => i.at && i.at.lon > 120.02 && i.at.lon < 120.03)
    const code = all[5].code
    assert.deepEqual(ok(await d.leader.get('/cases', { query: { text: code } })).items.map((i) => i.code), [code])
    for (const query of [{ state: 'lost' }, { bbox: '1,2,3' }, { after: 'mine' }, { limit: 0 }, { sort: 'up' }])
      assert.equal((await d.leader.get('/cases', { query })).status, 422, JSON.stringify(query))
  })

  it('the map shows each as a pin', async () => {
    const pins = ok(await d.secretary.get('/cases/map', { query: { state: 'open' } }))
    const rows = ok(await d.secretary.get('/cases', { query: { state: 'open', limit: 200 } })).items.filter((i) => i.at)
    assert.deepEqual(pins.items.map((p) => p.id).sort(), rows.map((i) => i.id).sort())
    assert.deepEqual([pins.clustered, pins.capped], [false, false])
  })

  it('while reports flood in, each without an account asks for a little computing, bound to its key', async () => {
    await set('case.reports_before_work', 1)
    await set('case.work_bits', 8)
    const report = (text, key, headers) => anonymous.post('/cases', { text, at: inGrid(1) }, { key, headers })
    const key = '0123456789abcdef0123456789abcdef'
    const other = 'f'.repeat(32)
    await until(async () => (await report('路灯不亮')).body?.code === 'work_needed')
    const asked = await report('路灯不亮', key)
    assert.equal(asked.status, 429)
    const challenge = asked.headers.get('x-work-challenge')
    const fits = (key, n) => createHash('sha256').update(`${challenge}:${key}:${n}`).digest()[0] === 0
    /* One number in 256 fits a key; this one must not fit the other's too. */
    const work = () => {
      for (let n = 0; ; n++) if (fits(key, n) && !fits(other, n)) return { 'X-Work': `${challenge}:${n}` }
    }
    const { code } = ok(await report('路灯不亮', key, work()), 201)
    assert.equal(ok(await report('路灯不亮', key), 201).code, code, 'a repetition needs no work again')
    assert.equal((await report('别的事', other, work())).body.code, 'work_needed', 'work done for another key')
    const forged = challenge.slice(0, -1) + (challenge.endsWith('0') ? '1' : '0')
    assert.equal((await report('别的事', key.replace('0', 'a'), { 'X-Work': `${forged}:0` })).body.code, 'work_needed', 'a challenge that is not ours')
    ok(await d.resident.post('/cases', { text: '登录的不受影响', at: inGrid(1) }), 201)
    await set('case.reports_before_work', 100000)
  })

  it('anonymous reports are limited by address', async () => {
    await set('case.anonymous_reports_per_hour', 1)
    await until(async () => (await anonymous.post('/cases', { text: '太多了', at: inGrid(1) })).body?.code === 'too_many')
    ok(await d.resident.post('/cases', { text: '登录的不受影响', at: inGrid(1) }), 201)
  })
})
