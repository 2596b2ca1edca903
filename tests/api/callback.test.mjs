/* After closing: reporters are called back by somebody who had no part in it, rejections and scores are appealed against. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

let server, d, anonymous, worker
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anonymous = server.client({ lang: 'zh-CN' })
  worker = await server.user({ role: 'social_worker', unit: d.areas.a, sign: 'worker_a', name: '社工小周', lang: 'zh-CN' })
  await set('case.anonymous_reports_per_hour', 100000)
  await set('case.call_back_days', 0)
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
const set = async (key, value) => ok(await d.admin.put(`/settings/${key}`, { value }), 204)
const secretOf = (one) => ({ headers: { 'X-Case-Secret': one.secret } })
const PHONE = '13912345678'
const report = async (more = {}, who = anonymous) =>
  ok(await who.post('/cases', { text: '3 号楼东侧路灯不亮', category: d.category('路灯异常').id, at: inGrid(1), contact: PHONE, ...more }), 201)
const act = async (who, id, action, body, version) => {
  version ??= ok(await d.leader.get(`/cases/${id}`)).version
  return who.post(`/cases/${id}/${action}`, body ?? {}, { version })
}
const must = async (...words) => ok(await act(...words))
async function closed(more = {}, who = anonymous, outcome = 'resolved') {
  const one = await report(more, who)
  await must(d.secretary, one.id, 'accept')
  await must(d.dispatcher, one.id, 'dispatch', { org: d.orgs.lighting })
  await must(d.lamps, one.id, 'sign')
  await must(d.lamps, one.id, 'handled', { result: '换了灯泡' })
  await must(d.gridWorker, one.id, 'pass', { outcome })
  return one
}
const rejected = async (who = anonymous) => {
  const one = await report({}, who)
  await must(d.secretary, one.id, 'reject', { reason: '不属于本区' })
  return one
}
const queue = async (who) => ok(await who.get('/call-backs'))
const waits = async (who, one) => (await queue(who)).items.some((row) => row.id === one.id)
const whole = async (one) => ok(await d.leader.get(`/cases/${one.id}`))
const told = (who, kind, one) => until(async () => ok(await who.get('/notices')).items.some((n) => n.kind === kind && n.object_id === one.id))

describe('who is called back', () => {
  it('is whoever left a telephone and has not rated, in the areas of the caller', async () => {
    const one = await closed()
    const silent = await closed({ contact: undefined }), mail = await closed({ contact: 'a@example.org' }), twice = await closed({}, anonymous, 'duplicate')
    assert.equal((await whole(one)).call_back.state, 'waiting')
    for (const other of [silent, mail, twice]) assert.equal((await whole(other)).call_back, null)
    const row = (await queue(worker)).items.find((r) => r.id === one.id)
    assert.deepEqual([row.code, row.outcome, row.tries, row.mine, row.org_name], [one.code, 'resolved', 0, false, '路灯所'])
    assert.ok(await waits(d.dispatcher, one))
    assert.equal(ok(await worker.get('/cases/work')).counts.call_backs, (await queue(worker)).waiting)
    assert.equal(await waits(d.otherSecretary, one), false, 'another community')
    refused(await d.gridWorker.get('/call-backs'), 403, 'not_allowed')
    refused(await anonymous.get('/call-backs'), 401, 'not_signed_in')
  })

  it('is nobody when the setting says so, and every n-th by the id alone', async () => {
    await set('case.call_back_every', 0)
    assert.equal((await whole(await closed())).call_back, null)
    await set('case.call_back_every', 1)
    await set('case.call_back_days', 3)
    const later = await closed()
    assert.equal(await waits(worker, later), false, 'not yet')
    assert.ok((await whole(later)).call_back.from > Date.now() + 2 * 86400000)
    await set('case.call_back_days', 0)
  })

  it('is nobody who rated by themselves, and their word goes before what was told', async () => {
    const one = await closed()
    const rated = ok(await anonymous.post(`/track/${one.code}/rate`, { solved: 'yes', stars: 5, contacted: 'yes' }, secretOf(one)))
    assert.deepEqual(rated.rating, { solved: 'yes', stars: 5, contacted: 'yes', by: 'reporter', word: null })
    assert.equal(await waits(worker, one), false)
    assert.equal((await whole(one)).call_back.state, 'answered')
    refused(await act(worker, one.id, 'call_back', { reached: 'answered', solved: 'no' }), 409, 'no_call_back')

    const two = await closed()
    await must(worker, two.id, 'call_back', { reached: 'answered', solved: 'yes', stars: 4, contacted: 'no', word: '挺好' })
    const seen = ok(await anonymous.get(`/track/${two.code}`, secretOf(two)))
    assert.deepEqual(seen.rating, { solved: 'yes', stars: 4, contacted: 'no', by: 'call_back', word: '挺好' })
    assert.equal(seen.can.rate, true, 'their own word may still come')
    assert.equal(seen.steps.at(-1).state, 'done')
    const own = ok(await anonymous.post(`/track/${two.code}/rate`, { solved: 'no', stars: 1, word: '又灭了' }, secretOf(two)))
    assert.deepEqual(own.rating, { solved: 'no', stars: 1, contacted: 'no', by: 'reporter', word: '又灭了' })
    refused(await anonymous.post(`/track/${two.code}/rate`, { solved: 'yes' }, secretOf(two)), 409, 'conflict')
  })
})

describe('a call', () => {
  it('comes before one caller at a time, in the order of waiting', async () => {
    const one = await closed(), two = await closed()
    const before = (await queue(worker)).items.map((r) => r.id)
    assert.ok(before.indexOf(one.id) < before.indexOf(two.id))
    const others = before.filter((id) => id !== one.id && id !== two.id)
    const first = ok(await worker.post('/call-backs/next', { skip: others }))
    assert.equal(first.id, one.id)
    assert.ok(first.until > Date.now())
    assert.equal(ok(await worker.post('/call-backs/next', {})).id, one.id, 'what is before them stays')
    assert.equal(await waits(d.dispatcher, one), false, 'others leave it to them')
    assert.equal(ok(await d.dispatcher.post('/call-backs/next', { skip: others })).id, two.id)
    assert.equal(ok(await worker.post('/call-backs/next', { skip: [...others, one.id] })).id, null)
    assert.ok(await waits(d.dispatcher, one), 'skipped: let go')
    assert.deepEqual(faults(await worker.post('/call-backs/next', { skip: 'x' })), { skip: 'wrong_type' })
  })

  it('is counted when nobody answers, tried again later, and given up in the end', async () => {
    const one = await closed()
    const first = await must(worker, one.id, 'call_back', { reached: 'not_reached', word: '关机' })
    assert.deepEqual([first.call_back.state, first.call_back.tries, first.call_back.items[0].word, first.call_back.items[0].by], ['waiting', 1, '关机', '社工小周'])
    assert.ok(first.call_back.from > Date.now() + 3 * 3600000)
    assert.equal(await waits(worker, one), false, 'later')
    assert.ok(!ok(await anonymous.get(`/track/${one.code}`, secretOf(one))).events.some((e) => e.action === 'call_back'))
    await must(worker, one.id, 'call_back', { reached: 'not_reached' })
    const last = await must(worker, one.id, 'call_back', { reached: 'not_reached' })
    assert.deepEqual([last.call_back.state, last.call_back.tries, last.rating], ['unreachable', 3, null])
    const two = await closed()
    assert.equal((await must(worker, two.id, 'call_back', { reached: 'refused' })).call_back.state, 'refused')
  })

  it('that says "no" tells the level above and whoever had it', async () => {
    const one = await closed()
    const said = await must(worker, one.id, 'call_back', { reached: 'answered', solved: 'no', stars: 1, contacted: 'no', word: '还是黑的' })
    assert.equal(said.rating.solved, 'no')
    await told(d.dispatcher, 'case.not_solved', one)
    await told(d.lamps, 'case.yours_not_solved', one)
    const again = await must(d.dispatcher, one.id, 'reopen', { reason: '回访未解决' })
    assert.deepEqual([again.state, again.rating, again.call_back, again.appeal], ['accepted', null, null, null])
  })

  it('is not made by whoever had a part in it, nor twice, nor in another state', async () => {
    const one = await report()
    await must(d.secretary, one.id, 'accept')
    await must(d.dispatcher, one.id, 'handle_self')
    await must(d.secretary, one.id, 'handled', { result: '换了灯泡' })
    await must(d.dispatcher, one.id, 'pass', { outcome: 'resolved' })
    for (const who of [d.dispatcher, d.secretary]) {
      assert.equal(await waits(who, one), false)
      refused(await act(who, one.id, 'call_back', { reached: 'answered', solved: 'yes' }), 409, 'own_part')
      assert.ok(ok(await who.get(`/cases/${one.id}`)).blocked.some((b) => b.action === 'call_back'))
    }
    assert.ok(await waits(worker, one))
    refused(await act(d.lamps, one.id, 'call_back', { reached: 'answered', solved: 'yes' }), 403, 'not_allowed')
    refused(await act(d.otherSecretary, one.id, 'call_back', { reached: 'answered', solved: 'yes' }), 404, 'not_found')
    refused(await worker.post(`/cases/${one.id}/call_back`, { reached: 'answered', solved: 'yes' }), 428, 'version_needed')
    refused(await act(worker, one.id, 'call_back', { reached: 'answered', solved: 'yes' }, 1), 409, 'stale_version')
    await must(worker, one.id, 'call_back', { reached: 'answered', solved: 'partly' })
    refused(await act(worker, one.id, 'call_back', { reached: 'answered', solved: 'yes' }), 409, 'no_call_back')
    const open = await report()
    refused(await act(worker, open.id, 'call_back', { reached: 'refused' }), 409, 'wrong_state')
  })

  it('names what is wrong with it', async () => {
    const one = await closed()
    const tried = async (body) => faults(await act(worker, one.id, 'call_back', body))
    assert.deepEqual(await tried({}), { reached: 'required' })
    assert.deepEqual(await tried({ reached: 'perhaps' }), { reached: 'not_a_choice' })
    assert.deepEqual(await tried({ reached: 'answered' }), { solved: 'required' })
    assert.deepEqual(await tried({ reached: 'not_reached', solved: 'yes', stars: 5, contacted: 'yes' }), { solved: 'not_a_choice', stars: 'not_a_choice', contacted: 'not_a_choice' })
    assert.deepEqual(await tried({ reached: 'answered', solved: 'yes', stars: 6, word: 'x'.repeat(2001) }), { stars: 'too_big', word: 'too_long' })
    assert.deepEqual(await tried({ reached: 'answered', solved: 'yes', mood: 'good' }), { mood: 'unknown_field' })
    assert.equal((await whole(one)).call_back.tries, 0)
  })

  it('shows the telephone on purpose only, and says so in the audit record', async () => {
    const one = await closed()
    assert.ok(!JSON.stringify(ok(await worker.get(`/cases/${one.id}`))).includes(PHONE))
    assert.ok(!JSON.stringify(await queue(worker)).includes(PHONE))
    assert.equal(ok(await worker.post(`/cases/${one.id}/contact`, { why: '回访' })).contact, PHONE)
    const rows = ok(await d.audit.get('/audit', { query: { object_id: one.id } })).items
    assert.ok(rows.some((r) => r.action === 'case.contact'))
  })
})

describe('a rejection', () => {
  it('is appealed against once, and then looked at by somebody else', async () => {
    const one = await rejected()
    const seen = ok(await anonymous.get(`/track/${one.code}`, secretOf(one)))
    assert.equal(seen.can.appeal, true)
    assert.ok(seen.appeal_until > Date.now() + 14 * 86400000)
    assert.deepEqual(faults(await anonymous.post(`/track/${one.code}/appeal`, {}, secretOf(one))), { reason: 'required' })
    const now = ok(await anonymous.post(`/track/${one.code}/appeal`, { reason: '就在区里' }, secretOf(one)))
    assert.deepEqual([now.state, now.can.appeal, now.events.at(-1).action, now.events.at(-1).text], ['reported', false, 'appeal', '就在区里'])
    await told(d.secretary, 'case.appealed', one)
    refused(await act(d.secretary, one.id, 'reject', { reason: '还是不属于' }), 409, 'own_part')
    await must(d.dispatcher, one.id, 'reject', { reason: '确实不属于本区' })
    refused(await anonymous.post(`/track/${one.code}/appeal`, { reason: '再来' }, secretOf(one)), 409, 'appealed')
    assert.equal(ok(await anonymous.get(`/track/${one.code}`, secretOf(one))).can.appeal, false)
  })

  it('is appealed against by its reporter alone, in time, and only when it is one', async () => {
    const one = await rejected(d.resident)
    assert.ok(ok(await d.resident.get(`/cases/${one.id}`)).actions.some((a) => a.action === 'appeal'))
    refused(await act(d.secretary, one.id, 'appeal', { reason: '替他申诉' }), 403, 'only_reporter')
    refused(await act(d.neighbour, one.id, 'appeal', { reason: '替他申诉' }), 404, 'not_found')
    await set('case.appeal_days', 0)
    refused(await act(d.resident, one.id, 'appeal', { reason: '就在区里' }), 409, 'appeal_late')
    await set('case.appeal_days', 15)
    const again = await must(d.resident, one.id, 'appeal', { reason: '就在区里' })
    assert.equal(again.state, 'reported')
    refused(await act(d.resident, one.id, 'appeal', { reason: '就在区里' }), 409, 'wrong_state')
    await must(d.secretary, one.id, 'accept')
  })
})

describe('a score', () => {
  const body = { ground: 'rating', reason: '当天已修好，照片为证' }

  it('is appealed against by whoever handled it and decided a level above', async () => {
    const one = await closed()
    await must(worker, one.id, 'call_back', { reached: 'answered', solved: 'no', stars: 1 })
    const image = ok(await d.lamps.post('/files', dot, { type: 'image/png' }), 201)
    const made = await must(d.lamps, one.id, 'appeal_score', { ...body, photos: [image.id] })
    assert.deepEqual([made.appeal.state, made.appeal.ground, made.appeal.reason, made.appeal.by], ['waiting', 'rating', body.reason, 'handler_lamps'])
    assert.deepEqual(made.photos.at(-1).id, image.id)
    await told(d.leader, 'case.appeal_waits', one)
    const work = ok(await d.leader.get('/cases/work'))
    assert.ok(work.groups.flatMap((g) => g.items).some((row) => row.id === one.id && row.actions[0] === 'uphold_appeal'))
    const seen = ok(await anonymous.get(`/track/${one.code}`, secretOf(one)))
    assert.ok(!seen.events.some((e) => e.action === 'appeal_score') && !seen.photos.some((p) => p.id === image.id), 'that is among staff')
    refused(await anonymous.get(`/files/${image.id}`, secretOf(one)), 404, 'not_found')
    refused(await act(d.dispatcher, one.id, 'uphold_appeal', {}), 403, 'not_allowed')   // the department is the district's
    const up = await must(d.leader, one.id, 'uphold_appeal', { reason: '属实' })
    assert.deepEqual([up.appeal.state, up.appeal.decided_by, up.appeal.answer, up.rating.solved], ['upheld', 'leader', '属实', 'no'])
    await told(d.lamps, 'case.appeal_upheld', one)
    refused(await act(d.leader, one.id, 'refuse_appeal', { reason: '改主意' }), 409, 'no_appeal')
    refused(await act(d.lamps, one.id, 'appeal_score', body), 409, 'appealed')
  })

  it('of a community is decided by its street, and refused with the reason', async () => {
    const one = await report()
    await must(d.secretary, one.id, 'accept')
    await must(d.dispatcher, one.id, 'dispatch', { org: d.orgs.committee })
    const committee = await server.user({ role: 'department_handler', unit: d.orgs.committee, sign: `c${one.code}`, name: '居委会', lang: 'zh-CN' })
    await must(committee, one.id, 'sign')
    await must(committee, one.id, 'handled', { result: '清了' })
    await must(d.gridWorker, one.id, 'pass', { outcome: 'partly' })
    await must(committee, one.id, 'appeal_score', { ground: 'beyond_powers', reason: '须由产权单位改造' })
    await told(d.dispatcher, 'case.appeal_waits', one)
    assert.deepEqual(faults(await act(d.dispatcher, one.id, 'refuse_appeal', {})), { reason: 'required' })
    refused(await act(d.secretary, one.id, 'refuse_appeal', { reason: '不' }), 403, 'not_allowed')
    const no = await must(d.dispatcher, one.id, 'refuse_appeal', { reason: '照常计入' })
    assert.deepEqual([no.appeal.state, no.appeal.answer], ['refused', '照常计入'])
    await told(committee, 'case.appeal_refused', one)
  })

  it('is not appealed against by others, too late, twice, or in another state; nobody decides their own', async () => {
    const one = await closed()
    refused(await act(d.drains, one.id, 'appeal_score', body), 404, 'not_found')
    refused(await act(d.secretary, one.id, 'appeal_score', body), 403, 'not_allowed')
    assert.deepEqual(faults(await act(d.lamps, one.id, 'appeal_score', { ground: 'because' })), { ground: 'not_a_choice', reason: 'required' })
    await set('case.appeal_days', 0)
    refused(await act(d.lamps, one.id, 'appeal_score', body), 409, 'appeal_late')
    await set('case.appeal_days', 15)
    refused(await act(d.leader, one.id, 'uphold_appeal', {}), 409, 'no_appeal')
    await must(d.lamps, one.id, 'appeal_score', body)
    refused(await act(d.lamps, one.id, 'appeal_score', body), 409, 'appealed')
    const open = await report()
    await must(d.secretary, open.id, 'accept')
    await must(d.dispatcher, open.id, 'dispatch', { org: d.orgs.lighting })
    refused(await act(d.lamps, open.id, 'appeal_score', body), 409, 'wrong_state')

    const security = await server.user({ role: 'security_admin', sign: 'security', lang: 'zh-CN' })
    ok(await security.post('/roles', { code: 'both', name_zh: '两职', name_en: 'Both', permissions: ['case.read', 'case.handle', 'case.appeal'] }), 201)
    const both = await server.user({ role: 'both', unit: d.root, sign: 'both', name: '两职', lang: 'zh-CN' }), own = await closed()
    await must(both, own.id, 'appeal_score', body)
    refused(await act(both, own.id, 'uphold_appeal', {}), 409, 'own_part')
    assert.equal((await must(d.leader, own.id, 'uphold_appeal', {})).appeal.state, 'upheld')
  })
})

describe('cases by what came after closing', () => {
  const all = async (who, query) => {
    const rows = []
    for (let next; ;) {
      const page = ok(await who.get('/cases', { query: { limit: 200, after: next, ...query } }))
      rows.push(...page.items)
      next = page.next
      if (!next) return rows
    }
  }

  it('are found by how the call-back and the appeal stand, counted and listed alike', async () => {
    const none = await closed()
    await set('case.call_back_tries', 1)
    await must(worker, none.id, 'call_back', { reached: 'not_reached' })
    await set('case.call_back_tries', 3)
    await must(worker, (await closed()).id, 'call_back', { reached: 'refused' })
    const rows = await all(d.leader)
    for (const one of rows.filter((row) => row.call_back || row.appeal)) {
      const seen = await whole(one)
      assert.deepEqual([one.call_back, one.appeal, one.solved, one.stars], [seen.call_back?.state ?? null, seen.appeal?.state ?? null, seen.rating?.solved ?? null, seen.rating?.stars ?? 0])
    }
    for (const [filter, values] of [['call_back', ['waiting', 'answered', 'unreachable', 'refused']], ['appeal', ['waiting', 'upheld', 'refused']]])
      for (const value of values) {
        const want = rows.filter((row) => row[filter] === value).map((row) => row.id)
        assert.ok(want.length, `${filter} ${value}`)
        assert.deepEqual((await all(d.leader, { [filter]: value })).map((row) => row.id), want, value)
        assert.equal(ok(await d.leader.get('/cases/count', { query: { [filter]: value } })).count, want.length, value)
        assert.deepEqual((await all(d.leader, { [filter]: value, state: 'closed', area: d.areas.a, category: d.category('路灯异常').id })).map((row) => row.id),
          rows.filter((row) => row[filter] === value && row.state === 'closed' && d.areas.grids.slice(0, 2).includes(row.area_id) && row.category?.name_zh === '路灯异常').map((row) => row.id), value)
        assert.deepEqual((await all(d.leader, { [filter]: value, text: '路灯' })).map((row) => row.id), want, `${value}, by a word`)
      }
    assert.deepEqual(await all(d.leader, { call_back: 'waiting', sort: 'due' }), [], 'by due time there are open cases only')
    assert.deepEqual(faults(await d.leader.get('/cases', { query: { call_back: 'later', appeal: 'lost' } })), { call_back: 'not_a_choice', appeal: 'not_a_choice' })
  })

  it('are not shown to the reporter, nor found by them', async () => {
    const own = await closed({}, d.resident)
    assert.equal((await all(d.leader, { call_back: 'waiting' })).some((row) => row.id === own.id), true)
    const mine = (await all(d.resident)).find((row) => row.id === own.id)
    assert.deepEqual([mine.call_back, mine.appeal], [null, null])
    for (const query of [{ call_back: 'waiting' }, { appeal: 'upheld' }, { call_back: 'waiting', mine: 'reported' }])
      assert.deepEqual(await all(d.resident, query), [])
  })

  it('leave as a table with what was said', async () => {
    await must(worker, (await closed()).id, 'call_back', { reached: 'answered', solved: 'partly', stars: 4, contacted: 'no' })
    const answer = await d.leader.get('/cases/export', { query: { format: 'csv', call_back: 'answered' } })
    assert.equal(answer.status, 200, answer.text)
    const [head, ...lines] = answer.text.replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((line) => line.split(','))
    const at = (name) => head.indexOf(name)
    assert.equal(lines.length, (await all(d.leader, { call_back: 'answered' })).length)
    assert.ok(lines.every((line) => line[at('回访')] === '已答复' && ['已解决', '部分解决', '未解决'].includes(line[at('是否解决')]) && ['回访', '本人评价'].includes(line[at('依据')])))
    assert.ok(lines.some((line) => line[at('时限内联系')] === '否' && line[at('满意度')] === '4' && line[at('是否解决')] === '部分解决' && line[at('依据')] === '回访'))
    const book = await d.leader.get('/cases/export', { query: { format: 'xlsx', appeal: 'upheld' } })
    assert.equal(book.status, 200)
  })
})

/* The last, for the queue is long after it. */
describe('who waits', () => {
  it('is counted to a hundred in My work, and further in the queue', async () => {
    const shut = async () => {
      let one = await whole(await report())
      for (const [who, action, body] of [[d.secretary, 'accept'], [d.dispatcher, 'dispatch', { org: d.orgs.lighting }], [d.lamps, 'sign'], [d.lamps, 'handled', { result: '换了灯泡' }], [d.gridWorker, 'pass', { outcome: 'resolved' }]])
        one = await must(who, one.id, action, body, one.version)
    }
    const counted = async () => { const { call_backs, call_backs_capped } = ok(await worker.get('/cases/work')).counts; return [call_backs, call_backs_capped] }
    const { waiting } = await queue(worker)
    for (let left = 99 - waiting; left > 0; left -= 9) await Promise.all(Array.from({ length: Math.min(9, left) }, shut))
    assert.deepEqual(await counted(), [99, false])
    await shut()
    assert.deepEqual(await counted(), [100, true])
    await shut()
    assert.deepEqual(await counted(), [100, true])
    const { waiting: all, capped, items } = await queue(worker)
    assert.deepEqual([all, capped, items.length], [101, false, 50])
  })
})

const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
