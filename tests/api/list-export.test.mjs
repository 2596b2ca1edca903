/* Needs, resources, services, orders and agreements as files: exactly the rows that the list shows the same caller, in their language, with a record of who
 * took how many; of an order the name as far as the caller sees it, its telephone and home never. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const DAY = 86_400_000
let server, d, bank, clerk, other, serial = 0
const LISTS = ['needs', 'resources', 'services', 'orders', 'agreements']
/** Rows of a file, its header first. */
const rowsOf = (answer) => answer.bytes.toString('utf8').replace(/^\uFEFF/, '').trimEnd().split('\r\n').map((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g).slice(0, -1).map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '').replaceAll('""', '"')))
const paths = { needs: '/needs/export', resources: '/resources/export', services: '/services/export', orders: '/orders/export', agreements: '/agreements/export' }
const exported = async (who, list, query) => {
  const answer = await who.get(paths[list], { query: { format: 'csv', ...query } })
  assert.equal(answer.status, 200, answer.text)
  const [head, ...rows] = rowsOf(answer)
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])))
}

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  bank = fine(await d.admin.post('/orgs', { kind: 'bank', name: '东街支行', area_id: d.areas.a }), 201).id
  clerk = await server.user({ role: 'department_handler', unit: bank, sign: 'clerk_bank', name: '柜员小李', lang: 'zh-CN' })
  other = await server.user({ role: 'department_handler', unit: d.orgs.committee, sign: 'clerk_other', name: '别家的人', lang: 'zh-CN' })
  fine(await d.admin.put('/settings/service.anonymous_orders_per_hour', { value: 100000 }), 204)
})
after(() => server?.stop())

const asked = async (more) => fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: `需求${++serial}`, category: 'food', quantity: 3, unit: '份', publish: true, ...more }), 201)
const offered = async (more) => fine(await clerk.post('/resources', { org_id: bank, title: `资源${++serial}`, category: 'meeting_room', quantity: 2, unit: '间', ...more }), 201)

describe('a file', () => {
  test('holds the rows the list finds, a draft for its own unit alone, in words of the caller’s language', async () => {
    const need = await asked({ title: '=1+1，缺"米"', urgency: 'urgent', helps: 9, public: true }), draft = await asked({ publish: false, title: '还没想好' })
    await asked({ category: 'legal' })
    const rows = await exported(d.secretary, 'needs')
    assert.equal(rows.length, 3)
    const mine = rows.find((row) => row.需求.endsWith('缺"米"'))
    assert.deepEqual([mine.提出单位, mine.类别, mine.数量, mine.已认领, mine.计量单位, mine.紧急程度, mine.状态, mine.惠及人数, mine.向居民公开], ['甲社区', '食品', '3', '0', '份', '紧急', '已发布', '9', '是'])
    assert.ok(!mine.需求.startsWith('='), 'a text becomes a formula')
    assert.ok(rows.some((row) => row.需求 === draft.title && row.状态 === '草稿'))
    assert.ok(!(await exported(d.leader, 'needs')).some((row) => row.需求 === draft.title))
    assert.deepEqual((await exported(d.leader, 'needs', { category: 'goods', area: d.areas.a })).length, 1)
    assert.deepEqual(await exported(d.leader, 'needs', { area: d.areas.c }), [])
    assert.deepEqual((await exported(d.leader, 'needs', { seeking: true, text: '缺' })).map((row) => row.数量), [String(need.quantity)])
    const english = await server.user({ role: 'district_leader', sign: 'leader_en', lang: 'en' })
    assert.deepEqual((await exported(english, 'needs', { text: '缺' })).map((row) => [row.Urgency, row.State, row.Public, row.Category]), [['urgent', 'published', 'yes', 'Food']])
  })

  test('holds resources with hours, services with prices and places, agreements with their parties', async () => {
    await offered({ title: '二楼会议室', days: '12345', opens: 540, closes: 1050, public: true })
    fine(await clerk.post('/services', { org_id: bank, title: '理发日', category: 'haircut', price: 'at_cost', price_fen: 550, price_per: '次', slotted: true, waits: 3, public: true }), 201)
    fine(await clerk.post('/services', { org_id: bank, title: '上门咨询', category: 'legal', place: 'home' }), 201)
    const head = await server.user({ role: 'org_head', unit: bank, sign: 'head_bank', name: '行长', lang: 'zh-CN' })
    fine(await head.post('/agreements', { kind: 'co_construction', title: '共建', text: '双方共建。', keeper_id: bank, parties: [bank, d.orgs.committee], begins_at: Date.now(), ends_at: Date.now() + 90 * DAY, pledges: [{ org_id: bank, title: '会议室', category: 'meeting_room', quantity: 1 }] }), 201)
    assert.deepEqual((await exported(d.leader, 'resources', { org: bank })).map((row) => [row.资源, row.单位, row.类别, row.可用, row.用完还在, row.星期, row.时间, row.状态]), [['二楼会议室', '东街支行', '会议室', '2', '是', '12345', '9:00–17:30', '可用']])
    assert.deepEqual((await exported(d.leader, 'services')).map((row) => [row.服务, row['价格（元）'], row.每, row.服务方式, row.候补, row.状态]), [['上门咨询', '免费', '', '上门', '0', '可点'], ['理发日', '5.50', '次', '到店', '3', '可点']])
    assert.deepEqual((await exported(head, 'agreements')).map((row) => [row.协议, row.种类, row.各方, row.状态, row.承诺事项, row.逾期]), [['共建', '共建协议', '东街支行、甲社区居委会', '草稿', '1', '0']])
    assert.deepEqual(await exported(d.leader, 'agreements'), [])                     // a draft is its parties' own
  })

  test('may be a workbook; its name says what and when', async () => {
    const answer = await d.leader.get('/resources/export', { query: { format: 'xlsx' } })
    assert.equal(answer.status, 200)
    assert.equal(answer.bytes.subarray(0, 2).toString('latin1'), 'PK')
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename="resources-\d{8}-\d{4}\.xlsx"$/)
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
  })
})

