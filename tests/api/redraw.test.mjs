// Journeys of redrawing areas over HTTP: split, merge, border, draw, days ahead, the map as it was.
import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { startServer, until } from './support/server.mjs'

const rectangle = (west, south, east, north) => ({ type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
const line = (...coordinates) => ({ type: 'LineString', coordinates })
const bowTie = { type: 'Polygon', coordinates: [[[120.0, 23.0], [120.01, 23.01], [120.01, 23.0], [120.0, 23.01], [120.0, 23.0]]] }

let server, admin, root
const faults = (answer) => Object.fromEntries((answer.body.errors ?? []).map((e) => [e.field, e.code]))
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const redraw = async (body, who = admin) => ok(await who.post('/areas/redraw', body))
const found = (report, code) => report.findings.filter((f) => f.code === code)
const area = async (id) => ok(await admin.get(`/areas/${id}`))
const holder = async (lon, lat) => (await server.client().get('/areas/at', { query: { lon, lat } })).body.area?.id

/** A street of its own with two communities side by side, each with two grids, somewhere no other is. */
let place = 0
/** A community's code in that street's town; the street itself has none. */
const codeOf = (n) => `9901${String(place).padStart(2, '0')}001${String(n).padStart(3, '0')}`
async function town() {
  const west = 120 + 0.1 * place++
  const make = async (parent_id, kind, name, a, b, c, d) => ok(await admin.post('/areas', { parent_id, kind, name, geometry: rectangle(west + a, b, west + c, d) }), 201).id
  const street = await make(root, 'street', `街道${place}`, 0, 23, 0.04, 23.02)
  const left = await make(street, 'community', '左社区', 0, 23, 0.02, 23.02)
  const right = await make(street, 'community', '右社区', 0.02, 23, 0.04, 23.02)
  const grids = [await make(left, 'grid', '左南', 0, 23, 0.02, 23.01), await make(left, 'grid', '左北', 0, 23.01, 0.02, 23.02),
    await make(right, 'grid', '右南', 0.02, 23, 0.04, 23.01), await make(right, 'grid', '右北', 0.02, 23.01, 0.04, 23.02)]
  return { west, street, left, right, grids, at: (x) => west + x }
}

before(async () => {
  server = await startServer()
  admin = await server.user({ role: 'system_admin', sign: 'admin', lang: 'en' })
  root = ok(await admin.get('/areas/tree')).items[0].id
})
after(() => server?.stop())

describe('a split', () => {
  it('is told before it is done, names the new one and shares out the children', async () => {
    const t = await town()
    const ask = { op: 'split', areas: [t.left], line: line([t.at(-0.001), 23.0101], [t.at(0.021), 23.0101]) }
    const plan = await redraw({ ...ask, dry_run: true })
    assert.equal(plan.state, 'planned')
    const [whole, fresh] = plan.areas
    assert.equal(whole.m2_before, whole.m2_after + fresh.m2_after)
    assert.equal(fresh.fresh, true)
    assert.equal(fresh.name, null)
    assert.equal(found(plan, 'child_moved').length, 1)
    assert.equal(ok(await admin.get('/areas', { query: { parent: t.street } })).items.length, 2, 'nothing was changed')

    assert.equal(faults(await admin.post('/areas/redraw', ask)).pieces, 'required')
    const done = await redraw({ ...ask, basis: plan.basis, pieces: [{ name: '新社区', code: codeOf(3) }] })
    assert.equal(done.state, 'applied')
    const siblings = ok(await admin.get('/areas', { query: { parent: t.street } })).items
    const made = siblings.find((a) => a.name === '新社区')
    assert.equal(siblings.length, 3)
    assert.equal(made.child_count, 1)
    assert.equal((await area(t.left)).child_count, 1)
    assert.equal((await area(made.id)).m2 > 1e6, true)
    assert.equal((await admin.post('/areas/redraw', { ...ask, basis: plan.basis, dry_run: true })).body.code, 'conflict')
    assert.equal(faults(await admin.post('/areas/redraw', { op: 'split', areas: [t.right], line: line([t.at(0.01), 23.0101], [t.at(0.05), 23.0101]), pieces: [{ name: '又', code: codeOf(3) }] })).code, 'code_taken')
  })

  it('keeps the piece that is asked to stay', async () => {
    const t = await town()
    const ask = { op: 'split', areas: [t.right], line: line([t.at(0.03), 22.99], [t.at(0.03), 23.0151], [t.at(0.05), 23.0151]), keeps: 1, pieces: [{ name: '大半' }] }
    const [kept, fresh] = (await redraw(ask)).areas
    assert.ok(kept.m2_after < fresh.m2_after)
    assert.equal(await holder(t.at(0.021), 23.019), t.grids[3])
  })

  it('refuses what cannot be, naming the field', async () => {
    const t = await town()
    const through = line([t.at(-0.001), 23.0101], [t.at(0.021), 23.0101])
    for (const [body, field, code] of [
      [{ op: 'split', areas: [t.left], line: line([t.at(0.001), 23.001], [t.at(0.002), 23.002]) }, 'line', 'line_misses'],
      [{ op: 'split', areas: [t.left] }, 'line', 'required'], [{ op: 'split', areas: [t.left], line: { type: 'Point' } }, 'line', 'shape'],
      [{ op: 'split', areas: ['77'], line: through }, 'areas', 'unknown_reference'], [{ op: 'split', line: through }, 'areas', 'required'],
      [{ op: 'split', areas: [t.left], line: through, keeps: 7 }, 'keeps', 'not_a_choice'], [{ op: 'cut', areas: [t.left] }, 'op', 'not_a_choice'],
      [{ op: 'split', areas: [t.left], line: through, crs: 'mars' }, 'crs', 'crs_unknown'], [{ areas: [t.left] }, 'op', 'required'],
      [{ op: 'merge', areas: [t.left, t.grids[2]] }, 'areas', 'not_siblings'], [{ op: 'merge', areas: [t.grids[0], t.grids[2]] }, 'areas', 'not_siblings'],
      [{ op: 'border', areas: [t.left, t.right], line: line([t.at(0.001), 23.001], [t.at(0.002), 23.002]) }, 'line', 'line_misses'],
      [{ op: 'split', areas: [t.left], line: through, pieces: [{ name: '短', code: '12' }] }, 'pieces', 'code_form'],
      [{ op: 'draw', areas: [t.left], geometry: bowTie }, 'geometry', 'shape'], [{ op: 'draw', areas: [t.left] }, 'geometry', 'required'],
      [{ op: 'draw', kind: 'grid', parent_id: root, geometry: rectangle(0, 0, 1, 1) }, 'parent_id', 'parent_kind'],
      [{ op: 'split', areas: [t.left], line: through, effective: Date.now() - 1000 }, 'effective', 'time_in_past'],
    ]) assert.equal(faults(await admin.post('/areas/redraw', body))[field], code, JSON.stringify(body))
    const bare = ok(await admin.post('/areas', { parent_id: t.street, kind: 'community', name: '无图' }), 201).id
    assert.equal(faults(await admin.post('/areas/redraw', { op: 'merge', areas: [t.left, bare] })).areas, 'no_shape')
    ok(await admin.post(`/areas/${bare}/close`))
    assert.equal(faults(await admin.post('/areas/redraw', { op: 'merge', areas: [t.left, bare] })).areas, 'area_closed')
  })
})

describe('a border between two', () => {
  it('is told, moved without a gap, and the grids follow', async () => {
    const t = await town()
    const present = await redraw({ op: 'border', areas: [t.left, t.right], dry_run: true })
    assert.equal(present.border.coordinates.length, 1)
    assert.equal(present.areas[0].gained + present.areas[1].gained, 0)
    const ask = { op: 'border', areas: [t.left, t.right], line: line([t.at(0.02), 23], [t.at(0.025), 23.008], [t.at(0.02), 23.02]) }
    const plan = await redraw({ ...ask, dry_run: true })
    assert.equal(plan.areas[0].gained, plan.areas[1].lost)
    const sum = (key) => plan.areas[0][key] + plan.areas[1][key]
    assert.ok(Math.abs(sum('m2_before') - sum('m2_after')) <= 2, 'each is rounded')
    assert.equal(found(plan, 'child_cut').length, 2)
    assert.equal(found(plan, 'child_outside').length, 0)
    await redraw({ ...ask, basis: plan.basis })
    assert.equal(await holder(t.at(0.022), 23.008), t.grids[0])
    assert.equal(await holder(t.at(0.022), 23.0105), t.grids[1])
    const versions = ok(await admin.get(`/areas/${t.left}/shapes`)).items
    assert.equal(versions.length, 2)
    assert.ok(versions[1].valid_to === versions[0].valid_from)
  })

  it('tells the open cases that lie in what moves; they stay with the area that took them', async () => {
    const t = await town()
    const who = await server.user({})
    ok(await who.post('/cases', { text: '路灯不亮，请来看看', at: { lon: t.at(0.0235), lat: 23.008 } }), 201)
    const plan = await redraw({ op: 'border', areas: [t.left, t.right], dry_run: true, line: line([t.at(0.02), 23], [t.at(0.025), 23.008], [t.at(0.02), 23.02]) })
    const [told] = found(plan, 'open_cases')
    assert.equal(told.count, 1)
    assert.equal(told.area_id, t.right)
    assert.equal(told.other_id, t.left)
  })

  it('is not between areas that do not touch', async () => {
    const t = await town()
    const far = ok(await admin.post('/areas', { parent_id: t.street, kind: 'community', name: '远', geometry: rectangle(t.at(0.06), 23, t.at(0.07), 23.01) }), 201).id
    assert.equal(faults(await admin.post('/areas/redraw', { op: 'border', areas: [t.left, far], dry_run: true })).areas, 'not_neighbours')
  })
})

describe('a merge', () => {
  it('closes the others, brings their children, and makes no right on a part one on the whole', async () => {
    const t = await town()
    const code = (id, c) => area(id).then((a) => admin.patch(`/areas/${id}`, { code: c }, { version: a.version })).then((a) => ok(a))
    await code(t.left, codeOf(1))
    await code(t.right, codeOf(2))
    const role = 'street_dispatcher'
    const leftOnly = await server.user({ role, unit: `area:${codeOf(1)}`, name: '左边的' })
    const rightOnly = await server.user({ role, unit: `area:${codeOf(2)}`, name: '右边的' })
    const both = await server.user({ role, unit: `area:${codeOf(1)}`, name: '两边的' })
    const security = await server.user({ role: 'security_admin' })
    const person = ok(await admin.get('/people', { query: { text: '两边的' } })).items[0].id
    ok(await security.post(`/people/${person}/assignments`, { role, unit_kind: 'area', unit_id: t.right, from: Date.now() - 1000 }), 201)
    assert.equal((await rightOnly.get('/areas')).status, 200)
    const office = ok(await admin.post('/orgs', { kind: 'residents_committee', name: '右居委会', area_id: t.right }), 201).id
    ok(await admin.post('/rules', { area: t.right, org: office }), 201)
    const alliance = ok(await admin.post('/alliances', { kind: 'complex', name: '右联盟', area_id: t.right, lead_id: office, from: Date.now() - 1000 }), 201).id
    const webhook = ok(await admin.post('/webhooks', { name: '右推送', format: 'json', url: 'https://example.org/hook', area: t.right }), 201).id
    const plan = await redraw({ op: 'merge', areas: [t.left, t.right], dry_run: true })
    assert.deepEqual(['orgs_move', 'alliances_move', 'webhooks_move'].map((code) => found(plan, code)[0].count), [1, 1, 1])
    assert.deepEqual(plan.ends.map((e) => [e.what, e.area, e.who]).sort(), [['rule', '右社区', '右居委会'], ['role', '右社区', '右边的'], ['role', '左社区', '左边的']].sort())
    await redraw({ op: 'merge', areas: [t.left, t.right], basis: plan.basis })
    assert.equal((await leftOnly.get('/areas')).status, 403, 'a right on the left is none on the whole')
    assert.equal((await rightOnly.get('/areas')).status, 403)
    assert.equal((await both.get('/areas')).status, 200, 'who had it on both sides has it on the whole')
    assert.ok((await area(t.right)).valid_to)
    assert.equal(ok(await admin.get(`/alliances/${alliance}`)).area_id, t.left)
    assert.equal(ok(await admin.get('/webhooks')).items.find((one) => one.id === webhook).area, t.left)
    assert.equal((await area(t.left)).child_count >= 4, true)
    assert.equal(await holder(t.at(0.03), 23.005), t.grids[2])
    assert.equal(faults(await admin.post('/areas/redraw', { op: 'merge', areas: [t.left, t.right] })).areas, 'area_closed')
  })
})

describe('drawing', () => {
  it('takes away what neighbours hold, offers a repaired shape, and makes a new area', async () => {
    const t = await town()
    const over = await redraw({ op: 'draw', areas: [t.left], geometry: rectangle(t.at(0), 23, t.at(0.03), 23.02), dry_run: true })
    assert.equal(found(over, 'overlap')[0].other_id, t.right)
    const clipped = await redraw({ op: 'draw', areas: [t.left], geometry: rectangle(t.at(0), 23, t.at(0.03), 23.02), clip: true, dry_run: true })
    assert.equal(clipped.areas[0].gained + clipped.areas[0].lost, 0)
    const knotted = await redraw({ op: 'draw', areas: [t.left], geometry: bowTie, dry_run: true })
    assert.match(knotted.repaired, /Self-intersection/)
    await redraw({ op: 'draw', kind: 'community', parent_id: t.street, pieces: [{ name: '画的' }], geometry: rectangle(t.at(0.04), 23, t.at(0.05), 23.01) })
    assert.ok(ok(await admin.get('/areas', { query: { parent: t.street } })).items.some((a) => a.name === '画的' && a.has_shape))
    const fresh = { op: 'draw', kind: 'community', parent_id: t.street, pieces: [{ name: '画一次' }], geometry: rectangle(t.at(0.05), 23, t.at(0.06), 23.01) }
    const { basis } = await redraw({ ...fresh, dry_run: true })
    await redraw({ ...fresh, basis })
    assert.equal((await admin.post('/areas/redraw', { ...fresh, basis })).body.code, 'conflict', 'sent twice, drawn once')
  })
})

describe('a border of many points', () => {
  it('comes back whole, as it was drawn', async () => {
    const t = await town()
    const ring = Array.from({ length: 900 }, (_, i) => [t.at(0.01 + 0.009 * Math.cos((i * Math.PI) / 450)), 23.01 + 0.009 * Math.sin((i * Math.PI) / 450)])
    const geometry = { type: 'Polygon', coordinates: [[...ring, ring[0]]] }
    for (const answer of [(await redraw({ op: 'draw', areas: [t.left], geometry, dry_run: true })).areas[0].after, ok(await admin.post('/areas/shape-check', { geometry })).geometry]) assert.equal(answer.coordinates[0][0].length, 901)
    await redraw({ op: 'draw', areas: [t.left], geometry })
    assert.equal(ok(await admin.get(`/areas/${t.left}/shape`)).coordinates[0][0].length, 901)
  })
})

describe('a day ahead', () => {
  it('waits, is seen, is withdrawn; another waits and is applied when it comes', async () => {
    const t = await town()
    const ask = { op: 'border', areas: [t.left, t.right], line: line([t.at(0.02), 23], [t.at(0.025), 23.008], [t.at(0.02), 23.02]) }
    const far = await redraw({ ...ask, effective: Date.now() + 86_400_000 })
    assert.equal(far.state, 'waits')
    assert.equal((await admin.post('/areas/redraw', { ...ask, effective: Date.now() + 86_400_000 })).body.code ?? '', 'redraw_waits')
    const listed = ok(await admin.get('/areas/redraws')).items[0]
    assert.deepEqual([listed.id, listed.state, listed.names], [far.id, 'waits', ['左社区', '右社区']])
    const seen = ok(await admin.get(`/areas/redraws/${far.id}`))
    assert.equal(seen.areas.length >= 2, true)
    assert.equal(ok(await admin.post(`/areas/redraws/${far.id}/withdraw`)).state, 'withdrawn')
    assert.equal((await admin.post(`/areas/redraws/${far.id}/withdraw`)).body.code, 'wrong_state')
    assert.equal((await admin.get('/areas/redraws/5')).status, 404)

    const soon = await redraw({ ...ask, effective: Date.now() + 1500 })
    assert.equal(await holder(t.at(0.022), 23.008), t.grids[2])
    await until(async () => ok(await admin.get(`/areas/redraws/${soon.id}`)).state === 'applied', 15_000)
    await until(async () => (await holder(t.at(0.022), 23.008)) === t.grids[0], 5_000)
    const past = ok(await admin.get('/areas/past', { query: { at: soon.effective - 1, kind: 'community', under: t.street } }))
    const present = ok(await admin.get('/areas/past', { query: { at: Date.now(), kind: 'community', under: t.street } }))
    const shapeOf = (map) => JSON.stringify(map.features.find((f) => f.properties.id === t.left).geometry)
    assert.notEqual(shapeOf(past), shapeOf(present))
    assert.equal(past.features.length, 2)
    assert.equal(faults(await admin.get('/areas/past', { query: { at: Date.now() + 60_000 } })).at, 'time_in_future')
  })

  it('fails when the areas are no longer those, and changes nothing', async () => {
    const t = await town()
    const soon = await redraw({ op: 'merge', areas: [t.left, t.right], effective: Date.now() + 1200 })
    await redraw({ op: 'draw', areas: [t.left], geometry: rectangle(t.at(0), 23, t.at(0.02), 23.019) })
    const settled = await until(async () => {
      const one = ok(await admin.get(`/areas/redraws/${soon.id}`))
      return one.state !== 'waits' && one
    }, 15_000)
    assert.deepEqual([settled.state, settled.reason], ['failed', 'conflict'])
    assert.equal((await area(t.right)).valid_to, null)
    const told = await until(async () => ok(await admin.get('/notices')).items.find((one) => one.kind === 'area.redraw_failed'), 10_000)
    assert.deepEqual([told.object_kind, told.object_id], ['area', t.left])
  })
})

describe('who may', () => {
  it('only those who manage every area asked for', async () => {
    const t = await town()
    const version = (await area(t.left)).version
    ok(await admin.patch(`/areas/${t.left}`, { code: codeOf(1) }, { version }))
    const local = await server.user({ role: 'system_admin', unit: `area:${codeOf(1)}` })
    const resident = await server.user({})
    const through = line([t.at(-0.001), 23.0101], [t.at(0.021), 23.0101])
    const merge = { op: 'merge', areas: [t.left, t.right], dry_run: true }
    assert.equal((await resident.post('/areas/redraw', merge)).status, 403)
    assert.equal((await server.client().post('/areas/redraw', merge)).status, 401)
    assert.equal((await local.post('/areas/redraw', merge)).status, 403, 'the other is not theirs')
    assert.equal((await local.post('/areas/redraw', { op: 'split', areas: [t.left], line: through, dry_run: true })).status, 403, 'a new sibling lies outside')
    assert.equal((await local.post('/areas/redraw', { op: 'draw', areas: [t.left], geometry: rectangle(t.at(0), 23, t.at(0.02), 23.02), dry_run: true })).status, 200)
    const waits = await redraw({ op: 'merge', areas: [t.left, t.right], effective: Date.now() + 86_400_000 })
    assert.equal((await local.post(`/areas/redraws/${waits.id}/withdraw`)).status, 403)
    assert.equal((await local.get(`/areas/redraws/${waits.id}`)).status, 403)
    for (const path of ['/areas/redraws', '/areas/redraws/1', '/areas/past?at=1']) assert.equal((await resident.get(path)).status, 403, path)
  })
})
