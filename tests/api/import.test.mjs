/* Imports and their job over HTTP: preview, progress, errors as a file, cancel, and kill -9 in the middle. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { onPostgres } from './support/database.mjs'
import { folder, run, sleep, startServer, until } from './support/server.mjs'

let server, admin, reader, own

const areas = { type: 'FeatureCollection', features: [0, 1, 2].map((i) => ({
  type: 'Feature', properties: { name: `社区${i}` }, geometry: { type: 'Polygon', coordinates: [[[120 + i, 23], [121 + i, 23], [121 + i, 24], [120 + i, 24], [120 + i, 23]]] },
})) }

before(async () => {
  own = folder()
  writeFileSync(join(own.path, 'areas.geojson'), JSON.stringify(areas))
  server = await startServer({ before: (linli) => linli('import', 'areas', join(own.path, 'areas.geojson'), '--kind', 'street', '--name-property', 'name') })
  admin = await server.user({ role: 'system_admin' })
  reader = await server.user({ role: 'grid_worker' })
})
after(async () => {
  await server?.stop()
  own?.remove()
})

/* ---- files in Tainan's layout ---- */

const header = 'service_request_id,requested_datetime,area,service_name,subproject,description,address_string,lat,long'

function row(id, { at = '2017-03-01 08:00:00', text = '路燈不亮', lat = 23.5, long = 120.5, label = '東區' } = {}) {
  return `${id},${at},${label},路燈故障,9盞以下路燈故障,"${text}",一路,${lat},${long}`
}

const csv = (...rows) => [header, ...rows, ''].join('\r\n')
const send = (client, text, query) => client.post('/cases/import', Buffer.isBuffer(text) ? text : Buffer.from(text), { query: { mapping: 'tainan-1999', ...query }, type: 'text/csv' })
const ended = (client, id, ms = 30_000) => until(async () => {
  const { body } = await client.get(`/jobs/${id}`)
  return ['done', 'failed', 'cancelled'].includes(body.state) && body
}, ms)
const imported = async (text, query) => {
  const answer = await send(admin, text, query)
  assert.equal(answer.status, 202, answer.text)
  return ended(admin, answer.body.job)
}
const problem = (answer) => [answer.status, answer.body?.code]

/* ---- tests ---- */

test('the known layouts are listed', async () => {
  const { body } = await admin.get('/case-mappings')
  assert.deepEqual(body.items.map((m) => m.name).sort(), ['la-311-2017', 'la-311-2020', 'nyc-311-2015', 'nyc-311-2018', 'tainan-1999'])
  assert.ok(body.items.every((m) => m.columns.length >= 7 && m.sample.includes(',')))
})

test('only who may import', async () => {
  assert.equal((await reader.get('/case-mappings')).status, 403)
  assert.equal((await send(reader, csv(row('A')))).status, 403)
  assert.equal((await send(server.client(), csv(row('A')))).status, 401)
  assert.equal((await reader.post('/cases/import/preview', Buffer.from(csv(row('A'))), { type: 'text/csv' })).status, 403)
})

test('a preview finds the layout and names what would be refused', async () => {
  const text = csv(row('P1'), row('P2', { lat: 50 }), row('P3', { at: 'yesterday', text: ' ' }))
  const { status, body } = await admin.post('/cases/import/preview', Buffer.from(text), { type: 'text/csv' })
  assert.equal(status, 200)
  assert.equal(body.mapping, 'tainan-1999')
  assert.equal(body.columns.length, 9)
  assert.equal(body.more, false)
  const [good, outside, bad] = body.rows
  assert.deepEqual([good.source_id, good.area_name, good.state, good.reported_at, good.errors], ['P1', '社区0', 'reported', Date.UTC(2017, 2, 1), []])
  assert.deepEqual(outside.errors.map((e) => [e.field, e.code]), [['at', 'outside_area']])
  assert.deepEqual(bad.errors.map((e) => [e.field, e.code]), [['text', 'required'], ['reported_at', 'wrong_type']])
})

