/* Messages by mail, against a real mail server: who confirmed an address gets what they chose, at once or once a day, in their language, and can
 * stop it without signing in; what cannot be sent is tried again or shown; nothing somebody writes becomes a header. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { mailbox } from './support/mailbox.mjs'
import { storedIn } from './support/database.mjs'
import { sleep, startServer, until } from './support/server.mjs'

const SITE = 'https://linli.example.org'
let server, d, box
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const set = async (name, value) => ok(await d.admin.put(`/settings/${name}`, { value }), 204)
const sql = (text) => server.sql(text)
const plain = () => ({ host: '127.0.0.1', port: box.port, security: 'none', sender: 'linli@example.org' })
async function setServer(body) {
  const { version } = ok(await d.admin.get('/mail/server'))
  return d.admin.put('/mail/server', body, { version })
}
/** Gives this person an address and confirms it by the code that came. */
async function confirmed(person, address, choices = {}) {
  ok(await person.put('/mail/address', { address }))
  const mail = await box.next(address)
  const code = /^ {4}(\S+)\r$/m.exec(mail.text)[1]
  const own = ok(await person.post('/mail/confirm', { code }))
  const { work, deadlines, own: mine, followed, other, daily_hour, quiet } = { ...own, ...choices }
  return ok(await person.put('/mail', { work, deadlines, own: mine, followed, other, daily_hour, quiet, quiet_from: choices.quiet_from ?? 22, quiet_to: choices.quiet_to ?? 7 }, { version: own.version }))
}
const report = async (body = {}) => ok(await server.client().post('/cases', { text: '路灯不亮', category: d.category('路灯异常').id, at: inGrid(1), ...body }), 201)
const deliveries = async (query) => ok(await d.admin.get('/deliveries', { query: { channel: 'mail', ...query } })).items

before(async () => {
  box = await mailbox({ refuse: (address) => address.startsWith('nobody'), later: (address) => address.startsWith('later') })
  server = await startServer({ name: '枫桥区' })
  d = await makeDistrict(server)
})
after(async () => {
  await server?.stop()
  await box?.close()
})

describe('the mail server', () => {
  it('is set by who connects systems; nobody else sees it', async () => {
    assert.deepEqual(ok(await d.admin.get('/mail/server')).configured, false)
    for (const who of [d.secretary, d.audit, d.resident]) {
      refused(await who.get('/mail/server'), 403, 'not_allowed')
      refused(await who.put('/mail/server', plain()), 403, 'not_allowed')
      refused(await who.post('/mail/server/test', { to: 'a@example.org' }), 403, 'not_allowed')
      refused(await who.delete('/mail/server'), 403, 'not_allowed')
    }
    refused(await server.client().get('/mail/server'), 401, 'not_signed_in')
    refused(await d.admin.delete('/mail/server'), 404, 'not_found')
  })

  it('is asked for what it must have, field by field', async () => {
    const bad = async (body) => faults(await d.admin.put('/mail/server', { ...plain(), ...body }))
    assert.deepEqual(await bad({ host: 'mail.example.org' }), { security: 'mail_plain' })
    assert.deepEqual(await bad({ host: 'a b', sender: 'x' , port: 0 }), { port: 'too_small', sender: 'too_short' })
    assert.deepEqual(await bad({ host: 'evil/x', sender: 'a@b.cn\nBcc: c@d.e' }), { sender: 'control_character' })
    assert.deepEqual(await bad({ host: 'evil/x', sender: 'a@b' }), { host: 'invalid', sender: 'mail_address', security: 'mail_plain' })
    assert.deepEqual(await bad({ user: 'linli' }), { password: 'required' })
    assert.deepEqual(await bad({ password: 'x' }), { user: 'required' })
    assert.deepEqual(await bad({ authority: '/etc/passwd' }), { authority: 'invalid' })
    assert.deepEqual(await bad({ security: 'ssl3' }), { security: 'not_a_choice' })
  })

  it('is tried out, and says why not', async () => {
    refused(await d.resident.put('/mail/address', { address: 'zhang@example.org' }), 409, 'mail_off')
    assert.deepEqual(ok(await d.admin.post('/mail/server/test', { to: 'a@example.org' })), { sent: false, problem: 'no mail server is set', answer: 0 })
    ok(await d.admin.put('/mail/server', plain()))
    assert.deepEqual(ok(await d.admin.post('/mail/server/test', { to: 'a@example.org' })), { sent: false, problem: 'the address of this system is not set', answer: 0 })
    await set('site.url', SITE)
    assert.equal(ok(await d.admin.post('/mail/server/test', { to: 'a@example.org' })).sent, true)
    const mail = await box.next('a@example.org')
    assert.equal(mail.hello, 'example.org', 'this machine has no name out there')
    assert.equal(mail.from, 'linli@example.org')
    assert.equal(mail.headers.from, '枫桥区 <linli@example.org>')
    assert.equal(mail.headers['auto-submitted'], 'auto-generated')
    assert.ok(!('list-unsubscribe' in mail.headers))
    assert.ok(Math.abs(Date.parse(mail.headers.date) - Date.now()) < 60_000)
    assert.deepEqual(faults(await d.admin.post('/mail/server/test', { to: 'a@b' })), { to: 'mail_address' })
    const { sent, problem, answer } = ok(await d.admin.post('/mail/server/test', { to: 'nobody@example.org' }))
    assert.deepEqual([sent, problem, answer], [false, 'the mail server refused it', 550])
  })

  it('is changed only by who has read it', async () => {
    refused(await d.admin.put('/mail/server', plain()), 428, 'version_needed')
    refused(await d.admin.put('/mail/server', plain(), { version: 99 }), 409, 'stale_version')
  })

  it('keeps its password to itself', async () => {
    ok(await setServer({ ...plain(), user: 'linli', password: 'hunter2-hunter2' }))
    const seen = await d.admin.get('/mail/server')
    assert.deepEqual([seen.body.user, seen.body.has_password], ['linli', true])
    const stays = ok(await setServer({ ...plain(), user: 'linli', sender_name: '邻里' }))
    assert.equal(stays.has_password, true)
    assert.deepEqual(faults(await setServer({ ...plain(), user: 'linli', host: 'localhost' })), { password: 'required' }, 'it goes to no other server')
    assert.deepEqual(faults(await setServer({ ...plain(), user: 'other' })), { password: 'required' })
    const everything = seen.text + JSON.stringify(ok(await d.audit.get('/audit', { query: { limit: 200 } }))) + server.log()
    assert.ok(!everything.includes('hunter2'))
    assert.ok(!storedIn(server.dir).includes('hunter2'))
    ok(await setServer(plain()))
  })
})

