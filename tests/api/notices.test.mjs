/* Messages: a report reaches those who accept for the place, in their own language; what was read is read. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, startServer, until } from './support/server.mjs'

let server, own, secretary, elsewhere, admin, resident

const square = (name, x) => ({ type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [[[x, 31], [x + 1, 31], [x + 1, 32], [x, 32], [x, 31]]] } })

before(async () => {
  own = folder()
  writeFileSync(join(own.path, 'areas.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [square('东街', 121), square('西街', 120)] }))
  server = await startServer({ before: (linli) => linli('import', 'areas', join(own.path, 'areas.geojson'), '--kind', 'street', '--name-property', 'name') })
  admin = await server.user({ role: 'system_admin' })
  resident = await server.user()
  const areas = (await admin.get('/areas/tree')).body
  const find = (list, name) => list.flatMap((a) => [a, ...(a.children ?? [])]).find((a) => a.name === name)
  const all = areas.items ?? areas
  secretary = await server.user({ role: 'community_secretary', unit: find(all, '东街').id, lang: 'zh' })
  elsewhere = await server.user({ role: 'community_secretary', unit: find(all, '西街').id, lang: 'en' })
})
after(async () => {
  await server?.stop()
  own?.remove()
})

const unread = async (client) => (await client.get('/notices/count')).body.unread
const report = (client, lon, text) => client.post('/cases', { text, at: { lon, lat: 31.5 } })

test('a report reaches those who accept for its place, and nobody else', async () => {
  const answer = await report(resident, 121.5, '路灯不亮')
  assert.equal(answer.status, 201, answer.text)
  await until(async () => (await unread(secretary)) === 1)
  assert.equal(await unread(elsewhere), 0)
  assert.equal(await unread(resident), 0)
  const { items } = (await secretary.get('/notices')).body
  assert.deepEqual([items[0].kind, items[0].object_kind, items[0].object_id, items[0].read_at], ['case.reported', 'case', answer.body.id, null])
  assert.equal(items[0].text, `新事项待受理：${answer.body.code} 路灯不亮`)
})

test('in the reader\'s language', async () => {
  const answer = await report(resident, 120.5, '井盖松动')
  await until(async () => (await unread(elsewhere)) === 1)
  assert.equal((await elsewhere.get('/notices')).body.items[0].text, `New case to accept: ${answer.body.code} 井盖松动`)
})

test('read up to one is read, newer ones are not', async () => {
  for (let i = 0; i < 3; i++) await report(resident, 121.5, `第${i}件`)
  await until(async () => (await unread(secretary)) === 4)
  const { items } = (await secretary.get('/notices')).body
  assert.equal((await secretary.post('/notices/read', { up_to: items[1].id })).status, 204)
  assert.equal(await unread(secretary), 1)
  assert.equal(await unread(elsewhere), 1, "somebody else's stay unread")
  const now = (await secretary.get('/notices')).body.items
  assert.deepEqual(now.map((n) => n.read_at !== null), [false, true, true, true])
  assert.equal((await secretary.post('/notices/read', {})).status, 422)
  assert.equal((await secretary.post('/notices/read', { up_to: 'x' })).status, 422)
})

test('page by page', async () => {
  const first = (await secretary.get('/notices', { query: { limit: 3 } })).body
  const rest = (await secretary.get('/notices', { query: { limit: 3, after: first.next } })).body
  assert.deepEqual([first.items.length, rest.items.length, rest.next], [3, 1, null])
  assert.equal(new Set([...first.items, ...rest.items].map((n) => n.id)).size, 4)
  assert.equal((await secretary.get('/notices', { query: { after: 'x' } })).status, 422)
})

test('only the signed in; undelivered ones for who looks after the system', async () => {
  const anybody = server.client()
  assert.equal((await anybody.get('/notices')).status, 401)
  assert.equal((await anybody.get('/notices/count')).status, 401)
  assert.equal((await secretary.get('/notices/failed')).status, 403)
  assert.deepEqual((await admin.get('/notices/failed')).body.items, [])
  assert.equal((await secretary.post('/notices/failed/1/retry')).status, 403)
  assert.equal((await admin.post('/notices/failed/1/retry')).status, 404)
})
