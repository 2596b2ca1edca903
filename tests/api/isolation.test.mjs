/* Two districts in one installation, both full of life, one database. Every route of the API document is asked in the first, by people of every role,
 * with the ids, codes, keys and tokens of the second: in the path, in the query, in the body, as a credential. The answer is the very one that an id of
 * nobody gives, no answer holds a word or an id of the other, no row of this one names one, and afterwards the other is as it was. What is walked comes
 * from `linli openapi`; a new route is walked without a line changed here, unless its ids have a name that support/walls.mjs does not know yet. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { onPostgres, rowsOf, sqlOn } from './support/database.mjs'
import { fine } from './support/district.mjs'
import { folder, run, startServer, build } from './support/server.mjs'
import { bodyWith, collectionOf, firstOf, ID, idFields, idsOf, kindsOf, MARK, markDistrict, namedBy, tenantOf, tracesIn, versionsOf } from './support/walls.mjs'
import { join } from 'node:path'

const NOBODY = '1000000000000000007'   // an id that no district has
const LET_IN = 2                       // people in whose hands a field or parameter is tried, of those who may
const EACH = 3                         // ids tried in the place of one parameter
const ROLES = ['district_leader', 'system_admin', 'security_admin', 'audit_admin', 'street_dispatcher', 'community_secretary', 'grid_worker', 'resident',
  'department_handler', 'org_head', 'social_worker']
const password = 'Correct horse 47 battery'
const own = folder('linli-isolation-')
const dir = own.path
let versions, photos, clients, server, document_, two, here, there, tenant, foreign, ours, before_, keys
const people = {}, leaks = []

/* What cannot be tried as the rest is, and why. An entry that names nothing any more fails. */
const UNTRIED_KEYS = {   // routes whose path has a text that is no id
  '/open311/v2/{call}': 'answers 404 to every call that there is not; nothing of a district is looked up',
  '/open311/v2/services/{code}': 'a code of the catalogue of categories, which both districts have from the same pack',
  'PUT /api/v1/settings/{key}': 'a key is a name of the program, the same in every district; the values are watched in the lists and histories',
  'GET /api/v1/settings/{key}/history': 'likewise; it is read for the letter number of the other',
}
const ASKED = ['audit.detail', 'job.params', 'idempotency.reply', 'throttle.key']   // columns that keep what was asked, as it was asked

const operations = () => Object.entries(document_.paths).flatMap(([path, methods]) => Object.entries(methods).filter(([, o]) => o.operationId)
  .map(([name, operation]) => ({ method: name.toUpperCase(), path, name: `${name.toUpperCase()} ${path}`, operation,
    parameters: (operation.parameters ?? []).filter((p) => p.in === 'path'), query: (operation.parameters ?? []).filter((p) => p.in === 'query'),
    schema: operation.requestBody?.content?.['application/json']?.schema })))
const at = (path) => `/${path}`   // the whole path, past /api/v1
const isId = (p) => p.schema.pattern === ID
/** An answer without what differs from one asking to the next, nor the value that was asked for. */
const bare = (answer, ...asked) => asked.reduce((text, one) => text.replaceAll(one, '#'), answer.text).replace(/"instance":"[^"]*"/g, '').replace(/\d{13}(?!\d)/g, 'T')

/** fn of each, some at a time; what it gives in their order. Who asks one after the other leaves either side idle while the other works. */
async function each(list, fn, most = 4) {
  const out = []
  let next = 0
  await Promise.all(Array.from({ length: most }, async () => {
    while (next < list.length) {
      const i = next++
      out[i] = await fn(list[i])
    }
  }))
  return out
}
const everybody = () => [...Object.entries(people), ['nobody', watched(server.client())]]

/* ---- what an answer must not hold ---- */

