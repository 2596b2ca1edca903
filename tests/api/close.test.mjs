/* The end of a district: closed in all processes within two seconds, opened again, erased for good; the other district never notices. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine } from './support/district.mjs'
import { databaseEnv, onPostgres, rowsOf } from './support/database.mjs'
import { build, folder, run, sleep, startServer, until } from './support/server.mjs'

const password = 'Correct horse 47 battery'
const own = folder('linli-close-')
const linli = join(build, 'linli')
const data = join(own.path, 'd')
const file = (name) => join(own.path, name)
let server, second, tables

const cli = (...words) => run(linli, [...words, '--data', data], { input: password + '\n' })
const must = async (...words) => {
  const r = await cli(...words)
  assert.equal(r.code, 0, `${words.join(' ')}: ${r.err}`)
  return r
}
const refuse = async (code, why, ...words) => {
  const r = await cli('tenant', ...words)
  assert.equal(r.code, code, `${words.join(' ')}: ${r.out}${r.err}`)
  assert.match(r.err, why)
}
const exported = (name) => must('export', 'tenant', file(`${name}.linli`), '--tenant', 'two', '--keys', file(`${name}.keys`))
const two = (from = server) => from.client({ url: `http://localhost:${from.port}` })
const listed = async (code) => JSON.parse((await must('tenant', 'list', '--json')).out).find((t) => t.code === code)

/** One request as a browser asks: {status, type, text}. */
const page = (from, path, headers = {}) => new Promise((done, no) => {
  request({ port: from.port, host: '127.0.0.1', path, headers: { Host: 'localhost', Accept: 'text/html', ...headers } }, (answer) => {
    let text = ''
    answer.on('data', (piece) => (text += piece))
    answer.on('end', () => done({ status: answer.statusCode, type: answer.headers['content-type'], text }))
  }).on('error', no).end()
})

/** A digest of all rows of a district, and of its files. What goes on by itself in one that is open (jobs, sessions looked at) is left out. */
function digest(tenant) {
  const of = createHash('sha256')
  for (const t of tables.filter((name) => !['job', 'session', 'counter', 'attempt', 'outbox', 'notice'].includes(name)))
    of.update(`${t}\n`).update(JSON.stringify(rowsOf(data, `SELECT * FROM ${t} WHERE tenant_id = ${tenant}`).map((r) => JSON.stringify(r)).sort()))
  const walk = (path) => readdirSync(path, { withFileTypes: true }).forEach((e) => (e.isDirectory() ? walk(join(path, e.name)) : of.update(`${e.name} ${statSync(join(path, e.name)).size}\n`)))
  walk(tenant === 1 ? join(data, 'files') : join(data, `tenants/${tenant}/files`))
  return of.digest('hex')
}
const left = (tenant) => tables.map((t) => [t, Number(rowsOf(data, `SELECT COUNT(*) AS n FROM ${t} WHERE tenant_id = ${tenant}`)[0].n)]).filter(([, n]) => n > 0)

before(async () => {
  await must('demo', '--cases', '60', '--seed', '7')
  await must('demo', '--cases', '500', '--seed', '8', '--host', 'localhost', '--code', 'two')
  for (const which of ['demo', 'two']) await must('user', 'add', '--tenant', which, '--name', '管理', '--sign-in-name', 'guanli', '--role', 'system_admin', '--password-stdin')
  server = await startServer({ dir: data })
  second = await startServer({ dir: data, args: ['--node', '2'] })
  /* Every table with a district's rows, as the engine itself has them. */
  tables = rowsOf(data, onPostgres ? "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'tenant_id' AND table_schema = 'public'"
    : "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'tenant_id' WHERE m.type = 'table' AND m.name NOT LIKE 'search_case%'").map((r) => r.name)
  assert.ok(tables.length > 90, `${tables.length} tables`)
})
after(async () => {
  await server?.stop()
  await second?.stop()
  own.remove()
})

