/* 200 imported Chinese cases go through the whole loop over the API, as different people; every timeline is checked step by step.
 *
 * The requests and villages lie beside the checkout (../shared/data) or in $LINLI_SHARED/data; they are not part of the project. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { folder, root, startServer } from './support/server.mjs'

const data = join(process.env.LINLI_SHARED ?? resolve(root, '..', 'shared'), 'data', 'zh-tainan-1999')
const skip = existsSync(data) ? false : `no test data at ${data}`
const WALKED = 200

/** The first n rows of a CSV text with its header, cut between rows and not inside quotes. */
function head(text, n) {
  let quoted = false
  for (let i = 0, rows = -1; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    if (text[i] === '\n' && !quoted && ++rows === n) return text.slice(0, i + 1)
  }
  return text
}

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}

/* ---- roads: who does what, and where it leads ---- */

/** Each step: person, action, body, state it leads to. `orgs` are two departments with a handler each. */
function roads(orgs) {
  const accept = ['secretary', 'accept', {}, 'accepted']
  const dispatch = (n) => [n % 2 ? 'dispatcher' : 'secretary', 'dispatch', { org: orgs[n] }, 'dispatched']
  const sign = (n) => [`handler${n}`, 'sign', undefined, 'handling']
  const handled = (n, result) => [`handler${n}`, 'handled', { result }, 'handled']
  const pass = (who, outcome) => [who, 'pass', { outcome, text: '现场看过' }, 'closed']
  return [
    [accept, dispatch(0), sign(0), handled(0, '已处理'), pass('checker', 'resolved')],
    [accept, dispatch(1), sign(1), ['handler1', 'comment', { text: '已约好时间' }, 'handling'], handled(1, '已修复'), pass('dispatcher', 'partly')],
    [accept, dispatch(0), ['handler0', 'return', { reason: '不归我们管' }, 'accepted'], dispatch(1), sign(1), handled(1, '已处理'), pass('checker', 'explained')],
    [accept, dispatch(1), sign(1), handled(1, '已处理'), ['checker', 'fail', { reason: '没有处理好' }, 'handling'], handled(1, '重新处理'), pass('checker', 'resolved')],
    [accept, ['secretary', 'handle_self', undefined, 'handling'], ['secretary', 'handled', { result: '社区已处理' }, 'handled'], pass('checker', 'resolved')],
    [['secretary', 'reject', { reason: '不属于受理范围' }, 'rejected']],
    [accept, dispatch(0), ['dispatcher', 'redispatch', { org: orgs[1], reason: '派错了' }, 'dispatched'], sign(1), handled(1, '已处理'),
      pass('checker', 'beyond_powers'), ['dispatcher', 'reopen', { reason: '上级要求再办' }, 'accepted'], dispatch(0), sign(0), handled(0, '再次处理'),
      pass('dispatcher', 'resolved')],
    [['secretary', 'ask', { question: '具体在哪里？' }, 'waiting'], ['secretary', 'reject', { reason: '一直没有补充' }, 'rejected']],
    [accept, dispatch(1), sign(1), ['secretary', 'comment', { text: '请尽快', internal: true }, 'handling'], ['handler1', 'return', { reason: '需要别的部门' }, 'accepted'],
      dispatch(0), sign(0), handled(0, '已处理'), ['checker', 'fail', { reason: '照片不清楚' }, 'handling'], handled(0, '补拍照片'), pass('secretary', 'resolved')],
  ]
}