/** The client, whose every answer is looked through for words and ids of the other that it was not asked with. */
function watched(client) {
  const ask = client.request.bind(client)
  client.request = async (method, path, options = {}) => {
    const answer = await ask(method, path, options)
    const said = `${path} ${JSON.stringify(options.query ?? '')} ${typeof options.body === 'string' ? options.body : JSON.stringify(options.body ?? '')}`
    const text = `${answer.text} ${answer.headers.get('location') ?? ''} ${answer.headers.get('content-disposition') ?? ''}`
    if (text.includes(MARK) && !said.includes(MARK)) leaks.push(`${method} ${path}: ${text.slice(Math.max(0, text.indexOf(MARK) - 100), text.indexOf(MARK) + 20)}`)
    for (const [id] of text.matchAll(/\d{16,19}/g)) if (foreign?.all.has(id) && !said.includes(id)) leaks.push(`${method} ${path} gave ${id}`)
    if (answer.status === 500) leaks.push(`${method} ${path} ${said.slice(0, 300)}: 500 ${answer.text.slice(0, 200)}`)
    return answer
  }
  return client
}
const noLeaks = () => assert.deepEqual([...new Set(leaks.splice(0))].slice(0, 20), [])

/* ---- ids, words and bodies ---- */

/** Some of a district's ids of a table, from all its times; NOBODY when it has none. */
function some(ids, table, most) {
  const all = ids.of[table] ?? []
  return all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.floor((i * (all.length - 1)) / Math.max(most - 1, 1))])
}
const mine = (table, n = 0) => { const all = some(ours, table, 5); return all.length ? all[n % all.length] : NOBODY }
const theirs = (table) => [...some(foreign, table, EACH - 1), [...foreign.all][7]].slice(0, EACH)

/** Ids of a table to try at a path: what rows there name comes first. */
const named = new Map()
function usual(ids, which, table, path, most) {
  if (table === 'file') return [...photos[which]]
  const about = { cases: 'cases', network: 'alliance' }[path.split('/')[3]] ?? firstOf(path) ?? 'cases'
  const key = `${which} ${about}`
  if (!named.has(key)) named.set(key, namedBy(dir, tenant[which], about))
  const here_ = new Set(ids.of[table])
  return [...new Set([...named.get(key).filter((id) => here_.has(id)).slice(0, most), ...some(ids, table, 2)])]
}

let columns   // what stands in our own rows, for fields of the same name: {table: {column: text}}
const SURE = { kind: undefined, category: 'haircut', role: 'grid_worker', post: 'community_secretary', contact: '13800001234', name: '某人', phone: '13800001234',
  url: 'https://example.org/x', solved: 'yes', answer: 'yes', crs: 'wgs84', days: '1', who: '王师傅', from: '2026-01-01', to: '2026-12-31', said: '好' }
const wordsFor = (path) => (name, choices) => {
  const known = columns[firstOf(path)]?.[name] ?? SURE[name]
  return choices ? (choices.includes(SURE[name]) ? SURE[name] : undefined) : known
}
const schemaBody = (o, place, id, kind, n = 0) => ({ ...bodyWith(o.schema, { place, id, kind, own: (table) => mine(table, n), words: wordsFor(o.path), path: o.path }), ...MORE[o.name]?.(place ?? []) })

/* What a body must hold beside what its schema demands, for the field that is tried to be looked at. */
const MORE = {
  'POST /api/v1/orders': ([name]) => ({ name: '王奶奶', contact: '13800001234', ...(/slot_id|area_id/.test(name) && { service_id: mine('service') }) }),
  'PATCH /api/v1/resolutions/{id}': () => ({ reason: '更正' }),
  'POST /api/v1/alliances/{id}/resolutions': () => ({ way: 'circulation' }),
  'POST /api/v1/cases': ([name]) => ({ address: '东街 12 号', ...(name !== 'area' && { area: mine('area') }), ...(name === 'on_the_spot' && { photos: photos.here.slice(0, 1) }) }),
  'POST /api/v1/people': () => ({ post: 'community_secretary' }),
  'POST /api/v1/hook-sources': () => ({ mapping }),
  'PUT /api/v1/hook-sources/{id}': () => ({ mapping }),
}

function requestOf(o, body) {
  const types = Object.keys(o.operation.requestBody?.content ?? {})
  if (!types.length) return {}
  if (types[0] !== 'application/json') return { body: '', type: types[0] === '*/*' ? 'application/octet-stream' : types[0] }
  return { body: body ?? {} }
}

/** The path of an operation, a value for each parameter of it. */
const fill = (o, value) => at(o.parameters.reduce((path, p) => path.replace(`{${p.name}}`, encodeURIComponent(value(p))), o.path))
const tableOf = (o, p) => collectionOf(o.path.slice(0, o.path.indexOf(`{${p.name}}`)))

