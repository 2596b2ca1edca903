/* Two districts in one installation, both full of life. Every route of the API document is asked in the first, by people of every role, with the
 * ids, codes and keys of the second: the answer is the very one that an id of nobody gives, no list holds anything of the other, and
 * afterwards the other is as it was. What is walked comes from `linli openapi`; a new route is walked without a line changed here. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fine } from './support/district.mjs'
import { folder, run, startServer, build } from './support/server.mjs'
import { join } from 'node:path'

const ID = '^[1-9][0-9]{0,18}$'
const NOBODY = '1'             // an id that no district has
const EACH = 3                 // ids tried in the place of one parameter
const ROLES = ['system_admin', 'security_admin', 'audit_admin', 'district_leader', 'street_dispatcher', 'community_secretary', 'grid_worker', 'resident']
const password = 'Correct horse 47 battery'
const own = folder('linli-isolation-')
let server, document_, other, foreign = {}, pool = new Set(), people = {}

const operations = (method) => Object.entries(document_.paths).flatMap(([path, methods]) => Object.entries(methods)
  .filter(([name, o]) => o.operationId && (!method || name === method))
  .map(([name, o]) => ({ method: name.toUpperCase(), path, parameters: (o.parameters ?? []).filter((p) => p.in === 'path'), operation: o })))
const at = (path) => `/${path}`   // the whole path, past /api/v1
const bare = (answer) => answer.text.replace(/"instance":"[^"]*"/g, '').replace(/\d{13}/g, 'T')

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
const everybody = () => [...Object.entries(people), ['nobody', server.client()]]

/** Every text and number of ten digits and more in an answer, with the key it stood under. */
function idsIn(value, key, found = []) {
  if (Array.isArray(value)) for (const one of value) idsIn(one, key, found)
  else if (value && typeof value === 'object') for (const [name, one] of Object.entries(value)) idsIn(one, name, found)
  else if (typeof value === 'string' && /^[1-9]\d{9,18}$/.test(value) && !/phone|contact|code/.test(key ?? '')) found.push(value)
  return found
}

/** What a parameter may be in the second district: ids seen in lists at the path before it, else any. */
function candidates(path, name) {
  const prefix = path.slice(0, path.indexOf(`{${name}}`))
  const near = foreign[prefix] ?? []
  return near.length ? near.slice(0, EACH) : [...pool].slice(0, EACH)
}

/** All answers of GET that somebody of the second district is given, as one text for each address. */
async function crawl(client) {
  const seen = new Map()
  const see = async (paths) => {
    for (const [i, answer] of (await each(paths, (path) => client.get(at(path)))).entries()) seen.set(paths[i], answer)
  }
  await see(operations('get').filter((o) => !o.parameters.length && !/healthz|readyz|metrics|openapi/.test(o.path)).map((o) => o.path))
  await see(operations('get').filter((o) => o.parameters.length === 1 && o.parameters[0].schema.pattern === ID)
    .flatMap(({ path, parameters }) => (foreign[path.slice(0, path.indexOf('{'))] ?? []).slice(0, EACH).map((id) => path.replace(`{${parameters[0].name}}`, id))))
  return seen
}

function note(path, body) {
  const ids = idsIn(body)
  const items = (Array.isArray(body.items) ? body.items : []).map((i) => i.id).filter((id) => typeof id === 'string' && /^\d{10,}$/.test(id))
  if (items.length) foreign[`${path}/`] = [...new Set([...(foreign[`${path}/`] ?? []), ...items])]
  for (const id of ids) pool.add(id)
}

/** A body that names the other's ids wherever an id may stand. */
function bodyOf(schema, depth = 0) {
  if (!schema) return undefined
  const one = schema.anyOf ? schema.anyOf.find((s) => s.type !== 'null') : schema
  if (one.enum) return one.enum.find((v) => v !== null)
  const type = Array.isArray(one.type) ? one.type.find((t) => t !== 'null') : one.type
  if (one.pattern === ID) return [...pool][Math.min(depth, pool.size - 1)]
  if (type === 'object') return Object.fromEntries(Object.entries(one.properties ?? {}).map(([k, v], i) => [k, bodyOf(v, i)]).filter(([, v]) => v !== undefined))
  if (type === 'array') return one.items ? [bodyOf(one.items, depth)].filter((v) => v !== undefined) : []
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return one.format === 'unix-ms' ? Date.now() : Math.max(one.minimum ?? 1, 1)
  return type === 'string' ? 'walk-through text 47'.slice(0, one.maxLength ?? 20) : undefined
}

