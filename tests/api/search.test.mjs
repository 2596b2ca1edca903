/* Search: by words of text, address and number, by names, by telephone; and nobody learns of what they may not see. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { onPostgres } from './support/database.mjs'
import { outside as onDatabase } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { folder, startServer, until } from './support/server.mjs'

let server, d, anonymous
const made = {}
const PHONE = '13912345678'

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.body?.code], [status, code], answer.text)
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const report = async (text, grid, more = {}) => ok(await anonymous.post('/cases', { text, at: inGrid(grid), ...more }), 201)
/** {kind: [id]} of what somebody finds. */
const find = async (who, text, more = {}) =>
  Object.fromEntries(ok(await who.post('/search', { text, ...more })).groups.map((g) => [g.kind, g.items.map((i) => i.id)]))
const cases = async (who, text, more) => (await find(who, text, more)).case ?? []
const listed = async (who, text, more = {}) =>
  ok(await who.get(`/cases?${new URLSearchParams({ text, ...more })}`)).items.map((i) => i.id)

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  anonymous = server.client({ lang: 'zh-CN' })
  ok(await d.admin.put('/settings/case.anonymous_reports_per_hour', { value: 100000 }), 204)
  made.lamp = await report('和悦家园三号楼东侧路灯不亮，晚上很黑', 1, { contact: PHONE, address: '幸福路18号' })
  made.drain = await report('雨水箅子坏了，路灯下面一直积水。The drain is broken', 3)
  made.far = await report('西街的路灯也坏了', 5)
  made.mine = ok(await d.resident.post('/cases', { text: '我家楼下路灯忽明忽暗', at: inGrid(5) }), 201)
})
after(() => server?.stop())

describe('words', () => {
  it('are found wherever they stand, newest first, in the search and in the list alike', async () => {
    const all = [made.mine.id, made.far.id, made.drain.id, made.lamp.id]
    assert.deepEqual(await cases(d.leader, '路灯'), all)
    assert.deepEqual(await listed(d.leader, '路灯'), all)
    assert.deepEqual(await listed(d.leader, '路灯', { sort: 'old' }), all.toReversed())
    assert.deepEqual(await listed(d.leader, '路灯', { sort: 'due' }), all.toReversed())
    assert.equal(ok(await d.leader.get('/cases/count?text=' + encodeURIComponent('路灯'))).count, 4)
    const pins = ok(await d.leader.get('/cases/map?text=' + encodeURIComponent('路灯'))).items
    assert.deepEqual(pins.map(({ id }) => id).sort(), all.toSorted(), 'the map shows what the list shows')
    assert.deepEqual(ok(await d.leader.get('/cases/map?text=' + encodeURIComponent('没有这样的词语'))).items, [])
  })
  it('may be part of a longer one, a single letter, in the address, in English, unfinished, or several', async () => {
    for (const [text, want] of [
      ['悦家', [made.lamp.id]], ['暗', [made.mine.id]], ['幸福路', [made.lamp.id]], ['drain', [made.drain.id]], ['DRA', [made.drain.id]],
      ['路灯 积水', [made.drain.id]], ['积水路灯', [made.drain.id]], ['ｄｒａｉｎ', [made.drain.id]], ['路灯的', 4], ['dra ', []], ['rain', []],
      [made.lamp.code, [made.lamp.id]], [made.lamp.code.slice(0, 6), 4], ['没有这样的词语', []], ['，。？', []], ['" OR *', []],
    ]) {
      const got = await cases(d.leader, text)
      assert.deepEqual(typeof want === 'number' ? got.length : got, want, text)
    }
  })
  it('come back cut, to be marked, with where they stand', async () => {
    const answer = ok(await d.leader.post('/search', { text: '三号楼路灯' }))
    assert.ok(answer.words.includes('路灯'))
    assert.equal(answer.complete, true)
    const [hit] = answer.groups.find((g) => g.kind === 'case').items
    assert.equal(hit.code, made.lamp.code)
    assert.equal(hit.state, 'reported')
    assert.match(hit.excerpt, /路灯/)
    assert.equal(hit.note, '第1网格')
  })
  it('go page by page without losing or repeating', async () => {
    const seen = []
    let after
    do {
      const page = ok(await d.leader.get(`/cases?${new URLSearchParams({ text: '路灯', limit: 1, ...(after && { after }) })}`))
      seen.push(...page.items.map((i) => i.id))
      after = page.next
    } while (after)
    assert.deepEqual(seen, [made.mine.id, made.far.id, made.drain.id, made.lamp.id])
  })
  it('move with the place', async () => {
    const one = await report('窨井冒水', 2, { address: '旧地址一号' })
    const version = ok(await d.leader.get(`/cases/${one.id}`)).version
    ok(await d.dispatcher.post(`/cases/${one.id}/route`, { address: '新地址二号', at: inGrid(3) }, { version }))
    assert.deepEqual(await cases(d.leader, '旧地址'), [])
    assert.deepEqual(await cases(d.leader, '新地址'), [one.id])
    assert.deepEqual(await cases(d.secretary, '窨井'), [])
  })
  it('go with the case from one organisation to the next, and are found by whom it called', async () => {
    const { id } = await report('公交站牌倒在路边', 1)
    const act = async (who, action, body = {}) => ok(await who.post(`/cases/${id}/${action}`, body, { version: ok(await d.leader.get(`/cases/${id}`)).version }))
    const finders = async () => {
      const found = []
      for (const name of ['lamps', 'drains', 'secretary']) {
        assert.deepEqual(await cases(d[name], '站牌'), await listed(d[name], '站牌'), name)
        if ((await cases(d[name], '站牌')).includes(id)) found.push(name)
      }
      return found
    }
    assert.deepEqual(await finders(), ['secretary'])
    await act(d.secretary, 'accept')
    await act(d.secretary, 'dispatch', { org: d.orgs.lighting })
    assert.deepEqual(await finders(), ['lamps', 'secretary'])
    await act(d.lamps, 'return', { reason: '不归我们管' })
    await act(d.secretary, 'dispatch', { org: d.orgs.drainage })
    assert.deepEqual(await finders(), ['drains', 'secretary'])
    await act(d.drains, 'sign')
    await act(d.secretary, 'whistle', { orgs: [d.orgs.lighting], ask: '请一起看看' })
    assert.deepEqual(await finders(), ['lamps', 'drains', 'secretary'])
    assert.match((await server.cli('doctor')).out, /ok\s+search: 0 of [1-9]/)
  })
})

