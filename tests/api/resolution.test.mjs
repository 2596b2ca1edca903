/* Resolutions of an alliance: entered, corrected, told, carried out; and what is planned, read off the work. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const DAY = 86_400_000
let server, d, orgs, heads, anonymous, serial = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const org = async (kind, name, area_id, more) => fine(await d.admin.post('/orgs', { kind, name, area_id, ...more }), 201).id
  orgs = { office: await org('street_office', '东街办事处', d.areas.east), school: await org('school', '东街小学', d.areas.a, { public: true }), bank: await org('bank', '东街支行', d.areas.b), shop: await org('shop', '街角面馆', d.areas.a) }
  heads = {}
  for (const name of ['school', 'bank', 'shop']) heads[name] = await server.user({ role: 'org_head', unit: orgs[name], sign: `head_${name}`, name: `负责人${name}`, lang: 'zh-CN' })
  anonymous = server.client({ lang: 'zh-CN' })
})
after(() => server?.stop())

/** An alliance of the office, the school and the bank. */
async function founded(more) {
  const one = fine(await d.dispatcher.post('/alliances', { kind: 'complex', name: `联盟${++serial}`, area_id: d.areas.east, lead_id: orgs.office, from: Date.now() - 400 * DAY, public: true, ...more }), 201)
  for (const name of ['school', 'bank']) fine(await d.dispatcher.post(`/alliances/${one.id}/members`, { org_id: orgs[name], joined_at: Date.now() - 300 * DAY }))
  return one
}
const body = (more) => ({ title: `决议${++serial}`, decided_at: Date.now() - 10 * DAY, way: 'meeting', meeting: '第三次联席会议', org_ids: [orgs.school], due_at: Date.now() + 20 * DAY, ...more })
const entered = async (of, more) => fine(await d.dispatcher.post(`/alliances/${of.id}/resolutions`, body(more)), 201)
const seen = async (one, who = d.leader) => fine(await who.get(`/resolutions/${one.id}`))
const path = { done: (one) => `/resolutions/${one.id}/done`, drop: (one) => `/resolutions/${one.id}/drop`, reopen: (one) => `/resolutions/${one.id}/reopen`, remarks: (one) => `/resolutions/${one.id}/remarks` }
const act = (one, what, text, who = d.dispatcher, version) => who.post(path[what](one), text === undefined ? {} : { text }, { version })
const correct = (one, more, who = d.dispatcher, version = one.version) => who.request('PATCH', `/resolutions/${one.id}`, { body: { reason: '笔误', ...more }, version })
const told = async (who, one) => fine(await who.get('/notices', { query: { limit: 100 } })).items.filter((n) => n.object_id === one.id).map((n) => n.kind)
async function until(look) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((next) => setTimeout(next, 100))) if (await look()) return
  assert.fail('it did not come')
}

