/* What lies in a box on the map: lists, counts and pins hold exactly the cases of it that the caller sees, whichever way they are found. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const MANY = 300
let server, d, all

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}

/* Most of them in one cell of the map, some in each of the others, a fifth in the other community. */
const places = Array.from({ length: MANY }, (_, i) => (i % 5 === 4 ? inGrid(3, (i % 9) * 8 - 32, (i % 7) * 8 - 24) : i % 5 === 3 ? inGrid(1 + (i % 2), (i % 11) * 8 - 40, (i % 5) * 16 - 32) : inGrid(1, i % 10, i % 8)))

async function everything(who) {
  const items = []
  for (let after_; ;) {
    const page = ok(await who.get('/cases', { query: { limit: 200, after: after_ } }))
    items.push(...page.items)
    if (!(after_ = page.next)) return items
  }
}

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const category = [d.category('路灯异常').id, d.category('路灯异常').id, undefined]
  for (let i = 0; i < MANY; i += 20) {
    await Promise.all(places.slice(i, i + 20).map(async (at, k) => {
      const who = (i + k) % 50 === 0 ? d.resident : d.gridWorker
      ok(await who.post('/cases', { text: '路灯不亮', category: category[k % 3], at }), 201)
    }))
  }
  const mine = (await everything(d.secretary)).filter((one) => one.state === 'reported').slice(0, 24)
  for (const [i, { id, version }] of mine.entries()) {
    const accepted = ok(await d.secretary.post(`/cases/${id}/accept`, {}, { version }))
    if (i % 2) ok(await d.secretary.post(`/cases/${id}/dispatch`, { org: d.orgs.lighting }, { version: accepted.version }))
  }
  all = { leader: await everything(d.leader), secretary: await everything(d.secretary), lamps: await everything(d.lamps), resident: await everything(d.resident) }
})
after(() => server?.stop())

const BOXES = {
  'one cell': [120.004, 23.004, 120.006, 23.006], 'the middle of a cell': [120.0047, 23.0045, 120.0055, 23.0057], 'some cells': [120.001, 23.0005, 120.0123, 23.0077],
  'cells to both communities': [120.0085, 23.001, 120.0262, 23.009], 'the other community': [120.0201, 23.001, 120.0299, 23.009], 'more cells than are asked one by one': [119.97, 22.99, 120.03, 23.03],
  'more rows than are gathered': [119, 20, 121, 25], nothing: [120.0001, 23.0091, 120.0003, 23.0094], 'nothing far away': [10, -10, 11, -9], 'a point': [120.005, 23.005, 120.005, 23.005],
  'the whole world': [-180, -90, 180, 90],
}
const inside = ([west, south, east, north]) => ({ at }) => at && at.lon >= west && at.lon <= east && at.lat >= south && at.lat <= north
const open = ({ state }) => !['closed', 'rejected', 'merged'].includes(state)

describe('a box on the map', () => {
  const filters = () => ({
    everything: [{}, () => true], 'a common state': [{ state: 'reported' }, (i) => i.state === 'reported'], 'a rare state': [{ state: 'dispatched' }, (i) => i.state === 'dispatched'],
    'a state that none has': [{ state: 'suspended' }, () => false], 'an area': [{ area: d.areas.a }, (i) => d.areas.grids.slice(0, 2).includes(i.area_id)],
    'a category': [{ category: d.category('路灯异常').id }, (i) => i.category?.id === d.category('路灯异常').id], 'an organisation': [{ org: d.orgs.lighting }, (i) => i.org_id === d.orgs.lighting],
    'a source': [{ source: 'account' }, (i) => i.source === 'account'], 'area and state': [{ area: d.areas.a, state: 'accepted,dispatched' }, (i) => d.areas.grids.slice(0, 2).includes(i.area_id) && ['accepted', 'dispatched'].includes(i.state)],
  })
  const ids = (items) => items.map((one) => one.id)

  it('holds the newest first, the oldest first, and page by page', async () => {
    assert.ok(all.leader.length >= MANY && all.secretary.length < all.leader.length && all.lamps.length < all.secretary.length)
    for (const [place, box] of Object.entries(BOXES)) {
      for (const [what, [query, fits]] of Object.entries(filters())) {
        for (const who of ['leader', 'secretary', 'lamps', 'resident']) {
          const want = all[who].filter(inside(box)).filter(fits), said = `${place}, ${what}, ${who}`
          const asked = { ...query, bbox: box.join() }
          assert.deepEqual(ids(ok(await d[who].get('/cases', { query: { ...asked, limit: 200 } })).items), ids(want.slice(0, 200)), said)
          const { count, capped } = ok(await d[who].get('/cases/count', { query: asked }))
          assert.deepEqual([count, capped], [want.length, false], said)
          const pins = ok(await d[who].get('/cases/map', { query: asked }))
          assert.deepEqual(ids(pins.items).sort(), ids(want).sort(), said)
          assert.deepEqual([pins.clustered, pins.capped], [false, false], said)
        }
      }
    }
    const box = BOXES['some cells'].join(), want = all.leader.filter(inside(BOXES['some cells']))
    const old = ok(await d.leader.get('/cases', { query: { bbox: box, sort: 'old', limit: 70 } }))
    assert.deepEqual(ids(old.items), ids(want).reverse().slice(0, 70))
    const next = ok(await d.leader.get('/cases', { query: { bbox: box, sort: 'old', limit: 70, after: old.next } }))
    assert.deepEqual(ids(next.items), ids(want).reverse().slice(70, 140))
    const newest = ok(await d.leader.get('/cases', { query: { bbox: box, limit: 33 } }))
    const second = ok(await d.leader.get('/cases', { query: { bbox: box, limit: 33, after: newest.next } }))
    assert.deepEqual(ids([...newest.items, ...second.items]), ids(want).slice(0, 66))
  })

  it('holds the first due first', async () => {
    for (const [place, box] of Object.entries(BOXES)) {
      const items = ok(await d.secretary.get('/cases', { query: { bbox: box.join(), sort: 'due', limit: 200 } })).items
      const want = all.secretary.filter(inside(box)).filter(open)
      assert.equal(items.length, Math.min(200, want.length), place)
      assert.ok(items.every((one, n) => n === 0 || (one.due_at ?? Infinity) >= (items[n - 1].due_at ?? Infinity)), place)
      assert.ok(items.every((one) => want.some(({ id }) => id === one.id)), place)
    }
  })

  it('is refused when it is none', async () => {
    for (const bbox of ['1,2,3', '1,2,3,4,5', 'a,b,c,d', '2,1,1,2', '1,2,2,1', '-181,0,0,0', '0,0,0,91'])
      assert.equal((await d.leader.get('/cases/map', { query: { bbox } })).status, 422, bbox)
    for (const columns of [2, 49, 'wide']) assert.equal((await d.leader.get('/cases/map', { query: { columns } })).status, 422, `${columns}`)
    ok(await d.leader.get('/cases/map', { query: { columns: 3 } }))
  })
})
