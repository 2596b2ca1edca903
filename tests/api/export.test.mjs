/* Exports of case lists: exactly the rows the list shows, as CSV and as an Excel workbook, at once and by a job; nobody gets more than they see. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { build, folder, run, startServer, until } from './support/server.mjs'

let own, server, leader, secretary, resident

const enter = async (role) => {
  const client = server.client()
  assert.equal((await client.post('/session/demo', { role })).status, 200)
  return client
}

before(async () => {
  own = folder('linli-export-')
  const made = await run(`${build}/linli`, ['demo', '--cases', '700', '--data', own.path])
  assert.equal(made.code, 0, made.err)
  server = await startServer({ dir: own.path })
  leader = await enter('district_leader')
  secretary = await enter('community_secretary')
  resident = await enter('resident')
})
after(async () => {
  await server?.stop()
  own?.remove()
})

/** Every row of a list, page after page. */
async function listed(client, query) {
  const rows = []
  for (let next; next !== null;) {
    const { body } = await client.get('/cases', { query: { ...query, limit: 200, ...(next && { after: next }) } })
    rows.push(...body.items)
    next = body.next
  }
  return rows
}

/** Rows of a CSV text without line breaks within fields. */
const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted !== undefined ? quoted.replaceAll('""', '"') : plain))
const csvRows = (text) => text.replace(/^\uFEFF/, '').trimEnd().split('\r\n').map(cells)

/** A member of a zip file, by its central directory. */
function member(zip, name) {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [packed, , nameLength, extra, comment] = [zip.readUInt32LE(at + 20), 0, zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42)
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      return inflateRawSync(zip.subarray(start, start + packed)).toString('utf8')
    }
    at += 46 + nameLength + extra + comment
  }
  throw new Error(`${name} is not in the file`)
}

const exported = (client, query) => client.get('/cases/export', { query, headers: { 'Accept-Language': 'zh-CN' } })

const job = (client, id) => until(async () => {
  const { body } = await client.get(`/jobs/${id}`)
  return ['done', 'failed', 'cancelled'].includes(body.state) && body
}, 60_000)

describe('an export', () => {
  for (const query of [{}, { state: 'closed' }, { due: 'overdue' }, { sort: 'old', source: 'resident' }, { text: '路灯' }])
    it(`holds what the list shows: ${JSON.stringify(query)}`, async () => {
      for (const client of [leader, secretary, resident]) {
        const rows = csvRows((await client.get('/cases/export', { query: { ...query, format: 'csv' } })).text)
        const shown = await listed(client, query)
        assert.deepEqual(rows.slice(1).map((row) => row[0]), shown.map((row) => row.code))
        assert.deepEqual(rows.slice(1).map((row) => row[1]), shown.map((row) => row.title))
      }
    })

  it('opens in a spreadsheet: byte order mark, names of columns in the reader’s language, times of the district', async () => {
    const { status, headers, bytes } = await exported(leader, { format: 'csv', state: 'closed' })
    assert.equal(status, 200)
    assert.match(headers.get('content-disposition'), /^attachment; filename="cases-\d{8}-\d{4}\.csv"$/)
    assert.match(headers.get('cache-control'), /no-store/)
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    const [head, first] = csvRows(bytes.toString('utf8'))
    assert.deepEqual(head.slice(0, 4), ['编号', '事项', '类别', '地址'])
    assert.match(first[10], /^\d{4}-\d\d-\d\d \d\d:\d\d$/)
    assert.equal(first[6], '已结案')
  })

  it('is a workbook with the same rows, texts as texts and times as times', async () => {
    const { status, headers, bytes } = await exported(leader, { format: 'xlsx', state: 'closed' })
    assert.equal(status, 200)
    assert.match(headers.get('content-type'), /spreadsheetml/)
    const sheet = member(bytes, 'xl/worksheets/sheet1.xml')
    const rows = sheet.match(/<row [^]*?<\/row>/g)
    const shown = await listed(leader, { state: 'closed' })
    assert.equal(rows.length, shown.length + 1)
    shown.forEach((row, i) => assert.ok(rows[i + 1].includes(`>${row.code}<`), row.code))
    assert.match(rows[1], /<c r="K2" s="1"><v>\d{5}\.\d+<\/v><\/c>/)
    assert.match(member(bytes, 'xl/styles.xml'), /yyyy-mm-dd hh:mm/)
  })

  it('never lets a text become a formula', async () => {
    const areas = await leader.get('/areas.geojson', { query: { kind: 'grid' } })
    const ring = areas.body.features[0].geometry.coordinates.flat(Infinity)
    const mean = (odd) => ring.filter((_, i) => i % 2 === odd).reduce((a, b, _, all) => a + b / all.length, 0)
    const made = await resident.post('/cases', { text: '=HYPERLINK("http://example.org","看")', at: { lon: mean(0), lat: mean(1) } })
    assert.equal(made.status, 201, made.text)
    const mine = csvRows((await resident.get('/cases/export', { query: { format: 'csv', mine: 'reported' } })).text)
    assert.equal(mine.find((row) => row[0] === made.body.code)[1], '\'=HYPERLINK("http://example.org","看")')
    const { bytes } = await exported(resident, { format: 'xlsx', mine: 'reported' })
    assert.ok(!member(bytes, 'xl/worksheets/sheet1.xml').includes('<f>'))
  })

  it('by a job gives the same file, to its owner alone, and leaves a record', async () => {
    const begun = await secretary.post('/cases/export', undefined, { query: { format: 'csv', sort: 'old' } })
    assert.equal(begun.status, 202, begun.text)
    const ended = await job(secretary, begun.body.job)
    assert.equal(ended.state, 'done', ended.problem)
    assert.equal(ended.file, true)
    const shown = await listed(secretary, { sort: 'old' })
    assert.equal(ended.result.rows, shown.length)
    const file = await secretary.get(`/jobs/${begun.body.job}/result`)
    assert.deepEqual(csvRows(file.text).slice(1).map((row) => row[0]), shown.map((row) => row.code))
    const admin = await enter('system_admin')
    assert.equal((await admin.get(`/jobs/${begun.body.job}/result`)).status, 404)
    assert.equal((await server.client().get(`/jobs/${begun.body.job}/result`)).status, 401)
    const audit = await enter('audit_admin')
    const rows = (await audit.get('/audit', { query: { action: 'case.export' } })).body.items
    const row = rows.find((one) => one.object_id === begun.body.job)
    assert.deepEqual(row?.detail, { format: 'csv', rows: shown.length })
    assert.ok(rows.some((one) => one.detail.format === 'xlsx'))
  })

  it('by a job sees no more than the API token that began it', async () => {
    const held = await secretary.post('/tokens', { name: '导出', permissions: ['signed_in', 'case.report'] })
    assert.equal(held.status, 201, held.text)
    const client = server.client({ bearer: held.body.token })
    const begun = await client.post('/cases/export', undefined, { query: { format: 'csv' } })
    assert.equal(begun.status, 202, begun.text)
    assert.equal((await job(secretary, begun.body.job)).result.rows, 0)
  })

  it('refuses what it does not know', async () => {
    for (const [query, field] of [[{}, 'format'], [{ format: 'pdf' }, 'format'], [{ format: 'csv', state: 'lost' }, 'state'], [{ format: 'csv', bbox: '1' }, 'bbox']]) {
      const got = await leader.get('/cases/export', { query })
      assert.equal(got.status, 422, got.text)
      assert.equal(got.body.errors[0].field, field)
    }
    assert.equal((await server.client().get('/cases/export', { query: { format: 'csv' } })).status, 401)
  })
})
