/* Accounts over HTTP: signing in, sessions, tokens, people, roles. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sleep, startServer } from './support/server.mjs'

const good = 'tulips on the moon 7'
const phone = '13912345678'

let server, system, security, audit, secretary, root, street, community, other

const fields = (answer) => Object.fromEntries(answer.body.errors.map((e) => [e.field, e.code]))
const refused = (answer, status, code, field) => {
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.body.code, code, answer.text)
  if (field) assert.ok(answer.body.errors.some((e) => e.field === field), `no fault at ${field}: ${answer.text}`)
}
const fine = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}

let serial = 0
/** A person with an account whose first password is changed already: {client, person, account, name}. */
async function somebody({ role, unit, by = system } = {}) {
  const name = `some${++serial}`
  const person = fine(await by.post('/people', { name: `某人${serial}`, contact: phone }), 201).id
  const made = fine(await by.post(`/people/${person}/account`, { sign_in_name: name }), 201)
  if (role) fine(await security.post(`/people/${person}/assignments`, { role, unit_kind: 'area', unit_id: unit ?? root }), 201)
  const client = await server.client().signIn(name, made.one_time_password)
  fine(await client.post('/account/password', { old: made.one_time_password, new: good }), 204)
  return { client, person, account: made.id, name }
}

before(async () => {
  server = await startServer()
  system = await server.user({ role: 'system_admin', sign: 'system' })
  security = await server.user({ role: 'security_admin', sign: 'security' })
  audit = await server.user({ role: 'audit_admin', sign: 'audit' })
  root = system.me.units[0].id
  fine(await system.put('/settings/account.backoff_address_after', { value: 10000 }), 204)   // all of this comes from one address
  street = fine(await system.post('/areas', { parent_id: root, kind: 'street', name: '梧桐街道' }), 201).id
  community = fine(await system.post('/areas', { parent_id: street, kind: 'community', name: '梧桐社区' }), 201).id
  other = fine(await system.post('/areas', { parent_id: root, kind: 'street', name: '清河街道' }), 201).id
  secretary = await somebody({ role: 'community_secretary', unit: community })
})
after(() => server?.stop())

