/* Several processes on one PostgreSQL, and a PostgreSQL that goes away: what one process changes the others know within two seconds, work is done
 * once, and everything goes on without a restart when the database is back. Skipped where PostgreSQL is not installed. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine } from './support/district.mjs'
import { build, folder, root, run, startServer, until } from './support/server.mjs'

const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
const cluster = folder('linli-cluster-')
const own = folder('linli-processes-')
const made = tool('start', cluster.path)
const skip = made.status === 77 && 'PostgreSQL is not installed'
const env = { LINLI_DB: made.stdout.trim() }
const password = 'Correct horse 47 battery'
let one, two, admin

describe('PostgreSQL', { skip }, () => {
  before(async () => {
    assert.equal(made.status, 0, made.stderr)
    const init = await run(join(build, 'linli'), ['init', '--name', '测试区', '--data', own.path], { env })
    assert.equal(init.code, 0, init.err)
    one = await startServer({ dir: own.path, env })
    two = await startServer({ dir: own.path, env, args: ['--node', '1'] })
    admin = await one.user({ role: 'system_admin', sign: 'system' })
  })
  after(async () => {
    await one?.stop()
    await two?.stop()
    tool('stop', cluster.path)
    own.remove()
    cluster.remove()
  })

  const signedIn = () => two.client().signIn('system', password)
  const add = (client, name, key) => client.post('/people', { name }, { key })

  test('what one process changes the other knows within two seconds', async () => {
    const there = await signedIn()
    fine(await admin.put('/settings/case.reopen_days', { value: 20 }), 204)
    await until(async () => fine(await there.get('/settings')).items.find((s) => s.key === 'case.reopen_days').value === 20, 4000)
    const category = fine(await admin.post('/categories', { kind: 'service', name_zh: '新类', name_en: 'New', leaf: true }), 201)
    await until(async () => fine(await two.client().get('/categories')).items.some((c) => c.id === category.id), 4000)
    fine(await admin.delete('/session'), 204)
    admin = await one.client().signIn('system', password)
  })

  test('a session ended in one is ended in the other', async () => {
    const here = await one.client().signIn('system', password), there = two.client()
    there.cookies = new Map(here.cookies)
    fine(await there.get('/session'))
    fine(await here.delete('/session'), 204)
    await until(async () => (await there.get('/session')).status === 401, 4000)
  })

  test('what both write is all there, and the audit chain holds', async () => {
    const clients = [await one.client().signIn('system', password), await signedIn()]
    const made = await Promise.all(Array.from({ length: 60 }, (_, i) => add(clients[i % 2], `人员甲${i}`, `both-${i}`)))
    assert.equal(new Set(made.map((a) => fine(a, 201).id)).size, 60)
    const rows = await Promise.all(clients.map(async (c) => fine(await c.get('/people', { query: { text: '人员甲', limit: 100 } })).items.length))
    assert.deepEqual(rows, [60, 60])
    await one.must('audit', 'verify')
  })

  test('a killed database is answered 503, and found again without a restart', async () => {
    const clients = [await one.client().signIn('system', password), await signedIn()]
    const before = fine(await add(clients[0], '留下的人', 'kept'), 201)
    tool('halt', cluster.path)
    for (const [i, server] of [one, two].entries()) {
      await until(async () => (await add(clients[i], '断线的人', 'during')).status === 503, 5000)
      await until(async () => (await server.client().get('//readyz')).status === 503, 5000)
      assert.equal((await server.client().get('//healthz')).status, 200)
    }
    tool('resume', cluster.path)
    for (const client of clients) await until(async () => (await client.get('//readyz')).status === 200, 15_000)
    assert.equal(fine(await add(clients[0], '留下的人', 'kept'), 201).id, before.id, 'repeated, not done twice')
    fine(await add(clients[1], '断线的人', 'during'), 201)
    await one.must('audit', 'verify')
    assert.equal(one.ended() ?? two.ended(), null)
  })

  test('the doctor finds nothing', async () => {
    await one.must('doctor', '--thorough')
  })

  test('a database that does not fit is refused with the reason', async () => {
    const psql = (sql) => assert.equal(spawnSync('psql', ['-X', '-q', '-d', env.LINLI_DB, '-c', sql]).status, 0, sql)
    psql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    const latin = await run(join(build, 'linli'), ['migrate', '--data', own.path, '--db', `${env.LINLI_DB}&dbname=latin`])
    assert.notEqual(latin.code, 0)
    assert.match(latin.err, /database_refused.*encoding.*LATIN1.*UTF8/)
    psql("INSERT INTO migration (number, name, checksum, applied_at) VALUES (9999, '9999_later', 'x', 1)")
    const newer = await run(join(build, 'linli'), ['serve', '--data', own.path, '--port', '0'], { env })
    assert.notEqual(newer.code, 0)
    assert.match(newer.err, /made by a newer program/)
  })
})