describe('orders', () => {
  test('tell a name to whoever sees it in the list, a telephone and a home to nobody, and it is on record how many', async () => {
    const service = fine(await clerk.post('/services', { org_id: bank, title: '送药', category: 'medical', place: 'home', public: true }), 201)
    const anonymous = server.client()
    fine(await anonymous.post('/orders', { service_id: service.id, wanted_at: Date.now() + DAY, contact: '13912345678', name: '王奶奶', address: '五号楼 302', note: '敲三下' }), 201)
    const reader = await server.user({ role: 'volunteer', unit: bank, sign: 'reader_bank', name: '志愿者', lang: 'zh-CN' })
    const [own] = await exported(clerk, 'orders'), [seen] = await exported(reader, 'orders')
    assert.deepEqual([own.服务, own.称呼, own.状态, own.区域, own.谁点的], ['送药', '王奶奶', '已约上', '甲社区', '本人'])
    assert.deepEqual([seen.服务, seen.称呼, seen.单号], ['送药', '', own.单号])
    assert.deepEqual(await exported(other, 'orders'), [])
    for (const who of [clerk, reader]) {
      const text = (await who.get('/orders/export', { query: { format: 'csv', open: true } })).bytes.toString('utf8')
      for (const secret of ['13912345678', '1391234', '五号楼', '敲三下']) assert.ok(!text.includes(secret), secret)
    }
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'order' } })).items.filter((row) => row.action === 'order.export').map((row) => row.detail)
    assert.deepEqual(rows.map((one) => [one.format, one.rows, one.personal]), [['csv', 1, 0], ['csv', 1, 1], ['csv', 0, 0], ['csv', 1, 0], ['csv', 1, 1]])
  })
})

describe('a file is refused', () => {
  test('without a format, to whoever may not see the list, and to who is not signed in', async () => {
    for (const list of LISTS) {
      assert.deepEqual(fields(await clerk.get(paths[list])), { format: 'required' })
      assert.deepEqual(fields(await clerk.get(paths[list], { query: { format: 'pdf' } })), { format: 'not_a_choice' })
      refused(await d.resident.get(paths[list], { query: { format: 'csv' } }), 403, 'not_allowed')
      refused(await server.client().get(paths[list], { query: { format: 'csv' } }), 401, 'not_signed_in')
    }
  })
})

describe('pages', () => {
  test('of one walk hold each row once, whatever the page, and a cursor of somebody’s making is refused', async () => {
    for (let n = 0; n < 12; n++) await asked({ title: `翻页${n}` })
    const all = (await exported(d.leader, 'needs', { text: '翻页' })).map((row) => row.需求), paged = []
    for (let after, pages = 0; after !== null && pages < 9; pages++) {
      const page = fine(await d.leader.get('/needs', { query: { text: '翻页', limit: 5, after } }))
      paged.push(...page.items.map((one) => one.title))
      after = page.next
    }
    assert.deepEqual(paged, all)
    assert.deepEqual(paged, Array.from({ length: 12 }, (_, n) => `翻页${11 - n}`))
    for (const path of ['/needs', '/resources', '/services', '/orders', '/agreements']) assert.deepEqual(fields(await clerk.get(path, { query: { after: 'made-up' } })), { after: 'invalid' })
  })
})

test('the audit record is whole', async () => {
  await server.must('audit', 'verify')
})