/* ---- two districts ---- */

/** Of everything that the demonstration has none of, one: as somebody of a district makes it. */
async function furnish(who, ids) {
  const make = async (path, body, status = 201) => fine(await who.post(path, body), status)
  await make('/tokens', { name: '报表', permissions: ['signed_in'] })
  await make('/saved', { kind: 'reply', name: '常用答复', text: '已安排' })
  await make('/api-keys', { name: '热线' })
  await make('/webhooks', { name: '推送', url: 'https://example.org/x', format: 'json' })
  await make('/hook-sources', { name: '平台', mapping })
  await make(`/orgs/${ids.of.org[3]}/contacts`, { name: '联系人', phone: '13800001234' }, 200)
}

/** Rows that nobody can make by asking, or that the demonstration has on some days only: a code on its way, a failed message, a delivery, a hold, a task. */
function plant(tenant_id, ids, n) {
  const now = Date.now(), blob = (text) => { const h = createHash('sha256').update(text).digest('hex'); return onPostgres ? `'\\x${h}'` : `X'${h}'` }
  const id = (k) => String(3_400_000_000_000_000_000n + BigInt(n) * 1000n + BigInt(k))
  sqlOn(dir, `INSERT INTO phone_code (tenant_id, id, phone_hash, code_hash, until) VALUES (${tenant_id}, ${id(1)}, ${blob('a')}, ${blob('b')}, ${now + 600_000});
    INSERT INTO outbox (tenant_id, id, channel, kind, object_kind, object_id, params, created_at, next_at, failed_at, problem)
      VALUES (${tenant_id}, ${id(2)}, 'mail', 'case.dispatched', 'case', ${ids.of.cases[0]}, '{}', ${now}, ${now}, ${now}, 'gone');
    INSERT INTO delivery (tenant_id, id, channel, target_id, kind, object_id, body, state, created_at, next_at, ended_at)
      VALUES (${tenant_id}, ${id(3)}, 'webhook', ${ids.of.hook_subscription[0]}, 'case.dispatch', ${ids.of.cases[0]}, '{}', 3, ${now}, ${now}, ${now});
    INSERT INTO resource_hold (tenant_id, id, resource_id, quantity, drawn, title, created_at) VALUES (${tenant_id}, ${id(4)}, ${ids.of.resource[0]}, 1, 0, '协议', ${now});
    INSERT INTO mail_address (tenant_id, person_id, address_enc, stop_hash, stop_enc, work, deadlines, own, followed, other, daily_hour, created_at, version)
      VALUES (${tenant_id}, ${ids.of.person[0]}, ${blob('c')}, ${blob(`stop-token-of-${n}`)}, ${blob('d')}, 3, 2, 2, 3, 1, 8, ${now}, 1);
    INSERT INTO area_redraw (tenant_id, id, area_id, body, basis, effective_at, created_at, created_by)
      VALUES (${tenant_id}, ${id(5)}, ${ids.of.area[3]}, '{}', 'x', ${now + 9e8}, ${now}, ${ids.of.account[0]});
    INSERT INTO service_rhythm (tenant_id, id, service_id, days, opens, closes, capacity, made_until, created_at)
      VALUES (${tenant_id}, ${id(6)}, ${ids.of.service[0]}, '1', 540, 600, 2, ${now}, ${now});
    INSERT INTO job (tenant_id, id, kind, params, state, owner_id, created_at, finished_at) VALUES (${tenant_id}, ${id(7)}, 'case_export', '{}', 3, ${ids.of.account[0]}, ${now}, ${now});
    INSERT INTO case_task (tenant_id, case_id, id, org_id, state, ask, called_at) VALUES (${tenant_id}, ${ids.of.cases[0]}, ${id(9)}, ${ids.of.org[0]}, 1, '到场', ${now});
    INSERT INTO notice (tenant_id, id, person_id, kind, object_kind, object_id, params, created_at)
      VALUES (${tenant_id}, ${id(8)}, ${ids.of.person[0]}, 'case.dispatched', 'case', ${ids.of.cases[0]}, '{}', ${now});`)
}

