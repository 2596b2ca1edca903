/* Resources and services from one sheet: seen row by row before anything changes, then all of it or what is right; and what an alliance of seventeen
 * organisations does with sixty of the one and forty of the other. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { root as checkout, startServer } from './support/server.mjs'
import { xlsx } from './support/xlsx.mjs'

const DAY = 86_400_000
let server, d, bank, shop
const HEAD = ['单位', '统一社会信用代码', '资源', '类别', '数量', '计量单位', '用完还在', '星期', '开始时间', '结束时间', '开始日期', '结束日期', '服务区域', '经度', '纬度', '使用条件', '向居民公开']
/** Rows of objects by heading. */
const sheetOf = (rows) => [HEAD, ...rows.map((row) => HEAD.map((head) => row[head] ?? ''))]
const BOTH = ['清单', '单位', '名称', '类别', '数量', '计量单位', '用完还在', '星期', '开始时间', '结束时间', '开始日期', '结束日期', '服务区域', '经度', '纬度', '价格', '服务对象', '服务方式', '地址', '时长', '提前小时', '候补', '先审核', '需自带', '说明', '向居民公开']
const bothOf = (rows) => [BOTH, ...rows.map((row) => BOTH.map((head) => row[head] ?? ''))]
const plain = (rows) => '\uFEFF' + rows.map((row) => row.join(',')).join('\r\n')
const menu = async (query) => fine(await d.leader.get('/services', { query: { limit: 200, ...query } })).items
const csv = (rows) => '\uFEFF' + sheetOf(rows).map((row) => row.join(',')).join('\r\n')
const send = (who, file, query) => who.post('/resources/sheet', file, { query, type: 'text/csv' })
const listed = async (query) => fine(await d.leader.get('/resources', { query: { limit: 200, ...query } })).items
const until = (at) => new Promise((resolve) => setTimeout(resolve, at - Date.now() + 20))

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  bank = fine(await d.admin.post('/orgs', { kind: 'bank', name: '东街支行', area_id: d.areas.a, code: '91350211M000100Y43' }), 201).id
  shop = fine(await d.admin.post('/orgs', { kind: 'shop', name: '同名店', area_id: d.areas.a }), 201).id
  fine(await d.admin.post('/orgs', { kind: 'shop', name: '同名店', area_id: d.areas.b }), 201)
  fine(await d.admin.post('/orgs', { kind: 'school', name: '西街小学', area_id: d.areas.c }), 201)
})
after(() => server?.stop())

