/* The disk runs full under load: writers are told so, nothing is half done, and work goes on by itself when there is room again. On PostgreSQL
 * it is the disk of the tables, whose statements fail, or that of the log, without which the server ends. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder, root, sleep, until } from '../api/support/server.mjs'
import { makeDistrict, mount, photo, rows, startDistrict, unmount, wounds } from './support/district.mjs'

const FULL = [507, 503]

/* What lies on a disk of its own in the folder `small`, of that size. `made` gives the address of the database; `back` starts what has ended for want of room. */
const places = [
  { what: 'of the data folder', size: '48m', reads: true, says: FULL, data: (small) => small },
  { what: "of PostgreSQL's tables", size: '64m', reads: true, says: [507], made: tablesOn },
  { what: "of PostgreSQL's log", size: '120m', reads: false, says: [503], made: logOn, back: startAgain },
]

for (const place of places)
  test(`the disk ${place.what} runs full and is given room again`, { timeout: 300_000 }, async (t) => {
    const small = folder('linli-full-'), own = folder('linli-full-data-'), cluster = folder('linli-full-cluster-')
    const refusal = mount(small.path, place.size)
    try {
      if (refusal) return t.skip(refusal)
      if (place.made) {
        const made = postgres('start', cluster.path)
        if (made.status === 77) return t.skip('PostgreSQL is not installed')
        assert.equal(made.status, 0, made.stderr)
        process.env.LINLI_DB = place.made(small.path, cluster.path, made.stdout.trim())
      }
      await breakAndMend(place, place.data?.(small.path) ?? own.path, small.path, cluster.path, t)
    } finally {
      delete process.env.LINLI_DB
      if (place.made) postgres('stop', cluster.path)
      if (!refusal) unmount(small.path)
      for (const one of [small, own, cluster]) one.remove()
    }
  })

async function breakAndMend(place, dir, small, cluster, t) {
  await makeDistrict(dir)
  const { server, reporter, at } = await startDistrict(dir)
  const acknowledged = new Set(), unknown = new Map()
  const statuses = {}
  const report = async (words = '', key = randomUUID()) => {
    const answer = await reporter.post('/cases', { text: `路灯不亮 ${key} ${words}`, at }, { key })
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    if (answer.status === 503) unknown.set(key, words)
    if (answer.status === 201) { acknowledged.add(key); unknown.delete(key) }
    return answer
  }
  try {
    assert.equal((await report()).status, 201)
    const ballast = join(small, 'ballast')
    const { bavail, bsize } = statfsSync(small)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 3_000_000)))

    const long = '长'.repeat(3000)
    const refused = await until(async () => (await Promise.all(Array.from({ length: 16 }, () => report(long)))).find((a) => a.status !== 201), 60_000)
    assert.ok(place.says.includes(refused.status), `${refused.status} ${refused.text}`)
    assert.match(refused.headers.get('content-type'), /^application\/problem\+json/)
    if (refused.status === 507) assert.match(refused.text, /存储空间不足，没有做任何改动|no room left/)
    const upload = await reporter.post('/files', photo, { type: 'image/jpeg' })
    assert.ok([...FULL, 201].includes(upload.status), upload.text)
    if (place.reads) assert.equal((await reporter.get('/session')).status, 200, 'reading goes on')
    for (let i = 0; i < 20; i++) await report(long)
    assert.deepEqual(Object.keys(statuses).map(Number).filter((s) => s !== 201 && !FULL.includes(s)), [], 'another answer than done or full')

    rmSync(ballast)
    await place.back?.(cluster)
    await until(async () => { await sleep(200); return (await report()).status === 201 }, 15_000)
    assert.equal((await reporter.post('/files', photo, { type: 'image/jpeg' })).status, 201)
    for (const [key, words] of [...unknown]) assert.equal((await report(words, key)).status, 201)
    assert.equal(server.ended(), null)
    t.diagnostic(`answers: ${JSON.stringify(statuses)}`)
  } finally {
    await server.stop()
  }
  const found = rows(dir, `SELECT text FROM cases WHERE text LIKE '路灯不亮 %'`).map(({ text }) => text.split(' ')[1])
  assert.deepEqual(found.toSorted(), [...acknowledged].toSorted(), 'what is there is what was acknowledged')
  assert.deepEqual(await wounds(dir), [])
}

/* ---- PostgreSQL ---- */

function postgres(...words) {
  return spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
}

/* The server runs as another user than root does. */
const give = (path) => process.getuid() === 0 && execFileSync('chown', ['-R', 'postgres:', path])

function tablesOn(small, cluster, url) {
  const space = join(small, 'tables')
  mkdirSync(space)
  give(small)
  for (const sql of [`CREATE TABLESPACE small LOCATION '${space}'`, 'CREATE DATABASE small TABLESPACE small TEMPLATE template0'])
    execFileSync('psql', ['-X', '-q', '-d', url, '-c', sql])
  return `${url}&dbname=small`
}

function logOn(small, cluster, url) {
  const log = join(cluster, 'data', 'pg_wal'), there = join(small, 'log')
  postgres('halt', cluster)
  execFileSync('mv', [log, there])
  execFileSync('ln', ['-s', there, log])
  give(small)
  postgres('resume', cluster)
  return url
}

/* It could not even write what ends its recovery: whoever watches over it starts it again, as systemd or Patroni does. One that has not given up
 * refuses to be started, and then either recovers, as there is room, or ends after all. */
function startAgain(cluster) {
  return until(() => postgres('resume', cluster).status === 0 || answers(cluster), 120_000)
}

function answers(cluster) {
  return spawnSync('psql', ['-X', '-q', '-A', '-t', '-h', cluster, '-U', 'linli', '-d', 'postgres', '-c', 'SELECT 1']).status === 0
}