const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const mapping = { name: 'sensors', source: 'sensors', title_zh: '传感器', title_en: 'Sensors', id: 'id', text: ['what'], text_join: '：', created: ['at'],
  time_formats: ['%Y-%m-%d %H:%M:%S'], zone: 'Asia/Shanghai' }

before(async () => {
  const linli = join(build, 'linli')
  const must = async (...words) => {
    const r = await run(linli, [...words, '--data', dir])
    assert.equal(r.code, 0, `${words.join(' ')}: ${r.err}`)
    return r
  }
  await must('demo', '--cases', '150', '--seed', '7')
  await must('demo', '--cases', '150', '--seed', '8', '--host', 'localhost', '--code', 'two')
  for (const which of ['two', 'demo'])
    assert.equal((await run(linli, ['user', 'add', '--tenant', which, '--name', '连接管理员', '--sign-in-name', `connect-${which}`, '--role', 'system_admin', '--password-stdin',
      '--data', dir], { input: password + '\n' })).code, 0)
  tenant = { here: tenantOf(dir, 'demo'), there: tenantOf(dir, 'two') }
  markDistrict(dir, tenant.there)
  /* One person here who may everything everywhere, so that no right stands before the wall that is tried. */
  sqlOn(dir, `INSERT INTO assignment (tenant_id, id, person_id, role_id, unit_kind, unit_id, valid_from, created_at)
    SELECT r.tenant_id, r.id + 1, a.person_id, r.id, 1, (SELECT id FROM area WHERE tenant_id = r.tenant_id AND parent_id IS NULL), 1000, 1000
    FROM role r JOIN account a ON a.tenant_id = r.tenant_id AND a.sign_in_name = 'connect-demo' WHERE r.tenant_id = ${tenant.here} AND r.code <> 'system_admin'`)
  server = await startServer({ dir, thrifty: true })
  document_ = JSON.parse((await server.must('openapi')).out)
  two = `http://localhost:${server.port}`
  there = await server.client({ url: two }).signIn('connect-two', password)
  here = await watched(server.client()).signIn('connect-demo', password)
  people.connect = here
  for (const role of ROLES) {
    const client = watched(server.client())
    if ((await client.post('/session/demo', { role })).status < 300) people[role] = client
  }
  clients = everybody()
  assert.ok(Object.keys(people).length > 6, Object.keys(people).join())
  for (const [who, id] of [[here, tenant.here], [there, tenant.there]]) {
    await furnish(who, idsOf(dir, id))
    plant(id, idsOf(dir, id), Number(id))
  }
  keys = await keysOf(server.client({ url: two }))
  foreign = idsOf(dir, tenant.there)
  ours = idsOf(dir, tenant.here)
  columns = textsOf()
  versions = versionsNow()
  const photo = async (who) => fine(await who.post('/files', dot, { type: 'image/png' }), 201).id
  photos = { here: await each([1, 2, 3, 4, 5, 6], () => photo(here)), there: [await photo(there)] }
  foreign.all.add(photos.there[0])
  before_ = rowsOfOther()
})
after(async () => {
  await server?.stop()
  own.remove()
})

/** The version of each row that has one, as both districts have them: {id: version}. */
const versionsNow = () => Object.fromEntries(['here', 'there'].flatMap((which) => versionsOf(dir, tenant[which])).map((r) => [r.id, r.version]))
/** A request names the version of what its path means, as whoever read it would. */
const ifMatch = (id) => ({ headers: { 'If-Match': `"v${versions[id] ?? 1}"` } })

/** Words of our own rows that a field of the same name may hold. */
function textsOf() {
  const all = {}
  for (const [table, names] of Object.entries({ area: ['kind'], org: ['kind'], alliance: ['kind'], need: ['category', 'unit'], resource: ['category', 'unit'], service: ['category'],
    agreement: ['kind'], project: ['kind'], category: ['kind'] }))
    all[table] = rowsOf(dir, `SELECT ${names.join(', ')} FROM ${table} WHERE tenant_id = ${tenant.here} AND id = ${ours.of[table][0]}`)[0]
  return all
}