describe('what somebody may not see', () => {
  it('is not found by its words, in any way', async () => {
    assert.deepEqual(await cases(d.secretary, '路灯'), [made.lamp.id])            // community 甲
    assert.deepEqual(await cases(d.dispatcher, '路灯'), [made.drain.id, made.lamp.id])
    assert.deepEqual(await cases(d.otherSecretary, '路灯'), [made.mine.id, made.far.id])
    assert.deepEqual(await listed(d.secretary, '积水'), [])
    assert.deepEqual(await cases(d.resident, '路灯'), [made.mine.id])             // what they reported themselves
    assert.deepEqual(await cases(d.neighbour, '路灯'), [])
    assert.deepEqual(await cases(d.secretary, made.far.code), [])
    assert.equal(ok(await d.secretary.get('/cases/count?text=' + encodeURIComponent('路灯'))).count, 1)
  })
  it('names of areas, organisations and people only to who may see those', async () => {
    const found = await find(d.leader, '路灯所')
    assert.deepEqual(found.org, [d.orgs.lighting])
    assert.deepEqual((await find(d.leader, '甲社区')).area, [d.areas.a])
    assert.ok((await find(d.leader, '居民张')).person.length === 1)
    assert.deepEqual(await find(d.resident, '甲社区'), {})
    assert.deepEqual(await find(d.resident, '居民李'), {})
    assert.deepEqual((await find(d.lamps, '居民张')).person, undefined)
  })
  it('needs a sign-in', async () => refused(await anonymous.post('/search', { text: '路灯' }), 401, 'not_signed_in'))
})

describe('a question that is none', () => {
  it('says which field', async () => {
    assert.equal(faults(await d.leader.post('/search', {})).text, 'required')
    assert.equal(faults(await d.leader.post('/search', { text: ' \u3000' })).text, 'blank')
    assert.equal(faults(await d.leader.post('/search', { text: 'x'.repeat(101) })).text, 'too_long')
    assert.equal(faults(await d.leader.post('/search', { text: 'x', limit: 51 })).limit, 'too_big')
    assert.equal(faults(await d.leader.post('/search', { text: 'x', what: 1 })).what, 'unknown_field')
  })
  it('can be limited to kinds', async () => {
    assert.deepEqual(Object.keys(await find(d.leader, '路灯', { kinds: ['org'] })), ['org'])
    assert.equal((await find(d.leader, '路灯', { limit: 2 })).case.length, 2)
  })
  it('is asked in both languages', async () => {
    const english = server.client({ lang: 'en' })
    const answer = await english.post('/search', { text: '路灯' })
    assert.match(answer.body.title ?? answer.text, /sign in/i)
  })
})

