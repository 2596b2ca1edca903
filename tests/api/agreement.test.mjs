/* Agreements: drafted from a template, signed by all sides, on paper with a QR that verifies; what of their pledges was kept is read off the work. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64')

const HOUR = 3_600_000, DAY = 24 * HOUR
let server, d, orgs, heads, alliance, templates, place, serial = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  place = mkdtempSync(join(tmpdir(), 'linli-agreement-'))
  const org = async (kind, name, area_id) => fine(await d.admin.post('/orgs', { kind, name, area_id }), 201).id
  orgs = { committee: d.orgs.committee, bank: await org('bank', '东街支行', d.areas.a), school: await org('school', '东街小学', d.areas.b), far: await org('association', '西街义工', d.areas.c) }
  heads = {}
  for (const [name, unit] of Object.entries(orgs)) heads[name] = await server.user({ role: 'org_head', unit, sign: `head_${name}`, name: `负责人${name}`, lang: 'zh-CN' })
  alliance = fine(await d.admin.post('/alliances', { kind: 'joint_conference', name: '东街联席会', area_id: d.areas.east, lead_id: orgs.committee, from: Date.now() - 90 * DAY }), 201)
  for (const one of ['bank', 'school']) fine(await d.admin.post(`/alliances/${alliance.id}/members`, { org_id: orgs[one], role: 'member', joined_at: Date.now() - 60 * DAY }))
  templates = fine(await heads.bank.get('/agreements/templates')).items
})
after(() => {
  if (place) rmSync(place, { recursive: true, force: true })
  return server?.stop()
})

const draftOf = (more) => ({
  kind: 'co_construction', title: `共建协议${++serial}`, text: templates[0].text, keeper_id: orgs.committee, parties: [orgs.committee, orgs.bank],
  begins_at: Date.now() - 40 * DAY, ends_at: Date.now() + 335 * DAY, review_months: 6,
  pledges: [{ org_id: orgs.bank, title: '送餐券', category: 'food', quantity: 10, unit: '份' }], ...more,
})
const drafted = async (more, who = heads.committee) => fine(await who.post('/agreements', draftOf(more)), 201)
const path = {
  offer: (it) => `/agreements/${it.id}/offer`, 'take-back': (it) => `/agreements/${it.id}/take-back`, sign: (it) => `/agreements/${it.id}/sign`, scan: (it) => `/agreements/${it.id}/scan`,
  end: (it) => `/agreements/${it.id}/end`, withdraw: (it) => `/agreements/${it.id}/withdraw`,
}
const step = (who, it, action, body, version) => who.post(path[action](it), body, { version })
const seen = async (it, who = d.leader) => fine(await who.get(`/agreements/${it.id}`))
async function inForce(more) {
  let it = await drafted(more)
  it = fine(await step(heads.committee, it, 'offer'))
  for (const [name, org] of Object.entries(orgs))
    if (it.sides.some((side) => side.org_id === org)) it = fine(await step(heads[name], it, 'sign', { org_id: org }, it.version))
  return it
}
const offered = async (more, who = heads.bank) => fine(await who.post('/resources', { org_id: orgs.bank, title: `资源${++serial}`, category: 'food', quantity: 100, unit: '份', again: false, ...more }), 201)
/** Asked by a unit, taken on by an organisation, done and confirmed. */
async function given(quantity, { category = 'food', unit = { unit_kind: 'area', unit_id: d.areas.a }, asker = d.secretary, by = 'bank', more } = {}) {
  const need = fine(await asker.post('/needs', { ...unit, title: `需求${++serial}`, category, quantity, publish: true }), 201)
  const taken = fine(await heads[by].post(`/needs/${need.id}/claims`, { org_id: orgs[by], quantity, due_at: Date.now() + DAY, ...more }), 201)
  const claim = taken.claims.at(-1).id
  fine(await heads[by].post(`/claims/${claim}/done`, { text: '办好了' }))
  fine(await asker.post(`/claims/${claim}/confirm`, { rating: 5 }))
  return claim
}

