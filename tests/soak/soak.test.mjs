/* Mixed load for SOAK_MINUTES (an hour): memory stays flat, answers stay quick, and at the end everything is whole. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { folder, sleep } from '../api/support/server.mjs'
import { makeDistrict, photo, startDistrict, wounds } from '../fault/support/district.mjs'

const MINUTES = Number(process.env.SOAK_MINUTES ?? 60)
const memory = (pid) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1]

test(`${MINUTES} minutes of mixed load`, { timeout: (MINUTES + 5) * 60_000 }, async (t) => {
  const own = folder('linli-soak-')
  try {
    await makeDistrict(own.path)
    const { server, reporter, at } = await startDistrict(own.path)
    const end = Date.now() + MINUTES * 60_000
    let asked = 0
    const work = async (n) => {
      for (let i = 0; Date.now() < end; i++) {
        const photos = i % 50 === n ? [(await reporter.post('/files', photo, { type: 'image/jpeg' })).body.id] : []
        const made = await reporter.post('/cases', { text: `路面破损 ${randomUUID()}`, at, photos }, { key: randomUUID() })
        assert.equal(made.status, 201, made.text)
        for (const path of [`/cases/${made.body.id}`, '/cases?mine=reported', '/notices/count', '/categories'])
          assert.equal((await reporter.get(path)).status, 200, path)
        asked += 5
        await sleep(20)
      }
    }
    const samples = []
    const watch = async () => { while (Date.now() < end) { samples.push(memory(server.pid)); await sleep(Math.max(1000, (MINUTES * 60_000) / 60)) } }
    try {
      await Promise.all([...Array.from({ length: 8 }, (_, n) => work(n)), watch()])
    } finally {
      await server.stop()
    }
    const sixth = Math.floor(samples.length / 6)
    const early = median(samples.slice(sixth, 2 * sixth + 1))
    const late = median(samples.slice(-sixth - 1))
    t.diagnostic(`${asked} requests; memory ${early.toFixed(1)} MiB early, ${late.toFixed(1)} MiB at the end`)
    assert.ok(late <= early * 1.15 + 4, `memory grew from ${early} to ${late} MiB`)
    assert.deepEqual(await wounds(own.path), [])
  } finally {
    own.remove()
  }
})
