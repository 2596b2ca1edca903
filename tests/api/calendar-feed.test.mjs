/* My deadlines in a calendar program: a secret address, and behind it what its owner may see, read by somebody else's parser. */
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { client } from './support/clients.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { storedIn } from './support/database.mjs'
import { startServer } from './support/server.mjs'

const ical = client('ical.js').default ?? client('ical.js')
let server, d, feed
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
const pathOf = (url) => '/' + new URL(url).pathname
/** As a calendar program reads it: without a cookie. */
const read = (url, options) => server.client().get(pathOf(url), options)
function events(text) {
  const calendar = new ical.Component(ical.parse(text))
  assert.equal(calendar.getFirstPropertyValue('version'), '2.0')
  return calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ical.Event(one)
    return { uid: event.uid, at: event.startDate.toJSDate().getTime(), zone: event.startDate.zone.tzid, summary: event.summary, location: event.location, sequence: event.sequence, url: one.getFirstPropertyValue('url'), alarms: one.getAllSubcomponents('valarm').map((alarm) => alarm.getFirstPropertyValue('trigger').toSeconds()) }
  })
}
async function dispatched(text) {
  const { code } = ok(await server.client().post('/cases', { text, category: d.category('路灯异常').id, at: inGrid(1) }), 201)
  const page = ok(await d.dispatcher.get('/cases', { query: { text: code } })).items[0]
  ok(await d.dispatcher.post(`/cases/${page.id}/accept`, {}, { version: page.version }))
  return ok(await d.dispatcher.post(`/cases/${page.id}/dispatch`, { org: d.orgs.lighting }, { version: page.version + 1 }))
}

before(async () => {
  server = await startServer({ name: '枫桥区' })
  d = await makeDistrict(server)
})
after(() => server?.stop())

it('is made by its owner, shown once, and kept as a hash', async () => {
  assert.deepEqual(ok(await d.lamps.get('/calendar-feed')), { made: false, start: null, created_at: null, used_at: null })
  feed = ok(await d.lamps.post('/calendar-feed'), 201)
  const token = /^http:\/\/127\.0\.0\.1:\d+\/feeds\/deadlines\/([\w-]{32})\.ics$/.exec(feed.url)[1]
  const seen = await d.lamps.get('/calendar-feed')
  assert.deepEqual([seen.body.made, seen.body.start], [true, token.slice(0, 6)])
  assert.ok(!('url' in seen.body))
  assert.ok(!storedIn(server.dir).includes(token))
  const rows = ok(await d.audit.get('/audit', { query: { limit: 20 } })).items
  assert.ok(rows.some((row) => row.action === 'calendar_feed.make'))
  assert.ok(!JSON.stringify(rows).includes(token) && !server.log().includes(token))
})

it('cannot be made by a token, nor without an account', async () => {
  refused(await server.client().post('/calendar-feed'), 401, 'not_signed_in')
  const { token } = ok(await d.lamps.post('/tokens', { name: 't', permissions: ['signed_in'] }), 201)
  const program = server.client({ bearer: token })
  for (const answer of [await program.post('/calendar-feed'), await program.get('/calendar-feed'), await program.delete('/calendar-feed')]) refused(answer, 403, 'not_allowed')
  refused(await d.drains.delete('/calendar-feed'), 404, 'not_found')
})

