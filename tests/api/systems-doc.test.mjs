/* The examples of docs/systems.md, run as they stand. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { after, before, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { mailbox } from './support/mailbox.mjs'
import { root, run, startServer, until } from './support/server.mjs'

let server, d, env
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const page = readFileSync(join(root, 'docs/systems.md'), 'utf8')
/** The shell examples below a heading. */
const examples = (heading) => [...page.split(/^## /m).find((part) => part.startsWith(heading)).matchAll(/```sh\n(.*?)```/gs)].map((m) => m[1])
async function shell(text) {
  const { code, out, err } = await run('bash', ['-eu', '-o', 'pipefail', '-c', text], { env })
  assert.equal(code, 0, `${text}\n${out}\n${err}`)
  return out
}

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const service = d.category('路灯异常').id
  ok(await d.admin.put(`/service-attributes/${service}`, { attributes: [{ code: 'POLE', datatype: 'string', label_zh: '灯杆编号', label_en: 'Number of the pole' }] }))
  env = { LINLI: server.url, API_KEY: ok(await d.admin.post('/api-keys', { name: '例子' }), 201).key, SERVICE: service, LAT: String(inGrid(1).lat), LON: String(inGrid(1).lon) }
})
after(() => server?.stop())

it('Open311', async () => {
  const [read, report, follow] = examples('Open311')
  assert.match(await shell(read), /<service_definition>.*<code>POLE<\/code>/s)
  const [done] = JSON.parse(await shell(report))
  assert.match(done.service_request_id, /^\d{6}-\d{4}$/)
  const text = await shell(follow)
  assert.equal(text.split(done.service_request_id).length - 1 >= 3, true, 'each of the three tells of it')
  const { items } = ok(await d.leader.get('/cases', { query: { text: done.service_request_id } }))
  assert.equal(ok(await d.leader.get(`/cases/${items[0].id}`)).text, '路灯不亮\n灯杆编号：A-17')
})

it('updates from outside', async () => {
  const key = ok(await d.admin.post('/api-keys', { name: '养护公司', updates: 'remarks' }), 201).key
  const { items } = ok(await d.leader.get('/cases', { query: { text: '路灯不亮' } }))
  const [tell] = examples('Updates from outside')
  Object.assign(env, { REQUEST: items[0].code })
  const api = env.API_KEY
  env.API_KEY = key
  const [{ update_id }] = JSON.parse(await shell(tell))
  env.API_KEY = api
  assert.match(update_id, new RegExp(`^${items[0].code}\\.\\d+$`))
  assert.equal(ok(await d.leader.get(`/cases/${items[0].id}`)).events.at(-1).text, '养护公司（IN_PROGRESS）：师傅已出发')
})

it('webhooks in', async () => {
  const part = page.split(/^## /m).find((one) => one.startsWith('Webhooks in'))
  const mapping = JSON.parse(/```json\n(.*?)```/s.exec(part)[1])
  const source = ok(await d.admin.post('/hook-sources', { name: '例子', mapping }), 201)
  Object.assign(env, { SOURCE: source.id, SECRET: source.secret })
  const [send] = examples('Webhooks in')
  const done = JSON.parse(await shell(send))
  assert.equal(done.created, true)
  assert.deepEqual(JSON.parse(await shell(send)), { ...done, created: false })
  const one = ok(await d.leader.get(`/cases/${done.id}`))
  assert.deepEqual([one.text, one.reported_at], ['灯杆 A-17 断电', Date.parse('2026-05-12T09:42:00+08:00')])
})

it('webhooks out', async () => {
  const heard = []
  const robot = createServer((request, response) => {
    request.on('data', (piece) => heard.push(String(piece)))
    request.on('end', () => response.end('{"errcode":0}'))
  })
  await new Promise((done) => robot.listen(0, '127.0.0.1', done))
  ok(await d.admin.put('/settings/deliver.private_targets', { value: true }), 204)
  Object.assign(env, { TARGET: `http://127.0.0.1:${robot.address().port}/cgi-bin/webhook/send?key=k`, ADMIN: ok(await d.admin.post('/tokens', { name: '例子', permissions: ['system.connect'] }), 201).token })
  const [tell] = examples('Webhooks out')
  assert.match(await shell(tell), /"items":\[\]/)
  ok(await server.client().post('/cases', { text: '箅子坏了', category: d.category('雨水箅子异常').id, at: inGrid(1) }), 201)   // dispatched by its rule
  await until(() => heard.length === 1)
  assert.equal(JSON.parse(heard[0]).msgtype, 'markdown')
  robot.close()
})

it('feeds', async () => {
  env.TOKEN = ok(await d.leader.post('/tokens', { name: '地图', permissions: ['signed_in', 'case.read'] }), 201).token
  const [atom, map] = examples('Feeds')
  assert.match(await shell(atom), /^<\?xml .*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom">/s)
  const { type, features } = JSON.parse(await shell(map))
  assert.equal(type, 'FeatureCollection')
  assert.ok(features.length >= 2)
})

it('mail', async () => {
  const box = await mailbox({ user: 'linli', password: 'word' })
  ok(await d.admin.put('/settings/site.url', { value: 'https://linli.example.org' }), 204)
  Object.assign(env, { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(box.port), SMTP_SECURITY: 'none', SMTP_PASSWORD: 'word', MAIL_TO: 'wang@example.org' })
  const [send] = examples('Mail')
  assert.match(await shell(send), /"sent":true.*"items":\[\]/s)
  assert.deepEqual((await box.next('wang@example.org')).to, ['wang@example.org'])
  await box.close()
})

it('calendar', async () => {
  env.FEED = server.url + new URL(ok(await d.leader.post('/calendar-feed'), 201).url).pathname
  const [read] = examples('Calendar')
  assert.match(await shell(read), /^BEGIN:VCALENDAR\r\n.*END:VCALENDAR\r\n$/s)
})
