/* A city over its districts: counters side by side and summed up, against the rows of the districts themselves; who sees it, who does not, what a
 * district is told; and how long it takes with twenty districts. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine, refused } from './support/district.mjs'
import { rowsOf } from './support/database.mjs'
import { build, folder, run, sleep, startServer, until } from './support/server.mjs'

const password = 'Correct horse 47 battery'
const DAY = 86_400_000
const own = folder('linli-city-')
const linli = join(build, 'linli')
let server, leader, here, two

const must = async (...words) => {
  const r = await run(linli, [...words, '--data', own.path], { input: password + '\n' })
  assert.equal(r.code, 0, `${words.join(' ')}: ${r.err}`)
  return r.out
}
const refuse = async (code, ...words) => {
  const r = await run(linli, ['tenant', 'city', ...words, '--data', own.path])
  assert.equal(r.code, code, `${words.join(' ')}: ${r.err}`)
  assert.ok(r.err)
  return r.err
}
const user = (tenant, name, role) => must('user', 'add', '--tenant', tenant, '--name', name, '--sign-in-name', name, '--role', role, '--password-stdin')
/* Three names of this machine, one for each space. */
const at = (host) => server.client({ url: `http://${host}:${server.port}` })
const CITY = '127.0.0.1', ONE = '[::ffff:127.0.0.1]', TWO = 'localhost'
const day = (n) => new Date(Date.now() + 8 * 3_600_000 + n * DAY).toISOString().slice(0, 10)
const figures = async (client, query) => fine(await client.get('/city/figures', { query }))
const figureOf = (line, word) => line.figures.find((f) => f.word === word)

/** What a district says of itself, at its root. */
const itself = async (client, from, to) => fine(await client.get('/insight/figures', { query: { from, to } }))

before(async () => {
  await must('demo', '--cases', '220', '--seed', '7')
  await must('demo', '--cases', '140', '--seed', '8', '--host', TWO, '--code', 'two')
  await must('tenant', 'create', '--host', CITY, '--name', '某市', '--code', 'city')
  await user('city', 'shizhang', 'city_leader')
  await user('city', 'guanli', 'system_admin')
  await user('demo', 'quzhang', 'district_leader')
  await user('demo', 'guanli', 'system_admin')
  await user('demo', 'shenji', 'audit_admin')
  await user('two', 'quzhang', 'district_leader')
  server = await startServer({ dir: own.path })
  await until(async () => rowsOf(own.path, 'SELECT COUNT(*) AS n FROM insight_tree WHERE parent_id = 0')[0].n >= 2, 20_000)
})
after(async () => {
  await server?.stop()
  own.remove()
})