test('a preview takes the beginning of a file, cut anywhere', async () => {
  const whole = Buffer.from(csv(...Array.from({ length: 500 }, (_, i) => row(`Q${i}`))))
  for (const bytes of [whole.subarray(0, 9000), gzipSync(whole).subarray(0, 700)]) {
    const { status, body } = await admin.post('/cases/import/preview', bytes, { type: 'application/octet-stream' })
    assert.equal(status, 200)
    assert.ok(body.rows.length > 5 && body.rows.length <= 50)
    assert.ok(body.rows.every((r) => r.errors.length === 0))
  }
})

test('what does not fit is refused at once', async () => {
  const missing = await send(admin, 'service_request_id,area\n1,2\n')
  assert.deepEqual(problem(missing), [422, 'mapping'])
  assert.match(missing.body.detail, /description/)
  assert.deepEqual(problem(await send(admin, '')), [422, 'csv'])
  assert.deepEqual(problem(await send(admin, Buffer.from('\ufeffa,b', 'utf16le'))), [422, 'not_utf8'])
  assert.equal((await send(admin, csv(row('A')), { mapping: 'no-such' })).status, 422)
  assert.equal((await send(admin, csv(row('A')), { mapping: undefined })).status, 422)
})

test('rows are wholly in or wholly named, and a second import changes nothing', async () => {
  const text = csv(row('B1'), row('B2', { text: '兩行\n文字, ""引號""' }), row('B3', { lat: 50 }), row('B4', { at: '2099-01-01 00:00:00' }), 'B5,short', row(''), row('B1'))
  const job = await imported(gzipSync(text))
  assert.equal(job.state, 'done', JSON.stringify(job))
  const { rows, imported: taken, same, refused, reasons } = job.result
  assert.deepEqual({ rows, taken, same, refused }, { rows: 7, taken: 2, same: 1, refused: 4 })
  assert.deepEqual(reasons, { required: 1, time_in_future: 1, outside_area: 1, csv: 1 })
  assert.equal(job.errors, true)
  const errors = await admin.get(`/jobs/${job.id}/errors`)
  assert.equal(errors.status, 200)
  assert.match(errors.headers.get('content-type'), /text\/csv/)
  const lines = errors.text.replace(/^\ufeff/, '').trim().split('\r\n')
  assert.equal(lines[0], `_row,_source_id,_field,_code,_message,${header}`)
  assert.deepEqual(lines.slice(1).map((l) => l.split(',').slice(0, 4).join()), ['3,B3,at,outside_area', '4,B4,reported_at,time_in_future', '5,,row,csv', '6,,id,required'])
  assert.match(lines[1], /,B3,2017-03-01 08:00:00,東區,/)
  const again = await imported(text)
  assert.deepEqual([again.result.imported, again.result.same, again.result.changed, again.result.refused], [0, 3, 0, 4])
})

test('the errors\' file, put right, can be imported', async () => {
  const job = await imported(csv(row('C1', { lat: 50 })))
  const errors = (await admin.get(`/jobs/${job.id}/errors`)).text
  const repaired = await imported(errors.replace(',50,', ',23.5,'))
  assert.deepEqual([repaired.result.imported, repaired.result.refused], [1, 0])
  assert.equal(repaired.errors, false)
  assert.equal((await admin.get(`/jobs/${repaired.id}/errors`)).status, 404)
})

test('a changed row is told and left alone; with update it is told on the case', async () => {
  await imported(csv(row('D1')))
  const changed = csv(row('D1', { text: '路燈又不亮' }))
  assert.equal((await imported(changed)).result.changed, 1)
  assert.equal((await imported(changed)).result.changed, 1)
  assert.equal((await imported(changed, { update: true })).result.changed, 1)
  assert.deepEqual([(await imported(changed)).result.same, (await imported(changed)).result.changed], [1, 0])
})

test('a dry run does it all and keeps nothing', async () => {
  const text = csv(row('E1'), row('E2', { lat: 50 }))
  const dry = await imported(text, { dry_run: true })
  assert.deepEqual([dry.result.dry_run, dry.result.imported, dry.result.refused], [true, 1, 1])
  assert.equal((await imported(text)).result.imported, 1)
})