describe('a draft', () => {
  test('is made from a template and seen by the parties alone', async () => {
    const it = await drafted({ alliance_id: alliance.id })
    assert.equal(it.state, 'draft')
    assert.match(it.words, /甲社区居委会和东街支行经协商/)
    assert.match(it.words, /，在东街联席会框架内执行/)
    assert.doesNotMatch((await drafted()).words, /框架内|\[|\{/)
    for (const who of [heads.bank, heads.committee, d.secretary]) assert.equal((await seen(it, who)).may_change, true)
    for (const who of [d.leader, heads.school]) refused(await who.get(`/agreements/${it.id}`), 404, 'not_found')
    assert.ok(!fine(await d.leader.get('/agreements')).items.some((one) => one.id === it.id))
    assert.ok(fine(await heads.bank.get('/agreements', { query: { state: 'draft', org: orgs.bank, alliance: alliance.id, text: it.title } })).items.some((one) => one.id === it.id))
    assert.deepEqual(fine(await heads.bank.get('/agreements/kinds')).items.map((one) => one.code), ['co_construction', 'campus', 'commitment'])
  })

  test('the same request again makes nothing twice', async () => {
    const what = draftOf()
    const a = fine(await heads.committee.post('/agreements', what, { key: 'agreement-1' }), 201), b = fine(await heads.committee.post('/agreements', what, { key: 'agreement-1' }), 201)
    assert.equal(a.id, b.id)
  })

  const pledge = (more) => ({ org_id: orgs.bank, title: '宣讲', category: 'teaching', quantity: 1, unit: '场', ...more })
  const bad = [
    ['nothing', () => ({ kind: undefined, title: undefined, text: undefined, keeper_id: undefined, parties: undefined, begins_at: undefined, ends_at: undefined, pledges: undefined }),
      { kind: 'required', title: 'required', text: 'required', keeper_id: 'required', parties: 'required', begins_at: 'required', ends_at: 'required' }],
    ['a kind that is none', () => ({ kind: 'treaty' }), { kind: 'not_a_choice' }],
    ['a keeper that is no party', () => ({ parties: [orgs.bank, orgs.school] }), { parties: 'not_party' }],
    ['a party that is none, and one twice', () => ({ parties: [orgs.committee, '12345', orgs.bank, orgs.bank] }), { 'parties[1]': 'unknown_reference', 'parties[3]': 'twice' }],
    ['a term that ends before it begins', () => ({ begins_at: Date.now() + 9 * DAY, ends_at: Date.now() + DAY }), { ends_at: 'period' }],
    ['a term that is over', () => ({ begins_at: Date.now() - 9 * DAY, ends_at: Date.now() - DAY }), { ends_at: 'time_in_past' }],
    ['a word that nobody knows', () => ({ text: '由{king}决定' }), { text: 'letter_text' }],
    ['an alliance that is none', () => ({ alliance_id: '12345' }), { alliance_id: 'unknown_reference', 'parties[0]': 'not_member', 'parties[1]': 'not_member' }],
    ['a party that is not in the alliance', () => ({ alliance_id: alliance.id, parties: [orgs.committee, orgs.far], pledges: [] }), { 'parties[1]': 'not_member' }],
    ['a pledge of who is no party', () => ({ pledges: [pledge({ org_id: orgs.school })] }), { 'pledges[0].org_id': 'not_party' }],
    ['pledges without a category, of one that is none', () => ({ pledges: [pledge({ category: undefined }), pledge({ category: 'gold' })] }), { 'pledges[0].category': 'required', 'pledges[1].category': 'not_a_choice' }],
    ['a pledge with somebody else’s resource', () => ({ pledges: [pledge({ resource_id: '12345' })] }), { 'pledges[0].resource_id': 'unknown_reference' }],
    ['a day outside the term, or of what comes again', () => ({ pledges: [pledge({ due_at: Date.now() + 500 * DAY }), pledge({ rhythm: 'monthly', due_at: Date.now() + DAY })] }),
      { 'pledges[0].due_at': 'period', 'pledges[1].due_at': 'period' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => {
      const answer = await heads.committee.post('/agreements', draftOf(more()))
      assert.equal(answer.status, 422, answer.text)
      assert.deepEqual(fields(answer), want)
    })

  test('what is used up is promised once, as a whole', async () => {
    const stock = await offered()
    assert.deepEqual(fields(await heads.committee.post('/agreements', draftOf({ pledges: [pledge({ category: undefined, resource_id: stock.id, rhythm: 'monthly' })] }))), { 'pledges[0].rhythm': 'not_a_choice' })
  })

  test('changes by version, from either side, and tells the other what was said', async () => {
    const it = await drafted()
    refused(await heads.bank.patch(`/agreements/${it.id}`, { title: '改' }), 428, 'version_needed')
    const next = fine(await heads.bank.patch(`/agreements/${it.id}`, { title: '改过的', pledges: [pledge()] }, { version: it.version }))
    assert.deepEqual([next.title, next.pledged.map((one) => one.title), next.sides.length], ['改过的', ['宣讲'], 2])
    refused(await heads.committee.patch(`/agreements/${it.id}`, { title: '旧的' }, { version: it.version }), 409, 'stale_version')
    refused(await heads.school.patch(`/agreements/${it.id}`, { title: '外人' }, { version: next.version }), 404, 'not_found')
    const said = fine(await heads.bank.post(`/agreements/${it.id}/comments`, { text: '一场不够' }), 201)
    assert.deepEqual(said.comments.map((one) => [one.org_name, one.who, one.text]), [['东街支行', '负责人bank', '一场不够']])
    assert.deepEqual(fields(await heads.bank.post(`/agreements/${it.id}/comments`, {})), { text: 'required' })
    refused(await heads.school.post(`/agreements/${it.id}/comments`, { text: '外人' }), 404, 'not_found')
    refused(await d.leader.post('/agreements', draftOf()), 403, 'not_allowed')
    refused(await server.client().get('/agreements'), 401, 'not_signed_in')
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'agreement' } })).items.filter((row) => row.object_id === it.id)
    assert.deepEqual(rows.map((row) => row.action).sort(), ['agreement.change', 'agreement.comment', 'agreement.create'])
  })
})

