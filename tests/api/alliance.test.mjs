/* Alliances: founded, joined, led, left; what they did together; and that being a member gives nobody any right. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { onPostgres } from './support/database.mjs'
import { fields, fine, outside, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'
import { xlsx } from './support/xlsx.mjs'

const DAY = 86_400_000
let server, d, orgs, serial = 0

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const org = async (kind, name, area_id, more) => fine(await d.admin.post('/orgs', { kind, name, area_id, ...more }), 201).id
  orgs = {
    ...d.orgs,
    office: await org('street_office', '东街办事处', d.areas.east),
    school: await org('school', '东街小学', d.areas.a, { public: true }),
    bank: await org('bank', '东街支行', d.areas.b, { code: '91350211M000100Y43' }),
    shop: await org('shop', '街角面馆', d.areas.a),
    gone: await org('shop', '关门的店', d.areas.a),
    twin: await org('shop', '同名店', d.areas.a),
  }
  await org('shop', '同名店', d.areas.b)
  fine(await d.admin.post(`/orgs/${orgs.gone}/close`))
})
after(() => server?.stop())

const body = (more) => ({ kind: 'complex', name: `联盟${++serial}`, area_id: d.areas.east, lead_id: orgs.office, from: Date.now() - 400 * DAY, ...more })
const found = async (more, who = d.dispatcher) => fine(await who.post('/alliances', body(more)), 201)
const seen = async (one, who = d.leader) => fine(await who.get(`/alliances/${one.id}`))
const join = (one, org_id, more, who = d.dispatcher) => who.post(`/alliances/${one.id}/members`, { org_id, ...more })
const memberOf = (view, org) => view.members.find((m) => m.org_id === org && !m.left_at)
const steps = {
  role: (one, member) => `/alliances/${one.id}/members/${member.id}/role`,
  leave: (one, member) => `/alliances/${one.id}/members/${member.id}/leave`,
}
const act = (one, member, what, of, who = d.dispatcher) => who.post(steps[what](one, member), of)

describe('founding', () => {
  test('with area, lead and charter; the level is that of the area', async () => {
    const made = await found({ name: '银街商圈党建综合体', brand: '银街 红盟', charter: '第一条\n共建共享。' })
    assert.deepEqual([made.level, made.area_name, made.lead_name, made.members.length, made.may_manage, made.version],
      ['street', '东街', '东街办事处', 1, true, 1])
    assert.deepEqual([made.members[0].role, made.members[0].org_kind, made.members[0].left_at], ['lead', 'street_office', null])
    assert.deepEqual(made.charters.map((c) => [c.text, c.in_force]), [['第一条\n共建共享。', true]])
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'alliance' } })).items
    assert.deepEqual(rows.filter((row) => row.object_id === made.id).map((row) => row.action), ['alliance.create'])
  })

  test('the same request again makes nothing twice', async () => {
    const what = body()
    const a = fine(await d.dispatcher.post('/alliances', what, { key: 'alliance-once-1' }), 201)
    const b = fine(await d.dispatcher.post('/alliances', what, { key: 'alliance-once-1' }), 201)
    assert.equal(a.id, b.id)
  })

  const bad = [
    ['nothing', () => ({ name: undefined, kind: undefined, area_id: undefined, lead_id: undefined }), { name: 'required', kind: 'required', area_id: 'required', lead_id: 'required' }],
    ['a kind that is none', () => ({ kind: 'club' }), { kind: 'not_a_choice' }],
    ['an area that is none', () => ({ area_id: '12345' }), { area_id: 'unknown_reference' }],
    ['a lead that is none', () => ({ lead_id: '12345' }), { lead_id: 'unknown_reference' }],
    ['a lead that has closed', () => ({ lead_id: orgs.gone }), { lead_id: 'org_closed' }],
    ['tomorrow', () => ({ from: Date.now() + DAY }), { from: 'time_in_future' }],
    ['an alliance above that is none', () => ({ parent_id: '12345' }), { parent_id: 'unknown_reference' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => {
      const answer = await d.admin.post('/alliances', body(more()))
      assert.equal(answer.status, 422, answer.text)
      assert.deepEqual(fields(answer), want)
    })

  test('is for whoever manages alliances at its area or at the organisation that leads', async () => {
    for (const who of [d.gridWorker, d.lamps, d.leader, d.audit]) refused(await who.post('/alliances', body()), 403, 'not_allowed')
    refused(await d.secretary.post('/alliances', body()), 403, 'not_allowed')
    refused(await server.client().post('/alliances', body()), 401, 'not_signed_in')
    await found({ area_id: d.areas.a }, d.secretary)
    const own = await server.user({ role: 'community_secretary', unit: orgs.office, sign: 'office_secretary' })
    await found({}, own)
    refused(await own.post('/alliances', body({ lead_id: orgs.school })), 403, 'not_allowed')
  })
})

describe('levels', () => {
  test('are linked: the alliance above is for a larger area that holds this one', async () => {
    const district = await found({ kind: 'joint_conference', area_id: d.root, name: '区联席会' }, d.admin)
    const street = await found({ kind: 'joint_conference', parent_id: district.id, name: '东街联席会' }, d.admin)
    const community = await found({ kind: 'joint_conference', area_id: d.areas.a, parent_id: street.id, name: '甲社区联席会' }, d.admin)
    const view = await seen(street)
    assert.deepEqual([view.parent.name, view.children.map((one) => one.name), community.level], ['区联席会', ['甲社区联席会'], 'community'])
    const change = (one, more, version = one.version) => d.admin.request('PATCH', `/alliances/${one.id}`, { body: more, version })
    for (const [one, parent_id, code] of [[district, community.id, 'cycle'], [street, street.id, 'cycle']]) {
      const answer = await change(one, { parent_id })
      assert.deepEqual([answer.status, fields(answer)], [422, { parent_id: code }])
    }
    const west = await found({ area_id: d.areas.west }, d.admin)
    for (const parent_id of [west.id, community.id]) {
      const answer = await d.admin.post('/alliances', body({ area_id: d.areas.b, parent_id }))
      assert.deepEqual([answer.status, fields(answer)], [422, { parent_id: 'level' }])
    }
    const moved = await change(street, { area_id: d.areas.west })
    assert.deepEqual(fields(moved), { area_id: 'level' })
    refused(await d.admin.post(`/alliances/${street.id}/close`, { reason: '合并' }), 409, 'still_in_use')
    const freed = fine(await change(community, { parent_id: null }))
    assert.equal(freed.parent, null)
    const ended = fine(await d.admin.post(`/alliances/${street.id}/close`, { reason: '合并到区联席会' }))
    assert.deepEqual([ended.valid_to > 0, ended.end_reason, ended.may_manage, ended.members[0].ended], [true, '合并到区联席会', false, 'alliance'])
    refused(await join(ended, orgs.school, {}, d.admin), 409, 'alliance_ended')
    const late = await change(freed, { parent_id: street.id })
    assert.deepEqual(fields(late), { parent_id: 'alliance_ended' })
  })
})

describe('lists', () => {
  test('by words, kind, level, area, member', async () => {
    const one = await found({ name: '湖畔商圈党委', brand: '暖湖行动', kind: 'district_committee' })
    fine(await join(one, orgs.bank))
    const names = async (query) => fine(await d.gridWorker.get('/alliances', { query })).items.map((item) => item.name)
    assert.deepEqual(await names({ text: '湖畔' }), ['湖畔商圈党委'])
    assert.deepEqual(await names({ text: '暖湖' }), ['湖畔商圈党委'])
    assert.deepEqual(await names({ org: orgs.bank }), ['湖畔商圈党委'])
    assert.ok((await names({ level: 'street', area: d.areas.east })).includes('湖畔商圈党委'))
    assert.deepEqual(await names({ kind: 'district_committee', level: 'community' }), [])
    assert.deepEqual(await names({ text: '湖畔', area: d.areas.west }), [])
    refused(await d.gridWorker.get('/alliances', { query: { level: 'planet' } }), 422, 'invalid', 'level')
    refused(await d.resident.get('/alliances'), 403, 'not_allowed')
    assert.deepEqual(fine(await d.gridWorker.get('/alliances/choices')).roles.map((role) => role.code), ['lead', 'deputy', 'member', 'adviser'])
  })
})

describe('members', () => {
  test('join, change role, leave with a reason; what was is kept', async () => {
    const one = await found()
    fine(await join(one, orgs.school, { role: 'deputy', joined_at: Date.now() - 300 * DAY }))
    let view = fine(await join(one, orgs.shop))
    assert.equal(view.members.length, 3)
    view = fine(await act(one, memberOf(view, orgs.school), 'role', { role: 'adviser', at: Date.now() - 100 * DAY }))
    assert.deepEqual(view.members.filter((m) => m.org_id === orgs.school).map((m) => [m.role, m.ended]), [['adviser', null], ['deputy', 'role']])
    view = fine(await act(one, memberOf(view, orgs.school), 'leave', { reason: '学校搬走了', at: Date.now() - 50 * DAY }))
    const past = view.members.filter((m) => m.org_id === orgs.school)
    assert.deepEqual(past.map((m) => [m.role, m.ended, m.reason]), [['deputy', 'role', null], ['adviser', 'left', '学校搬走了']])
    assert.equal(past[0].left_at, past[1].joined_at)
    view = fine(await join(one, orgs.school))
    assert.equal(view.members.filter((m) => m.org_id === orgs.school).length, 3)
  })

  test('the lead is always a member: another takes over, and only then may it go', async () => {
    const one = await found()
    let view = fine(await join(one, orgs.school))
    refused(await act(one, memberOf(view, orgs.office), 'leave', { reason: '不干了' }), 409, 'lead_needed')
    refused(await act(one, memberOf(view, orgs.office), 'role', { role: 'member' }), 409, 'lead_needed', 'role')
    view = fine(await act(one, memberOf(view, orgs.school), 'role', { role: 'lead', former: 'deputy' }))
    assert.deepEqual([view.lead_name, memberOf(view, orgs.office).role, memberOf(view, orgs.school).role], ['东街小学', 'deputy', 'lead'])
    view = fine(await join(one, orgs.bank, { role: 'lead' }))
    assert.deepEqual([view.lead_name, memberOf(view, orgs.school).role], ['东街支行', 'member'])
    assert.equal(view.members.filter((m) => m.role === 'lead' && !m.left_at).length, 1)
    fine(await act(one, memberOf(view, orgs.office), 'leave', { reason: '机构调整' }))
  })

  test('what does not fit is refused, each by its field', async () => {
    const one = await found({ from: Date.now() - 10 * DAY })
    const view = fine(await join(one, orgs.school, { joined_at: Date.now() - 5 * DAY }))
    refused(await join(one, orgs.school), 409, 'member_twice', 'org_id')
    refused(await join(one, orgs.school, { joined_at: Date.now() - 7 * DAY }), 409, 'member_twice', 'org_id')
    for (const [org, more, want] of [
      [orgs.gone, {}, { org_id: 'org_closed' }],
      ['12345', {}, { org_id: 'unknown_reference' }],
      [orgs.bank, { role: 'boss' }, { role: 'not_a_choice' }],
      [orgs.bank, { joined_at: Date.now() + DAY }, { joined_at: 'time_in_future' }],
      [orgs.bank, { joined_at: Date.now() - 11 * DAY }, { joined_at: 'period' }],
    ]) {
      const answer = await join(one, org, more)
      assert.deepEqual([answer.status, fields(answer)], [422, want])
    }
    const member = memberOf(view, orgs.school)
    assert.deepEqual(fields(await act(one, member, 'leave', { reason: '早', at: Date.now() - 6 * DAY })), { at: 'period' })
    assert.deepEqual(fields(await act(one, member, 'leave', { reason: '晚', at: Date.now() + DAY })), { at: 'time_in_future' })
    assert.deepEqual(fields(await act(one, member, 'leave', {})), { reason: 'required' })
    assert.deepEqual(fields(await act(one, member, 'role', { role: 'lead', former: 'lead' })), { former: 'not_a_choice' })
    refused(await act(one, member, 'role', { role: 'member' }), 409, 'wrong_state', 'role')
    refused(await act(one, { id: '12345' }, 'leave', { reason: '没有' }), 404, 'not_found')
    const left = fine(await act(one, member, 'leave', { reason: '搬走' }))
    refused(await act(one, member, 'leave', { reason: '又走' }), 409, 'wrong_state')
    const early = await d.dispatcher.request('PATCH', `/alliances/${one.id}`, { body: { from: Date.now() - DAY }, version: left.version })
    assert.deepEqual(fields(early), { from: 'period' })
  })

  test('are changed only by who manages the alliance, on the version they read', async () => {
    const one = await found()
    for (const who of [d.secretary, d.otherSecretary, d.gridWorker]) refused(await join(one, orgs.school, {}, who), 403, 'not_allowed')
    refused(await d.dispatcher.post(`/alliances/${one.id}/members`, { org_id: orgs.school }, { version: 7 }), 409, 'stale_version')
    refused(await d.dispatcher.request('PATCH', `/alliances/${one.id}`, { body: { name: '新名' } }), 428, 'version_needed')
    const there = await found({ area_id: d.areas.a, lead_id: orgs.lighting }, d.secretary)
    refused(await d.secretary.request('PATCH', `/alliances/${there.id}`, { body: { area_id: d.areas.b }, version: 1 }), 403, 'not_allowed')
  })
})

describe('the charter', () => {
  test('has versions: the latest that has begun is in force', async () => {
    const one = await found({ charter: '甲' })
    const add = (text, from) => d.dispatcher.post(`/alliances/${one.id}/charters`, { text, from })
    fine(await add('乙', Date.now() - DAY))
    const view = fine(await add('丙', Date.now() + 30 * DAY))
    assert.deepEqual(view.charters.map((c) => [c.text, c.in_force]), [['丙', false], ['乙', true], ['甲', false]])
    refused(await add('丁'), 409, 'charter_order', 'from')
    refused(await add('戊', Date.now() - 900 * DAY), 422, 'period', 'from')
    refused(await add(''), 422, 'invalid', 'text')
  })
})

describe('a sheet of members', () => {
  const send = (one, text, query, who = d.dispatcher) =>
    who.request('POST', `/alliances/${one.id}/members/import`, { query, body: text, type: 'text/csv' })

  test('is shown first, then all join at once', async () => {
    const names = []
    for (let i = 0; i < 17; i++) {
      names.push(`成员单位${i + 1}`)
      fine(await d.admin.post('/orgs', { kind: 'enterprise', name: `成员单位${i + 1}`, area_id: d.areas.a }), 201)
    }
    const one = await found()
    const sheet = '﻿单位,角色,加入日期\r\n' + names.map((name, i) => `${name},${i ? '' : '副牵头'},2026-0${i % 9 + 1}-05`).join('\r\n')
    const preview = fine(await send(one, sheet, { dry_run: true }))
    assert.deepEqual([preview.good, preview.bad, preview.done], [17, 0, false])
    assert.equal((await seen(one)).members.length, 1)
    const done = fine(await send(one, sheet))
    assert.deepEqual([done.good, done.done], [17, true])
    const view = await seen(one)
    assert.equal(view.members.length, 18)
    assert.deepEqual(view.members.filter((m) => m.role === 'deputy').map((m) => m.org_name), ['成员单位1'])
    const again = fine(await send(one, sheet))
    assert.deepEqual([again.bad, again.done, again.rows[0].errors.map((e) => [e.field, e.code])], [17, false, [['org_id', 'member_twice']]])
  })

  test('may be a workbook', async () => {
    const seen = fine(await send(await found(), xlsx([['单位', '角色'], ['成员单位1', '副牵头']]), { dry_run: true }))
    assert.deepEqual([seen.good, seen.bad, seen.rows[0].role], [1, 0, 'deputy'])
  })

  test('with one bad row nobody joins, and each fault is named', async () => {
    const one = await found({ from: Date.UTC(2024, 0, 1) })
    const sheet = 'organisation,code,role,joined\n东街小学,,adviser,2024-03-01\n,91350211M000100Y43,,\n不认识,,,\n同名店,,,\n街角面馆,,董事长,\n关门的店,,,\n东街小学,,,\n路灯所,,牵头,\n排水所,,,2024-02-31\n,,adviser,\n,,,\n甲社区居委会,,,2023-12-01\n'
    const report = fine(await send(one, sheet))
    assert.equal(report.done, false)
    assert.deepEqual(report.rows.map((row) => row.errors.map((e) => `${e.field} ${e.code}`).join()), [
      '', '', 'org_id unknown_reference', 'org_id several', 'role not_a_choice', 'org_id unknown_reference', 'org_id member_twice', 'role lead_by_hand',
      'joined_at invalid', 'org_id required', 'joined_at period',
    ])
    assert.equal(report.rows[1].org_name, '东街支行')
    assert.equal((await seen(one)).members.length, 1)
  })

  test('needs a column for the organisation, and the right', async () => {
    const one = await found()
    refused(await send(one, 'name,role\nx,y\n'), 422, 'mapping')
    refused(await send(one, '', { dry_run: true }), 422, 'csv')
    refused(await send(one, '单位\n东街小学\n', {}, d.secretary), 403, 'not_allowed')
  })
})

describe('joint work', () => {
  let one, caseId
  const version = async () => fine(await d.secretary.get(`/cases/${caseId}`)).version
  const step = async (who, name, of) => fine(await who.post(`/cases/${caseId}/${name}`, of ?? {}, { version: await version() }))

  before(async () => {
    one = await found({ name: '一起做事', area_id: d.areas.a, lead_id: orgs.committee, public: true, charter: '一起做事的章程' }, d.secretary)
    for (const org of [orgs.lighting, orgs.drainage]) fine(await join(one, org, { joined_at: Date.now() - DAY }, d.secretary))
    fine(await join(one, orgs.school, {}, d.secretary))
    caseId = fine(await d.resident.post('/cases', { text: '楼道漏水，电井进水', at: inGrid(1), category: d.category('路灯异常').id }), 201).id
    await step(d.secretary, 'accept')
    await step(d.secretary, 'dispatch', { org: orgs.lighting })
    await step(d.lamps, 'sign')
    const called = await step(d.secretary, 'whistle', { orgs: [orgs.drainage, orgs.committee], ask: '请到现场' })
    const task = called.called.find((t) => t.org_id === orgs.drainage)
    fine(await d.drains.post(`/cases/${caseId}/tasks/${task.id}/receive`, {}))
    fine(await d.drains.post(`/cases/${caseId}/tasks/${task.id}/answer`, { spoke_to: '书记', done: '抽了水', done_by: Date.now() + DAY }))
  })

  const network = async (query, who = d.leader) => fine(await who.get('/network', { query }))
  const edgesOf = (n) => n.edges.map((e) => [[n.nodes[e.a].name, n.nodes[e.b].name].sort().join('–'), e.calls, e.answered, e.cases]).sort()

  test('is drawn from the calls and the shared cases', async () => {
    const n = await network({ alliance: one.id })
    assert.deepEqual(n.nodes.map((node) => node.name).sort(), ['东街小学', '排水所', '甲社区居委会', '路灯所'])
    const work = edgesOf(n).filter(([, calls, , cases]) => calls || cases)
    assert.deepEqual(work, [['排水所–路灯所', 1, 1, 0], ['甲社区居委会–路灯所', 1, 0, 0]])
    assert.deepEqual([n.calls, n.answered, n.open, n.cases], [2, 1, 1, 0])
    assert.ok(n.edges.every((e) => e.alliances === 1))
    assert.equal(n.edges.length, 6)
  })

  test('by area: its own organisations and whom they worked with; by period', async () => {
    const n = await network({ area: d.areas.a })
    assert.ok(edgesOf(n).some(([pair, calls]) => pair === '甲社区居委会–路灯所' && calls === 1))
    assert.ok(!edgesOf(n).some(([pair]) => pair === '排水所–路灯所'))
    assert.equal((await network({ alliance: one.id, from: Date.now() - 9 * DAY, to: Date.now() - 8 * DAY })).calls, 0)
    refused(await d.leader.get('/network', { query: { from: 5, to: 5 } }), 422, 'period', 'to')
    refused(await d.leader.get('/network', { query: { alliance: '12345' } }), 404, 'not_found')
    refused(await d.resident.get('/network'), 403, 'not_allowed')
  })

  test('each figure opens its cases, as far as the caller may see them', async () => {
    const cases = async (who, query) => fine(await who.get('/network/cases', { query }))
    const pair = { org: orgs.lighting, other: orgs.drainage }
    assert.deepEqual([(await cases(d.leader, pair)).items.map((c) => c.id), (await cases(d.leader, pair)).hidden], [[caseId], 0])
    const stranger = await cases(d.otherSecretary, pair)
    assert.deepEqual([stranger.items, stranger.total, stranger.hidden], [[], 1, 1])
    assert.equal((await cases(d.leader, { alliance: one.id, open: true })).total, 1)
    assert.equal((await cases(d.leader, { ...pair, shared: true })).total, 0)
    assert.equal((await cases(d.leader, { org: orgs.school })).total, 0)
  })

  test('counts as shared once it was handled', async () => {
    const task = fine(await d.leader.get(`/cases/${caseId}`)).called.find((t) => t.org_id === orgs.committee)
    fine(await d.dispatcher.post(`/cases/${caseId}/tasks/${task.id}/overrule`, { reason: '不必再等' }))
    await step(d.lamps, 'handled', { result: '修好了' })
    const n = await network({ alliance: one.id })
    assert.deepEqual([n.cases, n.open], [1, 0])
    const view = fine(await server.client().get(`/public/alliances/${one.id}`))
    assert.deepEqual([view.cases, view.calls, view.answered], [1, 2, 1])
  })

  test('a member gets no right on another member’s things', async () => {
    const teacher = await server.user({ role: 'department_handler', unit: orgs.school, sign: 'teacher' })
    refused(await teacher.get(`/cases/${caseId}`), 404, 'not_found')
    assert.deepEqual(fine(await teacher.get('/cases')).items, [])
    const behind = fine(await teacher.get('/network/cases', { query: { alliance: one.id } }))
    assert.deepEqual([behind.items, behind.hidden], [[], 1])
    refused(await join(one, orgs.bank, {}, teacher), 403, 'not_allowed')
    const head = await server.user({ role: 'community_secretary', unit: orgs.school, sign: 'school_head' })
    refused(await join(one, orgs.bank, {}, head), 403, 'not_allowed')
    refused(await head.get(`/cases/${caseId}`), 404, 'not_found')
    /* Leading it lets them manage the alliance, and nothing else. */
    const view = await seen(one)
    fine(await act(one, memberOf(view, orgs.school), 'role', { role: 'lead' }, d.secretary))
    fine(await join(one, orgs.bank, {}, head))
    refused(await head.get(`/cases/${caseId}`), 404, 'not_found')
    refused(await head.post(`/orgs/${orgs.lighting}/close`), 403, 'not_allowed')
  })

  test('residents see a public alliance and its public members, no person and no case', async () => {
    const client = server.client()
    const listed = fine(await client.get('/public/alliances')).items
    assert.deepEqual(listed.map((item) => item.name), ['一起做事'])
    const view = fine(await client.get(`/public/alliances/${one.id}`))
    assert.deepEqual([view.organisations.map((m) => m.name), view.members, view.charter, view.kind_zh], [['东街小学'], 5, '一起做事的章程', '党建综合体'])
    assert.ok(!JSON.stringify(view).includes(caseId))
    const hidden = await found()
    refused(await client.get(`/public/alliances/${hidden.id}`), 404, 'not_found')
    refused(await client.get('/public/alliances/12345'), 404, 'not_found')
  })

  test('one statement for the calls, whatever their number', () => {
    if (onPostgres) return   // its plans depend on how much there is
    const plan = outside(server, "EXPLAIN QUERY PLAN SELECT case_id FROM case_task WHERE tenant_id = 1 AND called_at >= 1 AND called_at < 2")
    assert.match(plan, /case_task_called/)
  })
})
