/* Open311 GeoReport v2 from outside: XML and JSON, keys, attributes, errors in the standard's own form, what is public and what is not; held
 * to the standard's schemas and examples, and driven by a client somebody else wrote. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { client, shared } from './support/clients.mjs'
import { inGrid, makeDistrict, outside } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

const { XMLParser, XMLValidator } = client('fast-xml-parser')
const Ajv = client('ajv').default
const formats = client('ajv-formats').default

let server, d, anybody, key, lamp, drain
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const set = async (name, value) => ok(await d.admin.put(`/settings/${name}`, { value }), 204)
const get = (path, query) => anybody.get(`/${path}`, { query })
const FORM = 'application/x-www-form-urlencoded; charset=utf-8'
const form = (fields) => new URLSearchParams(Object.entries(fields).flatMap(([k, v]) => [v].flat().map((one) => [k, String(one)]))).toString()
const post = (fields, format = 'json', options = {}) => anybody.post(`//open311/v2/requests.${format}`, form(fields), { type: FORM, ...options })
const at = (n) => ({ lat: inGrid(n).lat, long: inGrid(n).lon })
const good = (more) => ({ api_key: key, service_code: lamp, ...at(1), description: '路灯不亮 <b>&', ...more })
const xml = (answer) => {
  assert.match(answer.headers.get('content-type'), /^text\/xml; ?charset=utf-8$/)
  assert.equal(XMLValidator.validate(answer.text), true, answer.text)
  assert.match(answer.text, /^<\?xml version="1.0" encoding="UTF-8"\?>/)
  return new XMLParser({ parseTagValue: false, isArray: (name) => ['service', 'request', 'error', 'attribute', 'value', 'endpoint', 'request_update'].includes(name) }).parse(answer.text)
}
/** An error in the standard's form, both formats alike. */
function wrong(answer, status, about) {
  assert.equal(answer.status, status, answer.text)
  const list = answer.body ?? xml(answer).errors.error
  assert.equal(list.length, 1)
  assert.equal(Number(list[0].code), status)
  if (about) assert.ok(list[0].description.includes(about), answer.text)
}

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anybody = server.client({ lang: 'zh-CN' })
  lamp = d.category('路灯异常').id
  drain = d.category('雨水箅子异常').id
  await set('case.track_per_hour', 100000)
  key = ok(await d.admin.post('/api-keys', { name: '随手拍', contact: 'dev@example.org', per_hour: 10000 }), 201).key
})
after(() => server?.stop())

