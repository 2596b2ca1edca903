/* Needs and resources: asked, offered, matched, taken on, kept or not; nothing is promised twice, also when many ask at once. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const HOUR = 3_600_000, DAY = 24 * HOUR
let server, d, orgs, giver, other, serial = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const org = async (kind, name, area_id, more) => fine(await d.admin.post('/orgs', { kind, name, area_id, ...more }), 201).id
  orgs = { ...d.orgs, bank: await org('bank', '东街支行', d.areas.a), school: await org('school', '东街小学', d.areas.b), far: await org('association', '西街义工', d.areas.c), shut: await org('shop', '关门的店', d.areas.a) }
  fine(await d.admin.post(`/orgs/${orgs.shut}/close`))
  giver = await server.user({ role: 'department_handler', unit: orgs.bank, sign: 'giver_bank', name: '支行小李', lang: 'zh-CN' })
  other = await server.user({ role: 'department_handler', unit: orgs.school, sign: 'giver_school', name: '学校小王', lang: 'zh-CN' })
})
after(() => server?.stop())

const needOf = (more) => ({ unit_kind: 'area', unit_id: d.areas.a, title: `需求${++serial}`, category: 'goods', quantity: 10, unit: '份', publish: true, ...more })
const asked = async (more, who = d.secretary) => fine(await who.post('/needs', needOf(more)), 201)
const offerOf = (more) => ({ org_id: orgs.bank, title: `资源${++serial}`, category: 'goods', quantity: 10, unit: '份', ...more })
const offered = async (more, who = giver) => fine(await who.post('/resources', offerOf(more)), 201)
const take = (need, more, who = giver) => who.post(`/needs/${need.id}/claims`, { org_id: orgs.bank, quantity: 1, due_at: Date.now() + DAY, ...more })
const taken = async (need, more, who) => fine(await take(need, more, who), 201)
const seen = async (need, who = d.leader) => fine(await who.get(`/needs/${need.id}`))
const resource = async (id) => fine(await d.leader.get(`/resources/${id}`))
const done = async (claim, who = giver) => fine(await who.post(`/claims/${claim.id}/done`, { text: '送到了' }))
const confirm = (claim, more, who = d.secretary) => who.post(`/claims/${claim.id}/confirm`, { rating: 5, ...more })
const until = (at) => new Promise((resolve) => setTimeout(resolve, at - Date.now() + 20))

describe('a need', () => {
  test('is drafted, seen by its own unit alone, published, and seen by all who work', async () => {
    const draft = await asked({ publish: false, text: '楼里要一台轮椅\n短期借用', met_when: '老人能下楼', helps: 3, urgency: 'soon', at: inGrid(1) })
    assert.deepEqual([draft.state, draft.area_name, draft.unit_name, draft.urgency, draft.may_manage, draft.version], ['draft', '甲社区', '甲社区', 'soon', true, 1])
    refused(await d.leader.get(`/needs/${draft.id}`), 403, 'not_allowed')
    assert.ok(!fine(await d.leader.get('/needs')).items.some((one) => one.id === draft.id))
    assert.ok(fine(await d.secretary.get('/needs', { query: { state: 'draft' } })).items.some((one) => one.id === draft.id))
    const out = fine(await d.secretary.post(`/needs/${draft.id}/publish`))
    assert.equal(out.state, 'published')
    assert.equal((await seen(draft)).helps, 3)
    refused(await d.secretary.post(`/needs/${draft.id}/publish`), 409, 'wrong_state')
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'need' } })).items.filter((row) => row.object_id === draft.id)
    assert.deepEqual(rows.map((row) => row.action).sort(), ['need.create', 'need.publish'])
  })

  test('the same request again makes nothing twice', async () => {
    const what = needOf()
    const a = fine(await d.secretary.post('/needs', what, { key: 'need-once-1' }), 201), b = fine(await d.secretary.post('/needs', what, { key: 'need-once-1' }), 201)
    assert.equal(a.id, b.id)
  })

  test('grows out of a case that the asker sees, linked and not retyped', async () => {
    const from = fine(await d.resident.post('/cases', { text: '楼道缺一部轮椅，想借一台', at: inGrid(1), category: d.category('路灯异常').id }), 201)
    const [own] = fine(await d.secretary.get('/cases')).items
    const need = await asked({ case_id: own.id, title: '借轮椅' })
    assert.deepEqual(need.from_case.map((one) => one.code), [from.code])
    assert.deepEqual(fine(await d.secretary.get('/needs', { query: { case: own.id } })).items.map((one) => one.id), [need.id])
    assert.deepEqual(fields(await d.otherSecretary.post('/needs', needOf({ unit_id: d.areas.c, case_id: own.id }))), { case_id: 'unknown_reference' })
  })

  const bad = [
    ['nothing', () => ({ title: undefined, category: undefined, quantity: undefined, unit_id: undefined, unit_kind: undefined }), { title: 'required', category: 'required', quantity: 'required', unit_id: 'required', unit_kind: 'required' }],
    ['a category that is none', () => ({ category: 'gold' }), { category: 'not_a_choice' }],
    ['an area that is none', () => ({ area_id: '12345' }), { area_id: 'unknown_reference' }],
    ['a unit that is none', () => ({ unit_id: '12345' }), { unit_id: 'unknown_reference' }],
    ['a window that ends before it begins', () => ({ begins_at: Date.now() + 2 * DAY, ends_at: Date.now() + DAY }), { ends_at: 'period' }],
    ['a window that is over', () => ({ ends_at: Date.now() - DAY }), { ends_at: 'time_in_past' }],
    ['no quantity', () => ({ quantity: 0 }), { quantity: 'too_small' }],
    ['a case that is none', () => ({ case_id: '12345' }), { case_id: 'unknown_reference' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => {
      const answer = await d.secretary.post('/needs', needOf(more()))
      assert.equal(answer.status, 422, answer.text)
      assert.deepEqual(fields(answer), want)
    })

  test('is for whoever manages needs at the unit', async () => {
    for (const who of [d.leader, d.gridWorker, d.otherSecretary, d.audit]) refused(await who.post('/needs', needOf()), 403, 'not_allowed')
    refused(await server.client().post('/needs', needOf()), 401, 'not_signed_in')
    refused(await server.client().get('/needs'), 401, 'not_signed_in')
    refused(await d.resident.get('/needs'), 403, 'not_allowed')
    const vain = await asked(), unmet = fine(await d.secretary.post(`/needs/${vain.id}/unmet`, { reason: '没有合适的' }))
    assert.deepEqual([unmet.state, unmet.reason], ['unmet', '没有合适的'])
    const need = await asked()
    for (const [path, body] of [['withdraw', { reason: 'x' }], ['met', undefined], ['unmet', { reason: 'x' }]]) refused(await d.otherSecretary.post(`/needs/${need.id}/${path}`, body), 403, 'not_allowed')
    refused(await d.otherSecretary.request('PATCH', `/needs/${need.id}`, { body: { title: '改' }, version: 1 }), 403, 'not_allowed')
    refused(await d.secretary.get('/needs/12345'), 404, 'not_found')
  })

  test('changes by version, never below what is taken on', async () => {
    const need = await asked()
    await taken(need, { quantity: 4 })
    refused(await d.secretary.patch(`/needs/${need.id}`, { quantity: 3 }), 428, 'version_needed')
    const { version } = await seen(need)
    refused(await d.secretary.patch(`/needs/${need.id}`, { quantity: 12 }, { version: version - 1 }), 409, 'stale_version')
    assert.deepEqual(fields(await d.secretary.patch(`/needs/${need.id}`, { quantity: 3 }, { version })), { quantity: 'reserved' })
    assert.deepEqual(fields(await d.secretary.patch(`/needs/${need.id}`, { title: null, quantity: null }, { version })), { title: 'required', quantity: 'required' })
    const now = fine(await d.secretary.patch(`/needs/${need.id}`, { quantity: 4, title: '刚好四份' }, { version }))
    assert.deepEqual([now.title, now.state], ['刚好四份', 'matched'])
  })

  test('is listed by category, area, words and what is still open, page by page', async () => {
    const haircut = await asked({ category: 'haircut', title: '理发日', area_id: d.areas.grids[1] })
    const list = async (query) => fine(await d.leader.get('/needs', { query })).items
    assert.deepEqual((await list({ category: 'service' })).map((one) => one.id), [haircut.id])      // the one above names those below
    assert.ok((await list({ area: d.areas.a })).some((one) => one.id === haircut.id))
    assert.deepEqual(await list({ area: d.areas.c }), [])
    assert.deepEqual((await list({ text: '理发' })).map((one) => one.title), ['理发日'])
    assert.ok((await list({ seeking: true })).every((one) => ['published', 'partly'].includes(one.state)))
    const all = (await list({ limit: 200 })).map((one) => one.id), paged = []
    for (let after; after !== null; ) {
      const page = fine(await d.leader.get('/needs', { query: { limit: 2, after } }))
      paged.push(...page.items.map((one) => one.id))
      after = page.next
    }
    assert.deepEqual(paged, all)
    assert.deepEqual(fields(await d.leader.get('/needs', { query: { after: 'made up', state: 'gone' } })), { state: 'not_a_choice' })
    assert.deepEqual(fields(await d.leader.get('/needs', { query: { after: 'made up' } })), { after: 'invalid' })
  })
})

describe('a need that recurs', () => {
  const WEEK = 7 * DAY, begins = () => Math.floor(Date.now() / HOUR) * HOUR + DAY
  test('is a row of needs, each with its own window, taken on and ended by itself', async () => {
    const begins_at = begins(), first = await asked({ title: '每周的量血压', category: 'medical', quantity: 1, begins_at, ends_at: begins_at + 2 * HOUR, every_weeks: 1, times: 4 })
    assert.deepEqual(first.series.map((one) => [one.no, one.begins_at, one.state]), [0, 1, 2, 3].map((i) => [i + 1, begins_at + i * WEEK, 'published']))
    assert.deepEqual([first.series_no, first.begins_at], [1, begins_at])
    const [, second, third, fourth] = first.series
    await taken(third, { due_at: begins_at + 3 * WEEK })
    assert.deepEqual([(await seen(second)).state, (await seen(third)).state, (await seen(third)).ends_at], ['published', 'matched', begins_at + 2 * WEEK + 2 * HOUR])
    const gone = fine(await d.secretary.post(`/needs/${second.id}/withdraw`, { reason: '医生调走了', following: true }))
    assert.deepEqual(gone.series.map((one) => one.state), ['published', 'withdrawn', 'matched', 'withdrawn'])   // somebody works on the third
    assert.equal((await seen(fourth)).reason, '医生调走了')
    assert.deepEqual((await asked()).series, [])
  })

  const bad = [
    ['how often', () => ({ every_weeks: 1 }), { times: 'required' }], ['after how many weeks', () => ({ times: 3 }), { every_weeks: 'required' }],
    ['a window', () => ({ every_weeks: 1, times: 3, begins_at: undefined, ends_at: undefined }), { begins_at: 'required', ends_at: 'required' }],
    ['an end before it comes again', () => ({ every_weeks: 1, times: 3, ends_at: begins() + 8 * DAY }), { ends_at: 'period' }],
    ['at most a year of weeks', () => ({ every_weeks: 1, times: 53 }), { times: 'too_big' }],
  ]
  for (const [name, more, want] of bad)
    test(`needs ${name}`, async () => assert.deepEqual(fields(await d.secretary.post('/needs', needOf({ begins_at: begins(), ends_at: begins() + HOUR, ...more() }))), want))
})

describe('a resource', () => {
  test('is offered, paused, offered again, withdrawn; and changed by version', async () => {
    const room = await offered({ category: 'meeting_room', title: '二楼会议室', quantity: 1, unit: '间', days: '12345', opens: 540, closes: 1050, conditions: '提前一天说', at: inGrid(1) })
    assert.deepEqual([room.state, room.again, room.free, room.area_name, room.org_name, room.kept, room.failed], ['offered', true, 1, '甲社区', '东街支行', 0, 0])
    for (const [step, state] of [['pause', 'paused'], ['offer', 'offered'], ['pause', 'paused'], ['withdraw', 'withdrawn']])
      assert.equal(fine(await giver.post(`/resources/${room.id}/${step}`)).state, state)
    for (const step of ['pause', 'withdraw']) refused(await giver.post(`/resources/${room.id}/${step}`), 409, 'wrong_state')
    refused(await giver.post(`/resources/${room.id}/offer`), 409, 'wrong_state')
    const { version } = await resource(room.id)
    refused(await giver.patch(`/resources/${room.id}`, { title: '改' }, { version }), 409, 'wrong_state')
    const goods = await offered()
    refused(await giver.patch(`/resources/${goods.id}`, { quantity: 12 }), 428, 'version_needed')
    assert.equal(fine(await giver.patch(`/resources/${goods.id}`, { quantity: 12 }, { version: 1 })).quantity, 12)
  })

  const bad = [
    ['a category that is none', { category: 'gold' }, { category: 'not_a_choice' }],
    ['days that are none', { days: '189' }, { days: 'not_a_choice' }],
    ['days twice', { days: '1123' }, { days: 'not_a_choice' }],
    ['closing before it opens', { opens: 600, closes: 540 }, { closes: 'period' }],
    ['a time that is over', { ends_at: Date.now() - DAY }, { ends_at: 'time_in_past' }],
    ['an organisation that is none', { org_id: '12345' }, { org_id: 'unknown_reference' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => assert.deepEqual(fields(await giver.post('/resources', offerOf(more))), want))

  test('is for whoever manages offers at the organisation, or over the area it belongs to', async () => {
    for (const who of [d.leader, d.gridWorker, other, d.otherSecretary]) refused(await who.post('/resources', offerOf()), 403, 'not_allowed')
    const made = fine(await d.secretary.post('/resources', offerOf()), 201)          // the bank lies in her community
    refused(await other.post(`/resources/${made.id}/pause`), 403, 'not_allowed')
    assert.deepEqual(fields(await d.secretary.post('/resources', offerOf({ org_id: orgs.shut }))), { org_id: 'unknown_reference' })
  })

  test('is found by words however long the list is, and signs mean themselves', async () => {
    await offered({ title: '100%羊毛毯_新' })
    const list = async (text) => fine(await d.leader.get('/resources', { query: { text } })).items.map((one) => one.title)
    assert.deepEqual(await list('％羊毛'), ['100%羊毛毯_新'])       // full-width signs too
    assert.deepEqual(await list('%毯'), [])
    assert.deepEqual(await list('毯_新'), ['100%羊毛毯_新'])
  })

  test('is listed by category, organisation, area and words', async () => {
    const legal = await offered({ category: 'legal', title: '驻点律师', quantity: 2 })
    const list = async (query) => fine(await d.leader.get('/resources', { query })).items.map((one) => one.id)
    assert.deepEqual(await list({ category: 'people' }), [legal.id])
    assert.deepEqual(await list({ text: '律师' }), [legal.id])
    assert.ok((await list({ text: '支行' })).includes(legal.id))
    assert.ok((await list({ area: d.areas.east })).includes(legal.id) && (await list({ area: d.areas.grids[0] })).includes(legal.id))
    assert.deepEqual(await list({ area: d.areas.c }), [])
    assert.deepEqual(await list({ org: orgs.school }), [])
    assert.ok(fine(await d.leader.get('/exchange/categories')).items.some((one) => one.code === 'haircut' && one.of === 'service'))
  })
})

describe('taking on', () => {
  test('one need is split over three givers; two give back or fail, and the parts are on the list again', async () => {
    const need = await asked({ quantity: 30, title: '节日慰问三十份' })
    const far = await server.user({ role: 'department_handler', unit: orgs.far, sign: 'giver_far', name: '义工' })
    let view = await taken(need, { quantity: 10 })
    assert.deepEqual([view.state, view.claimed], ['partly', 10])
    view = await taken(need, { org_id: orgs.school, quantity: 10 }, other)
    const soon = Date.now() + 3000
    view = await taken(need, { org_id: orgs.far, quantity: 10, who: '王队长', due_at: soon }, far)
    assert.deepEqual([view.state, view.claimed, view.claims.length], ['matched', 30, 3])
    refused(await take(need, { quantity: 1 }), 409, 'wrong_state')
    const [a, b, c] = view.claims
    view = fine(await other.post(`/claims/${b.id}/give-back`, { reason: '车坏了' }))
    assert.deepEqual([view.state, view.claimed], ['partly', 20])
    refused(await d.secretary.post(`/claims/${a.id}/fail`, { reason: '没来' }), 409, 'not_due')
    await until(soon)
    assert.equal((await seen(need)).claims[2].late, true)
    view = fine(await d.secretary.post(`/claims/${c.id}/fail`, { reason: '没来' }))
    assert.deepEqual([view.state, view.claimed, view.claims.map((one) => one.state)], ['partly', 10, ['taken', 'given_back', 'failed']])
    assert.deepEqual(fields(await take(need, { quantity: 21 })), { quantity: 'beyond_need' })
    view = await taken(need, { quantity: 20 })
    await done(a)
    assert.equal((await seen(need)).state, 'under_way')
    refused(await d.secretary.post(`/needs/${need.id}/met`), 409, 'claims_open')
    fine(await confirm(a, { rating: 4, said: '很及时' }))
    const last = view.claims.at(-1)
    await done(last)
    fine(await confirm(last))
    view = fine(await d.secretary.post(`/needs/${need.id}/met`))
    assert.deepEqual([view.state, view.claims[0].rating, view.claims[0].said], ['met', 4, '很及时'])
    for (const path of [`/needs/${need.id}/met`, `/claims/${a.id}/done`]) refused(await (path.includes('claims') ? giver : d.secretary).post(path, path.includes('done') ? { text: 'x' } : undefined), 409, 'wrong_state')
    const mine = fine(await d.leader.get('/claims', { query: { org: orgs.bank } })).items.filter((one) => one.need_id === need.id)
    assert.deepEqual(mine.map((one) => one.state), ['confirmed', 'confirmed'])
    assert.deepEqual(fine(await d.leader.get('/claims', { query: { org: orgs.bank, open: true } })).items.filter((one) => one.need_id === need.id), [])
  })

  test('what is used up is reserved, used or given back; and cannot be promised or withdrawn twice', async () => {
    const rice = await offered({ title: '大米', category: 'food', quantity: 10 }), need = await asked({ category: 'food', quantity: 20 })
    const first = (await taken(need, { resource_id: rice.id, quantity: 6 })).claims[0]
    assert.equal((await resource(rice.id)).free, 4)
    assert.deepEqual(fields(await take(need, { resource_id: rice.id, quantity: 5 })), { quantity: 'not_free' })
    refused(await giver.post(`/resources/${rice.id}/withdraw`), 409, 'reserved')
    const { version } = await resource(rice.id)
    assert.deepEqual(fields(await giver.patch(`/resources/${rice.id}`, { quantity: 5 }, { version })), { quantity: 'reserved' })
    assert.deepEqual(fields(await giver.patch(`/resources/${rice.id}`, { again: true }, { version })), { again: 'reserved' })
    fine(await giver.post(`/claims/${first.id}/give-back`, { reason: '换一批' }))
    assert.equal((await resource(rice.id)).free, 10)
    const all = (await taken(need, { resource_id: rice.id, quantity: 10 })).claims.at(-1)
    await done(all)
    fine(await confirm(all))
    assert.deepEqual([(await resource(rice.id)).state, (await resource(rice.id)).free], ['used_up', 0])
    assert.deepEqual(fields(await take(need, { resource_id: rice.id, quantity: 1 })), { resource_id: 'unknown_reference' })
    const more = await resource(rice.id)
    assert.equal(fine(await giver.patch(`/resources/${rice.id}`, { quantity: 15 }, { version: more.version })).state, 'offered')
  })

  test('a room is held for its hours, and free beside them', async () => {
    const tomorrow = new Date(Date.now() + 8 * HOUR + DAY).toISOString().slice(0, 10)
    const at = (hour) => Date.parse(`${tomorrow}T${String(hour).padStart(2, '0')}:00:00+08:00`)
    const room = await offered({ category: 'meeting_room', title: '会议室', quantity: 1, opens: 8 * 60, closes: 20 * 60 }), need = await asked({ category: 'meeting_room', quantity: 9 })
    const hold = (from, to) => take(need, { resource_id: room.id, begins_at: at(from), ends_at: at(to), due_at: at(to) })
    fine(await hold(9, 11), 201)
    assert.deepEqual(fields(await hold(10, 12)), { quantity: 'not_free' })
    fine(await hold(11, 12), 201)
    assert.deepEqual(fields(await hold(19, 21)), { begins_at: 'outside_hours' })
    assert.deepEqual(fields(await hold(13, 13)), { ends_at: 'period' })
    assert.deepEqual(fields(await take(need, { resource_id: room.id, begins_at: at(14) })), { ends_at: 'required' })
    assert.deepEqual(fields(await take(need, { resource_id: room.id, begins_at: Date.now() - HOUR, ends_at: at(9) })), { begins_at: 'time_in_past' })
    const view = await resource(room.id)
    assert.deepEqual(view.held.map((one) => [one.begins_at, one.ends_at]), [[at(9), at(11)], [at(11), at(12)]])
    assert.deepEqual(fields(await giver.patch(`/resources/${room.id}`, { closes: 11 * 60 }, { version: view.version })), { ends_at: 'reserved' })
    fine(await giver.patch(`/resources/${room.id}`, { closes: 12 * 60 }, { version: view.version }))
  })

  test('bad input and other people’s things are refused', async () => {
    const need = await asked(), mine = await offered()
    assert.deepEqual(fields(await take(need, { quantity: 11 })), { quantity: 'beyond_need' })
    assert.deepEqual(fields(await take(need, { due_at: Date.now() - HOUR })), { due_at: 'time_in_past' })
    assert.deepEqual(fields(await take(need, { org_id: orgs.shut })), { org_id: 'unknown_reference' })
    assert.deepEqual(fields(await take(need, { resource_id: '12345' })), { resource_id: 'unknown_reference' })
    assert.deepEqual(fields(await take(need, { org_id: orgs.school, resource_id: mine.id }, other)), { resource_id: 'unknown_reference' })
    refused(await take(need, {}, other), 403, 'not_allowed')
    refused(await take(await asked({ publish: false })), 409, 'wrong_state')
    const [claim] = (await taken(need, { resource_id: mine.id })).claims
    for (const [step, body] of [['done', { text: 'x' }], ['give-back', { reason: 'x' }]]) refused(await other.post(`/claims/${claim.id}/${step}`, body), 403, 'not_allowed')
    refused(await confirm(claim), 409, 'wrong_state')                                     // not done yet
    assert.deepEqual(fields(await giver.post(`/claims/${claim.id}/done`, { text: 'x', photos: ['12345'] })), { 'photos[0]': 'file_unknown' })
    await done(claim)
    refused(await confirm(claim, {}, giver), 403, 'not_allowed')
    refused(await confirm(claim, {}, d.otherSecretary), 403, 'not_allowed')
    assert.deepEqual(fields(await confirm(claim, { rating: 6 })), { rating: 'too_big' })
    refused(await giver.post(`/claims/${claim.id}/give-back`, { reason: 'x' }), 409, 'wrong_state')
    refused(await d.secretary.post(`/needs/${need.id}/withdraw`, { reason: '不要了' }), 409, 'claims_open')
    fine(await confirm(claim))
    assert.equal(fine(await d.secretary.post(`/needs/${need.id}/withdraw`, { reason: '不要了' })).state, 'withdrawn')
    refused(await giver.post('/claims/12345/done', { text: 'x' }), 404, 'not_found')
  })

  test('nobody judges what they took on or did, whatever rights they hold on both sides', async () => {
    const need = await asked()
    const [claim] = (await taken(need, {}, d.secretary)).claims                              // she manages offers in her community too
    assert.deepEqual([claim.may_do, claim.may_judge], [true, false])
    await done(claim, d.secretary)
    refused(await confirm(claim), 409, 'own_claim')
    refused(await d.secretary.post(`/claims/${claim.id}/fail`, { reason: 'x' }), 409, 'own_claim')
    fine(await confirm(claim, {}, d.dispatcher))
  })

  test('both sides are told', async () => {
    const need = await asked({ title: '要通知的需求' })
    const told = async (who, kind) => {
      for (let i = 0; i < 100; i++) {
        const hit = fine(await who.get('/notices')).items.find((one) => one.text.includes('要通知的需求') && (!kind || one.kind === kind))
        if (hit) return hit.kind
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    const [claim] = (await taken(need)).claims
    assert.equal(await told(d.secretary, 'need.taken'), 'need.taken')
    await done(claim)
    assert.equal(await told(d.secretary, 'need.done'), 'need.done')
    fine(await confirm(claim))
    assert.equal(await told(giver, 'need.confirmed'), 'need.confirmed')
  })
})

describe('matching', () => {
  test('ranks by category, place, what is free and what was kept, and says why; withdrawn ones are not shown', async () => {
    const need = await asked({ category: 'repair', quantity: 5, at: inGrid(1), title: '修水管' })
    const near = await offered({ category: 'repair', quantity: 5, title: '支行维修队', at: inGrid(1, 10), area_id: d.areas.east })
    const wide = await offered({ category: 'people', quantity: 5, title: '多面手', at: inGrid(1, 10), area_id: d.areas.east })
    const away = await offered({ org_id: orgs.school, category: 'repair', quantity: 5, title: '学校维修队', at: inGrid(4), area_id: d.areas.east }, other)
    const few = await offered({ org_id: orgs.school, category: 'repair', quantity: 1, title: '一个师傅', at: inGrid(4), area_id: d.areas.east }, other)
    const gone = await offered({ category: 'repair', quantity: 5, title: '撤了的', at: inGrid(1), area_id: d.areas.east })
    fine(await giver.post(`/resources/${gone.id}/withdraw`))
    const elsewhere = fine(await d.admin.post('/people', { name: '无关' }), 201)
    assert.ok(elsewhere.id)
    const found = fine(await d.secretary.get(`/needs/${need.id}/matches`)).items
    assert.deepEqual(found.map((one) => one.resource.id), [near.id, away.id, wide.id, few.id].sort((x, y) => found.findIndex((f) => f.resource.id === x) - found.findIndex((f) => f.resource.id === y)))
    assert.equal(found[0].resource.id, near.id)
    assert.ok(found.findIndex((one) => one.resource.id === away.id) < found.findIndex((one) => one.resource.id === few.id))
    assert.deepEqual([found[0].why.same_category, found[0].why.free, found[0].why.wanted, found[0].why.in_time], [true, 5, 5, true])
    assert.ok(found[0].why.metres < 120, `${found[0].why.metres}`)
    assert.ok(found.every((one, i) => !i || found[i - 1].score >= one.score))
    assert.equal(found.find((one) => one.resource.id === wide.id).why.same_category, false)
  })

  test('a room that is taken in the need’s time is not proposed; at another time it is', async () => {
    const tomorrow = new Date(Date.now() + 8 * HOUR + DAY).toISOString().slice(0, 10)
    const at = (hour) => Date.parse(`${tomorrow}T${String(hour).padStart(2, '0')}:00:00+08:00`)
    const hall = await offered({ category: 'activity_room', title: '活动室', quantity: 1, opens: 8 * 60, closes: 21 * 60 })
    const first = await asked({ category: 'activity_room', quantity: 1, begins_at: at(9), ends_at: at(11) })
    await taken(first, { resource_id: hall.id, begins_at: at(9), ends_at: at(11), due_at: at(11) })
    const clash = await asked({ category: 'activity_room', quantity: 1, begins_at: at(10), ends_at: at(12) }), later = await asked({ category: 'activity_room', quantity: 1, begins_at: at(14), ends_at: at(16) })
    const ids = async (need) => fine(await d.secretary.get(`/needs/${need.id}/matches`)).items.map((one) => one.resource.id)
    assert.ok(!(await ids(clash)).includes(hall.id))
    assert.ok((await ids(later)).includes(hall.id))
    assert.deepEqual(await ids(first), [])            // it seeks nothing any more
  })

  test('a resource is shown the needs it could serve, the most urgent first, not its own', async () => {
    const rescue = await offered({ category: 'rescue', title: '救援队', quantity: 8, area_id: d.areas.east })
    await asked({ category: 'rescue', title: '演练', quantity: 2 })
    const urgent = await asked({ category: 'rescue', title: '转移老人', quantity: 2, urgency: 'urgent' })
    fine(await giver.post('/needs', needOf({ unit_kind: 'org', unit_id: orgs.bank, category: 'rescue', title: '自己的' })), 201)
    const found = fine(await giver.get(`/resources/${rescue.id}/matches`)).items
    assert.deepEqual(found.map((one) => one.need.title), ['转移老人', '演练'])
    assert.equal(found[0].need.id, urgent.id)
    refused(await d.resident.get(`/resources/${rescue.id}/matches`), 403, 'not_allowed')
    refused(await d.otherSecretary.get(`/needs/${(await asked({ publish: false })).id}/matches`), 403, 'not_allowed')
  })
})

test('an organisation that becomes part of another hands over what it asks for, offers and took on; one that closes has settled first', async () => {
  const org = async (name) => fine(await d.admin.post('/orgs', { kind: 'association', name, area_id: d.areas.a }), 201).id
  const [old, next] = [await org('老协会'), await org('新协会')], who = await server.user({ role: 'department_handler', unit: old, sign: 'old_association', name: '老会长' })
  const mine = await offered({ org_id: old, title: '旧书一百本' }, who), need = await asked({ quantity: 2 }), own = fine(await who.post('/needs', needOf({ unit_kind: 'org', unit_id: old })), 201)
  const [kept] = (await taken(need, { org_id: old, quantity: 1 }, who)).claims
  await done(kept, who)
  fine(await confirm(kept))
  const open = (await taken(need, { org_id: old, resource_id: mine.id, quantity: 1 }, who)).claims.at(-1)
  const version = async (id) => fine(await d.admin.get(`/orgs/${id}`)).version
  const close = async (id) => d.admin.post(`/orgs/${id}/close`, undefined, { version: await version(id) })
  refused(await close(old), 409, 'still_in_use')
  const holds = Object.fromEntries(fine(await d.leader.get(`/orgs/${old}/holds`)).items.map((one) => [one.what, one.count]))
  assert.deepEqual([holds.needs, holds.claims, holds.offers], [1, 1, 1])
  fine(await d.admin.post(`/orgs/${old}/merge`, { into: next }, { version: await version(old) }))
  const now = await resource(mine.id)
  assert.deepEqual([now.org_id, now.kept, now.failed, (await seen(own)).unit_id, (await seen(need)).claims.find((one) => one.id === open.id).org_id], [next, 1, 0, next, next])
  assert.equal((await seen(need)).claims.find((one) => one.id === kept.id).org_id, old)      // what was is told as it was
  refused(await close(next), 409, 'still_in_use')
  fine(await d.secretary.post(`/claims/${open.id}/give-back`, { reason: '合并' }))
  fine(await d.secretary.post(`/needs/${own.id}/withdraw`, { reason: '合并' }))
  fine(await close(next))
  assert.equal((await resource(mine.id)).state, 'withdrawn')
})

test('many at once: never more is promised than there is, and the books agree afterwards', async () => {
  const rice = await offered({ category: 'food', title: '大米一百份', quantity: 100 }), needs = await Promise.all([1, 2, 3].map(() => asked({ category: 'food', quantity: 60 })))
  let random = 20261126
  const below = (n) => (random = (random * 1103515245 + 12345) & 0x7fffffff) % n
  const claims = []
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all(Array.from({ length: 30 }, () => take(needs[below(3)], { resource_id: rice.id, quantity: 1 + below(9) })))
    for (const one of answers) {
      assert.ok([201, 409, 422].includes(one.status), one.text)
      if (one.status !== 201) assert.ok(['not_free', 'beyond_need', 'wrong_state', 'unknown_reference', 'invalid'].includes(one.body.code), one.text)
      else claims.push(one.body.claims.at(-1))
    }
    await Promise.all(claims.filter(() => below(3) === 0).map((claim) => giver.post(`/claims/${claim.id}/give-back`, { reason: '换' })))
    const views = await Promise.all(needs.map((need) => seen(need))), kept = views.map((view) => view.claims.filter((one) => ['taken', 'done', 'confirmed'].includes(one.state)))
    const sum = (list) => list.reduce((all, one) => all + one.quantity, 0)
    const promised = sum(kept.flat().filter((one) => one.resource_id === rice.id))
    assert.ok(promised <= 100, `${promised}`)
    assert.equal((await resource(rice.id)).free, 100 - promised)
    views.forEach((view, i) => {
      const claimed = sum(kept[i])
      assert.deepEqual([view.claimed, claimed <= 60], [claimed, true])
      assert.equal(view.state, claimed === 0 ? 'published' : claimed < 60 ? 'partly' : 'matched')
    })
  }
  assert.ok(claims.length > 20)
})