describe('entering', () => {
  test('keeps what was decided, and tells whoever takes it on', async () => {
    const of = await founded(), one = await entered(of, { text: '一、开放操场。\n二、周末为限。', org_ids: [orgs.school, orgs.bank], public: true })
    const { title, state, way, meeting, overdue, text, alliance_name, link, may_manage } = one
    assert.deepEqual({ state, way, meeting, overdue, text, alliance_name, link, may_manage }, { state: 'open', way: 'meeting', meeting: '第三次联席会议', overdue: false, text: '一、开放操场。\n二、周末为限。', alliance_name: of.name, link: null, may_manage: true })
    assert.deepEqual(one.orgs, [{ org_id: orgs.school, name: '东街小学' }, { org_id: orgs.bank, name: '东街支行' }])
    assert.deepEqual(one.entries.map((e) => [e.kind, e.before]), [['entered', null]])
    const listed = fine(await d.leader.get(`/alliances/${of.id}/resolutions`)).items
    assert.deepEqual(listed.map((x) => x.title), [title])
    for (const name of ['school', 'bank']) await until(async () => (await told(heads[name], one)).includes('resolution.taken'))
    assert.deepEqual(await told(heads.shop, one), [])
    assert.equal((await seen(one, heads.shop)).may_remark, false)
    assert.equal((await seen(one, heads.bank)).may_remark, true)
    assert.equal((await seen(one, heads.bank)).may_manage, false)
  })

  test('by circulation needs no meeting, nobody and no day', async () => {
    const of = await founded(), one = await entered(of, { way: 'circulation', meeting: '忘了删', org_ids: [], due_at: null })
    assert.deepEqual([one.meeting, one.due_at, one.orgs], [null, null, []])
  })

  test('twice with one key is once', async () => {
    const of = await founded(), what = body()
    const [a, b] = [fine(await d.dispatcher.post(`/alliances/${of.id}/resolutions`, what, { key: 'resolution-once' }), 201), fine(await d.dispatcher.post(`/alliances/${of.id}/resolutions`, what, { key: 'resolution-once' }), 201)]
    assert.equal(a.id, b.id)
    assert.equal(fine(await d.leader.get(`/alliances/${of.id}/resolutions`)).items.length, 1)
  })

  test('tells every fault by its field, and keeps nothing', async () => {
    const of = await founded(), post = (more) => d.dispatcher.post(`/alliances/${of.id}/resolutions`, body(more))
    assert.deepEqual(fields(await post({ meeting: ' ', decided_at: Date.now() + DAY, due_at: Date.now() - 30 * DAY, org_ids: [orgs.school, orgs.shop, orgs.school] })),
      { meeting: 'required', decided_at: 'time_in_future', due_at: 'period', 'org_ids[1]': 'not_member', 'org_ids[2]': 'twice' })
    assert.deepEqual(fields(await post({ decided_at: Date.now() - 500 * DAY, due_at: null })), { decided_at: 'period' })
    assert.deepEqual(fields(await post({ link_kind: 'project' })), { link_id: 'required' })
    assert.deepEqual(fields(await post({ link_id: '5' })), { link_kind: 'required' })
    assert.deepEqual(fields(await post({ link_kind: 'project', link_id: '5' })), { link_id: 'unknown_reference' })
    assert.deepEqual(fields(await post({ link_kind: 'case', link_id: '5' })), { link_kind: 'not_a_choice' })
    assert.deepEqual(fields(await d.dispatcher.post(`/alliances/${of.id}/resolutions`, {})), { title: 'required', decided_at: 'required', way: 'required' })
    assert.deepEqual(fields(await post({ title: '议'.repeat(201), way: 'shouting' })), { title: 'too_long', way: 'not_a_choice' })
    assert.deepEqual(fine(await d.leader.get(`/alliances/${of.id}/resolutions`)).items, [])
  })

  test('is for whoever manages the alliance, while it is at work', async () => {
    const of = await founded()
    for (const who of [d.secretary, heads.school]) refused(await who.post(`/alliances/${of.id}/resolutions`, body()), 403, 'not_allowed')
    refused(await d.dispatcher.post('/alliances/1/resolutions', body()), 404, 'not_found')
    const one = await entered(of)
    fine(await d.dispatcher.post(`/alliances/${of.id}/close`, { reason: '到期' }))
    refused(await d.dispatcher.post(`/alliances/${of.id}/resolutions`, body()), 409, 'alliance_ended')
    for (const what of ['done', 'drop', 'remarks']) refused(await act(one, what, '说一句'), 409, 'alliance_ended')
    refused(await correct(one, { title: '新' }), 409, 'alliance_ended')
    assert.equal((await seen(one, d.dispatcher)).may_manage, false)
  })

  test('names what it opened, for whoever may see it', async () => {
    const of = await founded()
    const project = fine(await d.dispatcher.post('/projects', { kind: 'secretary', title: '操场开放', unit_kind: 'area', unit_id: d.areas.east, area_id: d.areas.a }), 201)
    const need = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: '周末保安', category: 'food', quantity: 2, publish: true }), 201)
    const one = await entered(of, { link_kind: 'project', link_id: project.id })
    assert.deepEqual(one.link, { kind: 'project', id: project.id, title: '操场开放' })
    assert.deepEqual((await seen(one, heads.bank)).link, { kind: 'project', id: project.id, title: null })   // a draft is its own unit's
    assert.equal((await entered(of, { link_kind: 'need', link_id: need.id })).link.title, '周末保安')
  })
})