describe('signing', () => {
  test('needs every party, the words that were read, and somebody with the right at the organisation itself', async () => {
    const draft = await drafted({ pledges: [] })
    assert.deepEqual(fields(await step(heads.committee, draft, 'offer')), { pledges: 'required' })
    let it = await drafted()
    refused(await step(heads.bank, it, 'sign', { org_id: orgs.bank }, it.version), 409, 'wrong_state')
    it = fine(await step(heads.committee, it, 'offer'))
    assert.deepEqual([it.state, it.no, it.verify], ['offered', null, null])
    refused(await heads.bank.patch(`/agreements/${it.id}`, { title: '晚了' }, { version: it.version }), 409, 'wrong_state')
    refused(await step(d.secretary, it, 'sign', { org_id: orgs.committee }, it.version), 403, 'not_allowed')   // her right is at the area
    refused(await step(heads.bank, it, 'sign', { org_id: orgs.committee }, it.version), 403, 'not_allowed')
    refused(await step(heads.bank, it, 'sign', { org_id: orgs.bank }), 428, 'version_needed')
    refused(await step(heads.school, it, 'sign', { org_id: orgs.school }, it.version), 404, 'not_found')
    const one = fine(await step(heads.bank, it, 'sign', { org_id: orgs.bank }, it.version))
    assert.deepEqual([one.state, one.signed_count], ['offered', 1])
    refused(await step(heads.committee, it, 'sign', { org_id: orgs.committee }, it.version), 409, 'stale_version')
    refused(await step(heads.bank, one, 'sign', { org_id: orgs.bank }, one.version), 409, 'wrong_state')
    // whoever takes it back voids what was signed
    const back = fine(await step(heads.bank, one, 'take-back', undefined, one.version))
    assert.deepEqual([back.state, back.signed_count], ['draft', 0])
    refused(await step(heads.bank, back, 'take-back', undefined, back.version), 409, 'wrong_state')
    it = fine(await step(heads.committee, back, 'offer'))
    it = fine(await step(heads.committee, it, 'sign', { org_id: orgs.committee }, it.version))
    it = fine(await step(heads.bank, it, 'sign', { org_id: orgs.bank }, it.version))
    assert.equal(it.state, 'in_force')
    assert.match(it.no, /^共建〔\d{4}〕\d{3}号$/)
    assert.deepEqual(it.sides.map((side) => side.signer), ['负责人committee', '负责人bank'])
    assert.deepEqual((await seen(it)).sides.map((side) => side.signer), [null, null])   // a reader sees that, not who
    refused(await step(heads.committee, it, 'withdraw', { reason: '晚了' }), 409, 'wrong_state')
  })

  test('nobody signs for two sides; one that signed on paper is entered with its photograph', async () => {
    const both = await server.user({ role: 'org_head', unit: orgs.bank, sign: 'both', name: '两头跑', lang: 'zh-CN' })
    const security = await server.user({ role: 'security_admin', sign: 'security' }), [person] = fine(await d.admin.get('/people', { query: { text: '两头跑' } })).items
    fine(await security.post(`/people/${person.id}/assignments`, { role: 'org_head', unit_kind: 'org', unit_id: orgs.committee }), 201)
    let it = await drafted()
    it = fine(await step(heads.committee, it, 'offer'))
    it = fine(await step(both, it, 'sign', { org_id: orgs.bank }, it.version))
    refused(await step(both, it, 'sign', { org_id: orgs.committee }, it.version), 409, 'sign_elsewhere')
    const photo = fine(await heads.committee.post('/files', dot, { type: 'image/png' }), 201).id
    assert.deepEqual(fields(await step(heads.committee, it, 'scan', { org_id: orgs.school, signer: '王', photo: [photo] }, it.version)), { org_id: 'not_party' })
    assert.deepEqual(fields(await step(heads.committee, it, 'scan', { org_id: orgs.committee }, it.version)), { signer: 'required', photo: 'required' })
    refused(await step(heads.bank, it, 'scan', { org_id: orgs.committee, signer: '王', photo: [photo] }, it.version), 403, 'not_allowed')
    it = fine(await step(heads.committee, it, 'scan', { org_id: orgs.committee, signer: '王主任', photo: [photo] }, it.version))
    assert.deepEqual([it.state, it.sides[0].signer, it.sides[0].scan_id], ['in_force', '王主任', photo])
    assert.equal((await heads.bank.get(`/files/${photo}`)).status, 200)
    assert.notEqual((await heads.school.get(`/files/${photo}`)).status, 200)
  })

  test('a party that left the alliance signs no more', async () => {
    const guest = fine(await d.admin.post('/orgs', { kind: 'shop', name: '过路商户', area_id: d.areas.a }), 201).id
    const member = fine(await d.admin.post(`/alliances/${alliance.id}/members`, { org_id: guest, role: 'member', joined_at: Date.now() - 5 * DAY }))
    const head = await server.user({ role: 'org_head', unit: guest, sign: 'head_guest', name: '商户', lang: 'zh-CN' })
    let it = await drafted({ alliance_id: alliance.id, parties: [orgs.committee, guest], pledges: [{ org_id: guest, title: '打折', category: 'service', quantity: 1 }] })
    it = fine(await step(heads.committee, it, 'offer'))
    const stretch = (member.members ?? fine(await d.admin.get(`/alliances/${alliance.id}`)).members).find((one) => one.org_id === guest)
    fine(await d.admin.post(`/alliances/${alliance.id}/members/${stretch.id}/leave`, { reason: '搬走了' }))
    assert.deepEqual(fields(await step(head, it, 'sign', { org_id: guest }, it.version)), { 'parties[1]': 'not_member' })
    const gone = fine(await step(heads.committee, it, 'withdraw', { reason: '对方退出' }))
    assert.deepEqual([gone.state, gone.end_reason], ['withdrawn', '对方退出'])
  })
})