test('a job is seen by its owner and by who may see jobs', async () => {
  const job = await imported(csv(row('F1')))
  assert.equal((await reader.get(`/jobs/${job.id}`)).status, 404)
  assert.equal((await reader.get(`/jobs/${job.id}/errors`)).status, 404)
  assert.equal((await reader.post(`/jobs/${job.id}/cancel`)).status, 404)
  assert.deepEqual((await reader.get('/jobs')).body.items, [])
  const leader = await server.user({ role: 'district_leader' })
  const all = (await leader.get('/jobs', { query: { limit: 2 } })).body
  assert.equal(all.items.length, 2)
  assert.equal(all.items[0].id, job.id)
  const next = (await leader.get('/jobs', { query: { limit: 2, after: all.next } })).body
  assert.ok(next.items.length && next.items.every((j) => BigInt(j.id) < BigInt(all.items[1].id)))
  assert.equal((await leader.get('/jobs', { query: { after: 'nonsense' } })).status, 422)
  const late = await admin.post(`/jobs/${job.id}/cancel`)
  assert.deepEqual(problem(late), [409, 'job_state'])
})

test('a file that breaks off keeps its whole rows and says where', async () => {
  const job = await imported(csv(row('G1'), row('G2')) + 'G3,"never closed\r\nG4,x\r\n')
  assert.deepEqual([job.state, job.problem, job.result.imported], ['failed', 'csv', 2])
})

const large = (n, from = 0) => csv(...Array.from({ length: n }, (_, i) => row(`H${from + i}`, { lat: i % 100 ? 23.5 : 50 })))

test('a running import can be cancelled; what it has committed stays', async () => {
  const answer = await send(admin, large(60_000))
  const { job } = answer.body
  await until(async () => (await admin.get(`/jobs/${job}`)).body.result?.rows > 0, 60_000)
  assert.equal((await admin.post(`/jobs/${job}/cancel`)).status, 200)
  const end = await ended(admin, job)
  assert.equal(end.state, 'cancelled')
  assert.ok(end.result.imported > 0 && end.result.imported < 60_000 * 0.99)
})

test('killed in the middle, it goes on behind its last batch', { timeout: 120_000 }, async () => {
  const n = onPostgres ? 12_000 : 40_000   // long enough to be killed in the middle, on either
  const data = folder()
  const linli = (words) => run(join(process.env.LINLI_BUILD ?? 'build', 'linli'), [...words, '--data', data.path])
  let first, second
  try {
    await linli(['init', '--name', '甲'])
    await linli(['import', 'areas', join(own.path, 'areas.geojson'), '--kind', 'street', '--name-property', 'name'])
    first = await startServer({ dir: data.path })
    const boss = await first.user({ role: 'system_admin', sign: 'boss' })
    const { job } = (await send(boss, large(n))).body
    const half = await until(async () => {
      const { result } = (await boss.get(`/jobs/${job}`)).body
      return result?.rows >= 4000 && result
    }, 60_000)
    await first.stop('SIGKILL')
    assert.ok(half.rows < n, 'it was killed in the middle')
    second = await startServer({ dir: data.path })
    const again = await second.client().signIn('boss', 'Correct horse 47 battery')
    const end = await ended(again, job, 90_000)
    assert.equal(end.state, 'done')
    const { rows, imported: taken, same, refused } = end.result
    assert.deepEqual({ rows, taken, same, refused }, { rows: n, taken: n * 0.99, same: 0, refused: n / 100 }, 'no row twice, none lost, the counts right')
    const errors = (await again.get(`/jobs/${job}/errors`)).text.replace(/^\ufeff/, '').trim().split('\r\n').slice(1)
    assert.deepEqual(errors.map((l) => Number(l.split(',')[0])), Array.from({ length: n / 100 }, (_, i) => 1 + 100 * i))
    assert.equal((await linli(['audit', 'verify'])).code, 0)
  } finally {
    await first?.stop('SIGKILL')
    await second?.stop()
    data.remove()
  }
})