describe('signing in', () => {
  test('gives a session that tells who, where and which rights', async () => {
    const me = fine(await system.get('/session'))
    assert.equal(me.user.sign_in_name, 'system')
    assert.deepEqual(me.units.map((u) => u.roles), [['system_admin']])
    assert.ok(me.permissions.includes('setting.manage') && !me.permissions.includes('audit.read'))
    assert.equal(me.must_change_password, false)
  })

  test('sets a cookie no script can read and no other site can send', async () => {
    const answer = await server.client().post('/session', { name: 'SYSTEM', password: 'Correct horse 47 battery' })
    fine(answer)
    const cookie = answer.headers.getSetCookie()[0]
    assert.match(cookie, /^linli=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  })

  test('answers 401 without a session, and to a cookie that was made up', async () => {
    refused(await server.client().get('/session'), 401, 'not_signed_in')
    refused(await server.client({ headers: { Cookie: `linli=${'A'.repeat(43)}` } }).get('/session'), 401, 'not_signed_in')
    refused(await server.client({ bearer: `linli_${'A'.repeat(43)}` }).get('/session'), 401, 'not_signed_in')
  })

  test('names every fault of the input', async () => {
    assert.deepEqual(fields(await server.client().post('/session', {})), { name: 'required', password: 'required' })
    assert.deepEqual(fields(await server.client().post('/session', { name: 'x', password: 'y', colour: 1 })), { colour: 'unknown_field' })
    assert.deepEqual(fields(await server.client().post('/session', { name: 1, password: 'y'.repeat(201) })), { name: 'wrong_type', password: 'too_long' })
  })

  test('never takes over a session somebody else put into the browser', async () => {
    const planted = 'B'.repeat(43)
    const victim = server.client({ headers: {} })
    victim.cookies.set('linli', planted)
    await victim.signIn('system', 'Correct horse 47 battery')
    assert.notEqual(victim.cookies.get('linli'), planted)
    refused(await server.client({ headers: { Cookie: `linli=${planted}` } }).get('/session'), 401, 'not_signed_in')
  })

  test('ends the session that was there before', async () => {
    const browser = await server.client().signIn('system', 'Correct horse 47 battery')
    const before = browser.cookies.get('linli')
    await browser.signIn('system', 'Correct horse 47 battery')
    refused(await server.client({ headers: { Cookie: `linli=${before}` } }).get('/session'), 401, 'not_signed_in')
    fine(await browser.get('/session'))
  })

  test('sign-out ends the session at once', async () => {
    const browser = await server.client().signIn('system', 'Correct horse 47 battery')
    const cookie = `linli=${browser.cookies.get('linli')}`
    fine(await server.client({ headers: { Cookie: cookie } }).get('/session'))
    fine(await browser.delete('/session'), 204)
    assert.equal(browser.cookies.has('linli'), false)
    refused(await server.client({ headers: { Cookie: cookie } }).get('/session'), 401, 'not_signed_in')
  })

  test('a page of another origin cannot write with our cookie', async () => {
    const cookie = `linli=${system.cookies.get('linli')}`
    const answer = await server.client({ headers: { Cookie: cookie, Origin: 'https://elsewhere.example' } }).patch('/account', { locale: 'en' })
    assert.equal(answer.status, 403)
  })
})

describe('who does not know the password', () => {
  test('gets the same answer, in the same time, whether the name exists or not', async () => {
    const one = await somebody()
    const names = { known: one.name, unknown: 'nobody-of-that-name' }
    const times = { known: [], unknown: [] }
    const answers = {}
    for (let i = 0; i < 4; i++) {
      for (const which of ['known', 'unknown']) {
        const begun = performance.now()
        const answer = await server.client().post('/session', { name: names[which], password: 'certainly wrong' })
        times[which].push(performance.now() - begun)
        refused(answer, 401, 'sign_in_failed')
        answers[which] = { ...answer.body, instance: '' }
      }
    }
    assert.deepEqual(answers.known, answers.unknown)
    const least = (list) => Math.min(...list)
    const [a, b] = [least(times.known), least(times.unknown)]
    assert.ok(Math.abs(a - b) < 0.5 * Math.max(a, b), `known ${a} ms, unknown ${b} ms`)
    assert.ok(least([a, b]) > 5, 'a password was judged in both cases')
  })

  test('waits longer after each failure: known and unknown names alike, and nobody else does', async () => {
    const one = await somebody()
    for (const name of [one.name, 'never-heard-of']) {
      let answer
      for (let i = 0; i < 8 && answer?.status !== 429; i++) answer = await server.client().post('/session', { name, password: 'wrong wrong' })
      refused(answer, 429, 'too_many')
      assert.ok(Number(answer.headers.get('retry-after')) >= 1)
    }
    refused(await server.client().post('/session', { name: one.name, password: good }), 429, 'too_many')
    await server.client().signIn('system', 'Correct horse 47 battery')
    fine(await one.client.get('/session'))
  })

  test('many attempts at once do not all count as the first', async () => {
    const one = await somebody()
    const answers = await Promise.all(Array.from({ length: 20 }, () => server.client().post('/session', { name: one.name, password: 'wrong wrong' })))
    const judged = answers.filter((a) => a.status === 401).length
    assert.ok(judged <= 6, `${judged} of 20 were judged`)
  })

  test('from one address, too, under ever other names; a right one among them does not open it again', async () => {
    const own = await startServer()
    try {
      const admin = await own.user({ role: 'system_admin', sign: 'system' })
      fine(await admin.put('/settings/account.backoff_address_after', { value: 6 }), 204)
      let answer
      let tries = 0
      for (; tries < 20 && answer?.status !== 429; tries++) {
        answer = await own.client().post('/session', { name: `guess${tries}`, password: 'wrong wrong' })
        if (tries === 3) await own.client().signIn('system', 'Correct horse 47 battery')
      }
      assert.equal(tries, 7)
      assert.equal((await own.client().post('/session', { name: 'system', password: 'Correct horse 47 battery' })).status, 429)
    } finally {
      await own.stop()
    }
  })

  test('a right password clears the count', async () => {
    const one = await somebody()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3; i++) refused(await server.client().post('/session', { name: one.name, password: 'wrong wrong' }), 401, 'sign_in_failed')
      await server.client().signIn(one.name, good)
    }
  })
})

