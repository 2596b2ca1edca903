/* Settings over HTTP and as a file. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sleep, startServer } from './support/server.mjs'

let server, system, audit

const fine = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const faults = (answer) => answer.body.errors.map((e) => [e.field, e.code])
const setting = async (key) => fine(await system.get('/settings')).items.find((s) => s.key === key)

before(async () => {
  server = await startServer()
  system = await server.user({ role: 'system_admin' })
  audit = await server.user({ role: 'audit_admin' })
})
after(() => server?.stop())

describe('settings', () => {
  test('are listed with value, default, bounds and both texts', async () => {
    const all = fine(await system.get('/settings')).items
    assert.ok(all.length > 30)
    for (const s of all) {
      assert.ok(s.doc_zh && s.doc_en && s.kind, s.key)
      assert.deepEqual(s.value, s.default, s.key)
      assert.equal(s.valid_from, null)
    }
    const border = all.find((s) => s.key === 'unit.border_metres')
    assert.deepEqual([border.value, border.kind, border.least, border.most], [15, 'number', 0, 1000])
  })

  test('take effect at once, with who set them and a history', async () => {
    fine(await system.put('/settings/account.token_days_most', { value: 30 }), 204)
    const day = 86_400_000
    const late = await system.post('/tokens', { name: 't', permissions: ['unit.read'], expires_at: Date.now() + 40 * day })
    assert.deepEqual(faults(late), [['expires_at', 'too_big']])
    fine(await system.put('/settings/account.token_days_most', { value: 60 }), 204)
    fine(await system.post('/tokens', { name: 't', permissions: ['unit.read'], expires_at: Date.now() + 40 * day }), 201)
    const now = await setting('account.token_days_most')
    assert.deepEqual([now.value, now.set_by, now.default], [60, system.me.user.name, 365])
    const past = fine(await system.get('/settings/account.token_days_most/history')).items
    assert.deepEqual(past.map((p) => p.value), [60, 30])
    const [row] = fine(await audit.get('/audit', { query: { action: 'setting.put' } })).items
    assert.deepEqual([row.detail.key, row.detail.value], ['account.token_days_most', 60])
  })

  test('may be set for a later time', async () => {
    fine(await system.put('/settings/case.reopen_days', { value: 3, valid_from: Date.now() + 1200 }), 204)
    assert.equal((await setting('case.reopen_days')).value, 15)
    await sleep(1400)
    assert.equal((await setting('case.reopen_days')).value, 3)
  })

  test('but never for the past', async () => {
    assert.deepEqual(faults(await system.put('/settings/case.reopen_days', { value: 3, valid_from: Date.now() - 60_000 })), [['valid_from', 'too_small']])
  })

  test('wrong values are named', async () => {
    const put = async (key, value) => faults(await system.put(`/settings/${key}`, { value }))
    assert.deepEqual(await put('case.reopen_days', 366), [['value', 'too_big']])
    assert.deepEqual(await put('account.idle_minutes', 1), [['value', 'too_small']])
    assert.deepEqual(await put('account.idle_minutes', '20'), [['value', 'wrong_type']])
    assert.deepEqual(await put('account.idle_minutes', 20.5), [['value', 'wrong_type']])
    assert.deepEqual(await put('map.tiles', 7), [['value', 'wrong_type']])
    assert.deepEqual(await put('map.tiles', 'x'.repeat(501)), [['value', 'too_long']])
    assert.deepEqual(await put('unit.area_kinds', {}), [['value', 'wrong_type']])
    assert.deepEqual(faults(await system.put('/settings/case.reopen_days', {})), [['value', 'required']])
    assert.deepEqual(faults(await system.put('/settings/case.reopen_days', { value: 1, colour: 2 })), [['colour', 'unknown_field']])
    assert.equal((await system.put('/settings/no.such', { value: 1 })).status, 404)
    assert.equal((await system.get('/settings/no.such/history')).status, 404)
    const message = (await system.put('/settings/case.reopen_days', { value: 366 })).body.errors[0].message
    assert.match(message, /365/)
  })

  test('belong to the system administrator', async () => {
    assert.equal((await audit.get('/settings')).status, 403)
    assert.equal((await audit.put('/settings/case.reopen_days', { value: 1 })).status, 403)
    assert.equal((await audit.get('/settings/case.reopen_days/history')).status, 403)
    assert.equal((await audit.post('/settings/import', '{}')).status, 403)
    assert.equal((await server.client().get('/settings')).status, 401)
  })
})

describe('the file', () => {
  const take = (text) => system.post('/settings/import', text, { type: 'application/json' })

  test('goes out and comes in unchanged', async () => {
    fine(await system.put('/settings/map.tiles_credit', { value: '© 示范区 "测绘"' }), 204)
    const out = await system.get('/settings/export')
    assert.match(out.headers.get('content-disposition'), /attachment/)
    const values = JSON.parse(out.text).values
    assert.ok(values.some((v) => v.key === 'map.tiles_credit' && v.value === '© 示范区 "测绘"'))
    assert.deepEqual(fine(await take(out.text)), { values: 0 })
  })

  test('carries a district\'s values into another, all or nothing', async () => {
    const changed = fine(await take(JSON.stringify({ values: [{ key: 'unit.border_metres', value: 25 }, { key: 'case.secret_days', value: 100 }] })))
    assert.deepEqual(changed, { values: 2 })
    assert.equal((await setting('unit.border_metres')).value, 25)
    const wrong = await take(JSON.stringify({ values: [{ key: 'unit.border_metres', value: 35 }, { key: 'nonsense', value: 1 }, { key: 'case.secret_days', value: -1 }] }))
    assert.equal(wrong.status, 422)
    assert.deepEqual(faults(wrong), [['values[1].key', 'not_a_choice'], ['values[2].value', 'too_small']])
    assert.equal((await setting('unit.border_metres')).value, 25)
    assert.equal((await take('{"values":[')).status, 400)
  })

  test('comes in on the terminal as well; the running server follows within a minute or so', async () => {
    const file = join(server.dir, 'in.json')
    writeFileSync(file, JSON.stringify({ values: [{ key: 'case.secret_days', value: 200 }] }))
    assert.match((await server.must('settings', 'import', file)).out, /^1 values/)
    assert.equal(JSON.parse((await server.must('settings', 'export')).out).values.find((v) => v.value === 200).key, 'case.secret_days')
    writeFileSync(file, JSON.stringify({ values: [{ key: 'nonsense', value: 200 }] }))
    const wrong = await server.cli('settings', 'import', file)
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /values\[0\]\.key/)
    assert.equal((await server.cli('settings', 'import', '/no/such/file')).code, 1)
    assert.equal((await server.cli('settings', 'shout')).code, 2)
  })
})
