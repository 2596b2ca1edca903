/* A PostgreSQL that hangs, or goes away at the worst moment: each request is answered, in ten seconds at most, what of it is not known is said so,
 * and the same key again has it done once. On a PostgreSQL of its own; skipped where that is not installed. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { connect, createServer, Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine } from './support/district.mjs'
import { build, folder, root, run, sleep, startServer, until } from './support/server.mjs'

const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
const cluster = folder('linli-hang-cluster-'), own = folder('linli-hang-'), between = folder('linli-between-')
const made = tool('start', cluster.path)
const skip = made.status === 77 && 'PostgreSQL is not installed'
const env = { LINLI_DB: `postgresql://linli@/postgres?host=${between.path}&connect_timeout=30` }   // longer than an attempt is held for below, also on a busy machine
const DEADLINE = 10_000
let server, admin, line

/* ---- between the program and the database ---- */

const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0')

/* Passes all on, until `cut` is told of a name: on the connection that sent it the next COMMIT is the last thing that happens, which the database still
 * gets ("answer" is lost) or does not ("commit" is). */
async function openLine(from, to) {
  let armed = null, done = null, open = true, held = null
  const all = new Set()
  const door = createServer((program) => {
    all.add(program.on('error', () => {}).on('close', () => all.delete(program)))
    if (!open) return program.destroy()
    if (held === 'next') return void (held = program)
    const database = connect(to)
    let meant = false, swallows = false
    const end = () => { program.destroy(); database.destroy() }
    const over = () => { end(); done?.(); armed = null }
    program.on('data', (piece) => {
      meant ||= armed !== null && piece.includes(armed.name)
      const last = meant && armed && piece.includes(COMMIT)
      if (last && armed.lost === 'commit') return over()
      swallows ||= Boolean(last)
      database.write(piece)
    })
    database.on('data', (piece) => (swallows ? over() : program.write(piece)))
    for (const side of [program, database]) side.on('error', end).on('close', end)
  })
  await new Promise((listening) => door.listen(from, listening))
  return {
    cut: (lost, name) => new Promise((yes) => { armed = { lost, name: Buffer.from(name) }; done = yes }),
    /* Ends all connections, and each new one at once; `back`: lets them through again, but holds the first one, without a word, until `letGo`. */
    down: () => { open = false; for (const program of all) program.destroy() },
    back: () => { open = true; held = 'next' },
    holds: () => held instanceof Socket && !held.destroyed,
    letGo: () => held.destroy(),
    close: () => door.close(),
  }
}

const psql = (...texts) => execFileSync('psql', ['-X', '-q', '-A', '-t', '-h', cluster.path, '-U', 'linli', '-d', 'postgres', ...texts.flatMap((t) => ['-c', t])], { encoding: 'utf8' }).trim()
const people = (name) => psql(`SELECT id FROM person WHERE name = '${name}'`).split('\n').filter(Boolean)
const add = (name, key) => admin.post('/people', { name }, { key })
/* Until the program has found the database again. */
const addAtLast = (name, key) => until(async () => {
  const answer = await add(name, key)
  return answer.status !== 503 && fine(answer, 201)
}, 30_000)
const heldUp = async () => Number(/^linli_db_held_up_seconds (\S+)/m.exec((await server.client().get('//metrics')).text)[1])
const timed = async (work) => {
  const from = Date.now(), answer = await work
  return { ...answer, took: Date.now() - from }
}
const setting = (text) => psql(`ALTER SYSTEM ${text}`, 'SELECT pg_reload_conf()')