describe('sessions', () => {
  test('are listed and revoked by their owner alone', async () => {
    const one = await somebody()
    const elsewhere = await server.client({ headers: { 'User-Agent': 'elsewhere/1' } }).signIn(one.name, good)
    const list = fine(await one.client.get('/sessions')).items
    assert.equal(list.length, 2)
    assert.equal(list.filter((s) => s.current).length, 1)
    const foreign = list.find((s) => s.user_agent === 'elsewhere/1')
    assert.equal(foreign.current, false)
    refused(await system.delete(`/sessions/${foreign.id}`), 404, 'not_found')
    fine(await elsewhere.get('/session'))
    fine(await one.client.delete(`/sessions/${foreign.id}`), 204)
    refused(await elsewhere.get('/session'), 401, 'not_signed_in')
    refused(await one.client.delete(`/sessions/${foreign.id}`), 404, 'not_found')
  })

  test('end when unused, and at the latest after some hours', async () => {
    const own = await startServer()
    try {
      const admin = await own.user({ role: 'system_admin', sign: 'system' })
      fine(await admin.put('/settings/account.session_hours', { value: 1 }), 204)
      const late = await own.client().signIn('system', 'Correct horse 47 battery')
      const [session] = fine(await late.get('/sessions')).items.filter((s) => s.current)
      assert.equal(session.expires_at - session.created_at, 3_600_000)
    } finally {
      await own.stop()
    }
  })

  test('a password change ends all others', async () => {
    const one = await somebody()
    const elsewhere = await server.client().signIn(one.name, good)
    fine(await one.client.post('/account/password', { old: good, new: 'seven green frogs' }), 204)
    refused(await elsewhere.get('/session'), 401, 'not_signed_in')
    fine(await one.client.get('/session'))
    refused(await server.client().post('/session', { name: one.name, password: good }), 401, 'sign_in_failed')
    await server.client().signIn(one.name, 'seven green frogs')
  })
})

describe('passwords', () => {
  test('a weak one, the old one, a wrong old one are refused by field', async () => {
    const one = await somebody()
    assert.deepEqual(fields(await one.client.post('/account/password', { old: 'not it', new: 'password123' })), { old: 'password_wrong', new: 'password_weak' })
    assert.deepEqual(fields(await one.client.post('/account/password', { old: good, new: good })), { new: 'password_weak' })
    assert.deepEqual(fields(await one.client.post('/account/password', { old: good })), { new: 'required' })
    refused(await server.client().post('/account/password', { old: good, new: 'x' }), 401, 'not_signed_in')
  })

  test('a one-time password opens nothing but its own change', async () => {
    const person = fine(await system.post('/people', { name: '新人' }), 201).id
    const made = fine(await system.post(`/people/${person}/account`, { sign_in_name: 'newcomer' }), 201)
    fine(await security.post(`/people/${person}/assignments`, { role: 'district_leader', unit_kind: 'area', unit_id: root }), 201)
    assert.match(made.one_time_password, /^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){3}$/)
    const client = await server.client().signIn('newcomer', made.one_time_password)
    assert.equal(client.me.must_change_password, true)
    assert.deepEqual(client.me.permissions, ['signed_in'])
    refused(await client.get('/people'), 403, 'not_allowed')
    refused(await client.post('/tokens', { name: 't', permissions: ['person.read'] }), 403, 'wider_than_own', 'permissions')
    fine(await client.post('/account/password', { old: made.one_time_password, new: good }), 204)
    fine(await client.get('/people'))
  })

  test('a reset shows a new one once, and ends the old one and every session', async () => {
    const one = await somebody()
    const reset = fine(await system.post(`/accounts/${one.account}/password`))
    refused(await one.client.get('/session'), 401, 'not_signed_in')
    refused(await server.client().post('/session', { name: one.name, password: good }), 401, 'sign_in_failed')
    const again = await server.client().signIn(one.name, reset.one_time_password)
    assert.equal(again.me.must_change_password, true)
  })

  test('nobody resets their own, nor that of another kind of administrator, nor of somebody with wider rights', async () => {
    const me = fine(await system.get('/session')).user
    refused(await system.post(`/accounts/${me.id}/password`), 409, 'self')
    const them = fine(await security.get('/session')).user
    refused(await system.post(`/accounts/${them.id}/password`), 409, 'admins_apart')
    refused(await system.post(`/accounts/${them.id}/close`), 409, 'admins_apart')
    const worker = await somebody({ role: 'street_dispatcher', unit: community })
    refused(await secretary.client.post(`/accounts/${worker.account}/password`), 403, 'wider_than_own')
    const grid = await somebody({ role: 'grid_worker', unit: community })
    fine(await secretary.client.post(`/accounts/${grid.account}/password`))
    refused(await grid.client.post(`/accounts/${worker.account}/password`), 401, 'not_signed_in')
  })
})

