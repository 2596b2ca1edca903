/* The public directory: who is called so, who is here, who is responsible where one stands; and that nobody is shown who did not agree. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict, onBorder, outside } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const DAY = 86_400_000
let server, d, anybody, orgs
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anybody = server.client()
  const org = async (kind, name, area_id, more) => fine(await d.admin.post('/orgs', { kind, name, area_id, public: true, ...more }), 201).id
  orgs = {
    office: await org('street_office', '东街办事处', d.areas.east),
    committee: await org('residents_committee', '乙社区居委会', d.areas.b),
    station: await org('service_station', '甲社区党群服务站', d.areas.a),
    property: await org('property_company', '众邻物业', d.areas.east),
    hidden: await org('shop', '不公开的店', d.areas.a, { public: false }),
    closed: await org('shop', '关门的店', d.areas.a),
  }
  fine(await d.admin.put(`/orgs/${orgs.property}/areas`, { areas: [d.areas.grids[0]] }))
  fine(await d.admin.post(`/orgs/${orgs.closed}/close`))
})
after(() => server?.stop())

async function appointed(name, post, unit, more = {}, times = {}) {
  const person = fine(await d.admin.post('/people', { name, ...more }), 201).id
  fine(await d.admin.post(`/people/${person}/appointments`, { post, unit_kind: 'area', unit_id: unit, from: Date.now() - 100 * DAY, ...times }), 201)
  return person
}
const find = async (q) => fine(await anybody.get('/public/directory/find', { query: { q } })).items
const entry = async (id) => fine(await anybody.get(`/public/directory/${id}`))
const here = async (at) => fine(await anybody.post('/public/directory/here', { at }))
const names = (list) => list.map((one) => one.name)

describe('people', () => {
  test('are shown when the post is public and they agreed, as long as they hold it', async () => {
    await appointed('江书记', 'secretary', d.areas.a, { public: true })
    await appointed('不愿公开', 'secretary', d.areas.a)
    await appointed('移动格', 'mobile_grid_volunteer', d.areas.a, { public: true })      // a post that is not public
    await appointed('前书记', 'second_secretary', d.areas.a, { public: true }, { from: Date.now() - 90 * DAY, to: Date.now() - 10 * DAY })
    await appointed('将来的', 'second_secretary', d.areas.a, { public: true }, { from: Date.now() + 10 * DAY })
    assert.deepEqual((await entry(d.areas.a)).people, [{ name: '江书记', post_name_zh: '书记', post_name_en: 'Secretary' }])
    assert.deepEqual((await find('江书')).map((hit) => [hit.person, hit.post_zh, hit.name]), [['江书记', '书记', '甲社区']])
    assert.deepEqual((await find('jsj')).map((hit) => hit.person), ['江书记'])
    for (const hidden of ['不愿', '移动格', '前书', '将来']) assert.deepEqual(await find(hidden), [])
  })

  test('who takes back their consent is gone at once', async () => {
    const person = await appointed('改主意', 'grid_worker', d.areas.grids[1], { public: true })
    assert.equal((await find('改主意')).length, 1)
    const { version } = fine(await d.admin.get(`/people/${person}`))
    fine(await d.admin.patch(`/people/${person}`, { public: false }, { version }))
    assert.deepEqual(await find('改主意'), [])
    assert.deepEqual((await entry(d.areas.grids[1])).people, [])
  })
})

describe('finding', () => {
  test('by part of a name, the exact and shorter first', async () => {
    assert.deepEqual(names(await find('甲社区')), ['甲社区', '甲社区党群服务站'])
    assert.deepEqual(names(await find('东街')), ['东街', '东街办事处'])
    assert.deepEqual((await find('东街办')).map(({ unit_kind, kind, above }) => ({ unit_kind, kind, above })), [{ unit_kind: 'org', kind: 'street_office', above: `${d.admin.me.units[0].name} 东街` }])
  })

  test('by initials and by how it is said, in any mixture', async () => {
    for (const said of ['djbsc', 'dongjiebanshichu', 'DongJie bsc', 'bsc']) assert.deepEqual(names(await find(said)), ['东街办事处'], said)
    assert.deepEqual(await find('qqqq'), [])
  })

  test('not what is not public, nor what has closed', async () => {
    for (const word of ['不公开', '关门', '路灯所']) assert.deepEqual(await find(word), [])
    for (const id of [orgs.hidden, orgs.closed, d.orgs.lighting, '12345']) refused(await anybody.get(`/public/directory/${id}`), 404, 'not_found')
  })

  test('asks for something to find', async () => {
    assert.deepEqual(fields(await anybody.get('/public/directory/find')), { q: 'required' })
    assert.deepEqual(fields(await anybody.get('/public/directory/find', { query: { q: '长'.repeat(61) } })), { q: 'too_long' })
  })
})

describe('leafing through', () => {
  test('the first page is the district; each area has its organisations and what lies below', async () => {
    const top = fine(await anybody.get('/public/directory'))
    assert.deepEqual([top.unit.id, names(top.areas)], [d.root, ['东街', '西街']])
    const street = await entry(d.areas.east)
    assert.deepEqual([names(street.areas).sort(), names(street.orgs)], [['乙社区', '甲社区'], ['东街办事处', '众邻物业']])
    assert.deepEqual(names((await entry(d.areas.grids[0])).orgs), ['众邻物业'])    // it serves this grid
    const office = await entry(orgs.office)
    assert.deepEqual([office.unit.kind, names(office.areas), office.orgs, office.people], ['street_office', ['东街'], [], []])
  })
})

describe('where I stand', () => {
  test('the smallest area first, up to the district, each with its people and organisations', async () => {
    const at = await here(inGrid(1))
    assert.deepEqual(at.levels.map((level) => level.unit.name).slice(0, 3), ['第1网格', '甲社区', '东街'])
    assert.deepEqual(at.levels.map((level) => names(level.people))[1], ['江书记'])
    assert.deepEqual([names(at.levels[0].orgs), names(at.levels[1].orgs)], [['众邻物业'], ['甲社区党群服务站']])
    assert.deepEqual([at.near, at.nearby], [[], []])
  })

  test('a border close by is said; outside there is nobody', async () => {
    assert.deepEqual((await here(onBorder)).near.map((one) => one.name), ['第2网格'])
    assert.deepEqual(await here(outside), { levels: [], near: [], nearby: [] })
  })

  test('bad places are refused, and a place never stands in an address', async () => {
    assert.deepEqual(fields(await anybody.post('/public/directory/here', {})), { at: 'required' })
    assert.equal((await anybody.post('/public/directory/here', { at: { lon: 999, lat: 0 } })).status, 422)
    assert.equal((await anybody.get('/public/directory/here')).status, 405)
  })
})

describe('what stands there', () => {
  const card = { phone: '0592-2600123', address: '东街1号', hours: '周一至周五 8:00—17:30', note: '办事窗口\n二楼', at: inGrid(2) }

  test('is written by whoever manages the unit, and seen by everybody', async () => {
    const made = fine(await d.admin.put(`/directory/${orgs.office}`, card))
    assert.deepEqual([made.version, made.phone, made.people, made.may_manage], [1, card.phone, 0, true])
    const { unit, note } = await entry(orgs.office)
    assert.deepEqual([unit.phone, unit.address, unit.hours, note, unit.at], [card.phone, card.address, card.hours, card.note, card.at])
    const [row] = fine(await d.audit.get('/audit', { query: { object_kind: 'org' } })).items.filter((one) => one.action === 'directory.put')
    assert.equal(row.object_id, orgs.office)
  })

  test('a second writer is told of the first; what is left out is gone', async () => {
    refused(await d.admin.put(`/directory/${orgs.office}`, { phone: '1' }), 428, 'version_needed')
    refused(await d.admin.put(`/directory/${orgs.office}`, { phone: '1' }, { version: 7 }), 409, 'stale_version')
    const now = fine(await d.admin.put(`/directory/${orgs.office}`, { phone: '0592-2600999', at: inGrid(2) }, { version: 1 }))
    assert.deepEqual([now.phone, now.address, now.note, now.version], ['0592-2600999', null, null, 2])
  })

  test('places near by, nearest first, no farther than three kilometres', async () => {
    fine(await d.admin.put(`/directory/${orgs.station}`, { at: inGrid(1, 20) }))
    fine(await d.admin.put(`/directory/${orgs.committee}`, { at: inGrid(5) }))      // four grids away
    const { nearby } = await here(inGrid(1))
    assert.deepEqual(names(nearby), ['甲社区党群服务站', '东街办事处'])
    assert.ok(Math.abs(nearby[0].metres - 204.7) < 1, `${nearby[0].metres}`)           // 0.002° at 23° north
  })

  test('not by others, not for what is not there', async () => {
    for (const who of [d.gridWorker, d.leader, d.lamps, d.secretary]) refused(await who.put(`/directory/${d.areas.east}`, { phone: '12345' }), 403, 'not_allowed')
    refused(await anybody.put(`/directory/${d.areas.east}`, { phone: '12345' }), 401, 'not_signed_in')
    refused(await anybody.get('/directory'), 401, 'not_signed_in')
    refused(await d.admin.put('/directory/12345', { phone: '12345' }), 404, 'not_found')
    refused(await d.admin.put(`/directory/${orgs.closed}`, { phone: '12345' }), 404, 'not_found')
    assert.deepEqual(fields(await d.admin.put(`/directory/${orgs.office}`, { phone: '', hours: 'x'.repeat(201), at: { lon: 1 }, mail: 'a@b.c' }, { version: 2 })),
      { phone: 'too_short', hours: 'too_long', at: 'place', mail: 'unknown_field' })
  })

  test('what is missing is listed, page by page', async () => {
    const list = async (query) => fine(await d.leader.get('/directory', { query }))
    const without = names((await list({ missing: 'phone' })).items)
    assert.ok(without.includes('东街') && !without.includes('东街办事处') && !without.includes('不公开的店'), without.join())
    assert.ok(!names((await list({ missing: 'person' })).items).includes('甲社区'))
    assert.deepEqual(names((await list({ missing: 'place', kind: 'property_company' })).items), ['众邻物业'])
    assert.deepEqual(names((await list({ text: 'jsqdqfwz' })).items), ['甲社区党群服务站'])
    assert.deepEqual(names((await list({ area: d.areas.b })).items), ['乙社区', '第3网格', '第4网格', '乙社区居委会'])
    const all = names((await list({ limit: 500 })).items), paged = []
    for (let after; after !== null; ) {
      const page = await list({ limit: 3, after })
      paged.push(...names(page.items))
      after = page.next
    }
    assert.deepEqual(paged, all)
    assert.deepEqual((await list({ kind: 'community' })).items.map((one) => one.may_manage), [false, false, false])
    assert.deepEqual(fields(await d.leader.get('/directory', { query: { after: 'made up' } })), { after: 'invalid' })
  })
})

describe('a list that goes on', () => {
  test('goes on although the unit at which a page ended is closed since', async () => {
    const shop = async (name) => fine(await d.admin.post('/orgs', { kind: 'shop', name, area_id: d.areas.c, public: true }), 201).id
    for (const name of ['连锁一店', '连锁二店', '连锁三店', '连锁四店']) await shop(name)
    const query = { text: '连锁', limit: 2 }
    const all = fine(await d.admin.get('/directory', { query: { ...query, limit: 10 } })).items
    const first = fine(await d.admin.get('/directory', { query }))
    assert.deepEqual(names(first.items), names(all).slice(0, 2))
    fine(await d.admin.post(`/orgs/${first.items[1].id}/close`))
    const second = fine(await d.admin.get('/directory', { query: { ...query, after: first.next } }))
    assert.deepEqual(names(second.items), names(all).slice(2))
    assert.equal(second.next, null)
  })
})

describe('one address', () => {
  test('may not ask without end', async () => {
    fine(await d.admin.put('/settings/directory.asks_per_hour', { value: 10 }), 204)
    let last
    for (let i = 0; i < 12 && last?.status !== 429; i++) last = await anybody.get('/public/directory')
    refused(last, 429, 'too_many')
    for (const path of ['/public/directory/find?q=a', `/public/directory/${d.areas.a}`]) refused(await anybody.get(path), 429, 'too_many')
    refused(await anybody.post('/public/directory/here', { at: inGrid(1) }), 429, 'too_many')
    fine(await d.admin.get('/directory'))
  })
})