describe('a PostgreSQL in trouble', { skip }, () => {
  before(async () => {
    assert.equal(made.status, 0, made.stderr)
    chmodSync(between.path, 0o755)
    line = await openLine(join(between.path, '.s.PGSQL.5432'), join(cluster.path, '.s.PGSQL.5432'))
    const init = await run(join(build, 'linli'), ['init', '--name', '测试区', '--data', own.path], { env })
    assert.equal(init.code, 0, init.err)
    server = await startServer({ dir: own.path, env })
    admin = await server.user({ role: 'system_admin', sign: 'system' })
  })
  after(async () => {
    await server?.stop()
    line?.close()
    tool('stop', cluster.path)
    for (const place of [own, between, cluster]) place.remove()
  })

  test('a COMMIT that waits for a standby which is gone', { timeout: 120_000 }, async () => {
    fine(await add('先前的人', 'before'), 201)
    setting("SET synchronous_standby_names = 'nobody'")
    await until(() => psql('SHOW synchronous_standby_names') === 'nobody')
    await sleep(500)   /* the checkpointer tells the others */
    const hanging = timed(add('悬着的人', 'hanging'))
    assert.equal((await server.client().get('//healthz')).status, 200)
    fine(await admin.get('/people', { query: { text: '先前的人' } }))
    const unsure = await hanging
    assert.equal(unsure.status, 503)
    assert.equal(unsure.body.code, 'unavailable')
    assert.ok(unsure.headers.get('retry-after'))
    assert.ok(unsure.took > DEADLINE - 500 && unsure.took < DEADLINE + 5000, `${unsure.took} ms`)
    const more = await Promise.all(Array.from({ length: 20 }, (_, i) => timed(add(`多出的人${i}`, `more-${i}`))))
    for (const { status, took } of more) assert.ok(status === 503 && took < DEADLINE / 2, `${status} after ${took} ms`)
    fine(await admin.get('/people', { query: { text: '先前的人' } }))
    assert.equal((await server.client().get('//healthz')).status, 200)
    assert.equal((await server.client().get('//readyz')).status, 200, 'readers are not kept away')
    assert.ok(await heldUp() >= DEADLINE / 1000)
    const said = server.log().split('\n').filter((l) => l.includes('writes_held_up') && l.includes('commit'))
    assert.ok(said.length > 0)
    assert.equal(new Set(said.map((l) => /lane"?[=:]"?(\d)/.exec(l)[1])).size, said.length, 'once for each lane')

    setting('RESET synchronous_standby_names')
    await until(async () => (await heldUp()) < DEADLINE / 1000, 20_000)
    await until(() => server.log().includes('writes_go_on'))
    const id = (await addAtLast('悬着的人', 'hanging')).id
    assert.deepEqual(people('悬着的人'), [id], 'once, and answered as it was the first time')
    const late = (await addAtLast('多出的人0', 'more-0')).id
    assert.deepEqual(people('多出的人0'), [late])
    assert.deepEqual(people('多出的人1'), [], 'refused at once: never there')
    await server.must('audit', 'verify')
  })

  for (const lost of ['answer', 'commit'])
    test(`a COMMIT of which the ${lost} is lost`, { timeout: 60_000 }, async () => {
      const name = `断在${lost}的人`, cut = line.cut(lost, name)
      const unsure = await add(name, `lost-${lost}`)
      await cut
      assert.equal(unsure.status, 503)
      assert.equal(people(name).length, lost === 'answer' ? 1 : 0)
      const id = (await addAtLast(name, `lost-${lost}`)).id
      assert.deepEqual(people(name), [id])
      assert.equal(fine(await add(name, `lost-${lost}`), 201).id, id)
      await server.must('audit', 'verify')
    })

  /* Raises so many times; a sequence counts on, whatever is rolled back. */
  const raise = (code, times) => psql('CREATE SEQUENCE turns',
    `CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('turns') <= ${times} THEN RAISE EXCEPTION 'in the way' USING ERRCODE = '${code}'; END IF; RETURN NEW; END $$`,
    'CREATE TRIGGER in_the_way BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION in_the_way()')
  const turns = () => Number(psql('SELECT last_value FROM turns'))
  const raiseNoMore = () => psql('DROP TRIGGER in_the_way ON person', 'DROP FUNCTION in_the_way', 'DROP SEQUENCE turns')

  for (const code of ['40001', '40P01'])
    test(`what meets a conflict (${code}) is done again by itself, and once`, async () => {
      const name = `冲突${code}的人`
      raise(code, 4)
      try {
        const { id } = fine(await add(name, `conflict-${code}`), 201)
        assert.equal(turns(), 5)
        assert.deepEqual(people(name), [id])
      } finally {
        raiseNoMore()
      }
    })

  test('a conflict that stays is a 503 after five times, and leaves nothing', async () => {
    raise('40001', 1000)
    try {
      const answer = await add('一直冲突的人', 'stays')
      assert.equal(answer.status, 503)
      assert.equal(answer.body.code, 'unavailable')
      assert.equal(turns(), 5)
      assert.deepEqual(people('一直冲突的人'), [])
    } finally {
      raiseNoMore()
    }
    const { id } = fine(await add('一直冲突的人', 'stays'), 201)
    assert.deepEqual(people('一直冲突的人'), [id])
  })

  test('a primary that takes no writes any more is left, and found again', { timeout: 60_000 }, async () => {
    fine(await add('只读前的人', 'writes'), 201)
    const sessions = () => psql("SELECT pid FROM pg_stat_activity WHERE application_name = 'linli' AND query LIKE '%COMMIT%' ORDER BY pid")
    const pids = sessions().split('\n')
    setting('SET default_transaction_read_only = on')
    await until(() => psql('SHOW default_transaction_read_only') === 'on')
    const refused = await until(async () => {
      const answer = await add('只读的人', 'read-only')
      return answer.status === 503 && answer
    })
    assert.equal(refused.body.code, 'unavailable')
    await until(() => /25006/.test(server.log()))
    fine(await admin.get('/people', { query: { text: '只读前的人' } }))
    setting('SET default_transaction_read_only = off')
    const { id } = await addAtLast('只读的人', 'read-only')
    assert.deepEqual(people('只读的人'), [id])
    assert.ok(sessions().split('\n').some((pid) => pid && !pids.includes(pid)), 'on a new session')
    await server.must('audit', 'verify')
    assert.equal(server.ended(), null)
  })

  /* The last one: it leaves readers without a session, who could make none while the primary above takes no writes. */
  test('an attempt to connect that fails late says nothing of a database another one has found', { timeout: 60_000 }, async () => {
    fine(await add('断线前的人', 'before-line'), 201)
    line.down()
    assert.equal((await add('断线时的人', 'line-down')).status, 503)
    await until(async () => (await server.client().get('//readyz')).status === 503)
    line.back()
    const ready = async () => { if ((await server.client().get('//readyz')).status !== 200) throw new Error('not yet') }
    /* And somebody waits for an answer that will not come; all three may, being taken in by the thread that waits. Who comes later is another thread's. */
    await until(() => Promise.race([Promise.any([ready(), ready(), ready()]).then(() => line.holds(), () => false), sleep(1000)]), 20_000)
    const connections = server.log().split('database_connect').length
    line.letGo()
    await until(() => server.log().split('database_connect').length > connections)
    const { id } = fine(await add('断线时的人', 'line-down'), 201)
    assert.deepEqual(people('断线时的人'), [id])
  })
})