describe('API tokens', () => {
  test('are shown once, do what they may and nothing more', async () => {
    const one = await somebody({ role: 'district_leader' })
    const made = fine(await one.client.post('/tokens', { name: '报表', permissions: ['person.read'] }), 201)
    assert.match(made.token, /^linli_[\w-]{43}$/)
    const list = fine(await one.client.get('/tokens')).items
    assert.deepEqual(list.map((t) => [t.name, t.permissions, t.token]), [['报表', ['person.read'], undefined]])
    const robot = server.client({ bearer: made.token })
    fine(await robot.get('/people'))
    refused(await robot.get('/areas/tree'), 403, 'not_allowed')
    refused(await robot.get('/session'), 403, 'not_allowed')
    refused(await robot.post('/tokens', { name: 'child', permissions: ['person.read'] }), 403, 'not_allowed')
    refused(await robot.post('/account/password', { old: good, new: 'seven green frogs' }), 403, 'not_allowed')
    refused(await server.client({ headers: { Cookie: `linli=${made.token}` } }).get('/people'), 401, 'not_signed_in')
    fine(await one.client.delete(`/tokens/${made.id}`), 204)
    refused(await robot.get('/people'), 401, 'not_signed_in')
    refused(await one.client.delete(`/tokens/${made.id}`), 404, 'not_found')
  })

  test('even one scoped to everything its owner has for themselves makes no other and changes no password', async () => {
    const one = await somebody()
    const robot = server.client({ bearer: fine(await one.client.post('/tokens', { name: 'self', permissions: ['signed_in'] }), 201).token })
    fine(await robot.get('/session'))
    refused(await robot.post('/tokens', { name: 'child', permissions: ['signed_in'] }), 403, 'not_allowed')
    refused(await robot.post('/account/password', { old: good, new: 'seven green frogs' }), 403, 'not_allowed')
  })

  test('lose what their owner loses', async () => {
    const one = await somebody({ role: 'district_leader' })
    const robot = server.client({ bearer: fine(await one.client.post('/tokens', { name: 't', permissions: ['person.read'] }), 201).token })
    fine(await robot.get('/people'))
    const held = fine(await security.get(`/people/${one.person}`)).roles[0]
    fine(await security.delete(`/assignments/${held.assignment}`), 204)
    refused(await robot.get('/people'), 403, 'not_allowed')
  })

  test('wrong input is named', async () => {
    const day = 86_400_000
    const one = await somebody({ role: 'district_leader' })
    const ask = (body) => one.client.post('/tokens', body)
    assert.deepEqual(fields(await ask({ permissions: [] })), { name: 'required', permissions: 'too_short' })
    assert.deepEqual(fields(await ask({ name: 't', permissions: ['case.read', 'fly'] })), { 'permissions[1]': 'not_a_choice' })
    assert.deepEqual(fields(await ask({ name: 't', permissions: ['case.read'], expires_at: 1 })), { expires_at: 'too_small' })
    assert.deepEqual(fields(await ask({ name: 't', permissions: ['case.read'], expires_at: Date.now() + 400 * day })), { expires_at: 'too_big' })
    refused(await ask({ name: 't', permissions: ['setting.manage'] }), 403, 'wider_than_own', 'permissions')
  })

  test('an expired one opens nothing', async () => {
    const one = await somebody({ role: 'district_leader' })
    const made = fine(await one.client.post('/tokens', { name: 't', permissions: ['person.read'], expires_at: Date.now() + 1500 }), 201)
    const robot = server.client({ bearer: made.token })
    fine(await robot.get('/people'))
    await sleep(1600)
    refused(await robot.get('/people'), 401, 'not_signed_in')
  })
})