describe('a city', () => {
  test('is empty until a district belongs to it', async () => {
    leader = await at(CITY).signIn('shizhang', password)
    here = await at(ONE).signIn('quzhang', password)
    two = await at(TWO).signIn('quzhang', password)
    const seen = await figures(leader)
    assert.deepEqual([seen.name, seen.districts, seen.total.reported], ['某市', [], 0])
  })

  test('is told on the terminal; what cannot be is refused by name, and nothing is changed', async () => {
    await must('tenant', 'create', '--host', 'far.example.org', '--name', '远区', '--code', 'far', '--time-zone', 'Europe/Berlin')
    assert.match(await refuse(1, 'add', '--tenant', 'city', 'far'), /time zones/)
    assert.match(await refuse(1, 'add', '--tenant', 'city', 'city'), /own/)
    assert.match(await refuse(1, 'add', '--tenant', 'city', 'nowhere'), /no such district/)
    assert.match(await refuse(1, 'remove', '--tenant', 'city', 'two'), /does not belong/)
    await refuse(2, 'add', 'two')
    await refuse(2, 'dance')
    assert.deepEqual(JSON.parse(await must('tenant', 'city', 'list', '--json')), [])
    await must('tenant', 'city', 'add', '--tenant', 'city', 'demo')
    await must('tenant', 'city', 'add', '--tenant', 'city', 'two')
    assert.match(await refuse(1, 'add', '--tenant', 'city', 'two'), /already/)
    assert.match(await refuse(1, 'add', '--tenant', 'two', 'far'), /city cannot belong|time zones/)
    await must('tenant', 'create', '--host', 'other.example.org', '--name', '另市', '--code', 'other')
    assert.match(await refuse(1, 'add', '--tenant', 'other', 'two'), /another city/)
    assert.match(await refuse(1, 'add', '--tenant', 'other', 'city'), /city cannot belong/)
    assert.match(await refuse(1, 'add', '--tenant', 'two', 'other'), /city cannot belong/)
    assert.deepEqual(JSON.parse(await must('tenant', 'city', 'list', '--json')).map((m) => `${m.city} ${m.district}`), ['city demo', 'city two'])
  })

  test('shows each district what it counts itself, for days, months across, and the period before', async () => {
    for (const [from, to] of [[day(-29), day(0)], [day(-6), day(0)], [day(-75), day(-3)], [day(-400), day(0)], [day(0), day(0)]]) {
      const seen = await figures(leader, { from, to })
      assert.deepEqual(seen.districts.map((d) => d.code), ['demo', 'two'])
      for (const [line, client] of [[seen.districts[0], here], [seen.districts[1], two]]) {
        const own_ = await itself(client, from, to)
        assert.deepEqual(line.figures, own_.figures, `${line.code} ${from} ${to}`)
        assert.deepEqual(line.counts, own_.counts, `${line.code} ${from} ${to}`)
        assert.equal(line.open, own_.open)
        assert.ok(line.overdue <= own_.overdue, 'what fell due in this hour is added by the district alone')
      }
      assert.deepEqual([seen.before_from, seen.before_to], [(await itself(here, from, to)).before_from, (await itself(here, from, to)).before_to])
    }
    const seen = await figures(leader)
    assert.ok(seen.total.overdue > 0 && seen.total.reported > 50, 'the demonstrations are full of life')
  })

  test('sums numerators and denominators, and computes rates from the sums', async () => {
    const seen = await figures(leader, { from: day(-60), to: day(0) })
    for (const key of ['reported', 'closed', 'open', 'overdue']) assert.equal(seen.total[key], seen.districts[0][key] + seen.districts[1][key], key)
    let differs = 0
    for (const f of seen.total.figures) {
      const parts = seen.districts.map((d) => figureOf(d, f.word))
      const sum = (key) => parts[0][key] + parts[1][key]
      assert.deepEqual([f.part, f.whole, f.part_before, f.whole_before], ['part', 'whole', 'part_before', 'whole_before'].map(sum), f.word)
      assert.equal(f.rate, f.whole ? Math.floor((f.part * 20000 + f.whole) / (2 * f.whole)) : -1, f.word)
      differs += Math.abs(f.rate - (parts[0].rate + parts[1].rate) / 2) > 1
    }
    assert.ok(differs > 0, 'the mean of percentages would have been another number')
  })

  test('says when it was read, and that overdue is as of the hour', async () => {
    const before_ = Date.now(), seen = await figures(leader)
    assert.ok(seen.at >= before_ - 1000 && seen.at <= Date.now() + 1000)
    assert.ok(seen.overdue_at <= seen.at && seen.at - seen.overdue_at < 3_600_000)
  })

  test('has a series whose sum is the total', async () => {
    const seen = await figures(leader, { from: day(-89), to: day(0) })
    for (const step of ['day', 'week', 'month']) {
      const steps = fine(await leader.get('/city/series', { query: { from: day(-89), to: day(0), step } })).items
      for (const word of ['reported', 'closed']) assert.equal(steps.reduce((n, s) => n + s[word], 0), seen.total[word], `${step} ${word}`)
    }
  })

  test('is a sheet in both languages, with numerators and denominators', async () => {
    const seen = await figures(leader, { from: day(-29), to: day(0) })
    const zh = await leader.get('/city/figures.csv', { query: { from: day(-29), to: day(0) }, headers: { 'Accept-Language': 'zh' } })
    const en = await leader.get('/city/figures.csv', { query: { from: day(-29), to: day(0) }, headers: { 'Accept-Language': 'en' } })
    assert.equal(zh.status, 200)
    assert.match(zh.headers.get('content-disposition'), /city\.csv/)
    const lines = zh.text.replace(/^\uFEFF/, '').trimEnd().split('\r\n').map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
    assert.match(lines[0].join(), /城区.*上报.*按期率：分子/)
    assert.match(en.text, /District.*Reported/)
    assert.deepEqual(lines.slice(1).map((l) => l[0]), [...seen.districts.map((d) => d.name), '合计'])
    const column = lines[0].indexOf('按期率：分母')
    assert.equal(Number(lines[3][column]), figureOf(seen.total, 'on_time').whole)
    assert.equal(Number(lines[3][lines[0].indexOf('上报')]), seen.total.reported)
  })

  test('refuses bad days by name', async () => {
    for (const path of ['/city/figures', '/city/series', '/city/figures.csv']) {
      refused(await leader.get(path, { query: { from: '2026-02-31' } }), 422, 'invalid', 'from')
      refused(await leader.get(path, { query: { from: '2026-02-03', to: '2026-02-01' } }), 422, 'invalid', 'from')
      refused(await leader.get(path, { query: { from: '2010-02-03', to: '2026-02-01' } }), 422, 'invalid', 'from')
    }
    refused(await leader.get('/city/series', { query: { step: 'year' } }), 422, 'invalid', 'step')
  })
})

