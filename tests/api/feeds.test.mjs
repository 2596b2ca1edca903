/* Feeds: GeoJSON of any list with the list's own filters and rights; Atom of what was released, and nothing else. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { client } from './support/clients.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const { XMLParser, XMLValidator } = client('fast-xml-parser')

let server, d, anybody, released, kept
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const report = async (who, n, more) => ok(await who.post('/cases', { text: '路灯不亮', category: d.category('路灯异常').id, at: inGrid(n), ...more }), 201)

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anybody = server.client({ lang: 'zh-CN' })
  released = await report(d.resident, 1, { text: '可以公开 <的> & 话' })
  kept = await report(d.resident, 5, { text: '不公开的话' })
  ok(await d.secretary.post(`/cases/${released.id}/release`, { released: true }, { version: ok(await d.leader.get(`/cases/${released.id}`)).version }))
})
after(() => server?.stop())

describe('GeoJSON of a list', () => {
  it('holds the rows of the list, each at its place', async () => {
    const answer = await d.leader.get('/cases.geojson')
    assert.match(answer.headers.get('content-type'), /^application\/geo\+json/)
    const { type, features, next } = ok(answer)
    const { items } = ok(await d.leader.get('/cases'))
    assert.equal(type, 'FeatureCollection')
    assert.deepEqual(features.map((f) => f.id), items.map((i) => i.id))
    assert.deepEqual(features.map((f) => f.geometry.coordinates), items.map((i) => [i.at.lon, i.at.lat]))
    assert.deepEqual(features.map((f) => f.properties), items)
    assert.equal(next, null)
    await report(d.resident, 1, { at: undefined, address: '东街 3 号' })
    assert.equal(ok(await d.leader.get('/cases.geojson')).features[0].geometry, null)
  })

  it('takes the filters of the list and pages as it does', async () => {
    const ids = async (query) => ok(await d.leader.get('/cases.geojson', { query })).features.map((f) => f.id)
    assert.deepEqual(await ids({ area: d.areas.c }), [kept.id])
    assert.deepEqual(await ids({ text: released.code }), [released.id])
    const one = ok(await d.leader.get('/cases.geojson', { query: { limit: 1 } }))
    const two = ok(await d.leader.get('/cases.geojson', { query: { limit: 1, after: one.next } }))
    assert.equal(one.features.length + two.features.length, 2)
    assert.notEqual(one.features[0].id, two.features[0].id)
    assert.equal((await d.leader.get('/cases.geojson', { query: { state: 'x' } })).status, 422)
    assert.equal((await d.leader.get('/cases.geojson', { query: { after: 'x' } })).status, 422)
  })

  it('and its rights', async () => {
    assert.deepEqual(ok(await d.otherSecretary.get('/cases.geojson')).features.map((f) => f.id), [kept.id])
    assert.deepEqual(ok(await d.neighbour.get('/cases.geojson')).features, [])
    assert.equal((await anybody.get('/cases.geojson')).status, 401)
  })
})

describe('Atom of what was released', () => {
  const read = (text) => {
    assert.equal(XMLValidator.validate(text), true)
    return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name) => name === 'entry' || name === 'link' }).parse(text).feed
  }

  it('tells it, and nothing else', async () => {
    const answer = await anybody.get('//feeds/cases.atom')
    assert.match(answer.headers.get('content-type'), /^application\/atom\+xml; charset=utf-8$/)
    const feed = read(answer.text)
    assert.equal(feed.xmlns, 'http://www.w3.org/2005/Atom')
    assert.deepEqual(feed.entry.map((e) => e.title), ['可以公开 <的> & 话'])
    const [entry] = feed.entry
    assert.equal(entry.id, `${server.url}/c/${released.code}`)
    assert.deepEqual([entry.category.label, entry.link[0].href], ['路灯异常', entry.id])
    assert.match(entry.summary, /^待受理 · 第1网格 · 可以公开 <的> & 话$/)
    assert.ok(Math.abs(Date.parse(entry.updated) - Date.now()) < 600_000 && Date.parse(feed.updated) >= Date.parse(entry.updated))
    assert.ok(feed.author.name && feed.id)
    for (const hidden of ['不公开的话', kept.code, '居民张三']) assert.ok(!answer.text.includes(hidden))
  })

  it('is not sent again while nothing has changed, and goes when the release is taken back', async () => {
    const first = await anybody.get('//feeds/cases.atom')
    assert.equal((await anybody.get('//feeds/cases.atom', { headers: { 'If-None-Match': first.etag } })).status, 304)
    ok(await d.secretary.post(`/cases/${released.id}/release`, { released: false }, { version: ok(await d.leader.get(`/cases/${released.id}`)).version }))
    assert.equal(read((await anybody.get('//feeds/cases.atom')).text).entry, undefined)
  })
})