describe('locked and closed accounts', () => {
  test('a lock takes effect at once, in sessions, tokens and at the door; unlocking gives all back', async () => {
    const one = await somebody({ role: 'district_leader' })
    const robot = server.client({ bearer: fine(await one.client.post('/tokens', { name: 't', permissions: ['person.read'] }), 201).token })
    fine(await security.post(`/accounts/${one.account}/lock`), 204)
    refused(await one.client.get('/session'), 401, 'not_signed_in')
    refused(await robot.get('/people'), 401, 'not_signed_in')
    refused(await server.client().post('/session', { name: one.name, password: good }), 401, 'sign_in_failed')
    fine(await security.post(`/accounts/${one.account}/unlock`), 204)
    fine(await one.client.get('/session'))
  })

  test('a lock set on the terminal takes effect within seconds', async () => {
    const one = await somebody()
    fine(await one.client.get('/session'))
    await server.must('user', 'lock', one.name)
    await sleep(3500)
    refused(await one.client.get('/session'), 401, 'not_signed_in')
  })

  test('only the security administrator locks, and never their own', async () => {
    const one = await somebody()
    refused(await system.post(`/accounts/${one.account}/lock`), 403, 'not_allowed')
    refused(await security.post(`/accounts/${security.me.user.id}/lock`), 409, 'self')
    refused(await security.post('/accounts/4711/lock'), 404, 'not_found')
  })

  test('closing is for good, and makes room for another account', async () => {
    const one = await somebody()
    refused(await system.post(`/people/${one.person}/account`, { sign_in_name: 'second' }), 409, 'has_account')
    fine(await system.post(`/accounts/${one.account}/close`), 204)
    refused(await one.client.get('/session'), 401, 'not_signed_in')
    refused(await server.client().post('/session', { name: one.name, password: good }), 401, 'sign_in_failed')
    refused(await system.post(`/accounts/${one.account}/password`), 404, 'not_found')
    fine(await system.post(`/people/${one.person}/account`, { sign_in_name: `${one.name}-b` }), 201)
  })
})