describe('apart', () => {
  test('a district\'s own people see no city, whatever their role', async () => {
    for (const client of [here, two, await at(ONE).signIn('guanli', password)])
      for (const path of ['/city/figures', '/city/series', '/city/figures.csv']) assert.equal((await client.get(path)).status, 403, path)
    for (const path of ['/city/figures', '/city/series', '/city/figures.csv', '/city/membership']) assert.equal((await server.client().get(path)).status, 401, path)
    assert.equal((await leader.get('/city/membership')).status, 403)
  })

  test('a city leader of a space that is no city sees an empty one: a district cannot see its neighbours', async () => {
    await user('two', 'huanxiang', 'city_leader')
    const dreamer = await at(TWO).signIn('huanxiang', password)
    const seen = await figures(dreamer)
    assert.deepEqual([seen.districts, seen.total.reported, seen.total.open], [[], 0, 0])
    assert.equal(fine(await dreamer.get('/city/series')).items.reduce((n, s) => n + s.reported, 0), 0)
  })

  test('the city\'s people reach nothing else of a district: no case, no unit, no person, under either name', async () => {
    const ids = rowsOf(own.path, "SELECT CAST(id AS TEXT) AS id FROM cases ORDER BY cases.id LIMIT 5").map((r) => r.id)
    const area = rowsOf(own.path, 'SELECT CAST(area_id AS TEXT) AS id FROM insight_tree WHERE parent_id = 0 ORDER BY tenant_id')[0].id
    for (const id of ids) assert.ok([403, 404].includes((await leader.get(`/cases/${id}`)).status))
    assert.deepEqual(fine(await leader.get('/cases')).items, [])
    for (const path of ['/people', '/areas/tree', '/insight/figures', `/insight/figures?unit=${area}`]) assert.ok([403, 404].includes((await leader.get(path)).status), path)
    const abroad = at(ONE)
    abroad.cookies = new Map(leader.cookies)
    for (const path of ['/city/figures', '/cases', '/session']) assert.equal((await abroad.get(path)).status, 401, path)
    const text = JSON.stringify(await figures(leader))
    for (const id of [...ids, area]) assert.ok(!text.includes(id))
    for (const { name } of rowsOf(own.path, 'SELECT name FROM person WHERE tenant_id < 3 ORDER BY person.id LIMIT 40')) assert.ok(!text.includes(name), name)
  })

  test('a district finds in its settings and in its audit record that it belongs to a city', async () => {
    const admin = await at(ONE).signIn('guanli', password), audit = await at(ONE).signIn('shenji', password)
    const member = fine(await admin.get('/city/membership'))
    assert.equal(member.city, '某市')
    assert.ok(Math.abs(member.since - Date.now()) < 600_000)
    const rows = fine(await audit.get('/audit', { query: { action: 'city.join' } })).items
    assert.equal(rows.length, 1)
    assert.match(JSON.stringify(rows[0].detail), /某市/)
    for (const which of ['demo', 'two', 'city']) await must('audit', 'verify', '--tenant', which)
  })

  test('and when it leaves, the city sees it no more', async () => {
    await must('tenant', 'city', 'remove', '--tenant', 'city', 'demo')
    await until(async () => (await figures(leader)).districts.map((d) => d.code).join() === 'two', 4000)
    const admin = await at(ONE).signIn('guanli', password), audit = await at(ONE).signIn('shenji', password)
    assert.equal(fine(await admin.get('/city/membership')).city, null)
    assert.equal(fine(await audit.get('/audit', { query: { action: 'city.leave' } })).items.length, 1)
    await must('tenant', 'city', 'add', '--tenant', 'city', 'demo')
  })
})