describe('correcting', () => {
  test('gives a reason, and what it was stays', async () => {
    const of = await founded(), one = await entered(of), due_at = one.due_at + DAY
    const next = fine(await correct(one, { title: '改过的', due_at, org_ids: [orgs.bank], reason: '会议纪要写错了' }))
    assert.deepEqual([next.title, next.due_at, next.orgs.map((o) => o.org_id), next.version], ['改过的', due_at, [orgs.bank], one.version + 1])
    assert.deepEqual([next.entries[0].kind, next.entries[0].text, next.entries[0].before], ['corrected', '会议纪要写错了', { title: one.title, org_ids: [orgs.school], due_at: one.due_at }])
    assert.deepEqual(next.entries.map((e) => e.kind), ['corrected', 'entered'])
    const audit = fine(await d.audit.get('/audit', { query: { object_id: one.id } })).items.find((row) => row.action === 'resolution.correct')
    assert.deepEqual([audit.detail.before.title, audit.detail.after.title], [one.title, '改过的'])
    await until(async () => (await told(heads.bank, one)).includes('resolution.corrected'))
  })

  test('to the same changes nothing', async () => {
    const one = await entered(await founded())
    const same = fine(await correct(one, { title: one.title }))
    assert.deepEqual([same.version, same.entries.length], [one.version, 1])
  })

  test('needs the version, a reason and the right', async () => {
    const one = await entered(await founded())
    refused(await d.dispatcher.request('PATCH', `/resolutions/${one.id}`, { body: { title: '新', reason: '笔误' } }), 428, 'version_needed')
    fine(await correct(one, { title: '新' }))
    refused(await correct(one, { title: '更新' }), 409, 'stale_version')
    const now = await seen(one)
    assert.deepEqual(fields(await correct(now, { reason: '' })), { reason: 'too_short' })
    assert.deepEqual(fields(await correct(now, { title: '', org_ids: [orgs.shop] })), { title: 'too_short' })
    assert.deepEqual(fields(await correct(now, { org_ids: [orgs.shop] })), { 'org_ids[0]': 'not_member' })
    refused(await correct(now, { title: '别人改' }, d.secretary), 403, 'not_allowed')
    assert.equal((await seen(one)).title, '新')
  })

  test('keeps a member that left', async () => {
    const of = await founded(), one = await entered(of, { org_ids: [orgs.school, orgs.bank] })
    const member = fine(await d.leader.get(`/alliances/${of.id}`)).members.find((m) => m.org_id === orgs.bank)
    fine(await d.dispatcher.post(`/alliances/${of.id}/members/${member.id}/leave`, { reason: '搬走了' }))
    const next = fine(await correct(one, { org_ids: [orgs.bank, orgs.school], title: '还在' }))
    assert.deepEqual(next.orgs.map((o) => o.org_id), [orgs.bank, orgs.school])
    assert.deepEqual(fields(await d.dispatcher.post(`/alliances/${of.id}/resolutions`, body({ org_ids: [orgs.bank] }))), { 'org_ids[0]': 'not_member' })
  })
})

