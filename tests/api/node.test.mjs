/* Each process on one PostgreSQL makes ids under a number of its own: whoever starts with a number that is in use is refused in words; a killed
 * process leaves its number at once; after a lost connection it is taken anew. Skipped where PostgreSQL is not installed. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { build, folder, root, run, startServer, until } from './support/server.mjs'
import { rowsAt } from './support/database.mjs'

const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
const cluster = folder('linli-node-cluster-'), own = folder('linli-node-')
const made = tool('start', cluster.path)
const skip = made.status === 77 && 'PostgreSQL is not installed'
const url = made.stdout.trim(), env = { LINLI_DB: url }

const serve = (node) => startServer({ dir: own.path, env, args: ['--node', String(node)] })
const refuse = (node) => spawnSync(join(build, 'linli'), ['serve', '--data', own.path, '--port', '0', '--node', String(node)],
  { env: { ...process.env, ...env }, encoding: 'utf8', timeout: 30_000 })
const LOCK = (node) => `hashtext(current_schema()), hashtext('node.${node}')`
const holders = (node) => rowsAt(url, `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND CAST(CAST(CAST(objid AS BIGINT) AS BIT(32)) AS INTEGER) = hashtext('node.${node}')`).map((row) => row.pid)
const lose = (pid) => rowsAt(url, `SELECT pg_terminate_backend(${pid})`)

describe('the number of a process', { skip }, () => {
  let one, two
  before(async () => {
    assert.equal(made.status, 0, made.stderr)
    const init = await run(join(build, 'linli'), ['init', '--name', '测试区', '--data', own.path], { env })
    assert.equal(init.code, 0, init.err)
    one = await serve(0)
  })
  after(async () => {
    await one?.stop()
    await two?.stop()
    tool('stop', cluster.path)
    own.remove()
    cluster.remove()
  })

  test('no two of them have the same name', () => {
    const [{ n }] = rowsAt(url, "SELECT count(DISTINCT hashtext('node.' || i)) AS n FROM generate_series(0, 63) i")
    assert.equal(n, 64)
  })

  test('a second process with the same one is refused, in words', async () => {
    const refused = refuse(0)
    assert.equal(refused.status, 1)
    assert.match(refused.stderr, /node_taken.*another linli serves this database with this number.*--node 0 to 63/)
    assert.match(refused.stderr, /cannot be served; the log above says why$/m)
    assert.equal((await one.client().get('//readyz')).status, 200)
  })

  test('one with another serves beside it, and a command needs none', async () => {
    two = await serve(1)
    assert.equal((await two.client().get('//readyz')).status, 200)
    await one.must('settings', 'export')
    await one.user({ role: 'system_admin', sign: 'system' })
  })

  test('a killed one leaves it at once', async () => {
    await two.stop('SIGKILL')
    two = await serve(1)
    assert.equal((await two.client().get('//readyz')).status, 200)
  })

  test('after a lost connection it is taken anew', async () => {
    const [pid] = holders(0)
    lose(pid)
    await until(() => holders(0).length === 1 && holders(0)[0] !== pid, 20_000)
    assert.equal(refuse(0).status, 1)
  })

  test('when somebody else has it by then, the process serves on, says so, and takes it when it is free', async () => {
    const other = spawn('psql', ['-X', '-q', '-d', url], { stdio: ['pipe', 'ignore', 'ignore'] })
    other.stdin.write(`SELECT pg_advisory_lock(${LOCK(0)});\n`)
    await until(() => rowsAt(url, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").length === 1)
    lose(holders(0)[0])
    await until(() => /node_taken/.test(one.log()), 20_000)
    assert.equal((await one.client().get('//readyz')).status, 200)
    assert.equal(one.ended(), null)
    other.stdin.end()
    await until(() => /node_held/.test(one.log()), 20_000)
    assert.equal(holders(0).length, 1)
  })
})