/** What the second district has, but for what time itself does to it. */
function rowsOfOther() {
  const names = Object.keys(foreign.of).filter((t) => !/^(session|notice|outbox|delivery|job|idempotency|exchange_match|audit)$/.test(t))
  return new Map(names.flatMap((t) => rowsOf(dir, `SELECT * FROM ${t} WHERE tenant_id = ${tenant.there} ORDER BY id`).map((row) => [`${t} ${row.id}`, JSON.stringify(row)])))
}
function asItWas() {
  const now = rowsOfOther()
  assert.deepEqual([...now].filter(([k, v]) => before_.get(k) !== v).map(([k, v]) => `${k}: ${v} was ${before_.get(k)}`).slice(0, 5), [])
  assert.deepEqual([...before_.keys()].filter((k) => !now.has(k)), [])
}

/** Codes, secrets and tokens of the second district, each a good one. */
async function keysOf(abroad) {
  const report = async () => fine(await abroad.post('/cases', { text: '路灯不亮，晚上看不清', address: '东街 12 号', contact: '13800001234' }), 201)
  const [service] = rowsOf(dir, `SELECT CAST(s.id AS TEXT) AS service, CAST(t.id AS TEXT) AS slot FROM service s JOIN service_slot t ON t.tenant_id = s.tenant_id AND t.service_id = s.id
    WHERE s.tenant_id = ${tenant.there} AND s.state = 1 AND s.public = 1 AND t.state = 1 AND t.begins_at > ${Date.now() + 3_600_000} ORDER BY t.begins_at DESC LIMIT 1`)
  const placed = async (name, contact) => fine(await abroad.post('/orders', { service_id: service.service, slot_id: service.slot, name, contact }), 201)
  /* No number of the day that the first district has or will have. One of each first: soon after midnight nothing has been counted that day. */
  await report()
  await placed('李爷爷', '13800005678')
  sqlOn(dir, `UPDATE counter SET value = value + 3000 WHERE tenant_id = ${tenant.there} AND (name LIKE 'case.%' OR name LIKE 'order.%')`)
  const sent = await report()
  const published = (await report()).code
  sqlOn(dir, `UPDATE cases SET released = 1 WHERE tenant_id = ${tenant.there} AND code = '${published}'`)
  const order = await placed('王奶奶', '13800001234')
  const follow = fine(await abroad.post(`/follows/${published}`), 201)
  return {
    case: { value: sent.code, headers: { 'X-Case-Secret': sent.secret } },
    published: { value: published, headers: {} },
    follow: { value: published, headers: { 'X-Case-Secret': follow.secret } },
    order: { value: order.items[0].code, headers: { 'X-Case-Secret': order.secret } },
    feed: { value: new URL(fine(await there.post('/calendar-feed', {}), 201).url).pathname.split('/').at(-1) },
    stop: { value: `stop-token-of-${Number(tenant.there)}` },
    letter: { value: await someLetter() },
    setting: { value: 'letter.number' },
    photo: fine(await abroad.post('/files', dot, { type: 'image/png' }), 201),
    api: fine(await there.post('/api-keys', { name: '小程序' }), 201).key,
    token: fine(await there.post('/tokens', { name: '报表二', permissions: ['signed_in'] }), 201).token,
  }
}

/** The code of a letter of introduction of the second district, as the demonstration has them. */
async function someLetter() {
  const { appointment_id } = rowsOf(dir, `SELECT CAST(appointment_id AS TEXT) AS appointment_id FROM letter WHERE tenant_id = ${tenant.there} AND replaced_at IS NULL LIMIT 1`)[0]
  const found = await there.get(`/appointments/${appointment_id}/letters`)
  const one = found.body?.items?.[0] ?? found.body?.letters?.[0]
  const url = new URL(one.verify, two)
  return url.searchParams.get('code') ?? url.pathname.split('/').at(-1)
}

/* ---- the walk ---- */

/** Notes answers that an id of the other gives otherwise than an id of nobody. What was made differs each time: it is told by its status and by tracesIn(). */
async function unlike(ask, ids, wrong, what, reading) {
  const nobody = await ask(NOBODY)
  for (const id of ids) {
    let answer, none = nobody
    for (let again = 0; again < 3; again++) {   // what others do meanwhile may have changed what either finds
      answer = await ask(id)
      if (answer.status === none.status && (answer.status < 400 && !reading || bare(answer, id) === bare(none, NOBODY))) break
      none = await ask(NOBODY)
      if (again === 2) wrong.push(`${what} with ${id}: ${answer.status} ${answer.text.slice(0, 200)}, with an id of nobody ${none.status} ${none.text.slice(0, 200)}`)
    }
  }
  return nobody
}