describe('what becomes of it', () => {
  test('done, open again, dropped: each with its word, each told', async () => {
    const one = await entered(await founded())
    refused(await act(one, 'reopen', '没有停过'), 409, 'wrong_state')
    const done = fine(await act(one, 'done', '操场周末开放了'))
    assert.deepEqual([done.state, done.remark, done.ended_at > 0, done.overdue], ['done', '操场周末开放了', true, false])
    refused(await act(one, 'done'), 409, 'wrong_state')
    refused(await act(one, 'drop', '晚了'), 409, 'wrong_state')
    assert.deepEqual(fields(await act(one, 'reopen', undefined)), { text: 'required' })
    const again = fine(await act(one, 'reopen', '又关上了'))
    assert.deepEqual([again.state, again.remark, again.ended_at], ['open', null, null])
    assert.deepEqual(fields(await act(one, 'drop', undefined)), { text: 'required' })
    assert.deepEqual(fine(await act(one, 'drop', '学校改建')).entries.map((e) => [e.kind, e.text]),
      [['dropped', '学校改建'], ['reopened', '又关上了'], ['done', '操场周末开放了'], ['entered', null]])
    refused(await act(one, 'reopen', '再来', d.dispatcher, 1), 409, 'stale_version')
    refused(await act(one, 'reopen', '再来', heads.school), 403, 'not_allowed')
    await until(async () => (await told(heads.school, one)).length >= 4)
    assert.deepEqual((await told(heads.school, one)).sort(), ['resolution.done', 'resolution.dropped', 'resolution.reopened', 'resolution.taken'])
  })

  test('whoever takes it on says how it gets on', async () => {
    const of = await founded(), one = await entered(of)
    const next = fine(await act(one, 'remarks', '钥匙配好了', heads.school))
    assert.deepEqual(next.entries[0], { kind: 'remark', at: next.entries[0].at, who: '负责人school', org_name: '东街小学', text: '钥匙配好了', before: null })
    refused(await act(one, 'remarks', '我也说', heads.bank), 403, 'not_allowed')
    assert.deepEqual(fields(await act(one, 'remarks', undefined, heads.school)), { text: 'required' })
    await until(async () => (await told(d.dispatcher, one)).includes('resolution.told'))
    fine(await act(one, 'remarks', '再快一点'))
    await until(async () => (await told(heads.school, one)).includes('resolution.remark'))
  })

  test('the program tells before the day, when it is over, and no more once it is done', async () => {
    const of = await founded(), soon = await entered(of, { title: '快到期' }), late = await entered(of, { title: '逾期' }), over = await entered(of, { title: '办完了' })
    fine(await act(over, 'done'))
    const now = Date.now()
    // as if time had passed
    server.sql(`UPDATE resolution SET due_at = ${now + 6 * DAY}, next_at = ${now - DAY} WHERE id = ${soon.id}`)
    server.sql(`UPDATE resolution SET due_at = ${now - DAY}, next_at = ${now - DAY} WHERE id = ${late.id}`)
    server.sql(`UPDATE resolution SET due_at = ${now - DAY} WHERE id = ${over.id}`)
    server.sql(`DELETE FROM job WHERE kind = 'resolution.remind'`)
    await until(async () => (await told(heads.school, late)).includes('resolution.overdue'))
    await until(async () => (await told(heads.school, soon)).includes('resolution.due'))
    await until(async () => (await told(d.dispatcher, late)).includes('resolution.overdue'))   // whoever leads
    assert.ok(!(await told(d.dispatcher, soon)).includes('resolution.due'))
    assert.ok(!(await told(heads.school, over)).includes('resolution.overdue'))
    assert.equal((await seen(late)).overdue, true)
    assert.equal((await seen(over)).overdue, false)
    const next = (one) => Number(server.sql(`SELECT COALESCE(next_at, 0) FROM resolution WHERE id = ${one.id}`))
    assert.equal(next(soon), now + 6 * DAY)
    assert.equal(next(late), now + 6 * DAY)   // seven days after its day
    assert.equal(next(over), 0)
  })

  /* Nobody speaks for the office itself, so its word goes to whoever manages the area too; nor for the canteen, which is the school's. */
  test('everybody is told once, however many of those concerned they speak for', async () => {
    const canteen = fine(await d.admin.post('/orgs', { kind: 'shop', name: '东街小学食堂', area_id: d.areas.a, parent_id: orgs.school }), 201).id
    const of = await founded()
    fine(await d.dispatcher.post(`/alliances/${of.id}/members`, { org_id: canteen, joined_at: Date.now() - 300 * DAY }))
    const one = await entered(of, { org_ids: [orgs.school, canteen, orgs.office] })
    await until(async () => (await told(heads.school, one)).length > 0)
    server.sql(`UPDATE resolution SET due_at = ${Date.now() - DAY}, next_at = ${Date.now() - DAY} WHERE id = ${one.id}`)
    server.sql(`DELETE FROM job WHERE kind = 'resolution.remind'`)
    await until(async () => (await told(d.dispatcher, one)).includes('resolution.overdue'))
    assert.deepEqual(await told(heads.school, one), ['resolution.overdue', 'resolution.taken'])
    assert.deepEqual((await told(d.dispatcher, one)).filter((kind) => kind !== 'resolution.taken'), ['resolution.overdue'])
    fine(await act(one, 'remarks', '快了', heads.school))
    await until(async () => (await told(d.dispatcher, one)).includes('resolution.told'))
    assert.equal((await told(d.dispatcher, one)).filter((kind) => kind === 'resolution.told').length, 1)
  })

  test('those of an alliance are told a page at a time, of one state when asked', async () => {
    const of = await founded(), all = []
    for (let i = 0; i < 5; i++) all.unshift((await entered(of, { title: `第${i}件`, decided_at: Date.now() - (20 - (i >> 1)) * DAY })).title)
    fine(await act(fine(await d.leader.get(`/alliances/${of.id}/resolutions`)).items[1], 'done'))
    const pages = []
    for (let after; ;) {
      const page = fine(await d.leader.get(`/alliances/${of.id}/resolutions`, { query: { limit: 2, after } }))
      pages.push(...page.items.map((x) => x.title))
      if (!page.next) break
      after = page.next
    }
    assert.deepEqual(pages, all)
    assert.deepEqual(fine(await d.leader.get(`/alliances/${of.id}/resolutions`, { query: { state: 'done' } })).items.map((x) => x.title), [all[1]])
    assert.equal(fine(await d.leader.get(`/alliances/${of.id}/resolutions`, { query: { state: 'open' } })).items.length, 4)
    assert.deepEqual(fields(await d.leader.get(`/alliances/${of.id}/resolutions`, { query: { after: 'zzz' } })), { after: 'invalid' })
    refused(await d.leader.get('/alliances/1/resolutions'), 404, 'not_found')
    refused(await anonymous.get(`/alliances/${of.id}/resolutions`), 401, 'not_signed_in')
    refused(await anonymous.get('/resolutions/1'), 401, 'not_signed_in')
    refused(await d.leader.get('/resolutions/1'), 404, 'not_found')
  })
})

