/* Telephones verified by a code: through a gateway of the test's own, which hears what is sent. Nothing changes for anybody without a gateway; with one
 * a number is verified, accepted without, or insisted on; nobody can be bombarded, guess, or borrow somebody else's proof. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { storedIn } from './support/database.mjs'
import { startServer } from './support/server.mjs'

let server, d, anybody, gateway, heard, answers
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const set = async (name, value) => ok(await d.admin.put(`/settings/${name}`, { value }), 204)
const SECRET = 'key-of-the-gateway-77'
const json = { format: 'json', header: 'Authorization: Bearer {secret}', body: '{"to":"{phone}","text":"【测试区】验证码{code}，{minutes}分钟内有效"}', good: '"ok":true' }
const url = () => `http://127.0.0.1:${gateway.address().port}/send?token=in-the-address`
const phone = (n) => `1380000${String(n).padStart(4, '0')}`
const last = () => heard.at(-1)
const codeOf = (one) => /验证码(\d{6})/.exec(one.json.text)[1]
const ask = (number, who = anybody) => who.post('/phone-codes', { phone: number })
const check = (id, number, code, who = anybody) => who.post(`/phone-codes/${id}/check`, { phone: number, code })
async function proofOf(number) {
  const { id } = ok(await ask(number))
  return ok(await check(id, number, codeOf(last()))).proof
}
const report = (body) => anybody.post('/cases', { text: '路灯不亮', category: d.category('路灯异常').id, at: inGrid(1), ...body })
const seen = async (answer) => ok(await d.secretary.get(`/cases/${(await d.secretary.get(`/cases?text=${answer.code}`)).body.items[0].id}`))
async function setGateway(body) {
  const { version } = ok(await d.admin.get('/phone/gateway'))
  return d.admin.put('/phone/gateway', body, { version: version || undefined })
}

before(async () => {
  heard = []
  answers = () => [200, '{"ok":true}']
  gateway = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const one = { url: request.url, method: request.method, headers: request.headers, body }
    if (request.headers['content-type'] === 'application/json') one.json = JSON.parse(body)
    heard.push(one)
    const [status, text] = answers(one)
    if (status) response.writeHead(status).end(text)
    else request.socket.destroy()
  })
  await new Promise((done) => gateway.listen(0, '127.0.0.1', done))
  server = await startServer({ name: '枫桥区' })
  d = await makeDistrict(server)
  await set('phone.codes_per_address_an_hour', 10000)
  await set('phone.codes_a_day', 100000)
  anybody = server.client({ lang: 'zh-CN' })
})
after(async () => {
  await server?.stop()
  await new Promise((done) => gateway.close(done))
})

describe('without a gateway', () => {
  it('nothing is offered, and a report with a telephone is what it was', async () => {
    assert.deepEqual(ok(await anybody.get('/phone-codes')), { offered: false, demanded: false, again_after: 60 })
    refused(await ask(phone(1)), 409, 'phone_off')
    await set('phone.demanded', true)
    const one = await seen(ok(await report({ contact: phone(1) }), 201))
    assert.deepEqual([one.contact_masked, one.contact_verified_at], ['138 **** **01', null])
    await set('phone.demanded', false)
  })
})

describe('the gateway', () => {
  it('is set by who connects systems; nobody else sees it', async () => {
    assert.equal(ok(await d.admin.get('/phone/gateway')).configured, false)
    for (const who of [d.secretary, d.audit, d.resident]) {
      refused(await who.get('/phone/gateway'), 403, 'not_allowed')
      refused(await who.put('/phone/gateway', { ...json, url: url() }), 403, 'not_allowed')
      refused(await who.delete('/phone/gateway'), 403, 'not_allowed')
      refused(await who.post('/phone/gateway/test', { phone: phone(1) }), 403, 'not_allowed')
    }
    refused(await anybody.get('/phone/gateway'), 401, 'not_signed_in')
    refused(await d.admin.delete('/phone/gateway'), 404, 'not_found')
    assert.deepEqual(ok(await d.admin.post('/phone/gateway/test', { phone: phone(1) })), { sent: false, problem: 'no gateway is set', answer: 0 })
  })

  it('is asked for what it must have, field by field', async () => {
    const bad = async (body) => faults(await d.admin.put('/phone/gateway', { ...json, url: 'https://sms.example.org/send', secret: SECRET, ...body }))
    assert.deepEqual(await bad({ url: undefined, secret: undefined }), { url: 'required', secret: 'required' })
    assert.deepEqual(await bad({ url: url() }), { url: 'invalid' }, 'http, and this machine')
    assert.deepEqual(await bad({ url: 'https://user:pass@sms.example.org/' }), { url: 'invalid' })
    assert.deepEqual(await bad({ url: 'ftp://sms.example.org/' }), { url: 'invalid' })
    assert.deepEqual(await bad({ body: '{"to":"{phone}"}' }), { body: 'phone_template' })
    assert.deepEqual(await bad({ body: '{"to":{phone},"code":{code}' }), { body: 'phone_template' })
    assert.deepEqual(await bad({ format: 'form' }), { body: 'phone_template' })
    assert.deepEqual(await bad({ format: 'xml' }), { format: 'not_a_choice' })
    for (const header of ['Host: evil', 'content-length: 3', 'no colon', 'a b: c', 'X: ', 'X-A: 中文']) assert.deepEqual(await bad({ header }), { header: header === 'X: ' ? 'too_short' : 'invalid' }, header)
    assert.deepEqual(await bad({ header: 'X-A: b\r\nX-C: d' }), { header: 'control_character' })
  })

  it('is tried out, changed by who has read it, and keeps its key to itself', async () => {
    await set('deliver.private_targets', true)
    const made = ok(await setGateway({ ...json, url: url(), secret: SECRET }))
    assert.deepEqual([made.configured, made.has_secret, made.url_shown], [true, true, `http://127.0.0.1:${gateway.address().port}/…`])
    assert.deepEqual(ok(await d.admin.post('/phone/gateway/test', { phone: '+86 138-0000-0009' })), { sent: true, problem: null, answer: 200 })
    assert.deepEqual([last().method, last().url, last().headers.authorization, last().json.to], ['POST', '/send?token=in-the-address', `Bearer ${SECRET}`, phone(9)])
    assert.match(last().json.text, /^【测试区】验证码\d{6}，5分钟内有效$/)
    assert.deepEqual(faults(await d.admin.post('/phone/gateway/test', { phone: '01012345678' })), { phone: 'phone_number' })
    answers = () => [200, '{"ok":false,"why":"balance"}']
    assert.deepEqual(ok(await d.admin.post('/phone/gateway/test', { phone: phone(9) })), { sent: false, problem: 'the gateway refused it', answer: 200 })
    answers = () => [500, 'no']
    assert.deepEqual(ok(await d.admin.post('/phone/gateway/test', { phone: phone(9) })), { sent: false, problem: 'answered with an error', answer: 500 })
    answers = () => [200, '{"ok":true}']
    refused(await d.admin.put('/phone/gateway', { ...json }), 428, 'version_needed')
    refused(await d.admin.put('/phone/gateway', { ...json }, { version: 99 }), 409, 'stale_version')
    assert.deepEqual(faults(await setGateway({ ...json, url: url() })), { secret: 'required' }, 'the key goes to no other address')
    assert.equal(ok(await setGateway({ ...json })).has_secret, true)
    const everything = JSON.stringify(ok(await d.audit.get('/audit', { query: { limit: 200 } }))) + server.log() + JSON.stringify(ok(await d.admin.get('/phone/gateway')))
    for (const word of [SECRET, 'in-the-address']) {
      assert.ok(!everything.includes(word), word)
      assert.ok(!storedIn(server.dir).includes(word), word)
    }
  })

  it('gets a form where it wants one', async () => {
    ok(await setGateway({ format: 'form', body: 'apikey={secret}&mobile={phone}&text=【测试区】您的验证码是{code}', url: url(), secret: 'a&b=c' }))
    ok(await d.admin.post('/phone/gateway/test', { phone: phone(9) }))
    const sent = new URLSearchParams(last().body)
    assert.equal(last().headers['content-type'], 'application/x-www-form-urlencoded')
    assert.deepEqual([sent.get('apikey'), sent.get('mobile'), /^【测试区】您的验证码是\d{6}$/.test(sent.get('text'))], ['a&b=c', phone(9), true])
    ok(await setGateway({ ...json, url: url(), secret: SECRET }))
  })
})

describe('a telephone', () => {
  it('is verified by the code that was sent there, and the case says so to staff alone', async () => {
    assert.deepEqual(ok(await anybody.get('/phone-codes')), { offered: true, demanded: false, again_after: 60 })
    const sent = ok(await ask('138 0000 0011'))
    assert.equal(last().json.to, phone(11))
    assert.ok(sent.until > Date.now() + 240_000 && sent.until < Date.now() + 360_000)
    const code = codeOf(last())
    const { proof } = ok(await check(sent.id, phone(11), `${code.slice(0, 3)} ${code.slice(3)}`))
    const made = ok(await report({ contact: '138-0000-0011', contact_proof: proof }), 201)
    const staff = await seen(made)
    assert.ok(Math.abs(staff.contact_verified_at - Date.now()) < 60_000)
    const own = ok(await anybody.get(`/track/${made.code}`, { headers: { 'x-case-secret': made.secret } }))
    assert.equal(own.code, made.code)
    assert.deepEqual([own.contact_masked ?? null, own.contact_verified_at ?? null], [null, null])
    assert.deepEqual(faults(await check(sent.id, phone(11), code)), { code: 'phone_code' }, 'once only')
    const everything = server.log() + storedIn(server.dir)
    for (const word of [phone(11), proof, `:${code}`]) assert.ok(!everything.includes(word), word)
  })

  it('is taken without a code, as long as the district does not insist', async () => {
    assert.equal((await seen(ok(await report({ contact: phone(12) }), 201))).contact_verified_at, null)
    await set('phone.demanded', true)
    assert.equal(ok(await anybody.get('/phone-codes')).demanded, true)
    const answer = await report({ contact: phone(12), text: '' })
    assert.deepEqual(faults(answer), { text: 'too_short' })
    assert.deepEqual(faults(await report({ contact: phone(12) })), { contact: 'phone_unverified' })
    ok(await report({}), 201)
    ok(await report({ contact: 'zhang@example.org' }), 201)
    ok(await report({ contact: phone(12), contact_proof: await proofOf(phone(12)) }), 201)
    ok(await d.resident.post('/cases', { text: '路灯不亮', at: inGrid(1), contact: phone(12) }), 201)
    ok(await d.secretary.post('/cases', { text: '路灯不亮', at: inGrid(1), contact: phone(12), on_behalf: true }), 201)
    await set('phone.demanded', false)
  })

  it('has a proof of its own', async () => {
    const proof = await proofOf(phone(13))
    assert.deepEqual(faults(await report({ contact: phone(14), contact_proof: proof })), { contact: 'phone_unverified' })
    assert.deepEqual(faults(await report({ contact: 'zhang@example.org', contact_proof: proof })), { contact: 'phone_unverified' })
    const [until, mac] = proof.split('.')
    for (const forged of ['x', `${until}.`, `${Number(until) + 1}.${mac}`, `.${mac}`, until]) assert.deepEqual(faults(await report({ contact: phone(13), contact_proof: forged })), { contact: 'phone_unverified' }, forged)
    ok(await report({ contact: phone(13), contact_proof: proof }), 201)
  })

  it('is one that a message can go to', async () => {
    for (const bad of ['010-12345678', '1380000111', 'zhang@example.org', '+1 212 555 0100', '400-800-1234', '138000O1234']) assert.deepEqual(faults(await ask(bad)), { phone: 'phone_number' }, bad)
    assert.deepEqual(faults(await anybody.post('/phone-codes', {})), { phone: 'required' })
    assert.deepEqual(faults(await anybody.post('/phone-codes/1/check', {})), { phone: 'required', code: 'required' })
    await set('phone.abroad', true)
    ok(await ask('+1 212 555 0100'))
    assert.equal(last().json.to, '+12125550100')
    await set('phone.abroad', false)
  })

  it('cannot be guessed: five tries, however many ask at once', async () => {
    const { id } = ok(await ask(phone(15)))
    const right = codeOf(last()), wrong = right === '000000' ? '111111' : '000000'
    const tries = await Promise.all(Array.from({ length: 12 }, () => check(id, phone(15), wrong)))
    for (const one of tries) assert.deepEqual(faults(one), { code: 'phone_code' })
    assert.deepEqual(faults(await check(id, phone(15), right)), { code: 'phone_code' }, 'after five wrong ones even the right one is')
    assert.deepEqual(faults(await check(id, phone(16), right)), { code: 'phone_code' })
    assert.deepEqual(faults(await check('1', phone(15), right)), { code: 'phone_code' })
  })

  it('gets no second code within a minute, and no more than its share in a day', async () => {
    const before = heard.length
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(phone(17))))
    assert.deepEqual(answers.map((one) => one.status).sort(), [200, 429, 429, 429])
    refused(await ask('+86 138 0000 0017'), 429, 'too_many')
    assert.equal(heard.length, before + 1)
    await set('phone.codes_per_number_a_day', 1)
    refused(await ask(phone(17)), 429, 'phone_enough')
    ok(await ask(phone(18)))
    await set('phone.codes_per_number_a_day', 5)
  })

  it('is no way to run up a bill', async () => {
    const before = heard.length
    await set('phone.codes_a_day', 1)
    refused(await ask(phone(19)), 429, 'phone_enough')
    await set('phone.codes_a_day', 100000)
    ok(await ask(phone(19)), 200)
    assert.equal(heard.length, before + 1)
  })

  it('is left unverified when the gateway is down: the report goes on', async () => {
    answers = () => [0]
    refused(await ask(phone(41)), 409, 'phone_gateway')
    answers = () => [200, '{"ok":false}']
    refused(await ask(phone(42)), 409, 'phone_gateway')
    answers = () => [200, '{"ok":true}']
    assert.equal((await seen(ok(await report({ contact: phone(41) }), 201))).contact_verified_at, null)
    const said = await anybody.post('/phone-codes', { phone: phone(41) })
    refused(said, 429, 'too_many')
  })

  it('is no matter any more once the gateway is gone', async () => {
    const proof = await proofOf(phone(43))
    ok(await d.admin.delete('/phone/gateway'), 204)
    assert.equal(ok(await anybody.get('/phone-codes')).offered, false)
    refused(await ask(phone(44)), 409, 'phone_off')
    ok(await report({ contact: phone(43), contact_proof: proof }), 201)
  })
  it('is asked for only so often from one address', async () => {
    await set('phone.codes_per_address_an_hour', 2)
    const answers = []
    for (let n = 0; n < 4; n++) answers.push((await ask(phone(50 + n))).body.code)
    assert.equal(answers.at(-1), 'too_many')
    assert.ok(answers.every((code) => code === 'too_many' || code === 'phone_off'), String(answers))
  })
})
