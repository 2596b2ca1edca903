/* The audit record over HTTP and on the command line. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startServer } from './support/server.mjs'

let server, system, security, audit

const fine = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const rows = async (query) => fine(await audit.get('/audit', { query })).items

before(async () => {
  server = await startServer()
  system = await server.user({ role: 'system_admin', sign: 'system' })
  security = await server.user({ role: 'security_admin', sign: 'security' })
  audit = await server.user({ role: 'audit_admin', sign: 'audit' })
})
after(() => server?.stop())

describe('what is recorded', () => {
  test('sign-ins, refusals and changes: who, from where, what, before and after', async () => {
    await server.client().post('/session', { name: 'system', password: 'not it at all' })
    const person = fine(await system.post('/people', { name: '甲' }), 201)
    fine(await system.patch(`/people/${person.id}`, { name: '乙' }, { version: person.version }))
    const [change] = await rows({ object_kind: 'person', object_id: person.id, action: 'person.change' })
    assert.equal(change.account_id, system.me.user.id)
    assert.equal(change.account_name, system.me.user.name)
    assert.equal(change.remote, '127.0.0.1')
    assert.match(change.request_id, /^[0-9a-f]{16}$/)
    assert.deepEqual(change.detail, { name_before: '甲', name: '乙', contact: 'same' })
    assert.match(change.hash, /^[0-9a-f]{64}$/)
    const [refusal] = await rows({ action: 'session.refused' })
    assert.equal(refusal.account_id, null)
    assert.equal(refusal.object_id, system.me.user.id)
    const [begun] = await rows({ action: 'session.start', account: audit.me.user.id })
    assert.equal(begun.object_id, audit.me.user.id)
    const [made] = await rows({ action: 'account.add', object_id: audit.me.user.id })
    assert.equal(made.remote, null, 'made on the terminal')
  })

  test('nothing of a request that failed', async () => {
    const before = (await rows({}))[0].seq
    assert.equal((await system.post('/people', { name: '丙', contact: 'not a contact' })).status, 422)
    assert.equal((await security.post('/roles', { code: 'both', name_zh: 'x', name_en: 'x', permissions: ['audit.read', 'setting.manage'] })).status, 409)
    assert.equal((await rows({}))[0].seq, before)
  })
})

describe('reading', () => {
  test('page by page, newest first, without a gap', async () => {
    for (let i = 0; i < 12; i++) fine(await system.post('/people', { name: `人${i}` }), 201)
    const seen = []
    let after
    do {
      const page = fine(await audit.get('/audit', { query: { limit: 5, after } }))
      seen.push(...page.items.map((r) => r.seq))
      after = page.next
    } while (after)
    assert.deepEqual(seen, Array.from({ length: seen[0] }, (_, i) => seen[0] - i))
  })

  test('by action or its beginning, kind, object, account and time', async () => {
    const all = await rows({ limit: 500 })
    const by = async (query, keep) => assert.deepEqual((await rows({ ...query, limit: 500 })).map((r) => r.seq), all.filter(keep).map((r) => r.seq), JSON.stringify(query))
    await by({ action: 'person.' }, (r) => r.action.startsWith('person.'))
    await by({ action: 'person.add' }, (r) => r.action === 'person.add')
    await by({ action: 'person_add' }, () => false)
    await by({ object_kind: 'account' }, (r) => r.object_kind === 'account')
    await by({ account: system.me.user.id }, (r) => r.account_id === system.me.user.id)
    const middle = all[Math.floor(all.length / 2)].at
    await by({ from: middle }, (r) => r.at >= middle)
    await by({ to: middle }, (r) => r.at < middle)
    await by({ from: new Date(middle).toISOString(), action: 'person.' }, (r) => r.at >= middle && r.action.startsWith('person.'))
  })

  test('wrong filters are named', async () => {
    const faults = async (query) => (await audit.get('/audit', { query })).body.errors.map((e) => [e.field, e.code])
    assert.deepEqual(await faults({ limit: 501, from: 'yesterday', colour: 'red' }), [['limit', 'too_big'], ['from', 'wrong_type'], ['colour', 'unknown_field']])
    assert.deepEqual(await faults({ from: 2000, to: 1000 }), [['to', 'period']])
    assert.deepEqual(await faults({ after: 'aa' }), [['after', 'invalid']])
  })

  test('by the audit administrator alone; nobody changes it', async () => {
    for (const path of ['/audit', '/audit/export', '/audit/verify']) {
      assert.equal((await system.get(path)).status, 403, path)
      assert.equal((await security.get(path)).status, 403, path)
      assert.equal((await server.client().get(path)).status, 401, path)
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) assert.equal((await audit.request(method, '/audit')).status, 405)
  })
})

describe('the sheet', () => {
  test('opens in a spreadsheet, and cannot run anything there', async () => {
    fine(await system.post('/people', { name: '=HYPERLINK("http://x","y")' }), 201)
    await server.client({ headers: { 'User-Agent': 'x' } }).post('/session', { name: 'system', password: 'not it' })
    const answer = await audit.get('/audit/export', { query: { action: 'person.' } })
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type'), /^text\/csv/)
    assert.match(answer.headers.get('content-disposition'), /attachment/)
    const lines = answer.text.split('\r\n')
    assert.equal(lines[0], '\uFEFFseq,at,account_id,account_name,remote,request_id,action,object_kind,object_id,detail,hash')
    assert.equal(lines.length - 2, (await rows({ action: 'person.', limit: 500 })).length)
    assert.ok(lines.slice(1, -1).every((line) => /^\d+,\d{4}-\d\d-\d\dT[\d:.]+Z,/.test(line)))
    assert.ok(!/(^|,)"?[=+@-][A-Z]/m.test(answer.text))
    const [row] = await rows({ action: 'audit.export' })
    assert.deepEqual(row.detail, { rows: lines.length - 2 })
  })
})

describe('the chain', () => {
  const cli = (...words) => server.cli('audit', ...words)

  test('is whole, over HTTP and on the terminal', async () => {
    const seen = fine(await audit.get('/audit/verify'))
    assert.deepEqual([seen.ok, seen.bad, seen.problem], [true, 0, null])
    const head = (await cli('head')).out.trim()
    assert.match(head, /^\d+:[0-9a-f]{64}$/)
    assert.equal(head, fine(await audit.get('/audit/verify')).head)
    assert.equal((await cli('verify', '--head', head)).code, 0)
    assert.equal((await cli('verify', '--head', `1:${'0'.repeat(64)}`)).code, 1)
    const told = JSON.parse((await cli('verify', '--json')).out)
    assert.equal(told.ok, true)
    assert.equal((await cli('verify', 'nonsense')).code, 2)
    assert.equal((await cli('--help')).code, 0)
  })

  test('a row changed behind our back shows, and where', async () => {
    const [row] = await rows({ action: 'person.add' })
    server.sql(`UPDATE audit SET detail = '{}' WHERE seq = ${row.seq}`)
    const result = await cli('verify', '--json')
    assert.equal(result.code, 1)
    assert.deepEqual([JSON.parse(result.out).ok, JSON.parse(result.out).bad], [false, row.seq])
  })
})