describe('an address', () => {
  it('gets nothing but a code before it is confirmed', async () => {
    const own = ok(await d.secretary.put('/mail/address', { address: 'secretary@example.org' }))
    assert.deepEqual([own.confirmed, own.address, own.code_until > Date.now()], [false, 'secretary@example.org', true])
    const mail = await box.next('secretary@example.org')
    assert.equal(mail.headers.subject, '确认您的邮箱')
    assert.ok(!('list-unsubscribe' in mail.headers))
    await report({ at: inGrid(1), category: undefined })
    await until(async () => ok(await d.secretary.get('/notices')).items.length > 0)
    await sleep(1000)
    assert.equal(box.mails.length, 0)
    assert.equal(sql('SELECT count(*) FROM mail_item'), '0')
    for (let i = 0; i < 5; i++) assert.deepEqual(faults(await d.secretary.post('/mail/confirm', { code: 'AAAAAAAA' })), { code: 'mail_code' })
    const code = /^ {4}(\S+)\r$/m.exec(mail.text)[1]
    assert.deepEqual(faults(await d.secretary.post('/mail/confirm', { code })), { code: 'mail_code' }, 'after five wrong ones even the right one is')
    assert.deepEqual(faults(await d.secretary.post('/mail/confirm', {})), { code: 'required' })
  })

  it('is one, and is given by the person alone', async () => {
    for (const address of ['x', 'a@b', 'a@b.cn\r\nBcc: c@d.e', '"a b"@c.de', 'a@b.cn,c@d.ee', '路@b.cn'])
      assert.equal((await d.secretary.put('/mail/address', { address })).status, 422, address)
    refused(await server.client().put('/mail/address', { address: 'a@b.cn' }), 401, 'not_signed_in')
    const { token } = ok(await d.secretary.post('/tokens', { name: 't', permissions: ['signed_in'] }), 201)
    refused(await server.client({ bearer: token }).put('/mail/address', { address: 'a@b.cn' }), 403, 'not_allowed')
    refused(await server.client({ bearer: token }).get('/mail'), 403, 'not_allowed')
    refused(await d.neighbour.put('/mail', { work: 'off', deadlines: 'off', own: 'off', followed: 'off', other: 'off', daily_hour: 8, quiet: false }), 404, 'not_found')
    refused(await d.neighbour.delete('/mail'), 404, 'not_found')
  })

  it('is written nowhere in the clear', async () => {
    await confirmed(d.gridWorker, 'worker-in-secret@example.org')
    const everything = JSON.stringify(ok(await d.audit.get('/audit', { query: { limit: 200 } }))) + server.log() + JSON.stringify(await deliveries()) + sql('SELECT * FROM delivery')
    assert.ok(!everything.includes('worker-in-secret'))
    assert.ok(!storedIn(server.dir).includes('worker-in-secret'))
    ok(await d.gridWorker.delete('/mail'), 204)
  })

  it('is sent five codes an hour, no more', async () => {
    const who = await server.user({ name: '很急的人' })
    for (let i = 0; i < 5; i++) ok(await who.put('/mail/address', { address: 'hurry@example.org' }))
    refused(await who.put('/mail/address', { address: 'hurry@example.org' }), 429, 'too_many')
    const other = await server.user({ name: '另一个人' })
    refused(await other.put('/mail/address', { address: 'Hurry@example.org' }), 429, 'too_many')
  })
})