describe('people', () => {
  test('are entered, seen masked, changed under their version', async () => {
    const made = await system.post('/people', { name: '李四', contact: ' 139-1234-5678 ', public: true })
    const person = fine(made, 201)
    assert.equal(made.headers.get('location'), `/api/v1/people/${person.id}`)
    assert.equal(person.contact_masked, '139 **** **78')
    assert.equal(person.public, true)
    refused(await system.patch(`/people/${person.id}`, { name: '李思' }), 428, 'version_needed')
    refused(await system.patch(`/people/${person.id}`, { name: '李思' }, { version: 99 }), 409, 'stale_version')
    const changed = fine(await system.patch(`/people/${person.id}`, { name: '李思', contact: null }, { version: person.version }))
    assert.deepEqual([changed.name, changed.contact_masked, changed.public, changed.version], ['李思', null, true, person.version + 1])
    refused(await system.patch(`/people/${person.id}`, { name: '李死' }, { version: person.version }), 409, 'stale_version')
  })

  test('faults are named by field', async () => {
    assert.deepEqual(fields(await system.post('/people', { contact: 'x' })), { name: 'required' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', contact: 'telephone' })), { contact: 'invalid' })
    assert.deepEqual(fields(await system.post('/people', { name: ' ', contact: phone })), { name: 'blank' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', post: 'grid_worker' })), { unit_kind: 'required', unit_id: 'required' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', post: 'grid_worker', unit_kind: 'area', unit_id: '4711' })), { unit_id: 'unknown_reference' })
    assert.deepEqual(fields(await system.post('/people', { name: '某', post: 'pilot', unit_kind: 'area', unit_id: community })), { post: 'unknown_reference' })
    const person = fine(await system.post('/people', { name: '某' }), 201).id
    assert.deepEqual(fields(await system.post(`/people/${person}/account`, { sign_in_name: 'a b', password: 'short' })), { sign_in_name: 'invalid', password: 'password_weak' })
    refused(await system.post(`/people/${person}/account`, { sign_in_name: 'System' }), 409, 'taken', 'sign_in_name')
  })

  test('a contact is shown in full to whoever may, once asked for, and the look is recorded', async () => {
    const person = fine(await system.post('/people', { name: '王五', contact: phone }), 201).id
    const answer = await system.post(`/people/${person}/contact`, { why: '回访' })
    assert.deepEqual(fine(answer), { name: '王五', contact: phone })
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const [row] = fine(await audit.get('/audit', { query: { action: 'person.contact', object_id: person } })).items
    assert.deepEqual(row.detail, { why: '回访' })
    assert.equal(row.account_name, system.me.user.name)
    refused(await security.post(`/people/${person}/contact`, {}), 403, 'not_allowed')
    refused(await secretary.client.post(`/people/${person}/contact`, {}), 404, 'not_found')
  })

  test('who manages one community sees and manages the people there alone', async () => {
    const client = secretary.client
    const inside = fine(await client.post('/people', { name: '网格小赵', post: 'grid_worker', unit_kind: 'area', unit_id: community }), 201)
    assert.deepEqual(inside.posts.map((p) => [p.post, p.unit_name]), [['grid_worker', '梧桐社区']])
    refused(await client.post('/people', { name: '无处可去' }), 422, 'invalid', 'unit_id')
    refused(await client.post('/people', { name: '越界', post: 'grid_worker', unit_kind: 'area', unit_id: street }), 403, 'not_allowed')
    const outside = fine(await system.post('/people', { name: '别处', post: 'grid_worker', unit_kind: 'area', unit_id: other }), 201)
    refused(await client.get(`/people/${outside.id}`), 404, 'not_found')
    refused(await client.patch(`/people/${outside.id}`, { name: 'x' }, { version: 1 }), 404, 'not_found')
    const names = fine(await client.get('/people')).items.map((p) => p.name)
    assert.ok(names.includes('网格小赵') && !names.includes('别处'), names.join())
  })

  test('are found by part of the name, by whole telephone, by unit, page by page', async () => {
    for (let i = 0; i < 7; i++) {
      fine(await system.post('/people', { name: `Finder_${i}%`, contact: i ? undefined : '13700000042', post: 'grid_worker', unit_kind: 'area', unit_id: i % 2 ? community : other }), 201)
    }
    const list = async (query) => fine(await system.get('/people', { query })).items.map((p) => p.name)
    assert.equal((await list({ text: 'finder_' })).length, 7)
    assert.deepEqual(await list({ text: '_0%' }), ['Finder_0%'])
    assert.deepEqual(await list({ text: '137 0000 0042' }), ['Finder_0%'])
    assert.deepEqual(await list({ text: '13700000043' }), [])
    assert.deepEqual(await list({ text: 'finder', unit: street }), ['Finder_1%', 'Finder_3%', 'Finder_5%'])
    const seen = []
    let after
    do {
      const page = fine(await system.get('/people', { query: { text: 'Finder', limit: 3, after } }))
      assert.ok(page.items.length <= 3)
      seen.push(...page.items.map((p) => p.name))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, 7)
    assert.equal(seen.length, 7)
    refused(await system.get('/people', { query: { after: 'ff' } }), 422, 'invalid', 'after')
    refused(await system.get('/people', { query: { limit: 0 } }), 422, 'invalid', 'limit')
  })
})

