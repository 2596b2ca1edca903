/* Services and orders: a menu with slots, orders from request to review, waiting lists, packages, homes that are shown on one day alone, hours. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR
let server, d, orgs, manager, volunteer, second, worker, anonymous, otherWorker, serial = 0, phones = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  for (const [key, value] of [['service.anonymous_orders_per_hour', 100000], ['service.looks_per_hour', 100000]]) fine(await d.admin.put(`/settings/${key}`, { value }), 204)
  const org = async (kind, name, area_id) => fine(await d.admin.post('/orgs', { kind, name, area_id }), 201).id
  orgs = { helpers: await org('association', '甲社区义工队', d.areas.a), clinic: await org('hospital', '东街卫生站', d.areas.b), shut: await org('shop', '关门的店', d.areas.a) }
  fine(await d.admin.post(`/orgs/${orgs.shut}/close`))
  manager = await server.user({ role: 'department_handler', unit: orgs.helpers, sign: 'service_manager', name: '义工队长', lang: 'zh-CN' })
  volunteer = await server.user({ role: 'volunteer', unit: orgs.helpers, sign: 'volunteer_1', name: '志愿者小陈', lang: 'zh-CN' })
  second = await server.user({ role: 'volunteer', unit: orgs.helpers, sign: 'volunteer_2', name: '志愿者小林', lang: 'zh-CN' })
  worker = await server.user({ role: 'social_worker', unit: d.areas.a, sign: 'worker_a', name: '社工小何', lang: 'zh-CN' })
  otherWorker = await server.user({ role: 'social_worker', unit: d.areas.c, sign: 'worker_c', name: '社工小丙', lang: 'zh-CN' })
  anonymous = server.client({ lang: 'zh-CN' })
})
after(() => server?.stop())

const phone = () => `139${String(10_000_000 + ++phones)}`
const serviceOf = (more) => ({ org_id: orgs.helpers, title: `服务${++serial}`, category: 'haircut', slotted: true, public: true, ...more })
const offered = async (more, who = manager) => fine(await who.post('/services', serviceOf(more)), 201)
const addSlot = (service, more, who = manager) => who.post(`/services/${service.id}/slots`, { begins_at: Date.now() + DAY, ends_at: Date.now() + DAY + HOUR, capacity: 2, ...more })
const slotted = async (service, more) => fine(await addSlot(service, more), 201).slots.find((one) => !more?.begins_at || one.begins_at === more.begins_at)
/** A service with one slot: {service, slot}. now: its time has begun. */
async function withSlot(capacity = 2, more = {}, now = false) {
  const service = await offered(more)
  const begins_at = now ? Date.now() - MINUTE : Date.now() + 3 * DAY
  return { service, slot: await slotted(service, { begins_at, ends_at: begins_at + (now ? 2 : 1) * HOUR, capacity }) }
}
const orderOf = (service, slot, more) => ({ service_id: service.id, slot_id: slot?.id, contact: phone(), name: '王奶奶', ...more })
const order = (service, slot, more, who = anonymous) => who.post('/orders', orderOf(service, slot, more))
/** Ordered without an account: {code, secret, state, turn}. */
async function ordered(service, slot, more, who) {
  const made = fine(await order(service, slot, more, who), 201)
  return { ...made.items[0], secret: made.secret, items: made.items }
}
const secretOf = (one) => ({ headers: { 'X-Case-Secret': one.secret } })
const own = (one, who = anonymous) => who.get(`/own-orders/${one.code}`, secretOf(one))
const cancelOwn = (one, who = anonymous) => who.post(`/own-orders/${one.code}/cancel`, undefined, secretOf(one))
const reviewOwn = (one, body, who = anonymous) => who.post(`/own-orders/${one.code}/review`, body, secretOf(one))
const findOrder = async (one, who = manager) => fine(await who.get('/orders', { query: { text: one.code } })).items[0]
const seen = async (id, who = manager) => fine(await who.get(`/orders/${id}`))
const slotNow = async (service, slot) => fine(await manager.get(`/services/${service.id}`)).slots.find((one) => one.id === slot.id)
const ACTS = {
  approve: (id) => `/orders/${id}/approve`, refuse: (id) => `/orders/${id}/refuse`, assign: (id) => `/orders/${id}/assign`, grab: (id) => `/orders/${id}/grab`, 'give-back': (id) => `/orders/${id}/give-back`,
  start: (id) => `/orders/${id}/start`, done: (id) => `/orders/${id}/done`, 'no-show': (id) => `/orders/${id}/no-show`, cancel: (id) => `/orders/${id}/cancel`, review: (id) => `/orders/${id}/review`,
  told: (id) => `/orders/${id}/told`, home: (id) => `/orders/${id}/home`, phone: (id) => `/orders/${id}/phone`,
}
const act = (id, word, body, who = manager) => who.post(ACTS[word](id), body)
const noticed = (who, kind, words) => until(async () => fine(await who.get('/notices')).items.find((one) => one.kind === kind && one.text.includes(words)))
/** Places, turns and their order agree with the orders. */
async function booksAgree(service, slot) {
  const rows = []
  for (let after; after !== null;) {
    const page = fine(await manager.get('/orders', { query: { slot: slot.id, limit: 200, after } }))
    rows.push(...page.items)
    after = page.next
  }
  const now = await slotNow(service, slot), live = rows.filter((one) => !['refused', 'cancelled'].includes(one.state))
  const waiting = live.filter((one) => one.turn).sort((a, b) => a.turn - b.turn)
  assert.equal(now.waiting, waiting.length)
  assert.equal(now.taken, live.length - waiting.length)
  assert.ok(now.taken <= now.capacity, `${now.taken} of ${now.capacity}`)
  if (waiting.length) assert.equal(now.taken, now.capacity, 'a place is empty while somebody waits')
  assert.deepEqual(waiting.map((one) => one.turn), waiting.map((_, i) => i + 1))
  assert.deepEqual(waiting.map((one) => one.code), waiting.map((one) => one.code).sort(), 'turns are not in the order of arrival')
  return { rows, now }
}