describe('what is promised', () => {
  test('is held back when the last party signs, drawn on by claims, and free again when it ends', async () => {
    const stock = await offered({ quantity: 50 })
    const free = async () => fine(await d.leader.get(`/resources/${stock.id}`))
    const promise = { org_id: orgs.bank, title: '餐券', resource_id: stock.id, quantity: 30, unit: '份' }
    const it = await inForce({ pledges: [promise] })
    assert.deepEqual([(await free()).free, (await free()).holds.map((one) => [one.title, one.quantity, one.left])], [20, [[it.title, 30, 30]]])
    assert.equal(it.pledged[0].held, true)
    // a second agreement cannot have what is held back already
    let second = await drafted({ pledges: [{ ...promise, quantity: 21 }] })
    second = fine(await step(heads.committee, second, 'offer'))
    second = fine(await step(heads.bank, second, 'sign', { org_id: orgs.bank }, second.version))
    assert.deepEqual(fields(await step(heads.committee, second, 'sign', { org_id: orgs.committee }, second.version)), { 'pledges[0].quantity': 'not_free' })
    refused(await heads.bank.post(`/resources/${stock.id}/withdraw`), 409, 'reserved')
    const hold_id = (await free()).holds[0].id
    const claim = (quantity, more) => ({ org_id: orgs.bank, resource_id: stock.id, quantity, due_at: Date.now() + DAY, ...more })
    const need = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: '送餐', category: 'food', quantity: 60, publish: true }), 201)
    refused(await heads.bank.post(`/needs/${need.id}/claims`, claim(21)), 409, 'not_free')
    assert.deepEqual(fields(await heads.bank.post(`/needs/${need.id}/claims`, claim(1, { hold_id: '12345' }))), { hold_id: 'unknown_reference' })
    refused(await heads.bank.post(`/needs/${need.id}/claims`, claim(31, { hold_id })), 409, 'not_free')
    const a = fine(await heads.bank.post(`/needs/${need.id}/claims`, claim(12, { hold_id })), 201).claims.at(-1).id
    const b = fine(await heads.bank.post(`/needs/${need.id}/claims`, claim(5, { hold_id })), 201).claims.at(-1).id
    assert.deepEqual([(await free()).free, (await free()).holds[0].left], [20, 13])
    fine(await heads.bank.post(`/claims/${b}/give-back`, { reason: '来不及' }))
    assert.equal((await free()).holds[0].left, 18)
    fine(await heads.bank.post(`/claims/${a}/done`, { text: '送到了' }))
    fine(await d.secretary.post(`/claims/${a}/confirm`, { rating: 5 }))
    const now = await seen(it)
    assert.deepEqual([now.pledged[0].given, now.pledged[0].state, (await free()).free], [12, 'open', 20])
    // one claim is under way when it ends: that stands, the rest is free
    const c = fine(await heads.bank.post(`/needs/${need.id}/claims`, claim(8, { hold_id })), 201).claims.at(-1).id
    refused(await step(d.secretary, it, 'end', { reason: '不办了' }), 403, 'not_allowed')
    assert.deepEqual(fields(await step(heads.bank, it, 'end', {})), { reason: 'required' })
    const ended = fine(await step(heads.bank, it, 'end', { reason: '支行搬迁' }))
    assert.deepEqual([ended.state, ended.end_reason, (await free()).free, (await free()).holds], ['ended', '支行搬迁', 30, []])
    fine(await heads.bank.post(`/claims/${c}/give-back`, { reason: '不办了' }))
    assert.equal((await free()).free, 38)   // 50 less the 12 that were used
    refused(await step(heads.bank, it, 'end', { reason: '再来' }), 409, 'wrong_state')
  })

  test('is kept by work that was confirmed for the others, each counted once', async () => {
    const it = await inForce({ pledges: [{ org_id: orgs.bank, title: '志愿人手', category: 'people', quantity: 3, unit: '人次' }, { org_id: orgs.bank, title: '讲课', category: 'teaching', quantity: 2, unit: '场', rhythm: 'monthly' }] })
    await given(2, { category: 'teaching' })                                                                    // the first fits it too (people holds teaching), and lacks 3
    assert.deepEqual((await seen(it)).pledged.map((one) => [one.given, one.state, one.now_given]), [[2, 'open', 2], [0, 'late', 0]])   // a month is over without one
    await given(2, { category: 'teaching' })
    await given(2, { category: 'teaching' })
    assert.deepEqual((await seen(it)).pledged.map((one) => [one.given, one.state]), [[4, 'kept'], [2, 'late']])
    await given(5, { category: 'teaching', unit: { unit_kind: 'area', unit_id: d.areas.c }, asker: d.otherSecretary })   // not for them
    assert.deepEqual((await seen(it)).pledged.map((one) => one.given), [4, 2])
    const works = fine(await d.leader.get(`/pledges/${it.pledged[0].id}/works`)).items
    assert.deepEqual(works.map((one) => [one.quantity, one.org_name, one.unit_name]), [[2, '东街支行', '甲社区'], [2, '东街支行', '甲社区']])
    refused(await d.leader.get('/pledges/12345/works'), 404, 'not_found')
  })

  /** A service of the bank with a slot whose time has begun, and orders of it that were done; each a minute, or so many. */
  async function service(more, capacity = 20) {
    const one = fine(await heads.bank.post('/services', { org_id: orgs.bank, title: `服务${++serial}`, category: 'haircut', slotted: true, public: true, area_id: d.areas.a, ...more }), 201)
    return fine(await heads.bank.post(`/services/${one.id}/slots`, { begins_at: Date.now() - 60_000, ends_at: Date.now() + HOUR, capacity }), 201)
  }
  let phones = 0, clerk
  before(async () => (clerk = await server.user({ role: 'department_handler', unit: orgs.bank, sign: 'clerk_bank', name: '柜员', lang: 'zh-CN' })))
  async function ordered(one, { minutes = 30, done = true, area_id } = {}) {
    const made = fine(await server.client().post('/orders', { service_id: one.id, slot_id: one.slots[0].id, contact: `1370000${String(1000 + ++phones)}`, name: '王奶奶', area_id }), 201)
    const order = fine(await clerk.get('/orders', { query: { text: made.items[0].code } })).items[0]
    if (done) fine(await clerk.post(`/orders/${order.id}/done`, { text: '做好了', helpers: [{ name: '师傅', minutes }] }))
    return order
  }

  test('is kept by orders that were done for the others: people, sessions or hours, as its unit says; what is not done, or not for them, is not', async () => {
    fine(await d.admin.put('/settings/service.anonymous_orders_per_hour', { value: 100000 }), 204)
    const promise = (unit, quantity, more) => ({ org_id: orgs.bank, title: `理发${unit}`, category: 'service', quantity, unit, ...more })
    const people = await inForce({ pledges: [promise('人次', 3)] }), sessions = await inForce({ pledges: [promise('场', 2)] }), time = await inForce({ pledges: [promise('小时', 2)] })
    const both = [people, sessions, time], counts = async () => (await Promise.all(both.map((it) => seen(it)))).map(({ pledged: [one] }) => `${one.given} ${one.state}`)
    const cut = await service()
    const first = await ordered(cut, { minutes: 50 })
    await ordered(cut, { done: false })
    assert.deepEqual(await counts(), ['1 open', '1 open', '0 open'])
    await ordered(cut, { minutes: 70 })
    assert.deepEqual(await counts(), ['2 open', '1 open', '2 kept'])
    const west = await service({ area_id: d.areas.c })
    await ordered(west)                                                                                            // somebody else's community
    const other = await service({ category: 'equipment' })
    await ordered(other)                                                                                           // something else
    assert.deepEqual(await counts(), ['2 open', '1 open', '2 kept'])
    await ordered(await service())
    assert.deepEqual(await counts(), ['3 kept', '2 kept', '2 kept'])
    const works = fine(await d.leader.get(`/pledges/${sessions.pledged[0].id}/works`)).items
    assert.deepEqual(works.map((one) => [one.kind, one.quantity, one.org_name, one.unit_name]), [['order', 1, '东街支行', '甲社区'], ['order', 0, '东街支行', '甲社区'], ['order', 1, '东街支行', '甲社区']])
    assert.equal(works.at(-1).order_id, first.id)
    assert.deepEqual(fine(await d.leader.get(`/pledges/${time.pledged[0].id}/works`)).items.map((one) => one.minutes), [30, 70, 50])
    assert.ok(!JSON.stringify(works).includes('王奶奶'))
    const review = fine(await heads.bank.post(`/agreements/${time.id}/reviews`, { text: '够了' }), 201).reviews[0]
    assert.deepEqual(review.figures.map((one) => [one.given, one.state]), [[2, 'kept']])
    const within = await inForce({ alliance_id: alliance.id, pledges: [promise('人次', 1)] })
    assert.deepEqual(fine(await d.leader.get(`/alliances/${alliance.id}/pledges`)).items.filter((one) => one.agreement_id === within.id).map((one) => [one.state, one.given]), [['kept', 3]])
  })

  test('counts an order within a claim that is kept by its service once, with the claim', async () => {
    const it = await inForce({ pledges: [{ org_id: orgs.bank, title: '义诊', category: 'medical', quantity: 9, unit: '人次' }] }), given_ = async () => (await seen(it)).pledged[0].given
    const before_ = await given_(), mend = await service({ category: 'medical', title: '义诊日' })
    const need = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: '看四位病人', category: 'medical', quantity: 4, publish: true }), 201)
    const claim = (more) => heads.bank.post(`/needs/${need.id}/claims`, { org_id: orgs.bank, quantity: 4, due_at: Date.now() + DAY, ...more })
    assert.deepEqual(fields(await claim({ service_id: '12345' })), { service_id: 'unknown_reference' })
    const other = fine(await heads.school.post('/services', { org_id: orgs.school, title: '别家的', category: 'medical' }), 201)
    assert.deepEqual(fields(await claim({ service_id: other.id })), { service_id: 'unknown_reference' })
    const stock = await offered({ category: 'medical' })
    assert.deepEqual(fields(await claim({ service_id: mend.id, resource_id: stock.id })), { service_id: 'not_a_choice' })
    await ordered(mend)                                                                                            // before it was taken on
    assert.equal(await given_() - before_, 1)
    const quick = fine(await heads.bank.post(`/services/${mend.id}/slots`, { begins_at: Date.now() + HOUR, ends_at: Date.now() + 2 * HOUR, capacity: 9 }), 201)
    const taken = fine(await claim({ service_id: mend.id }), 201).claims.at(-1)
    assert.deepEqual([taken.service_id, taken.service_title], [mend.id, '义诊日'])
    /* As if their time had come between taking on and done. */
    const within = await Promise.all([1, 2].map(() => ordered({ ...quick, slots: [quick.slots.at(-1)] }, { done: false })))
    for (const one of within) server.sql(`UPDATE service_order SET begins_at = ${Date.now()} WHERE id = ${one.id}`)
    for (const one of within) fine(await clerk.post(`/orders/${one.id}/done`, { text: '做好了', helpers: [{ name: '师傅', minutes: 10 }] }))
    assert.equal(await given_() - before_, 3)                                                                      // nothing is confirmed yet: each order counts
    fine(await heads.bank.post(`/claims/${taken.id}/done`, { text: '看好了' }))
    fine(await d.secretary.post(`/claims/${taken.id}/confirm`, { rating: 5 }))
    assert.equal(await given_() - before_, 5)                                                                      // the one before, and the four of the claim
    const works = fine(await d.leader.get(`/pledges/${it.pledged[0].id}/works`)).items
    assert.ok(!works.some((one) => within.some((order) => order.id === one.order_id)))
  })

  test('counts orders by which a claim was done that names no service with the claim, as many as were taken on, of that kind and for that place', async () => {
    const promise = (unit) => ({ org_id: orgs.bank, title: `修补${unit}`, category: 'people', quantity: 99, unit })
    const each = await inForce({ pledges: [promise('人次')] }), sessions = await inForce({ pledges: [promise('场')] }), start = new Map()
    const given_ = async (it) => (await seen(it)).pledged[0].given - (start.get(it) ?? 0)
    for (const it of [each, sessions]) start.set(it, await given_(it))
    const takes = async (quantity, unit, more) => {
      const need = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: `修${quantity}${unit}`, category: 'rescue', quantity, unit, publish: true, ...more }), 201)
      return fine(await heads.bank.post(`/needs/${need.id}/claims`, { org_id: orgs.bank, quantity, due_at: Date.now() + DAY }), 201).claims[0]
    }
    const confirmed = async (claim) => {
      fine(await heads.bank.post(`/claims/${claim.id}/done`, { text: '修好了' }))
      fine(await d.secretary.post(`/claims/${claim.id}/confirm`, { rating: 5 }))
    }
    /* As if their time had come while the claim is under way. */
    const during = async (one, count) => {
      const all = []
      for (let n = 0; n < count; n++) all.push(await ordered(one, { done: false }))
      server.sql(`UPDATE service_order SET begins_at = ${Date.now()} WHERE id IN (${all.map((order) => order.id).join()})`)
      for (const order of all) fine(await clerk.post(`/orders/${order.id}/done`, { text: '做好了', helpers: [{ name: '师傅', minutes: 10 }] }))
    }
    const three = await takes(3, '人次')
    await during(await service({ category: 'rescue' }), 4)
    await during(await service({ category: 'helpers' }), 1)                                                           // another kind of thing
    assert.deepEqual([await given_(each), await given_(sessions)], [5, 2])                                          // nothing is confirmed yet: each order counts
    await confirmed(three)
    assert.equal(await given_(each), 5)                                                                            // three of the claim, the fourth, and the other kind
    start.set(sessions, start.get(sessions) + await given_(sessions))
    const once = await takes(1, '场')
    await during(await service({ category: 'rescue' }), 3)
    assert.equal(await given_(sessions), 1)
    await confirmed(once)
    assert.equal(await given_(sessions), 1)                                                                        // all who came to one session are that session
  })

  test('of money is kept by what came in at a project that names it, to the fen, and not by what was struck out', async () => {
    const it = await inForce({ pledges: [{ org_id: orgs.bank, title: '出资', category: 'funds', quantity: 1000, unit: '元' }, { org_id: orgs.bank, title: '再出资', category: 'funds', quantity: 1, unit: '万元' }] })
    const runner = d.secretary
    const project = fine(await runner.post('/projects', { kind: 'secretary', title: '装充电桩', unit_kind: 'area', unit_id: d.areas.a, area_id: d.areas.a, text: '电瓶车充电' }), 201)
    fine(await runner.post(`/projects/${project.id}/milestones`, { title: '勘察', due_at: Date.now() + DAY }))
    fine(await runner.post(`/projects/${project.id}/plan`))
    const source = fine(await runner.post(`/projects/${project.id}/sources`, { promised: 200_000, pledge_id: it.pledged[0].id })).sources.at(-1)
    const pay = async (amount) => fine(await runner.post(`/project-sources/${source.id}/payments`, { amount, text: '到账' }))
    const counts = async () => (await seen(it)).pledged.map((one) => `${one.given} ${one.state}`)
    assert.deepEqual(await counts(), ['0 open', '0 open'])                                                         // promised to a project is not paid
    await pay(50_050)
    assert.deepEqual(await counts(), ['500 open', '0 open'])
    const twice = await pay(49_950)
    assert.deepEqual(await counts(), ['1000 kept', '0 open'])
    assert.deepEqual(fine(await d.leader.get(`/pledges/${it.pledged[0].id}/works`)).items.map((one) => [one.kind, one.fen, one.project_id, one.title]), [['payment', 49_950, project.id, '装充电桩'], ['payment', 50_050, project.id, '装充电桩']])
    const entry = twice.story.find((one) => one.amount === 49_950)
    fine(await runner.post(`/project-entries/${entry.id}/strike`, { reason: '记错了' }))
    assert.deepEqual(await counts(), ['500 open', '0 open'])
    assert.deepEqual(fine(await heads.bank.post(`/agreements/${it.id}/reviews`, { text: '还差一半' }), 201).reviews[0].figures.map((one) => one.given), [500, 0])
  })

  test('is reviewed with the figures of the work record, which stay what they were', async () => {
    const it = await inForce({ pledges: [{ org_id: orgs.bank, title: '修小家电', category: 'repair', quantity: 4, unit: '件' }] })
    await given(1, { category: 'repair' })
    assert.deepEqual(fields(await heads.bank.post(`/agreements/${it.id}/reviews`, { text: '好', ends_at: Date.now() + DAY })), { ends_at: 'time_in_future' })
    assert.deepEqual(fields(await heads.bank.post(`/agreements/${it.id}/reviews`, { text: '好', begins_at: Date.now() - DAY, ends_at: Date.now() - 2 * DAY })), { ends_at: 'period' })
    const first = fine(await heads.bank.post(`/agreements/${it.id}/reviews`, { text: '开头不错' }), 201)
    assert.deepEqual(first.reviews[0].figures.map((one) => [one.title, one.quantity, one.given, one.state]), [['修小家电', 4, 1, 'open']])
    await given(3, { category: 'repair' })
    const again = fine(await heads.committee.post(`/agreements/${it.id}/reviews`, { text: '办满了' }), 201)
    assert.deepEqual(again.reviews.map((one) => [one.text, one.figures[0].given, one.figures[0].state]), [['办满了', 4, 'kept'], ['开头不错', 1, 'open']])
    refused(await heads.school.post(`/agreements/${it.id}/reviews`, { text: '外人' }), 403, 'not_allowed')
    const next = fine(await heads.committee.post(`/agreements/${it.id}/renew`), 201)
    assert.deepEqual([next.state, next.renews_id, next.begins_at, next.pledged[0].title], ['draft', it.id, it.ends_at, '修小家电'])
    refused(await heads.bank.post(`/agreements/${it.id}/renew`), 403, 'not_allowed')
    refused(await heads.committee.post(`/agreements/${next.id}/renew`), 409, 'wrong_state')
  })
})

