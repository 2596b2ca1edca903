/* Views and replies that people keep: their own, and shared with a unit. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

let server, d

const query = { state: ['reported', 'accepted'], due: 'overdue', sort: 'due' }
const view = (name, more) => ({ kind: 'case_view', name, query, ...more })
const reply = (name, text, more) => ({ kind: 'reply', name, text, ...more })
const at = (unit_id, unit_kind = 'area') => ({ unit_kind, unit_id })
const listed = async (client, kind = 'case_view') => fine(await client.get('/saved', { query: { kind } })).items
const names = async (client, kind) => (await listed(client, kind)).map((one) => one.name)
const keep = async (client, body) => fine(await client.post('/saved', body), 201)
const forget = async (client, one) => fine(await client.delete(`/saved/${one.id}`, { version: one.version }), 204)

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
})
after(() => server?.stop())

describe('one’s own', () => {
  test('a view is kept as it is, and nobody else sees it', async () => {
    const made = await keep(d.gridWorker, view('逾期未受理'))
    assert.deepEqual(made.query, query)
    assert.deepEqual([made.kind, made.text, made.unit_id, made.mine, made.may_change, made.version], ['case_view', null, null, true, true, 1])
    assert.deepEqual(await names(d.gridWorker), ['逾期未受理'])
    for (const other of [d.secretary, d.dispatcher, d.admin, d.otherGridWorker]) assert.deepEqual(await names(other), [])
    refused(await d.secretary.put(`/saved/${made.id}`, { name: '别人的', query }, { version: 1 }), 404, 'not_found')
    refused(await d.secretary.delete(`/saved/${made.id}`, { version: 1 }), 404, 'not_found')
    await forget(d.gridWorker, made)
    assert.deepEqual(await names(d.gridWorker), [])
    refused(await d.gridWorker.delete(`/saved/${made.id}`, { version: 1 }), 404, 'not_found')
  })

  test('is renamed and changed with the version one read', async () => {
    const made = await keep(d.gridWorker, reply('谢谢', '已收到 {code}。'))
    const changed = fine(await d.gridWorker.put(`/saved/${made.id}`, { name: '致谢', text: '已收到 {code}，\n{address}的事正在办。' }, { version: 1 }))
    assert.deepEqual([changed.name, changed.text, changed.version], ['致谢', '已收到 {code}，\n{address}的事正在办。', 2])
    refused(await d.gridWorker.put(`/saved/${made.id}`, { name: '又改', text: '好' }, { version: 1 }), 409, 'stale_version')
    refused(await d.gridWorker.put(`/saved/${made.id}`, { name: '又改', text: '好' }), 428, 'version_needed')
    refused(await d.gridWorker.delete(`/saved/${made.id}`, { version: 1 }), 409, 'stale_version')
    refused(await d.gridWorker.delete(`/saved/${made.id}`), 428, 'version_needed')
    await forget(d.gridWorker, changed)
  })

  test('a name is used once, by each kind and each person', async () => {
    const first = await keep(d.gridWorker, view('同名'))
    refused(await d.gridWorker.post('/saved', view('同名')), 409, 'taken', 'name')
    const second = await keep(d.gridWorker, reply('同名', '好'))
    const third = await keep(d.secretary, view('同名'))
    const other = await keep(d.gridWorker, view('另一个'))
    refused(await d.gridWorker.put(`/saved/${other.id}`, { name: '同名', query }, { version: 1 }), 409, 'taken', 'name')
    for (const one of [first, second, other]) await forget(d.gridWorker, one)
    await forget(d.secretary, third)
  })

  test('the same request again makes nothing twice', async () => {
    const key = 'saved-once-0001'
    const a = fine(await d.gridWorker.post('/saved', view('一次'), { key }), 201)
    const b = fine(await d.gridWorker.post('/saved', view('一次'), { key }), 201)
    assert.equal(a.id, b.id)
    await forget(d.gridWorker, a)
  })

  test('leaves no row in the audit record', async () => {
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'saved' } })).items
    assert.deepEqual(rows, [])
  })
})

describe('bad input', () => {
  const cases = [
    ['no name', { kind: 'case_view', query }, { name: 'required' }],
    ['a blank name', view('　 '), { name: 'blank' }],
    ['a long name', view('长'.repeat(41)), { name: 'too_long' }],
    ['no kind', { name: 'x', query }, { kind: 'required' }],
    ['another kind', { kind: 'poem', name: 'x', query }, { kind: 'not_a_choice' }],
    ['a view without a query', { kind: 'case_view', name: 'x' }, { query: 'required' }],
    ['a view with a text', view('x', { text: '好' }), { text: 'unknown_field' }],
    ['a reply with a query', reply('x', '好', { query }), { query: 'unknown_field' }],
    ['a query that is a list', { kind: 'case_view', name: 'x', query: [] }, { query: 'wrong_type' }],
    ['a query with numbers', { kind: 'case_view', name: 'x', query: { state: 1 } }, { query: 'wrong_type' }],
    ['a query with a page', { kind: 'case_view', name: 'x', query: { after: 'abc' } }, { query: 'invalid' }],
    ['a long query', { kind: 'case_view', name: 'x', query: { q: 'x'.repeat(201) } }, { query: 'too_long' }],
    ['a reply without a text', { kind: 'reply', name: 'x' }, { text: 'required' }],
    ['an unknown placeholder', reply('x', '您好，{name}'), { text: 'placeholder' }],
    ['an open brace', reply('x', '编号 {code'), { text: 'placeholder' }],
    ['a long text', reply('x', '长'.repeat(2001)), { text: 'too_long' }],
    ['control characters', reply('x', '好\u0007'), { text: 'control_character' }],
    ['a unit without its kind', view('x', { unit_id: '1' }), { unit_kind: 'required' }],
    ['a kind of unit without the unit', view('x', { unit_kind: 'area' }), { unit_id: 'required' }],
    ['a unit that is not there', view('x', at('1')), { unit_id: 'unknown_reference' }],
    ['something unknown', view('x', { colour: 'red' }), { colour: 'unknown_field' }],
  ]
  for (const [what, body, faults] of cases)
    test(`${what} is refused on its field`, async () => {
      const answer = await d.dispatcher.post('/saved', body)
      assert.equal(answer.status, 422, answer.text)
      assert.deepEqual(fields(answer), faults)
    })

  test('of one kind fifty are kept, not more', async () => {
    const made = []
    for (let n = 1; n <= 50; n++) made.push(await keep(d.neighbour, reply(`第 ${n} 个`, '好')))
    refused(await d.neighbour.post('/saved', reply('第 51 个', '好')), 409, 'saved_full', 'name')
    await keep(d.neighbour, view('另一种还可以'))
    await forget(d.neighbour, made.pop())
    await keep(d.neighbour, reply('第 51 个', '好'))
  })

  test('a list says which kind', async () => {
    refused(await d.neighbour.get('/saved'), 422, 'invalid', 'kind')
  })
})

describe('shared with a unit', () => {
  test('whoever works there or below sees it; who may share there changes it', async () => {
    const made = await keep(d.dispatcher, view('本周到期', at(d.areas.east)))
    assert.deepEqual([made.unit_name, made.mine, made.may_change, made.made_by], ['东街', false, true, 'dispatcher_east'])
    const [seen] = await listed(d.gridWorker)
    assert.deepEqual([seen.id, seen.may_change, seen.mine], [made.id, false, false])
    assert.deepEqual(await names(d.secretary), ['本周到期'])
    for (const other of [d.otherSecretary, d.otherGridWorker, d.resident, d.leader, d.lamps]) assert.deepEqual(await names(other), [])

    refused(await d.gridWorker.put(`/saved/${made.id}`, { name: '改', query, ...at(d.areas.east) }, { version: 1 }), 403, 'not_allowed')
    refused(await d.secretary.put(`/saved/${made.id}`, { name: '改', query, ...at(d.areas.east) }, { version: 1 }), 403, 'not_allowed')
    refused(await d.gridWorker.delete(`/saved/${made.id}`, { version: 1 }), 403, 'not_allowed')
    refused(await d.otherSecretary.delete(`/saved/${made.id}`, { version: 1 }), 404, 'not_found')

    const second = await server.user({ role: 'street_dispatcher', unit: d.areas.east, lang: 'zh-CN' })
    const changed = fine(await second.put(`/saved/${made.id}`, { name: '本周要到期', query: { due: 'week' }, ...at(d.areas.east) }, { version: 1 }))
    assert.deepEqual([changed.version, changed.made_by], [2, 'dispatcher_east'])
    refused(await d.dispatcher.delete(`/saved/${made.id}`, { version: 1 }), 409, 'stale_version')
    await forget(d.dispatcher, changed)
    assert.deepEqual(await names(d.gridWorker), [])
  })

  test('an organisation’s is its own people’s; an area’s is also that of the organisations in it', async () => {
    const own = await keep(d.lamps, reply('灯已换', '{address}的路灯已更换，编号 {code}。', at(d.orgs.lighting, 'org')))
    const root = await server.user({ role: 'street_dispatcher', unit: d.root, lang: 'zh-CN' })
    const all = await keep(root, reply('统一答复', '已转{org}。', at(d.root)))
    assert.deepEqual(await names(d.lamps, 'reply'), ['统一答复', '灯已换'])
    assert.deepEqual(await names(d.drains, 'reply'), ['统一答复'])
    assert.deepEqual(await names(d.gridWorker, 'reply'), ['统一答复'])
    await forget(d.lamps, own)
    await forget(root, all)
  })

  test('only where one may share', async () => {
    refused(await d.dispatcher.post('/saved', view('越界', at(d.areas.west))), 403, 'not_allowed')
    refused(await d.dispatcher.post('/saved', view('越级', at(d.root))), 403, 'not_allowed')
    refused(await d.gridWorker.post('/saved', view('网格员', at(d.areas.grids[0]))), 403, 'not_allowed')
    refused(await d.resident.post('/saved', view('居民', at(d.areas.a))), 403, 'not_allowed')
    refused(await d.lamps.post('/saved', view('别的部门', at(d.orgs.drainage, 'org'))), 403, 'not_allowed')
    const below = await keep(d.dispatcher, view('给甲社区', at(d.areas.a)))
    assert.deepEqual(await names(d.dispatcher), [], 'what is shared further down is not in everybody’s way above')
    const there = fine(await d.dispatcher.get('/saved', { query: { kind: 'case_view', ...at(d.areas.a) } })).items
    assert.deepEqual(there.map((one) => one.id), [below.id])
    refused(await d.gridWorker.get('/saved', { query: { kind: 'case_view', ...at(d.areas.a) } }), 403, 'not_allowed')
    await forget(d.secretary, below)
  })

  test('moves from one’s own to a unit and back, and every step that others see is on the record', async () => {
    const own = await keep(d.secretary, view('先自己用'))
    const shared = fine(await d.secretary.put(`/saved/${own.id}`, { name: '大家用', query, ...at(d.areas.a) }, { version: 1 }))
    assert.deepEqual([shared.mine, shared.unit_name], [false, '甲社区'])
    assert.deepEqual(await names(d.gridWorker), ['大家用'])
    refused(await d.secretary.put(`/saved/${own.id}`, { name: '大家用', query, ...at(d.areas.east) }, { version: 2 }), 403, 'not_allowed')
    const renamed = fine(await d.secretary.put(`/saved/${own.id}`, { name: '大家都用', query, ...at(d.areas.a) }, { version: 2 }))
    const back = fine(await d.secretary.put(`/saved/${own.id}`, { name: '自己用', query }, { version: renamed.version }))
    assert.deepEqual([back.mine, back.unit_id], [true, null])
    assert.deepEqual(await names(d.gridWorker), [])
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'saved', object_id: own.id } })).items.reverse()
    assert.deepEqual(rows.map((row) => [row.action, row.detail.name]), [['saved.share', '大家用'], ['saved.change', '大家都用'], ['saved.unshare', '大家都用']])
    assert.equal(fine(await d.audit.get('/audit/verify')).ok, true)
    await forget(d.secretary, back)
  })
})
