// Codes of areas over HTTP: their form, the next one, a whole level in its order; and classes.
import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { startServer } from './support/server.mjs'

const square = (west, south, size = 0.01) => ({
  type: 'Polygon', coordinates: [[[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]],
})
let server, admin, reader, root
before(async () => {
  server = await startServer({ name: '编码区' })
  admin = await server.user({ role: 'system_admin', lang: 'en' })
  reader = await server.user({ sign: 'resident', lang: 'en' })
  root = (await admin.get('/areas/tree')).body.items[0]
})
after(() => server?.stop())

const faults = (answer) => Object.fromEntries((answer.body.errors ?? []).map((e) => [e.field, e.code]))
const fine = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const made = async (body) => fine(await admin.post('/areas', body), 201)
const next = (parent, kind, who = admin) => who.get('/areas/next-code', { query: { parent, kind } })

describe('codes of areas', () => {
  let street, first

  it('cannot be proposed where the area above has none', async () => {
    const answer = await next(root.id, 'street')
    assert.equal(answer.status, 409, answer.text)
    assert.equal(faults(answer).code, 'code_none')
    fine(await admin.patch(`/areas/${root.id}`, { code: '440305000000' }, { version: root.version }))
    assert.equal(fine(await next(root.id, 'street')).code, '440305001000')
  })

  it('follow each other, and are never given twice', async () => {
    street = await made({ parent_id: root.id, kind: 'street', name: '甲街道', code: '440305001000' })
    assert.equal(fine(await next(root.id, 'street')).code, '440305002000')
    first = await made({ parent_id: street.id, kind: 'community', name: '一社区', code: '440305001051' })
    const second = await made({ parent_id: street.id, kind: 'community', name: '二社区', code: '440305001052' })
    assert.equal(fine(await next(street.id, 'community')).code, '440305001053')
    fine(await admin.post(`/areas/${second.id}/close`))
    assert.equal(fine(await next(street.id, 'community')).code, '440305001053', 'an area that was closed keeps its code to itself')
    assert.equal(fine(await next(first.id, 'grid')).code, '440305001051001')
  })

  it('name what is wrong with the question', async () => {
    assert.equal(faults(await next('7', 'street')).parent, 'unknown_reference')
    assert.equal(faults(await next(root.id, 'planet')).kind, 'not_a_choice')
    assert.equal(faults(await next(root.id, 'grid')).parent_id, 'parent_kind')
    assert.equal(faults(await next(first.id, 'compound')).code, 'code_none')
    assert.equal((await next(root.id, 'street', reader)).status, 403)
    assert.equal((await next(root.id, 'street', server.client())).status, 401)
  })

  it('are checked by the form of their kind, and against the one above', async () => {
    for (const [body, status, code] of [
      [{ code: '44030500105' }, 422, 'code_form'], [{ code: '4403050010x1' }, 422, 'code_form'], [{ code: '440305001000' }, 422, 'code_form'],
      [{ code: '440305002001' }, 422, 'code_parent'], [{ code: '440305001051' }, 409, 'code_taken'],
    ]) {
      const answer = await admin.post('/areas', { parent_id: street.id, kind: 'community', name: '错社区', ...body })
      assert.equal(answer.status, status, answer.text)
      assert.equal(faults(answer).code, code, answer.text)
    }
    const wrong = await admin.patch(`/areas/${first.id}`, { code: '440306001051' }, { version: first.version })
    assert.equal(faults(wrong).code, 'code_parent', wrong.text)
    const other = await made({ parent_id: root.id, kind: 'street', name: '乙街道', code: '440305002000' })
    const moved = fine(await admin.patch(`/areas/${first.id}`, { parent_id: other.id }, { version: first.version }))
    assert.equal(moved.code, '440305001051', 'it keeps its code until it is given another')
    first = fine(await admin.patch(`/areas/${first.id}`, { parent_id: street.id }, { version: moved.version }))
  })

  it('take the form of the place', async () => {
    const before = fine(await admin.get('/settings')).items.find((one) => one.key === 'unit.code_forms').value
    const put = async (value) => fine(await admin.put('/settings/unit.code_forms', { value }), 204)
    await put([{ code: 'grid', lengths: [17], above: 12, serial: 5 }])
    assert.equal(fine(await next(first.id, 'grid')).code, '44030500105100001')
    const free = await made({ parent_id: root.id, kind: 'street', name: '丙街道', code: 'C-3' })
    fine(await admin.post(`/areas/${free.id}/close`))
    await put(before)
    assert.equal(fine(await next(first.id, 'grid')).code, '440305001051001')
  })
})

describe('codes of a whole level', () => {
  let community, grids
  const level = (query, body, who = admin) => who.post(`/areas/${community.id}/codes`, body, { query })

  it('are shown first', async () => {
    const street = (await admin.get('/areas', { query: { text: '甲街道' } })).body.items[0]
    community = await made({ parent_id: street.id, kind: 'community', name: '网格社区', code: '440305001060' })
    grids = []
    for (const [name, west, south] of [['东南', 120.02, 23], ['西北', 120, 23.02], ['东北', 120.02, 23.02], ['西南', 120, 23]])
      grids.push(await made({ parent_id: community.id, kind: 'grid', name, geometry: square(west, south) }))
    await made({ parent_id: community.id, kind: 'grid', name: '无图' })
    const plan = fine(await level({ dry_run: true }, { kind: 'grid' }))
    assert.equal(plan.applied, false)
    assert.equal(plan.changed, 5)
    assert.deepEqual(plan.items.map((one) => [one.name, one.code, one.placed]), [
      ['西北', '440305001060001', true], ['东北', '440305001060002', true], ['西南', '440305001060003', true], ['东南', '440305001060004', true],
      ['无图', '440305001060005', false],
    ])
    assert.equal((await admin.get(`/areas/${grids[0].id}`)).body.code, null)
  })

  it('are given in one step, each with its record, and not twice', async () => {
    const done = fine(await level({}, { kind: 'grid' }))
    assert.deepEqual([done.applied, done.changed], [true, 5])
    assert.equal((await admin.get(`/areas/${grids[0].id}`)).body.code, '440305001060004')
    const again = fine(await level({}, { kind: 'grid' }))
    assert.deepEqual([again.applied, again.changed], [false, 0])
    const auditor = await server.user({ role: 'audit_admin' })
    assert.equal((await auditor.get('/audit', { query: { action: 'area.code' } })).body.items.length, 5)
  })

  it('leave what has a code alone, unless all are numbered anew', async () => {
    const added = await made({ parent_id: community.id, kind: 'grid', name: '最北', geometry: square(120.01, 23.04) })
    const some = fine(await level({ dry_run: true }, { kind: 'grid' }))
    assert.deepEqual(some.items.filter((one) => one.before !== one.code).map((one) => [one.name, one.code]), [['最北', '440305001060006']])
    const all = fine(await level({}, { kind: 'grid', renew: true }))
    assert.equal(all.items[0].id, added.id)
    assert.deepEqual(all.items.map((one) => one.code.slice(-3)), ['001', '002', '003', '004', '005', '006'])
    const tree = (await admin.get('/areas', { query: { parent: community.id } })).body.items
    assert.equal(new Set(tree.map((one) => one.code)).size, 6)
  })

  it('are refused where they cannot be', async () => {
    assert.equal(faults(await level({}, { kind: 'street' })).parent_id, 'parent_kind')
    assert.equal(faults(await level({}, {})).kind, 'required')
    assert.equal(faults(await level({}, { kind: 'compound' })).code, 'code_none')
    assert.equal((await level({}, { kind: 'grid' }, reader)).status, 403)
    assert.equal((await admin.post('/areas/5/codes', { kind: 'grid' })).status, 404)
  })
})

describe('classes of areas', () => {
  it('are a list of the place, told in both languages', async () => {
    const choices = fine(await admin.get('/areas/choices'))
    assert.deepEqual(choices.classes.map((one) => one.zh).slice(0, 3), ['新兴', '村改', '安置'])
    assert.deepEqual(choices.kinds.find((one) => one.code === 'grid').under, ['community'])
    assert.equal((await server.client().get('/areas/choices')).status, 401)
  })

  it('filter the list and stand in the outlines', async () => {
    const street = (await admin.get('/areas', { query: { text: '甲街道' } })).body.items[0]
    await made({ parent_id: street.id, kind: 'community', name: '安置社区', class: 'resettled', geometry: square(120.1, 23) })
    assert.deepEqual(fine(await admin.get('/areas', { query: { class: 'resettled' } })).items.map((one) => one.name), ['安置社区'])
    assert.deepEqual(fine(await admin.get('/areas', { query: { class: 'nothing' } })).items, [])
    const outline = fine(await server.client().get('/areas.geojson', { query: { kind: 'community' } })).features.find((one) => one.properties.name === '安置社区')
    assert.equal(outline.properties.class, 'resettled')
  })
})