describe('two districts', () => {
  test('have nothing in common, and each its own words', async () => {
    assert.deepEqual([...foreign.all].filter((id) => ours.all.has(id)), [])
    assert.ok(foreign.all.size > 2000 && ours.all.size > 2000)
    const empty = [...new Set(operations().flatMap((o) => o.parameters.filter(isId).map((p) => tableOf(o, p))))].filter((t) => !foreign.of[t]?.length || !ours.of[t]?.length)
    assert.deepEqual(empty, [], 'tables of which a district has no row: furnish() or plant() one')
    const abroad = server.client({ url: two })
    fine(await abroad.post('/session/demo', { role: 'district_leader' }))
    let marked = 0
    for (const path of ['/cases', '/areas', '/orgs', '/people', '/needs', '/resources', '/alliances', '/agreements', '/projects', '/services', '/categories'])
      if ((await abroad.get(path)).text.includes(MARK)) marked++
    assert.ok(marked >= 9, `only ${marked} lists of the other hold the word`)
    noLeaks()
  })

  test('what is not tried is still there', () => {
    const names = new Set(operations().flatMap((o) => [o.name, o.path]))
    assert.deepEqual(Object.keys(UNTRIED_KEYS).filter((name) => !names.has(name)), [])
    assert.deepEqual(Object.keys(MORE).filter((name) => !names.has(name)), [])
  })

  test('an id of the other in a path is an id of nobody, on every route and for every role', async () => {
    const wrong = []
    let tried = 0
    const walked = operations().filter((o) => o.parameters.some(isId)).flatMap((o) => o.parameters.filter(isId).map((p) => ({ o, p })))
    await each(clients, ([role, client]) => each(walked, async ({ o, p }) => {
      const bodies = o.schema ? [schemaBody(o), bodyWith(o.schema, { own: (table) => foreign.of[table]?.[0] ?? NOBODY, words: wordsFor(o.path), path: o.path })] : [undefined]
      for (const body of bodies)
        await unlike((id) => (tried++, client.request(o.method, fill(o, (q) => (q === p ? id : isId(q) ? mine(tableOf(o, q)) : 'x')), { ...requestOf(o, body), ...ifMatch(o.parameters[0] === p ? id : mine(tableOf(o, o.parameters[0]))) })),
          body === bodies[1] ? theirs(tableOf(o, p)).slice(0, 1) : theirs(tableOf(o, p)), wrong, `${role}: ${o.name}`, o.method === 'GET')
    }, 2), 99)
    assert.deepEqual(wrong, [])
    assert.ok(tried > 10_000, `${tried} requests`)
    noLeaks()
  })

  test('an id of the other in a query is an id of nobody', async () => {
    const wrong = [], dead = new Set()
    const walked = operations().flatMap((o) => o.query.filter((p) => isQueryId(p)).flatMap((p) => kindsOf(p.name, o.path).map((kind) => ({ o, p, kind }))))
    await each(walked, async ({ o, p, kind }) => {
      if (!await tryQuery(o, p, kind, wrong)) dead.add(`${o.name}?${p.name}=${kind}`)
    }, 12)
    assert.deepEqual(wrong, [])
    const reached = walked.length - dead.size
    assert.ok(reached > walked.length * 0.7, `only ${reached} of ${walked.length} parameters told one of our own ids from nobody's; not ${[...dead]}`)
    noLeaks()
  })

  test('an id of the other in a body is an id of nobody, where one of our own is taken', async () => {
    const wrong = [], dead = []
    const late = (o) => /merge|redraw|move|close|end|withdraw/.test(o.path)
    const walked = operations().filter((o) => o.schema && idFields(o.schema).length).sort((a, b) => late(a) - late(b))
      .flatMap((o) => idFields(o.schema).flatMap((place) => kindsOf(place.filter((n) => n !== '[]').at(-1), o.path).map((kind) => ({ o, place, kind }))))
    await each(walked, async ({ o, place, kind }) => {
      const alive = await tryField(o, place, kind, wrong)
      if (alive !== true) dead.push(`${o.name} ${place.join('.')}=${kind} ${alive}`)
    }, 24)
    assert.deepEqual(wrong, [])
    const reached = walked.length - dead.length
    assert.ok(reached > 100, `only ${reached} of ${walked.length} fields told one of our own ids from nobody's; not ${dead}`)
    noLeaks()
  })

  test('a code, a secret or a token of the other in a path opens nothing', async () => {
    const wrong = []
    for (const [, client] of clients)
      for (const o of keyedRoutes()) {
        const real = await askKeyed(client, o, keyed(o).value), none = await askKeyed(client, o, madeUp(keyed(o).value))
        if (real.status !== none.status || bare(real, keyed(o).value) !== bare(none, madeUp(keyed(o).value))) wrong.push(`${o.name}: ${real.status} ${real.text.slice(0, 200)}, of nobody ${none.status}`)
      }
    assert.deepEqual(wrong, [])
    noLeaks()
  })

  test('afterwards no row of this one names anything of the other, and the other is as it was', () => {
    assert.deepEqual(tracesIn(dir, tenant.here, foreign.all, ASKED).slice(0, 20), [])
    asItWas()
  })

  test('sessions, tokens, keys, secrets and addresses of the other open nothing here', async () => {
    const anybody = watched(server.client()), abroad = server.client({ url: there.url })
    const stolen = server.client()
    stolen.cookies = new Map(there.cookies)
    assert.equal((await stolen.get('/session')).status, 401)
    const { token } = keys
    assert.equal((await server.client({ url: there.url, bearer: token }).get('/session')).status, 200)
    assert.equal((await server.client({ bearer: token }).get('/session')).status, 401)

    /* Who they are there, they are not here; and a file sent there cannot be hung on a report here, with its claim or without. */
    for (const [name, secret] of [['connect-two', password], ['connect-demo', 'another word 12345']])
      assert.equal((await watched(server.client()).post('/session', { name, password: secret })).status, 401, name)
    for (const role of ROLES) assert.ok([201, 200, 422].includes((await watched(server.client()).post('/session/demo', { role })).status))
    for (const claims of [[keys.photo.claim], []])
      assert.equal((await anybody.post('/cases', { text: '路灯不亮', address: '东街', photos: [keys.photo.id], photo_claims: claims })).status, 422)
    assert.equal((await anybody.get(`/files/${keys.photo.id}`, { headers: { 'X-Case-Secret': keys.photo.claim } })).status, 404)

    const key = keys.api
    const report = async (client, code) => client.post('//open311/v2/requests.json', new URLSearchParams({ api_key: key, description: '井盖坏了',
      service_code: fine(await client.get('//open311/v2/services.json'))[0].service_code, address_string: '东街' }).toString(), { type: 'application/x-www-form-urlencoded' })
    assert.equal((await report(abroad)).status, 201)
    assert.equal((await report(anybody)).status, 403)

    const source = fine(await there.post('/hook-sources', { name: '平台', mapping }), 201)
    assert.equal((await anybody.post(`/hooks/${source.id}`, '{}')).status, 404)
    const known = (await here.get('/hook-sources')).body.items.map((s) => s.id)
    assert.ok(!known.includes(source.id))
    noLeaks()
  })

  test('where they come from, those codes, secrets and tokens do open', async () => {
    const dead = []
    for (const o of keyedRoutes().sort((a, b) => (a.method !== 'GET') - (b.method !== 'GET') || (a.method === 'DELETE') - (b.method === 'DELETE'))) {
      const abroad = server.client({ url: two })
      const real = await askKeyed(abroad, o, keyed(o).value), none = await askKeyed(abroad, o, madeUp(keyed(o).value))
      if (real.status === none.status && bare(real, keyed(o).value) === bare(none, madeUp(keyed(o).value))) dead.push(`${o.name}: ${real.status} ${real.text.slice(0, 300)}`)
    }
    assert.deepEqual(dead, [])
  })
})