describe('an update from outside', () => {
  const say = (fields, format = 'json') => anybody.post(`//open311/v2/servicerequestupdates.${format}`, form(fields), { type: FORM })
  const now = () => new Date().toISOString()
  let remarks, handles, row, n = 0
  const update = (more) => ({ api_key: remarks, service_request_id: row.code, update_id: `u-${++n}`, updated_datetime: now(), status: 'IN_PROGRESS', description: '师傅已出发', ...more })
  const look = async () => ok(await d.leader.get(`/cases/${row.id}`))
  const make = async (name, updates) => ok(await d.admin.post('/api-keys', { name, per_hour: 10000, updates }), 201)

  before(async () => {
    remarks = (await make('养护公司', 'remarks')).key
    handles = (await make('路灯平台', 'handled')).key
    const [{ service_request_id }] = ok(await post(good({ description: '等待外部进展的路灯' })), 201)
    row = ok(await d.dispatcher.get('/cases', { query: { text: service_request_id } })).items[0]
  })

  it('becomes a comment that says who says it, in both formats', async () => {
    const [{ update_id }] = ok(await say(update({ update_id: 'first' })), 201)
    const one = await look()
    const step = one.events.at(-1)
    assert.equal(update_id, `${row.code}.${step.seq}`)
    assert.deepEqual([step.action, step.text, step.data.status, step.data.key, step.data.update_id, one.state], ['comment', '养护公司（IN_PROGRESS）：师傅已出发', 'IN_PROGRESS', '养护公司', 'first', 'reported'])
    const answer = await say(update({ description: '<b>&"' }), 'xml')
    assert.equal(answer.status, 201, answer.text)
    assert.match(xml(answer).service_request_updates.request_update[0].update_id, /^\d{6}-\d{4}\.\d+$/)
    assert.equal((await look()).events.at(-1).text, '养护公司（IN_PROGRESS）：<b>&"')
  })

  it('is taken once from each key', async () => {
    const before = (await look()).events.length
    wrong(await say(update({ update_id: 'first' })), 400, 'update_id')
    wrong(await say(update({ update_id: 'first' }), 'xml'), 400, 'update_id')
    assert.equal((await look()).events.length, before)
    ok(await say(update({ update_id: 'first', api_key: handles })), 201)
  })

  it('names what is wrong', async () => {
    for (const [more, status, about] of [
      [{ api_key: 'nonsense' }, 403, 'api_key'], [{ api_key: '' }, 403, 'api_key'], [{ api_key: key }, 403, 'api_key'],
      [{ service_request_id: '260512-9999' }, 404, 'service_request_id'], [{ service_request_id: "' OR 1=1" }, 404, 'service_request_id'], [{ service_request_id: '' }, 400, 'service_request_id'],
      [{ update_id: '' }, 400, 'update_id'], [{ update_id: 'x'.repeat(101) }, 400, 'update_id'], [{ updated_datetime: 'yesterday' }, 400, 'updated_datetime'], [{ updated_datetime: '' }, 400, 'updated_datetime'],
      [{ updated_datetime: new Date(Date.now() + 3_600_000).toISOString() }, 400, 'updated_datetime'], [{ status: 'DONE' }, 400, 'status'], [{ status: '' }, 400, 'status'],
      [{ description: '' }, 400, 'description'], [{ description: '长'.repeat(4000) }, 400, 'description'], [{ description: 'a\x00b' }, 400, 'description'], [{ media_url: 'javascript:alert(1)' }, 400, 'media_url'],
      [{ jurisdiction_id: 'elsewhere.org' }, 201, ''],
    ]) for (const format of ['json', 'xml']) {
      const answer = await say(update(more), format)
      if (status === 201) assert.equal(answer.status, 201, answer.text)
      else wrong(answer, status, about)
    }
  })

  it('closes nothing, whatever it says', async () => {
    for (const status of ['FIXED', 'CLOSED', 'NO_FURTHER_ACTION', 'DUPLICATE', 'CANCELLED', 'REOPEN']) ok(await say(update({ status, api_key: handles })), 201)
    const one = await look()
    assert.deepEqual([one.state, one.events.at(-1).action], ['reported', 'comment'])
  })

  it('tells that it was handled when its key may, and then somebody here verifies', async () => {
    let { version } = await look()
    ok(await d.dispatcher.post(`/cases/${row.id}/accept`, {}, { version }))
    ok(await d.dispatcher.post(`/cases/${row.id}/dispatch`, { org: d.orgs.lighting }, { version: version + 1 }))
    ok(await d.lamps.post(`/cases/${row.id}/sign`, {}, { version: version + 2 }))
    ok(await say(update({ status: 'FIXED', description: '换了灯泡' })), 201)
    assert.equal((await look()).state, 'handling', 'this key may only remark')
    ok(await say(update({ status: 'FIXED', description: '换了灯泡', api_key: handles })), 201)
    const one = await look()
    assert.deepEqual([one.state, one.events.at(-1).action, one.events.at(-1).text], ['handled', 'handled', '路灯平台（FIXED）：换了灯泡'])
    ok(await d.dispatcher.post(`/cases/${row.id}/pass`, { outcome: 'resolved' }, { version: one.version }))
    assert.equal((await look()).state, 'closed')
    const told = ok(await get('/open311/v2/servicerequestupdates.json', { start_date: new Date(Date.now() - 3_600_000).toISOString() })).filter((u) => u.service_request_id === row.code)
    assert.deepEqual(told.map((u) => u.status).slice(-2), ['IN_PROGRESS', 'FIXED'])
  })

  it('ends with its right', async () => {
    const made = await make('临时', 'remarks')
    ok(await say(update({ api_key: made.key })), 201)
    const changed = ok(await d.admin.put(`/api-keys/${made.id}`, { name: '临时', per_hour: 10 }, { version: made.version }))
    assert.equal(changed.updates, null)
    wrong(await say(update({ api_key: made.key })), 403, 'api_key')
    assert.equal((await d.admin.post('/api-keys', { name: 'x', updates: 'close' })).status, 422)
    wrong(await anybody.post('//open311/v2/servicerequestupdates.json', JSON.stringify(update()), { type: 'application/json' }), 415)
  })
})

