/* Organisations in depth: fields of their kinds, credit codes, what they serve from–to, whom to ask for there. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { onPostgres } from './support/database.mjs'
import { fields, fine, outside, refused } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const DAY = 86_400_000
let server, d

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
})
after(() => server?.stop())

const make = async (more) => fine(await d.admin.post('/orgs', { kind: 'shop', name: '某店', ...more }), 201)
const change = (org, body) => d.admin.request('PATCH', `/orgs/${org.id}`, { body, version: org.version })
const held = (org) => Object.fromEntries(org.values.map((v) => [v.code, v.value]))
const standard = async () => fine(await d.admin.get('/settings')).items.find((s) => s.key === 'unit.org_kinds').default
const setKinds = (value) => d.admin.put('/settings/unit.org_kinds', { value })

describe('kinds', () => {
  test('say what they may lie under and which fields they hold', async () => {
    const kinds = fine(await d.gridWorker.get('/orgs/kinds')).items
    const company = kinds.find((k) => k.code === 'property_company')
    assert.deepEqual(company.fields.map((f) => [f.code, f.type, f.public]).slice(0, 2), [['licence', 'text', true], ['staff', 'number', false]])
    assert.equal(company.anywhere, true)
    assert.deepEqual(kinds.find((k) => k.code === 'group').under, ['working_committee', 'committee', 'general_branch', 'branch'])
    refused(await d.resident.get('/orgs/kinds'), 403, 'not_allowed')
    const branch = await make({ kind: 'branch', name: '支部' })
    const group = await d.admin.post('/orgs', { kind: 'committee', name: '党委', parent_id: branch.id })
    assert.deepEqual([group.status, fields(group)], [422, { parent_id: 'parent_kind' }])
    fine(await d.admin.post('/orgs', { kind: 'group', name: '小组', parent_id: branch.id }), 201)
    const turned = await change(fine(await d.admin.post('/orgs', { kind: 'shop', name: '支部边上的店', parent_id: branch.id }), 201), { kind: 'committee' })
    assert.deepEqual(fields(turned), { parent_id: 'parent_kind' })
  })

  const bad = [
    ['no codes and names', [{}], { 'value[0].code': 'required', 'value[0].zh': 'required', 'value[0].en': 'required' }],
    ['a code twice', [{ code: 'a', zh: '甲', en: 'A' }, { code: 'a', zh: '乙', en: 'B' }], { 'value[1].code': 'taken' }],
    ['a code with blanks', [{ code: 'a b', zh: '甲', en: 'A' }], { 'value[0].code': 'invalid' }],
    ['an unknown kind above', [{ code: 'a', zh: '甲', en: 'A', under: ['b'] }], { 'value[0].under': 'not_a_choice' }],
    ['a type that is none', [{ code: 'a', zh: '甲', en: 'A', fields: [{ code: 'x', zh: '项', en: 'X', type: 'colour' }] }], { 'value[0].fields[0].type': 'not_a_choice' }],
    ['a choice without choices', [{ code: 'a', zh: '甲', en: 'A', fields: [{ code: 'x', zh: '项', en: 'X', type: 'choice' }] }], { 'value[0].fields[0].choices': 'required' }],
    ['required said in words', [{ code: 'a', zh: '甲', en: 'A', fields: [{ code: 'x', zh: '项', en: 'X', type: 'text', required: 'yes' }] }], { 'value[0].fields[0].required': 'wrong_type' }],
    ['one code of two types', [{ code: 'a', zh: '甲', en: 'A', fields: [{ code: 'x', zh: '项', en: 'X', type: 'text' }] }, { code: 'b', zh: '乙', en: 'B', fields: [{ code: 'x', zh: '项', en: 'X', type: 'date' }] }], { 'value[1].fields[0].type': 'conflict' }],
  ]
  for (const [name, value, want] of bad)
    test(`are refused with ${name}, each fault at its place`, async () => {
      const answer = await setKinds(value)
      assert.deepEqual([answer.status, fields(answer)], [422, want])
      const file = { kind: 'linli-settings', values: [{ key: 'unit.org_kinds', value, valid_from: Date.now() }] }
      const taken = await d.admin.request('POST', '/settings/import', { body: JSON.stringify(file), type: 'application/json' })
      assert.deepEqual(fields(taken), Object.fromEntries(Object.entries(want).map(([at, code]) => [`values[0].${at}`, code])))
    })
})

describe('values', () => {
  test('are kept in one spelling, changed one by one, removed when empty', async () => {
    let one = await make({ kind: 'property_company', name: '安居物业', values: [{ code: 'staff', value: ' 120 ' }, { code: 'contract_to', value: '2027-06-30' }] })
    assert.deepEqual(held(one), { staff: '120', contract_to: '2027-06-30' })
    one = fine(await change(one, { values: [{ code: 'licence', value: '备案 0755' }, { code: 'staff', value: '' }] }))
    assert.deepEqual(held(one), { licence: '备案 0755', contract_to: '2027-06-30' })
    one = fine(await change(one, { name: '安居物业公司' }))
    assert.deepEqual(held(one), { licence: '备案 0755', contract_to: '2027-06-30' })
  })

  const bad = [
    ['number', 'staff', ['many', '1,5', '1e3', '.5', '5.', '-', '01', '1234567890123', '0.12345', 'NaN']],
    ['date', 'contract_to', ['30.6.2027', '2027-02-29', '2027-13-01', '2027-00-10', '27-01-01', 'soon']],
  ]
  for (const [what, code, values] of bad)
    for (const value of values)
      test(`refuse ${JSON.stringify(value)} as a ${what}`, async () => {
        const answer = await d.admin.post('/orgs', { kind: 'property_company', name: '坏', values: [{ code, value }] })
        assert.equal(answer.status, 422, answer.text)
        assert.ok(['wrong_type', 'too_long'].includes(fields(answer)[`values.${code}`]), answer.text)
      })

  test('refuse choices that are none, fields of other kinds, a field twice, texts too long', async () => {
    const answer = await d.admin.post('/orgs', { kind: 'shop', name: '坏', values: [
      { code: 'trade', value: 'gambling' }, { code: 'staff', value: '3' }, { code: 'hours', value: '8' }, { code: 'hours', value: '9' }, { code: 'address', value: '长'.repeat(201) }] })
    assert.deepEqual([answer.status, fields(answer)], [422, { 'values.trade': 'not_a_choice', 'values.staff': 'unknown_field', 'values.hours': 'taken', 'values.address': 'too_long' }])
    const yes = await d.admin.post('/orgs', { kind: 'rescue_team', name: '队', values: [{ code: 'round_the_clock', value: 'maybe' }] })
    assert.deepEqual(fields(yes), { 'values.round_the_clock': 'not_a_choice' })
    fine(await d.admin.post('/orgs', { kind: 'rescue_team', name: '队', values: [{ code: 'round_the_clock', value: 'yes' }, { code: 'equipment', value: '冲锋舟 2\n水泵 3' }] }), 201)
  })

  test('filter lists and stand in the sheet, with no formula in it', async () => {
    await make({ name: '=SUM(A1)', kind: 'shop', area_id: d.areas.a, values: [{ code: 'trade', value: 'catering' }, { code: 'address', value: '银杏路 7 号' }] })
    await make({ name: '书报亭', kind: 'shop', area_id: d.areas.a, values: [{ code: 'trade', value: 'retail' }] })
    const names = async (query) => fine(await d.gridWorker.get('/orgs', { query: { area: d.areas.a, ...query } })).items.map((o) => o.name)
    assert.deepEqual(await names({ kind: 'shop', field: 'trade', value: 'catering' }), ['=SUM(A1)'])
    assert.deepEqual((await names({ field: 'trade' })).sort(), ['=SUM(A1)', '书报亭'])
    assert.deepEqual(await names({ field: 'address', value: '银杏路7' }), ['=SUM(A1)'])
    assert.deepEqual(await names({ field: 'trade', value: 'cater' }), [])
    refused(await d.gridWorker.get('/orgs', { query: { value: 'x' } }), 422, 'required', 'field')
    const sheet = await d.gridWorker.request('GET', '/orgs.csv', { query: { kind: 'shop', area: d.areas.a }, headers: { 'accept-language': 'zh-CN' } })
    assert.equal(sheet.status, 200)
    const [head, ...rows] = sheet.text.replace('\uFEFF', '').trim().split('\r\n')
    assert.equal(head.split(',').slice(-3).join(), '"业态","地址","营业或服务时间"')
    assert.ok(rows.some((row) => row.startsWith('"\'=SUM(A1)","商户",') && row.includes('"餐饮","银杏路 7 号",""')), sheet.text)
    refused(await d.resident.get('/orgs.csv'), 403, 'not_allowed')
  })

  test('are shown to residents where the field says so, and of a public organisation alone', async () => {
    const values = [{ code: 'licence', value: '备案 88' }, { code: 'staff', value: '31' }]
    const open = await make({ kind: 'property_company', name: '公开物业', public: true, values }), closed = await make({ kind: 'property_company', name: '内部物业', values })
    const seen = fine(await server.client().get(`/public/directory/${open.id}`))
    assert.deepEqual(seen.facts.map((f) => [f.label_zh, f.value_zh]), [['备案或许可编号', '备案 88']])
    assert.ok(!JSON.stringify(seen).includes('"31"'))
    refused(await server.client().get(`/public/directory/${closed.id}`), 404, 'not_found')
  })

  test('outlive a change of the setting: a field that goes takes nothing with it', async () => {
    const kinds = await standard()
    let one = await make({ kind: 'bank', name: '银行', values: [{ code: 'hours', value: '9–17' }] })
    fine(await setKinds(kinds.map((k) => (k.code === 'bank' ? { ...k, fields: [{ code: 'counters', zh: '柜台数', en: 'Counters', type: 'number', required: true }] } : k))), 204)
    one = fine(await change(fine(await d.admin.get(`/orgs/${one.id}`)), { name: '银行支行' }))
    assert.deepEqual(held(one), { hours: '9–17' })
    assert.deepEqual(fields(await change(one, { values: [{ code: 'hours', value: '8–18' }] })), { 'values.hours': 'unknown_field', 'values.counters': 'required' })
    assert.deepEqual(fields(await d.admin.post('/orgs', { kind: 'bank', name: '新银行' })), { 'values.counters': 'required' })
    one = fine(await change(one, { values: [{ code: 'counters', value: '4' }] }))
    assert.deepEqual(held(one), { counters: '4', hours: '9–17' })
    fine(await setKinds(kinds), 204)
    assert.deepEqual(held(fine(await d.admin.get(`/orgs/${one.id}`))), { counters: '4', hours: '9–17' })
  })
})

describe('credit codes', () => {
  test('are tidied, marked when they do not check, and told when somebody else has them too', async () => {
    const first = await make({ name: '甲店', code: ' 91350100m000100y43 ' })
    assert.deepEqual([first.code, first.code_ok, first.same_code], ['91350100M000100Y43', 'ok', []])
    const twin = await make({ name: '乙店', code: '９１３５０１００M000100Y43' })
    assert.deepEqual([twin.code, twin.same_code.map((o) => o.name)], ['91350100M000100Y43', ['甲店']])
    assert.deepEqual((await make({ name: '丙店', code: '91350100M000100Y44' })).code_ok, 'check')
    assert.deepEqual((await make({ name: '丁店', code: '12345' })).code_ok, 'form')
    fine(await d.admin.post(`/orgs/${first.id}/close`))
    assert.deepEqual(fine(await d.admin.get(`/orgs/${twin.id}`)).same_code, [])
  })
})

describe('areas served', () => {
  test('have dates, a history, and two sides', async () => {
    const org = await make({ kind: 'property_company', name: '期限物业' })
    const now = Date.now()
    const serve = (body, who = d.admin) => who.post(`/orgs/${org.id}/services`, body)
    fine(await serve({ area_id: d.areas.a, from: now - 400 * DAY, to: now - 30 * DAY }))
    let view = fine(await serve({ area_id: d.areas.a, from: now - 10 * DAY, to: now + 100 * DAY }))
    assert.deepEqual([view.serves.map((a) => a.name), view.services.length], [['甲社区'], 2])
    view = fine(await serve({ area_id: d.areas.b, from: now + 5 * DAY }))
    assert.deepEqual([view.serves.length, view.services[0].name], [1, '乙社区'])
    assert.deepEqual(fine(await d.admin.get('/orgs', { query: { serves: d.areas.b } })).items.map((o) => o.name), [])
    const side = fine(await d.gridWorker.get(`/areas/${d.areas.a}/services`)).items.filter((s) => s.id === org.id)
    assert.deepEqual(side.map((s) => [s.name, s.to < now]), [['期限物业', false], ['期限物业', true]])
    assert.deepEqual(fine(await d.admin.get(`/areas/${d.areas.a}`)).served_by.map((o) => o.name), ['期限物业'])
    refused(await serve({ area_id: d.areas.a }), 409, 'serves_already')
    assert.deepEqual(fields(await serve({ area_id: '5' })), { area_id: 'unknown_reference' })
    assert.deepEqual(fields(await serve({ area_id: d.areas.west, from: now, to: now - DAY })), { to: 'period' })
    assert.deepEqual(fields(await serve({})), { area_id: 'required' })
    refused(await serve({ area_id: d.areas.west }, d.secretary), 403, 'not_allowed')
    const end = (body) => d.admin.post(`/orgs/${org.id}/services/end`, body)
    view = fine(await end({ area_id: d.areas.a }))
    assert.deepEqual([view.serves, view.services.length], [[], 3])
    view = fine(await end({ area_id: d.areas.b }))
    assert.equal(view.services.length, 2, 'what never began is no history')
    assert.deepEqual(fields(await end({ area_id: d.areas.b })), { area_id: 'unknown_reference' })
    fine(await serve({ area_id: d.areas.b, from: now + 5 * DAY }))
    fine(await d.admin.post(`/orgs/${org.id}/close`))
    refused(await serve({ area_id: d.areas.west }), 409, 'wrong_state')
    refused(await d.gridWorker.get('/areas/5/services'), 404, 'not_found')
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'org' } })).items.filter((row) => row.object_id === org.id)
    assert.deepEqual([...new Set(rows.map((row) => row.action))].sort(), ['org.close', 'org.create', 'org.serve', 'org.serve_end'])
  })
})

describe('contacts', () => {
  test('are several; telephones are sealed, and each look leaves a trace', async () => {
    const org = await make({ name: '面馆' })
    const at = `/orgs/${org.id}/contacts`
    fine(await d.admin.post(at, { name: '王店长', duty: '店长', phone: '13800001234' }))
    let view = fine(await d.admin.post(at, { name: '李会计' }))
    assert.deepEqual(view.contacts.map((c) => [c.name, c.duty, c.phone_masked?.includes('0001234') ?? null]), [['王店长', '店长', false], ['李会计', null, null]])
    assert.ok(!outside(server, `SELECT ${onPostgres ? "encode(phone_enc, 'escape')" : 'quote(phone_enc)'} || name FROM org_contact WHERE org_id = ${org.id}`).includes('13800001234'))
    const [one, other] = view.contacts
    const shown = await d.gridWorker.post(`/orgs/${org.id}/contacts/${one.id}/phone`, { why: '联系整改' })
    refused(shown, 403, 'not_allowed')
    const open = await d.admin.post(`/orgs/${org.id}/contacts/${one.id}/phone`, { why: '联系整改' })
    assert.deepEqual([open.status, open.body.contact], [200, '13800001234'])
    assert.match(open.headers.get('cache-control'), /no-store/)
    view = fine(await d.admin.request('PATCH', `/orgs/${org.id}/contacts/${one.id}`, { body: { duty: '老板' } }))
    assert.deepEqual(view.contacts.map((c) => c.duty), ['老板', null])
    assert.equal(fine(await d.admin.post(`/orgs/${org.id}/contacts/${one.id}/phone`, {})).contact, '13800001234', 'a change of the duty leaves the telephone')
    assert.deepEqual(fields(await d.admin.request('PATCH', `/orgs/${org.id}/contacts/${one.id}`, { body: { name: null } })), { name: 'required' })
    assert.deepEqual(fields(await d.admin.post(at, { phone: '1' })), { name: 'required' })
    refused(await d.admin.request('PATCH', `${at}/5`, { body: { name: '无' } }), 404, 'not_found')
    refused(await d.secretary.post(at, { name: '外人' }), 403, 'not_allowed')
    view = fine(await d.admin.request('DELETE', `/orgs/${org.id}/contacts/${other.id}`))
    assert.equal(view.contacts.length, 1)
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'org' } })).items.filter((row) => row.object_id === org.id)
    assert.equal(rows.filter((row) => row.action === 'org.contact').length, 2)
    assert.ok(!JSON.stringify(rows).includes('13800001234'))
    fine(await d.admin.post(`/orgs/${org.id}/close`))
    refused(await d.admin.post(at, { name: '迟' }), 409, 'wrong_state')
  })
})

describe('chains from a template', () => {
  let compound, building
  before(async () => {
    const area = async (parent_id, kind, name) => fine(await d.admin.post('/areas', { parent_id, kind, name }), 201)
    compound = await area(d.areas.a, 'compound', '翠苑')
    await area(d.areas.a, 'compound', '和园')
    building = await area(compound.id, 'building', '1栋')
    await area(compound.id, 'building', '2栋')
    await area(d.areas.a, 'building', '独栋')
  })
  const chain = (body, area = d.areas.a, who = d.admin) => who.post(`/areas/${area}/chain`, { template: 'compound', ...body })
  const names = (plan) => plan.rows.map((row) => `${'·'.repeat(row.level)}${row.name}${row.there ? '*' : ''}`)

  test('are told first, then made, each under the one above and serving its area', async () => {
    assert.ok(fine(await d.gridWorker.get('/orgs/chains')).items.length >= 3)
    const plan = fine(await chain({ dry_run: true }))
    assert.deepEqual(names(plan).sort(), ['·和园党支部', '·翠苑党支部', '··翠苑1栋党小组', '··翠苑2栋党小组', '··甲社区独栋党小组', '甲社区党总支'].sort())
    assert.deepEqual([plan.added, plan.done, fine(await d.admin.get('/orgs', { query: { kind: 'general_branch' } })).items.length], [6, false, 0])
    const done = fine(await chain({}))
    assert.deepEqual([done.added, done.done], [6, true])
    const group = fine(await d.admin.get(`/orgs/${done.rows.find((row) => row.name === '翠苑1栋党小组').org_id}`))
    assert.deepEqual([group.path.map((p) => p.name), group.serves.map((a) => a.name), group.area_id], [['甲社区党总支', '翠苑党支部', '翠苑1栋党小组'], ['1栋'], building.id])
    const alone = fine(await d.admin.get(`/orgs/${done.rows.find((row) => row.name === '甲社区独栋党小组').org_id}`))
    assert.deepEqual(alone.path.map((p) => p.name), ['甲社区党总支', '甲社区独栋党小组'], 'without a compound it lies under the community')
  })

  test('again add only what is missing, and leave alone what was renamed or moved', async () => {
    const again = fine(await chain({}))
    assert.deepEqual([again.added, again.rows.every((row) => row.there)], [0, true])
    const branch = fine(await d.admin.get(`/orgs/${again.rows.find((row) => row.name === '翠苑党支部').org_id}`))
    fine(await d.admin.request('PATCH', `/orgs/${branch.id}`, { body: { name: '翠苑小区党支部' }, version: branch.version }))
    fine(await d.admin.post('/areas', { parent_id: compound.id, kind: 'building', name: '3栋' }), 201)
    const more = fine(await chain({}))
    assert.deepEqual([more.added, more.rows.filter((row) => !row.there).map((row) => [row.name, row.parent_name])], [1, [['翠苑3栋党小组', '翠苑小区党支部']]])
    const at = fine(await d.admin.get(`/orgs/${more.rows.find((row) => !row.there).org_id}`))
    assert.equal(at.path.length, 3)
  })

  test('name what is wrong, and make nothing', async () => {
    const shop = await make({ name: '不能放支部的店' }), gone = await make({ name: '关了的' })
    fine(await d.admin.post(`/orgs/${gone.id}/close`))
    for (const [body, area, want] of [
      [{ template: 'pyramid' }, d.areas.b, { template: 'not_a_choice' }], [{ template: undefined }, d.areas.b, { template: 'required' }],
      [{}, d.areas.east, { template: 'chain_area' }], [{ under: '5' }, d.areas.b, { under: 'unknown_reference' }],
      [{ under: shop.id }, d.areas.b, { under: 'parent_kind' }], [{ under: gone.id }, d.areas.b, { under: 'org_closed' }],
    ]) {
      const answer = await chain(body, area)
      assert.deepEqual([answer.status, fields(answer)], [422, want])
    }
    refused(await chain({}, '5'), 404, 'not_found')
    refused(await chain({}, d.areas.a, d.secretary), 403, 'not_allowed')
    assert.deepEqual(fine(await d.admin.get('/orgs', { query: { area: d.areas.b, kind: 'general_branch' } })).items, [])
    const bad = await d.admin.put('/settings/unit.chains', { value: [{ code: 'x', zh: '甲', en: 'A', levels: [{ kind: 'branch', area: 'community' }] }, 7] })
    assert.deepEqual([bad.status, fields(bad)], [422, { 'value[0].levels[0].name': 'required', 'value[1]': 'wrong_type' }])
  })

  test('every shipped template works on a community', async () => {
    const committee = await make({ kind: 'working_committee', name: '街道党工委' })
    for (const one of fine(await d.admin.get('/orgs/chains')).items) {
      const plan = fine(await chain({ template: one.code, under: committee.id, dry_run: true }, d.areas.b))
      assert.equal(plan.rows[0].kind, one.levels[0].kind, one.code)
    }
  })
})