describe('what is planned', () => {
  const plan = async (of, who = d.leader, query) => fine(await who.get(`/alliances/${of.id}/plan`, { query }))
  const inForce = async (of, pledges) => {
    let it = fine(await heads.bank.post('/agreements', { kind: 'co_construction', title: `协议${++serial}`, text: '{parties}共建', keeper_id: orgs.bank, parties: [orgs.bank, orgs.school], alliance_id: of.id, begins_at: Date.now() - 40 * DAY, ends_at: Date.now() + 325 * DAY, review_months: 0, pledges }), 201)
    it = fine(await heads.bank.post(`/agreements/${it.id}/offer`, undefined, { version: it.version }))
    for (const name of ['bank', 'school']) it = fine(await heads[name].post(`/agreements/${it.id}/sign`, { org_id: orgs[name] }, { version: it.version }))
    return it
  }

  test('is read off resolutions, milestones, pledges, claims and needs, by day', async () => {
    const of = await founded(), other = await founded(), now = Date.now()
    const late = await entered(of, { due_at: now - DAY }), one = await entered(of, { due_at: now + 50 * DAY })
    await entered(of, { due_at: null })
    fine(await act(await entered(of, { due_at: now + DAY }), 'done'))
    await entered(other, { due_at: now + DAY })
    const it = await inForce(of, [{ org_id: orgs.bank, title: '年底送米', category: 'food', quantity: 5, due_at: now + 30 * DAY }, { org_id: orgs.school, title: '每月一课', category: 'legal', quantity: 1, rhythm: 'monthly' }])
    const project = fine(await d.dispatcher.post('/projects', { kind: 'secretary', title: '护学岗', unit_kind: 'area', unit_id: d.areas.east, area_id: d.areas.a }), 201)
    fine(await d.dispatcher.post(`/projects/${project.id}/sources`, { org_id: orgs.bank, promised: 100, note: '赞助' }))
    fine(await d.dispatcher.post(`/projects/${project.id}/milestones`, { title: '买背心', due_at: now + 10 * DAY }))
    assert.ok(!(await plan(of)).items.some((x) => x.kind === 'milestone'))   // a draft is its own unit's
    fine(await d.dispatcher.post(`/projects/${project.id}/plan`))
    const need = fine(await heads.school.post('/needs', { unit_kind: 'org', unit_id: orgs.school, title: '要十把伞', category: 'food', quantity: 10, ends_at: now + 20 * DAY, publish: true }), 201)
    const claim = fine(await heads.bank.post(`/needs/${need.id}/claims`, { org_id: orgs.bank, quantity: 4, due_at: now + 15 * DAY }), 201).claims.at(-1)
    const got = await plan(of)
    const lines = (x) => [x.kind, x.title, x.overdue]
    assert.deepEqual(got.items.filter((x) => x.title !== '每月一课').map(lines), [
      ['resolution', late.title, true], ['milestone', '买背心', false], ['claim', '要十把伞', false], ['need', '要十把伞', false], ['pledge', '年底送米', false], ['resolution', one.title, false],
    ])
    assert.deepEqual(got.items.filter((x) => x.title === '每月一课').map(lines), [['pledge', '每月一课', false]])
    assert.deepEqual([got.overdue, got.more, got.items.length], [1, false, 7])
    assert.deepEqual(got.items.map((x) => x.at), got.items.map((x) => x.at).sort((a, b) => a - b))
    const line = (kind, title) => got.items.find((x) => x.kind === kind && (!title || x.title === title))
    assert.deepEqual([line('pledge').of_id, line('pledge', '年底送米').of_title, line('pledge', '年底送米').orgs], [it.id, it.title, [{ org_id: orgs.bank, name: '东街支行' }]])
    assert.deepEqual([line('milestone').of_id, line('milestone').of_title], [project.id, '护学岗'])
    assert.deepEqual([line('claim').id, line('claim').of_id, line('claim').orgs[0].org_id], [claim.id, need.id, orgs.bank])
    assert.deepEqual((await plan(of, d.leader, { until: now + 12 * DAY })).items.map((x) => x.kind).filter((k) => k !== 'pledge'), ['resolution', 'milestone'])
    // the other alliance has the same members, and neither those pledges nor those resolutions
    assert.deepEqual(new Set((await plan(other)).items.map((x) => x.kind)), new Set(['resolution', 'milestone', 'claim', 'need']))
    refused(await d.leader.get('/alliances/1/plan'), 404, 'not_found')
    refused(await anonymous.get(`/alliances/${of.id}/plan`), 401, 'not_signed_in')
  })

  test('what is done is planned no more', async () => {
    const of = await founded(), now = Date.now()
    const it = await inForce(of, [{ org_id: orgs.bank, title: '送米', category: 'food', quantity: 2, due_at: now + 30 * DAY }])
    const need = fine(await heads.school.post('/needs', { unit_kind: 'org', unit_id: orgs.school, title: '米', category: 'food', quantity: 2, ends_at: now + 20 * DAY, publish: true }), 201)
    const mine = async () => (await plan(of)).items.filter((x) => x.of_id === it.id || x.of_id === need.id).map((x) => x.kind)
    assert.deepEqual(await mine(), ['need', 'pledge'])
    const claim = fine(await heads.bank.post(`/needs/${need.id}/claims`, { org_id: orgs.bank, quantity: 2, due_at: now + 15 * DAY }), 201).claims.at(-1)
    assert.deepEqual(await mine(), ['claim', 'pledge'])   // nothing of the need is sought any more
    fine(await heads.bank.post(`/claims/${claim.id}/done`, { text: '送到了' }))
    assert.deepEqual(await mine(), ['pledge'])
    fine(await heads.school.post(`/claims/${claim.id}/confirm`, { rating: 5 }))
    assert.deepEqual(await mine(), [])
  })
})

