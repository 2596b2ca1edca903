/* Point-in-time recovery on PostgreSQL, as docs/operate says: a base backup and the archived log; after a mishap everything is recovered to a moment
 * between two reports. The first is there, the second is not, the audit chain holds and work goes on. Skipped where PostgreSQL is not installed. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { build, folder, root, run, startServer, until } from '../api/support/server.mjs'

const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
const must = (...words) => {
  const done = tool(...words)
  assert.equal(done.status, 0, `tools/postgres ${words.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}
const ask = (url, sql) => execFileSync('psql', ['-X', '-q', '-A', '-t', '-d', url, '-c', sql], { encoding: 'utf8' }).trim()

test('recovered to a moment between two reports, the first is there and the second is not', { timeout: 180_000 }, async (t) => {
  const primary = folder('linli-pitr-'), base = folder('linli-pitr-base-'), data = folder('linli-pitr-data-')
  const made = tool('start', primary.path)
  if (made.status === 77) return t.skip('PostgreSQL is not installed')
  const url = made.stdout.trim()
  try {
    must('archive', primary.path)
    const init = await run(join(build, 'linli'), ['demo', '--cases', '0', '--data', data.path], { env: { LINLI_DB: url } })
    assert.equal(init.code, 0, init.err)
    must('base', base.path, primary.path)
    const { first, second, moment } = await reportTwice(url, data.path)
    const segment = ask(url, 'SELECT pg_walfile_name(pg_current_wal_lsn())')   // holds what came after the moment
    ask(url, 'SELECT pg_switch_wal()')
    await until(() => existsSync(join(primary.path, 'wal', segment)) && Number(ask(url, `SELECT count(*) FROM pg_stat_archiver WHERE last_archived_wal >= '${segment}'`)) > 0, 30_000)
    must('halt', primary.path)
    const recovered = must('recover', base.path, primary.path, new Date(moment).toISOString().replace('Z', '+00'))
    await until(() => ask(recovered, 'SELECT pg_is_in_recovery()') === 'f', 30_000)
    await looksAsBefore(recovered, data.path, first, second)
  } finally {
    for (const one of [base, primary]) {
      tool('stop', one.path)
      one.remove()
    }
    data.remove()
  }
})

/** A report, a moment at which nothing happens, and another report. */
async function reportTwice(url, dir) {
  const server = await startServer({ dir, env: { LINLI_DB: url } })
  try {
    const reporter = server.client()
    assert.equal((await reporter.post('/session/demo', { role: 'resident' })).status, 200)
    const report = async (text) => {
      const answer = await reporter.post('/cases', { text, address: '东街 12 号' })
      assert.equal(answer.status, 201, answer.text)
      return answer.body.id
    }
    const now = () => Math.round(Number(ask(url, 'SELECT extract(epoch FROM clock_timestamp()) * 1000')))
    const first = await report('第一件：路灯不亮')
    const moment = now() + 200
    await until(() => now() > moment + 200)
    return { first, second: await report('第二件：井盖松动'), moment }
  } finally {
    await server.stop()
  }
}

async function looksAsBefore(url, dir, first, second) {
  const env = { LINLI_DB: url }
  const server = await startServer({ dir, env })
  try {
    const reader = server.client()
    assert.equal((await reader.post('/session/demo', { role: 'resident' })).status, 200)
    assert.equal((await reader.get(`/cases/${first}`)).status, 200)
    assert.equal((await reader.get(`/cases/${second}`)).status, 404)
    assert.equal((await reader.post('/cases', { text: '第三件：积水', address: '东街 13 号' })).status, 201)
  } finally {
    await server.stop()
  }
  const chain = await run(join(build, 'linli'), ['audit', 'verify', '--data', dir], { env })
  assert.equal(chain.code, 0, chain.out + chain.err)
}
