/* The examples of docs/systems.md, run as they stand. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { root, run, startServer } from './support/server.mjs'

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
  server = await startServer()
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