describe('roles', () => {
  test('are listed with their permissions; those shipped cannot be changed', async () => {
    const roles = fine(await security.get('/roles')).items
    const find = (code) => roles.find((r) => r.code === code)
    assert.deepEqual([find('system_admin').apart, find('security_admin').apart, find('audit_admin').apart, find('grid_worker').apart], ['system', 'security', 'audit', null])
    refused(await security.patch(`/roles/${find('grid_worker').id}`, { name_en: 'x' }, { version: find('grid_worker').version }), 409, 'built_in')
    refused(await system.post('/roles', { code: 'x1', name_zh: 'x', name_en: 'x', permissions: ['case.read'] }), 403, 'not_allowed')
  })

  test('of one\'s own making are made and changed by who manages roles', async () => {
    const body = { code: 'reader', name_zh: '查看员', name_en: 'Reader', permissions: ['case.read'] }
    const made = fine(await security.post('/roles', body), 201)
    refused(await security.post('/roles', body), 409, 'taken', 'code')
    assert.deepEqual(fields(await security.post('/roles', { code: 'A B', name_zh: '', name_en: 'x', permissions: ['fly'] })), { name_zh: 'too_short' })
    assert.deepEqual(fields(await security.post('/roles', { ...body, code: 'A B', permissions: ['fly'] })), { code: 'invalid', 'permissions[0]': 'not_a_choice' })
    refused(await security.post('/roles', { ...body, code: 'both', permissions: ['audit.read', 'setting.manage'] }), 409, 'admins_apart', 'permissions')
    const changed = fine(await security.patch(`/roles/${made.id}`, { permissions: ['case.read', 'unit.read'] }, { version: made.version }))
    assert.deepEqual(changed.permissions, ['case.read', 'unit.read'])
    refused(await security.patch(`/roles/${made.id}`, { name_en: 'x' }, { version: made.version }), 409, 'stale_version')
  })

  test('a change reaches those who hold it at once, but never makes two administrators of one', async () => {
    const made = fine(await security.post('/roles', { code: 'growing', name_zh: '成长', name_en: 'Growing', permissions: ['unit.read'] }), 201)
    const one = await somebody({ role: 'growing' })
    fine(await security.post(`/people/${one.person}/assignments`, { role: 'audit_admin', unit_kind: 'area', unit_id: root }), 201)
    refused(await one.client.get('/people'), 403, 'not_allowed')
    const wider = fine(await security.patch(`/roles/${made.id}`, { permissions: ['unit.read', 'person.read'] }, { version: made.version }))
    fine(await one.client.get('/people'))
    refused(await security.patch(`/roles/${made.id}`, { permissions: ['setting.manage'] }, { version: wider.version }), 409, 'admins_apart', 'permissions')
    fine(await one.client.get('/people'))
  })
})

describe('granting', () => {
  const give = (by, person, role, unit, more) => by.post(`/people/${person}/assignments`, { role, unit_kind: 'area', unit_id: unit, ...more })

  test('never exceeds what the granter holds there', async () => {
    const worker = fine(await secretary.client.post('/people', { name: '小钱', post: 'grid_worker', unit_kind: 'area', unit_id: community }), 201)
    fine(await give(secretary.client, worker.id, 'grid_worker', community), 201)
    refused(await give(secretary.client, worker.id, 'street_dispatcher', community), 403, 'wider_than_own', 'role')
    refused(await give(secretary.client, worker.id, 'system_admin', community), 403, 'wider_than_own', 'role')
    refused(await give(secretary.client, worker.id, 'grid_worker', street), 403, 'not_allowed')
    refused(await give(system, worker.id, 'grid_worker', community), 403, 'not_allowed')
    const row = fine(await security.get(`/people/${worker.id}`)).roles
    assert.deepEqual(row.map((r) => [r.role, r.unit_name]), [['grid_worker', '梧桐社区']])
  })

  test('nobody grants to themselves or ends their own', async () => {
    const me = fine(await security.get('/session')).user
    refused(await give(security, me.person_id, 'grid_worker', root), 409, 'self')
    const own = fine(await security.get(`/people/${me.person_id}`)).roles[0]
    refused(await security.delete(`/assignments/${own.assignment}`), 409, 'self')
    refused(await give(secretary.client, secretary.person, 'grid_worker', community), 409, 'self')
  })

  test('the three administrators stay three people', async () => {
    const them = fine(await system.get('/session')).user
    refused(await give(security, them.person_id, 'audit_admin', root), 409, 'admins_apart', 'role')
    refused(await give(security, them.person_id, 'security_admin', root), 409, 'admins_apart', 'role')
    fine(await security.post('/roles', { code: 'peeper', name_zh: '窥视', name_en: 'Peeper', permissions: ['audit.read'] }), 201)
    refused(await give(security, them.person_id, 'peeper', root), 409, 'admins_apart', 'role')
    const year = 365 * 86_400_000
    const one = await somebody()
    fine(await give(security, one.person, 'system_admin', root, { to: Date.now() + year }), 201)
    refused(await give(security, one.person, 'audit_admin', root, { from: Date.now() + year - 1000 }), 409, 'admins_apart', 'role')
    fine(await give(security, one.person, 'audit_admin', root, { from: Date.now() + year + 1000 }), 201)
  })

  test('dates count', async () => {
    const one = await somebody()
    fine(await give(security, one.person, 'district_leader', root, { from: Date.now() + 1500, to: Date.now() + 3500 }), 201)
    refused(await one.client.get('/people'), 403, 'not_allowed')
    await sleep(1700)
    fine(await one.client.get('/people'))
    await sleep(2100)
    refused(await one.client.get('/people'), 403, 'not_allowed')
  })

  test('an ended role is gone at once', async () => {
    const one = await somebody({ role: 'district_leader' })
    fine(await one.client.get('/people'))
    const [held] = fine(await security.get(`/people/${one.person}`)).roles
    refused(await secretary.client.delete(`/assignments/${held.assignment}`), 404, 'not_found')
    fine(await security.delete(`/assignments/${held.assignment}`), 204)
    refused(await one.client.get('/people'), 403, 'not_allowed')
    refused(await security.delete(`/assignments/${held.assignment}`), 404, 'not_found')
  })

  test('wrong input is named', async () => {
    const one = await somebody()
    assert.deepEqual(fields(await security.post(`/people/${one.person}/assignments`, {})), { role: 'required', unit_kind: 'required', unit_id: 'required' })
    assert.deepEqual(fields(await give(security, one.person, 'emperor', '4711', { from: 2000, to: 1000 })), { role: 'not_a_choice', unit_id: 'unknown_reference', to: 'period' })
    refused(await give(security, '4711', 'grid_worker', root), 404, 'not_found')
  })

  test('what reaches one street does not reach the next', async () => {
    const one = await somebody({ role: 'street_dispatcher', unit: street })
    const here = fine(await system.post('/people', { name: '此处人', post: 'grid_worker', unit_kind: 'area', unit_id: community }), 201)
    const there = fine(await system.post('/people', { name: '彼处人', post: 'grid_worker', unit_kind: 'area', unit_id: other }), 201)
    fine(await one.client.get(`/people/${here.id}`))
    refused(await one.client.get(`/people/${there.id}`), 404, 'not_found')
  })
})

