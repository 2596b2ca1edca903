/* The routes of the server itself, on the real program behind a proxy. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startServer } from './support/server.mjs'

let server
before(async () => { server = await startServer({ args: ['--trust-proxy', '--metrics-token', 'figures-4711'] }) })
after(() => server?.stop())

const outside = { 'X-Forwarded-For': '203.0.113.9' }

test('figures: from this machine, or with the token and no other', async () => {
  const anon = server.client()
  const text = (await anon.get('//metrics')).text
  assert.match(text, /^linli_db_commits_total \d+$/m)
  assert.match(text, /^linli_memory_bytes [1-9]\d{6,}$/m)
  assert.match(text, /^linli_connections [1-9]/m)
  assert.match(text, /^linli_request_seconds_bucket\{method="GET",route="\/readyz",le="\+Inf"\} [1-9]/m)
  for (const line of text.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) linli_\w+ .+|linli_\w+(\{[^}]*\})? [0-9.e+-]+)$/)
  assert.equal((await anon.get('//metrics', { headers: outside })).status, 404)
  assert.equal((await server.client({ bearer: 'figures-4712' }).get('//metrics', { headers: outside })).status, 404)
  assert.equal((await server.client({ bearer: 'figures-4711' }).get('//metrics', { headers: outside })).status, 200)
})

test('alive and ready', async () => {
  for (const path of ['//healthz', '//readyz']) {
    const answer = await server.client().get(path)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body, { status: 'ok' })
  }
})

test('a cookie over https says Secure, over http it does not', async () => {
  const person = await server.user({ role: 'grid_worker', sign: 'secure' })
  const again = (headers) => server.client().post('/session', { name: 'secure', password: 'Correct horse 47 battery' }, { headers })
  assert.ok(person.me)
  assert.match((await again({ 'X-Forwarded-Proto': 'https' })).headers.get('set-cookie'), /; Secure/)
  assert.doesNotMatch((await again({})).headers.get('set-cookie'), /; Secure/)
})
