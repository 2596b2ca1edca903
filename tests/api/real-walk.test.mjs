/* 200 imported Chinese cases go through the whole loop over the API, as different people, and every timeline is right.
 *
 * The data lie beside the checkout (../shared/data) or in $LINLI_SHARED/data; they are not part of the project. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { root, run, sleep, startServer } from './support/server.mjs'

const data = join(process.env.LINLI_SHARED ?? resolve(root, '..', 'shared'), 'data', 'zh-tainan-1999')
const skip = existsSync(data) ? false : `no test data at ${data}`

let server, people, orgs

before(async () => {
  if (skip) return
  server = await startServer({
    name: '臺南市',
    before: (linli) => linli('import', 'areas', join(data, 'villages.geojson.gz'), '--kind', 'community', '--name-property', 'VILLNAME', '--code-property', 'VILLCODE'),
  })
  const loaded = await server.cli('import', 'cases', join(data, 'requests-2015.csv.gz'), '--mapping', 'tainan-1999', '--json', '--errors', '/dev/null')
  assert.equal(loaded.code, 3, loaded.err)   // two rows lie outside the city
  const admin = await server.user({ role: 'system_admin' })
  orgs = []
  for (const name of ['環保局', '警察局']) {
    const made = await admin.post('/orgs', { kind: 'department', name })
    assert.equal(made.status, 201, made.text)
    orgs.push(made.body)
  }
  people = {
    secretary: await server.user({ role: 'community_secretary', name: '書記' }),
    dispatcher: await server.user({ role: 'street_dispatcher', name: '派遣員' }),
    handlers: [],
    verifier: await server.user({ role: 'social_worker', name: '核查人' }),
    leader: await server.user({ role: 'district_leader', name: '領導' }),
  }
  for (const [i, org] of orgs.entries()) people.handlers.push(await server.user({ role: 'department_handler', unit: org.id, name: `處置人${i}` }))
  await sleep(1200)   // what the command line wrote is seen within a second
})
after(() => server?.stop())

/** One step by one person; the story so far grows by what it should. */
async function step(walk, who, action, body, want) {
  const answer = await who.post(`/cases/${walk.id}/${action}`, body ?? {}, { version: walk.version })
  assert.equal(answer.status, 200, `${action} of ${walk.code}: ${answer.text}`)
  walk.version = answer.body.version
  walk.story.push([want.as ?? action, want.state, want.by])
  walk.last = answer.body
}

function checkStory(walk, view) {
  assert.deepEqual(view.events.map((e) => [e.action, e.to_state, e.actor]), walk.story, walk.code)
  assert.deepEqual(view.events.map((e) => e.seq), walk.story.map((_, i) => i + 1))
  for (let i = 1; i < view.events.length; i++) {
    assert.equal(view.events[i].from_state, view.events[i - 1].to_state, `${walk.code}: no state is skipped`)
    assert.ok(view.events[i].at >= view.events[i - 1].at, `${walk.code}: time does not run backwards`)
  }
}