describe('preferences', () => {
  test('are kept, and the language is spoken', async () => {
    const one = await somebody()
    fine(await one.client.patch('/account', { locale: 'en', preferences: { theme: 'dark' } }), 204)
    const me = fine(await one.client.get('/session')).user
    assert.deepEqual([me.locale, me.preferences], ['en', { theme: 'dark' }])
    assert.equal((await one.client.get('/people')).body.title, 'You do not have the right to do this here')
    fine(await one.client.patch('/account', { locale: null }), 204)
    const after = fine(await one.client.get('/session')).user
    assert.deepEqual([after.locale, after.preferences], [null, { theme: 'dark' }])
  })

  test('wrong input is named', async () => {
    const one = await somebody()
    assert.deepEqual(fields(await one.client.patch('/account', { locale: 'fr', preferences: [1] })), { locale: 'not_a_choice' })
    assert.deepEqual(fields(await one.client.patch('/account', { preferences: [1] })), { preferences: 'wrong_type' })
    assert.deepEqual(fields(await one.client.patch('/account', { preferences: { x: 'y'.repeat(4000) } })), { preferences: 'too_long' })
  })
})

describe('the demonstration', () => {
  test('does not exist in an earnest district', async () => {
    assert.deepEqual(fine(await server.client().get('/demo')), { demo: false, roles: [] })
    refused(await server.client().post('/session/demo', { role: 'system_admin' }), 404, 'not_found')
  })
})

describe('contact data and secrets', () => {
  test('appear in no log line, no audit row, no address', async () => {
    const one = await somebody()
    const made = fine(await one.client.post('/tokens', { name: 't', permissions: ['signed_in'] }), 201)
    await server.client({ bearer: made.token }).get('/session')
    const log = server.log()
    const sheet = (await audit.get('/audit/export')).text
    for (const secret of [phone, '139-1234-5678', good, made.token, one.client.cookies.get('linli')]) {
      assert.ok(!log.includes(secret), `the log holds ${secret}`)
      assert.ok(!sheet.includes(secret), `the audit record holds ${secret}`)
    }
    assert.equal(fine(await audit.get('/audit/verify')).ok, true)
  })
})