describe('resources from a sheet', () => {
  const ROOM = { 单位: '东街支行', 资源: '二楼会议室', 类别: '会议室', 数量: '1', 计量单位: '间', 星期: '周一至周五', 开始时间: '9:00', 结束时间: '17:30', 使用条件: '提前一天说', 向居民公开: '是' }

  test('are looked at first, then entered, and a second time nothing is entered twice', async () => {
    const rows = [ROOM, { 统一社会信用代码: '91350211m000100y43', 资源: '节日食品', 类别: '食品', 数量: '1200', 结束日期: '2099-12-31', 服务区域: '甲社区', 经度: '120.005', 纬度: '23.005' }]
    const seen = fine(await send(d.secretary, csv(rows), { dry_run: true }))
    assert.deepEqual([seen.applied, seen.rows, seen.created, seen.same, seen.bad], [false, 2, 2, 0, 0], JSON.stringify(seen.items.map((one) => one.faults)))
    assert.deepEqual(await listed({ org: bank }), [])
    const done = fine(await send(d.secretary, csv(rows)))
    assert.deepEqual([done.applied, done.created], [true, 2])
    const [food, room] = await listed({ org: bank })
    assert.deepEqual([room.title, room.category, room.again, room.days, room.opens, room.closes, room.public, room.area_name], ['二楼会议室', 'meeting_room', true, '12345', 540, 1050, true, '甲社区'])
    assert.deepEqual([food.quantity, food.again, food.at.lon, food.ends_at], [1200, false, 120.005, Date.parse('2100-01-01T00:00:00+08:00')])
    assert.deepEqual(done.items.map((one) => one.id), [room.id, food.id])
    const again = fine(await send(d.secretary, csv(rows)))
    assert.deepEqual([again.applied, again.created, again.same, (await listed({ org: bank })).length], [false, 0, 2, 2])
    const rowsOf = fine(await d.audit.get('/audit', { query: { object_kind: 'resource' } })).items.filter((row) => row.object_id === room.id)
    assert.deepEqual(rowsOf.map((row) => row.action), ['resource.create'])
  })

  test('may be a workbook, headed in English, its numbers as numbers', async () => {
    const book = xlsx([['organisation', 'resource', 'category', 'quantity', 'days', 'opens', 'closes', 'public'], ['东街支行', 'Law clinic', 'Law', 2, 'Mon-Wed', 0.375, 18, 'yes']])
    const seen = fine(await send(d.secretary, book, { dry_run: true }))
    assert.deepEqual(seen.items.map((one) => [one.category, one.quantity, one.days, one.opens, one.closes, one.public, one.faults]), [['legal', 2, '123', 540, 1080, true, []]])
  })

  test('name every fault by row and column, and change nothing; the rows that are right are entered when that is asked for', async () => {
    const wrong = [
      [{ ...ROOM, 单位: '' }, '单位 required'], [{ ...ROOM, 单位: '没有这家' }, '单位 unknown_reference'], [{ ...ROOM, 单位: '同名店' }, '单位 several'],
      [{ ...ROOM, 统一社会信用代码: '91000000000000000X' }, '统一社会信用代码 unknown_reference'], [{ ...ROOM, 单位: '西街小学' }, '单位 not_allowed'],
      [{ ...ROOM, 资源: '' }, '资源 required'], [{ ...ROOM, 资源: '长'.repeat(101) }, '资源 too_long'], [{ ...ROOM, 类别: '黄金' }, '类别 not_a_choice'],
      [{ ...ROOM, 类别: '' }, '类别 required'], [{ ...ROOM, 数量: '' }, '数量 required'], [{ ...ROOM, 数量: '很多' }, '数量 wrong_type'], [{ ...ROOM, 数量: '0' }, '数量 too_small'],
      [{ ...ROOM, 用完还在: '也许' }, '用完还在 not_a_choice'], [{ ...ROOM, 星期: '有空' }, '星期 not_a_choice'], [{ ...ROOM, 开始时间: '早上' }, '开始时间 wrong_type'],
      [{ ...ROOM, 开始时间: '18:00' }, '结束时间 period'], [{ ...ROOM, 开始日期: '2026-02-31' }, '开始日期 wrong_type'], [{ ...ROOM, 结束日期: '2020-01-01' }, '结束日期 time_in_past'],
      [{ ...ROOM, 开始日期: '2099-02-01', 结束日期: '2099-01-01' }, '结束日期 period'], [{ ...ROOM, 服务区域: '没有这里' }, '服务区域 unknown_reference'],
      [{ ...ROOM, 经度: '200', 纬度: '' }, '经度 place,纬度 required'], [{ ...ROOM, 资源: '两次', 数量: 'x', 类别: 'y' }, '类别 not_a_choice,数量 wrong_type'],
    ]
    const good = { ...ROOM, 资源: '一楼大厅' }
    const rows = [...wrong.map(([row]) => row), good, { ...good, 数量: '2' }]
    const before = (await listed({})).length
    for (const query of [{ dry_run: true }, {}]) {
      const seen = fine(await send(d.secretary, csv(rows), query))
      assert.deepEqual(seen.items.map((one) => one.faults.map((f) => `${f.column} ${f.code}`).join()), [...wrong.map(([, want]) => want), '', '资源 taken'])
      assert.deepEqual([seen.applied, seen.bad, seen.created], [false, wrong.length + 1, 1])
    }
    assert.equal((await listed({})).length, before)
    const done = fine(await send(d.secretary, csv(rows), { sound: true }))
    assert.deepEqual([done.applied, done.created, (await listed({})).length], [true, 1, before + 1])
    assert.deepEqual((await listed({ text: '一楼大厅' })).map((one) => one.quantity), [1])
  })

  test('need the columns that matter, and the right', async () => {
    refused(await send(d.secretary, 'name,role\nx,y\n'), 422, 'csv')
    refused(await send(d.secretary, ''), 422, 'csv')
    for (const who of [d.leader, d.audit, d.resident]) refused(await send(who, csv([ROOM]), { dry_run: true }), 403, 'not_allowed')
    refused(await send(server.client(), csv([ROOM])), 401, 'not_signed_in')
  })
})