/** The ways a case can go; every case takes the way of its number. */
const ways = {
  async straight(walk, at) {
    await step(walk, people.secretary, 'accept', {}, { state: 'accepted', by: '書記' })
    await step(walk, people.dispatcher, 'dispatch', { org: orgs[at].id }, { state: 'dispatched', by: '派遣員' })
    await step(walk, people.handlers[at], 'sign', {}, { state: 'handling', by: `處置人${at}` })
    await step(walk, people.handlers[at], 'handled', { result: '已處置完畢' }, { state: 'handled', by: `處置人${at}` })
    await step(walk, people.verifier, 'pass', { outcome: 'resolved', text: '現場已查看' }, { state: 'closed', by: '核查人' })
    return { outcome: 'resolved', reworks: 0, returns: 0, reopens: 0 }
  },
  async rework(walk, at) {
    await step(walk, people.secretary, 'accept', { severity: 1 }, { state: 'accepted', by: '書記' })
    await step(walk, people.dispatcher, 'dispatch', { org: orgs[at].id }, { state: 'dispatched', by: '派遣員' })
    await step(walk, people.handlers[at], 'sign', {}, { state: 'handling', by: `處置人${at}` })
    await step(walk, people.handlers[at], 'handled', { result: '已處置' }, { state: 'handled', by: `處置人${at}` })
    await step(walk, people.verifier, 'fail', { reason: '現場仍未清理' }, { state: 'handling', by: '核查人' })
    await step(walk, people.handlers[at], 'handled', { result: '再次處置完畢' }, { state: 'handled', by: `處置人${at}` })
    await step(walk, people.verifier, 'pass', { outcome: 'partly' }, { state: 'closed', by: '核查人' })
    return { outcome: 'partly', reworks: 1, returns: 0, reopens: 0 }
  },
  async returned(walk, at) {
    const other = 1 - at
    await step(walk, people.secretary, 'accept', {}, { state: 'accepted', by: '書記' })
    await step(walk, people.dispatcher, 'dispatch', { org: orgs[other].id }, { state: 'dispatched', by: '派遣員' })
    await step(walk, people.handlers[other], 'return', { reason: '不屬本單位職責' }, { state: 'accepted', by: `處置人${other}` })
    await step(walk, people.dispatcher, 'dispatch', { org: orgs[at].id, reason: '改派' }, { state: 'dispatched', by: '派遣員' })
    await step(walk, people.handlers[at], 'sign', {}, { state: 'handling', by: `處置人${at}` })
    await step(walk, people.handlers[at], 'handled', { result: '已處置' }, { state: 'handled', by: `處置人${at}` })
    await step(walk, people.verifier, 'pass', { outcome: 'explained' }, { state: 'closed', by: '核查人' })
    return { outcome: 'explained', reworks: 0, returns: 1, reopens: 0 }
  },
  async reopened(walk, at) {
    await ways.straight(walk, at)
    await step(walk, people.leader, 'reopen', { reason: '群眾反映又出現' }, { state: 'accepted', by: '領導' })
    await step(walk, people.dispatcher, 'handle_self', undefined, { state: 'handling', by: '派遣員' })
    await step(walk, people.secretary, 'handled', { result: '已現場處理' }, { state: 'handled', by: '書記' })
    await step(walk, people.verifier, 'pass', { outcome: 'resolved' }, { state: 'closed', by: '核查人' })
    return { outcome: 'resolved', reworks: 0, returns: 0, reopens: 1 }
  },
  async rejected(walk) {
    await step(walk, people.secretary, 'reject', { reason: '不屬受理範圍' }, { state: 'rejected', by: '書記' })
    return { outcome: null, reworks: 0, returns: 0, reopens: 0 }
  },
}

test('200 imported cases walk the loop, and every timeline is right', { skip, timeout: 400_000 }, async (t) => {
  const out = server.sql('SELECT CAST(id AS TEXT) FROM cases WHERE state = 1 ORDER BY id LIMIT 200')
  const ids = out.trim().split('\n')
  assert.equal(ids.length, 200)
  const names = Object.keys(ways)
  const taken = {}
  for (const [i, id] of ids.entries()) {
    const way = names[i % names.length]
    const first = (await people.secretary.get(`/cases/${id}`)).body
    assert.deepEqual([first.state, first.source, first.events.length], ['reported', 'import', 1])
    assert.equal(first.events[0].at, first.reported_at, "the story begins at the source's time")
    assert.ok(first.text && /\p{Script=Han}/u.test(first.text + first.address))
    const walk = { id, code: first.code, version: first.version, story: [['report', 'reported', first.events[0].actor]] }
    const want = await ways[way](walk, i % 2)
    const last = (await people.leader.get(`/cases/${id}`)).body
    checkStory(walk, last)
    assert.deepEqual({ outcome: last.outcome, reworks: last.reworks, returns: last.returns, reopens: last.reopens }, want, `${way} ${first.code}`)
    if (way !== 'rejected') {
      assert.ok(last.closed_at >= last.reported_at && last.due_at === null)
      assert.deepEqual(last.steps.slice(0, 6).map((s) => s.state), Array(6).fill('done'), `${way} ${first.code}`)
    }
    taken[way] = (taken[way] ?? 0) + 1
  }
  t.diagnostic(`ways: ${JSON.stringify(taken)}`)
  const verified = await server.cli('audit', 'verify')
  assert.equal(verified.code, 0, verified.err)
})

test('who handled an imported case cannot verify it, and an old page cannot act', { skip }, async () => {
  const out = server.sql('SELECT CAST(id AS TEXT) FROM cases WHERE state = 1 ORDER BY id LIMIT 1')
  const id = out.trim()
  const act = async (who, action, body, version) => who.post(`/cases/${id}/${action}`, body, { version })
  let { version } = (await people.secretary.get(`/cases/${id}`)).body
  for (const [who, action, body] of [[people.secretary, 'accept', {}], [people.dispatcher, 'handle_self', {}], [people.secretary, 'handled', { result: '好了' }]])
    version = (await act(who, action, body, version)).body.version
  const own = await act(people.secretary, 'pass', { outcome: 'resolved' }, version)
  assert.deepEqual([own.status, own.body.code], [409, 'same_person'])
  const stale = await act(people.verifier, 'pass', { outcome: 'resolved' }, version - 1)
  assert.deepEqual([stale.status, stale.body.code], [409, 'stale_version'])
  assert.equal((await act(people.verifier, 'pass', { outcome: 'resolved' }, version)).status, 200)
})