let admin
describe('closing', () => {
  test('wants an export of this very district, whole, or its name typed out', async () => {
    await exported('first')
    await must('export', 'tenant', file('other.linli'), '--tenant', 'demo', '--keys', file('other.keys'))
    await refuse(2, /usage/, 'close', '--tenant', 'two')
    await refuse(2, /usage/, 'close', '--export', file('first.linli'))
    await refuse(1, /no such file/, 'close', '--tenant', 'two', '--export', file('none.linli'))
    await refuse(1, /not an export of this district/, 'close', '--tenant', 'two', '--export', file('other.linli'))
    await refuse(1, /typed as it is/, 'close', '--tenant', 'two', '--without-export', 'two')
    await refuse(2, /address/, 'close', '--tenant', 'two', '--export', file('first.linli'), '--moved-to', 'javascript:alert(1)')
    await refuse(2, /address/, 'close', '--tenant', 'two', '--export', file('first.linli'), '--moved-to', 'https://x.org/"><script>')
    await refuse(1, /it is open/, 'reopen', '--tenant', 'two')
    await refuse(1, /it is open/, 'remove', '--tenant', 'two', '--export', file('first.linli'), '--keys', file('first.keys'))
    await refuse(1, /no such district/, 'close', '--tenant', 'nowhere', '--without-export', 'x')
    assert.equal((await listed('two')).closed_at, undefined)
  })

  test('ends it in all processes within two seconds: pages, API, sessions, jobs', async () => {
    admin = await two().signIn('guanli', password)
    const elsewhere = await two(second).signIn('guanli', password)
    const began = Date.now()
    await must('tenant', 'close', '--tenant', 'two', '--export', file('first.linli'), '--moved-to', 'https://new.example.org/two')
    const closed = Date.now()
    await until(async () => (await admin.get('/session')).status === 410 && (await elsewhere.get('/session')).status === 410, 2500)
    console.log(`# closed in both processes ${Date.now() - closed} ms after the command ended (${closed - began} ms)`)
    for (const from of [server, second]) {
      for (const path of ['/', '/desk/cases', '/report']) {
        const seen = await page(from, path)
        assert.equal(seen.status, 410, path)
        assert.match(seen.type, /^text\/html/)
        assert.match(seen.text, /已不在这里办理[^]*served here no more/)
        assert.equal(seen.text.match(/href="https:\/\/new\.example\.org\/two"/g).length, 2)
      }
      const answer = await two(from).post('/cases', { text: '路灯不亮', address: '东街 12 号' })
      assert.deepEqual([answer.status, answer.body.code, answer.body.detail], [410, 'district_closed', 'https://new.example.org/two'])
      assert.equal((await two(from).get('//healthz')).status, 200)
      assert.equal((await from.client().get('/demo')).status, 200, 'the other goes on')
      await until(() => /state"?[=:]"?closed/.test(from.log()), 3000)
    }
    assert.equal(rowsOf(data, 'SELECT COUNT(*) AS n FROM session WHERE tenant_id = 2 AND ended_at IS NULL')[0].n, 0)
    const jobs = () => JSON.stringify(rowsOf(data, 'SELECT * FROM job WHERE tenant_id = 2').map((r) => JSON.stringify(r)).sort())
    /* One that is due again in both districts is begun in the open one. */
    server.sql("DELETE FROM job WHERE kind = 'agreement.remind'")
    const waiting = jobs()
    await until(() => Number(rowsOf(data, "SELECT COUNT(*) AS n FROM job WHERE tenant_id = 1 AND kind = 'agreement.remind'")[0].n) > 0)
    assert.equal(jobs(), waiting, 'nothing works for it')
    await refuse(1, /closed already/, 'close', '--tenant', 'two', '--export', file('first.linli'))
    assert.ok((await listed('two')).closed_at > 0)
  })

  test('a process that begins now serves it no more either; one with nothing but closed districts says so', async () => {
    const third = await startServer({ dir: data, args: ['--node', '3'] })
    assert.equal((await page(third, '/')).status, 410)
    assert.equal((await third.client().get('/demo')).status, 200)
    await third.stop()
  })

  test('it can be opened again: nothing is lost, everybody signs in anew', async () => {
    const before_ = digest(2)
    await must('tenant', 'reopen', '--tenant', 'two')
    await until(async () => (await two().get('/demo')).status === 200 && (await two(second).get('/demo')).status === 200, 4000)
    assert.equal((await admin.get('/session')).status, 401)
    await two().signIn('guanli', password)
    assert.notEqual(before_, '')
    await must('audit', 'verify', '--tenant', 'two')
    const story = rowsOf(data, "SELECT action FROM audit WHERE tenant_id = 2 AND action LIKE 'tenant.%' ORDER BY seq").map((r) => r.action)
    assert.deepEqual(story.slice(-2), ['tenant.close', 'tenant.reopen'])
  })

  test('a backup brings a closed one back as closed', async () => {
    await must('tenant', 'close', '--tenant', 'two', '--without-export', '示范区', '--moved-to', 'https://new.example.org/two')
    await must('backup', file('all.linli'), '--keys', file('all.keys'))
    const there = folder('linli-close-back-')
    const r = await run(linli, ['restore', file('all.linli'), '--keys', file('all.keys'), '--data', join(there.path, 'd')])
    assert.equal(r.code, 0, r.err)
    const seen = JSON.parse((await run(linli, ['tenant', 'list', '--json', '--data', join(there.path, 'd')])).out)
    assert.deepEqual(seen.map((t) => [t.code, t.moved_to]), [['demo', undefined], ['two', 'https://new.example.org/two']])
    there.remove()
  })
})

