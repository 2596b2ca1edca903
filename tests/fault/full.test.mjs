/* The disk runs full under load: writers are told so, nothing is half done, and work goes on by itself when there is room again. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder, sleep, until } from '../api/support/server.mjs'
import { makeDistrict, photo, rows, startDistrict, wounds } from './support/district.mjs'

const FULL = [507, 503]

/** A small file system of its own, or the reason why there is none. */
function mount(path) {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', path], { stdio: 'pipe' })
    return null
  } catch (problem) {
    return `no file system of its own can be mounted here: ${String(problem.stderr ?? problem).trim()}`
  }
}

test('the disk runs full and is given room again', { timeout: 120_000 }, async (t) => {
  const own = folder('linli-full-')
  const refusal = mount(own.path)
  if (refusal) {
    own.remove()
    return t.skip(refusal)
  }
  try {
    await breakAndMend(own.path, t)
  } finally {
    execFileSync('umount', ['-l', own.path])
    own.remove()
  }
})

async function breakAndMend(dir, t) {
  await makeDistrict(dir)
  const { server, reporter, at } = await startDistrict(dir)
  const acknowledged = new Set()
  const statuses = {}
  const report = async (words = '') => {
    const key = randomUUID()
    const answer = await reporter.post('/cases', { text: `路灯不亮 ${key} ${words}`, at }, { key })
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    if (answer.status === 201) acknowledged.add(key)
    return answer
  }
  try {
    assert.equal((await report()).status, 201)
    const ballast = join(dir, 'ballast')
    const { bavail, bsize } = statfsSync(dir)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 3_000_000)))

    const long = '长'.repeat(3000)
    const refused = await until(async () => (await Promise.all(Array.from({ length: 16 }, () => report(long)))).find((a) => a.status !== 201), 60_000)
    assert.ok(FULL.includes(refused.status), `${refused.status} ${refused.text}`)
    assert.match(refused.headers.get('content-type'), /^application\/problem\+json/)
    const upload = await reporter.post('/files', photo, { type: 'image/jpeg' })
    assert.ok([...FULL, 201].includes(upload.status), upload.text)
    assert.equal((await reporter.get('/session')).status, 200, 'reading goes on')
    for (let i = 0; i < 20; i++) await report(long)
    assert.deepEqual(Object.keys(statuses).map(Number).filter((s) => s !== 201 && !FULL.includes(s)), [], 'another answer than done or full')

    rmSync(ballast)
    await until(async () => { await sleep(200); return (await report()).status === 201 }, 15_000)
    assert.equal((await reporter.post('/files', photo, { type: 'image/jpeg' })).status, 201)
    t.diagnostic(`answers: ${JSON.stringify(statuses)}`)
  } finally {
    await server.stop()
  }
  const found = rows(dir, `SELECT text FROM cases WHERE text LIKE '路灯不亮 %'`).map(({ text }) => text.split(' ')[1])
  assert.deepEqual(found.toSorted(), [...acknowledged].toSorted(), 'what is there is what was acknowledged')
  assert.deepEqual(await wounds(dir), [])
}