describe('services in the same sheet', () => {
  const HAIR = { 清单: '服务', 单位: '东街支行', 名称: '理发日', 类别: '理发', 数量: '12', 星期: '周二、四', 开始时间: '9:00', 结束时间: '11:00', 服务对象: '六十岁以上', 时长: '20', 候补: '5', 提前小时: '2', 需自带: '老年证', 地址: '支行一楼', 服务方式: '到店', 向居民公开: '是' }
  const MEAL = { 清单: '服务', 单位: '东街支行', 名称: '送饭上门', 类别: '助餐', 计量单位: '份', 价格: '12.50元', 服务方式: '上门', 先审核: '是' }
  const ROOM = { 清单: '资源', 单位: '东街支行', 名称: '贵宾室', 类别: '会议室', 数量: '1' }

  test('go on their own list, with times made ahead, and a second time none is doubled', async () => {
    const file = plain(bothOf([HAIR, MEAL, ROOM])), before_ = (await listed({ org: bank })).length
    const seen = fine(await send(d.secretary, file, { dry_run: true }))
    assert.deepEqual([seen.created, seen.services, seen.bad, seen.applied], [3, 2, 0, false], JSON.stringify(seen.items.map((one) => one.faults)))
    assert.deepEqual(seen.items.map((one) => [one.list, one.quantity, one.at_cost, one.price_fen, one.days]), [['service', 12, false, 0, '24'], ['service', 0, true, 1250, null], ['resource', 1, false, 0, null]])
    assert.deepEqual(await menu({ org: bank }), [])
    const done = fine(await send(d.secretary, file))
    assert.deepEqual([done.applied, done.created, done.services], [true, 3, 2])
    const [meal, hair] = (await menu({ org: bank })).sort((a, b) => (a.title < b.title ? 1 : -1))
    assert.deepEqual([hair.id, meal.id], done.items.slice(0, 2).map((one) => one.id))
    assert.deepEqual([hair.title, hair.category, hair.slotted, hair.waits, hair.lead_hours, hair.minutes, hair.public, hair.address, hair.audience, hair.price], ['理发日', 'haircut', true, 5, 2, 20, true, '支行一楼', '六十岁以上', 'free'])
    assert.deepEqual([meal.place, meal.price, meal.price_fen, meal.price_per, meal.reviewed, meal.slotted, meal.public], ['home', 'at_cost', 1250, '份', true, false, false])
    const { rhythms, slots } = fine(await d.leader.get(`/services/${hair.id}`))
    assert.deepEqual(rhythms.map((one) => [one.days, one.opens, one.closes, one.capacity]), [['24', 540, 660, 12]])
    assert.ok(slots.length && slots.every((one) => one.capacity === 12))
    assert.equal((await listed({ org: bank })).length, before_ + 1)
    const again = fine(await send(d.secretary, file))
    assert.deepEqual([again.applied, again.created, again.same, (await menu({ org: bank })).length], [false, 0, 3, 2])
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'service' } })).items.filter((row) => row.object_id === hair.id)
    assert.deepEqual(rows.map((row) => row.action).sort(), ['service.create', 'service.rhythm'])
  })

  test('may be headed and written in English', async () => {
    const book = xlsx([['list', 'organisation', 'title', 'category', 'price', 'place', 'days', 'opens', 'closes', 'quantity', 'from', 'until'], ['service', '东街支行', 'Law clinic', 'Law', 'free', 'there', 'Mon-Fri', 0.375, 18, 3, '2099-03-01', '2099-12-31'], ['resource', '东街支行', 'Chairs', 'Equipment', '', '', '', '', '', 60, '', '']])
    const seen = fine(await send(d.secretary, book, { dry_run: true }))
    assert.deepEqual(seen.items.map((one) => [one.list, one.category, one.faults]), [['service', 'legal', []], ['resource', 'equipment', []]])
    const english = await server.user({ role: 'street_dispatcher', sign: 'sheet_en', lang: 'en' })
    const wrong = fine(await send(english, 'list,organisation,title,category,quantity\nservice,东街支行,Mending,gold,\n', { dry_run: true }))
    assert.deepEqual(wrong.items[0].faults.map((f) => [f.column, f.code]), [['category', 'not_a_choice']])
  })

  test('name every fault by row and column, and hold back all of it', async () => {
    const wrong = [
      [{ ...HAIR, 清单: '活动' }, '清单 not_a_choice'], [{ ...HAIR, 单位: '' }, '单位 required'], [{ ...HAIR, 单位: '西街小学' }, '单位 not_allowed'], [{ ...HAIR, 名称: '' }, '名称 required'], [{ ...HAIR, 类别: '' }, '类别 required'],
      [{ ...HAIR, 用完还在: '是' }, '用完还在 other_list'], [{ ...ROOM, 名称: '另一间', 价格: '5', 候补: '3' }, '价格 other_list,候补 other_list'], [{ ...ROOM, 名称: '又一间', 数量: '' }, '数量 required'],
      [{ ...HAIR, 价格: '很贵' }, '价格 wrong_type'], [{ ...HAIR, 服务方式: '空中' }, '服务方式 not_a_choice'], [{ ...HAIR, 时长: '0' }, '时长 too_small'], [{ ...HAIR, 提前小时: '9999' }, '提前小时 too_big'],
      [{ ...HAIR, 候补: '几个' }, '候补 wrong_type'], [{ ...MEAL, 候补: '3' }, '候补 not_a_choice'], [{ ...HAIR, 数量: '' }, '数量 required'], [{ ...HAIR, 数量: '20000' }, '数量 too_big'], [{ ...MEAL, 数量: '3' }, '结束时间 required'],
      [{ ...HAIR, 结束时间: '8:00' }, '结束时间 period'], [{ ...HAIR, 结束日期: '2020-01-01' }, '结束日期 time_in_past'], [{ ...HAIR, 开始日期: '2099-02-01', 结束日期: '2099-01-01' }, '结束日期 period'], [{ ...HAIR, 服务区域: '没有这里' }, '服务区域 unknown_reference'],
      [{ ...HAIR, 地址: '长'.repeat(201) }, '地址 too_long'], [{ ...HAIR, 先审核: '看情况' }, '先审核 not_a_choice'], [{ ...HAIR, 经度: '200', 纬度: '23' }, '经度 place'],
    ]
    const good = { ...HAIR, 名称: '修脚', 类别: '理发' }
    const rows = [...wrong.map(([row]) => row), good, good], before_ = (await menu({})).length
    for (const query of [{ dry_run: true }, {}]) {
      const seen = fine(await send(d.secretary, plain(bothOf(rows)), query))
      const found = seen.items.map((one) => one.faults.map((f) => `${f.column} ${f.code}`).join())
      assert.ok(found[0].startsWith('清单 not_a_choice'), found[0])
      assert.deepEqual(found.slice(1), [...wrong.slice(1).map(([, want]) => want), '', '名称 taken'])
      assert.deepEqual([seen.applied, seen.bad, seen.created, seen.items[8].row], [false, wrong.length + 1, 1, 9])
    }
    assert.equal((await menu({})).length, before_)
    assert.deepEqual(fine(await send(d.secretary, plain(bothOf(rows)), { sound: true })).services, 1)
    assert.equal((await menu({})).length, before_ + 1)
  })
})