it('lists what waits for its owner, when it is due, and no word of the report', async () => {
  const one = await dispatched('张三家门口的路灯不亮，电话 13912345678')
  const answer = await read(feed.url)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type'), /^text\/calendar; charset=utf-8/)
  const work = ok(await d.lamps.get('/cases/work')).groups.flatMap((group) => group.items).filter((row) => row.due_at)
  const found = events(answer.text)
  assert.equal(found.length, work.length)
  const [event] = found
  assert.deepEqual([event.at, event.zone], [Math.floor(one.due_at / 1000) * 1000, 'UTC'])
  assert.equal(event.summary, `待签收 · ${one.code} · 路灯异常`)
  assert.deepEqual(event.alarms, [-86400, -3600])
  assert.equal(event.url, `${server.url}/desk/cases/${one.id}`)
  assert.match(answer.text, /X-WR-TIMEZONE:Asia\/Shanghai/)
  assert.ok(!answer.text.includes('张三') && !answer.text.includes('13912345678'))
  for (const line of answer.text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75 && !line.includes('\n'), line)
  assert.ok(ok(await d.lamps.get('/calendar-feed')).used_at > Date.now() - 60_000)
})

it('answers 304 while nothing changed, and keeps an event when it did', async () => {
  const first = await read(feed.url)
  assert.equal((await read(feed.url, { headers: { 'If-None-Match': first.etag } })).status, 304)
  const [before] = events(first.text)
  const page = ok(await d.lamps.get('/cases/work')).groups[0].items[0]
  ok(await d.lamps.post(`/cases/${page.id}/sign`, {}, { version: page.version }))
  const second = await read(feed.url, { headers: { 'If-None-Match': first.etag } })
  assert.equal(second.status, 200)
  const [after] = events(second.text)
  assert.equal(after.uid, before.uid)
  assert.ok(after.sequence > before.sequence && after.at > before.at)
  assert.match(after.summary, /^处置中/)
})

it('shows calls by whistle too, in the owner’s language', async () => {
  ok(await d.drains.patch('/account', { locale: 'en' }), 204)
  const other = ok(await d.drains.post('/calendar-feed'), 201)
  const page = ok(await d.lamps.get('/cases/work')).groups[0].items[0]
  ok(await d.dispatcher.post(`/cases/${page.id}/whistle`, { orgs: [d.orgs.drainage], ask: '一起去看看' }, { version: page.version }))
  const found = events((await read(other.url)).text)
  assert.deepEqual(found.map((event) => event.summary), [`Call to answer · ${page.code}`])
  assert.ok(found[0].at > Date.now())
})

it('ends with the right, with the account, with a new address, and when it is taken back', async () => {
  const again = ok(await d.lamps.post('/calendar-feed'), 201)
  assert.equal((await read(feed.url)).status, 404, 'the one before ended')
  assert.equal(events((await read(again.url)).text).length, 1)
  const people = ok(await d.admin.get('/people', { query: { text: 'handler_lamps' } })).items
  const security = await server.user({ role: 'security_admin' })
  const [person] = people, [account] = person.accounts
  ok(await security.post(`/accounts/${account.id}/lock`), 204)
  assert.equal((await read(again.url)).status, 404)
  ok(await security.post(`/accounts/${account.id}/unlock`), 204)
  assert.equal((await read(again.url)).status, 200)
  ok(await security.delete(`/assignments/${person.roles[0].assignment}`), 204)
  assert.deepEqual(events((await read(again.url)).text), [])
  const back = await server.client().signIn('handler_lamps', 'Correct horse 47 battery')
  ok(await back.delete('/calendar-feed'), 204)
  assert.equal((await read(again.url)).status, 404)
})

it('is nothing to guess at', async () => {
  for (const path of ['x.ics', `${'x'.repeat(32)}.ics`, `${'x'.repeat(32)}`, `${'x'.repeat(300)}.ics`, '.ics']) assert.equal((await server.client().get(`//feeds/deadlines/${path}`)).status, 404, path)
  let answer
  for (let i = 0; i < 700 && answer?.status !== 429; i++) answer = await server.client().get('//feeds/deadlines/x.ics')
  assert.equal(answer.status, 429)
})

it('is made ten times an hour, no more', async () => {
  const who = await server.user({ name: '勤快的人' })
  for (let i = 0; i < 10; i++) ok(await who.post('/calendar-feed'), 201)
  refused(await who.post('/calendar-feed'), 429, 'too_many')
})
