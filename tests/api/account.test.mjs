/* Accounts over HTTP and on the terminal: signing in, sessions, passwords, tokens, locks. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { build, folder, run, sleep, startServer, until } from './support/server.mjs'
import { onPostgres } from './support/database.mjs'
import { fields, fine, first, good, outside, phone, refused, startDistrict } from './support/district.mjs'

let server, system, security, audit, secretary, community, root, somebody

before(async () => ({ server, system, security, audit, secretary, community, root, somebody } = await startDistrict()))
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
    const answer = await server.client().post('/session', { name: 'SYSTEM', password: first })
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
    await victim.signIn('system', first)
    assert.notEqual(victim.cookies.get('linli'), planted)
    refused(await server.client({ headers: { Cookie: `linli=${planted}` } }).get('/session'), 401, 'not_signed_in')
  })

  test('ends the session that was there before', async () => {
    const browser = await server.client().signIn('system', first)
    const before = browser.cookies.get('linli')
    await browser.signIn('system', first)
    refused(await server.client({ headers: { Cookie: `linli=${before}` } }).get('/session'), 401, 'not_signed_in')
    fine(await browser.get('/session'))
  })

  test('sign-out ends the session at once', async () => {
    const browser = await server.client().signIn('system', first)
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
  test('gets the same answer, in the same time, whether the name exists or not', async (t) => {
    const dear = await startServer({ env: { LINLI_CHEAP_PASSWORDS: undefined } })
    t.after(() => dear.stop())
    await dear.user({ sign: 'known' })
    const admin = await dear.user({ role: 'system_admin' })
    fine(await admin.put('/settings/account.backoff_name_after', { value: 100 }), 204)
    fine(await admin.put('/settings/account.backoff_address_after', { value: 10000 }), 204)
    const names = { known: 'known', unknown: 'nobody-of-that-name' }
    const times = { known: [], unknown: [] }
    const answers = {}
    const least = (list) => Math.min(...list)
    const alike = (a, b) => Math.abs(a - b) < 0.5 * Math.max(a, b)
    /* The best of each counts: what else the machine does only ever adds. */
    for (let i = 0; i < 4 || (i < 40 && !alike(least(times.known), least(times.unknown))); i++) {
      for (const which of ['known', 'unknown']) {
        const begun = performance.now()
        const answer = await dear.client().post('/session', { name: names[which], password: 'certainly wrong' })
        times[which].push(performance.now() - begun)
        refused(answer, 401, 'sign_in_failed')
        answers[which] = { ...answer.body, instance: '' }
      }
    }
    assert.deepEqual(answers.known, answers.unknown)
    const [a, b] = [least(times.known), least(times.unknown)]
    assert.ok(alike(a, b), `known ${a} ms, unknown ${b} ms`)
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
    await server.client().signIn('system', first)
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
        if (tries === 3) await own.client().signIn('system', first)
      }
      assert.equal(tries, 7)
      assert.equal((await own.client().post('/session', { name: 'system', password: first })).status, 429)
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

  test('end when unused too long, and when their time is over', async () => {
    const one = await somebody()
    const late = await server.client().signIn(one.name, good)
    const [idle, expired] = [one.client, late].map(async (client) => fine(await client.get('/sessions')).items.find((s) => s.current).id)
    await sleep(2500)   // what is kept in memory is read anew
    outside(server, `UPDATE session SET used_at = used_at - 61 * 60000 WHERE id = ${await idle}`)
    outside(server, `UPDATE session SET expires_at = ${Date.now() - 1} WHERE id = ${await expired}`)
    for (const client of [one.client, late]) await until(async () => (await client.get('/session')).status === 401)
    refused(await one.client.get('/session'), 401, 'not_signed_in')
    refused(await late.get('/session'), 401, 'not_signed_in')
    await server.client().signIn(one.name, good)
  })

  test('being used is no write', async () => {
    const one = await somebody()
    const writes = async () => Number(/^linli_\w*writes\w*(?:\{[^}]*\})? (\d+)/m.exec((await server.client().get('//metrics')).text)[1])
    const before = await writes()
    for (let i = 0; i < 100; i++) fine(await one.client.get('/sessions'))
    assert.ok((await writes()) - before <= 2, 'a hundred reads, hardly a write')
  })

  test('their length is a setting', async () => {
    const own = await startServer()
    try {
      const admin = await own.user({ role: 'system_admin', sign: 'system' })
      fine(await admin.put('/settings/account.session_hours', { value: 1 }), 204)
      const late = await own.client().signIn('system', first)
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
    await until(async () => (await one.client.get('/session')).status === 401, 5000)
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

describe('behind a proxy', () => {
  test('the cookie is for https alone when the client speaks https; addresses are those of the clients', async () => {
    const own = await startServer({ args: ['--trust-proxy'] })
    try {
      await own.user({ role: 'system_admin', sign: 'system' })
      const forwarded = { headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.9' } }
      const answer = await own.client(forwarded).post('/session', { name: 'system', password: first })
      assert.match(answer.headers.getSetCookie()[0], /; Secure$/)
      assert.equal(outside(own, 'SELECT remote FROM session ORDER BY id DESC LIMIT 1'), '203.0.113.9')
      const plain = await own.client().post('/session', { name: 'system', password: first })
      assert.ok(!/Secure/.test(plain.headers.getSetCookie()[0]))
    } finally {
      await own.stop()
    }
  })
})

describe('a repeated request', () => {
  test('gets the first answer again, and changes nothing a second time', async () => {
    const body = { name: '只来一次', contact: phone }
    const first = await system.post('/people', body, { key: 'key-1' })
    const again = await system.post('/people', body, { key: 'key-1' })
    fine(first, 201)
    fine(again, 201)
    assert.deepEqual(again.body, first.body)
    assert.equal(again.headers.get('location'), first.headers.get('location'))
    assert.equal(fine(await system.get('/people', { query: { text: '只来一次' } })).items.length, 1)
    refused(await system.post('/people', { name: '另一个' }, { key: 'key-1' }), 422, 'key_reused')
    const other = fine(await secretary.client.post('/people', { name: '另一个', post: 'grid_worker', unit_kind: 'area', unit_id: community }, { key: 'key-1' }), 201)
    assert.notEqual(other.id, first.body.id)
  })

  test('answers kept are sealed at rest', async () => {
    fine(await system.post('/people', { name: '封存之人' }, { key: 'key-2' }), 201)
    assert.equal(outside(server, onPostgres
      ? "SELECT COUNT(*) FROM idempotency WHERE position(convert_to('封存之人', 'UTF8') IN reply) > 0" : "SELECT COUNT(*) FROM idempotency WHERE instr(reply, CAST('封存之人' AS BLOB)) > 0"), '0')
    assert.ok(Number(outside(server, 'SELECT COUNT(*) FROM idempotency')) >= 1)
  })
})

describe('the demonstration', () => {
  test('lets one come in as each role, on this machine alone, and records it', async () => {
    const data = folder()
    const made = await run(join(build, 'linli'), ['demo', '--data', join(data.path, 'demo'), '--cases', '10'])
    assert.equal(made.code, 0, made.err)
    const own = await startServer({ dir: join(data.path, 'demo'), args: ['--trust-proxy'] })
    try {
      const { demo, roles } = fine(await own.client({ lang: 'en' }).get('/demo'))
      assert.equal(demo, true)
      assert.deepEqual(roles.map((r) => r.code).filter((code) => !['social_worker'].includes(code)), ['resident', 'grid_worker', 'community_secretary',
        'street_dispatcher', 'department_handler', 'org_head', 'district_leader', 'volunteer', 'system_admin', 'security_admin', 'audit_admin'])
      for (const { code, name, person } of roles) {
        assert.ok(name && person, code)
        const me = fine(await own.client().post('/session/demo', { role: code }))
        assert.equal(me.user.name, person)
        assert.equal(me.tenant.demo, true)
        assert.deepEqual(me.units.flatMap((u) => u.roles).includes(code), code !== 'resident')
      }
      refused(await own.client().post('/session/demo', { role: 'emperor' }), 422, 'not_a_choice', 'role')
      const elsewhere = own.client({ headers: { 'X-Forwarded-For': '203.0.113.9' } })
      assert.deepEqual(fine(await elsewhere.get('/demo')), { demo: false, roles: [] })
      refused(await elsewhere.post('/session/demo', { role: 'system_admin' }), 404, 'not_found')
      const reader = own.client()
      fine(await reader.post('/session/demo', { role: 'audit_admin' }))
      assert.ok(fine(await reader.get('/audit', { query: { action: 'session.demo' } })).items.length >= roles.length)
      assert.equal(outside(own, 'SELECT COUNT(*) FROM account WHERE password_hash IS NOT NULL'), '0')
    } finally {
      await own.stop()
      data.remove()
    }
  })

  test('does not exist in an earnest district', async () => {
    assert.deepEqual(fine(await server.client().get('/demo')), { demo: false, roles: [] })
    refused(await server.client().post('/session/demo', { role: 'system_admin' }), 404, 'not_found')
  })
})

describe('the terminal', () => {
  const user = (...words) => server.cli('user', ...words)
  const add = (name, password, ...more) => user('add', '--name', '终端', '--sign-in-name', name, '--password-stdin', ...more, { input: `${password}\n` })

  test('makes accounts and tells what is wrong', async () => {
    const made = await add('terminal', good, '--json')
    assert.equal(made.code, 0, made.err)
    assert.match(JSON.parse(made.out).account, /^\d+$/)
    await server.client().signIn('terminal', good)
    for (const [result, code, words] of [
      [await add('terminal', good), 1, /in use/],
      [await add('weakling', 'password123'), 1, /common/],
      [await add('a b', good), 1, /a b/],
      [await add('lost', good, '--role', 'emperor'), 1, /role/],
      [await add('lost', good, '--role', 'grid_worker', '--unit', 'area:nowhere'), 1, /unit/],
      [await add('lost', good, '--colour', 'red'), 2, /--colour/],
      [await user('add', '--name', '无'), 2, /sign-in-name/],
      [await user('shout'), 2, /usage/],
      [await user(), 2, /usage/],
      [await user('lock', 'nobody-here'), 1, /nobody-here/],
    ]) {
      assert.equal(result.code, code, result.err)
      assert.match(result.err, words)
    }
    assert.equal((await user('--help')).code, 0)
    refused(await server.client().post('/session', { name: 'lost', password: good }), 401, 'sign_in_failed')
  })

  test('lists, sets passwords, locks, grants and ends roles', async () => {
    await add('mender', good)
    const listed = async () => JSON.parse((await server.must('user', 'list', '--json')).out).find((u) => u.sign_in_name === 'mender')
    assert.deepEqual([(await listed()).state, (await listed()).roles], ['open', ''])
    await server.must('user', 'role', 'mender', 'district_leader')
    assert.equal((await listed()).roles, `district_leader@${root}`)
    assert.match((await user('role', 'mender', 'audit_admin')).out, /account/)
    assert.equal((await user('role', 'mender', 'system_admin')).code, 1)
    await server.must('user', 'role', 'mender', 'district_leader', '--end')
    assert.equal((await listed()).roles, `audit_admin@${root}`)
    assert.equal((await user('role', 'mender', 'district_leader', '--end')).code, 1)
    await server.must('user', 'password', 'mender', '--password-stdin', { input: 'seven green frogs\n' })
    await server.client().signIn('mender', 'seven green frogs')
    await server.must('user', 'lock', 'mender')
    assert.equal((await listed()).state, 'locked')
    refused(await server.client().post('/session', { name: 'mender', password: 'seven green frogs' }), 401, 'sign_in_failed')
    await server.must('user', 'unlock', 'mender')
    await server.client().signIn('mender', 'seven green frogs')
    const done = fine(await audit.get('/audit', { query: { account: undefined, action: 'account.', limit: 50 } })).items.filter((r) => r.remote === null).map((r) => r.action)
    for (const action of ['account.add', 'account.password', 'account.lock', 'account.unlock']) assert.ok(done.includes(action), action)
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