describe('an alliance', () => {
  test('shows pledged against kept, without anybody typing a report', async () => {
    const before_ = fine(await d.leader.get(`/alliances/${alliance.id}/pledges`))
    const it = await inForce({ alliance_id: alliance.id, parties: [orgs.committee, orgs.bank, orgs.school], begins_at: Date.now() - 40 * DAY, pledges: [
      { org_id: orgs.school, title: '操场', category: 'sports_ground', quantity: 1, unit: '次' }, { org_id: orgs.bank, title: '会客室', category: 'meeting_room', quantity: 1, unit: '次', rhythm: 'monthly' }] })
    await given(1, { category: 'sports_ground', by: 'school' })
    const now = fine(await d.leader.get(`/alliances/${alliance.id}/pledges`))
    assert.deepEqual([now.agreements - before_.agreements, now.pledges - before_.pledges, now.kept - before_.kept, now.late - before_.late], [1, 2, 1, 1])
    assert.deepEqual(now.items.filter((one) => one.agreement_id === it.id).map((one) => [one.org_name, one.title, one.state, one.given]), [['东街支行', '会客室', 'late', 0], ['东街小学', '操场', 'kept', 1]])
    assert.deepEqual(fine(await d.leader.get('/alliances/12345/pledges')).items, [])
  })
})