test('an alliance of seventeen organisations enters sixty resources and forty services; a community’s thirty needs, some from cases, are matched, split, given back and met', async () => {
  const KINDS = ['shop', 'bank', 'school', 'association', 'department', 'residents_committee', 'owners_committee'], members = []
  for (let i = 0; i < 17; i++) members.push({ name: `联盟单位${i + 1}`, id: fine(await d.admin.post('/orgs', { kind: KINDS[i % KINDS.length], name: `联盟单位${i + 1}`, area_id: i % 2 ? d.areas.a : d.areas.b, public: true }), 201).id })
  const alliance = fine(await d.admin.post('/alliances', { kind: 'complex', name: '东街联盟', area_id: d.areas.east, lead_id: members[0].id }), 201)
  const joining = fine(await d.admin.post(`/alliances/${alliance.id}/members/import`, '单位\r\n' + members.slice(1).map((one) => one.name).join('\r\n'), { type: 'text/csv', version: alliance.version }))
  assert.equal(joining.good, 16)

  const WHAT = [['会议室', '会议室', '间'], ['食品', '米面油', '份'], ['维修', '维修师傅', '人'], ['志愿人手', '志愿者', '人'], ['日用品', '被褥', '床'], ['法律', '律师', '人']]
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [category, title, unit] = WHAT[i % WHAT.length], at = inGrid(1 + i % 4, i % 7, i % 5)
    return { 清单: '资源', 单位: members[i % 17].name, 名称: `${title}${i + 1}`, 类别: category, 数量: String(1 + i % 9), 计量单位: unit, 服务区域: '东街', 经度: String(at.lon), 纬度: String(at.lat), 向居民公开: i % 2 ? '是' : '否' }
  })
  const MENU = [['理发', '理发', { 星期: '周二', 开始时间: '9:00', 结束时间: '11:00', 数量: '20', 候补: '10' }], ['助餐', '送饭上门', { 服务方式: '上门', 价格: '12', 计量单位: '份', 提前小时: '12' }], ['维修', '修家电', { 需自带: '要修的东西' }], ['法律', '法律咨询', { 先审核: '是', 时长: '30' }], ['医疗健康', '义诊', { 星期: '周六', 开始时间: '8:30', 结束时间: '11:30', 数量: '30' }]]
  for (let i = 0; i < 40; i++) rows.push({ 清单: '服务', 单位: members[(i * 5) % 17].name, 名称: `${MENU[i % 5][1]}${i + 1}`, 类别: MENU[i % 5][0], 服务区域: '东街', 向居民公开: '是', ...MENU[i % 5][2] })
  const street = await server.user({ role: 'street_dispatcher', unit: d.areas.east, sign: 'street_sheet', lang: 'zh-CN' })
  const menuBefore = (await menu({})).length, book = xlsx(bothOf(rows)), seen = fine(await send(street, book, { dry_run: true }))
  assert.deepEqual([seen.created, seen.services, seen.bad, (await menu({})).length], [100, 40, 0, menuBefore], JSON.stringify(seen.items.filter((one) => one.faults.length)))
  assert.deepEqual([fine(await send(street, book)).services, fine(await send(street, book)).same], [40, 100])
  const all = await listed({ area: d.areas.east }), services = (await menu({ area: d.areas.east })).filter((one) => one.org_name.startsWith('联盟单位'))
  assert.deepEqual([services.length, new Set(services.map((one) => one.org_id)).size, services.filter((one) => one.slotted && one.free > 0).length], [40, 17, 16])
  assert.equal(new Set(all.filter((one) => one.org_name.startsWith('联盟单位')).map((one) => one.org_id)).size, 17)

  const needs = [], CATEGORIES = ['meeting_room', 'food', 'repair', 'helpers', 'daily_goods', 'legal']
  for (let i = 0; i < 30; i++) {
    let case_id
    if (i % 10 === 0) {
      const made = fine(await d.resident.post('/cases', { text: `楼里缺东西，第${i}件`, at: inGrid(1, i % 9), category: d.category('路灯异常').id }), 201)
      case_id = fine(await d.secretary.get('/cases')).items.find((one) => one.code === made.code).id
    }
    needs.push(fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: `社区需求${i + 1}`, category: CATEGORIES[i % 6], quantity: i % 6 === 1 ? 12 : 1, at: inGrid(1, i % 9), publish: true, case_id }), 201))
  }
  assert.equal(needs.filter((one) => one.from_case.length).length, 3)
  for (const need of needs) {
    const { items } = fine(await d.secretary.get(`/needs/${need.id}/matches`))
    assert.ok(items.length && items[0].why.same_category, `${need.title}: ${JSON.stringify(items[0])}`)
  }

  /* Twelve parcels of food are split over three givers; one gives back, one does not come; both parts are on the list again. */
  const split = needs[1], givers = fine(await d.secretary.get(`/needs/${split.id}/matches`)).items.map((one) => one.resource).filter((one) => one.category === 'food' && one.free >= 3)
  const three = [...new Map(givers.map((one) => [one.org_id, one])).values()].slice(0, 3)
  assert.equal(three.length, 3, JSON.stringify(givers.map((one) => [one.org_name, one.free])))
  let view, soon
  for (const [i, one] of three.entries()) view = fine(await street.post(`/needs/${split.id}/claims`, { org_id: one.org_id, resource_id: one.id, quantity: 3, due_at: i === 2 ? (soon = Date.now() + 3000) : Date.now() + DAY }), 201)
  assert.deepEqual([view.state, view.claimed], ['partly', 9])
  const [kept, back, failed] = view.claims
  view = fine(await street.post(`/claims/${back.id}/give-back`, { reason: '车坏了' }))
  await until(soon)
  view = fine(await d.secretary.post(`/claims/${failed.id}/fail`, { reason: '没来' }))
  assert.deepEqual([view.state, view.claimed, view.claims.map((one) => one.state)], ['partly', 3, ['taken', 'given_back', 'failed']])
  for (const one of three.slice(1)) assert.equal(fine(await d.leader.get(`/resources/${one.id}`)).free, one.free)
  assert.equal(fine(await d.leader.get(`/resources/${three[0].id}`)).free, three[0].free - 3)
  fine(await street.post(`/claims/${kept.id}/done`, { text: '送到了' }))
  fine(await d.secretary.post(`/claims/${kept.id}/confirm`, { rating: 5 }))
  assert.equal(fine(await d.secretary.post(`/needs/${split.id}/met`)).state, 'met')
})

