/* The primary of a PostgreSQL with a synchronous standby is killed -9 under load and the standby promoted: what was acknowledged is there exactly
 * once, what was not can be repeated with the same key and is there once then, and the program serves on without a restart. Rounds as
 * FAULT_ROUNDS says; skipped where PostgreSQL is not installed. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder, root, sleep, until } from '../api/support/server.mjs'
import { makeDistrict, startDistrict } from './support/district.mjs'

const ROUNDS = Math.ceil(Number(process.env.FAULT_ROUNDS ?? 1) / 10)
const CLIENTS = 16
const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
const must = (...words) => {
  const done = tool(...words)
  assert.equal(done.status, 0, `tools/postgres ${words.join(' ')}: ${done.stderr}`)
}

const ask = (host, sql) => execFileSync('psql', ['-X', '-q', '-A', '-t', '-h', host, '-U', 'linli', '-d', 'postgres', '-c', sql], { encoding: 'utf8', maxBuffer: 64 << 20 }).trim().split('\n')

/* A primary and its standby, each in a folder of its own, and the address that names both. */
function makePair() {
  const [primary, standby] = [folder('linli-primary-'), folder('linli-standby-')]
  const made = tool('start', primary.path)
  if (made.status === 77) return null
  assert.equal(made.status, 0, made.stderr)
  must('standby', standby.path, primary.path)
  return {
    url: `postgresql://linli@/postgres?host=${primary.path},${standby.path}`,
    fail: () => {
      must('crash', primary.path)
      must('promote', standby.path)
    },
    synchronous: () => ask(primary.path, 'SELECT count(*) FROM pg_stat_replication WHERE sync_state = \'sync\'')[0] === '1',
    rows: (sql) => ask(standby.path, sql),
    remove: () => {
      for (const { path, remove } of [standby, primary]) {
        tool('stop', path)
        remove()
      }
    },
  }
}

/* Reports until one gets no 201, whose key then stays in `open`, or the load is over: where the new session is there soon enough nobody notices. */
async function keepReporting(reporter, at, load, open, acknowledged) {
  while (!load.over) {
    const key = randomUUID()
    open.add(key)
    const answer = await reporter.post('/cases', { text: `井盖松动 ${key}`, at }, { key })
    if (answer.status !== 201) return answer.status
    acknowledged.set(key, answer.body.id)
    open.delete(key)
  }
  return 503
}

for (let round = 1; round <= ROUNDS; round++) {
  test(`failover under load, round ${round} of ${ROUNDS}`, { timeout: 180_000 }, async (t) => {
    const pair = makePair()
    if (!pair) return t.skip('PostgreSQL is not installed')
    const own = folder('linli-failover-'), load = { over: false }, open = new Set(), acknowledged = new Map()
    process.env.LINLI_DB = pair.url
    let server
    try {
      await makeDistrict(own.path)
      const started = await startDistrict(own.path)
      const { reporter, at } = started
      server = started.server
      const clients = Array.from({ length: CLIENTS }, () => keepReporting(reporter, at, load, open, acknowledged))
      await sleep(randomInt(800, 2500))
      const synchronous = pair.synchronous(), before = acknowledged.size, killed = Date.now()
      pair.fail()
      setTimeout(() => (load.over = true), 1000)
      for (const status of await Promise.all(clients)) assert.equal(status, 503)
      await until(async () => (await server.client().get('//readyz')).status === 200, 20_000)
      const away = Date.now() - killed, unknown = open.size
      for (const key of open) {
        const answer = await until(async () => {
          const one = await reporter.post('/cases', { text: `井盖松动 ${key}`, at }, { key })
          return one.status === 201 && one
        })
        acknowledged.set(key, answer.body.id)
      }
      const found = new Map()
      for (const line of pair.rows("SELECT id, text FROM cases WHERE text LIKE '井盖松动 %'")) {
        const [id, key] = [line.split('|')[0], line.split(' ')[1]]
        assert.ok(!found.has(key), `${key} is there twice`)
        found.set(key, id)
      }
      assert.deepEqual([...acknowledged].filter(([key, id]) => found.get(key) !== id), [], 'acknowledged, and not there')
      assert.equal(found.size, acknowledged.size, 'a case nobody knows of')
      assert.equal(server.ended(), null)
      await server.must('audit', 'verify')
      assert.ok(synchronous, 'the standby was not synchronous: nothing is proven')
      assert.ok(before > 0, 'nothing was under way')
      t.diagnostic(`${before} acknowledged before, ${unknown} of unknown fate; served again ${away} ms after the kill`)
    } finally {
      await server?.stop()
      delete process.env.LINLI_DB
      own.remove()
      pair.remove()
    }
  })
}