function requestOf(operation, filled) {
  const types = Object.keys(operation.requestBody?.content ?? {})
  if (!types.length) return {}
  if (types[0] !== 'application/json') return { body: '', type: types[0] === '*/*' ? 'application/octet-stream' : types[0] }
  return { body: filled ? bodyOf(operation.requestBody.content[types[0]].schema) : {} }
}

async function signIn(client, role) {
  const answer = await client.post('/session/demo', { role })
  return answer.status < 300 ? client : null
}

before(async () => {
  const linli = join(build, 'linli')
  const must = async (...words) => {
    const r = await run(linli, [...words, '--data', own.path])
    assert.equal(r.code, 0, `${words.join(' ')}: ${r.err}`)
    return r
  }
  await must('demo', '--cases', '150', '--seed', '7')
  await must('demo', '--cases', '150', '--seed', '8', '--host', 'localhost', '--code', 'two')
  for (const which of ['two', 'demo'])
    assert.equal((await run(linli, ['user', 'add', '--tenant', which, '--name', '连接管理员', '--sign-in-name', 'connect', '--role', 'system_admin', '--password-stdin',
      '--data', own.path], { input: password + '\n' })).code, 0)
  server = await startServer({ dir: own.path, thrifty: true })
  document_ = JSON.parse((await server.must('openapi')).out)
  const two = `http://localhost:${server.port}`
  other = []
  for (const role of ROLES) {
    const there = await signIn(server.client({ url: two }), role), here = await signIn(server.client(), role)
    if (there) other.push([role, there])
    if (here) people[role] = here
  }
  assert.ok(other.length >= 5 && Object.keys(people).length >= 5, Object.keys(people).join())
})
after(async () => {
  await server?.stop()
  own.remove()
})

/** All of the second district as its own people see it: {role and path: answer}. */
async function state() {
  const all = new Map()
  for (const [role, seen] of await each(other, async ([role, client]) => [role, await crawl(client)], other.length))
    for (const [path, answer] of seen) all.set(`${role} ${path}`, `${answer.status} ${bare(answer)}`)
  return all
}

let first, steady   // what was there at first; and what of it does not change by itself, as a list of sessions does
const changed = async () => {
  const now = await state()
  return steady.filter((path) => now.get(path) !== first.get(path))
}

const mapping = { name: 'sensors', source: 'sensors', title_zh: '传感器', title_en: 'Sensors', id: 'id', text: ['what'], text_join: '：', created: ['at'],
  time_formats: ['%Y-%m-%d %H:%M:%S'], zone: 'Asia/Shanghai' }

/** A letter of introduction of the second district, as the demonstration has them. */
async function someLetter(client) {
  for (const id of foreign['/api/v1/appointments/'] ?? pool) {
    const found = await client.get(`/appointments/${id}/letters`)
    const one = found.body?.items?.[0] ?? found.body?.letters?.[0]
    if (one) return one
  }
  assert.fail('the demonstration has no letter')
}

