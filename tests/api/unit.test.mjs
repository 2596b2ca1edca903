// Journeys of areas, organisations, posts and appointments over HTTP.
import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root as checkout, startServer } from './support/server.mjs'

const shared = process.env.LINLI_SHARED ?? join(checkout, '..', 'shared', 'data')

const rectangle = (west, south, east, north) => ({
  type: 'Polygon',
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
})
const bowTie = { type: 'Polygon', coordinates: [[[120.0, 23.0], [120.01, 23.01], [120.01, 23.0], [120.0, 23.01], [120.0, 23.0]]] }

let server, admin, resident, root
before(async () => {
  server = await startServer()
  admin = await server.user({ role: 'system_admin', sign: 'admin', lang: 'en' })
  resident = await server.user({ sign: 'resident', lang: 'en' })
  root = (await admin.get('/areas/tree')).body.items[0].id
})
after(() => server?.stop())

const faults = (answer) => Object.fromEntries((answer.body.errors ?? []).map((e) => [e.field, e.code]))
const made = async (body) => {
  const answer = await admin.post('/areas', body)
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

describe('areas', () => {
  let street, community, other

  it('are added under each other, with a polygon', async () => {
    const whole = await admin.get(`/areas/${root}`)
    const drawn = await admin.put(`/areas/${root}/shape`, { geometry: rectangle(120, 23, 120.04, 23.02) }, { version: whole.body.version })
    assert.equal(drawn.status, 200, drawn.text)
    assert.ok(Math.abs(drawn.body.m2 - 4092_000 * 2.217) < 30_000, String(drawn.body.m2))
    street = await made({ parent_id: root, kind: 'street', name: '东街', code: '440305001', geometry: rectangle(120, 23, 120.02, 23.02) })
    other = await made({ parent_id: root, kind: 'street', name: '西街', geometry: rectangle(120.02, 23, 120.04, 23.02) })
    community = await made({ parent_id: street.id, kind: 'community', name: '南社区', class: 'old', geometry: rectangle(120, 23, 120.02, 23.01) })
    assert.deepEqual(community.path.map((p) => p.id), [root, street.id, community.id])
    assert.deepEqual(community.warnings, [])
    assert.equal(community.version >= 1, true)
  })

  it('are found at a point, with neighbours whose border is near', async () => {
    const inside = await server.client().get('/areas/at', { query: { lon: 120.01, lat: 23.005 } })
    assert.equal(inside.status, 200, inside.text)
    assert.equal(inside.body.area.id, community.id)
    assert.deepEqual(inside.body.path.map((p) => p.kind), ['district', 'street', 'community'])
    assert.deepEqual(inside.body.near, [])
    const edge = await server.client().get('/areas/at', { query: { lon: 120.01995, lat: 23.005 } })
    assert.deepEqual(edge.body.near.map((n) => n.id), [other.id])
    assert.ok(Math.abs(edge.body.near[0].metres - 5.1) < 0.2)
    const nowhere = await server.client().get('/areas/at', { query: { lon: 121, lat: 23.005 } })
    assert.equal(nowhere.body.area, null)
    assert.deepEqual(nowhere.body.path, [])
  })

  it('are found at a point given in another coordinate system', async () => {
    // 482 m or so apart: a GCJ-02 point just outside the western edge is inside in WGS 84 only when it is converted.
    const plain = await server.client().get('/areas/at', { query: { lon: 120.0001, lat: 23.005, crs: 'wgs84' } })
    const shifted = await server.client().get('/areas/at', { query: { lon: 120.0001, lat: 23.005, crs: 'gcj02' } })
    assert.equal(plain.body.area.id, community.id)
    assert.equal(shifted.body.area, null)
  })

  it('refuse points that are none', async () => {
    for (const [query, field, code] of [
      [{ lon: 181, lat: 0 }, 'lon', 'place'], [{ lon: 0, lat: -91 }, 'lat', 'place'], [{ lon: 120 }, 'lat', 'required'],
      [{ lon: 'x', lat: 1 }, 'lon', 'wrong_type'], [{ lon: 1, lat: 1, crs: 'mars' }, 'crs', 'crs_unknown'],
    ]) {
      const answer = await server.client().get('/areas/at', { query })
      assert.equal(answer.status, 422, JSON.stringify(query))
      assert.equal(faults(answer)[field], code, JSON.stringify(query))
    }
  })

  it('name each fault with its field', async () => {
    for (const [body, status, field, code] of [
      [{ kind: 'street', name: '无上级' }, 422, 'parent_id', 'required'],
      [{ parent_id: root, kind: 'planet', name: '星' }, 422, 'kind', 'not_a_choice'],
      [{ parent_id: root, kind: 'grid', name: '网格' }, 422, 'parent_id', 'parent_kind'],
      [{ parent_id: '99', kind: 'street', name: '街' }, 422, 'parent_id', 'unknown_reference'],
      [{ parent_id: root, kind: 'street', name: '街', code: '440305001' }, 409, 'code', 'code_taken'],
      [{ parent_id: root, kind: 'street', name: '街', class: 'golden' }, 422, 'class', 'not_a_choice'],
      [{ parent_id: root, kind: 'street', name: '街', geometry: bowTie }, 422, 'geometry', 'shape'],
      [{ parent_id: root, kind: 'street', name: '街', geometry: bowTie, crs: 'x' }, 422, 'crs', 'crs_unknown'],
      [{ parent_id: root, kind: 'street', name: ' ' }, 422, 'name', 'blank'],
      [{ parent_id: root, kind: 'street' }, 422, 'name', 'required'],
      [{ kind: 'district', name: '第二个区' }, 409, 'parent_id', 'taken'],
      [{ parent_id: root, kind: 'street', name: '街', colour: 'red' }, 422, 'colour', 'unknown_field'],
    ]) {
      const answer = await admin.post('/areas', body)
      assert.equal(answer.status, status, `${JSON.stringify(body)}: ${answer.text}`)
      assert.equal(faults(answer)[field], code, answer.text)
    }
    assert.equal((await admin.get('/areas', { query: { parent: root } })).body.items.length, 2)
  })

  it('offer a repaired shape, and store it when that is wanted', async () => {
    const check = await admin.post('/areas/shape-check', { geometry: bowTie })
    assert.equal(check.status, 200, check.text)
    assert.equal(check.body.valid, false)
    assert.match(check.body.reason, /Self-intersection/)
    assert.equal(check.body.geometry.type, 'MultiPolygon')
    assert.ok(Math.abs(check.body.at.lon - 120.005) < 1e-6)
    const fine = await admin.post('/areas/shape-check', { geometry: rectangle(120, 23, 120.01, 23.01) })
    assert.equal(fine.body.valid, true)
    const stored = await made({ parent_id: street.id, kind: 'community', name: '蝴蝶社区', geometry: bowTie, repair: true })
    assert.deepEqual(stored.warnings.map((w) => w.code), ['overlap'])
    const versions = (await admin.get(`/areas/${stored.id}/shapes`)).body.items
    assert.equal(versions.length, 1)
    assert.equal(versions[0].repaired, true)
    assert.equal((await admin.post(`/areas/${stored.id}/close`)).status, 200)
  })

  it('warn of a child outside its parent', async () => {
    const now = (await admin.get(`/areas/${community.id}`)).body
    const drawn = await admin.put(`/areas/${community.id}/shape`, { geometry: rectangle(120, 23, 120.025, 23.01) }, { version: now.version })
    assert.equal(drawn.status, 200, drawn.text)
    assert.equal(drawn.body.warnings[0].code, 'outside_parent')
    assert.equal(drawn.body.warnings[0].area_id, street.id)
    assert.ok(Math.abs(drawn.body.warnings[0].m2 - 512.2 * 1107.5) < 1500, JSON.stringify(drawn.body.warnings))
  })

  it('keep the polygon before, and the present one answers at once', async () => {
    const now = (await admin.get(`/areas/${community.id}`)).body
    const stale = await admin.put(`/areas/${community.id}/shape`, { geometry: rectangle(120, 23, 120.02, 23.01) }, { version: now.version - 1 })
    assert.equal(stale.body.code, 'stale_version')
    const none = await admin.put(`/areas/${community.id}/shape`, { geometry: rectangle(120, 23, 120.02, 23.01) })
    assert.equal(none.status, 428)
    const drawn = await admin.put(`/areas/${community.id}/shape`, { geometry: rectangle(120, 23, 120.02, 23.012) }, { version: now.version })
    assert.equal(drawn.status, 200, drawn.text)
    const at = await server.client().get('/areas/at', { query: { lon: 120.01, lat: 23.0115 } })
    assert.equal(at.body.area.id, community.id)
    const versions = (await admin.get(`/areas/${community.id}/shapes`)).body.items
    assert.equal(versions.length, 3)
    assert.equal(versions.filter((v) => v.valid_to === null).length, 1)
    const first = await admin.get(`/areas/${community.id}/shape`, { query: { version: versions.at(-1).id } })
    assert.ok(first.body.coordinates.flat(3).includes(23.01))
    assert.equal((await admin.get(`/areas/${community.id}/shape`, { query: { version: '12' } })).status, 404)
  })

  it('are renamed and moved under a version; a loop and a wrong kind are refused', async () => {
    const now = (await admin.get(`/areas/${community.id}`)).body
    assert.equal((await admin.patch(`/areas/${community.id}`, { name: '新名' })).status, 428)
    const renamed = await admin.patch(`/areas/${community.id}`, { name: '新社区', code: null }, { version: now.version })
    assert.equal(renamed.status, 200, renamed.text)
    assert.equal(renamed.body.name, '新社区')
    assert.equal((await admin.patch(`/areas/${community.id}`, { name: '又名' }, { version: now.version })).body.code, 'stale_version')
    const moved = await admin.patch(`/areas/${community.id}`, { parent_id: other.id }, { version: renamed.body.version })
    assert.equal(moved.status, 200, moved.text)
    assert.deepEqual(moved.body.path.map((p) => p.id), [root, other.id, community.id])
    const loop = await admin.patch(`/areas/${other.id}`, { parent_id: community.id }, { version: (await admin.get(`/areas/${other.id}`)).body.version })
    assert.equal(faults(loop).parent_id, 'cycle', loop.text)
    const kind = await admin.patch(`/areas/${other.id}`, { kind: 'community' }, { version: (await admin.get(`/areas/${other.id}`)).body.version })
    assert.equal(faults(kind).kind, 'parent_kind', kind.text)
    const emptied = await admin.patch(`/areas/${community.id}`, { name: null }, { version: moved.body.version })
    assert.equal(faults(emptied).name, 'required', emptied.text)
    await admin.patch(`/areas/${community.id}`, { parent_id: street.id }, { version: moved.body.version })
  })

  it('are listed by parent, name and page', async () => {
    const below = await admin.get('/areas', { query: { parent: root } })
    assert.deepEqual(below.body.items.map((a) => a.name).sort(), ['东街', '西街'])
    const named = await admin.get('/areas', { query: { text: '社区' } })
    assert.deepEqual(named.body.items.map((a) => a.name), ['新社区'])
    const coded = await admin.get('/areas', { query: { text: '440305' } })
    assert.deepEqual(coded.body.items.map((a) => a.name), ['东街'])
    const one = await admin.get('/areas', { query: { limit: 1 } })
    assert.equal(one.body.items.length, 1)
    const two = await admin.get('/areas', { query: { limit: 50, after: one.body.next } })
    assert.equal(two.body.items.length, 3)
    assert.equal(two.body.next, null)
    assert.equal((await admin.get('/areas', { query: { after: 'forged' } })).status, 422)
    assert.equal((await admin.get('/areas', { query: { closed: true, text: '蝴蝶' } })).body.items.length, 1)
  })

  it('close only when nothing depends on them', async () => {
    const busy = await admin.post(`/areas/${street.id}/close`)
    assert.equal(busy.status, 409)
    assert.equal(busy.body.code, 'still_in_use')
    assert.match(busy.body.detail, /1 areas below/)
    const spare = await made({ parent_id: root, kind: 'street', name: '临时街', code: '440305009' })
    const closed = await admin.post(`/areas/${spare.id}/close`)
    assert.equal(closed.status, 200, closed.text)
    assert.ok(closed.body.valid_to)
    assert.equal((await admin.post(`/areas/${spare.id}/close`)).body.code, 'area_closed')
    assert.equal((await admin.post('/areas', { parent_id: spare.id, kind: 'community', name: '晚了' })).status, 422)
    // The period of the code is over: it may be given again.
    const again = await made({ parent_id: root, kind: 'street', name: '后来街', code: '440305009' })
    assert.equal((await admin.post(`/areas/${again.id}/close`)).status, 200)
  })

  it('are read from the top, so many levels as are wanted', async () => {
    const whole = (await admin.get('/areas/tree')).body.items
    const upper = (await admin.get('/areas/tree', { query: { levels: 2 } })).body.items
    assert.deepEqual(upper.map((a) => a.id), whole.filter((a) => a.depth < 2).map((a) => a.id))
    assert.ok(upper.find((a) => a.id === street.id).child_count > 0)
    assert.ok(whole.length > upper.length)
    assert.equal(faults(await admin.get('/areas/tree', { query: { levels: 0 } })).levels, 'too_small')
  })

  it('are shown to the public as outlines, cached by what they are', async () => {
    const open = server.client()
    const all = await open.get('/areas.geojson')
    assert.equal(all.status, 200)
    assert.match(all.headers.get('content-type'), /geo\+json/)
    assert.deepEqual(all.body.features.map((f) => f.properties.name).sort(), ['东街', '新社区', '测试区', '西街'].sort())
    const [ring] = all.body.features[0].geometry.coordinates[0]
    assert.deepEqual(ring[0], ring.at(-1))
    const turn = ring.slice(1).reduce((sum, p, i) => sum + (p[0] - ring[i][0]) * (p[1] + ring[i][1]), 0)
    assert.ok(turn < 0, 'outer rings run counter-clockwise')
    const again = await open.get('/areas.geojson', { headers: { 'If-None-Match': all.etag } })
    assert.equal(again.status, 304)
    const streets = await open.get('/areas.geojson', { query: { kind: 'street', zoom: 10 } })
    assert.equal(streets.body.features.length, 2)
    const under = await open.get('/areas.geojson', { query: { under: street.id } })
    assert.equal(under.body.features.length, 2)
    assert.equal((await open.get('/areas.geojson', { query: { under: '77' } })).body.features.length, 0)
    await made({ parent_id: root, kind: 'street', name: '无图街' })
    assert.equal((await open.get('/areas.geojson', { headers: { 'If-None-Match': all.etag } })).status, 200)
  })

  it('are changed only by who manages units', async () => {
    for (const [method, path, body] of [
      ['POST', '/areas', { parent_id: root, kind: 'street', name: '街' }], ['PATCH', `/areas/${street.id}`, { name: '街' }],
      ['POST', `/areas/${street.id}/close`], ['PUT', `/areas/${street.id}/shape`, { geometry: rectangle(0, 0, 1, 1) }],
      ['POST', '/areas/import', '{}'],
    ]) {
      assert.equal((await resident.request(method, path, { body, version: 1 })).status, 403, `${method} ${path}`)
      assert.equal((await server.client().request(method, path, { body, version: 1 })).status, 401, `${method} ${path}`)
    }
    assert.equal((await resident.get('/areas')).status, 403)
    assert.equal((await server.client().get('/areas/tree')).status, 401)
  })
})

describe('organisations', () => {
  let office, branch, area
  before(async () => { area = await made({ parent_id: root, kind: 'street', name: '组织街' }) })

  it('form trees, belong to areas, have a code that is checked but not insisted on', async () => {
    const first = await admin.post('/orgs', { kind: 'street_office', name: '组织街办事处', area_id: area.id, code: '91350100M000100Y43', contact: '0755-12345678', public: true })
    assert.equal(first.status, 201, first.text)
    office = first.body
    assert.equal(office.code_ok, 'ok')
    assert.equal(office.area_name, '组织街')
    assert.ok(office.contact_masked && !office.contact_masked.includes('12345678'))
    const odd = await admin.post('/orgs', { kind: 'department', name: '第一科', parent_id: office.id, code: '91350100M000100Y44' })
    assert.equal(odd.status, 201, odd.text)
    assert.equal(odd.body.code_ok, 'check')
    branch = odd.body
    assert.deepEqual(branch.path.map((p) => p.id), [office.id, branch.id])
    assert.equal((await admin.get('/orgs', { query: { parent: office.id } })).body.items[0].id, branch.id)
    assert.equal((await admin.get('/orgs/tree')).body.items.length, 2)
    assert.deepEqual((await admin.get('/orgs/tree', { query: { levels: 1 } })).body.items.map((o) => [o.id, o.child_count]), [[office.id, 1]])
  })

  it('name each fault with its field', async () => {
    for (const [body, field, code] of [
      [{ kind: 'cult', name: '会' }, 'kind', 'not_a_choice'], [{ kind: 'bank', name: '银行', parent_id: '5' }, 'parent_id', 'unknown_reference'],
      [{ kind: 'bank', name: '银行', area_id: '5' }, 'area_id', 'unknown_reference'], [{ kind: 'bank' }, 'name', 'required'],
    ]) assert.equal(faults(await admin.post('/orgs', body))[field], code, JSON.stringify(body))
    const loop = await admin.post(`/orgs/${office.id}/move`, { parent_id: branch.id, dry_run: true })
    assert.equal(faults(loop).parent_id, 'cycle', loop.text)
  })

  it('serve areas, and stop serving them', async () => {
    const served = await admin.put(`/orgs/${branch.id}/areas`, { areas: [area.id] })
    assert.equal(served.status, 200, served.text)
    assert.deepEqual(served.body.serves.map((a) => a.id), [area.id])
    assert.deepEqual((await admin.get('/orgs', { query: { serves: area.id } })).body.items.map((o) => o.id), [branch.id])
    assert.deepEqual((await admin.get(`/areas/${area.id}`)).body.served_by.map((o) => o.id), [branch.id])
    assert.equal((await admin.post(`/areas/${area.id}/close`)).body.code, 'still_in_use')
    assert.equal((await admin.put(`/orgs/${branch.id}/areas`, { areas: ['12'] })).status, 422)
    const none = await admin.put(`/orgs/${branch.id}/areas`, { areas: [] })
    assert.deepEqual(none.body.serves, [])
    const back = await admin.put(`/orgs/${branch.id}/areas`, { areas: [area.id, area.id] })
    assert.equal(back.body.serves.length, 1)
  })

  it('show their contact in full only with a trace', async () => {
    const shown = await admin.post(`/orgs/${office.id}/contact`, { why: '回访' })
    assert.equal(shown.status, 200, shown.text)
    assert.equal(shown.body.contact, '0755-12345678')
    assert.match(shown.headers.get('cache-control'), /no-store/)
    const auditor = await server.user({ role: 'audit_admin' })
    const rows = (await auditor.get('/audit', { query: { action: 'org.contact' } })).body.items
    assert.equal(rows.length, 1)
    assert.ok(!JSON.stringify(rows).includes('12345678'))
    assert.equal((await resident.post(`/orgs/${office.id}/contact`, { why: '看看' })).status, 403)
  })

  it('close from below', async () => {
    assert.equal((await admin.post(`/orgs/${office.id}/close`)).body.code, 'still_in_use')
    const closed = await admin.post(`/orgs/${branch.id}/close`)
    assert.equal(closed.status, 200, closed.text)
    assert.deepEqual((await admin.get(`/orgs/${branch.id}`)).body.serves, [])
    assert.equal((await admin.post(`/orgs/${branch.id}/close`)).status, 409)
    assert.equal((await admin.post(`/orgs/${office.id}/close`)).status, 200)
  })
})

describe('posts and appointments', () => {
  it('come with the usual posts, and take more', async () => {
    const posts = (await admin.get('/posts')).body.items
    assert.ok(posts.some((p) => p.code === 'grid_worker'))
    assert.equal((await admin.post('/posts', { code: 'river_chief', name_zh: '河长', name_en: 'River chief' })).status, 201)
    assert.equal(faults(await admin.post('/posts', { code: 'river_chief', name_zh: '河长', name_en: 'River chief' })).code, 'taken')
    assert.equal(faults(await admin.post('/posts', { code: 'River Chief', name_zh: '河长', name_en: 'River chief' })).code, 'invalid')
  })

  it('change under their version, name each fault, and close', async () => {
    const made = (await admin.post('/posts', { code: 'lane_chief', name_zh: '巷长', name_en: 'Lane chief', unit_kinds: ['community', 'grid'], term_months: 12 })).body
    assert.deepEqual([made.unit_kinds, made.term_months, made.public, made.closed, made.version], [['community', 'grid'], 12, false, false, 1])
    assert.equal((await admin.patch(`/posts/${made.id}`, { public: true })).status, 428)
    assert.equal((await admin.patch(`/posts/${made.id}`, { public: true }, { version: 9 })).status, 409)
    assert.equal(faults(await admin.patch(`/posts/${made.id}`, { unit_kinds: ['community', 'galaxy'] }, { version: 1 }))['unit_kinds[1]'], 'not_a_choice')
    assert.equal(faults(await admin.patch(`/posts/${made.id}`, { term_months: -1 }, { version: 1 })).term_months, 'too_small')
    assert.equal((await resident.patch(`/posts/${made.id}`, { public: true }, { version: 1 })).status, 403)
    assert.equal((await admin.patch('/posts/5', { public: true }, { version: 1 })).status, 404)
    const changed = await admin.patch(`/posts/${made.id}`, { public: true, duty_zh: '看护小巷', unit_kinds: [] }, { version: 1 })
    assert.deepEqual([changed.body.public, changed.body.duty_zh, changed.body.unit_kinds, changed.body.version], [true, '看护小巷', [], 2])
    assert.equal((await admin.patch(`/posts/${made.id}`, { closed: true }, { version: 2 })).body.closed, true)
    const person = (await admin.post('/people', { name: '无巷可长' })).body.id
    assert.equal(faults(await admin.post(`/people/${person}/appointments`, { post: 'lane_chief', unit_kind: 'area', unit_id: root })).post, 'unknown_reference')
  })
})

describe('import of areas', () => {
  let own, boss
  before(async () => {
    own = await startServer({ name: '导入区' })
    boss = await own.user({ role: 'system_admin', lang: 'en' })
  })
  after(() => own?.stop())

  const feature = (name, code, geometry) => ({ type: 'Feature', properties: { 名称: name, no: code }, geometry })
  const file = (...features) => JSON.stringify({ type: 'FeatureCollection', features })
  const send = (text, query) => boss.post('/areas/import', text, { query: { name_property: '名称', code_property: 'no', kind: 'community', ...query }, type: 'application/geo+json' })

  it('refuses what is no collection of polygons', async () => {
    for (const text of ['', 'x', '[]', '{"type":"Feature"}', file(), '{"type":"FeatureCollection","features":[],"features":[]}'])
      assert.equal((await send(text)).body.code, 'geojson', text)
    assert.equal(faults(await send(file(feature('甲', 1, rectangle(120, 23, 120.01, 23.01))), { crs: 'epsg:3857' })).crs, 'crs_unknown')
    assert.equal(faults(await send(file(feature('甲', 1, rectangle(120, 23, 120.01, 23.01))), { kind: 'planet' })).kind, 'not_a_choice')
    assert.equal(faults(await send(file(feature('甲', 1, rectangle(120, 23, 120.01, 23.01))), { parent: '5' })).parent, 'unknown_reference')
    const mercator = JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'EPSG:3857' } }, features: [feature('甲', 1, rectangle(0, 0, 1, 1))] })
    assert.equal(faults(await send(mercator)).crs, 'crs_unknown')
  })

  it('reports first, and changes nothing when a feature is refused', async () => {
    const good = feature('甲', 1, rectangle(120, 23, 120.01, 23.01))
    const dry = await send(file(good, feature('乙', 2, bowTie)), { dry_run: true })
    assert.equal(dry.status, 200, dry.text)
    assert.equal(dry.body.created, 2)
    assert.equal(dry.body.applied, false)
    assert.deepEqual(dry.body.repaired.map((x) => x.name), ['乙'])
    assert.equal(dry.body.overlaps.length, 1)
    const bad = await send(file(good, feature('', 2, rectangle(121, 23, 121.01, 23.01)), feature('丙', 3, { type: 'Point', coordinates: [1, 2] }), feature('丁', 1, rectangle(121, 23, 121.01, 23.01))))
    assert.equal(bad.status, 200, bad.text)
    assert.equal(bad.body.applied, false)
    assert.deepEqual(bad.body.refused.map((x) => [x.feature, x.code]), [[2, 'required'], [3, 'shape'], [4, 'code_taken']])
    assert.equal((await boss.get('/areas/tree')).body.items.length, 1)
  })

  it('imports, and again by code: what is the same stays, what differs is a new version', async () => {
    const a = feature('甲', 1, rectangle(120, 23, 120.01, 23.01)), b = feature('乙', 2, rectangle(120.01, 23, 120.02, 23.01))
    const first = await send(file(a, b))
    assert.equal(first.status, 200, first.text)
    assert.equal(first.body.applied, true)
    assert.equal(first.body.created, 2)
    const tree = (await boss.get('/areas/tree')).body.items
    assert.equal(tree.length, 3)
    assert.equal(tree[0].has_shape, true, 'the root covers what was imported')
    assert.equal((await own.client().get('/areas/at', { query: { lon: 120.005, lat: 23.005 } })).body.area.name, '甲')
    const again = await send(file(a, b))
    assert.deepEqual([again.body.created, again.body.updated, again.body.same], [0, 0, 2])
    const moved = await send(file(feature('甲（新）', 1, rectangle(120, 23, 120.01, 23.02)), b))
    assert.deepEqual([moved.body.created, moved.body.updated, moved.body.same], [0, 1, 1])
    assert.equal(moved.body.outside_count, 1)
    const area = (await boss.get('/areas', { query: { text: '甲' } })).body.items[0]
    assert.equal(area.name, '甲（新）')
    assert.equal((await boss.get(`/areas/${area.id}/shapes`)).body.items.length, 2)
  })

  it('reads a shifted coordinate system', async () => {
    const shanghai = feature('沪', 9, rectangle(121.47, 31.23, 121.48, 31.24))
    const done = await send(file(shanghai), { crs: 'gcj02' })
    assert.equal(done.body.applied, true, done.text)
    const at = (lon, lat) => own.client().get('/areas/at', { query: { lon, lat } })
    assert.equal((await at(121.4791, 31.235)).body.area, null)   // the shift is some 430 m east
    assert.equal((await at(121.4660, 31.235)).body.area.name, '沪')
  })

  it('takes a city of 752 villages', async (t) => {
    const path = join(shared, 'zh-tainan-1999', 'villages.geojson.gz')
    if (!existsSync(path)) return t.skip(`${path} is absent`)
    const text = gunzipSync(readFileSync(path)).toString()
    const city = await startServer({ name: '臺南市' })
    try {
      const mayor = await city.user({ role: 'system_admin' })
      const done = await mayor.post('/areas/import', text, { query: { name_property: 'VILLNAME', code_property: 'VILLCODE', kind: 'community' }, type: 'application/geo+json' })
      assert.equal(done.status, 200, done.text)
      assert.equal(done.body.created, 752)
      assert.equal(done.body.refused_count, 0)
      const at = await city.client().get('/areas/at', { query: { lon: 120.1776429, lat: 23.0020465 } })
      assert.equal(at.body.path.length, 2)
      const outlines = await city.client().get('/areas.geojson', { query: { kind: 'community', zoom: 11 } })
      assert.equal(outlines.body.features.length, 752)
      const full = await city.client().get('/areas.geojson', { query: { kind: 'community' } })
      assert.ok(outlines.bytes.length < full.bytes.length / 2, `${outlines.bytes.length} of ${full.bytes.length}`)
    } finally {
      await city.stop()
    }
  })
})