describe('200 imported cases', { skip }, () => {
  let server, own, people, orgs, cases
  before(async () => {
    own = folder('linli-walk-')
    const csv = join(own.path, 'requests.csv')
    writeFileSync(csv, head(gunzipSync(readFileSync(join(data, 'requests-2017.csv.gz'))).toString('utf8'), WALKED * 2))
    server = await startServer({ before: async (linli) => {
      await linli('import', 'areas', join(data, 'villages.geojson.gz'), '--kind', 'community', '--name-property', 'VILLNAME', '--code-property', 'VILLCODE')
      await linli('import', 'cases', csv, '--mapping', 'tainan-1999')
    } })
    const admin = await server.user({ role: 'system_admin', sign: 'admin' })
    const root_ = ok(await admin.get('/areas/tree')).items[0].id
    orgs = []
    for (const name of ['工务所', '环保所']) orgs.push(ok(await admin.post('/orgs', { kind: 'department', name, area_id: root_ }), 201).id)
    const person = (sign, role, unit = root_) => server.user({ sign, name: sign, role, unit, lang: 'zh-CN' })
    people = {
      secretary: await person('secretary', 'community_secretary'), dispatcher: await person('dispatcher', 'street_dispatcher'),
      checker: await person('checker', 'grid_worker'), handler0: await person('handler0', 'department_handler', orgs[0]),
      handler1: await person('handler1', 'department_handler', orgs[1]), leader: await person('leader', 'district_leader'),
    }
    cases = []
    for (let after_; cases.length < WALKED;) {
      const page = ok(await people.leader.get('/cases', { query: { state: 'reported', source: 'import', limit: 200, after: after_ } }))
      cases.push(...page.items)
      after_ = page.next
      if (!after_) break
    }
    cases = cases.slice(0, WALKED)
  })
  after(async () => {
    await server?.stop()
    own?.remove()
  })

  /** Walks one road and compares the story with it. */
  async function walk(one, road) {
    let view = ok(await people.leader.get(`/cases/${one.id}`))
    assert.equal(view.state, 'reported')
    const expected = [{ action: 'report', from: null, to: 'reported', actor: view.events[0].actor }]
    let facts = { reworks: 0, returns: 0, reopens: 0 }
    for (const [who, action, body, to] of road) {
      const mine = ok(await people[who].get(`/cases/${one.id}`, {}), 200)
      assert.ok(mine.actions.some((a) => a.action === action), `${who} is offered ${action} in ${mine.state}: ${JSON.stringify(mine.actions)}`)
      expected.push({ action, from: view.state, to, actor: who })
      view = ok(await people[who].post(`/cases/${one.id}/${action}`, body, { version: view.version }))
      assert.equal(view.state, to, `${who} ${action}`)
      facts = { reworks: facts.reworks + (action === 'fail'), returns: facts.returns + (action === 'return'), reopens: facts.reopens + (action === 'reopen') }
    }
    view = ok(await people.leader.get(`/cases/${one.id}`))
    assert.deepEqual(view.events.map((e) => ({ action: e.action, from: e.from_state, to: e.to_state, actor: e.actor })), expected)
    assert.deepEqual(view.events.map((e) => e.seq), expected.map((_, i) => i + 1))
    for (let i = 1; i < view.events.length; i++) assert.ok(view.events[i].at >= view.events[i - 1].at, 'in order of time')
    assert.deepEqual({ reworks: view.reworks, returns: view.returns, reopens: view.reopens }, facts)
    const [, , last] = road.at(-1)
    assert.equal(view.outcome, last.outcome ?? null)
    assert.equal(view.steps.filter((s) => s.state === 'done').length, view.state === 'closed' ? 6 : 2)
    for (const step of view.steps.filter((s) => s.state === 'done')) assert.ok(step.at > 0)
    assert.equal(view.due_at, null)
    assert.equal(view.closed_at, view.events.at(-1).at)
  }

  it('are there, each in the area of its point', async () => {
    assert.equal(cases.length, WALKED)
    assert.ok(cases.every((c) => c.area_name && c.title && /[\u4e00-\u9fff]/.test(c.title)))
  })

  it('go through the loop, each timeline as it was walked', async () => {
    const all = roads(orgs)
    // Eight at a time: different people work on different cases at once.
    let next = 0
    await Promise.all(Array.from({ length: 8 }, async () => {
      while (next < cases.length) {
        const i = next++
        await walk(cases[i], all[i % all.length])
      }
    }))
    const left = ok(await people.leader.get('/cases/count', { query: { state: 'dispatched,handling,handled,waiting' } }))
    assert.equal(left.count, 0)
  })

  it('and the audit chain is whole', async () => {
    const { out, code } = await server.cli('audit', 'verify')
    assert.equal(code, 0, out)
  })
})
