/* Every route × every role: what docs/permissions.md promises is what the server does. The routes come from `linli openapi`, the roles from
 * the head of the page; a new route or role is walked without a line changed here.
 *
 * Each role is held by two people: one at the root of the district, one at a single community. A request is as small as it can be and means
 * an object that does not exist, so that it changes nothing; 401 and 403 count as denied, anything else (404, 422, 200 …) as let in. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root, startServer } from './support/server.mjs'

const NOWHERE = '1'
const COMMUNITY = '990101001001'

let server, page, document_

/** The page of permissions: {roles: [code], rows: [{method, path, permission, where, may: {role: bool}}]}. */
function readPage(text) {
  const lines = text.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  const [head, , ...rows] = lines
  const roles = head.slice(4)
  return {
    roles,
    rows: rows.map(([method, path, permission, where, ...cells]) => ({
      method, path: path.replaceAll('`', ''), permission, where,
      may: Object.fromEntries(roles.map((role, i) => [role, cells[i] === '✓'])),
    })),
  }
}

/** "/a/:id/*key" and "/a/{id}/{key}" are the same. */
const shape = (path) => path.replace(/\{[^}]+\}|[:*]\w+/g, '{}')

/** The smallest request that reaches the route. */
function smallest(operation) {
  const types = Object.keys(operation.requestBody?.content ?? {})
  if (!types.length) return {}
  return types[0] === 'application/json' ? { body: {} } : { body: '', type: types[0] === '*/*' ? 'application/octet-stream' : types[0] }
}

/** All operations of the API document: [{method, path, request}]. */
function operations() {
  return Object.entries(document_.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, operation]) => operation.operationId).map(([method, operation]) => ({
      method: method.toUpperCase(), path, request: smallest(operation),
    })))
}

const rowOf = (operation) => page.rows.find((row) => row.method === operation.method && shape(row.path) === shape(operation.path))
const address = (path) => `/${path.replace(/\{[^}]+\}/g, NOWHERE)}`
const signsOut = (operation) => operation.method === 'DELETE' && operation.path.endsWith('/session')

/** Walks all routes as one person, signing out last. Returns what does not agree with `expected(row)`: true let in, false denied, null either. */
async function walk(client, expected) {
  const wrong = []
  const all = operations().sort((a, b) => signsOut(a) - signsOut(b))
  for (const operation of all) {
    const row = rowOf(operation)
    if (!row) continue
    const answer = await client.request(operation.method, address(operation.path), operation.request)
    const letIn = answer.status !== 401 && answer.status !== 403
    const want = expected(row)
    if (want !== null && letIn !== want) wrong.push(`${operation.method} ${row.path} (${row.permission}, ${row.where}): ${want ? 'denied' : 'let in'} with ${answer.status}`)
    assert.ok(answer.status < 500 || answer.status === 503, `${operation.method} ${row.path}: ${answer.status} ${answer.text}`)
  }
  return wrong
}

before(async () => {
  server = await startServer({ thrifty: true })
  page = readPage((await server.must('openapi', '--permissions')).out)
  document_ = JSON.parse((await server.must('openapi')).out)
  const admin = await server.user({ role: 'system_admin' })
  const street = (await admin.post('/areas', { parent_id: admin.me.units[0].id, kind: 'street', name: '梧桐街道' })).body.id
  const made = await admin.post('/areas', { parent_id: street, kind: 'community', name: '梧桐社区', code: COMMUNITY })
  assert.equal(made.status, 201, made.text)
})
after(() => server?.stop())

describe('the page of permissions', () => {
  test('names every route of the API document, and no other', () => {
    const documented = operations().map((o) => `${o.method} ${shape(o.path)}`).sort()
    assert.deepEqual(page.rows.map((row) => `${row.method} ${shape(row.path)}`).sort(), documented)
    assert.ok(documented.length > 50)
  })

  test('is the one that is committed', () => {
    assert.deepEqual(readPage(readFileSync(join(root, 'docs/permissions.md'), 'utf8')), page)
  })

  test('has a column for every role that is shipped', async () => {
    const security = await server.user({ role: 'security_admin' })
    const shipped = (await security.get('/roles')).body.items.filter((r) => r.built_in).map((r) => r.code)
    assert.deepEqual([...page.roles].sort(), ['resident', ...shipped].sort())
  })

  test('gives no route to everybody unless it says public, and none to nobody at all', () => {
    for (const row of page.rows) {
      const holders = page.roles.filter((role) => row.may[role])
      assert.ok(holders.length > 0, `${row.method} ${row.path} is of no use to any role`)
      if (row.permission === 'public') assert.equal(holders.length, page.roles.length)
    }
  })
})

describe('every route', () => {
  test('for nobody: only what is public', async () => {
    assert.deepEqual(await walk(server.client(), (row) => row.permission === 'public' || null), [])
    const wrong = []
    for (const operation of operations()) {
      const row = rowOf(operation)
      if (!row || row.permission === 'public') continue
      const answer = await server.client().request(operation.method, address(operation.path), operation.request)
      if (answer.status !== 401) wrong.push(`${operation.method} ${row.path}: ${answer.status}`)
    }
    assert.deepEqual(wrong, [])
  })

  test('for each role at the root: exactly what the page says', async () => {
    const wrong = []
    for (const role of page.roles) {
      const client = await server.user({ role: role === 'resident' ? undefined : role })
      wrong.push(...(await walk(client, (row) => row.may[role])).map((w) => `${role}: ${w}`))
    }
    assert.deepEqual(wrong, [])
  })

  test('for each role at one community: that, without what needs the whole district', async () => {
    const wrong = []
    for (const role of page.roles.filter((r) => r !== 'resident')) {
      const client = await server.user({ role, unit: `area:${COMMUNITY}` })
      const expected = (row) => row.may[role] && row.where !== 'whole district'
      wrong.push(...(await walk(client, expected)).map((w) => `${role}: ${w}`))
    }
    assert.deepEqual(wrong, [])
  })
})
