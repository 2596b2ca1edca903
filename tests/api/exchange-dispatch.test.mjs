/* The dispatch page: what is wanted most, what lies idle, what falls due. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const DAY = 86_400_000
let server, d, bank, giver, serial = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  bank = fine(await d.admin.post('/orgs', { kind: 'bank', name: '东街支行', area_id: d.areas.a }), 201).id
  giver = await server.user({ role: 'department_handler', unit: bank, sign: 'giver_bank', name: '支行小李', lang: 'zh-CN' })
})
after(() => server?.stop())

const asked = async (more, who = d.secretary) => fine(await who.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: `需求${++serial}`, category: 'goods', quantity: 10, unit: '份', publish: true, ...more }), 201)
const offered = async (more) => fine(await giver.post('/resources', { org_id: bank, title: `资源${++serial}`, category: 'goods', quantity: 10, unit: '份', ...more }), 201)
const take = async (need, more) => fine(await giver.post(`/needs/${need.id}/claims`, { org_id: bank, quantity: 1, due_at: Date.now() + DAY, ...more }), 201)
const board = async (area, who = d.leader) => fine(await who.get('/exchange/dispatch', { query: { area } }))
const ids = (list) => list.map((one) => one.id)

describe('dispatch', () => {
  test('puts the most urgent first, then what ends soonest, of an area and all below it', async () => {
    const later = await asked({ ends_at: Date.now() + 9 * DAY }), open = await asked(), soon = await asked({ urgency: 'soon' }), first = await asked({ ends_at: Date.now() + 2 * DAY })
    const urgent = await asked({ urgency: 'urgent', area_id: d.areas.grids[1] }), elsewhere = await asked({ unit_id: d.areas.c, urgency: 'urgent' }, d.otherSecretary)
    await asked({ publish: false })
    const over = await asked({ quantity: 1 })
    await take(over)                                                            // seeks nothing any more
    for (const area of [d.areas.a, d.areas.east]) {
      const seen = await board(area)
      assert.deepEqual(ids(seen.needs), ids([urgent, soon, first, later, open]))
      assert.deepEqual([seen.urgent, seen.soon, seen.ordinary, seen.area_id], [1, 1, 3, area])
    }
    const all = await board()
    assert.deepEqual(ids(all.needs), ids([urgent, elsewhere, soon, first, later, open]))
    assert.deepEqual([all.urgent, all.area_name], [2, '测试区'])
    assert.deepEqual(ids((await board(d.areas.grids[1])).needs), [urgent.id])
    assert.deepEqual((await board(d.areas.b)).needs, [])
  })

  test('shows resources that serve there and that nothing holds; what is promised, paused or used up is not idle', async () => {
    const idle = await offered(), wide = await offered({ area_id: d.areas.east }), held = await offered(), paused = await offered(), room = await offered({ category: 'meeting_room', quantity: 2 })
    fine(await giver.post(`/resources/${paused.id}/pause`))
    const need = await asked({ quantity: 5 })
    const claim = (await take(need, { resource_id: held.id })).claims[0]
    assert.deepEqual(ids((await board(d.areas.a)).idle), ids([idle, wide, room]))
    assert.deepEqual(ids((await board()).idle), ids([idle, wide, room]))
    assert.deepEqual(ids((await board(d.areas.b)).idle), [wide.id])
    assert.deepEqual((await board(d.areas.c)).idle, [])
    assert.ok((await board(d.areas.a, giver)).idle.every((one) => one.may_manage))
    assert.ok((await board(d.areas.a, d.otherSecretary)).idle.every((one) => !one.may_manage))
    fine(await giver.post(`/claims/${claim.id}/give-back`, { reason: '换一件' }))
    assert.deepEqual(ids((await board(d.areas.a)).idle), ids([idle, wide, held, room]))
    const claimed = (await take(need, { resource_id: idle.id, quantity: 5 })).claims.at(-1)
    fine(await giver.post(`/claims/${claimed.id}/done`, { text: '送到' }))
    fine(await d.secretary.post(`/claims/${claimed.id}/confirm`, { rating: 5 }))
    assert.equal((await board(d.areas.a)).idle.find((one) => one.id === idle.id).free, 5)
  })

  test('tells what falls due within a week or is late, the soonest first', async () => {
    const need = await asked({ quantity: 9 })
    const late = (await take(need, { due_at: Date.now() + 3000 })).claims.at(-1), far = (await take(need, { due_at: Date.now() + 8 * DAY })).claims.at(-1), near = (await take(need, { due_at: Date.now() + 2 * DAY })).claims.at(-1)
    await new Promise((resolve) => setTimeout(resolve, late.due_at - Date.now() + 20))
    const due = (await board(d.areas.a)).due, mine = due.filter((one) => one.need_id === need.id)
    assert.deepEqual(mine.map((one) => [one.id, one.late, one.state, one.org_name]), [[late.id, true, 'taken', '东街支行'], [near.id, false, 'taken', '东街支行']])
    assert.ok(due.every((one, i) => !i || due[i - 1].due_at <= one.due_at) && !ids(due).includes(far.id))
    fine(await giver.post(`/claims/${near.id}/done`, { text: '送到' }))
    assert.equal((await board(d.areas.a)).due.find((one) => one.id === near.id).state, 'done')
    assert.deepEqual((await board(d.areas.c)).due, [])
  })

  test('is for whoever sees needs; an area that is none is told', async () => {
    assert.deepEqual(fields(await d.leader.get('/exchange/dispatch', { query: { area: '12345' } })), { area: 'unknown_reference' })
    refused(await d.resident.get('/exchange/dispatch'), 403, 'not_allowed')
    refused(await server.client().get('/exchange/dispatch'), 401, 'not_signed_in')
  })
})