describe('discovery and services', () => {
  it('tell the same in both formats', async () => {
    const json = ok(await get('/open311/discovery.json'))
    assert.deepEqual(Object.keys(json), ['changeset', 'contact', 'key_service', 'endpoints'])
    assert.deepEqual(json.endpoints[0].formats, ['text/xml', 'application/json'])
    assert.equal(json.endpoints[0].url, `${server.url}/open311/v2`)
    const { discovery } = xml(await get('/open311/discovery.xml'))
    assert.equal(discovery.changeset, json.changeset)
    assert.deepEqual(discovery.endpoints.endpoint[0].formats.format, json.endpoints[0].formats)
    const services = ok(await get('/open311/v2/services.json'))
    const same = xml(await get('/open311/v2/services.xml')).services.service
    assert.deepEqual(same.map((s) => [s.service_code, s.service_name, s.metadata, s.type, s.group]), services.map((s) => [s.service_code, s.service_name, String(s.metadata), s.type, s.group ?? '']))
    assert.ok(services.length > 100)
    assert.equal(services.find((s) => s.service_code === lamp).service_name, '路灯异常')
  })

  it('speak English when asked, and any page may read them', async () => {
    const answer = await server.client({ lang: 'en' }).get('//open311/v2/services.json', { headers: { Origin: 'https://elsewhere.example' } })
    assert.match(ok(answer).find((s) => s.service_code === lamp).service_name, /^[\x20-\x7e]+$/)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  })

  it('the setting names the public address and the jurisdiction', async () => {
    await set('site.url', 'https://linli.example.org/')
    await set('open311.jurisdiction', 'linli.example.org')
    assert.equal(ok(await get('/open311/discovery.json')).endpoints[0].url, 'https://linli.example.org/open311/v2')
    ok(await get('/open311/v2/services.json', { jurisdiction_id: 'linli.example.org' }))
    ok(await get('/open311/v2/services.json', { jurisdiction_id: '' }))
    wrong(await get('/open311/v2/services.json', { jurisdiction_id: 'city.gov' }), 404, 'jurisdiction_id')
    wrong(await get('/open311/v2/requests.xml', { jurisdiction_id: 'city.gov' }), 404, 'jurisdiction_id')
    wrong(await post(good({ jurisdiction_id: 'city.gov' })), 404, 'jurisdiction_id')
    await set('open311.jurisdiction', '')
    await set('site.url', '')
  })
})

describe('attributes', () => {
  const attributes = [
    { code: 'POLE', position: 1, datatype: 'string', label_zh: '灯杆编号', label_en: 'Number of the pole', hint_zh: '贴在杆上', hint_en: 'On the pole' },
    { code: 'COUNT', position: 2, datatype: 'number', required: true, label_zh: '坏了几盏', label_en: 'How many' },
    { code: 'SINCE', position: 3, datatype: 'datetime', label_zh: '从什么时候', label_en: 'Since when' },
    { code: 'KIND', position: 4, datatype: 'singlevaluelist', label_zh: '怎么坏', label_en: 'How', choices: [{ key: 'off', zh: '不亮', en: 'Off' }, { key: 'blink', zh: '闪烁', en: 'Blinks' }] },
    { code: 'NEAR', position: 5, datatype: 'multivaluelist', label_zh: '附近有', label_en: 'Near', choices: [{ key: 'school', zh: '学校', en: 'School' }, { key: 'road', zh: '路口', en: 'Crossing' }] },
    { code: 'NOTE', position: 6, datatype: 'text', only_says: true, label_zh: '有电，请勿触碰', label_en: 'Live: do not touch' },
  ]

  it('are set by the administrator and told in the definition', async () => {
    const before = ok(await get('/open311/discovery.json')).changeset
    const set_ = ok(await d.admin.put(`/service-attributes/${lamp}`, { attributes }))
    assert.equal(set_.attributes.length, 6)
    assert.deepEqual(ok(await d.admin.get('/service-attributes')).items.map((i) => i.category), [lamp])
    assert.ok(ok(await get('/open311/discovery.json')).changeset > before)
    assert.equal(ok(await get('/open311/v2/services.json')).find((s) => s.service_code === lamp).metadata, true)
    const definition = ok(await get(`/open311/v2/services/${lamp}.json`))
    assert.deepEqual(definition.attributes.map((a) => [a.code, a.datatype, a.required, a.variable, a.order]), attributes.map((a) => [a.code, a.datatype, !!a.required, !a.only_says, a.position]))
    assert.deepEqual(definition.attributes[3].values, [{ key: 'off', name: '不亮' }, { key: 'blink', name: '闪烁' }])
    const same = xml(await get(`/open311/v2/services/${lamp}.xml`)).service_definition
    assert.deepEqual(same.attributes.attribute.map((a) => a.code), attributes.map((a) => a.code))
    assert.deepEqual(same.attributes.attribute[3].values.value, [{ key: 'off', name: '不亮' }, { key: 'blink', name: '闪烁' }])
    assert.deepEqual(ok(await get(`/open311/v2/services/${drain}.json`)).attributes, [])
  })

  it('are answered; staff read them below the words and by code in the story', async () => {
    const [done] = ok(await post(good({ 'attribute[POLE]': 'A-17', 'attribute[COUNT]': 3, 'attribute[KIND]': 'blink', 'attribute[NEAR][]': ['school', 'road'], media_url: 'https://pictures.example/1.jpg', first_name: '三', last_name: '张', phone: '13912345678', device_id: 'x1' })), 201)
    const { items } = ok(await d.dispatcher.get('/cases', { query: { text: done.service_request_id } }))
    const one = ok(await d.dispatcher.get(`/cases/${items[0].id}`))
    assert.equal(one.text, '路灯不亮 <b>&\n灯杆编号：A-17\n坏了几盏：3\n怎么坏：闪烁\n附近有：学校、路口')
    assert.deepEqual([one.source, one.reporter_name, one.contact_masked, one.org_name ?? one.routing.org.name], ['open311', '张三', '139 **** **78', '路灯所'])
    const { data } = one.events[0]
    assert.deepEqual([data.source, data.key, data.media_url, data.device_id], ['open311', '随手拍', 'https://pictures.example/1.jpg', 'x1'])
    assert.deepEqual(data.attributes.map((a) => `${a.code}=${a.value}`), ['POLE=A-17', 'COUNT=3', 'KIND=blink', 'NEAR=school', 'NEAR=road'])
  })

  it('that are wrong or missing are named', async () => {
    wrong(await post(good({})), 400, 'attribute[COUNT]')
    wrong(await post(good({ 'attribute[COUNT]': 'many' })), 400, 'attribute[COUNT]')
    wrong(await post(good({ 'attribute[COUNT]': 1, 'attribute[KIND]': 'gone' })), 400, 'attribute[KIND]')
    wrong(await post(good({ 'attribute[COUNT]': [1, 2] })), 400, 'attribute[COUNT]')
    wrong(await post(good({ 'attribute[COUNT]': 1, 'attribute[SINCE]': 'yesterday' })), 400, 'attribute[SINCE]')
    ok(await post(good({ 'attribute[COUNT]': 1, 'attribute[SINCE]': '2026-05-12T09:42:00+08:00', 'attribute[UNASKED]': 'x' })), 201)
  })

  it('are refused as data when they make no sense', async () => {
    const bad = async (one, field) => {
      const answer = await d.admin.put(`/service-attributes/${lamp}`, { attributes: [one].flat() })
      assert.equal(answer.status, 422, answer.text)
      assert.ok(answer.body.errors.some((e) => e.field === field), answer.text)
    }
    const fine = { code: 'A', datatype: 'string', label_zh: '一', label_en: 'one' }
    await bad({ ...fine, code: 'a b' }, 'attributes[0].code')
    await bad([fine, fine], 'attributes[1].code')
    await bad({ ...fine, datatype: 'singlevaluelist' }, 'attributes[0].choices')
    await bad({ ...fine, choices: [{ key: 'a', zh: 'a', en: 'a' }] }, 'attributes[0].choices')
    await bad({ ...fine, required: true, only_says: true }, 'attributes[0].required')
    await bad({ ...fine, datatype: 'colour' }, 'attributes[0].datatype')
    assert.equal((await d.admin.put('/service-attributes/1', { attributes: [] })).status, 404)
    assert.equal((await d.secretary.put(`/service-attributes/${lamp}`, { attributes: [] })).status, 403)
    ok(await d.admin.put(`/service-attributes/${lamp}`, { attributes: [] }))
    assert.equal(ok(await get('/open311/v2/services.json')).find((s) => s.service_code === lamp).metadata, false)
  })
})

