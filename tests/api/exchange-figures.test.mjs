/* Figures of needs and resources with what lies behind each; what an organisation could do; the nightly pass; the lists that everybody may see. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

const DAY = 86_400_000
let server, d, bank, school, hidden, giver, other, serial = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const org = async (kind, name, area_id, more) => fine(await d.admin.post('/orgs', { kind, name, area_id, public: true, ...more }), 201).id
  bank = await org('bank', '东街支行', d.areas.a)
  school = await org('school', '乙社区小学', d.areas.b)
  hidden = await org('shop', '不公开的店', d.areas.a, { public: false })
  giver = await server.user({ role: 'department_handler', unit: bank, sign: 'giver_bank', name: '支行小李', lang: 'zh-CN' })
  other = await server.user({ role: 'department_handler', unit: school, sign: 'giver_school', name: '学校小王', lang: 'zh-CN' })
})
after(() => server?.stop())

const asked = async (more, who = d.secretary) => fine(await who.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: `需求${++serial}`, category: 'goods', quantity: 2, unit: '份', publish: true, ...more }), 201)
const offered = async (more, who = giver, org_id = bank) => fine(await who.post('/resources', { org_id, title: `资源${++serial}`, category: 'goods', quantity: 10, unit: '份', ...more }), 201)
const take = async (need, more, who = giver, org_id = bank) => fine(await who.post(`/needs/${need.id}/claims`, { org_id, quantity: 1, due_at: Date.now() + DAY, ...more }), 201).claims.at(-1)
const keep = async (claim, who = giver) => {
  fine(await who.post(`/claims/${claim.id}/done`, { text: '送到' }))
  fine(await d.secretary.post(`/claims/${claim.id}/confirm`, { rating: 5 }))
}
const figures = async (query) => {
  const got = fine(await d.leader.get('/exchange/figures', { query }))
  return { ...Object.fromEntries(got.measures.map((one) => [one.word, one.n])), ...Object.fromEntries(got.rates.map((one) => [one.word, one.rate])), days: got.days }
}
const behind = async (measure, query) => fine(await d.leader.get('/exchange/figures/behind', { query: { measure, ...query } })).items

describe('figures', () => {
  test('count what happened, of an area, an organisation and an alliance, and each number has its list', async () => {
    const met = await asked({ quantity: 2 }), unmet = await asked(), open = await asked({ area_id: d.areas.grids[1] }), failing = await asked({ quantity: 1 })
    await asked({ publish: false })
    const goods = await offered(), held = await offered(), schoolRoom = await offered({ category: 'meeting_room', quantity: 1 }, other, school)
    await keep(await take(met))
    await keep(await take(met, {}, other, school), other)
    fine(await d.secretary.post(`/needs/${met.id}/met`))
    fine(await d.secretary.post(`/needs/${unmet.id}/unmet`, { reason: '没有' }))
    const soon = Date.now() + 3000, late = await take(failing, { due_at: soon })
    await new Promise((resolve) => setTimeout(resolve, soon - Date.now() + 20))
    fine(await d.secretary.post(`/claims/${late.id}/fail`, { reason: '没来' }))
    await take(open, { resource_id: held.id })

    const all = await figures()
    assert.deepEqual(all, { asked: 4, met: 1, unmet: 1, matched: 2, kept: 2, failed: 1, idle: 2, orders: 0, praised: 0, blamed: 0, met_rate: 5000, kept_rate: 6667, praised_rate: -1, days: 0 })
    assert.deepEqual(await figures({ area: d.areas.a }), { ...all, idle: 1 })            // the school serves the other community
    assert.deepEqual(await figures({ area: d.areas.grids[1] }), { asked: 1, met: 0, unmet: 0, matched: 0, kept: 0, failed: 0, idle: 0, orders: 0, praised: 0, blamed: 0, met_rate: -1, kept_rate: -1, praised_rate: -1, days: -1 })
    assert.deepEqual(await figures({ org: bank }), { asked: 0, met: 0, unmet: 0, matched: 0, kept: 1, failed: 1, idle: 1, orders: 0, praised: 0, blamed: 0, met_rate: -1, kept_rate: 5000, praised_rate: -1, days: -1 })
    const alliance = fine(await d.admin.post('/alliances', { kind: 'complex', name: '东街联盟', area_id: d.areas.east, lead_id: bank, public: true }), 201)
    fine(await d.admin.post(`/alliances/${alliance.id}/members/import`, '单位\n乙社区小学\n', { type: 'text/csv', version: alliance.version }))
    const allied = await figures({ alliance: alliance.id })
    assert.deepEqual([allied.kept, allied.failed, allied.idle, allied.kept_rate], [2, 1, 2, 6667])

    for (const scope of [{}, { area: d.areas.a }, { org: bank }, { org: school }, { alliance: alliance.id }]) {
      const numbers = await figures(scope)
      for (const measure of ['asked', 'met', 'unmet', 'matched', 'kept', 'failed', 'idle']) assert.equal((await behind(measure, scope)).length, numbers[measure], `${measure} ${JSON.stringify(scope)}`)
    }
    assert.deepEqual((await behind('met')).map((one) => [one.need_id, one.who]), [[met.id, '甲社区']])
    assert.deepEqual((await behind('failed')).map((one) => [one.need_id, one.who]), [[failing.id, '东街支行']])
    assert.deepEqual(new Set((await behind('idle')).map((one) => one.resource_id)), new Set([goods.id, schoolRoom.id]))
    const past = { from: '2020-01-01', to: '2020-12-31' }
    assert.deepEqual([(await figures(past)).asked, (await figures(past)).idle, (await behind('asked', past)).length], [0, 2, 0])
  })

  test('count orders done and reviewed by those served, where they live and of who did them; the list tells nobody who was served', async () => {
    fine(await d.admin.put('/settings/service.anonymous_orders_per_hour', { value: 100000 }), 204)
    const anonymous = server.client(), secret = (made) => ({ headers: { 'X-Case-Secret': made.secret } })
    const [cut, clinic] = await Promise.all([[giver, { org_id: bank, title: '银行理发', category: 'haircut', area_id: d.areas.east }], [other, { org_id: school, title: '校医坐诊', category: 'medical' }]].map(async ([who, more]) => {
      const one = fine(await who.post('/services', { ...more, slotted: true, public: true }), 201)   // its time has begun
      return fine(await who.post(`/services/${one.id}/slots`, { begins_at: Date.now() - 60_000, ends_at: Date.now() + 3_600_000, capacity: 9 }), 201)
    }))
    let phones = 0
    const done = async (service, who, area_id, rating) => {
      const made = fine(await anonymous.post('/orders', { service_id: service.id, slot_id: service.slots[0].id, area_id, contact: `1380000${1000 + ++phones}`, name: '赵奶奶', address: '五号楼 302' }), 201), code = made.items[0].code
      const order = fine(await who.get('/orders', { query: { text: code } })).items[0]
      fine(await who.post(`/orders/${order.id}/done`, { text: '好了', helpers: [{ name: '师傅', minutes: 20 }] }))
      if (rating) fine(await anonymous.post(`/own-orders/${code}/review`, { rating, said: '谢谢' }, secret(made)))
      return order
    }
    const before_ = await figures()
    const best = await done(cut, giver, d.areas.a, 5), poor = await done(cut, giver, d.areas.b, 2), plain = await done(clinic, other, d.areas.b)
    fine(await anonymous.post('/orders', { service_id: cut.id, slot_id: cut.slots[0].id, area_id: d.areas.a, contact: '13899999999', name: '未办' }), 201)
    const counts = async (scope) => { const got = await figures(scope); return [got.orders, got.praised, got.blamed, got.praised_rate] }
    assert.deepEqual([await counts(), await counts({ area: d.areas.a }), await counts({ area: d.areas.b }), await counts({ area: d.areas.c })], [[3, 1, 1, 5000], [1, 1, 0, 10000], [2, 0, 1, 0], [0, 0, 0, -1]])
    assert.deepEqual([await counts({ org: bank }), await counts({ org: school })], [[2, 1, 1, 5000], [1, 0, 0, -1]])
    const allied = fine(await d.leader.get('/alliances')).items.find((one) => one.name === '东街联盟')
    assert.deepEqual(await counts({ alliance: allied.id }), [3, 1, 1, 5000])
    assert.deepEqual({ ...(await figures()), orders: 0, praised: 0, blamed: 0, praised_rate: -1 }, before_)
    assert.deepEqual((await behind('orders')).map((one) => [one.order_id, one.service_id, one.who, one.rating]), [[plain.id, clinic.id, '乙社区小学', 0], [poor.id, cut.id, '东街支行', 2], [best.id, cut.id, '东街支行', 5]])
    assert.deepEqual((await behind('praised')).map((one) => [one.order_id, one.rating]), [[best.id, 5]])
    assert.deepEqual((await behind('blamed', { org: bank })).map((one) => one.order_id), [poor.id])
    assert.deepEqual((await behind('orders', { from: '2020-01-01', to: '2020-12-31' })), [])
    assert.ok(!/赵奶奶|五号楼|1380000/.test(JSON.stringify(await behind('orders'))))
  })

  test('say what is wrong with what was asked, and to whom they are told', async () => {
    const bad = async (query) => fields(await d.leader.get('/exchange/figures', { query }))
    assert.deepEqual(await bad({ from: '2026-02-31', to: 'x' }), { from: 'invalid', to: 'invalid' })
    assert.deepEqual(await bad({ from: '2026-03-02', to: '2026-03-01' }), { to: 'period' })
    assert.deepEqual(await bad({ area: '12345' }), { area: 'unknown_reference' })
    assert.deepEqual(await bad({ org: '12345' }), { org: 'unknown_reference' })
    assert.deepEqual(fields(await d.leader.get('/exchange/figures/behind', { query: { measure: 'gold' } })), { measure: 'not_a_choice' })
    assert.deepEqual(fields(await d.leader.get('/exchange/figures/behind', { query: { measure: 'met', after: 'made up' } })), { after: 'invalid' })
    refused(await d.leader.get('/exchange/figures', { query: { alliance: '12345' } }), 404, 'not_found')
    for (const path of ['/exchange/figures', '/exchange/figures/behind?measure=met']) {
      refused(await d.resident.get(path), 403, 'not_allowed')
      refused(await server.client().get(path), 401, 'not_signed_in')
    }
  })
})

describe('what an organisation could do', () => {
  test('is asked anew: needs its resources answer within a month, the most urgent first, each once', async () => {
    const rescue = await offered({ category: 'rescue', title: '救援队', quantity: 8, area_id: d.areas.east }), more = await offered({ category: 'rescue', title: '大救援队', quantity: 20, area_id: d.areas.east })
    const plain = await asked({ category: 'rescue', title: '演练', quantity: 12 }), urgent = await asked({ category: 'rescue', title: '转移老人', urgency: 'urgent' })
    await asked({ category: 'rescue', title: '很久以后', begins_at: Date.now() + 60 * DAY })
    const list = fine(await giver.get('/exchange/could-do', { query: { org: bank } })).items.filter((one) => one.need.category === 'rescue')
    assert.deepEqual(list.map((one) => [one.need.id, one.resource_id]), [[urgent.id, list[0].resource_id], [plain.id, more.id]])
    assert.ok([rescue.id, more.id].includes(list[0].resource_id) && list[0].why.same_category)
    assert.ok(!fine(await giver.get('/exchange/could-do', { query: { org: hidden } })).items.length)
    assert.deepEqual(fields(await giver.get('/exchange/could-do', { query: { org: '12345' } })), { org: 'unknown_reference' })
    refused(await d.resident.get('/exchange/could-do', { query: { org: bank } }), 403, 'not_allowed')
  })

  test('the pass over all needs tells organisations of what is new alone', async () => {
    const pass = async () => {
      const { job } = fine(await d.admin.post('/exchange/pass'), 202)
      return until(async () => {
        const seen = fine(await d.admin.get(`/jobs/${job}`))
        return seen.state === 'done' && seen.result
      })
    }
    const told = async (need) => fine(await giver.get('/notices')).items.filter((one) => one.kind === 'need.could_serve' && one.object_id === need.id).length
    await pass()
    const fresh = await asked({ category: 'legal', title: '问问赡养的事', quantity: 1 })
    await offered({ category: 'legal', title: '驻点律师', quantity: 2 })
    const first = await pass()
    assert.ok(first.needs > 0 && first.found > 0 && first.organisations >= 1, JSON.stringify(first))
    await until(async () => (await told(fresh)) === 1)
    /* What it found in memory is what every need finds by itself: at most three organisations of 60 points and more. */
    const seeking = fine(await d.leader.get('/needs', { query: { seeking: true, limit: 200 } })).items
    let byEach = 0
    for (const need of seeking) byEach += Math.min(3, new Set(fine(await d.secretary.get(`/needs/${need.id}/matches`)).items.filter((one) => one.score >= 60).map((one) => one.resource.org_id)).size)
    assert.deepEqual([first.needs, first.found], [seeking.length, byEach])
    const again = await pass()
    assert.deepEqual([again.organisations, again.found], [0, first.found])
    assert.equal(await told(fresh), 1)
    fine(await d.secretary.post(`/needs/${fresh.id}/withdraw`, { reason: '解决了' }))
    assert.ok((await pass()).found < first.found)
    for (const who of [d.leader, d.secretary]) refused(await who.post('/exchange/pass'), 403, 'not_allowed')
    refused(await server.client().post('/exchange/pass'), 401, 'not_signed_in')
  })
})