describe('on paper', () => {
  test('sixty-four agreements: signed by both sides, each with a PDF whose QR says that it holds, and one that ended early says so', async () => {
    const all = []
    for (let n = 0; n < 64; n++) all.push(await inForce({ title: `第${n + 1}份共建协议` }))
    assert.equal(new Set(all.map((one) => one.no)).size, 64)
    const page = (it) => server.client({ lang: 'zh-CN' }).get(`/${new URL(it.verify).pathname}`)
    fine(await d.admin.put('/settings/letter.verify_per_hour', { value: 100000 }), 204)
    for (const it of [all[0], all[31], all[63]]) {
      const answer = await d.leader.get(`/agreements/${it.id}/pdf`)
      assert.equal(answer.status, 200, answer.text)
      const file = join(place, 'agreement.pdf')
      writeFileSync(file, answer.bytes)
      const flat = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s/g, '')
      for (const words of [it.title, it.no, '甲社区居委会', '东街支行', '送餐券', '负责人bank', '承诺事项']) assert.ok(flat.includes(words.replace(/\s/g, '')), `${words} in ${flat}`)
      execFileSync('pdftoppm', ['-r', '110', '-png', file, join(place, 'sheet')])
      const codes = readdirSync(place).filter((name) => name.startsWith('sheet')).map((name) => spawnSync('zbarimg', ['--quiet', '--raw', join(place, name)], { encoding: 'utf8' }).stdout.trim()).filter(Boolean)
      for (const name of readdirSync(place)) if (name.startsWith('sheet')) rmSync(join(place, name))
      assert.deepEqual(codes, [it.verify])
      const shown = await page(it)
      assert.equal(shown.status, 200)
      for (const words of ['有效', '这份协议由本系统签发', it.no, it.title, '甲社区居委会、东街支行']) assert.ok(shown.text.includes(words), words)
      assert.ok(!shown.text.includes('负责人'))
    }
    fine(await step(heads.bank, all[31], 'end', { reason: '提前结束' }))
    assert.match((await page(all[31])).text, /已结束/)
    const code = new URL(all[0].verify).pathname.slice(3), forged = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0')
    assert.equal((await page({ verify: `http://x/v/${forged}` })).status, 404)
    const draft = await drafted(), paper = await heads.committee.get(`/agreements/${draft.id}/pdf`)
    assert.equal(paper.status, 200)
    refused(await d.leader.get(`/agreements/${draft.id}/pdf`), 404, 'not_found')
    const listed = []
    for (let after; after !== null; ) {
      const got = fine(await d.leader.get('/agreements', { query: { state: 'in_force', limit: 20, after } }))
      listed.push(...got.items.map((one) => one.id))
      after = got.next
    }
    assert.ok(all.filter((one) => one !== all[31]).every((one) => listed.includes(one.id)))
    assert.equal(new Set(listed).size, listed.length)
  })
})