describe('for residents', () => {
  test('there is what is public, of an alliance that is', async () => {
    const of = await founded(), hidden = await founded({ public: false }), now = Date.now()
    const shown = await entered(of, { public: true, org_ids: [orgs.school, orgs.bank], text: '全文' })
    await entered(of, { public: false })
    await entered(hidden, { public: true })
    const list = fine(await anonymous.get(`/public/alliances/${of.id}/resolutions`)).items
    assert.deepEqual(list.map((x) => [x.title, x.text, x.orgs.map((o) => o.name)]), [[shown.title, '全文', ['东街小学']]])   // the bank is not public
    assert.deepEqual(Object.keys(list[0]).sort(), ['decided_at', 'due_at', 'ended_at', 'id', 'meeting', 'orgs', 'overdue', 'state', 'text', 'title', 'way'])
    fine(await heads.school.post('/needs', { unit_kind: 'org', unit_id: orgs.school, title: '公开的需求', category: 'food', quantity: 1, ends_at: now + 5 * DAY, publish: true, public: true }), 201)
    fine(await heads.school.post('/needs', { unit_kind: 'org', unit_id: orgs.school, title: '内部的需求', category: 'food', quantity: 1, ends_at: now + 5 * DAY, publish: true }), 201)
    const plan = fine(await anonymous.get(`/public/alliances/${of.id}/plan`)).items
    assert.ok(plan.some((x) => x.title === shown.title) && plan.some((x) => x.title === '公开的需求'))
    assert.ok(!plan.some((x) => x.title === '内部的需求' || x.kind === 'claim' || x.kind === 'pledge'))
    for (const what of ['resolutions', 'plan']) refused(await anonymous.get(`/public/alliances/${hidden.id}/${what}`), 404, 'not_found')
    fine(await d.dispatcher.post(`/alliances/${of.id}/close`, { reason: '到期' }))
    for (const what of ['resolutions', 'plan']) refused(await anonymous.get(`/public/alliances/${of.id}/${what}`), 404, 'not_found')
  })
})