describe('the lists that everybody may see', () => {
  const seen = async (query) => fine(await server.client().get('/public/exchange', { query }))
  test('hold what is marked so and open, of an area, a public organisation, a public alliance; no organisation that is not public', async () => {
    const shown = await asked({ title: '缺一台轮椅', public: true, urgency: 'urgent', helps: 3, category: 'equipment' }), quiet = await asked({ title: '不公开的需求' })
    const gone = await asked({ title: '撤回的', public: true })
    fine(await d.secretary.post(`/needs/${gone.id}/withdraw`, { reason: 'x' }))
    const room = await offered({ title: '公开的会议室', category: 'meeting_room', quantity: 1, public: true, days: '12345', opens: 540, closes: 1080 })
    const own = fine(await d.secretary.post('/resources', { org_id: hidden, title: '店里的桌椅', category: 'equipment', quantity: 6, public: true }), 201)
    const part = await offered({ title: '公开的米', category: 'food', quantity: 10, public: true })
    await take(await asked({ category: 'food', quantity: 4 }), { resource_id: part.id, quantity: 4 })
    const lists = await seen({ area: d.areas.a }), titles = (list) => list.map((one) => one.title)
    assert.ok(!titles(lists.needs).includes(quiet.title) && !titles(lists.needs).includes('撤回的'))
    const one = lists.needs.find((need) => need.id === shown.id)
    assert.deepEqual([one.who, one.category_zh, one.urgency, one.helps, one.contact_id, one.contact_name], ['甲社区', '设备器材', 'urgent', 3, d.areas.a, '甲社区'])
    const offers = Object.fromEntries(lists.resources.map((each) => [each.id, each]))
    assert.deepEqual([offers[room.id].who, offers[room.id].days, offers[room.id].opens, offers[own.id].who, offers[part.id].quantity, offers[room.id].contact_name], ['东街支行', '12345', 540, null, 6, '甲社区'])
    assert.deepEqual((await seen({ area: d.areas.c })).needs, [])
    assert.deepEqual((await seen()).needs.map((need) => need.id), lists.needs.map((need) => need.id))
    assert.ok((await seen({ org: bank })).resources.some((each) => each.id === room.id))
    refused(await server.client().get('/public/exchange', { query: { org: hidden } }), 404, 'not_found')
    refused(await server.client().get('/public/exchange', { query: { area: '12345' } }), 404, 'not_found')
    const alliance = fine(await d.leader.get('/alliances')).items.find((each) => each.name === '东街联盟')
    assert.ok((await seen({ alliance: alliance.id })).resources.some((each) => each.id === room.id))
    const closed = fine(await d.admin.post('/alliances', { kind: 'complex', name: '不公开的联盟', area_id: d.areas.east, lead_id: bank }), 201)
    refused(await server.client().get('/public/exchange', { query: { alliance: closed.id } }), 404, 'not_found')
    assert.ok(!JSON.stringify(lists).includes('支行小李'))
  })

  test('hold services and packages too: of whom and where, and nothing of who does not show itself', async () => {
    const offer = async (title, org_id, who, more) => fine(await who.post('/services', { org_id, title, category: 'repair', public: true, ...more }), 201)
    const mend = await offer('修家电', bank, giver), quiet = await offer('内部维修', bank, giver, { public: false }), read = await offer('伴读', school, other), shy = await offer('店里修鞋', hidden, d.secretary)
    const grid = await offer('楼里修灯', bank, giver, { area_id: d.areas.grids[1] })
    const bundle = fine(await giver.post('/packages', { org_id: bank, title: '修一修', public: true, items: [{ service_id: mend.id }] }), 201)
    const closed = fine(await giver.post('/packages', { org_id: bank, title: '不公开的套餐', items: [{ service_id: mend.id }] }), 201)
    const menu = async (query) => fine(await server.client().get('/public/services', { query: { category: 'repair', ...query } })).items.map((one) => one.id), packs = async (query) => fine(await server.client().get('/public/packages', { query })).items.map((one) => one.id)
    const alliance = fine(await d.leader.get('/alliances')).items.find((each) => each.name === '东街联盟')
    assert.deepEqual([await menu({ org: bank }), await packs({ org: bank })], [[grid.id, mend.id], [bundle.id]])
    assert.deepEqual([await menu({ org: school }), await packs({ org: school })], [[read.id], []])
    assert.deepEqual([await menu({ alliance: alliance.id }), await packs({ alliance: alliance.id })], [[grid.id, read.id, mend.id], [bundle.id]])
    // an area's: what serves it, or a part of it
    assert.deepEqual([await menu({ area: d.areas.a }), await packs({ area: d.areas.a })], [[grid.id, shy.id, mend.id], [bundle.id]])
    assert.deepEqual([await menu({ area: d.areas.east }), await menu({ area: d.areas.c }), await packs({ area: d.areas.c })], [[grid.id, shy.id, read.id, mend.id], [], []])
    assert.deepEqual([await menu(), await packs()], [[grid.id, shy.id, read.id, mend.id], [bundle.id]])
    assert.ok(![...(await menu()), ...(await packs())].some((id) => [quiet.id, closed.id].includes(id)))
    fine(await giver.post(`/services/${grid.id}/pause`))
    assert.deepEqual(await menu({ org: bank }), [mend.id])
    const no = fine(await d.leader.get('/alliances')).items.find((each) => each.name === '不公开的联盟')
    for (const path of ['/public/services', '/public/packages']) for (const query of [{ org: hidden }, { org: '12345' }, { alliance: no.id }, { alliance: '12345' }]) refused(await server.client().get(path, { query }), 404, 'not_found')
    refused(await server.client().get('/public/packages', { query: { area: '12345' } }), 404, 'not_found')
  })
})