describe('a service', () => {
  test('is put on the menu, paused, offered again, withdrawn; residents see what is offered and public', async () => {
    const one = await offered({ title: '社区理发', audience: '六十岁以上', price: 'at_cost', price_fen: 500, price_per: '次', bring: '老年证', waits: 5, lead_hours: 2, address: '活动中心一楼' })
    assert.deepEqual([one.state, one.org_name, one.area_name, one.price, one.price_fen, one.waits, one.place, one.category_zh], ['offered', '甲社区义工队', '甲社区', 'at_cost', 500, 5, 'there', '理发'])
    const shown = fine(await anonymous.get(`/public/services/${one.id}`))
    assert.deepEqual([shown.service.title, shown.bring, shown.slots, shown.areas.map((area) => area.name)], ['社区理发', '老年证', [], ['甲社区']])
    const hidden = await offered({ public: false })
    const menu = async (query) => fine(await anonymous.get('/public/services', { query })).items.map((row) => row.id)
    /* Who is not public has no name in public, by itself, in the list and in a package; on the desk it has. */
    for (const [name, known] of [['不公开的队', false], ['公开的队', true]]) {
      const team = fine(await d.admin.post('/orgs', { kind: 'association', name, area_id: d.areas.a, public: known }), 201)
      const theirs = await server.user({ role: 'department_handler', unit: team.id, sign: `team_${known}`, lang: 'zh-CN' })
      const service = fine(await theirs.post('/services', { org_id: team.id, title: '谁做的', category: 'repair', public: true }), 201)
      const bundle = fine(await theirs.post('/packages', { org_id: team.id, title: '一份', public: true, items: [{ service_id: service.id }] }), 201)
      assert.deepEqual([service.org_name, bundle.org_name], [name, name])
      for (const path of [`/public/services/${service.id}`, '/public/services', `/public/packages/${bundle.id}`, '/public/packages']) {
        const answer = await anonymous.get(path)
        assert.deepEqual([answer.status, answer.text.includes(service.id), answer.text.includes(`"${name}"`)], [200, true, known], path)
      }
      for (const [it, path] of [[service, 'services'], [bundle, 'packages']]) fine(await theirs.post(`/${path}/${it.id}/withdraw`))
    }
    assert.ok((await menu()).includes(one.id) && !(await menu()).includes(hidden.id))
    refused(await anonymous.get(`/public/services/${hidden.id}`), 404, 'not_found')
    assert.deepEqual(await menu({ text: '社区理发' }), [one.id])
    assert.ok((await menu({ category: 'service' })).includes(one.id))
    assert.deepEqual(await menu({ area: d.areas.c }), [])
    for (const [step, state] of [['pause', 'paused'], ['offer', 'offered'], ['pause', 'paused'], ['withdraw', 'withdrawn']]) assert.equal(fine(await manager.post(`/services/${one.id}/${step}`)).state, state)
    for (const step of ['pause', 'withdraw', 'offer']) refused(await manager.post(`/services/${one.id}/${step}`), 409, 'wrong_state')
    assert.ok(!(await menu()).includes(one.id))
    refused(await addSlot(one), 409, 'wrong_state')
  })

  const bad = [
    ['nothing', () => ({ org_id: undefined, title: undefined, category: undefined }), { org_id: 'required', title: 'required', category: 'required' }],
    ['a category that is none', () => ({ category: 'gold' }), { category: 'not_a_choice' }],
    ['a price of what is free', () => ({ price_fen: 100 }), { price_fen: 'not_a_choice' }],
    ['a waiting list without slots', () => ({ slotted: false, waits: 3 }), { waits: 'not_a_choice' }],
    ['an area that is none', () => ({ area_id: '12345' }), { area_id: 'unknown_reference' }],
    ['an organisation that closed, and a category that is none', () => ({ org_id: orgs.shut, category: 'gold' }), { org_id: 'unknown_reference', category: 'not_a_choice' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => assert.deepEqual(fields(await manager.post('/services', serviceOf(more()))), want))

  test('is for whoever manages offers there; everybody who works sees it', async () => {
    for (const who of [worker, volunteer, d.otherSecretary]) refused(await who.post('/services', serviceOf()), 403, 'not_allowed')
    refused(await anonymous.post('/services', serviceOf()), 401, 'not_signed_in')
    const { service, slot } = await withSlot()
    for (const [path, body] of [[`/services/${service.id}/pause`], [`/services/${service.id}/offer`], [`/services/${service.id}/withdraw`], [`/service-slots/${slot.id}/close`, { reason: 'x' }], [`/services/${service.id}/slots`, { begins_at: 1, ends_at: 2, capacity: 1 }], [`/services/${service.id}/rhythms`, { days: '1', opens: 1, closes: 2, capacity: 1 }]])
      refused(await d.otherSecretary.post(path, body), 403, 'not_allowed')
    refused(await d.otherSecretary.patch(`/service-slots/${slot.id}`, { capacity: 3 }), 403, 'not_allowed')
    assert.ok(fine(await d.leader.get('/services', { query: { org: orgs.helpers } })).items.some((one) => one.id === service.id))
    assert.equal(fine(await d.leader.get(`/services/${service.id}`)).may_manage, false)
    refused(await d.resident.get('/services'), 403, 'not_allowed')
  })

  test('changes by version; where and how it is ordered only while nobody has ordered it', async () => {
    const { service, slot } = await withSlot()
    refused(await manager.patch(`/services/${service.id}`, { title: '改' }), 428, 'version_needed')
    assert.equal(fine(await manager.patch(`/services/${service.id}`, { title: '改了', waits: 4 }, { version: 1 })).waits, 4)
    refused(await manager.patch(`/services/${service.id}`, { title: '再改' }, { version: 1 }), 409, 'stale_version')
    await ordered(service, slot)
    assert.deepEqual(fields(await manager.patch(`/services/${service.id}`, { place: 'home', slotted: false }, { version: 2 })), { place: 'reserved', slotted: 'reserved', waits: 'not_a_choice' })
    refused(await manager.post(`/services/${service.id}/withdraw`), 409, 'reserved')
    fine(await manager.post(`/services/${service.id}/pause`))
    assert.deepEqual(fields(await order(service, slot)), { service_id: 'not_offered' })
  })

  test('a slot in the past, backwards, or over another is refused', async () => {
    const { service, slot } = await withSlot()
    const at = slot.begins_at
    assert.deepEqual(fields(await addSlot(service, { begins_at: Date.now() - 2 * HOUR, ends_at: Date.now() - HOUR })), { begins_at: 'time_in_past' })
    assert.deepEqual(fields(await addSlot(service, { begins_at: at + DAY, ends_at: at + DAY })), { ends_at: 'period' })
    assert.deepEqual(fields(await addSlot(service, { begins_at: at + 30 * MINUTE, ends_at: at + 2 * HOUR })), { begins_at: 'slot_overlaps' })
    fine(await addSlot(service, { begins_at: at + HOUR, ends_at: at + 2 * HOUR }), 201)
    assert.deepEqual(fields(await addSlot(service, { begins_at: at + 5 * HOUR, ends_at: at + 6 * HOUR, capacity: 0 })), { capacity: 'too_small' })
  })

  test('a rhythm makes slots ahead, and no more when it ends', async () => {
    const service = await offered()
    const view = fine(await manager.post(`/services/${service.id}/rhythms`, { days: '24', opens: 540, closes: 660, capacity: 6 }), 201)
    assert.equal(view.rhythms[0].rests, false)
    assert.ok(view.slots.length >= 7 && view.slots.length <= 9, `${view.slots.length}`)
    for (const slot of view.slots) {
      const at = new Date(slot.begins_at + 8 * HOUR)
      assert.ok([2, 4].includes(at.getUTCDay()) && at.getUTCHours() === 9 && slot.ends_at - slot.begins_at === 2 * HOUR && slot.capacity === 6)
    }
    for (const [body, want] of [[{ days: '42' }, { days: 'not_a_choice' }], [{ opens: 700 }, { closes: 'period' }]]) assert.deepEqual(fields(await manager.post(`/services/${service.id}/rhythms`, { days: '1', opens: 540, closes: 660, capacity: 1, ...body })), want)
    refused(await d.otherSecretary.delete(`/service-rhythms/${view.rhythms[0].id}`), 403, 'not_allowed')
    fine(await manager.delete(`/service-rhythms/${view.rhythms[0].id}`), 204)
    const after = fine(await manager.get(`/services/${service.id}`))
    assert.deepEqual([after.rhythms.length, after.slots.length], [0, view.slots.length])
  })
})

describe('ordering', () => {
  test('without an account: a number, a secret, a place; then a turn; then full, and nothing but full', async () => {
    const { service, slot } = await withSlot(1, { waits: 1 })
    const first = await ordered(service, slot), next = await ordered(service, slot)
    assert.match(first.code, /^\d{6}-\d{4,}$/)
    assert.deepEqual([first.state, first.turn, next.state, next.turn], ['placed', 0, 'waiting', 1])
    refused(await order(service, slot), 409, 'full')
    const view = fine(await own(next))
    assert.deepEqual([view.state, view.turn, view.may_cancel, view.may_rate, view.title], ['waiting', 1, true, false, service.title])
    refused(await anonymous.get(`/own-orders/${next.code}`), 404, 'secret')
    refused(await anonymous.get(`/own-orders/${next.code}`, secretOf(first)), 404, 'secret')
    refused(await cancelOwn({ code: next.code, secret: first.secret }), 404, 'secret')
    const shown = fine(await anonymous.get(`/public/services/${service.id}`)).slots[0]
    assert.deepEqual([shown.free, shown.waiting, shown.full], [0, 1, true])
    assert.equal(fine(await cancelOwn(first)).state, 'cancelled')            // who waits first has the place
    assert.deepEqual([fine(await own(next)).state, fine(await own(next)).turn], ['placed', 0])
    refused(await cancelOwn(first), 409, 'wrong_state')
    assert.equal((await findOrder(next)).to_tell, true)                      // no account: somebody has to telephone
    await noticed(worker, 'order.tell', service.title)
    await booksAgree(service, slot)
  })

  test('with an account: one’s own list, and told when a place is free', async () => {
    const { service, slot } = await withSlot(1, { waits: 3, title: '有人会让出来的理发' })
    const first = await ordered(service, slot)
    const mine = await ordered(service, slot, { contact: undefined, name: undefined }, d.resident)
    assert.deepEqual([mine.secret, mine.state], [null, 'waiting'])
    assert.deepEqual(fields(await order(service, slot, { contact: undefined }, d.resident)), { slot_id: 'ordered_already' })
    fine(await cancelOwn(first))
    await noticed(d.resident, 'order.yours_placed', '有人会让出来的理发')
    const [row] = fine(await d.resident.get('/own-orders')).items
    assert.deepEqual([row.code, row.state, row.name], [mine.code, 'placed', '居民张三'])
    assert.equal(fine(await d.resident.get(`/own-orders/${mine.code}`)).state, 'placed')
    refused(await d.neighbour.get(`/own-orders/${mine.code}`), 404, 'secret')
    refused(await anonymous.get('/own-orders'), 401, 'not_signed_in')
    assert.equal(fine(await d.resident.post(`/own-orders/${mine.code}/cancel`)).state, 'cancelled')
  })

  test('a telephone has one order of a slot; the same request again makes nothing twice', async () => {
    const { service, slot } = await withSlot(5), contact = phone()
    const what = orderOf(service, slot, { contact })
    const a = fine(await anonymous.post('/orders', what, { key: 'order-once-1' }), 201), b = fine(await d.neighbour.post('/orders', orderOf(service, slot, { way: 'neighbour', contact: phone() })), 201)
    assert.notEqual(a.items[0].code, b.items[0].code)
    assert.deepEqual(fields(await order(service, slot, { contact: `${contact.slice(0, 3)} ${contact.slice(3)}` })), { slot_id: 'ordered_already' })
    assert.equal((await slotNow(service, slot)).taken, 2)
  })

  const bad = [
    ['nothing', () => ({ service_id: undefined, slot_id: undefined }), { service_id: 'required' }],
    ['a service that is none', () => ({ service_id: '12345' }), { service_id: 'unknown_reference' }],
    ['no slot', () => ({ slot_id: undefined }), { slot_id: 'required' }],
    ['a slot that is none', () => ({ slot_id: '12345' }), { slot_id: 'unknown_reference' }],
    ['no telephone', () => ({ contact: undefined }), { contact: 'required' }],
    ['a mail address, which cannot be called', () => ({ contact: 'a@example.org' }), { contact: 'invalid' }],
    ['an area the service does not come to', () => ({ area_id: d.areas.c }), { area_id: 'not_served_here' }],
    ['an area that is none, and nobody’s name', () => ({ area_id: '12345', way: 'neighbour', name: undefined }), { area_id: 'unknown_reference', name: 'required' }],
    ['a week without a slot', () => ({ weeks: 2 }), { weeks: 'no_slot' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => {
      const { service, slot } = await withSlot()
      assert.deepEqual(fields(await order(service, slot, more())), want)
      assert.equal((await slotNow(service, slot)).taken, 0)
    })

  test('is refused when the time is over, too near, closed, or of another service', async () => {
    const late = await withSlot(2, { lead_hours: 96 }), other = await withSlot(), over = await withSlot()
    assert.deepEqual(fields(await order(late.service, late.slot)), { slot_id: 'lead_time' })
    assert.deepEqual(fields(await order(late.service, other.slot)), { slot_id: 'unknown_reference' })
    server.sql(`UPDATE service_slot SET begins_at = begins_at - ${10 * DAY}, ends_at = ends_at - ${10 * DAY} WHERE id = ${over.slot.id}`)
    assert.deepEqual(fields(await order(over.service, over.slot)), { slot_id: 'time_in_past' })
    fine(await manager.post(`/service-slots/${other.slot.id}/close`, { reason: '师傅生病' }))
    assert.deepEqual(fields(await order(other.service, other.slot)), { slot_id: 'slot_closed' })
    refused(await manager.post(`/service-slots/${other.slot.id}/close`, { reason: 'x' }), 409, 'slot_closed')
    const visit = await offered({ slotted: false, place: 'home', category: 'repair' })
    assert.deepEqual(fields(await order(visit, null, { wanted_at: Date.now() - HOUR })), { wanted_at: 'time_in_past', address: 'required' })
    assert.deepEqual(fields(await order(visit, null, { address: '三号楼' })), { wanted_at: 'required' })
  })

  test('staff order for others in their own areas; nobody else says they are staff', async () => {
    const { service, slot } = await withSlot(5)
    refused(await order(service, slot, { way: 'phone' }), 401, 'not_signed_in')
    for (const way of ['phone', 'social_worker']) refused(await order(service, slot, { way }, d.resident), 403, 'not_allowed')
    refused(await order(service, slot, { way: 'phone' }, otherWorker), 403, 'not_allowed')
    assert.deepEqual(fields(await order(service, slot, { way: 'phone', contact: undefined, name: undefined }, worker)), { contact: 'required', name: 'required' })
    assert.equal((await findOrder(await ordered(service, slot, { way: 'phone' }, worker), worker)).way, 'phone')
    const neighbours = await ordered(service, slot, { way: 'neighbour' }, d.neighbour)
    assert.equal(fine(await d.neighbour.get(`/own-orders/${neighbours.code}`)).way, 'neighbour')
  })

  test('every week: each its own order, all or nothing', async () => {
    const service = await offered()
    const at = Date.now() + 2 * DAY, slots = []
    for (let week = 0; week < 3; week++) slots.push(await slotted(service, { begins_at: at + week * 7 * DAY, ends_at: at + week * 7 * DAY + HOUR, capacity: 1 }))
    const made = await ordered(service, slots[0], { weeks: 3 })
    assert.deepEqual(made.items.map((one) => [one.begins_at, one.state]), slots.map((slot) => [slot.begins_at, 'placed']))
    for (const one of made.items) assert.equal(fine(await own({ ...one, secret: made.secret })).state, 'placed')
    fine(await cancelOwn({ ...made.items[0], secret: made.secret }))
    assert.deepEqual(fields(await order(service, slots[0], { weeks: 2 })), { weeks: 'full' })
    assert.equal((await slotNow(service, slots[0])).taken, 0)                      // nothing of it was kept
    assert.equal((await seen((await findOrder(made.items[1])).id)).bundle.length, 2)
  })
})

/** "2027-01-01" of the district's clock. */
const dateOf = (at) => new Date(at + 8 * HOUR).toISOString().slice(0, 10)
/** A calendar that reaches to these days, and in which they are holidays. */
async function holidays(...days) {
  const last = Math.max(...days.map((day) => Number(day.slice(0, 4)))), covered = fine(await d.dispatcher.get('/clock/calendars')).items[0].last_year, years = {}
  for (let year = Math.min(covered + 1, ...days.map((day) => Number(day.slice(0, 4)))); year <= last; year++) years[year] = { holidays: Object.fromEntries(days.filter((day) => Number(day.slice(0, 4)) === year).map((day) => [day, '放假'])), workdays: {} }
  fine(await d.admin.post('/clock/calendars', JSON.stringify(years), { type: 'application/json' }), 201)
}

describe('public holidays', () => {
  test('a rhythm rests on them where it says so; week by week, one without a slot is left out, any other day is not', async () => {
    const service = await offered({ title: '每天上门' }), at = Date.now() + 2 * DAY, off = dateOf(at + 7 * DAY)
    const slot = await slotted(service, { begins_at: at, ends_at: at + HOUR, capacity: 2 }), third = await slotted(service, { begins_at: at + 14 * DAY, ends_at: at + 14 * DAY + HOUR, capacity: 2 })
    assert.deepEqual(fields(await order(service, slot, { weeks: 3 })), { weeks: 'no_slot' })
    await holidays(off)
    const made = fine(await order(service, slot, { weeks: 3 }), 201)
    assert.deepEqual([made.holidays, made.items.map((one) => one.begins_at)], [1, [slot.begins_at, third.begins_at]])
    assert.deepEqual(fields(await order(service, slot, { weeks: 4 })), { weeks: 'no_slot' })       // the fourth is a day like any other
    assert.equal((await slotNow(service, slot)).taken, 1)
    for (const rests of [true, false]) {
      const one = await offered(), view = fine(await manager.post(`/services/${one.id}/rhythms`, { days: '1234567', opens: 540, closes: 660, capacity: 1, rests }), 201)
      assert.deepEqual([view.rhythms[0].rests, view.slots.some((row) => dateOf(row.begins_at) === off)], [rests, !rests])
      assert.ok(view.slots.length >= 26)
    }
    const visits = fine(await order(await offered({ slotted: false }), null, { wanted_at: at, weeks: 2 }), 201)      // by appointment: they agreed on it
    assert.deepEqual([visits.holidays, visits.items.length], [0, 2])
  })
})

test('what has begun is not cancelled by whoever ordered it; staff cancel it for them, and who waits moves up', async () => {
  const { service, slot } = await withSlot(1, { waits: 2 }, true)
  const one = await ordered(service, slot), next = await ordered(service, slot)
  assert.equal(fine(await own(one)).may_cancel, false)
  refused(await cancelOwn(one), 409, 'wrong_state')
  refused(await cancelOwn(next), 409, 'wrong_state')
  assert.deepEqual([fine(await own(one)).state, fine(await own(next)).turn], ['placed', 1])
  fine(await act((await findOrder(one)).id, 'cancel', { reason: '临时有事' }, worker))
  assert.deepEqual([fine(await own(one)).state, fine(await own(next)).state], ['cancelled', 'placed'])
  await booksAgree(service, slot)
})

describe('a package', () => {
  test('orders each item, all or nothing; one that would hold itself is refused', async () => {
    const cut = await withSlot(1), wash = await withSlot(1), visit = await offered({ slotted: false, place: 'home', category: 'medical', title: '上门护理' })
    const small = fine(await manager.post('/packages', { org_id: orgs.helpers, title: '理发加洗护', public: true, items: [{ service_id: cut.service.id }, { service_id: wash.service.id }] }), 201)
    const big = fine(await manager.post('/packages', { org_id: orgs.helpers, title: '居家一周', public: true, items: [{ package_id: small.id }, { service_id: visit.id }, { service_id: cut.service.id }] }), 201)
    assert.deepEqual(big.services.map((one) => one.id), [cut.service.id, wash.service.id, visit.id])
    assert.deepEqual(fields(await manager.patch(`/packages/${small.id}`, { items: [{ service_id: cut.service.id }, { package_id: big.id }] }, { version: small.version })), { 'items[1].package_id': 'circle' })
    assert.deepEqual(fields(await manager.patch(`/packages/${small.id}`, { items: [{ package_id: small.id }] }, { version: small.version })), { 'items[0].package_id': 'circle' })
    assert.deepEqual(fields(await manager.post('/packages', { org_id: orgs.helpers, title: '空的', items: [{}, { service_id: '12345' }] })), { 'items[0].service_id': 'required', 'items[1].service_id': 'unknown_reference' })
    refused(await d.otherSecretary.post('/packages', { org_id: orgs.helpers, title: 'x', items: [{ service_id: cut.service.id }] }), 403, 'not_allowed')
    assert.ok(fine(await anonymous.get('/public/packages')).items.some((one) => one.id === big.id))
    assert.equal(fine(await anonymous.get(`/public/packages/${big.id}`)).items.length, 3)
    const picks = [{ service_id: cut.service.id, slot_id: cut.slot.id }, { service_id: wash.service.id, slot_id: wash.slot.id }, { service_id: visit.id, wanted_at: Date.now() + DAY }]
    const take = (more) => anonymous.post('/orders', { package_id: big.id, picks, contact: phone(), name: '李大爷', address: '五号楼 302', ...more })
    assert.deepEqual(fields(await take({ picks: picks.slice(0, 2) })), { picks: 'required' })
    assert.deepEqual(fields(await take({ picks: [{ service_id: cut.service.id, slot_id: '12345' }, ...picks.slice(1)] })), { 'picks[0].slot_id': 'unknown_reference' })
    assert.deepEqual(fields(await take({ weeks: 2 })), { weeks: 'not_a_choice' })
    assert.equal(fine(await take(), 201).items.length, 3)
    assert.deepEqual([(await slotNow(cut.service, cut.slot)).taken, (await slotNow(wash.service, wash.slot)).taken], [1, 1])
    const free = await slotted(cut.service, { begins_at: cut.slot.begins_at + DAY, ends_at: cut.slot.begins_at + DAY + HOUR, capacity: 1 })
    assert.deepEqual(fields(await take({ picks: [{ service_id: cut.service.id, slot_id: free.id }, ...picks.slice(1)] })), { 'picks[1].slot_id': 'full' })
    assert.equal((await slotNow(cut.service, free)).taken, 0)                        // the first item was not kept either
    assert.equal(fine(await manager.get(`/packages/${big.id}`)).title, '居家一周')
    assert.ok(fine(await d.leader.get('/packages')).items.some((one) => one.id === small.id))
    assert.equal(fine(await manager.post(`/packages/${big.id}/withdraw`)).state, 'withdrawn')
    refused(await manager.post(`/packages/${big.id}/withdraw`), 409, 'wrong_state')
    assert.deepEqual(fields(await take()), { package_id: 'not_offered' })
    refused(await anonymous.get(`/public/packages/${big.id}`), 404, 'not_found')
  })
})

describe('from request to review', () => {
  test('an order for an 82-year-old: placed by a social worker, grabbed by a volunteer, the address for that one on that day alone, done, called back, the hours are there', async () => {
    const { service, slot } = await withSlot(3, { title: '上门理发', place: 'home' }, true)
    const made = await ordered(service, slot, { way: 'social_worker', name: '赵奶奶（82 岁）', contact: '13812345678', address: '和悦家园 3 号楼 501', note: '耳背，请大声敲门' }, worker)
    assert.equal(made.secret, null)
    await noticed(volunteer, 'order.new', '上门理发')
    const [free] = fine(await volunteer.get('/orders', { query: { open: true, free: true, service: service.id } })).items
    assert.deepEqual([free.code, free.name, free.today, free.place], [made.code, null, true, 'home'])    // nobody's name before it is theirs
    const before = await seen(free.id, volunteer)
    assert.deepEqual([before.note, before.contact_masked, before.acts], [null, null, ['grab', 'done', 'no-show']])
    refused(await act(free.id, 'home', undefined, volunteer), 403, 'not_allowed')
    const grabbed = fine(await act(free.id, 'grab', undefined, volunteer))
    assert.deepEqual([grabbed.state, grabbed.mine, grabbed.name, grabbed.note, grabbed.helper_name], ['assigned', true, '赵奶奶（82 岁）', '耳背，请大声敲门', '志愿者小陈'])
    assert.ok(!grabbed.contact_masked.includes('2345') && grabbed.acts.includes('home'))
    refused(await act(free.id, 'grab', undefined, second), 409, 'wrong_state')
    const home = fine(await act(free.id, 'home', undefined, volunteer))
    assert.deepEqual(home, { name: '赵奶奶（82 岁）', contact: '13812345678', address: '和悦家园 3 号楼 501', note: '耳背，请大声敲门' })
    for (const who of [second, manager, worker]) refused(await act(free.id, 'home', undefined, who), 403, 'not_allowed')
    refused(await act(free.id, 'phone', undefined, worker), 409, 'wrong_state')                // nobody has to call now
    const looks = fine(await d.audit.get('/audit', { query: { object_kind: 'order' } })).items.filter((row) => row.object_id === free.id && row.action === 'order.home')
    assert.deepEqual(looks.map((row) => row.actor?.name ?? row.who ?? row.account_name ?? '').length, 1)
    for (const [days, name] of [[1, 'the day before'], [-1, 'the day after']]) {
      const move = (by) => server.sql(`UPDATE service_order SET begins_at = begins_at + ${by * DAY}, ends_at = ends_at + ${by * DAY} WHERE id = ${free.id}`)
      move(days * 2)
      refused(await act(free.id, 'home', undefined, volunteer), 403, 'not_that_day')
      assert.ok(!(await seen(free.id, volunteer)).acts.includes('home'), name)
      move(-days * 2)
    }
    assert.equal(fine(await act(free.id, 'start', undefined, volunteer)).state, 'under_way')
    refused(await act(free.id, 'give-back', { reason: 'x' }, volunteer), 409, 'wrong_state')
    assert.deepEqual(fields(await act(free.id, 'done', { helpers: [] }, volunteer)), { helpers: 'too_short' })
    const me = volunteer.me.person_id ?? volunteer.me.user.person_id ?? (await seen(free.id, volunteer)).helper_id
    assert.deepEqual(fields(await act(free.id, 'done', { helpers: [{ person_id: me, minutes: 5 }, { person_id: me, minutes: 5 }, { minutes: 5 }, { person_id: '12345', minutes: 5 }] }, volunteer)),
      { 'helpers[1].person_id': 'taken', 'helpers[2].person_id': 'required', 'helpers[3].person_id': 'unknown_reference' })
    refused(await act(free.id, 'done', { helpers: [{ person_id: me, minutes: 5 }] }, second), 403, 'not_allowed')
    const done = fine(await act(free.id, 'done', { text: '剪短了，帮着扫了地', helpers: [{ person_id: me, minutes: 50 }, { name: '徒弟小周', minutes: 40 }] }, volunteer))
    assert.deepEqual([done.state, done.minutes, done.hours.map((one) => [one.name, one.minutes])], ['done', 90, [['志愿者小陈', 50], ['徒弟小周', 40]]])
    refused(await act(free.id, 'home', undefined, volunteer), 409, 'wrong_state')              // it is over
    refused(await act(free.id, 'review', { rating: 5 }, volunteer), 403, 'not_allowed')
    refused(await act(free.id, 'review', { rating: 5 }, manager), 403, 'not_allowed')
    refused(await act(free.id, 'review', { rating: 5 }, otherWorker), 404, 'not_found')
    const call = fine(await act(free.id, 'phone', undefined, worker))
    assert.deepEqual([call.contact, call.address], ['13812345678', null])
    assert.deepEqual(fields(await act(free.id, 'review', { rating: 6 }, worker)), { rating: 'too_big' })
    const rated = fine(await act(free.id, 'review', { rating: 5, said: '小陈很耐心' }, worker))
    assert.deepEqual([rated.rating, rated.said, rated.rated_way], [5, '小陈很耐心', 'call_back'])
    refused(await act(free.id, 'review', { rating: 1 }, worker), 409, 'wrong_state')
    const hours = fine(await volunteer.get('/service-hours'))
    assert.deepEqual([hours.minutes, hours.items.map((one) => [one.order_id, one.title, one.minutes])], [50, [[free.id, '上门理发', 50]]])
    const all = fine(await manager.get('/service-hours', { query: { org: orgs.helpers } }))
    assert.deepEqual(all.people.map((one) => [one.name, one.minutes]), [['志愿者小陈', 50], ['徒弟小周', 40]])
    refused(await volunteer.get('/service-hours', { query: { org: orgs.helpers } }), 403, 'not_allowed')
    assert.deepEqual(fields(await volunteer.get('/service-hours', { query: { person: '12345' } })), { org: 'required' })
    assert.equal(fine(await manager.get('/service-hours', { query: { org: orgs.helpers, from: Date.now() + DAY, to: Date.now() + 2 * DAY } })).minutes, 0)
    const story = (await seen(free.id)).story.map((row) => row.action)
    assert.deepEqual(story.reverse(), ['order.enter', 'order.grab', 'order.home', 'order.start', 'order.done', 'order.phone', 'order.call_back'])
  })

  test('nothing readable of a home or a telephone is stored', async () => {
    const { service, slot } = await withSlot(1, { place: 'home' })
    const one = await ordered(service, slot, { contact: '13700001234', address: '看不见的地址 9 号' })
    const row = await findOrder(one)
    const text = JSON.stringify([row, await seen(row.id), await seen(row.id, worker), fine(await d.audit.get('/audit', { query: { object_kind: 'order' } }))])
    assert.ok(!text.includes('看不见的地址') && !text.includes('13700001234') && text.includes(one.code))
  })

  test('reviewed first: approved, or refused with a reason, which frees the place for who waits', async () => {
    const { service, slot } = await withSlot(1, { reviewed: true, waits: 5 })
    const a = await ordered(service, slot), b = await ordered(service, slot), mine = await ordered(service, slot, { contact: undefined }, d.resident)
    assert.deepEqual([a.state, b.state], ['review', 'review'])
    await noticed(manager, 'order.to_review', service.title)
    const [x, y, z] = [await findOrder(a), await findOrder(b), await findOrder(mine)]
    refused(await act(x.id, 'approve', undefined, volunteer), 403, 'not_allowed')
    refused(await act(x.id, 'grab', undefined, volunteer), 409, 'wrong_state')
    assert.equal(fine(await act(y.id, 'approve')).state, 'waiting')
    assert.equal(fine(await act(z.id, 'approve')).turn, 2)
    assert.deepEqual(fields(await act(x.id, 'refuse', {})), { reason: 'required' })
    assert.equal(fine(await act(x.id, 'refuse', { reason: '不在服务对象内' })).state, 'refused')
    assert.equal(fine(await own(a)).reason, '不在服务对象内')
    assert.deepEqual([(await seen(y.id)).state, (await seen(z.id)).turn], ['placed', 1])
    refused(await act(x.id, 'approve'), 409, 'wrong_state')
    await booksAgree(service, slot)
  })

  test('assigned by the manager to whoever serves there; nobody is at two orders at once; given back', async () => {
    const one = await withSlot(2, { place: 'home' }), same = await offered({ place: 'home' })
    const slot = await slotted(same, { begins_at: one.slot.begins_at + 30 * MINUTE, ends_at: one.slot.ends_at + HOUR, capacity: 1 })
    const a = await findOrder(await ordered(one.service, one.slot, { address: '一号楼' })), b = await findOrder(await ordered(same, slot, { address: '二号楼' })), c = await findOrder(await ordered(one.service, one.slot, { address: '一号楼 2' }))
    const helpers = fine(await manager.get(`/orders/${a.id}/helpers`)).items
    assert.deepEqual(helpers.map((row) => row.name).sort(), ['义工队长', '志愿者小林', '志愿者小陈'].sort())
    const who = helpers.find((row) => row.name === '志愿者小林').id
    assert.deepEqual(fields(await act(a.id, 'assign', { person_id: '12345' })), { person_id: 'unknown_reference' })
    refused(await act(a.id, 'assign', { person_id: who }, volunteer), 403, 'not_allowed')
    refused(await otherWorker.get(`/orders/${a.id}/helpers`), 404, 'not_found')
    const assigned = fine(await act(a.id, 'assign', { person_id: who, team: '理发组' }))
    assert.deepEqual([assigned.state, assigned.helper_name, assigned.team], ['assigned', '志愿者小林', '理发组'])
    await noticed(second, 'order.assigned', one.service.title)
    assert.deepEqual(fields(await act(b.id, 'assign', { person_id: who })), { person_id: 'helper_busy' })
    refused(await act(b.id, 'grab', undefined, second), 409, 'helper_busy')
    assert.equal(fine(await act(c.id, 'grab', undefined, second)).state, 'assigned')         // the same slot is one occasion
    refused(await act(a.id, 'start', undefined, second), 409, 'not_the_day')
    refused(await act(a.id, 'done', { helpers: [{ person_id: who, minutes: 5 }] }, second), 409, 'not_the_day')
    refused(await act(a.id, 'no-show', undefined, second), 409, 'not_the_day')
    refused(await act(a.id, 'give-back', { reason: 'x' }, volunteer), 403, 'not_allowed')
    assert.deepEqual([fine(await act(a.id, 'give-back', { reason: '要出差' }, second)).helper_id], [null])
    await noticed(manager, 'order.returned', one.service.title)
    refused(await act(a.id, 'home', undefined, second), 403, 'not_allowed')
    assert.deepEqual(fine(await second.get('/orders', { query: { mine: true, open: true } })).items.map((row) => row.id), [c.id])
  })

  test('cancelled for them, not there, told by telephone', async () => {
    const { service, slot } = await withSlot(2, { waits: 2 }, true)
    const a = await findOrder(await ordered(service, slot)), b = await findOrder(await ordered(service, slot)), c = await findOrder(await ordered(service, slot))
    refused(await act(a.id, 'cancel', { reason: 'x' }, volunteer), 403, 'not_allowed')
    refused(await act(a.id, 'cancel', { reason: 'x' }, otherWorker), 404, 'not_found')
    assert.equal(fine(await act(a.id, 'cancel', { reason: '家属来电取消' }, worker)).state, 'cancelled')
    assert.equal((await seen(c.id)).state, 'placed')
    assert.ok(fine(await worker.get('/orders', { query: { to_tell: true } })).items.some((row) => row.id === c.id))
    assert.match(fine(await act(c.id, 'phone', undefined, worker)).contact, /^139/)
    assert.equal(fine(await act(c.id, 'told', undefined, worker)).to_tell, false)
    refused(await act(c.id, 'told', undefined, worker), 409, 'wrong_state')
    refused(await act(c.id, 'told', undefined, volunteer), 403, 'not_allowed')
    assert.equal(fine(await act(b.id, 'no-show', undefined, volunteer)).state, 'no_show')
    refused(await act(b.id, 'cancel', { reason: 'x' }, worker), 409, 'wrong_state')
    assert.equal((await slotNow(service, slot)).taken, 2)                             // who did not come had the place
    const done = fine(await act(c.id, 'done', { helpers: [{ name: '王师傅', minutes: 20 }] }, manager))
    assert.equal(done.state, 'done')
    refused(await act(c.id, 'review', { rating: 5 }, manager), 403, 'not_allowed')
  })

  test('only whoever was served says how it was', async () => {
    const { service, slot } = await withSlot(5, {}, true), done = async (one) => fine(await act((await findOrder(one)).id, 'done', { helpers: [{ name: '王师傅', minutes: 20 }] }))
    const mine = await ordered(service, slot, { contact: undefined }, d.resident), secret = await ordered(service, slot), for_other = await ordered(service, slot, { way: 'neighbour' }, d.neighbour), secretly = await ordered(service, slot, { way: 'neighbour' })
    refused(await reviewOwn(secret, { rating: 5 }), 409, 'wrong_state')
    for (const one of [mine, secret, for_other, secretly]) await done(one)
    await noticed(d.resident, 'order.yours_done', service.title)
    refused(await d.neighbour.post(`/own-orders/${for_other.code}/review`, { rating: 5 }), 409, 'not_served')
    refused(await reviewOwn(secretly, { rating: 5 }), 409, 'not_served')
    refused(await d.neighbour.post(`/own-orders/${mine.code}/review`, { rating: 1 }), 404, 'secret')
    assert.deepEqual(fields(await reviewOwn(secret, {})), { rating: 'required' })
    assert.equal(fine(await own(secret)).may_rate, true)
    assert.deepEqual([fine(await reviewOwn(secret, { rating: 4, said: '剪得好' })).rating, fine(await own(secret)).may_rate], [4, false])
    refused(await reviewOwn(secret, { rating: 1 }), 409, 'wrong_state')
    assert.equal(fine(await d.resident.post(`/own-orders/${mine.code}/review`, { rating: 5 })).rating, 5)
    assert.equal((await seen((await findOrder(secret)).id)).rated_way, 'self')
    const both = await server.user({ role: 'community_secretary', unit: d.areas.a, sign: 'both_sides', name: '两边都管' })
    const again = await withSlot(1, {}, true), theirs = await findOrder(await ordered(again.service, again.slot))
    fine(await act(theirs.id, 'done', { helpers: [{ name: '王师傅', minutes: 20 }] }, both))
    refused(await act(theirs.id, 'review', { rating: 5 }, both), 409, 'own_claim')           // who did it does not call
    assert.equal(fine(await act(theirs.id, 'review', { rating: 3 }, worker)).rating, 3)
  })

  test('a slot that closes tells everybody in it; a larger one takes in who waits', async () => {
    const { service, slot } = await withSlot(1, { waits: 9, title: '要取消的理发' })
    const mine = await ordered(service, slot, { contact: undefined }, d.resident), others = [await ordered(service, slot), await ordered(service, slot), await ordered(service, slot)]
    assert.deepEqual(fine(await manager.patch(`/service-slots/${slot.id}`, { capacity: 3 })).slots[0].taken, 3)
    assert.deepEqual(await Promise.all(others.map(async (one) => fine(await own(one)).turn)), [0, 0, 1])
    assert.deepEqual(fields(await manager.patch(`/service-slots/${slot.id}`, { capacity: 2 })), { capacity: 'reserved' })
    refused(await manager.patch(`/service-slots/${slot.id}`, { capacity: 5 }, { version: 1 }), 409, 'stale_version')
    const closed = fine(await manager.post(`/service-slots/${slot.id}/close`, { reason: '停电' })).slots[0]
    assert.deepEqual([closed.state, closed.reason, closed.taken, closed.waiting], ['closed', '停电', 0, 0])
    await noticed(d.resident, 'order.yours_off', '要取消的理发')
    await noticed(worker, 'order.tell', '要取消的理发')
    for (const one of others) assert.deepEqual([fine(await own(one)).state, fine(await own(one)).reason, (await findOrder(one)).to_tell], ['cancelled', '停电', true])
    assert.equal(fine(await d.resident.get(`/own-orders/${mine.code}`)).state, 'cancelled')
    refused(await manager.patch(`/service-slots/${slot.id}`, { capacity: 5 }), 409, 'slot_closed')
  })

  test('orders are for those who work with them', async () => {
    const { service, slot } = await withSlot()
    const { id } = await findOrder(await ordered(service, slot))
    refused(await anonymous.get('/orders'), 401, 'not_signed_in')
    refused(await d.resident.get('/orders'), 403, 'not_allowed')
    refused(await d.resident.get(`/orders/${id}`), 403, 'not_allowed')
    refused(await otherWorker.get(`/orders/${id}`), 404, 'not_found')
    assert.ok(!fine(await otherWorker.get('/orders', { query: { limit: 200 } })).items.some((one) => one.id === id))
    const list = async (query, who = manager) => fine(await who.get('/orders', { query })).items.map((one) => one.id)
    for (const query of [{ service: service.id }, { slot: slot.id }, { org: orgs.helpers, limit: 1 }, { area: d.areas.east, service: service.id }, { state: 'placed', service: service.id }, { text: '王奶奶', service: service.id }]) assert.deepEqual(await list(query), [id])
    assert.deepEqual(await list({ service: service.id, state: 'done' }), [])
    assert.deepEqual(await list({ service: service.id, today: true }), [])
    assert.deepEqual(await list({ text: '王奶奶', service: service.id }, volunteer), [])        // they do not see the name
    const paged = [], all = await list({ open: true, limit: 200 })
    for (let after; after !== null;) {
      const page = fine(await manager.get('/orders', { query: { open: true, limit: 2, after } }))
      paged.push(...page.items.map((one) => one.id))
      after = page.next
    }
    assert.deepEqual(paged, all)
    assert.deepEqual(fields(await manager.get('/orders', { query: { after: 'made up' } })), { after: 'invalid' })
  })
})

test('a need is shown the services that could answer it', async () => {
  const near = await offered({ category: 'legal', title: '法律咨询', slotted: false }), wide = await offered({ category: 'people', title: '什么都会', slotted: false })
  const full = await offered({ category: 'legal', title: '约满了的咨询' })
  await offered({ category: 'legal', title: '别处的', org_id: orgs.clinic, area_id: d.areas.c }, d.dispatcher)
  const need = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: '想咨询遗嘱', category: 'legal', quantity: 1, publish: true }), 201)
  const found = fine(await d.secretary.get(`/needs/${need.id}/services`)).items
  assert.deepEqual(found.map((one) => one.service.id), [near.id, wide.id, full.id].sort((a, b) => found.findIndex((f) => f.service.id === a) - found.findIndex((f) => f.service.id === b)))
  assert.deepEqual([found[0].service.id, found[0].same_category, found[0].in_time], [near.id, true, true])
  assert.equal(found.find((one) => one.service.id === full.id).in_time, false)
  const draft = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: '草稿', category: 'legal', quantity: 1 }), 201)
  refused(await d.otherSecretary.get(`/needs/${draft.id}/services`), 403, 'not_allowed')
  refused(await d.resident.get(`/needs/${need.id}/services`), 403, 'not_allowed')
})