describe('a telephone', () => {
  const by = (who, contact, why = '回访') => who.post('/cases/by-contact', { contact, why })
  it('finds its cases, however it is written, and leaves a row in the audit record', async () => {
    const found = ok(await by(d.secretary, '139-1234 5678'))
    assert.deepEqual(found.items.map((i) => i.id), [made.lamp.id])
    assert.deepEqual(ok(await by(d.secretary, '13912345679')).items, [])
    const rows = ok(await d.audit.get('/audit?action=case.contact_search')).items
    assert.equal(rows.length, 2)
    assert.ok(JSON.stringify(rows).includes(made.lamp.code))
    assert.ok(!JSON.stringify(rows).includes('13912345678'))
  })
  it('finds only cases whose contact the caller may open', async () => {
    assert.deepEqual(ok(await by(d.otherSecretary, PHONE)).items, [])
    refused(await by(d.leader, PHONE), 403, 'not_allowed')
    refused(await by(d.resident, PHONE), 403, 'not_allowed')
    refused(await by(anonymous, PHONE), 401, 'not_signed_in')
  })
  it('must be whole, and there must be a reason', async () => {
    assert.equal(faults(await by(d.secretary, '不是电话号码')).contact, 'invalid')
    assert.equal(faults(await d.secretary.post('/cases/by-contact', { contact: PHONE })).why, 'required')
  })
  it('is not found by its digits in the search', async () => {
    assert.deepEqual(await cases(d.leader, PHONE), [])
  })
})

/* On PostgreSQL words are numbers, and two may share one. Here a case has all those of another: its words, its area, its telephone. */
describe('what the index says by mistake', { skip: !onPostgres && 'SQLite holds the words themselves' }, () => {
  const by = async (who, contact) => ok(await who.post('/cases/by-contact', { contact, why: '回访' })).items.map((i) => i.id)
  it('is seen by nobody', async () => {
    const OTHER = '13800000000'
    const wrong = await report('南门的路灯歪了', 5, { contact: OTHER })
    const seen = await cases(d.secretary, '路灯')
    assert.ok(seen.includes(made.lamp.id) && !seen.includes(wrong.id))
    onDatabase(server, `UPDATE search_case SET words = words || (SELECT words FROM search_case WHERE case_id = ${made.lamp.id}) WHERE case_id = ${wrong.id}`)
    const named = `SELECT count(*) FROM search_case a JOIN search_case b ON a.words @> b.words WHERE a.case_id = ${wrong.id} AND b.case_id = ${made.lamp.id}`
    assert.equal(onDatabase(server, named), '1')
    assert.deepEqual(await cases(d.secretary, '路灯'), seen, 'not by an area')
    assert.deepEqual(await listed(d.secretary, '路灯'), seen)
    assert.deepEqual(await cases(d.leader, '三号楼'), [made.lamp.id], 'not by a word')
    assert.deepEqual(await cases(d.leader, made.lamp.code), [made.lamp.id], 'not by a number')
    assert.deepEqual(await by(d.otherSecretary, OTHER), [wrong.id])
    assert.deepEqual(await by(d.otherSecretary, PHONE), [], 'not by a telephone')
    assert.deepEqual(await by(d.secretary, PHONE), [made.lamp.id])
  })
})

describe('cases from before the index', () => {
  it('are put in by a job after the start, and the doctor looks', async () => {
    const own = folder()
    const first = await startServer({ dir: own.path, before: (must) => must('demo', '--cases', '500') })
    await first.stop()
    const was = Number(onDatabase(first, `SELECT count(*) FROM cases`))
    const emptied = onPostgres ? 'DELETE FROM search_case' : "INSERT INTO search_case (search_case) VALUES ('delete-all')"
    onDatabase(first, `${emptied};
      DELETE FROM job WHERE kind = 'search.fill';
      INSERT INTO search_fill (tenant_id, below, done, total) SELECT tenant_id, max(id) + 1, 0, count(*) FROM cases GROUP BY tenant_id`)
    const again = await startServer({ dir: own.path })
    try {
      await until(async () => onDatabase(again, 'SELECT below FROM search_fill') === '0', 30_000)
      assert.equal(Number(onDatabase(again, 'SELECT done FROM search_fill')), was)
      const leader = again.client()
      ok(await leader.post('/session/demo', { role: 'district_leader' }))
      assert.equal((await cases(leader, '路灯', { limit: 50 })).length, Math.min(50, Number(onDatabase(again, "SELECT count(*) FROM cases WHERE text LIKE '%路灯%' OR address LIKE '%路灯%'"))))
      assert.match((await again.cli('doctor')).out, /ok\s+search: 0 of [1-9]/)
      onDatabase(again, emptied)
      assert.match((await again.cli('doctor')).out, /FAULT\s+search/)
    } finally {
      await again.stop()
      own.remove()
    }
  })
})
