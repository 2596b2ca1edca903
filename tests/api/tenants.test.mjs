/* Several districts in one installation: made on the terminal, found by their host names, served without a restart, apart from each other. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fine } from './support/district.mjs'
import { startServer, until } from './support/server.mjs'

const password = 'Correct horse 47 battery'
let server

/** One request under any host name: {status, body}. */
const under = (host, path, headers = {}) =>
  new Promise((done, no) => {
    const sent = request({ port: server.port, host: '127.0.0.1', path, headers: { Host: host, ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (piece) => (text += piece))
      answer.on('end', () => done({ status: answer.statusCode, text, body: /json/.test(answer.headers['content-type']) ? JSON.parse(text) : null }))
    })
    sent.on('error', no)
    sent.end()
  })
const named = async (host) => (await under(host, '/api/v1/demo')).status
const tenants = async () => JSON.parse((await server.must('tenant', 'list', '--json')).out)

before(async () => {
  server = await startServer({ name: '甲区' })
})
after(() => server?.stop())

describe('a single district', () => {
  test('answers to every name, as if there were no names', async () => {
    for (const host of ['127.0.0.1', 'localhost', 'whatever.example.org:8443', '[::1]']) assert.equal(await named(host), 200, host)
    assert.deepEqual(await tenants(), [{ number: 1, code: 'district', name: '甲区', time_zone: 'Asia/Shanghai', hosts: [] }])
  })
})

describe('a second district', () => {
  test('is served under its name within two seconds, and the first goes on under every other', async () => {
    const made = JSON.parse((await server.must('tenant', 'create', '--host', 'B.Example.org', '--name', '乙区', '--json')).out)
    assert.deepEqual(made, { number: 2, code: 'b', host: 'b.example.org' })
    await server.must('user', 'add', '--tenant', 'b', '--name', '乙管', '--sign-in-name', 'admin', '--role', 'system_admin', '--password-stdin', { input: password + '\n' })
    await server.must('user', 'add', '--tenant', 'district', '--name', '甲管', '--sign-in-name', 'admin', '--role', 'system_admin', '--password-stdin', { input: password + '\n' })
    await server.must('tenant', 'add-host', '--tenant', 'b', 'localhost')
    const two = server.client({ url: `http://localhost:${server.port}` }), one = server.client()
    const people = async () => ((await two.signIn('admin', password).catch(() => null)) && (await two.get('/people')).body.items?.map((p) => p.name).join()) === '乙管'
    await until(people, 4000)
    await one.signIn('admin', password)
    const names = async (client) => fine(await client.get('/people')).items.map((p) => p.name)
    assert.deepEqual(await names(one), ['甲管'])
    assert.deepEqual(await names(two), ['乙管'])
  })

  test('a name is taken without its port, its case and its last dot', async () => {
    const root = async (host) => (await under(host, '/v/AAAA')).text
    const own = await root('b.example.org')
    assert.match(own, /乙区/)
    for (const host of ['B.EXAMPLE.ORG:8443', 'b.example.org.', 'localhost']) assert.equal(await root(host), own, host)
    for (const host of ['a.b.example.org', 'xb.example.org', '127.0.0.1']) assert.match(await root(host), /甲区/, host)
  })

  test('a session of one is nobody in the other', async () => {
    const one = await server.client().signIn('admin', password)
    const cookie = [...one.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    assert.equal((await under('127.0.0.1', '/api/v1/session', { Cookie: cookie })).status, 200)
    assert.equal((await under('localhost', '/api/v1/session', { Cookie: cookie })).status, 401)
    assert.equal((await under('b.example.org', '/api/v1/session', { Cookie: cookie })).status, 401)
  })

  test('has a folder and keys of its own', () => {
    for (const name of ['keys', 'files', 'jobs']) assert.ok(existsSync(join(server.dir, 'tenants/2', name)), name)
  })

  test('commands ask which district is meant', async () => {
    const vague = await server.cli('user', 'list')
    assert.equal(vague.code, 1)
    assert.match(vague.err, /--tenant/)
    for (const which of ['b', '2', 'b.example.org']) assert.match((await server.must('user', 'list', '--tenant', which)).out, /admin/)
    assert.equal((await server.cli('user', 'list', '--tenant', 'nowhere')).code, 1)
    for (const which of ['district', 'b']) await server.must('audit', 'verify', '--tenant', which)
  })

  test('its settings, its work and its audit are its own', async () => {
    const one = await server.client().signIn('admin', password)
    const two = await server.client({ url: `http://localhost:${server.port}` }).signIn('admin', password)
    const days = async (client) => fine(await client.get('/settings')).items.find((s) => s.key === 'case.reopen_days').value
    const before_ = await days(one)
    fine(await two.put('/settings/case.reopen_days', { value: before_ + 3 }), 204)
    assert.equal(await days(two), before_ + 3)
    assert.equal(await days(one), before_)
  })
})

describe('names', () => {
  test('given to the first district, unknown ones are answered 421', async () => {
    await server.must('tenant', 'add-host', '--tenant', '1', '127.0.0.1')
    await until(async () => (await named('other.example.org')) === 421, 4000)
    const answer = await under('other.example.org', '/api/v1/demo')
    assert.equal(answer.body.code, 'no_district')
    assert.equal((await under('other.example.org', '/')).status, 421)
    assert.equal((await under('other.example.org', '/readyz', { Cookie: 'linli=x' })).status, 200)
    assert.equal((await under('other.example.org', '/healthz')).status, 200)
    assert.equal(await named('127.0.0.1'), 200)
    assert.equal(await named('b.example.org'), 200)
  })

  test('taken, wrong and last ones are refused, and nothing is changed', async () => {
    const before_ = await tenants()
    const refused = async (code, ...words) => {
      const answer = await server.cli('tenant', ...words)
      assert.equal(answer.code, code, `${words.join(' ')}: ${answer.err}`)
      assert.ok(answer.err)
    }
    await refused(1, 'create', '--host', 'b.example.org', '--name', '丙区', '--code', 'c')
    await refused(1, 'create', '--host', 'c.example.org', '--name', '丙区', '--code', 'b')
    await refused(2, 'create', '--host', 'c example', '--name', '丙区')
    await refused(2, 'create', '--host', 'c.example.org')
    await refused(2, 'create', '--host', 'c.example.org', '--name', '丙区', '--time-zone', 'Mars/Base')
    await refused(2, 'create', '--host', 'c.example.org', '--name', '丙区', '--code', 'Über')
    await refused(1, 'add-host', '--tenant', '1', 'localhost')
    await refused(1, 'add-host', '--tenant', 'nobody', 'n.example.org')
    await refused(1, 'remove-host', '--tenant', '1', 'localhost')
    await refused(2, 'remove-host', 'localhost')
    await refused(2, 'dance')
    assert.deepEqual(await tenants(), before_)
    await server.must('tenant', 'remove-host', '--tenant', '1', '127.0.0.1')
    await until(async () => (await named('other.example.org')) === 200, 4000)
    await server.must('tenant', 'remove-host', '--tenant', 'b', 'b.example.org')
    await refused(1, 'remove-host', '--tenant', 'b', 'localhost')   // both would be without a name
    await until(async () => (await named('b.example.org')) === 200, 4000)   // the first's again
  })
})