test('an organisation that becomes part of another hands over services, packages and open orders; one that closes has settled them', async () => {
  const org = async (name) => fine(await d.admin.post('/orgs', { kind: 'association', name, area_id: d.areas.a }), 201).id
  const [old, next] = [await org('老理发队'), await org('新理发队')]
  const service = await offered({ org_id: old }, d.secretary), begins_at = Date.now() + 2 * DAY
  const slot = fine(await d.secretary.post(`/services/${service.id}/slots`, { begins_at, ends_at: begins_at + HOUR, capacity: 1 }), 201).slots[0]
  const pack = fine(await d.secretary.post('/packages', { org_id: old, title: '老套餐', items: [{ service_id: service.id }] }), 201)
  const one = await ordered(service, slot), version = async (id) => fine(await d.admin.get(`/orgs/${id}`)).version
  const close = async (id) => d.admin.post(`/orgs/${id}/close`, undefined, { version: await version(id) })
  refused(await close(old), 409, 'still_in_use')
  const holds = Object.fromEntries(fine(await d.leader.get(`/orgs/${old}/holds`)).items.map((row) => [row.what, row.count]))
  assert.deepEqual([holds.orders, holds.menu], [1, 2])
  fine(await d.admin.post(`/orgs/${old}/merge`, { into: next }, { version: await version(old) }))
  const row = await findOrder(one, d.secretary)
  assert.deepEqual([fine(await d.leader.get(`/services/${service.id}`)).org_id, fine(await d.leader.get(`/packages/${pack.id}`)).org_id, row.org_id], [next, next, next])
  refused(await close(next), 409, 'still_in_use')
  fine(await act(row.id, 'cancel', { reason: '队伍解散' }, d.secretary))
  fine(await close(next))
  assert.equal(fine(await d.leader.get(`/services/${service.id}`)).state, 'withdrawn')
})