test('the command line says what is wrong, and with which code', async () => {
  const file = join(own.path, 'rows.csv')
  writeFileSync(file, csv(row('L1'), row('L2', { lat: 50 })))
  const cli = (...words) => server.cli('import', ...words)
  const done = await cli('cases', file, '--mapping', 'tainan-1999', '--json', '--errors', join(own.path, 'e.csv'))
  assert.equal(done.code, 3, done.err)
  assert.equal(JSON.parse(done.out).imported, 1)
  assert.equal((await cli('--help')).code, 0)
  assert.equal((await cli()).code, 2)
  assert.equal((await cli('cases', file)).code, 2)
  assert.equal((await cli('cases', file, '--mapping', 'none')).code, 1)
  assert.equal((await cli('cases', join(own.path, 'absent.csv'), '--mapping', 'tainan-1999')).code, 1)
  assert.equal((await cli('cases', file, '--mapping', 'la-311-2017')).code, 1)
  assert.equal((await cli('areas', join(own.path, 'absent.geojson'), '--kind', 'street', '--name-property', 'name')).code, 1)
  assert.match((await cli('mappings')).out, /tainan-1999/)
  const mine = join(own.path, 'mine.json')
  writeFileSync(mine, '{"name":"mine"}')
  const faults = await cli('cases', file, '--mapping', mine)
  assert.equal(faults.code, 1)
  assert.match(faults.err, /time_formats/)
})

/* ---- a layout of one's own, with states ---- */

const mine = {
  name: 'mine', source: 'mine', title_zh: '自', title_en: 'Own', id: 'id', text: ['what'], status: 'state', result: 'result',
  states: [{ word: 'new', state: 'reported' }, { word: 'done', state: 'closed', outcome: 'resolved' }, { word: 'no', state: 'rejected' }],
  created: ['from'], closed: ['to'], time_formats: ['%Y-%m-%d %H:%M'], zone: 'Asia/Shanghai', lon: 'x', lat: 'y',
}

test('closed rows arrive closed with their story; with --update an open one is closed when the source has closed it', async () => {
  const layout = join(own.path, 'own.json')
  const file = join(own.path, 'own.csv')
  writeFileSync(layout, JSON.stringify(mine))
  const load = async (lines, ...more) => {
    writeFileSync(file, ['id,what,state,result,from,to,x,y', ...lines, ''].join('\n'))
    const { code, out, err } = await server.cli('import', 'cases', file, '--mapping', layout, '--json', ...more)
    assert.ok(code === 0, err)
    await sleep(1200)   // what another process wrote is seen within a second
    return JSON.parse(out)
  }
  const open = 'M1,樹倒了,new,,2020-05-01 08:00,,121.5,23.5'
  const closed = 'M1,樹倒了,done,搬走了,2020-05-01 08:00,2020-05-02 09:30,121.5,23.5'
  assert.equal((await load([open, 'M2,水管破了,done,修好了,2020-05-01 10:00,2020-05-03 10:00,121.5,23.5', 'M3,問天氣,no,不受理,2020-05-01 11:00,2020-05-01 12:00,121.5,23.5'])).imported, 3)
  const view = async (text) => {
    const out = server.sql(`SELECT CAST(id AS TEXT) FROM cases WHERE text = '${text}'`)
    return (await boss.get(`/cases/${out.trim()}`)).body
  }
  const boss = await server.user({ role: 'street_dispatcher' })
  const steps = (c) => c.events.map((e) => [e.action, e.to_state, e.at])
  const at = (text) => Date.parse(`${text}:00+08:00`)
  const done = await view('水管破了')
  assert.deepEqual([done.state, done.outcome, done.area_name ?? done.area?.name], ['closed', 'resolved', '社区1'])
  assert.deepEqual(steps(done).map(([, state, t]) => [state, t]), [['reported', at('2020-05-01T10:00')], ['closed', at('2020-05-03T10:00')]])
  assert.equal(done.events[1].text, '修好了')
  assert.equal((await view('問天氣')).state, 'rejected')
  assert.equal((await view('樹倒了')).state, 'reported')
  assert.deepEqual([(await load([closed])).changed, (await view('樹倒了')).state], [1, 'reported'])
  assert.deepEqual([(await load([closed], '--update')).updated, (await view('樹倒了')).state], [1, 'closed'])
  assert.equal((await view('樹倒了')).events.at(-1).at, at('2020-05-02T09:30'))
  assert.deepEqual([(await load([closed])).same, (await load([closed], '--update')).same], [1, 1])
  const clash = await load([open], '--update')
  assert.deepEqual([clash.updated, clash.changed, (await view('樹倒了')).state], [0, 1, 'closed'], 'what is closed here is not opened by the source')
  assert.equal((await view('樹倒了')).events.at(-1).internal, true)
})