/* Real places: they serve this test and nothing else. */
const shared = existsSync(join(process.env.LINLI_SHARED ?? '', 'data')) ? join(process.env.LINLI_SHARED, 'data') : process.env.LINLI_SHARED ?? join(checkout, '..', 'shared', 'data')
const centres = join(shared, 'zh-tainan-1999', 'activity-centers.csv')
/** Rows of fields; a field in quotes may hold commas and line feeds. */
const readCsv = (text) => text.replaceAll('\r', '').trim().match(/(?:"[^"]*"|[^"\n])+/g).map((line) => line.match(/(?:^|,)("[^"]*"|[^,]*)/g).map((field) => field.replace(/^,/, '').replaceAll('"', '').replaceAll('\n', '、')))
test('157 activity centres come from a sheet, one without a place is told, and a need finds the nearest first', { skip: !existsSync(centres) && 'the collection of real data is not there' }, async () => {
  const lines = readCsv(readFileSync(centres, 'utf8')).slice(1)
  const area_id = (await d.admin.get('/areas/tree')).body.items[0].id, who = await server.user({ role: 'street_dispatcher', sign: 'centres', lang: 'zh-CN' })
  for (const name of new Set(lines.map(([district]) => district))) fine(await d.admin.post('/orgs', { kind: 'department', name: `${name}公所`, area_id }), 201)
  const rows = lines.map(([district, village, name, address, lat, lon]) => ({ 单位: `${district}公所`, 资源: `${name} ${village}`, 类别: '活动室', 数量: '1', 计量单位: '间', 经度: lon, 纬度: lat, 使用条件: address }))
  const done = fine(await send(who, csv(rows), { sound: true }))
  const bad = done.items.filter((one) => one.faults.length)
  assert.deepEqual([done.created, bad.map((one) => one.faults.map((fault) => `${fault.column} ${fault.code}`))], [156, [['经度 place', '纬度 place']]])   // one lies nowhere in the source
  const here = done.items[40], [, , , , lat, lon] = lines[40]
  const place = { lon: Number(lon) + 0.0005, lat: Number(lat) }
  const need = fine(await who.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, area_id, title: '里民聚会', category: 'activity_room', quantity: 1, at: place, publish: true }), 201)
  const [first, ...others] = fine(await who.get(`/needs/${need.id}/matches`)).items
  assert.equal(first.resource.id, here.id)
  assert.ok(first.why.metres < 60 && others.every((one) => one.why.metres >= first.why.metres))
})
