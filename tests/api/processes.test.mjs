/* Several processes on one PostgreSQL, and a PostgreSQL that goes away: what one process changes the others know within two seconds, work is done
 * once, and everything goes on without a restart when the database is back. Skipped where PostgreSQL is not installed. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine, good } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { mailbox } from './support/mailbox.mjs'
import { build, folder, root, run, sleep, startServer, until } from './support/server.mjs'

const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
const cluster = folder('linli-cluster-')
const own = folder('linli-processes-')
const made = tool('start', cluster.path)
const skip = made.status === 77 && 'PostgreSQL is not installed'
const env = { LINLI_DB: made.stdout.trim() }
const password = 'Correct horse 47 battery'
let one, two, three, admin

describe('PostgreSQL', { skip }, () => {
  before(async () => {
    assert.equal(made.status, 0, made.stderr)
    const init = await run(join(build, 'linli'), ['init', '--name', '测试区', '--data', own.path], { env })
    assert.equal(init.code, 0, init.err)
    one = await startServer({ dir: own.path, env })
    two = await startServer({ dir: own.path, env, args: ['--node', '1'] })
    three = await startServer({ dir: own.path, env, args: ['--node', '2'] })
    admin = await one.user({ role: 'system_admin', sign: 'system' })
  })
  after(async () => {
    await one?.stop()
    await two?.stop()
    await three?.stop()
    tool('stop', cluster.path)
    own.remove()
    cluster.remove()
  })

  const signedIn = () => two.client().signIn('system', password)
  const sql = (text) => {
    const answer = spawnSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', env.LINLI_DB, '-c', text], { encoding: 'utf8' })
    assert.equal(answer.status, 0, answer.stderr)
    return answer.stdout.trim()
  }

  /** Called with the answer to a change in hand: whoever asks the other process two seconds later, or earlier, is shown it, however long the answer takes. */
  const soon = async (check) => {
    const since = performance.now()
    for (;;) {
      const asked = performance.now() - since
      if (await check()) return
      assert.ok(asked < 2000, `not shown to who asked after ${Math.round(asked)} ms`)
      await sleep(25)
    }
  }
  const add = (client, name, key) => client.post('/people', { name }, { key })

  test('what one process changes the other knows within two seconds', async () => {
    const there = await signedIn()
    fine(await admin.put('/settings/case.reopen_days', { value: 20 }), 204)
    await soon(async () => fine(await there.get('/settings')).items.find((s) => s.key === 'case.reopen_days').value === 20)
    const category = fine(await admin.post('/categories', { kind: 'service', name_zh: '新类', name_en: 'New', leaf: true }), 201)
    await soon(async () => fine(await two.client().get('/categories')).items.some((c) => c.id === category.id))
  })

  test('a session ended in one is ended in the other', async () => {
    const here = await one.client().signIn('system', password), there = two.client()
    there.cookies = new Map(here.cookies)
    fine(await there.get('/session'))
    fine(await here.delete('/session'), 204)
    await soon(async () => (await there.get('/session')).status === 401)
  })

  test('so is one that its owner ends elsewhere, by name or with a new password, and that of an account locked or closed', async () => {
    const security = await one.user({ role: 'security_admin', sign: 'security' })
    const begun = async (name) => {
      const there = await two.client().signIn(name, password)
      fine(await there.get('/session'))
      return there
    }
    const refusedSoon = (there) => soon(async () => (await there.get('/session')).status === 401)
    const account = async (name) => {
      const here = await one.user({ sign: name, name }), [person] = fine(await admin.get('/people', { query: { text: name } })).items
      return { here, id: fine(await admin.get(`/people/${person.id}`)).accounts[0].id }
    }
    const { here, id } = await account('kim')
    const named = await begun('kim')
    const other = fine(await here.get('/sessions')).items.find((s) => !s.current)
    fine(await here.delete(`/sessions/${other.id}`), 204)
    await refusedSoon(named)
    const locked = await begun('kim')
    fine(await security.post(`/accounts/${id}/lock`), 204)
    await refusedSoon(locked)
    const { here: lee, id: closing } = await account('lee')
    const old = await begun('lee')
    fine(await lee.post('/account/password', { old: password, new: good }), 204)
    await refusedSoon(old)
    const closed = await two.client().signIn('lee', good)
    fine(await closed.get('/session'))
    fine(await admin.post(`/accounts/${closing}/close`), 204)
    await refusedSoon(closed)
  })

  test('areas made, redrawn or imported are on the map of every process', async () => {
    const rectangle = (west, south, east, north) => ({ type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
    const top = fine(await admin.get('/areas/tree')).items[0].id
    const make = async (parent_id, kind, name, ...where) => fine(await admin.post('/areas', { parent_id, kind, name, geometry: rectangle(...where) }), 201).id
    const holder = async (server, lon) => (await server.client().get('/areas/at', { query: { lon, lat: 23.01 } })).body.area?.id
    const everywhere = (lon, id) => Promise.all([two, three].map((server) => soon(async () => (await holder(server, lon)) === id)))
    const street = await make(top, 'street', '处处街道', 121, 23, 121.04, 23.02)
    const left = await make(street, 'community', '左社区', 121, 23, 121.02, 23.02)
    await everywhere(121.01, left)
    const right = await make(street, 'community', '右社区', 121.02, 23, 121.04, 23.02)
    await everywhere(121.03, right)
    const line = { type: 'LineString', coordinates: [[121.02, 23], [121.025, 23.01], [121.02, 23.02]] }
    fine(await admin.post('/areas/redraw', { op: 'border', areas: [left, right], line }))
    await everywhere(121.023, left)
    fine(await admin.post('/areas/redraw', { op: 'merge', areas: [left, right] }))
    await everywhere(121.03, left)
    const file = join(own.path, 'areas.geojson'), named = (name, west) => JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name }, geometry: rectangle(west, 23, west + 0.02, 23.02) }] })
    fine(await admin.post('/areas/import', named('寄来街道', 121.1), { query: { name_property: 'name', kind: 'street' }, type: 'application/geo+json' }))
    await everywhere(121.11, fine(await admin.get('/areas/at', { query: { lon: 121.11, lat: 23.01 } })).area.id)
    writeFileSync(file, named('终端街道', 121.2))
    await one.must('import', 'areas', file, '--kind', 'street', '--name-property', 'name')
    await Promise.all([one, two, three].map((server) => soon(async () => Boolean(await holder(server, 121.21)))))
  })

  test('what both write is all there, and the audit chain holds', async () => {
    const clients = [await one.client().signIn('system', password), await signedIn()]
    const made = await Promise.all(Array.from({ length: 60 }, (_, i) => add(clients[i % 2], `人员甲${i}`, `both-${i}`)))
    assert.equal(new Set(made.map((a) => fine(a, 201).id)).size, 60)
    const rows = await Promise.all(clients.map(async (c) => fine(await c.get('/people', { query: { text: '人员甲', limit: 100 } })).items.length))
    assert.deepEqual(rows, [60, 60])
    await one.must('audit', 'verify')
  })

  describe('work is done once', () => {
    const many = 12
    let d, box, other
    const all = () => [one, two, three]
    const everywhere = (somebody) => all().map((server) => server.client().resume(somebody))
    const report = async (i) => fine(await all()[i % 3].client().post('/cases', { text: `路灯不亮 ${i}`, category: d.category('路灯异常').id, at: inGrid(1) }), 201)
    const counts = (list) => list.reduce((so, key) => so.set(key, (so.get(key) ?? 0) + 1), new Map())
    const eachOnce = (list, n) => assert.deepEqual([...counts(list).values()], Array(n).fill(1))
    /** Ids of the jobs a process has begun, by what it says. */
    const begunBy = (server) => [...server.log().matchAll(/^.*job_begun.*$/gm)].map(([line]) => /\bid"?[=:]"?(\d+)/.exec(line)[1])

    before(async () => {
      d = await makeDistrict(one)
      box = await mailbox()
    })
    after(async () => {
      await box?.close()
      other?.close()
    })

    test('jobs that people begin, wherever they ask', async () => {
      const header = 'service_request_id,requested_datetime,area,service_name,subproject,description,address_string,lat,long'
      const leaders = everywhere(d.admin)
      const before = Number(sql('SELECT count(*) FROM cases'))
      const jobs = await Promise.all(Array.from({ length: many }, async (_, i) => {
        const rows = Array.from({ length: 5 }, (_, k) => `once-${i}-${k},2017-03-01 08:00:00,東街,路燈故障,9盞以下路燈故障,"路燈不亮",一路,23.005,120.005`)
        return fine(await leaders[i % 3].post('/cases/import', Buffer.from([header, ...rows, ''].join('\r\n')), { query: { mapping: 'tainan-1999' }, type: 'text/csv' }), 202).job
      }))
      await until(() => sql(`SELECT count(*) FROM job WHERE state = 3 AND tries = 1 AND id IN (${jobs})`) === String(many), 60_000)
      assert.equal(Number(sql('SELECT count(*) FROM cases')) - before, 5 * many)
      const begun = () => all().flatMap(begunBy).filter((id) => jobs.includes(id))
      await until(() => begun().length >= many)     /* what they say comes a little later */
      eachOnce(begun(), many)
    })

    test('jobs that fall due in all of them at the same time', async () => {
      const count = "SELECT kind, count(*) FROM job WHERE owner_id IS NULL GROUP BY kind ORDER BY kind"
      const before = new Map(sql(count).split('\n').map((line) => line.split('|')))
      assert.ok(before.size > 10)
      sql("UPDATE job SET created_at = created_at - 172800000 WHERE owner_id IS NULL")
      const twice = () => new Map(sql(count).split('\n').map((line) => line.split('|')))
      await until(() => [...twice()].every(([kind, n]) => Number(n) > Number(before.get(kind))), 20_000)
      await sleep(5000)
      for (const [kind, n] of twice()) assert.equal(Number(n), Number(before.get(kind)) + 1, kind)
      await until(() => sql('SELECT count(*) FROM job WHERE state IN (1, 2)') === '0', 60_000)
      assert.equal(sql('SELECT count(*) FROM job WHERE tries <> 1'), '0')
      const begun = all().flatMap(begunBy)
      eachOnce(begun, new Set(begun).size)
    })

    test('letters and calls to other systems', async () => {
      const heard = []
      other = createServer((request, response) => {
        heard.push(request.headers['webhook-id'])
        request.resume()
        setTimeout(() => response.end('{}'), 30)
      })
      await new Promise((done) => other.listen(0, '127.0.0.1', done))
      const set = async (key, value) => fine(await d.admin.put(`/settings/${key}`, { value }), 204)
      await set('deliver.private_targets', true)
      await set('site.url', 'https://linli.example.org')
      const { version } = fine(await d.admin.get('/mail/server'))
      fine(await d.admin.put('/mail/server', { host: '127.0.0.1', port: box.port, security: 'none', sender: 'linli@example.org' }, { version }))
      fine(await d.lamps.put('/mail/address', { address: 'lamps@example.org' }))
      const code = /^ {4}(\S+)\r$/m.exec((await box.next('lamps@example.org')).text)[1]
      const { work, deadlines, own: mine, followed, other: rest, daily_hour, quiet, quiet_from, quiet_to, version: read } = fine(await d.lamps.post('/mail/confirm', { code }))
      fine(await d.lamps.put('/mail', { work, deadlines, own: mine, followed, other: rest, daily_hour, quiet, quiet_from, quiet_to, work: 'at_once' }, { version: read }))
      const hook = fine(await d.admin.post('/webhooks', { name: 'once', url: `http://127.0.0.1:${other.address().port}/once`, format: 'json', events: ['report'] }), 201)
      await sleep(2000)     /* every process knows of the hook */
      const cases = await Promise.all(Array.from({ length: many }, (_, i) => report(i)))
      const dispatchers = everywhere(d.dispatcher)
      await Promise.all(cases.map(async ({ id }, i) => {
        const who = dispatchers[i % 3], { version } = fine(await who.get(`/cases/${id}`))
        fine(await who.post(`/cases/${id}/accept`, {}, { version }))
        fine(await who.post(`/cases/${id}/dispatch`, { org: d.orgs.lighting }, { version: version + 1 }))
      }))
      const mailed = () => box.mails.filter((mail) => mail.to.includes('lamps@example.org'))
      await until(() => heard.length >= many && mailed().length >= many, 60_000)
      await sleep(5000)
      eachOnce(heard, many)
      eachOnce(mailed().map((mail) => cases.find(({ code }) => mail.text.includes(code))?.code), many)
      assert.equal(sql(`SELECT count(*) FROM delivery WHERE target_id = ${hook.id} AND tries = 1`), String(many))
    })
  })

  test('a killed database is answered 503, and found again without a restart', async () => {
    const clients = [await one.client().signIn('system', password), await signedIn()]
    const before = fine(await add(clients[0], '留下的人', 'kept'), 201)
    tool('halt', cluster.path)
    for (const [i, server] of [one, two].entries()) {
      await until(async () => (await add(clients[i], '断线的人', 'during')).status === 503, 5000)
      await until(async () => (await server.client().get('//readyz')).status === 503, 5000)
      assert.equal((await server.client().get('//healthz')).status, 200)
    }
    tool('resume', cluster.path)
    for (const client of clients) await until(async () => (await client.get('//readyz')).status === 200, 15_000)
    assert.equal(fine(await add(clients[0], '留下的人', 'kept'), 201).id, before.id, 'repeated, not done twice')
    fine(await add(clients[1], '断线的人', 'during'), 201)
    assert.equal(sql("SELECT count(*) FROM person WHERE name = '断线的人'"), '1', 'once, however often it was tried')
    await one.must('audit', 'verify')
    assert.equal(one.ended() ?? two.ended(), null)
  })

  test('the doctor finds nothing', async () => {
    await one.must('doctor', '--thorough')
  })

  test('while a district is taken in everybody writes, and whoever would make, name or take in another is told to wait', async () => {
    const at = (name) => join(own.path, name)
    await one.must('export', 'tenant', at('one.linli'), '--keys', at('one.keys'), '--tenant', 'district')
    /* The load stands still in the middle, at a host name that somebody else has half written. */
    const other = spawn('psql', ['-X', '-q', '-d', env.LINLI_DB])
    other.stdin.write("BEGIN; INSERT INTO host (host, district, created_at) VALUES ('second.example.org', 1, 1);\n")
    const waits = () => sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INTO host%'") === '1'
    await until(() => sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE 'INSERT INTO host%'") === '1')
    const load = one.cli('import', 'tenant', at('one.linli'), '--keys', at('one.keys'), '--code', 'second', '--host', 'second.example.org')
    await until(waits, 20_000)
    let over = false
    const began = performance.now()
    const late = Promise.all([
      ['tenant', 'create', '--host', 'third.example.org', '--name', '第三区'], ['tenant', 'add-host', '--tenant', 'district', 'second.example.org'],
      ['demo', '--host', 'fourth.example.org', '--code', 'fourth', '--cases', '0'],
      ['import', 'tenant', at('one.linli'), '--keys', at('one.keys'), '--code', 'fifth', '--host', 'fifth.example.org'],
    ].map((words) => one.cli(...words))).finally(() => (over = true))
    const client = await signedIn()
    let slowest = 0
    for (let i = 0; !over; i++) {
      const since = performance.now()
      fine(await add(client, '照常的人', `meanwhile-${i}`), 201)
      slowest = Math.max(slowest, performance.now() - since)
      await sleep(50)
    }
    const took = performance.now() - began, refused = await late
    assert.ok(waits(), 'it is still under way')
    for (const answer of refused) assert.match(answer.err, /a district is just being made or taken in; try again/)
    assert.ok(refused.every(({ code }) => code === 1) && took < 15_000, `${Math.round(took)} ms`)
    assert.ok(slowest < 2000, `a write took ${Math.round(slowest)} ms`)
    other.stdin.end('ROLLBACK;\n')
    const loaded = await load
    assert.equal(loaded.code, 0, loaded.err)
    await one.must('tenant', 'create', '--host', 'third.example.org', '--name', '第三区')
    const districts = JSON.parse((await one.must('tenant', 'list', '--json')).out)
    assert.deepEqual(districts.map(({ number, code }) => [number, code]), [[1, 'district'], [2, 'second'], [3, 'third']])
  })

  test('a database that does not fit is refused with the reason', async () => {
    const psql = (sql) => assert.equal(spawnSync('psql', ['-X', '-q', '-d', env.LINLI_DB, '-c', sql]).status, 0, sql)
    psql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    const latin = await run(join(build, 'linli'), ['migrate', '--data', own.path, '--db', `${env.LINLI_DB}&dbname=latin`])
    assert.notEqual(latin.code, 0)
    assert.match(latin.err, /database_refused.*encoding.*LATIN1.*UTF8/)
    psql("INSERT INTO migration (number, name, checksum, applied_at) VALUES (9999, '9999_later', 'x', 1)")
    const newer = await run(join(build, 'linli'), ['serve', '--data', own.path, '--port', '0'], { env })
    assert.notEqual(newer.code, 0)
    assert.match(newer.err, /made by a newer program/)
  })
})