const keyedRoutes = () => operations().filter((o) => o.parameters.some((p) => !isId(p)) && !UNTRIED_KEYS[o.path] && !UNTRIED_KEYS[o.name]).map((o) => {
  assert.ok(keyed(o), `what opens ${o.name}? Say so in KEYS, or why it is not tried in UNTRIED_KEYS`)
  return o
})
const askKeyed = (client, o, value) => client.request(o.method, fill(o, () => value), { ...requestOf(o, o.schema && schemaBody(o)), headers: keyed(o).headers })

const isQueryId = (p) => p.schema.type === 'string' && !p.schema.enum && !p.schema.maxLength && p.name !== 'state'
/** What an operation's query must hold beside the one that is tried. */
const queryOf = (o, p, full) => Object.fromEntries(o.query.filter((q) => q !== p && (q.required || full && isQueryId(q)))
  .map((q) => [q.name, isQueryId(q) ? mine(kindsOf(q.name, o.path)[0]) : q.schema.enum?.[0] ?? (q.schema.type === 'integer' ? Date.now() : SURE[q.name] ?? 'x')]))

/** Tries one parameter of one route in the hands of everybody who may, until one of our own ids is answered otherwise than nobody's; whether it was. */
async function tryQuery(o, p, kind, wrong) {
  let letIn = 0
  for (const [role, client] of clients) {
    if (letIn === LET_IN) return false
    for (const full of [false, true]) {
      const query = queryOf(o, p, full)
      if (full && Object.keys(query).length === Object.keys(queryOf(o, p)).length) break
      const ask = (id) => client.request(o.method, fill(o, (q) => (isId(q) ? mine(tableOf(o, q)) : 'x')), { ...requestOf(o), query: { ...query, [p.name]: id } })
      const nobody = await unlike(ask, usual(foreign, 'there', kind, o.path, 1), wrong, `${role}: ${o.name}?${p.name}=`, o.method === 'GET')
      if ([401, 403].includes(nobody.status)) break
      letIn += !full
      for (const id of usual(ours, 'here', kind, o.path, 3)) {
        const answer = await ask(id)
        if (answer.status !== nobody.status || bare(answer, id) !== bare(nobody, NOBODY)) return true
      }
    }
  }
  return false
}