describe('a message', () => {
  it('goes at once to who wants it so, with a way out', async () => {
    const own = await confirmed(d.lamps, 'lamps@example.org', { work: 'at_once' })
    assert.deepEqual([own.confirmed, own.work], [true, 'at_once'])
    const one = await dispatched()
    const mail = await box.next('lamps@example.org')
    assert.equal(mail.headers.subject, `派给你们的事项，请签收：${one.code} 路灯不亮`)
    assert.ok(mail.text.includes(`${SITE}/desk/cases/${one.id}\r\n`), mail.text)
    const link = /<(.*)>/.exec(mail.headers['list-unsubscribe'])[1]
    assert.match(link, /^https:\/\/linli\.example\.org\/stop\/[\w-]{32}$/)
    assert.equal(mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
    assert.ok(mail.text.includes(link))
    assert.equal(mail.headers['message-id'].split('@')[1], 'example.org>')
    for (const line of mail.raw.split('\r\n')) assert.ok(line.length <= 200 && /^[\x09\x20-\x7e]*$/.test(line), line)
    const sent = await until(async () => (await deliveries({ state: 'delivered' })).find((row) => row.kind === 'case.dispatched'))   /* noted after it was taken */
    assert.deepEqual([sent.object, sent.channel], [one.id, 'mail'])
  })

  it('of who reported and who follows leads to the public page, in their language', async () => {
    await confirmed(d.resident, 'zhang@example.org', { own: 'at_once', followed: 'off' })
    ok(await d.neighbour.patch('/account', { locale: 'en' }), 204)
    await confirmed(d.neighbour, 'li@example.org', { followed: 'at_once' })
    const one = ok(await d.resident.post('/cases', { text: '张三家门口的路灯', category: d.category('路灯异常').id, at: inGrid(1) }), 201)
    ok(await d.neighbour.post(`/follows/${one.code}`), 201)
    ok(await d.dispatcher.post(`/cases/${one.id}/accept`, {}, { version: one.version }))
    const mine = await box.next('zhang@example.org'), followed = await box.next('li@example.org')
    assert.equal(mine.headers.subject, `您反映的 ${one.code} 已受理`)
    assert.equal(followed.headers.subject, `${one.code}, which you follow, was accepted`)
    for (const mail of [mine, followed]) assert.ok(mail.text.includes(`${SITE}/c/${one.code}\r\n`) && !mail.text.includes('/desk/') && !mail.text.includes('张三'), mail.text)
  })

  it('is never a header, whatever it says', async () => {
    await dispatched({ text: '路灯\t=?UTF-8?B?eA==?= Bcc: victim@example.org', reporter_name: 'x', contact: '13912345678' })
    const mail = await box.next('lamps@example.org')
    assert.deepEqual(mail.to, ['lamps@example.org'])
    assert.ok(!('bcc' in mail.headers))
    assert.match(mail.headers.subject, /=\?UTF-8\?B\?eA==\?= Bcc: victim/)
    assert.ok(!mail.raw.includes('13912345678') && !mail.text.includes('13912345678'))
    ok(await setServer({ ...plain(), sender_name: 'Li"nli" <x@y.z>, 邻里' }))
    ok(await d.admin.post('/mail/server/test', { to: 'b@example.org' }))
    assert.equal((await box.next('b@example.org')).headers.from, 'Li"nli" <x@y.z>, 邻里 <linli@example.org>')
    ok(await setServer(plain()))
  })
})

describe('once a day', () => {
  it('the messages of the day come in one mail, and not before', async () => {
    const own = ok(await d.lamps.get('/mail'))
    ok(await d.lamps.put('/mail', { ...pick(own), work: 'daily' }, { version: own.version }))
    box.mails.length = 0   /* the codes of those in a hurry */
    const codes = []
    for (let i = 0; i < 3; i++) codes.push((await dispatched()).code)
    await until(() => sql('SELECT count(*) FROM mail_item') === '3')
    const due = new Date(Number(sql('SELECT max(due_at) FROM mail_item')) + 8 * 3600_000)
    assert.deepEqual([due.getUTCHours(), due.getUTCMinutes()], [8, 0], 'at eight in the morning, there')
    await sleep(500)
    assert.equal(box.mails.length, 0)
    sql(`UPDATE mail_item SET due_at = ${Date.now() - 1000}`)
    const mail = await box.next('lamps@example.org', 20_000)
    assert.equal(mail.headers.subject, '枫桥区：3 条消息')
    for (const code of codes) assert.ok(mail.text.includes(code))
    await sleep(300)
    assert.equal(box.mails.length, 0, 'one mail')
    assert.equal(sql('SELECT count(*) FROM mail_item'), '0')
  })

  it('and quiet hours put off what comes at once', async () => {
    const own = ok(await d.lamps.get('/mail'))
    const hour = new Date(Date.now() + 8 * 3600_000).getUTCHours()
    assert.deepEqual(faults(await d.lamps.put('/mail', { ...pick(own), quiet: true, quiet_from: 3, quiet_to: 3 }, { version: own.version })), { quiet_to: 'period' })
    assert.deepEqual(faults(await d.lamps.put('/mail', { ...pick(own), work: 'often', daily_hour: 24 }, { version: own.version })), { work: 'not_a_choice', daily_hour: 'too_big' })
    ok(await d.lamps.put('/mail', { ...pick(own), work: 'at_once', quiet: true, quiet_from: hour, quiet_to: (hour + 2) % 24 }, { version: own.version }))
    refused(await d.lamps.put('/mail', pick(own), { version: own.version }), 409, 'stale_version')
    await dispatched()
    await until(() => sql('SELECT count(*) FROM mail_item') === '1')
    const wait = Number(sql('SELECT due_at FROM mail_item')) - Date.now()
    assert.ok(wait > 3600_000 - 60_000 && wait <= 2 * 3600_000, String(wait))
    await sleep(500)
    assert.equal(box.mails.length, 0)
  })
})

describe('the way out', () => {
  const stop = (token, options) => server.client().post(`//stop/${token}`, 'List-Unsubscribe=One-Click', { type: 'application/x-www-form-urlencoded', ...options })

  it('asks for nothing but the link', async () => {
    const own = ok(await d.lamps.get('/mail'))
    ok(await d.lamps.put('/mail', { ...pick(own), work: 'at_once', quiet: false }, { version: own.version }))
    await dispatched()
    const { headers } = await box.next('lamps@example.org')
    const token = /stop\/(.*)>/.exec(headers['list-unsubscribe'])[1]
    const page = await server.client().get(`//stop/${token}`, { headers: { Accept: 'text/html' } })
    assert.ok([200, 404].includes(page.status) && ok(await d.lamps.get('/mail')).work === 'at_once', 'opening the link stops nothing: programs open links too')
    refused(await stop('x'.repeat(32)), 404, 'not_found')
    ok(await stop(token), 204)
    const after = ok(await d.lamps.get('/mail'))
    assert.deepEqual([after.work, after.deadlines, after.own, after.followed, after.other, after.confirmed], ['off', 'off', 'off', 'off', 'off', true])
    assert.ok(after.stopped_at > Date.now() - 60_000)
    assert.equal(sql('SELECT count(*) FROM mail_item'), '0')
    ok(await stop(token), 204)
    ok(await server.client().post(`//stop/${token}`), 204)   /* without a body, as some programs do */
    await dispatched()
    await sleep(1000)
    assert.equal(box.mails.length, 0)
    assert.ok(ok(await d.audit.get('/audit', { query: { limit: 50 } })).items.some((row) => row.action === 'mail.stop'))
    assert.ok(!server.log().includes(token))
  })
})

describe('what cannot be sent', () => {
  it('for good is given up at once and shown; for now is tried again', async () => {
    await set('deliver.first_wait_seconds', 1)
    await confirmedBy(d.drains, 'nobody.drains@example.org')
    ok(await server.client().post('/cases', { text: '箅子坏了', category: d.category('雨水箅子异常').id, at: inGrid(1) }), 201)
    const [dead] = await until(async () => { const rows = await deliveries({ state: 'given_up' }); return rows.length && rows })
    assert.deepEqual([dead.kind, dead.tries, dead.answer, dead.problem], ['case.dispatched', 1, 550, 'the mail server refused it'])
    await confirmedBy(d.drains, 'later.drains@example.org')
    ok(await server.client().post('/cases', { text: '箅子又坏了', category: d.category('雨水箅子异常').id, at: inGrid(1) }), 201)
    const [waits] = await until(async () => { const rows = await deliveries({ state: 'waiting' }); return rows.length && rows[0].tries >= 2 && rows })
    assert.deepEqual([waits.answer, waits.problem], [451, 'the mail server refused it'])
    ok(await d.drains.delete('/mail'), 204)
    const gone = await until(async () => (await deliveries({ state: 'given_up' })).find((row) => row.id === waits.id), 20_000)
    assert.equal(gone.problem, 'there is nobody to send it to any more')
  })

  it('waits for a server that is down', async () => {
    await confirmedBy(d.drains, 'drains@example.org')
    const port = box.port
    await box.close()
    ok(await server.client().post('/cases', { text: '箅子坏了', category: d.category('雨水箅子异常').id, at: inGrid(1) }), 201)
    const row = await until(async () => (await deliveries({ state: 'waiting' })).find((one) => one.tries >= 1), 20_000)
    assert.equal(row.problem, 'nobody answers there')
    box = await mailbox({ port })
    const mail = await box.next('drains@example.org', 30_000)
    assert.ok(mail.headers['message-id'].startsWith(`<${row.id}.`), 'the same mail, by the same name')
  })
})

describe('encryption and signing in', () => {
  let dir, tls
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'linli-mail-'))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem'), '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' })
    tls = { key: readFileSync(join(dir, 'key.pem'), 'utf8'), cert: readFileSync(join(dir, 'cert.pem'), 'utf8') }
  })
  after(() => rmSync(dir, { recursive: true, force: true }))
  const tried = async (body, to) => {
    ok(await setServer({ host: 'localhost', sender: 'linli@example.org', ...body }))
    const { sent, problem, answer } = ok(await d.admin.post('/mail/server/test', { to }))
    return [sent, problem, answer]
  }

  for (const [security, secure] of [['starttls', false], ['tls', true]])
    it(`${security}: with a certificate that is trusted, the right password, and not otherwise`, async () => {
      const other = await mailbox({ tls, secure, user: 'linli', password: '密码 with "quotes"' })
      const login = { user: 'linli', password: '密码 with "quotes"' }
      const base = { port: other.port, security }
      try {
        assert.deepEqual(await tried({ ...base, ...login, authority: tls.cert }, 't@example.org'), [true, null, 250])
        assert.equal((await other.next('t@example.org')).headers.subject, '试发邮件')
        assert.equal(other.seen.secure, 1)
        assert.deepEqual(await tried({ ...base, ...login, password: 'wrong', authority: tls.cert }, 't@example.org'), [false, 'user name or password is refused', 535])
        assert.deepEqual((await tried({ ...base, ...login }, 't@example.org')).slice(0, 2), [false, 'its certificate is not trusted'])
        assert.equal(other.mails.length, 0)
      } finally {
        await other.close()
      }
    })

  it('a server that does not encrypt gets nothing when it was to', async () => {
    const other = await mailbox({ user: 'linli', password: 'p' })
    try {
      const [sent, problem] = await tried({ port: other.port, security: 'starttls', user: 'linli', password: 'p' }, 't@example.org')
      assert.deepEqual([sent, problem], [false, 'no encrypted connection'])
      assert.deepEqual(other.seen.logins, [], 'the password least of all')
    } finally {
      await other.close()
    }
  })
})

const pick = ({ work, deadlines, own, followed, other, daily_hour, quiet, quiet_from, quiet_to }) => ({ work, deadlines, own, followed, other, daily_hour, quiet, quiet_from, quiet_to })
/** A report that came to the lighting department: its row, as the dispatcher sees it. */
async function dispatched(body) {
  const { code } = await report(body)
  const page = ok(await d.dispatcher.get('/cases', { query: { text: code } })).items[0]
  ok(await d.dispatcher.post(`/cases/${page.id}/accept`, {}, { version: page.version }))
  ok(await d.dispatcher.post(`/cases/${page.id}/dispatch`, { org: d.orgs.lighting }, { version: page.version + 1 }))
  return page
}
/** Confirms an address whose server takes no code: by what is stored. */
async function confirmedBy(person, address) {
  ok(await person.put('/mail/address', { address }))
  if (!/^(nobody|later)/.test(address)) await box.next(address)
  sql(`DELETE FROM delivery WHERE kind = 'mail.confirm'`)
  sql(`UPDATE mail_address SET confirmed_at = 1, code_enc = NULL, work = 2 WHERE confirmed_at IS NULL`)
}