describe('a report', () => {
  it('becomes a case, routed as any other, and its reporter can follow it', async () => {
    const answer = await post(good({ service_code: drain }), 'xml')
    assert.equal(answer.status, 201, answer.text)
    const [done] = xml(answer).service_requests.request
    assert.match(done.service_request_id, /^\d{6}-\d{4,}$/)
    const [, secret] = /#(\S+)$/.exec(done.service_notice)
    const tracked = ok(await anybody.get(`/track/${done.service_request_id}`, { headers: { 'X-Case-Secret': secret } }))
    assert.deepEqual([tracked.state, tracked.text], ['dispatched', '路灯不亮 <b>&'])
    assert.equal(done.account_id, '')
    const before = ok(await d.admin.get('/api-keys')).items[0]
    assert.ok(before.uses > 0 && before.used_at > Date.now() - 60_000)
  })

  it('may leave the description out, and give an address alone', async () => {
    const [done] = ok(await post({ api_key: key, service_code: lamp, address_string: '东街 12 号' }), 201)
    const [one] = ok(await get(`/open311/v2/requests/${done.service_request_id}.json`))
    assert.equal(one.service_code, lamp)
    const { items } = ok(await d.leader.get('/cases', { query: { text: done.service_request_id } }))
    assert.deepEqual([items[0].title, items[0].address], ['路灯异常', '东街 12 号'])
  })

  it('in UTF-8 with signs of every kind arrives as it was', async () => {
    const text = '井盖 😀 "<>&\'% + = ; \n第二行'
    const [done] = ok(await post(good({ description: text })), 201)
    const { items } = ok(await d.leader.get('/cases', { query: { text: done.service_request_id } }))
    assert.equal(ok(await d.leader.get(`/cases/${items[0].id}`)).text, text)
  })

  it('that is wrong is refused in the standard\'s words, and nothing is stored', async () => {
    const rows = async () => ok(await d.leader.get('/cases/count')).count
    const before = await rows()
    for (const format of ['json', 'xml']) {
      wrong(await post({}, format), 400, 'service_code')
      wrong(await post(good({ service_code: '' }), format), 400, 'service_code')
      wrong(await post(good({ service_code: '999' }), format), 404, 'service_code')
      wrong(await post(good({ service_code: 'DMV66' }), format), 404, 'service_code')
      wrong(await post(good({ api_key: '' }), format), 403, 'api_key')
      wrong(await post(good({ api_key: 'xyz' }), format), 403, 'api_key')
      wrong(await post(good({ lat: '' }), format), 400, 'lat')
      wrong(await post(good({ long: '' }), format), 400, 'long')
      wrong(await post(good({ lat: '', long: '' }), format), 400, 'lat')
      wrong(await post(good({ lat: 'north' }), format), 400, 'lat')
      wrong(await post(good({ lat: 91 }), format), 400, 'lat')
      wrong(await post(good({ lat: outside.lat, long: outside.lon }), format), 400, 'lat')
      wrong(await post(good({ lat: '', long: '', address_id: 7 }), format), 400, 'address_id')
      wrong(await post(good({ description: 'x'.repeat(4001) }), format), 400, 'description')
      wrong(await post(good({ description: 'a\x01b' }), format), 400, 'description')
      wrong(await post(good({ media_url: 'javascript:alert(1)' }), format), 400, 'media_url')
      wrong(await post(good({ phone: '1' }), format), 400, 'phone')
    }
    wrong(await anybody.post('//open311/v2/requests.json', '{}'), 415)
    wrong(await anybody.post('//open311/v2/requests.json', 'x=' + 'y'.repeat(70_000), { type: FORM }), 413)
    wrong(await anybody.post('//open311/v2/requests.xml', `api_key=${key}&service_code=${lamp}&description=%`, { type: FORM }), 400)
    wrong(await anybody.post('//open311/v2/requests.xml', `api_key=${key}&service_code=${lamp}&service_code=${lamp}`, { type: FORM }), 400, 'service_code')
    wrong(await anybody.post('//open311/v2/requests.json', form(good({})).replace(/description=[^&]*/, 'description=%FF%FE'), { type: FORM }), 400, 'description')
    assert.equal(await rows(), before)
  })

  it('a session gives no rights here, and a page of another origin may report', async () => {
    const answer = await d.secretary.post('//open311/v2/requests.json', form(good({})), { type: FORM, headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' } })
    ok(answer, 201)
    const { items } = ok(await d.leader.get('/cases', { query: { text: answer.body[0].service_request_id } }))
    const one = ok(await d.leader.get(`/cases/${items[0].id}`))
    assert.deepEqual([one.reporter_name, one.source, one.events[0].actor], [null, 'open311', null])
  })
})

describe('keys', () => {
  it('are shown once, kept as a hash, and leave audit rows', async () => {
    const made = ok(await d.admin.post('/api-keys', { name: '热线' }), 201)
    assert.match(made.key, /^o311_[\w-]{32}$/)
    assert.deepEqual([made.key_start, made.per_hour], [made.key.slice(0, 10), 100])
    const listed = await d.admin.get('/api-keys')
    assert.ok(!listed.text.includes(made.key))
    ok(await post(good({ api_key: made.key })), 201)
    const changed = ok(await d.admin.put(`/api-keys/${made.id}`, { name: '热线二', per_hour: 1 }, { version: made.version }))
    assert.deepEqual([changed.name, changed.per_hour, changed.contact], ['热线二', 1, null])
    assert.equal((await d.admin.put(`/api-keys/${made.id}`, { name: 'x' }, { version: made.version })).status, 409)
    assert.equal((await d.admin.put(`/api-keys/${made.id}`, { name: 'x' })).status, 428)
    assert.equal((await d.admin.put(`/api-keys/${made.id}`, { name: '' }, { version: changed.version })).status, 422)
    const gone = ok(await d.admin.post(`/api-keys/${made.id}/revoke`))
    assert.ok(gone.revoked_at)
    wrong(await post(good({ api_key: made.key })), 403, 'api_key')
    assert.equal((await d.admin.post(`/api-keys/${made.id}/revoke`)).status, 409)
    assert.equal((await d.admin.put(`/api-keys/${made.id}`, { name: 'x' }, { version: gone.version })).status, 409)
    assert.equal((await d.admin.post('/api-keys/1/revoke')).status, 404)
    const rows = ok(await d.audit.get('/audit', { query: { object_kind: 'api_key', object_id: made.id } })).items
    assert.deepEqual(rows.map((r) => r.action).sort(), ['api_key.add', 'api_key.change', 'api_key.revoke'])
    assert.ok(!JSON.stringify(rows).includes(made.key))
    assert.ok(!server.log().includes(made.key))
  })

  it('are limited by the hour and by their end', async () => {
    const few = ok(await d.admin.post('/api-keys', { name: '少量', per_hour: 2 }), 201)
    for (const want of [201, 201]) ok(await post(good({ api_key: few.key })), want)
    wrong(await post(good({ api_key: few.key })), 429)
    assert.equal((await d.admin.post('/api-keys', { name: '过去', expires_at: Date.now() - 1000 })).status, 422)
    const short = ok(await d.admin.post('/api-keys', { name: '短', expires_at: Date.now() + 1200 }), 201)
    ok(await post(good({ api_key: short.key })), 201)
    await until(async () => (await post(good({ api_key: short.key }))).status === 403)
  })

  it('are the system administrator\'s alone', async () => {
    for (const who of [d.secretary, d.leader, d.resident, d.audit]) {
      assert.equal((await who.get('/api-keys')).status, 403)
      assert.equal((await who.post('/api-keys', { name: 'x' })).status, 403)
    }
    assert.equal((await anybody.get('/api-keys')).status, 401)
  })
})

describe('reading', () => {
  let open, closed
  before(async () => {
    open = ok(await post(good({ phone: '13912345678', first_name: '王五', description: '只给工作人员看的话' })), 201)[0].service_request_id
    closed = ok(await post(good({ service_code: drain, description: '可以公开的话' })), 201)[0].service_request_id
    const id = ok(await d.leader.get('/cases', { query: { text: closed } })).items[0].id
    const act = async (who, action, body) => ok(await who.post(`/cases/${id}/${action}`, body ?? {}, { version: ok(await d.leader.get(`/cases/${id}`)).version }))
    await act(d.drains, 'sign')
    await act(d.drains, 'handled', { result: '清掏完毕' })
    await act(d.secretary, 'pass', { outcome: 'resolved' })
    await act(d.secretary, 'release', { released: true })
  })

  it('tells words and place only as everybody may know them', async () => {
    const [one] = ok(await get(`/open311/v2/requests/${open}.json`))
    assert.equal(one.description, null)
    assert.equal(one.address, '第1网格')
    assert.ok(Math.abs(one.lat - inGrid(1).lat) < 0.02 && one.lat !== inGrid(1, 0, 0).lat + 1)
    const other = ok(await post(good({ ...{ lat: inGrid(1, 30, 30).lat, long: inGrid(1, 30, 30).lon } })), 201)[0].service_request_id
    const [two] = ok(await get(`/open311/v2/requests/${other}.json`))
    assert.deepEqual([two.lat, two.long], [one.lat, one.long], 'the same point for every case of a grid')
    const text = (await get('/open311/v2/requests.json')).text + (await get('/open311/v2/requests.xml')).text
    for (const secret of ['13912345678', '王五', '只给工作人员看的话']) assert.ok(!text.includes(secret))
    const [public_] = ok(await get(`/open311/v2/requests/${closed}.json`))
    assert.deepEqual([public_.description, public_.status, public_.status_notes], ['可以公开的话', 'closed', '已解决'])
  })

  it('filters by id, service, status and time, and pages', async () => {
    const ids = async (query) => ok(await get('/open311/v2/requests.json', query)).map((r) => r.service_request_id)
    assert.deepEqual((await ids({ service_request_id: `${open},${closed},nonsense` })).sort(), [open, closed].sort())
    assert.deepEqual(await ids({ service_request_id: closed, status: 'open', start_date: '2001-01-01T00:00:00Z' }), [closed], 'ids override the others')
    assert.ok((await ids({ status: 'closed' })).includes(closed) && !(await ids({ status: 'closed' })).includes(open))
    assert.ok((await ids({ status: 'open' })).includes(open) && !(await ids({ status: 'open' })).includes(closed))
    assert.ok((await ids({ status: 'open,closed' })).includes(closed))
    assert.deepEqual(await ids({ service_code: '7' }), [])
    assert.ok((await ids({ service_code: `${drain},7` })).every((id) => id !== open))
    const soon = new Date(Date.now() + 60_000).toISOString(), past = new Date(Date.now() - 3_600_000).toISOString()
    assert.ok((await ids({ start_date: past, end_date: soon })).includes(open))
    assert.ok((await ids({ start_date: past })).includes(open))
    assert.deepEqual(await ids({ end_date: past }), [])
    assert.deepEqual(await ids({ updated_after: soon }), [])
    assert.ok((await ids({ updated_after: past })).includes(open))
    const all = await ids({ start_date: '' })
    const first = await ids({ page: 1, page_size: 2 }), second = await ids({ page: 2, page_size: 2 })
    assert.deepEqual([...first, ...second], all.slice(0, 4))
    assert.deepEqual(await ids({ unknown: 'is left', extensions: 'false' }), all)
  })

  it('extensions tell the state as we have it', async () => {
    assert.deepEqual(ok(await get(`/open311/v2/requests/${closed}.json`, { extensions: true }))[0].extended_attributes, { state: 'closed', outcome: 'resolved', released: true })
    assert.equal(xml(await get(`/open311/v2/requests/${open}.xml`, { extensions: 'true' })).service_requests.request[0].extended_attributes.outcome, '')
  })

  it('times have the zone of the district', async () => {
    const [one] = ok(await get(`/open311/v2/requests/${closed}.json`))
    for (const name of ['requested_datetime', 'updated_datetime']) {
      assert.match(one[name], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
      assert.ok(Math.abs(Date.parse(one[name]) - Date.now()) < 600_000)
    }
  })

  it('what is wrong is told in the standard\'s form', async () => {
    for (const format of ['json', 'xml']) {
      wrong(await get(`/open311/v2/requests/250101-9999.${format}`), 404, 'service_request_id')
      wrong(await get(`/open311/v2/requests/x'--.${format}`), 404)
      wrong(await get(`/open311/v2/services/999.${format}`), 404, 'service_code')
      wrong(await get(`/open311/v2/tokens/1.${format}`), 404)
      wrong(await get(`/open311/v2/requests.${format}`, { status: 'pending' }), 400, 'status')
      wrong(await get(`/open311/v2/requests.${format}`, { start_date: 'today' }), 400, 'start_date')
      wrong(await get(`/open311/v2/requests.${format}`, { start_date: '2026-01-01T00:00:00Z', end_date: '2026-05-01T00:00:00Z' }), 400, 'end_date')
      wrong(await get(`/open311/v2/requests.${format}`, { start_date: '2026-02-01T00:00:00Z', end_date: '2026-01-01T00:00:00Z' }), 400, 'end_date')
      wrong(await get(`/open311/v2/requests.${format}`, { page: 0 }), 400, 'page')
      wrong(await get(`/open311/v2/requests.${format}`, { page_size: 1001 }), 400, 'page_size')
      wrong(await get(`/open311/v2/requests.${format}`, { page: 5000, page_size: 1000 }), 400, 'page')
      wrong(await get(`/open311/v2/unheard-of.${format}`), 404)
      wrong(await anybody.delete(`//open311/v2/services.${format}`), 405)
    }
    wrong(await get('/open311/v2/services.yaml'), 406)
    for (const bare of ['/open311/v2/services', '/open311/v2/requests', '/open311/v2/tokens']) wrong(await get(bare), 406)
    wrong(await get(`/open311/v2/requests/${open}.csv`), 406)
  })

  it('a token is the number', async () => {
    assert.deepEqual(ok(await get(`/open311/v2/tokens/${open}.json`)), [{ service_request_id: open, token: open }])
    assert.equal(xml(await get(`/open311/v2/tokens/${open}.xml`)).service_requests.request[0].token, open)
  })

  it('updates tell the changes of state', async () => {
    const past = new Date(Date.now() - 3_600_000).toISOString()
    const mine = ok(await get('/open311/v2/servicerequestupdates.json', { start_date: past })).filter((u) => u.service_request_id === closed)
    assert.deepEqual(mine.map((u) => u.external_status_code), ['reported', 'accepted', 'dispatched', 'handling', 'handled', 'closed'])
    assert.deepEqual(mine.map((u) => u.status), ['OPEN', 'INVESTIGATING', 'ACTION_SCHEDULED', 'IN_PROGRESS', 'IN_PROGRESS', 'FIXED'])
    assert.equal(new Set(mine.map((u) => u.update_id)).size, 6)
    assert.ok(xml(await get('/open311/v2/servicerequestupdates.xml', { start_date: past })).service_request_updates.request_update.length >= 6)
    wrong(await get('/open311/v2/servicerequestupdates.json', { start_date: 'x' }), 400, 'start_date')
  })

  it('lists only what was released, when the setting says so', async () => {
    await set('open311.released_only', true)
    assert.deepEqual(ok(await get('/open311/v2/requests.json')).map((r) => r.service_request_id), [closed])
    wrong(await get(`/open311/v2/requests/${open}.json`), 404)
    await set('open311.released_only', false)
  })

  it('fits the schemas of the standard', { skip: shared('data/open311/schemas') ? false : 'no ../shared/data/open311' }, async () => {
    const ajv = formats(new Ajv({ strict: false, allErrors: true }))
    for (const name of readdirSync(shared('data/open311/schemas'))) ajv.addSchema(JSON.parse(readFileSync(shared('data/open311/schemas', name), 'utf8')), name)
    const fits = (name, value) => assert.ok(ajv.validate({ $ref: name }, value), JSON.stringify(ajv.errors?.slice(0, 3)))
    ok(await d.admin.put(`/service-attributes/${lamp}`, { attributes: [{ code: 'K', datatype: 'singlevaluelist', label_zh: '一', label_en: 'one', choices: [{ key: 'a', zh: '甲', en: 'a' }] }] }))
    fits('services.json', ok(await get('/open311/v2/services.json')))
    fits('service-definition.json', ok(await get(`/open311/v2/services/${lamp}.json`)))
    fits('requests.json', ok(await get('/open311/v2/requests.json')))
    fits('requests.json', ok(await get(`/open311/v2/requests/${open}.json`)))
    assert.ok(!ajv.validate({ $ref: 'request.json' }, { status: 'pending' }), 'the schemas do refuse')
    ok(await d.admin.put(`/service-attributes/${lamp}`, { attributes: [] }))
  })

  it('has every member that the examples of the standard have', { skip: shared('data/open311/spec-examples') ? false : 'no ../shared/data/open311' }, async () => {
    const example = (name) => new XMLParser({ parseTagValue: false }).parse(readFileSync(shared('data/open311/spec-examples', name), 'utf8'))
    const ours = async (path) => new XMLParser({ parseTagValue: false }).parse((await get(path)).text)
    const keys = (value) => Object.keys([value].flat()[0]).sort()
    const first = (value) => [value].flat()[0]
    assert.deepEqual(keys((await ours('/open311/v2/services.xml')).services.service), keys(example('xml-service-list.xml').services.service))
    assert.deepEqual(keys((await ours(`/open311/v2/requests/${open}.xml`)).service_requests.request), keys(example('xml-service-request.xml').service_requests.request))
    assert.deepEqual(keys((await ours(`/open311/v2/tokens/${open}.xml`)).service_requests.request), keys(example('xml-request-from-token.xml').service_requests.request))
    assert.deepEqual(keys(first(xml(await post(good({}), 'xml')).service_requests.request)), keys(example('xml-service-request-post.xml').service_requests.request))
    assert.deepEqual(keys(xml(await get('/open311/v2/requests/x.xml')).errors.error[0]), ['code', 'description'])
    /* The example of a POST, with our key, service and place in it. */
    const text = readFileSync(shared('data/open311/spec-examples', 'post-service-request-form.txt'), 'utf8').split(/\r?\n\r?\n/)[1].trim()
    const body = text.replace('api_key=xyz', `api_key=${key}`).replace('service_code=001', `service_code=${lamp}`).replace(/lat=[^&]*/, `lat=${at(1).lat}`).replace(/long=[^&]*/, `long=${at(1).long}`)
    ok(await anybody.post('//open311/v2/requests.json', body, { type: FORM }), 201)
    /* Real answers of cities have no member that ours lacks, beside their own extensions. */
    const bloomington = JSON.parse(readFileSync(shared('data/open311/responses/bloomington-requests.json'), 'utf8'))
    const [mine] = ok(await get(`/open311/v2/requests/${open}.json`))
    const standard = Object.keys(JSON.parse(readFileSync(shared('data/open311/schemas/request.json'), 'utf8')).properties)
    assert.deepEqual(Object.keys(bloomington[0]).filter((k) => standard.includes(k) && !(k in mine)), [])
  })
})

describe('a client of somebody else: the npm package open311', () => {
  it('discovers, lists, reports and reads', async () => {
    const Open311 = client('open311')
    const their = new Open311({ discovery: `${server.url}/open311/discovery.json`, apiKey: key })
    const call = (name, ...args) => promisify(their[name].bind(their))(...args)
    await call('serviceDiscovery', { cache: true, type: 'production' })
    assert.equal(their.endpoint, `${server.url}/open311/v2/`)
    const services = await call('serviceList')
    assert.ok(services.some((s) => s.service_code === lamp))
    assert.equal((await call('serviceDefinition', lamp)).service_code, lamp)
    const [done] = await call('submitRequest', { service_code: lamp, lat: at(1).lat, long: at(1).long, description: '由第三方客户端上报', attributes: { POLE: 'B-2' } })
    const [read] = await call('serviceRequest', done.service_request_id)
    assert.deepEqual([read.service_request_id, read.status], [done.service_request_id, 'open'])
    assert.ok(read.requested_datetime instanceof Date && Math.abs(read.requested_datetime - Date.now()) < 600_000)
    const both = await call('serviceRequests', [done.service_request_id], {})
    assert.equal(both.length, 1)
    assert.equal((await call('token', done.service_request_id))[0].service_request_id, done.service_request_id)
    their.apiKey = 'wrong'
    await assert.rejects(call('submitRequest', { service_code: lamp, lat: at(1).lat, long: at(1).long }), (e) => e === 403)
  })
})

describe('the allowance', () => {
  it('is limited by address', async () => {
    await set('open311.reads_per_hour', 10)
    await until(async () => (await get('/open311/v2/services.json')).status === 429)
    wrong(await get('/open311/v2/services.xml'), 429)
    await set('open311.reads_per_hour', 1000000)
    await until(async () => (await get('/open311/v2/services.json')).status === 200)
  })
})
