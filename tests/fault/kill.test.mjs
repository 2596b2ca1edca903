/* Killed in the middle of work, as often as FAULT_ROUNDS says: what was acknowledged is there exactly once, and what was not can be
 * repeated with the same key and is there exactly once then. */
import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { folder, sleep } from '../api/support/server.mjs'
import { makeDistrict, photo, rows, startDistrict, wounds } from './support/district.mjs'

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 3)
const CLIENTS = 24
const own = folder('linli-kill-')
const acknowledged = new Map()   // key → case id
const files = new Set()
let place

before(() => makeDistrict(own.path))
after(() => own.remove())

/** One report, every eighth with a photo. Leaves its key in `open` while its fate is not known. */
async function report(reporter, key, open, withPhoto) {
  const photos = []
  if (withPhoto) {
    const sent = await reporter.post('/files', photo, { type: 'image/jpeg' })
    assert.equal(sent.status, 201, sent.text)
    photos.push(sent.body.id)
  }
  const body = { text: `井盖松动 ${key}`, at: place, photos }
  open.set(key, body)
  await settle(reporter, key, body, open)
}

async function settle(reporter, key, body, open) {
  const answer = await reporter.post('/cases', body, { key })
  assert.equal(answer.status, 201, answer.text)
  acknowledged.set(key, answer.body.id)
  body.photos.forEach((id) => files.add(id))
  open.delete(key)
}

async function keepReporting(reporter, open, dead) {
  for (let n = 0; !dead(); n++) {
    try {
      await report(reporter, randomUUID(), open, n % 8 === 7)
    } catch (problem) {
      if (problem instanceof assert.AssertionError) throw problem
      return   // the connection went with the server
    }
  }
}

async function loadAndKill() {
  const { server, reporter, at } = await startDistrict(own.path)
  place = at
  const open = new Map()
  const clients = Array.from({ length: CLIENTS }, () => keepReporting(reporter, open, () => server.ended()))
  await sleep(randomInt(150, 1500))
  await server.stop('SIGKILL')
  await Promise.all(clients)
  return open
}

for (let round = 1; round <= ROUNDS; round++) {
  test(`kill -9 under load, round ${round} of ${ROUNDS}`, { timeout: 120_000 }, async (t) => {
    const sofar = acknowledged.size
    const open = await loadAndKill()
    const had = acknowledged.size - sofar
    const unknown = open.size

    const { server, reporter } = await startDistrict(own.path)
    try {
      for (const [key, body] of [...open]) await settle(reporter, key, body, open)
      for (const id of [...files].slice(-5)) assert.equal((await reporter.get(`/files/${id}`)).status, 200)
    } finally {
      await server.stop()
    }

    const found = new Map()
    for (const { id, text } of rows(own.path, `SELECT CAST(id AS TEXT) AS id, text FROM cases WHERE text LIKE '井盖松动 %'`)) {
      const key = text.split(' ')[1]
      assert.ok(!found.has(key), `${key} is there twice`)
      found.set(key, id)
    }
    const lost = [...acknowledged].filter(([key, id]) => found.get(key) !== id)
    assert.deepEqual(lost, [], 'acknowledged, and not there')
    assert.equal(found.size, acknowledged.size, 'a case nobody knows of')
    assert.deepEqual(await wounds(own.path), [])
    t.diagnostic(`${had} acknowledged before the kill, ${unknown} of unknown fate; ${found.size} cases in all`)
    assert.ok(had > 0, 'nothing was under way when it was killed')
  })
}
