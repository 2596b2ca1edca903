/* Webhooks: signed reports of devices and hotlines become cases; steps of cases are told to other systems, again and again until they hear it,
 * and never to an address inside. Signatures are made and checked by somebody else's library. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { client } from './support/clients.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { storedIn } from './support/database.mjs'
import { startServer, until } from './support/server.mjs'

const { Webhook } = client('standardwebhooks')

let server, d, anybody
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const set = async (name, value) => ok(await d.admin.put(`/settings/${name}`, { value }), 204)

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anybody = server.client({ lang: 'zh-CN' })
})
after(() => server?.stop())

describe('a report by webhook', () => {
  const mapping = {
    name: 'sensors', source: 'sensors', title_zh: '传感器', title_en: 'Sensors', id: 'event.id', text: ['event.what', 'event.value'], text_join: '：',
    category: ['event.what'], categories: [{ words: '路灯故障', pack: 'cn-city-objects', kind: 'matter', code: '01037' }],
    created: ['event.at'], time_formats: ['%Y-%m-%d %H:%M:%S'], zone: 'Asia/Shanghai', lon: 'device.place.0', lat: 'device.place.1', address: ['device.address'],
    reporter_name: 'device.name', labels: ['device.id'],
  }
  const event = (id, more = {}) => ({ event: { id, what: '路灯故障', value: 3, at: new Date().toISOString(), ...more }, device: { id: 'd-1', name: '一号杆', place: [inGrid(1).lon, inGrid(1).lat] } })
  let source
  const send = (body, { secret = source.secret, id = `msg_${Math.random()}`, at = new Date(), to = source.id, headers } = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return anybody.post(`/hooks/${to}`, text, { headers: { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at / 1000)), 'webhook-signature': new Webhook(secret).sign(id, at, text), ...headers } })
  }

  before(async () => (source = ok(await d.admin.post('/hook-sources', { name: '一体化灯杆', mapping, per_hour: 10000 }), 201)))

  it('becomes a case, by the mapping, routed as any other', async () => {
    const done = ok(await send(event('e-1')), 201)
    const one = ok(await d.leader.get(`/cases/${done.id}`))
    assert.deepEqual([one.code, one.source, one.text, one.category.name_zh, one.reporter_name], [done.code, 'device', '路灯故障：3', '路灯异常', '一号杆'])
    assert.equal(one.routing.org?.name ?? one.org_name, '路灯所')
    assert.deepEqual([one.events[0].data.source_id, one.events[0].data.labels['device.id']], ['e-1', 'd-1'])
    const [kept] = ok(await d.admin.get('/hook-sources')).items
    assert.deepEqual([kept.uses, kept.used_at > Date.now() - 60_000], [1, true])
  })

  it('is taken once, whatever it is sent as', async () => {
    const first = ok(await send(event('e-2')), 201)
    const again = ok(await send(event('e-2')))
    assert.deepEqual(again, { ...first, created: false })
    assert.equal(ok(await send(event('e-2', { what: '别的', at: '2026-01-02 03:04:05' }))).id, first.id)
  })

  it('takes times in any of their forms, and none', async () => {
    const at = async (value) => ok(await d.leader.get(`/cases/${ok(await send(event(`t-${value}`, { at: value })), 201).id}`)).reported_at
    assert.equal(await at('2026-05-12 09:42:00'), Date.parse('2026-05-12T09:42:00+08:00'))
    assert.equal(await at('2026-05-12T09:42:00+09:00'), Date.parse('2026-05-12T09:42:00+09:00'))
    assert.equal(await at(1778550120), 1778550120000)
    assert.equal(await at(1778550120123), 1778550120123)
    assert.ok(Math.abs(await at(undefined) - Date.now()) < 60_000)
  })

  it('that is not signed rightly, or long ago, is nobody\'s', async () => {
    const other = ok(await d.admin.post('/hook-sources', { name: '别家', mapping }), 201)
    refused(await send(event('x'), { secret: other.secret }), 404, 'signature')
    refused(await send(event('x'), { at: new Date(Date.now() - 6 * 60_000) }), 404, 'signature')
    refused(await send(event('x'), { at: new Date(Date.now() + 6 * 60_000) }), 404, 'signature')
    refused(await send(event('x'), { headers: { 'webhook-id': 'msg_other' } }), 404, 'signature')
    refused(await send(event('x'), { to: '1' }), 404, 'signature')
    refused(await anybody.post(`/hooks/${source.id}`, JSON.stringify(event('x'))), 404, 'signature')
    refused(await d.admin.post(`/hooks/${source.id}`, JSON.stringify(event('x'))), 404, 'signature')
    ok(await d.admin.post(`/hook-sources/${other.id}/close`), 204)
    refused(await send(event('x'), { secret: other.secret, to: other.id }), 404, 'signature')
    refused(await d.admin.post(`/hook-sources/${other.id}/close`), 409, 'wrong_state')
  })

  it('that is wrong names the field, and nothing is stored', async () => {
    const before = ok(await d.leader.get('/cases/count')).count
    const bad = async (body, field, code) => {
      const answer = await send(body)
      assert.equal(answer.status, 422, answer.text)
      assert.equal(faults(answer)[field], code, answer.text)
    }
    await bad(event('e-9', { what: undefined, value: undefined }), 'text', 'required')
    await bad(event(undefined), 'id', 'required')
    await bad(event('e-9', { at: 'yesterday' }), 'reported_at', 'wrong_type')
    await bad({ ...event('e-9'), device: {} }, 'at', 'required')
    await bad({ ...event('e-9'), device: { place: ['x', 1] } }, 'at', 'place')
    await bad({ ...event('e-9'), device: { place: [100, 1] } }, 'at', 'outside_area')
    await bad(event('e-9', { at: new Date(Date.now() + 3_600_000).toISOString() }), 'reported_at', 'time_in_future')
    refused(await send('not json'), 400, 'bad_json')
    refused(await send('[1]'), 400, 'bad_json')
    refused(await send('{"a":1,"a":2}'), 400, 'bad_json')
    refused(await send(`"${'x'.repeat(300_000)}"`), 413, 'too_large')
    assert.equal((await anybody.post(`/hooks/${source.id}`, 'a=1', { type: 'application/x-www-form-urlencoded' })).status, 415)
    assert.equal(ok(await d.leader.get('/cases/count')).count, before)
  })

  it('without a point may have an address; what fits no words gets the source\'s category', async () => {
    const drain = d.category('雨水箅子异常').id
    const changed = ok(await d.admin.put(`/hook-sources/${source.id}`, { name: '灯杆', mapping, category: drain, per_hour: 10000 }, { version: source.version }))
    const done = ok(await send({ event: { id: 'e-10', what: '冒水' }, device: { address: '东街 3 号' } }), 201)
    const one = ok(await d.leader.get(`/cases/${done.id}`))
    assert.deepEqual([one.category.id, one.address, one.area_name], [drain, '东街 3 号', '测试区'])
    refused(await d.admin.put(`/hook-sources/${source.id}`, { name: 'x', mapping }, { version: source.version }), 409, 'stale_version')
    assert.equal(changed.version, source.version + 1)
  })

  it('has its limit', async () => {
    const few = ok(await d.admin.post('/hook-sources', { name: '少量', mapping, per_hour: 1 }), 201)
    ok(await send(event('f-1'), { secret: few.secret, to: few.id }), 201)
    refused(await send(event('f-2'), { secret: few.secret, to: few.id }), 429, 'too_many')
  })

  it('the mapping of a source is checked, and only the administrator makes sources', async () => {
    const bad = async (body, field) => {
      const answer = await d.admin.post('/hook-sources', { name: 'x', ...body })
      assert.equal(answer.status, 422, answer.text)
      assert.ok(field in faults(answer), answer.text)
    }
    await bad({}, 'mapping')
    await bad({ mapping: 'x' }, 'mapping')
    await bad({ mapping: { ...mapping, text: undefined } }, 'mapping.text')
    await bad({ mapping: { ...mapping, unknown: 1 } }, 'mapping.unknown')
    await bad({ mapping, category: '1' }, 'category')
    assert.equal((await d.secretary.get('/hook-sources')).status, 403)
    assert.equal((await anybody.post('/hook-sources', { name: 'x', mapping })).status, 401)
  })

  it('secrets are kept sealed and audited without them', async () => {
    const bytes = storedIn(server.dir)
    assert.ok(!bytes.includes(source.secret) && !bytes.includes(source.secret.slice(6)))
    const rows = ok(await d.audit.get('/audit', { query: { object_kind: 'hook_source', object_id: source.id } })).items
    assert.deepEqual(rows.map((r) => r.action).sort(), ['hook_source.add', 'hook_source.change'])
    assert.ok(!JSON.stringify(rows).includes('whsec_') && !server.log().includes('whsec_'))
  })
})

describe('steps told to others', () => {
  let other, heard, answerWith
  const robot = (code) => (code === undefined ? { errcode: 0 } : { errcode: code })
  before(async () => {
    heard = []
    other = createServer((request, response) => {
      const pieces = []
      request.on('data', (p) => pieces.push(p))
      request.on('end', () => {
        heard.push({ url: new URL(request.url, 'http://x'), headers: request.headers, text: Buffer.concat(pieces).toString() })
        const [status, body] = answerWith(heard.at(-1))
        response.writeHead(status, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(body ?? {}))
      })
    })
    await new Promise((done) => other.listen(0, '127.0.0.1', done))
    await set('deliver.private_targets', true)
    await set('deliver.first_wait_seconds', 1)
  })
  after(() => other?.close())
  const to = (path) => `http://127.0.0.1:${other.address().port}/${path}`
  const told = (path) => heard.filter((h) => h.url.pathname === `/${path}`)
  const subscribe = async (path, more = {}) => ok(await d.admin.post('/webhooks', { name: path.split('?')[0], url: to(path), format: 'json', ...more }), 201)
  const report = async (n = 1, more = {}) => ok(await anybody.post('/cases', { text: '3 号楼东侧路灯不亮', category: d.category('路灯异常').id, at: inGrid(n), contact: '13912345678', reporter_name: '王五', ...more }), 201)
  const state = async (id) => ok(await d.admin.get('/deliveries', { query: { target: id } })).items
  const end = async (one) => ok(await d.admin.post(`/webhooks/${one.id}/close`), 204)

  it('as signed JSON, after the commit, without words, names or contacts', async () => {
    answerWith = () => [200]
    const one = await subscribe('plain')
    assert.match(one.secret, /^whsec_/)
    const made = await report()
    await until(() => told('plain').length === 1)
    const [{ headers, text }] = told('plain')
    const body = new Webhook(one.secret).verify(text, headers)
    assert.deepEqual([body.type, body.data.code, body.data.state, body.data.area.name, body.data.category.name], ['case.report', made.code, 'reported', '第1网格', '路灯异常'])
    for (const personal of ['3 号楼', '13912345678', '王五']) assert.ok(!text.includes(personal))
    assert.throws(() => new Webhook(one.secret).verify(text + ' ', headers))
    await until(async () => (await state(one.id))[0].state === 'delivered')
    const [row] = await state(one.id)
    assert.deepEqual([row.kind, row.object, row.tries, row.answer, row.problem], ['case.report', made.id, 1, 200, null])
    await end(one)
    await report()
    assert.equal(told('plain').length, 1, 'nobody is told after the end')
  })

  it('only what was asked for: actions, area, organisation, category', async () => {
    answerWith = () => [200]
    const all = [await subscribe('accepts', { events: ['accept', 'dispatch'] }), await subscribe('west', { area: d.areas.west }), await subscribe('drains', { category: d.category('雨水箅子异常').id }), await subscribe('lamps', { org: d.orgs.lighting })]
    const made = await report(1)
    const act = async (who, action, body) => ok(await who.post(`/cases/${made.id}/${action}`, body ?? {}, { version: ok(await d.leader.get(`/cases/${made.id}`)).version }))
    await act(d.secretary, 'accept')
    await act(d.secretary, 'comment', { text: '只给工作人员', internal: true })
    await act(d.secretary, 'dispatch', { org: d.orgs.lighting })
    await act(d.lamps, 'sign')
    await report(5)
    await report(1, { category: d.category('雨水箅子异常').id })
    const kinds = (path) => told(path).map((h) => JSON.parse(h.text).type).sort()
    await until(() => kinds('accepts').length === 4 && kinds('west').length === 1 && kinds('drains').length === 3 && kinds('lamps').length === 2)
    assert.deepEqual(kinds('accepts'), ['case.accept', 'case.accept', 'case.dispatch', 'case.dispatch'])
    assert.deepEqual(kinds('lamps'), ['case.dispatch', 'case.sign'])
    assert.deepEqual(kinds('drains'), ['case.accept', 'case.dispatch', 'case.report'])
    for (const one of all) await end(one)
  })

  it('by robots, each in its own form and signed in its own way', async () => {
    answerWith = (h) => [200, h.url.pathname === '/feishu' ? { code: 0 } : { errcode: 0 }]
    const secret = 'SECabc123'
    const all = [await subscribe('wecom?key=k-1', { format: 'wecom', titles: true }), await subscribe('ding?access_token=t-1', { format: 'dingtalk', secret }), await subscribe('feishu', { format: 'feishu', secret, english: true })]
    assert.ok(all.every((one) => one.secret === null))
    assert.ok(!JSON.stringify(ok(await d.admin.get('/webhooks'))).includes('k-1'))
    const made = await report(1, { text: '<@all> 路灯 [点我](http://x)' })
    await until(() => told('wecom').length && told('ding').length && told('feishu').length)
    const [wecom] = told('wecom'), [ding] = told('ding'), [feishu] = told('feishu')
    assert.equal(wecom.url.search, '?key=k-1')
    assert.equal(JSON.parse(wecom.text).msgtype, 'markdown')
    assert.ok(JSON.parse(wecom.text).markdown.content.includes(made.code) && JSON.parse(wecom.text).markdown.content.includes('＜＠all＞'))
    const at = ding.url.searchParams.get('timestamp')
    assert.equal(ding.url.searchParams.get('access_token'), 't-1')
    assert.equal(ding.url.searchParams.get('sign'), createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64'))
    assert.ok(Math.abs(Number(at) - Date.now()) < 60_000)
    assert.ok(!ding.text.includes('路灯 '), 'no words unless they are wanted')
    const said = JSON.parse(feishu.text)
    assert.equal(said.sign, createHmac('sha256', `${said.timestamp}\n${secret}`).update('').digest('base64'))
    assert.ok(said.msg_type === 'text' && said.content.text.includes('Area: 第1网格'))
    for (const one of all) {
      await until(async () => (await state(one.id))[0].state === 'delivered')
      await end(one)
    }
  })

  it('again with growing waits until it is heard; a robot\'s refusal counts as one', async () => {
    let n = 0
    answerWith = (h) => (h.url.pathname === '/bumpy' ? [++n < 3 ? 500 : 204] : [200, robot(310000)])
    const one = await subscribe('bumpy'), ding = await subscribe('refusing', { format: 'dingtalk' })
    await report()
    await until(async () => (await state(one.id))[0].state === 'delivered', 20_000)
    assert.deepEqual([(await state(one.id))[0].tries, told('bumpy').length], [3, 3])
    assert.equal(new Set(told('bumpy').map((h) => h.headers['webhook-id'])).size, 1, 'a repetition is told by its id')
    const [row] = await state(ding.id)
    assert.deepEqual([row.state, row.problem, row.answer], ['waiting', 'the robot refused it', 310000])
    await end(one)
    await end(ding)
  })

  it('given up at last, shown, and sent again by the administrator', async () => {
    answerWith = () => [503]
    await set('deliver.tries_most', 2)
    const one = await subscribe('down')
    await report()
    await until(async () => (await state(one.id))[0].state === 'given_up', 20_000)
    const [row] = ok(await d.admin.get('/deliveries', { query: { state: 'given_up', target: one.id } })).items
    assert.deepEqual([row.tries, row.answer, row.problem], [2, 503, 'answered with an error'])
    assert.equal((await d.secretary.post(`/deliveries/${row.id}/again`)).status, 403)
    answerWith = () => [200]
    ok(await d.admin.post(`/deliveries/${row.id}/again`), 204)
    await until(async () => (await state(one.id))[0].state === 'delivered', 20_000)
    refused(await d.admin.post(`/deliveries/${row.id}/again`), 409, 'wrong_state')
    refused(await d.admin.post('/deliveries/1/again'), 404, 'not_found')
    await set('deliver.tries_most', 8)
    await end(one)
  })

  it('a test message says only that the way is open', async () => {
    answerWith = () => [200]
    const one = await subscribe('try')
    ok(await d.admin.post(`/webhooks/${one.id}/test`), 204)
    await until(() => told('try').length === 1)
    assert.deepEqual(JSON.parse(told('try')[0].text).data, {})
    await end(one)
    refused(await d.admin.post(`/webhooks/${one.id}/test`), 409, 'wrong_state')
  })

  it('never inside, never without encryption, never where it is sent on to, unless a setting says so', async () => {
    answerWith = () => [200]
    const one = await subscribe('inside')
    await set('deliver.private_targets', false)
    for (const url of [to('x'), 'http://example.org/', 'ftp://example.org/', 'https://user:word@example.org/', 'https://', 'javascript:1', 'https://a b/'])
      assert.equal((await d.admin.post('/webhooks', { name: 'x', url, format: 'json' })).status, 422, url)
    const loop = ok(await d.admin.post('/webhooks', { name: 'loop', url: `https://localhost:${other.address().port}/x`, format: 'json' }), 201)
    const six = ok(await d.admin.post('/webhooks', { name: 'six', url: `https://[::ffff:127.0.0.1]:${other.address().port}/x`, format: 'json' }), 201)
    const before = heard.length
    await report()
    await until(async () => (await state(loop.id))[0].tries > 0 && (await state(six.id))[0].tries > 0 && (await state(one.id))[0].tries > 0)
    assert.deepEqual([(await state(loop.id))[0].problem, (await state(six.id))[0].problem], ['a private address', 'a private address'])
    assert.equal((await state(one.id))[0].problem, 'not https')
    assert.equal(heard.length, before)
    await set('deliver.private_targets', true)
    for (const each of [one, loop, six]) await end(each)
  })

  it('a redirect is not followed, and a certificate nobody vouches for is refused', async () => {
    answerWith = () => [302]
    const moved = await subscribe('moved')
    const place = mkdtempSync(join(tmpdir(), 'linli-tls-'))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(place, 'k'), '-out', join(place, 'c'), '-days', '1', '-subj', '/CN=localhost'], { stdio: 'ignore' })
    let reached = 0
    const tls = createTls({ key: readFileSync(join(place, 'k')), cert: readFileSync(join(place, 'c')) }, (_, response) => { reached++; response.end('{}') })
    await new Promise((done) => tls.listen(0, '127.0.0.1', done))
    const self = ok(await d.admin.post('/webhooks', { name: 'self-signed', url: `https://localhost:${tls.address().port}/`, format: 'json' }), 201)
    await report()
    await until(async () => (await state(moved.id))[0].tries > 0 && (await state(self.id))[0].tries > 0)
    assert.deepEqual([(await state(moved.id))[0].problem, (await state(moved.id))[0].answer], ['answered with an error', 302])
    assert.deepEqual([(await state(self.id))[0].problem, reached], ['its certificate is not trusted', 0])
    tls.close()
    rmSync(place, { recursive: true })
    for (const each of [moved, self]) await end(each)
  })

  it('changes are checked, versioned and audited; secrets are sealed', async () => {
    answerWith = () => [200]
    const one = await subscribe('change?key=very-secret-key')
    const bad = async (body, field) => {
      const answer = await d.admin.put(`/webhooks/${one.id}`, { name: 'x', ...body }, { version: one.version })
      assert.equal(answer.status, 422, answer.text)
      assert.ok(field in faults(answer), answer.text)
    }
    await bad({ events: ['explode'] }, 'events[0]')
    await bad({ area: '1' }, 'area')
    await bad({ org: '1' }, 'org')
    await bad({ category: '1' }, 'category')
    await bad({ name: '' }, 'name')
    await bad({ url: 'ftp://x/' }, 'url')
    const changed = ok(await d.admin.put(`/webhooks/${one.id}`, { name: '改了', events: ['pass'] }, { version: one.version }))
    assert.deepEqual([changed.name, changed.events, changed.target_shown], ['改了', ['pass'], one.target_shown])
    refused(await d.admin.put(`/webhooks/${one.id}`, { name: 'x' }, { version: one.version }), 409, 'stale_version')
    refused(await d.admin.put(`/webhooks/${one.id}`, { name: 'x' }), 428, 'version_needed')
    assert.equal((await d.secretary.get('/webhooks')).status, 403)
    assert.equal((await d.secretary.post('/webhooks', { name: 'x', url: to('x'), format: 'json' })).status, 403)
    await end(one)
    refused(await d.admin.post(`/webhooks/${one.id}/close`), 409, 'wrong_state')
    const rows = ok(await d.audit.get('/audit', { query: { object_kind: 'webhook', object_id: one.id } })).items
    assert.deepEqual(rows.map((r) => r.action).sort(), ['webhook.add', 'webhook.change', 'webhook.close'])
    assert.ok(!JSON.stringify(rows).includes('very-secret-key') && !server.log().includes('very-secret-key'))
    const bytes = storedIn(server.dir)
    assert.ok(!bytes.includes('very-secret-key') && !bytes.includes(one.secret.slice(6)))
  })

  it('what waits for a subscription that was ended is given up', async () => {
    answerWith = () => [503]
    const one = await subscribe('later')
    await report()
    await until(async () => (await state(one.id))[0].tries > 0)
    assert.equal((await state(one.id))[0].state, 'waiting')
    await end(one)
    await until(async () => (await state(one.id))[0].state === 'given_up', 20_000)
    assert.equal((await state(one.id))[0].problem, 'there is nobody to send it to any more')
  })
})