describe('in the network', () => {
  let one, it
  const edgeOf = async (x, y, query, who = d.leader) => {
    const n = fine(await who.get('/network', { query })), at = (name) => n.nodes.findIndex((node) => node.id === orgs[name])
    const e = n.edges.find((edge) => [edge.a, edge.b].includes(at(x)) && [edge.a, edge.b].includes(at(y)))
    return e && [e.agreements, e.pledges, e.kept, e.late]
  }
  before(async () => {
    for (const [name, called, area] of [['lawyers', '东街律所', d.areas.a], ['clinic', '东街诊所', d.areas.a]]) {
      orgs[name] = fine(await d.admin.post('/orgs', { kind: 'association', name: called, area_id: area }), 201).id
      heads[name] = await server.user({ role: 'org_head', unit: orgs[name], sign: `head_${name}`, name: `负责人${name}`, lang: 'zh-CN' })
    }
    one = { parties: [orgs.committee, orgs.lawyers, orgs.clinic], pledges: [{ org_id: orgs.lawyers, title: '送餐', category: 'food', quantity: 10, unit: '份' }, { org_id: orgs.clinic, title: '讲课', category: 'legal', quantity: 1, due_at: Date.now() + 30 * DAY }] }
  })

  test('pairs of parties stand with agreements in force and what of their pledges was kept', async () => {
    assert.equal(await edgeOf('lawyers', 'clinic'), undefined)
    const draft = await drafted(one)
    fine(await step(heads.committee, draft, 'offer'))
    assert.equal(await edgeOf('lawyers', 'clinic'), undefined)   // not signed yet
    it = await inForce(one)
    assert.deepEqual(await edgeOf('lawyers', 'clinic'), [1, 2, 0, 0])
    assert.deepEqual(await edgeOf('committee', 'lawyers'), [1, 1, 0, 0])
    await given(10, { by: 'lawyers' })
    assert.deepEqual(await edgeOf('lawyers', 'clinic'), [1, 2, 1, 0])
    assert.deepEqual(await edgeOf('committee', 'clinic'), [1, 1, 0, 0])   // what others gave is no matter of these two
    server.sql(`UPDATE agreement_pledge SET due_at = ${Date.now() - DAY} WHERE id = ${it.pledged.find((p) => p.title === '讲课').id}`)   // as if time had passed
    const other = await inForce({ ...one, parties: [orgs.committee, orgs.clinic], pledges: [{ org_id: orgs.clinic, title: '义诊', category: 'food', quantity: 3 }] })
    assert.deepEqual(await edgeOf('committee', 'clinic'), [2, 2, 0, 1])
    assert.deepEqual(await edgeOf('lawyers', 'clinic'), [1, 2, 1, 1])
    assert.deepEqual((await d.leader.get('/agreements', { query: { org: orgs.lawyers, other: orgs.clinic } })).body.items.map((x) => x.id), [it.id])
    assert.deepEqual((await d.leader.get('/agreements', { query: { org: orgs.clinic, other: orgs.committee } })).body.items.map((x) => x.id), [other.id, it.id])
  })

  test('the same as on the page of each agreement', async () => {
    const n = fine(await d.leader.get('/network')), sum = new Map()
    const all = (await Promise.all(['in_force', 'ended'].map(async (state) => { const ids = []; for (let after; after !== null;) { const got = fine(await d.leader.get('/agreements', { query: { state, limit: 200, after } })); ids.push(...got.items.map((x) => x.id)); after = got.next } return ids }))).flat()
    let joint = 0
    for (const id of all) {
      const g = await seen({ id })
      if (!g.signed_at) continue
      joint += g.sides.length > 1
      for (const [i, x] of g.sides.entries()) for (const y of g.sides.slice(i + 1)) {
        const key = [x.org_id, y.org_id].sort().join('-'), own = g.pledged.filter((p) => p.org_id === x.org_id || p.org_id === y.org_id), was = sum.get(key) ?? [0, 0, 0, 0]
        sum.set(key, [was[0] + 1, was[1] + own.length, was[2] + own.filter((p) => p.state === 'kept').length, was[3] + own.filter((p) => p.state === 'late').length])
      }
    }
    const told = new Map(n.edges.filter((e) => e.agreements).map((e) => [[n.nodes[e.a].id, n.nodes[e.b].id].sort().join('-'), [e.agreements, e.pledges, e.kept, e.late]]))
    assert.deepEqual(Object.fromEntries([...told].sort()), Object.fromEntries([...sum].sort()))
    assert.ok(told.size >= 3)
    assert.equal(n.agreements, joint)
  })

  test('only within the period, and of an alliance only its members', async () => {
    const now = Date.now()
    assert.equal(await edgeOf('lawyers', 'clinic', { from: now - 400 * DAY, to: now - 300 * DAY }), undefined)
    assert.deepEqual(await edgeOf('lawyers', 'clinic', { from: now - 30 * DAY, to: now - 20 * DAY }), [1, 2, 1, 1])
    assert.equal(await edgeOf('lawyers', 'clinic', { alliance: alliance.id }), undefined)
    assert.ok(await edgeOf('committee', 'bank', { alliance: alliance.id }))
    assert.equal(await edgeOf('lawyers', 'clinic', { area: d.areas.c }), undefined)
    assert.deepEqual(await edgeOf('lawyers', 'clinic', { area: d.areas.a }), [1, 2, 1, 1])
  })
})