test('many at once, some cancel, some are refused, places are added: the books agree after every round', async () => {
  const { service, slot } = await withSlot(7, { waits: 20, reviewed: false })
  let random = 20261126
  const below = (n) => ((random = (random * 1103515245 + 12345) & 0x7fffffff) >> 12) % n
  const live = []
  let full = 0, capacity = 7
  for (let round = 0; round < 5; round++) {
    const work = Array.from({ length: 18 }, () => async () => {
      const answer = await order(service, slot)
      if (answer.status === 409) { assert.equal(answer.body.code, 'full', answer.text); full++ }
      else live.push({ ...fine(answer, 201).items[0], secret: answer.body.secret })
    })
    for (const one of live.filter(() => below(4) === 0)) {
      live.splice(live.indexOf(one), 1)
      work.splice(below(work.length), 0, async () => { fine(await cancelOwn(one)) })
    }
    if (round % 2) work.splice(below(work.length), 0, async () => { fine(await manager.patch(`/service-slots/${slot.id}`, { capacity: capacity += 2 })) })
    await Promise.all(work.map((one) => one()))
    const { rows } = await booksAgree(service, slot)
    assert.deepEqual(rows.filter((one) => one.state !== 'cancelled').map((one) => one.code).sort(), live.map((one) => one.code).sort())
  }
  assert.ok(full > 0 && live.length > capacity, `${full} full, ${live.length} live`)
})

/* The last: whoever asks next would wait until the address may ask again. */
test('from one address only so many an hour without an account', async () => {
  fine(await d.admin.put('/settings/service.anonymous_orders_per_hour', { value: 1 }), 204)
  const { service, slot } = await withSlot(9)
  const codes = []
  for (let i = 0; i < 3; i++) codes.push((await order(service, slot)).status)
  assert.ok(codes.includes(429), String(codes))
})