test('twenty districts with two years of counters each are read at once, fast', async () => {
  for (let i = 0; i < 18; i++) await must('tenant', 'create', '--host', `d${i}.example.org`, '--name', `第${i}区`, '--code', `d${i}`)
  for (let i = 0; i < 18; i++) await must('tenant', 'city', 'add', '--tenant', 'city', `d${i}`)
  const tenants = rowsOf(own.path, "SELECT tenant_id AS id FROM tenant WHERE code LIKE 'd%' AND code <> 'demo' ORDER BY tenant.tenant_id").map((r) => Number(r.id))
  const columns = 'reported filed dispatched returned first first_right due due_closed closed_on_time extended checked reworked closed rejected beyond_powers valid resolved starred satisfied asked contacted unreachable upheld whistled whistle_answered open_reported open_due in_reported in_waiting in_accepted in_dispatched in_handling in_handled in_suspended'.split(' ')
  const today = Math.floor((Date.now() + 8 * 3_600_000) / DAY)
  const month = (d) => { const date = new Date(d * DAY); return Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY) }
  for (const t of tenants) {
    server.sql(`DELETE FROM insight_tree WHERE tenant_id = ${t}`)
    server.sql(`DELETE FROM insight_sum WHERE tenant_id = ${t}`)
    server.sql(`INSERT INTO insight_tree (tenant_id, area_id, parent_id) VALUES (${t}, 77, 0)`)
    const rows = [], months = new Map()
    for (let d = today - 729; d <= today; d++) {
      rows.push(`(${t}, 77, 1, ${d}, ${columns.map((c) => (c === 'reported' ? t : 1)).join()})`)
      months.set(month(d), (months.get(month(d)) ?? 0) + 1)
    }
    for (const [d, n] of months) rows.push(`(${t}, 77, 2, ${d}, ${columns.map((c) => (c === 'reported' ? t * n : n)).join()})`)
    server.sql(`INSERT INTO insight_hour (tenant_id, unit_id, hour, open_due) VALUES ${Array.from({ length: 24 }, (_, h) => `(${t}, 77, ${today * 24 + h}, 10)`).join()}`)
    server.sql(`INSERT INTO insight_sum (tenant_id, unit_id, grain, day, ${columns.join()}) VALUES ${rows.join()}`)
  }
  await sleep(1500)   // what a reader saw it keeps for a second, each its own
  await until(async () => (await figures(leader, { from: day(0), to: day(0) })).districts.filter((d) => /^d\d/.test(d.code)).map((d) => d.reported).join() === tenants.join(), 10_000)
  /* One fell due on each of the 729 days before, ten in each hour of today that is over. */
  const over = () => 729 + 10 * Math.min(24, Math.floor((Date.now() + 8 * 3_600_000) / 3_600_000) - today * 24)
  const before_ = over(), overdue = (await figures(leader)).districts.filter((d) => /^d\d/.test(d.code)).map((d) => d.overdue)
  for (const n of overdue) assert.ok(n >= before_ && n <= over(), `${n} overdue, not ${before_}`)
  const times = {}
  for (const [name, path, from] of [['30 days', '/city/figures', -29], ['a year', '/city/figures', -364], ['series of a year', '/city/series', -364]]) {
    const took = []
    for (let i = 0; i < 15; i++) {
      const began = performance.now()
      const answer = fine(await leader.get(path, { query: { from: day(from), to: day(0) } }))
      took.push(performance.now() - began)
      if (path.endsWith('figures')) for (const [k, t] of tenants.entries()) assert.equal(answer.districts.find((d) => d.code === `d${k}`).reported, t * (1 - from))
    }
    times[name] = took.sort((a, b) => a - b)[7]
  }
  console.log(`# a city of 20 districts, median of 15: ${Object.entries(times).map(([name, t]) => `${name} ${t.toFixed(1)} ms`).join(', ')}`)
  for (const [name, t] of Object.entries(times)) assert.ok(t < 1000, `${name}: ${t} ms`)
})