describe('an organisation', () => {
  test('that takes on open ones is not closed, and hands them over when it is merged', async () => {
    const org = async (name) => fine(await d.admin.post('/orgs', { kind: 'shop', name, area_id: d.areas.a }), 201).id
    const of = await founded(), from = await org('小店'), into = await org('大店')
    for (const id of [from, into]) fine(await d.dispatcher.post(`/alliances/${of.id}/members`, { org_id: id, joined_at: Date.now() - 100 * DAY }))
    const one = await entered(of, { org_ids: [from, orgs.school] }), both = await entered(of, { org_ids: [from, into] }), done = await entered(of, { org_ids: [from] })
    fine(await act(done, 'done'))
    assert.deepEqual(fine(await d.admin.get(`/orgs/${from}/holds`)).items.find((x) => x.what === 'resolutions'), { what: 'resolutions', count: 2, holds: true })
    refused(await d.admin.post(`/orgs/${from}/close`), 409, 'still_in_use')
    const version = fine(await d.admin.get(`/orgs/${from}`)).version
    fine(await d.admin.post(`/orgs/${from}/merge`, { into, reason: '合并' }, { version }))
    assert.deepEqual((await seen(one)).orgs.map((o) => o.org_id), [into, orgs.school])
    assert.deepEqual((await seen(both)).orgs.map((o) => o.org_id), [into])
    assert.deepEqual((await seen(done)).orgs.map((o) => o.org_id), [from])   // what was stays
  })
})

test('the audit record is whole', async () => {
  await server.must('audit', 'verify')
})