describe('erasing', () => {
  let first, photos
  test('wants an export of the district as it lies now, with its keys', async () => {
    await refuse(2, /usage/, 'remove', '--tenant', 'two')
    await refuse(1, /changed since/, 'remove', '--tenant', 'two', '--export', file('first.linli'), '--keys', file('first.keys'))
    await exported('last')
    await refuse(1, /not an export of this district/, 'remove', '--tenant', 'two', '--export', file('other.linli'), '--keys', file('other.keys'))
    await refuse(1, /keys/, 'remove', '--tenant', 'two', '--export', file('last.linli'))
    await refuse(1, /not the keys/, 'remove', '--tenant', 'two', '--export', file('last.linli'), '--keys', file('other.keys'))
    await refuse(1, /typed as it is/, 'remove', '--tenant', 'two', '--without-export', '示范')
    assert.ok(left(2).length > 30)
    assert.deepEqual(readdirSync(own.path).filter((name) => /now/.test(name)), [])
  })

  test('killed in the middle it is half gone and stays closed; the same command goes on', async () => {
    first = digest(1)
    photos = readdirSync(join(data, 'files')).length
    const whole = left(2).reduce((n, [, rows]) => n + rows, 0)
    const rows = () => Number(rowsOf(data, 'SELECT COUNT(*) AS n FROM case_event WHERE tenant_id = 2')[0].n) + Number(rowsOf(data, 'SELECT COUNT(*) AS n FROM cases WHERE tenant_id = 2')[0].n)
    const at = rows(), args = ['tenant', 'remove', '--tenant', 'two', '--export', file('last.linli'), '--keys', file('last.keys'), '--data', data]
    const child = spawn(linli, args, { env: { ...process.env, ...databaseEnv(args) }, stdio: 'ignore' })
    let ended
    const over = new Promise((done) => child.on('close', (code, signal) => done((ended = signal ?? code))))
    for (let gone = false; !gone && ended === undefined;) {   // it stands still while somebody looks, however long that takes
      await sleep(100)
      child.kill('SIGSTOP')
      gone = rows() < at
      child.kill(gone ? 'SIGKILL' : 'SIGCONT')
    }
    assert.equal(await over, 'SIGKILL')
    if (onPostgres)   // a server ends what it was sent before it sees that nobody is there any more
      await until(() => Number(rowsOf(data, "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'")[0].n) === 0, 20_000)
    const now = left(2).reduce((n, [name, count]) => n + (name === 'search_case' ? 0 : count), 0)   // words go with their cases and are counted with them
    assert.ok(now > 0 && now < whole, `${now} of ${whole} rows left`)
    assert.equal((await page(server, '/')).status, 410)
    await refuse(1, /no way back/, 'reopen', '--tenant', 'two')
    const done = JSON.parse((await must('tenant', 'remove', '--tenant', 'two', '--json')).out)
    assert.equal(done.removed, 'two')
    assert.ok(done.rows >= now - 5, `${done.rows} of ${now}`)
  })

  test('nothing of it is left in any table, in the index, in the folder; its number is given to nobody again', async () => {
    assert.deepEqual(left(2), [])
    if (onPostgres) assert.equal(rowsOf(data, 'SELECT COUNT(*) AS n FROM search_case WHERE tenant_id = 2')[0].n, 0)
    else assert.ok(!JSON.stringify(rowsOf(data, 'SELECT hex(block) AS b FROM search_case_data')).includes('EE808332EE8083'), 'a word of it is in the index')
    assert.ok(!existsSync(join(data, 'tenants/2')))
    assert.equal(rowsOf(data, 'SELECT COUNT(*) AS n FROM host WHERE district = 2')[0].n, 0)
    assert.equal(await listed('two'), undefined)
    await until(async () => (await page(server, '/api/v1/demo')).status === 200 && (await page(second, '/api/v1/demo')).status === 200, 4000)   // the name is the first's again
    const next = JSON.parse((await must('tenant', 'create', '--host', 'localhost', '--name', '丙区', '--code', 'three', '--json')).out)
    assert.equal(next.number, 3)
  })

  test('the other district is what it was, row by row and photo by photo; it finds its cases', async () => {
    assert.equal(digest(1), first)
    assert.equal(readdirSync(join(data, 'files')).length, photos)
    const doctor = await cli('doctor', '--tenant', 'demo')
    assert.equal(doctor.code, 0, doctor.out + doctor.err)
    await must('audit', 'verify', '--tenant', 'demo')
  })

  test('what was erased comes back whole from its export', async () => {
    await must('import', 'tenant', file('last.linli'), '--keys', file('last.keys'), '--host', 'back.example.org')
    const back = await listed('two')
    assert.deepEqual([back.number, back.hosts], [4, ['back.example.org']])
    assert.equal(Number(rowsOf(data, 'SELECT COUNT(*) AS n FROM cases WHERE tenant_id = 4')[0].n), 500)
    await must('audit', 'verify', '--tenant', 'two')
  })
})

test('an installation whose every district is closed says so under every name', async () => {
  const alone = folder('linli-close-one-')
  const only = (...words) => run(linli, [...words, '--data', alone.path])
  assert.equal((await only('init', '--name', '独区')).code, 0)
  assert.equal((await only('tenant', 'close', '--tenant', '1', '--without-export', '独区')).code, 0)
  const one = await startServer({ dir: alone.path })
  const seen = await page(one, '/')
  assert.equal(seen.status, 410)
  assert.doesNotMatch(seen.text, /href/)
  assert.equal((await only('tenant', 'remove', '--tenant', '1', '--without-export', '独区')).code, 0)
  assert.ok(existsSync(join(alone.path, 'linli.db')) || onPostgres)
  assert.ok(!existsSync(join(alone.path, 'keys')) && !existsSync(join(alone.path, 'files')))
  await until(async () => (await page(one, '/')).status === 421, 4000)
  await one.stop()
  alone.remove()
})