describe('two districts', () => {
  test('have nothing in common', async () => {
    for (let round = 0; round < 2; round++)   // once more when ids of lists are known
      for (const seen of await each(other, ([, client]) => crawl(client), other.length))
        for (const [path, answer] of seen) if (answer.status === 200 && answer.body) note(path, answer.body)
    assert.ok(pool.size > 500, `only ${pool.size} ids were found`)
    assert.ok(Object.keys(foreign).length > 15, `only ${Object.keys(foreign)} have lists`)
    first = await state()
    const again = await state()
    /* The audit record is added to by its own export, which is among what is read, and its verification says how long it is; whether the export is done in
     * time is not the test's to say. */
    steady = [...first.keys()].filter((path) => first.get(path) === again.get(path) && !/api\/v1\/audit(\/verify)?$/.test(path))
    assert.ok(steady.length > first.size * 0.8, `of ${first.size} answers only ${steady.length} are steady`)
  })

  test('an id of the other is an id of nobody, on every route and for every role', async () => {
    const wrong = []
    let tried = 0
    const ask = async (role, client, o) => {
      const ids = o.parameters.map((p) => (p.schema.pattern === ID ? candidates(o.path, p.name) : ['x']))
      const fill = (n) => o.parameters.reduce((path, p, i) => path.replace(`{${p.name}}`, n < 0 ? (p.schema.pattern === ID ? NOBODY : 'x') : ids[i][n % ids[i].length]), at(o.path))
      for (const filled of o.method === 'GET' ? [false] : [false, true]) {
        const nobody = await client.request(o.method, fill(-1), requestOf(o.operation, filled))
        for (let n = 0; n < EACH; n++) {
          const answer = await client.request(o.method, fill(n), requestOf(o.operation, filled))
          tried++
          if (answer.status !== nobody.status || answer.status < 400 && bare(answer) !== bare(nobody))
            wrong.push(`${role}: ${o.method} ${fill(n)}: ${answer.status} ${answer.text.slice(0, 200)}, an id of nobody ${nobody.status}`)
        }
      }
    }
    const walked = operations().filter((x) => x.parameters.some((p) => p.schema.pattern === ID))
    await each(everybody(), ([role, client]) => each(walked, (o) => ask(role, client, o), 2), 99)
    assert.deepEqual(wrong, [])
    assert.ok(tried > 2000, `${tried} requests`)
  })

  test('bodies that name the other\'s ids put nothing of it into this one', async () => {
    const walked = operations().filter((x) => x.method !== 'GET' && !x.parameters.length && !/session/.test(x.path))
    await each(Object.values(people), (client) => each(walked, async (o) =>
      assert.notEqual((await client.request(o.method, at(o.path), requestOf(o.operation, true))).status, 500, o.path), 1), 99)
    assert.deepEqual(await changed(), [])
  })

  test('no list, page, sheet or feed of this one holds anything of the other', async () => {
    const leaks = []
    for (const [role, seen] of await each(everybody(), async ([role, client]) => [role, await crawl(client)], 99))
      for (const [path, answer] of seen) {
        const found = idsIn(answer.body ?? {}).filter((id) => pool.has(id))
        if (found.length) leaks.push(`${role}: ${path} holds ${found.slice(0, 3)}`)
      }
    assert.deepEqual(leaks, [])
  })

  test('and the other is as it was', async () => assert.deepEqual(await changed(), []))

  test('sessions, tokens, keys, secrets and addresses of the other open nothing here', async () => {
    const there = await server.client({ url: other[0][1].url }).signIn('connect', password), here = await server.client().signIn('connect', password)
    const anybody = server.client(), abroad = server.client({ url: there.url })
    const stolen = server.client()
    stolen.cookies = new Map(there.cookies)
    assert.equal((await stolen.get('/session')).status, 401)
    const token = fine(await there.post('/tokens', { name: '报表', permissions: ['signed_in'] }), 201).token
    assert.equal((await server.client({ url: there.url, bearer: token }).get('/session')).status, 200)
    assert.equal((await server.client({ bearer: token }).get('/session')).status, 401)

    const feed = fine(await there.post('/calendar-feed', {}), 201).url
    assert.equal((await abroad.get(`/${new URL(feed).pathname}`)).status, 200)
    assert.equal((await anybody.get(`/${new URL(feed).pathname}`)).status, 404)

    const sent = fine(await abroad.post('/cases', { text: '路灯不亮，晚上看不清', address: '东街 12 号', contact: '13800001234' }), 201)
    const secret = { headers: { 'X-Case-Secret': sent.secret } }
    assert.equal((await abroad.get(`/track/${sent.code}`, secret)).status, 200)
    assert.equal((await anybody.get(`/track/${sent.code}`, secret)).status, 404)
    for (const [what, body] of [['reply', { text: '补充' }], ['rate', { stars: 1 }], ['reopen', { reason: '没有修好' }], ['withdraw', {}], ['appeal', { text: '不服' }]])
      assert.ok([404, 422].includes((await anybody.post(`/track/${sent.code}/${what}`, body, secret)).status), what)

    const key = fine(await there.post('/api-keys', { name: '热线' }), 201).key
    const report = async (client, code) => client.post('//open311/v2/requests.json', new URLSearchParams({ api_key: key, description: '井盖坏了',
      service_code: fine(await client.get('//open311/v2/services.json'))[0].service_code, address_string: '东街' }).toString(), { type: 'application/x-www-form-urlencoded' })
    assert.equal((await report(abroad)).status, 201)
    assert.equal((await report(anybody)).status, 403)

    const letter = await someLetter(there)
    const page = new URL(letter.verify, there.url)
    const verified = async (client) => !/class="state unknown"/.test((await client.get(`/${page.pathname}${page.search}`)).text)
    assert.equal(await verified(abroad), true, letter.verify)
    assert.equal(await verified(anybody), false)

    const source = fine(await there.post('/hook-sources', { name: '平台', mapping }), 201)
    assert.equal((await anybody.post(`/hooks/${source.id}`, '{}')).status, 404)
    const known = (await here.get('/hook-sources')).body.items.map((s) => s.id)
    assert.ok(!known.includes(source.id))
  })
})
