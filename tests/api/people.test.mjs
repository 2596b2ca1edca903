/* People, roles and who may grant what, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sleep } from './support/server.mjs'
import { fields, fine, phone, refused, startDistrict } from './support/district.mjs'

let server, system, security, audit, secretary, root, street, community, other, somebody, give

before(async () => ({ server, system, security, audit, secretary, root, street, community, other, somebody, give } = await startDistrict()))
after(() => server?.stop())

describe('people', () => {
  test('are entered, seen masked, changed under their version', async () => {
    const made = await system.post('/people', { name: '李四', contact: ' 139-1234-5678 ', public: true })
    const person = fine(made, 201)
    assert.equal(made.headers.get('location'), `/api/v1/people/${person.id}`)
    assert.equal(person.contact_masked, '139 **** **78')
    assert.equal(person.public, true)
    refused(await system.patch(`/people/${person.id}`, { name: '李思' }), 428, 'version_needed')
    refused(await system.patch(`/people/${person.id}`, { name: '李思' }, { version: 99 }), 409, 'stale_version')
    const changed = fine(await system.patch(`/people/${person.id}`, { name: '李思', contact: null }, { version: person.version }))
    assert.deepEqual([changed.name, changed.contact_masked, changed.public, changed.version], ['李思', null, true, person.version + 1])
    refused(await system.patch(`/people/${person.id}`, { name: '李死' }, { version: person.version }), 409, 'stale_version')
  })

  test('faults are named by field', async () => {
    assert.deepEqual(fields(await system.post('/people', { contact: 'x' })), { name: 'required' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', contact: 'telephone' })), { contact: 'invalid' })
    assert.deepEqual(fields(await system.post('/people', { name: ' ', contact: phone })), { name: 'blank' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', post: 'grid_worker' })), { unit_kind: 'required', unit_id: 'required' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', post: 'grid_worker', unit_kind: 'area', unit_id: '4711' })), { unit_id: 'unknown_reference' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', post: 'pilot', unit_kind: 'area', unit_id: community })), { post: 'unknown_reference' })
    const person = fine(await system.post('/people', { name: '某' }), 201).id
    assert.deepEqual(fields(await system.post(`/people/${person}/account`, { sign_in_name: 'a b', password: 'short' })), { sign_in_name: 'invalid', password: 'password_weak' })
    refused(await system.post(`/people/${person}/account`, { sign_in_name: 'System' }), 409, 'taken', 'sign_in_name')
  })

  test('a contact is shown in full to whoever may, once asked for, and the look is recorded', async () => {
    const person = fine(await system.post('/people', { name: '王五', contact: phone }), 201).id
    const answer = await system.post(`/people/${person}/contact`, { why: '回访' })
    assert.deepEqual(fine(answer), { name: '王五', contact: phone })
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const [row] = fine(await audit.get('/audit', { query: { action: 'person.contact', object_id: person } })).items
    assert.deepEqual(row.detail, { why: '回访' })
    assert.equal(row.account_name, system.me.user.name)
    refused(await security.post(`/people/${person}/contact`, {}), 403, 'not_allowed')
    refused(await secretary.client.post(`/people/${person}/contact`, {}), 404, 'not_found')
  })

  test('who manages one community sees and manages the people there alone', async () => {
    const client = secretary.client
    const inside = fine(await client.post('/people', { name: '网格小赵', post: 'grid_worker', unit_kind: 'area', unit_id: community }), 201)
    assert.deepEqual(inside.posts.map((p) => [p.post, p.unit_name]), [['grid_worker', '梧桐社区']])
    refused(await client.post('/people', { name: '无处可去' }), 422, 'invalid', 'unit_id')
    refused(await client.post('/people', { name: '越界', post: 'grid_worker', unit_kind: 'area', unit_id: street }), 403, 'not_allowed')
    const outside = fine(await system.post('/people', { name: '别处', post: 'grid_worker', unit_kind: 'area', unit_id: other }), 201)
    refused(await client.get(`/people/${outside.id}`), 404, 'not_found')
    refused(await client.patch(`/people/${outside.id}`, { name: 'x' }, { version: 1 }), 404, 'not_found')
    const names = fine(await client.get('/people')).items.map((p) => p.name)
    assert.ok(names.includes('网格小赵') && !names.includes('别处'), names.join())
  })

  test('are found by part of the name, by whole telephone, by unit, page by page', async () => {
    for (let i = 0; i < 7; i++) {
      fine(await system.post('/people', { name: `Finder_${i}%`, contact: i ? undefined : '13700000042', post: 'grid_worker', unit_kind: 'area', unit_id: i % 2 ? community : other }), 201)
    }
    const list = async (query) => fine(await system.get('/people', { query })).items.map((p) => p.name)
    assert.equal((await list({ text: 'finder_' })).length, 7)
    assert.deepEqual(await list({ text: '_0%' }), ['Finder_0%'])
    assert.deepEqual(await list({ text: '137 0000 0042' }), ['Finder_0%'])
    assert.deepEqual(await list({ text: '13700000043' }), [])
    assert.deepEqual(await list({ text: 'finder', unit: street }), ['Finder_1%', 'Finder_3%', 'Finder_5%'])
    const seen = []
    let after
    do {
      const page = fine(await system.get('/people', { query: { text: 'Finder', limit: 3, after } }))
      assert.ok(page.items.length <= 3)
      seen.push(...page.items.map((p) => p.name))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, 7)
    assert.equal(seen.length, 7)
    refused(await system.get('/people', { query: { after: 'ff' } }), 422, 'invalid', 'after')
    refused(await system.get('/people', { query: { limit: 0 } }), 422, 'invalid', 'limit')
  })
})

describe('roles', () => {
  test('are listed with their permissions; those shipped cannot be changed', async () => {
    const roles = fine(await security.get('/roles')).items
    const find = (code) => roles.find((r) => r.code === code)
    assert.deepEqual([find('system_admin').apart, find('security_admin').apart, find('audit_admin').apart, find('grid_worker').apart], ['system', 'security', 'audit', null])
    refused(await security.patch(`/roles/${find('grid_worker').id}`, { name_en: 'x' }, { version: find('grid_worker').version }), 409, 'built_in')
    refused(await system.post('/roles', { code: 'x1', name_zh: 'x', name_en: 'x', permissions: ['case.read'] }), 403, 'not_allowed')
  })

  test('of one\'s own making are made and changed by who manages roles', async () => {
    const body = { code: 'reader', name_zh: '查看员', name_en: 'Reader', permissions: ['case.read'] }
    const made = fine(await security.post('/roles', body), 201)
    refused(await security.post('/roles', body), 409, 'taken', 'code')
    assert.deepEqual(fields(await security.post('/roles', { code: 'A B', name_zh: '', name_en: 'x', permissions: ['fly'] })), { name_zh: 'too_short' })
    assert.deepEqual(fields(await security.post('/roles', { ...body, code: 'A B', permissions: ['fly'] })), { code: 'invalid', 'permissions[0]': 'not_a_choice' })
    refused(await security.post('/roles', { ...body, code: 'both', permissions: ['audit.read', 'setting.manage'] }), 409, 'admins_apart', 'permissions')
    const changed = fine(await security.patch(`/roles/${made.id}`, { permissions: ['case.read', 'unit.read'] }, { version: made.version }))
    assert.deepEqual(changed.permissions, ['case.read', 'unit.read'])
    refused(await security.patch(`/roles/${made.id}`, { name_en: 'x' }, { version: made.version }), 409, 'stale_version')
  })

  test('a change reaches those who hold it at once, but never makes two administrators of one', async () => {
    const made = fine(await security.post('/roles', { code: 'growing', name_zh: '成长', name_en: 'Growing', permissions: ['unit.read'] }), 201)
    const one = await somebody({ role: 'growing' })
    fine(await security.post(`/people/${one.person}/assignments`, { role: 'audit_admin', unit_kind: 'area', unit_id: root }), 201)
    refused(await one.client.get('/people'), 403, 'not_allowed')
    const wider = fine(await security.patch(`/roles/${made.id}`, { permissions: ['unit.read', 'person.read'] }, { version: made.version }))
    fine(await one.client.get('/people'))
    refused(await security.patch(`/roles/${made.id}`, { permissions: ['setting.manage'] }, { version: wider.version }), 409, 'admins_apart', 'permissions')
    fine(await one.client.get('/people'))
  })
})

describe('granting', () => {
  test('never exceeds what the granter holds there', async () => {
    const worker = fine(await secretary.client.post('/people', { name: '小钱', post: 'grid_worker', unit_kind: 'area', unit_id: community }), 201)
    fine(await give(secretary.client, worker.id, 'grid_worker', community), 201)
    refused(await give(secretary.client, worker.id, 'street_dispatcher', community), 403, 'wider_than_own', 'role')
    refused(await give(secretary.client, worker.id, 'system_admin', community), 403, 'wider_than_own', 'role')
    refused(await give(secretary.client, worker.id, 'grid_worker', street), 403, 'not_allowed')
    refused(await give(system, worker.id, 'grid_worker', community), 403, 'not_allowed')
    const row = fine(await security.get(`/people/${worker.id}`)).roles
    assert.deepEqual(row.map((r) => [r.role, r.unit_name]), [['grid_worker', '梧桐社区']])
  })

  test('nobody grants to themselves or ends their own', async () => {
    const me = fine(await security.get('/session')).user
    refused(await give(security, me.person_id, 'grid_worker', root), 409, 'self')
    const own = fine(await security.get(`/people/${me.person_id}`)).roles[0]
    refused(await security.delete(`/assignments/${own.assignment}`), 409, 'self')
    refused(await give(secretary.client, secretary.person, 'grid_worker', community), 409, 'self')
  })

  test('the three administrators stay three people', async () => {
    const them = fine(await system.get('/session')).user
    refused(await give(security, them.person_id, 'audit_admin', root), 409, 'admins_apart', 'role')
    refused(await give(security, them.person_id, 'security_admin', root), 409, 'admins_apart', 'role')
    fine(await security.post('/roles', { code: 'peeper', name_zh: '窥视', name_en: 'Peeper', permissions: ['audit.read'] }), 201)
    refused(await give(security, them.person_id, 'peeper', root), 409, 'admins_apart', 'role')
    const year = 365 * 86_400_000
    const one = await somebody()
    fine(await give(security, one.person, 'system_admin', root, { to: Date.now() + year }), 201)
    refused(await give(security, one.person, 'audit_admin', root, { from: Date.now() + year - 1000 }), 409, 'admins_apart', 'role')
    fine(await give(security, one.person, 'audit_admin', root, { from: Date.now() + year + 1000 }), 201)
  })

  test('dates count', async () => {
    const one = await somebody()
    fine(await give(security, one.person, 'district_leader', root, { from: Date.now() + 1500, to: Date.now() + 3500 }), 201)
    refused(await one.client.get('/people'), 403, 'not_allowed')
    await sleep(1700)
    fine(await one.client.get('/people'))
    await sleep(2100)
    refused(await one.client.get('/people'), 403, 'not_allowed')
  })

  test('an ended role is gone at once', async () => {
    const one = await somebody({ role: 'district_leader' })
    fine(await one.client.get('/people'))
    const [held] = fine(await security.get(`/people/${one.person}`)).roles
    refused(await secretary.client.delete(`/assignments/${held.assignment}`), 404, 'not_found')
    fine(await security.delete(`/assignments/${held.assignment}`), 204)
    refused(await one.client.get('/people'), 403, 'not_allowed')
    refused(await security.delete(`/assignments/${held.assignment}`), 404, 'not_found')
  })

  test('wrong input is named', async () => {
    const one = await somebody()
    assert.deepEqual(fields(await security.post(`/people/${one.person}/assignments`, {})), { role: 'required', unit_kind: 'required', unit_id: 'required' })
    assert.deepEqual(fields(await give(security, one.person, 'emperor', '4711', { from: 2000, to: 1000 })), { role: 'not_a_choice', unit_id: 'unknown_reference', to: 'period' })
    refused(await give(security, '4711', 'grid_worker', root), 404, 'not_found')
  })

  test('what reaches one street does not reach the next', async () => {
    const one = await somebody({ role: 'street_dispatcher', unit: street })
    const here = fine(await system.post('/people', { name: '此处人', post: 'grid_worker', unit_kind: 'area', unit_id: community }), 201)
    const there = fine(await system.post('/people', { name: '彼处人', post: 'grid_worker', unit_kind: 'area', unit_id: other }), 201)
    fine(await one.client.get(`/people/${here.id}`))
    refused(await one.client.get(`/people/${there.id}`), 404, 'not_found')
  })
})
