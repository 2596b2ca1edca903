/* What a queue on a phone relies upon: a request is taken for its own person only, and once, however often and from wherever it comes. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { build, folder, root, run, startServer } from './support/server.mjs'

const PHOTO = readFileSync(join(root, 'server/features/demo/photos/lamp-before.jpg'))
const place = folder()
let server
before(async () => {
  const made = await run(join(build, 'linli'), ['demo', '--data', join(place.path, 'demo'), '--cases', '10'])
  assert.equal(made.code, 0, made.err)
  server = await startServer({ dir: join(place.path, 'demo'), args: ['--trust-proxy'] })
})
after(async () => {
  await server?.stop()
  place.remove()
})

async function as(role) {
  const client = server.client()
  const { status, body, text } = await client.post('/session/demo', { role })
  assert.equal(status, 200, text)
  return Object.assign(client, { me: body })
}
const point = async (worker) => (await worker.get(`/areas/${worker.me.units[0].id}`)).body.at
const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const count = async (worker, text) => (await worker.get('/cases', { query: { text } })).body.items.length

test('what one person prepared is refused under another’s session, and without one, before anything is done', async () => {
  const [worker, secretary, anybody] = [await as('grid_worker'), await as('community_secretary'), server.client()]
  const headers = { 'X-Expect-Account': worker.me.user.id }
  const body = { text: '别人的手机上排着的一件', at: await point(worker) }
  for (const [who, status, code] of [[secretary, 409, 'other_account'], [anybody, 401, 'not_signed_in']]) {
    for (const answer of [await who.post('/cases', body, { headers }), await who.post('/files', PHOTO, { headers, type: 'image/jpeg' }), await who.post('/cases/1/accept', {}, { headers, version: 1 })]) {
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.body.code, code)
    }
  }
  for (const wrong of ['', 'x', '-1', `${worker.me.user.id}0`]) assert.equal((await worker.post('/cases', body, { headers: { 'X-Expect-Account': wrong } })).status, 409, wrong)
  assert.equal(await count(worker, '别人的手机上'), 0)
  assert.equal((await worker.post('/cases', body, { headers })).status, 201)
  assert.equal(await count(worker, '别人的手机上'), 1)
})

test('a refused request has not used up its key', async () => {
  const [worker, secretary] = [await as('grid_worker'), await as('community_secretary')]
  const made = (await worker.post('/cases', { text: '先被拒再办', at: await point(worker) })).body
  const once = key()
  const stale = await secretary.post(`/cases/${made.id}/accept`, {}, { version: 99, key: once })
  assert.equal(stale.status, 409, stale.text)
  const again = await secretary.post(`/cases/${made.id}/accept`, {}, { version: made.version, key: once })
  assert.equal(again.status, 200, again.text)
  /* The step is repeated with the version of then: it is the same request, not a stale one. */
  const repeated = await secretary.post(`/cases/${made.id}/accept`, {}, { version: made.version, key: once })
  assert.equal(repeated.status, 200, repeated.text)
  assert.equal(repeated.body.version, again.body.version)
})

test('a stale step is told what has changed, by whom and when', async () => {
  const [worker, secretary] = [await as('grid_worker'), await as('community_secretary')]
  const made = (await worker.post('/cases', { text: '离线时办的', at: await point(worker) })).body
  await secretary.post(`/cases/${made.id}/accept`, {}, { version: made.version })
  const { status, body } = await secretary.post(`/cases/${made.id}/accept`, {}, { version: made.version, key: key() })
  assert.equal(status, 409)
  assert.equal(body.code, 'stale_version')
  assert.ok(body.detail.includes(secretary.me.user.name) && /受理/.test(body.detail) && /\d\d:\d\d/.test(body.detail), body.detail)
})

test('a resident’s phone may come from another network: a long key makes one case all the same', async () => {
  const worker = await as('grid_worker')
  const body = { text: '换了网络的一件', at: await point(worker) }
  const from = (address) => server.client({ headers: { 'X-Forwarded-For': address } })
  const once = key()
  const first = await from('203.0.113.9').post('/cases', body, { key: once })
  const second = await from('198.51.100.7').post('/cases', body, { key: once })
  assert.equal(first.status, 201, first.text)
  assert.deepEqual([second.status, second.body.code, second.body.secret], [201, first.body.code, first.body.secret])
  /* A short key may be anybody's: it counts for one address. */
  const other = await from('203.0.113.9').post('/cases', body, { key: 'retry-1' })
  const third = await from('198.51.100.7').post('/cases', body, { key: 'retry-1' })
  assert.notEqual(other.body.code, third.body.code)
  const different = await from('198.51.100.7').post('/cases', { ...body, text: '换了内容' }, { key: once })
  assert.equal(different.body.code, 'key_reused')
})