/** Tries one field of one route's body in the hands of everybody who may, until one of our own ids is answered otherwise than nobody's; true, or what was answered. */
async function tryField(o, place, kind, wrong) {
  let letIn = 0, why
  for (const [role, client] of clients) {
    if (letIn === LET_IN) return why
    for (let n = 0; n < (client === here ? 5 : 2); n++) {
      const path = fill(o, (p) => (isId(p) ? mine(tableOf(o, p), n) : keyed(o)?.value ?? 'x'))
      const target = o.parameters.length && isId(o.parameters[0]) && mine(tableOf(o, o.parameters[0]), n)
      const ask = (id) => client.request(o.method, path, { body: schemaBody(o, place, id, kind, n), headers: { ...keyed(o)?.headers, ...(target && ifMatch(target).headers) } })
      const nobody = await unlike(ask, usual(foreign, 'there', kind, o.path, 1), wrong, `${role}: ${o.name} ${place.join('.')}`)
      if ([401, 403].includes(nobody.status)) break
      letIn += !n
      why = `${role} ${nobody.status} ${nobody.body?.code} ${nobody.body?.errors?.map((e) => `${e.field} ${e.code}`) ?? ''}`
      for (const id of usual(ours, 'here', kind, o.path, 2)) {
        const answer = await ask(id)
        if (answer.status !== nobody.status || answer.status >= 400 && bare(answer, id) !== bare(nobody, NOBODY)) return true
      }
      if (!o.parameters.length) break
    }
  }
  return why
}

/* Which key opens what. */
const keyed = (o) => Object.entries(KEYS).find(([prefix]) => o.path.startsWith(prefix))?.[1]()
const KEYS = {
  '/api/v1/track/': () => keys.case, '/api/v1/follows/': () => keys.follow, '/api/v1/public/cases/': () => keys.published, '/api/v1/own-orders/': () => keys.order,
  '/v/': () => keys.letter, '/open311/v2/requests/': () => dotted(keys.published), '/open311/v2/tokens/': () => dotted(keys.published), '/feeds/deadlines/': () => keys.feed,
  '/stop/': () => keys.stop,
}
const dotted = (key) => ({ ...key, value: `${key.value}.json` })
/** A key of the same shape that opens nothing anywhere. */
const madeUp = (key) => key.replace(/[0-9a-z](?=(\.json)?$)/i, (c) => (c === '7' ? '3' : '7'))