describe('by itself the program', () => {
  test('tells before a pledge falls due, asks for the review, and ends what is over', async () => {
    const now = Date.now()
    const kinds = async (who, it) => fine(await who.get('/notices', { query: { limit: 100 } })).items.filter((one) => one.object_id === it.id).map((one) => one.kind)
    const it = await inForce({ pledges: [{ org_id: orgs.bank, title: '年底前', category: 'legal', quantity: 1, due_at: now + 20 * DAY }] })
    const over = await inForce({ title: '到期的' })
    // as if time had passed: the moments at which somebody has to be told
    server.sql(`UPDATE agreement_pledge SET due_at = ${now + 14 * DAY - 60_000} WHERE id = ${it.pledged[0].id}`)
    server.sql(`UPDATE agreement SET next_at = ${now - 120_000} WHERE id = ${it.id}`)
    server.sql(`UPDATE agreement SET ends_at = ${now - 60_000}, next_at = ${now - 60_000} WHERE id = ${over.id}`)
    server.sql(`DELETE FROM job WHERE kind = 'agreement.remind'`)
    const deadline = Date.now() + 60_000
    while ((await seen(over)).state !== 'ended' && Date.now() < deadline) await new Promise((done) => setTimeout(done, 200))
    assert.equal((await seen(over)).state, 'ended')
    while (!(await kinds(heads.bank, it)).includes('agreement.due') && Date.now() < deadline) await new Promise((done) => setTimeout(done, 200))
    assert.ok((await kinds(heads.bank, it)).includes('agreement.due'))
    while (!(await kinds(heads.bank, over)).includes('agreement.ended') && Date.now() < deadline) await new Promise((done) => setTimeout(done, 200))
    assert.ok((await kinds(heads.bank, over)).includes('agreement.ended'))
    assert.ok((await kinds(heads.bank, it)).includes('agreement.offered'))
  })
})

test('the list is narrowed by a party’s name and by what waits for somebody', async () => {
  const titled = async (query) => fine(await d.leader.get('/agreements', { query: { limit: 200, ...query } })).items.map((one) => one.title)
  const due = await inForce({ title: '去年起的', begins_at: Date.now() - 370 * DAY, ends_at: Date.now() + 30 * DAY, review_months: 12, parties: [orgs.committee, orgs.school], pledges: [{ org_id: orgs.school, title: '讲座', category: 'teaching', quantity: 1, rhythm: 'monthly' }] })
  const fresh = await inForce({ title: '今年起的', begins_at: Date.now() - 2 * DAY })
  assert.ok((await titled({ text: '东街小学' })).includes(due.title))
  assert.ok(!(await titled({ text: '东街小学' })).includes(fresh.title))
  assert.ok((await titled({ text: '去年起' })).includes(due.title))
  const [review, pledges] = [await titled({ wants: 'review' }), await titled({ wants: 'pledges' })]
  for (const list of [review, pledges]) assert.deepEqual([list.includes(due.title), list.includes(fresh.title)], [true, false])
  fine(await heads.school.post(`/agreements/${due.id}/reviews`, { text: '看过了' }), 201)
  assert.ok(!(await titled({ wants: 'review' })).includes(due.title))
  assert.deepEqual(fields(await d.leader.get('/agreements', { query: { wants: 'rest' } })), { wants: 'not_a_choice' })
})

test('the audit record is whole', async () => {
  await server.must('audit', 'verify')
})
