/* Projects: from cases and needs to a team, milestones, money and evidence; those it was for say how it is; accepting closes the cases. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

const DAY = 24 * 3_600_000
const PHONE = '13912345678'
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
let server, d, orgs, heads, anonymous, social, runner, bank, serial = 0
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  const org = async (kind, name, area_id, more) => fine(await d.admin.post('/orgs', { kind, name, area_id, ...more }), 201).id
  orgs = { ...d.orgs, power: await org('department', '供电所', d.areas.east), bank: await org('bank', '东街支行', d.areas.a, { public: true }), owners: await org('association', '业委会联合会', d.areas.a) }
  anonymous = server.client({ lang: 'zh-CN' })
  runner = await server.user({ role: 'department_handler', unit: orgs.power, sign: 'runner', name: '供电小赵', lang: 'zh-CN' })
  bank = await server.user({ role: 'department_handler', unit: orgs.bank, sign: 'banker', name: '支行小李', lang: 'zh-CN' })
  heads = {}
  for (const name of ['bank', 'owners']) heads[name] = await server.user({ role: 'org_head', unit: orgs[name], sign: `head_${name}`, name: `负责人${name}`, lang: 'zh-CN' })
  social = await server.user({ role: 'social_worker', unit: d.areas.a, sign: 'social_a', name: '社工小周', lang: 'zh-CN' })
  await set('case.anonymous_reports_per_hour', 100000)
  await set('project.answer_days', 7)
})
after(() => server?.stop())

const set = async (key, value) => fine(await d.admin.put(`/settings/${key}`, { value }), 204)
const projectOf = (more) => ({ kind: 'secretary', title: `项目${++serial}`, unit_kind: 'org', unit_id: orgs.power, area_id: d.areas.a, ...more })
const made = async (more, who = runner) => fine(await who.post('/projects', projectOf(more)), 201)
const seen = async (one, who = d.leader) => fine(await who.get(`/projects/${one.id}`))
const paths = {
  plan: (one) => `/projects/${one.id}/plan`, start: (one) => `/projects/${one.id}/start`, submit: (one) => `/projects/${one.id}/submit`, accept: (one) => `/projects/${one.id}/accept`,
  refuse: (one) => `/projects/${one.id}/refuse`, abandon: (one) => `/projects/${one.id}/abandon`, milestones: (one) => `/projects/${one.id}/milestones`, progress: (one) => `/projects/${one.id}/progress`,
  spending: (one) => `/projects/${one.id}/spending`, sources: (one) => `/projects/${one.id}/sources`, links: (one) => `/projects/${one.id}/links`, unlink: (one) => `/projects/${one.id}/unlink`,
  answers: (one) => `/projects/${one.id}/answers`,
}
const post = (one, path, body, who = runner) => who.post(paths[path](one), body)
/** An agreement in which each promises money once, as its first party drafts it; and one that all have signed. */
const draftOf = (parties, pledges) => ({
  kind: 'co_construction', title: `协议${++serial}`, text: '双方共建。', keeper_id: parties[0], parties, begins_at: Date.now() - DAY, ends_at: Date.now() + 300 * DAY,
  pledges: pledges ?? parties.map((org_id) => ({ org_id, title: '充电桩资金', category: 'funds', quantity: 60_000, unit: '元', rhythm: 'once' })),
})
async function inForce(parties, pledges) {
  let it = fine(await heads.bank.post('/agreements', draftOf(parties, pledges)), 201)
  it = fine(await heads.bank.post(`/agreements/${it.id}/offer`, undefined, { version: it.version }))
  for (const [name, org_id] of [['bank', orgs.bank], ['owners', orgs.owners]]) if (parties.includes(org_id)) it = fine(await heads[name].post(`/agreements/${it.id}/sign`, { org_id }, { version: it.version }))
  return it
}
const step = async (one, more) => fine(await post(one, 'milestones', { title: '勘察', due_at: Date.now() + 5 * DAY, ...more })).milestones.at(-1)
const finish = (milestone, who = runner) => who.post(`/project-milestones/${milestone.id}/done`, { text: '办好了' })
async function started(more, who) {
  const one = await made(more, who)
  await step(one)
  fine(await post(one, 'plan'))
  return fine(await post(one, 'start'))
}
async function submitted(more, who) {
  const one = await started(more, who)
  for (const milestone of one.milestones) fine(await finish(milestone))
  return fine(await post(one, 'submit'))
}
const report = async (more = {}, who = anonymous) => fine(await who.post('/cases', { text: '小区没有充电桩，飞线充电', category: d.category('路灯异常').id, at: inGrid(1), ...more }), 201)
const whole = async (one) => fine(await d.leader.get(`/cases/${one.id}`))
const act = async (who, one, action, body) => fine(await who.post(`/cases/${one.id}/${action}`, body ?? {}, { version: (await whole(one)).version }))
async function handling(more, who) {
  const one = await report(more, who)
  await act(d.secretary, one, 'accept')
  await act(d.secretary, one, 'dispatch', { org: orgs.power })
  await act(runner, one, 'sign')
  return one
}
const secretOf = (one) => ({ headers: { 'X-Case-Secret': one.secret } })
const told = (who, kind, id) => until(async () => fine(await who.get('/notices')).items.some((n) => n.kind === kind && n.object_id === id))
const photo = async (who) => fine(await who.post('/files', dot, { type: 'image/png' }), 201).id

describe('a project', () => {
  test('is drafted, seen by its own unit alone, planned, and seen by all who work', async () => {
    const draft = await made({ text: '给小区装充电桩\n分三批', begins_at: Date.now(), due_at: Date.now() + 90 * DAY })
    assert.deepEqual([draft.state, draft.unit_name, draft.area_name, draft.may_manage, draft.public, draft.late], ['draft', '供电所', '甲社区', true, false, false])
    refused(await d.leader.get(`/projects/${draft.id}`), 404, 'not_found')
    assert.ok(!fine(await d.leader.get('/projects')).items.some((one) => one.id === draft.id))
    assert.ok(fine(await runner.get('/projects', { query: { state: 'draft' } })).items.some((one) => one.id === draft.id))
    const changed = fine(await runner.request('PATCH', `/projects/${draft.id}`, { body: { title: '充电桩进小区', public: true }, version: draft.version }))
    assert.deepEqual([changed.title, changed.public, changed.text], ['充电桩进小区', true, '给小区装充电桩\n分三批'])
    refused(await runner.request('PATCH', `/projects/${draft.id}`, { body: { title: 'x' }, version: draft.version }), 409, 'stale_version')
    refused(await runner.request('PATCH', `/projects/${draft.id}`, { body: { title: 'x' } }), 428, 'version_needed')
    assert.equal(fine(await post(draft, 'plan')).state, 'planned')
    assert.equal((await seen(draft)).title, '充电桩进小区')
    refused(await post(draft, 'plan'), 409, 'wrong_state')
    refused(await post(draft, 'start'), 409, 'no_milestone')
    await step(draft)
    assert.equal(fine(await post(draft, 'start')).state, 'under_way')
    const gone = fine(await post(draft, 'abandon', { reason: '场地没谈下来' }))
    assert.deepEqual([gone.state, gone.reason], ['abandoned', '场地没谈下来'])
    refused(await post(draft, 'milestones', { title: '再来', due_at: Date.now() + DAY }), 409, 'wrong_state')
    const rows = fine(await d.audit.get('/audit', { query: { object_kind: 'project' } })).items.filter((row) => row.object_id === draft.id)
    assert.deepEqual(rows.map((row) => row.action).sort(), ['project.abandon', 'project.change', 'project.create', 'project.milestone', 'project.plan', 'project.start'])
  })

  test('the same request again makes nothing twice', async () => {
    const what = projectOf()
    const a = fine(await runner.post('/projects', what, { key: 'project-once-1' }), 201), b = fine(await runner.post('/projects', what, { key: 'project-once-1' }), 201)
    assert.equal(a.id, b.id)
  })

  const bad = [
    ['nothing', () => ({ kind: undefined, title: undefined, unit_kind: undefined, unit_id: undefined }), { kind: 'required', title: 'required', unit_kind: 'required', unit_id: 'required' }],
    ['a kind and an area that are none', () => ({ kind: 'gold', area_id: '12345' }), { kind: 'not_a_choice', area_id: 'unknown_reference' }],
    ['a unit that is none', () => ({ unit_id: '12345' }), { unit_id: 'unknown_reference' }],
    ['an end before its beginning', () => ({ begins_at: Date.now() + 2 * DAY, due_at: Date.now() + DAY }), { due_at: 'period' }],
    ['an end that is over', () => ({ due_at: Date.now() - DAY }), { due_at: 'time_in_past' }],
    ['cases and needs that are none', () => ({ cases: ['12345', '12346'], needs: ['12347'] }), { 'cases[0]': 'unknown_reference', 'cases[1]': 'unknown_reference', 'needs[0]': 'unknown_reference' }],
  ]
  for (const [name, more, want] of bad)
    test(`is refused with ${name}`, async () => {
      const answer = await runner.post('/projects', projectOf(more()))
      assert.equal(answer.status, 422, answer.text)
      assert.deepEqual(fields(answer), want)
    })

  test('is for whoever runs projects at the unit', async () => {
    for (const who of [d.leader, d.gridWorker, social, bank, d.audit]) refused(await who.post('/projects', projectOf()), 403, 'not_allowed')
    refused(await d.otherSecretary.post('/projects', projectOf()), 403, 'not_allowed')
    refused(await anonymous.post('/projects', projectOf()), 401, 'not_signed_in')
    refused(await d.resident.get('/projects'), 403, 'not_allowed')
    const one = await started(), money = fine(await post(one, 'sources', { promised: 100, who: '某人' })).sources[0]
    for (const [method, path, body] of [
      ['POST', `/projects/${one.id}/abandon`, { reason: 'x' }], ['POST', `/projects/${one.id}/submit`], ['POST', `/projects/${one.id}/milestones`, { title: 'x', due_at: Date.now() + DAY }],
      ['PUT', `/projects/${one.id}/team`, { members: [] }], ['POST', `/projects/${one.id}/sources`, { promised: 1, who: 'x' }], ['POST', `/projects/${one.id}/spending`, { amount: 1, text: 'x' }],
      ['POST', `/projects/${one.id}/links`, { cases: [] }], ['POST', `/projects/${one.id}/unlink`, { kind: 'case', id: '1' }], ['PATCH', `/project-milestones/${one.milestones[0].id}`, { title: 'x' }],
      ['DELETE', `/project-milestones/${one.milestones[0].id}`], ['PATCH', `/project-sources/${money.id}`, { promised: 5 }], ['DELETE', `/project-sources/${money.id}`],
      ['POST', `/project-sources/${money.id}/payments`, { amount: 1, text: 'x' }], ['POST', `/project-entries/${one.story[0].id}/strike`, { reason: 'x' }],
    ]) refused(await bank.request(method, path, { body, version: one.version }), 403, 'not_allowed')
    refused(await bank.post(`/projects/${one.id}/progress`, { text: 'x' }), 403, 'not_allowed')
    refused(await bank.post(`/project-milestones/${one.milestones[0].id}/done`, { text: 'x' }), 403, 'not_allowed')
  })
})

describe('the team', () => {
  test('is one lead, one captain, one liaison, people with an account and organisations; they are told and may tell of progress', async () => {
    const one = await started()
    const put = (members, version, who = d.dispatcher) => who.request('PUT', `/projects/${one.id}/team`, { body: { members }, version })
    const version = (await seen(one)).version
    const people = [{ role: 'lead', person_id: d.dispatcher.me.user.person_id }, { role: 'captain', person_id: runner.me.user.person_id, duty: '现场' }, { role: 'member', org_id: orgs.bank }]
    refused(await put(people), 428, 'version_needed')
    assert.deepEqual(fields(await put([people[0], { role: 'lead', person_id: runner.me.user.person_id }], version)), { 'members[1].role': 'team_role' })
    assert.deepEqual(fields(await put([{ role: 'captain', org_id: orgs.bank }], version)), { 'members[0].role': 'team_role' })
    assert.deepEqual(fields(await put([people[0], { role: 'member', person_id: d.dispatcher.me.user.person_id }], version)), { 'members[1].person_id': 'taken' })
    assert.deepEqual(fields(await put([{ role: 'member' }], version)), { 'members[0].person_id': 'required' })
    assert.deepEqual(fields(await put([{ role: 'member', org_id: '12345' }, { role: 'member', person_id: '12345' }], version)), { 'members[0].org_id': 'unknown_reference', 'members[1].person_id': 'unknown_reference' })
    const now = fine(await put(people, version))
    assert.deepEqual(now.team.map((m) => [m.role, m.name, m.duty]), [['lead', 'dispatcher_east', null], ['captain', '供电小赵', '现场'], ['member', '东街支行', null]])
    await told(runner, 'project.team', one.id)
    const mine = await step(one, { title: '施工', person_id: runner.me.user.person_id })
    assert.equal(mine.owner, '供电小赵')
    assert.deepEqual(fields(await post(one, 'milestones', { title: 'x', due_at: Date.now() + DAY, person_id: social.me.user.person_id, org_id: orgs.lighting })), { person_id: 'unknown_reference', org_id: 'unknown_reference' })
    /* In the team, though they hold no right at the unit. */
    const gone = fine(await put([...people, { role: 'liaison', person_id: d.secretary.me.user.person_id }], now.version + 1))
    assert.ok(gone.team.some((m) => m.role === 'liaison'))
    const after = fine(await post(one, 'progress', { text: '开了协调会', public: true, photos: [await photo(d.secretary)] }, d.secretary))
    assert.deepEqual([after.story.at(-1).kind, after.story.at(-1).author, after.story.at(-1).photos.length], ['progress', 'secretary_a', 1])
    assert.equal((await seen(one, d.secretary)).may_work, true)
  })
})

describe('milestones', () => {
  test('are done with what shows it, late when their day is over, and all of them before it is handed in', async () => {
    const one = await started({ due_at: Date.now() + 30 * DAY })
    const first = (await seen(one)).milestones[0], second = await step(one, { title: '通电', due_at: Date.now() - DAY })
    assert.deepEqual([second.title, (await seen(one)).milestones.length], ['勘察', 2])   // in order of their days
    const late = (await seen(one)).milestones.find((m) => m.title === '通电')
    assert.deepEqual([late.late, (await seen(one)).late, (await seen(one)).steps_late], [true, true, 1])
    const row = fine(await d.leader.get('/projects', { query: { late: true } })).items.find((item) => item.id === one.id)
    assert.deepEqual([row.steps, row.steps_done, row.steps_late], [2, 0, 1])
    refused(await post(one, 'submit'), 409, 'milestones_open')
    fine(await runner.request('PATCH', `/project-milestones/${late.id}`, { body: { due_at: Date.now() + 9 * DAY, title: '全部通电' } }))
    assert.equal((await seen(one)).late, false)
    const done = fine(await runner.post(`/project-milestones/${first.id}/done`, { text: '看过十二个小区', photos: [await photo(runner)] }))
    assert.deepEqual([done.steps_done, done.milestones.find((m) => m.id === first.id).done_at > 0], [1, true])
    refused(await finish(first), 409, 'wrong_state')
    refused(await runner.request('PATCH', `/project-milestones/${first.id}`, { body: { title: 'x' } }), 409, 'wrong_state')
    refused(await runner.delete(`/project-milestones/${first.id}`), 409, 'wrong_state')
    fine(await runner.delete(`/project-milestones/${late.id}`))
    assert.equal(fine(await post(one, 'submit')).state, 'for_acceptance')
    refused(await runner.post(`/project-milestones/${first.id}/done`, { text: 'x' }), 409, 'wrong_state')
    refused(await post(one, 'progress', { text: 'x' }), 409, 'wrong_state')
  })

  test('one told as done by mistake is struck out and open again', async () => {
    const one = await started()
    const done = fine(await finish(one.milestones[0])), entry = done.story.at(-1)
    assert.deepEqual(fields(await runner.post(`/project-entries/${entry.id}/strike`, {})), { reason: 'required' })
    const struck = fine(await runner.post(`/project-entries/${entry.id}/strike`, { reason: '点错了' }))
    assert.deepEqual([struck.steps_done, struck.story.at(-1).void_reason, struck.milestones[0].done_at], [0, '点错了', null])
    refused(await runner.post(`/project-entries/${entry.id}/strike`, { reason: '再来' }), 409, 'wrong_state')
    refused(await runner.post(`/project-entries/${one.story[0].id}/strike`, { reason: '再来' }), 409, 'wrong_state')
  })
})

describe('money', () => {
  test('is promised, comes in and is spent, never more than is there', async () => {
    const one = await started()
    assert.deepEqual(fields(await post(one, 'sources', { promised: 0, org_id: '12345' })), { promised: 'too_small' })
    assert.deepEqual(fields(await post(one, 'sources', { promised: 10, org_id: '12345' })), { org_id: 'unknown_reference' })
    assert.deepEqual(fields(await post(one, 'sources', { promised: 10 })), { who: 'required' })
    fine(await post(one, 'sources', { promised: 50_000_00, org_id: orgs.bank, note: '共建资金' }))
    const [a, b] = fine(await post(one, 'sources', { promised: 30_000_00, who: '街道党群经费' })).sources
    assert.deepEqual([a.name, b.who, (await seen(one)).promised], ['东街支行', '街道党群经费', 80_000_00])
    const pay = (from, amount) => runner.post(`/project-sources/${from.id}/payments`, { amount, text: '到账' })
    assert.deepEqual(fields(await post(one, 'spending', { amount: 1, text: 'x' })), { amount: 'beyond_paid' })
    refused(await post(one, 'spending', { amount: 1, text: 'x' }), 409, 'beyond_paid')
    const paid = fine(await pay(a, 40_000_00))
    assert.deepEqual([paid.paid, paid.left, paid.sources[0].paid], [40_000_00, 40_000_00, 40_000_00])
    refused(await pay(a, 10_000_01), 422, 'beyond_promise')
    const spent = fine(await post(one, 'spending', { amount: 39_999_99, text: '设备款，发票 12 张', photos: [await photo(runner)] }))
    assert.deepEqual([spent.spent, spent.left], [39_999_99, 1])
    refused(await post(one, 'spending', { amount: 2, text: 'x' }), 409, 'beyond_paid')
    assert.equal((await seen(one)).spent, 39_999_99)   // and nothing of it is kept
    assert.equal((await seen(one)).story.filter((e) => e.kind === 'spent').length, 1)
    refused(await runner.delete(`/project-sources/${a.id}`), 409, 'money_moved')
    assert.deepEqual(fields(await runner.request('PATCH', `/project-sources/${a.id}`, { body: { promised: 39_999_99 } })), { promised: 'money_moved' })
    /* What came in by mistake cannot be taken back while it is spent; the spending first. */
    const entryOf = async (kind) => (await seen(one)).story.findLast((e) => e.kind === kind && !e.void_at)
    refused(await runner.post(`/project-entries/${(await entryOf('paid')).id}/strike`, { reason: '重复' }), 409, 'beyond_paid')
    fine(await runner.post(`/project-entries/${(await entryOf('spent')).id}/strike`, { reason: '记错了' }))
    const back = fine(await runner.post(`/project-entries/${(await entryOf('paid')).id}/strike`, { reason: '重复' }))
    assert.deepEqual([back.paid, back.spent, back.left], [0, 0, 0])
    fine(await runner.delete(`/project-sources/${a.id}`))
    assert.equal((await seen(one)).promised, 30_000_00)
  })

  test('many at once spend only what is there', async () => {
    const one = await started(), [a] = fine(await post(one, 'sources', { promised: 1000, who: '某单位' })).sources
    fine(await runner.post(`/project-sources/${a.id}/payments`, { amount: 1000, text: '到账' }))
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => post(one, 'spending', { amount: 100, text: `第 ${i} 笔` })))
    assert.deepEqual([answers.filter((x) => x.status === 200).length, answers.filter((x) => x.status === 409 && x.body.code === 'beyond_paid').length], [10, 10])
    assert.deepEqual([(await seen(one)).spent, (await seen(one)).left], [1000, 0])
  })

  test('adds up in the figures of a list, with what is late', async () => {
    const area = d.areas.c, who = d.otherSecretary
    const of = async (more) => fine(await who.post('/projects', projectOf({ unit_kind: 'area', unit_id: area, area_id: area, ...more })), 201)
    const one = await of(), two = await of({ kind: 'livelihood' })
    for (const [project, promised, due_at] of [[one, 500, Date.now() - DAY], [two, 700, Date.now() + DAY]]) {
      const [source] = fine(await who.post(`/projects/${project.id}/sources`, { promised, who: '街道' })).sources
      fine(await who.post(`/project-sources/${source.id}/payments`, { amount: 200, text: '到账' }))
      fine(await who.post(`/projects/${project.id}/milestones`, { title: '一', due_at }))
      fine(await who.post(`/projects/${project.id}/plan`))
      fine(await who.post(`/projects/${project.id}/spending`, { amount: 50, text: '买料' }))
    }
    const figures = async (query) => fine(await d.leader.get('/projects/figures', { query: { area, ...query } }))
    assert.deepEqual(await figures(), { projects: 2, late: 1, steps_late: 1, cases: 0, promised: 1200, paid: 400, spent: 100 })
    assert.deepEqual([(await figures({ kind: 'livelihood' })).promised, (await figures({ late: true })).promised, (await figures({ unit: d.areas.west })).projects, (await figures({ state: 'draft' })).projects], [700, 500, 2, 0])
    assert.deepEqual(fine(await d.leader.get('/projects', { query: { area, limit: 1 } })).items.map((x) => x.id), [two.id])
    const page = fine(await d.leader.get('/projects', { query: { area, limit: 1 } })), next = fine(await d.leader.get('/projects', { query: { area, limit: 1, after: page.next } }))
    assert.deepEqual(next.items.map((x) => x.id), [one.id])
    assert.deepEqual(fields(await d.leader.get('/projects', { query: { after: 'x' } })), { after: 'invalid' })
    assert.deepEqual(fine(await d.leader.get('/projects/kinds')).items.map((x) => x.code), ['secretary', 'livelihood'])
    assert.ok(fine(await d.leader.get('/projects', { query: { text: one.title } })).items.some((x) => x.id === one.id))
  })
})

describe('what it grows out of', () => {
  test('cases and needs are linked, each in one project at a time; the case tells of it', async () => {
    const first = await handling(), second = await handling(), need = fine(await d.secretary.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: '充电桩场地', category: 'goods', quantity: 1, publish: true }), 201)
    const one = await made({ cases: [first.id], needs: [need.id] })
    assert.deepEqual([one.from_cases.map((c) => c.code), one.from_needs.map((n) => n.title), one.cases], [[first.code], ['充电桩场地'], 1])
    assert.deepEqual(fields(await runner.post('/projects', projectOf({ cases: [second.id, first.id, second.id] }))), { 'cases[1]': 'in_project', 'cases[2]': 'taken' })
    assert.deepEqual(fields(await post(one, 'links', { cases: [first.id] })), { 'cases[0]': 'in_project' })
    assert.equal(fine(await post(one, 'links', { cases: [second.id] })).cases, 2)
    assert.deepEqual(fine(await runner.get('/projects', { query: { need: need.id } })).items.map((x) => x.id), [one.id])
    const shown = (who, item = first) => who.get(`/cases/${item.id}/projects`)
    assert.deepEqual(fine(await shown(d.secretary)).items, [])           // a draft is its own unit's
    fine(await post(one, 'plan'))
    const [line] = fine(await shown(d.secretary)).items
    assert.deepEqual([line.id, line.unit_name, line.state, line.may_read, line.asks], [one.id, '供电所', 'planned', true, false])
    refused(await shown(d.otherSecretary), 404, 'not_found')
    refused(await anonymous.get(`/cases/${first.id}/projects`), 401, 'not_signed_in')
    assert.equal(fine(await post(one, 'unlink', { kind: 'case', id: second.id })).cases, 1)
    assert.deepEqual(fields(await post(one, 'unlink', { kind: 'case', id: second.id })), { id: 'unknown_reference' })
    assert.deepEqual(fields(await d.otherSecretary.post('/projects', projectOf({ unit_kind: 'area', unit_id: d.areas.c, area_id: d.areas.c, cases: [first.id] }))), { 'cases[0]': 'unknown_reference' })
    /* Where it is abandoned, the case goes on by itself and may be part of another. */
    fine(await post(one, 'abandon', { reason: '不做了' }))
    assert.equal((await whole(first)).state, 'handling')
    assert.equal((await made({ cases: [first.id], needs: [need.id] })).cases, 1)
  })

  test('it is for the smallest area that holds its cases, unless another is named', async () => {
    const of = async (places, more) => {
      const cases = []
      for (const n of places) cases.push((await report({ at: inGrid(n) })).id)
      return (await made({ area_id: undefined, cases, ...more }, d.dispatcher)).area_name
    }
    assert.deepEqual([await of([1, 2]), await of([1, 3]), await of([3]), await of([]), await of([3], { area_id: d.areas.a })], ['甲社区', '东街', '乙社区', '东街', '甲社区'])
  })

  test('its clock is not stopped by that', async () => {
    const one = await handling(), due = (await whole(one)).due_at
    await submitted({ cases: [one.id] })
    assert.deepEqual([(await whole(one)).state, (await whole(one)).due_at], ['handling', due])
  })
})

describe('acceptance', () => {
  const answer = (one, body, who) => who.post(`/cases/${one.id}/project-answer`, body)
  const accept = (one, body, who = d.secretary) => post(one, 'accept', { text: '看过了，都能用', ...body }, who)

  test('reporters are asked by account, by link or by telephone; the last word counts, their own before a call', async () => {
    const byAccount = await handling({}, d.resident), byLink = await handling(), byPhone = await handling({ contact: PHONE })
    const silent = await report({ text: '这一件没有列入项目' })
    const one = await submitted({ cases: [byAccount.id, byLink.id, byPhone.id] })
    await told(d.resident, 'project.asked', byAccount.id)
    await told(d.secretary, 'project.submitted', one.id)
    const [asked] = fine(await d.resident.get(`/cases/${byAccount.id}/projects`)).items
    assert.deepEqual([asked.asks, asked.may_read, asked.public, asked.answer, asked.title], [true, false, false, null, one.title])
    refused(await d.neighbour.get(`/cases/${byAccount.id}/projects`), 404, 'not_found')
    assert.deepEqual(fields(await answer(byAccount, { answer: 'maybe' }, d.resident)), { answer: 'not_a_choice' })
    refused(await answer(byAccount, { answer: 'yes' }, d.secretary), 403, 'only_reporter')
    refused(await answer(byAccount, { answer: 'yes' }, d.neighbour), 404, 'not_found')
    assert.equal(fine(await answer(byAccount, { answer: 'no', said: '还差一个' }, d.resident)).items[0].answer, 'no')
    assert.equal(fine(await answer(byAccount, { answer: 'yes' }, d.resident)).items[0].answer, 'yes')
    refused(await anonymous.get(`/track/${byLink.code}/projects`, { headers: { 'X-Case-Secret': 'x' } }), 404, 'secret')
    assert.equal(fine(await anonymous.get(`/track/${byLink.code}/projects`, secretOf(byLink))).items[0].asks, true)
    assert.equal(fine(await anonymous.post(`/track/${byLink.code}/project-answer`, { answer: 'yes', said: '装好了' }, secretOf(byLink))).items[0].answer, 'yes')
    refused(await anonymous.post(`/track/${silent.code}/project-answer`, { answer: 'yes' }, secretOf(silent)), 409, 'not_asked')

    const call = (item, body, who = d.secretary) => post(one, 'answers', { case_id: item.id, ...body }, who)
    refused(await call(byPhone, { answer: 'yes' }, runner), 403, 'not_allowed')
    refused(await call(byLink, { answer: 'no' }), 409, 'conflict')
    refused(await call(silent, { answer: 'yes' }), 409, 'not_asked')
    const now = fine(await call(byPhone, { answer: 'no', said: '电话里说没看见' }))
    assert.deepEqual(Object.fromEntries(now.voices.map((v) => [v.code, [v.answer, v.way, v.by_account, v.by_link, v.by_phone]])),
      { [byAccount.code]: ['yes', 'account', true, false, false], [byLink.code]: ['yes', 'link', false, true, false], [byPhone.code]: ['no', 'call', false, true, true] })
    assert.deepEqual((await seen(one, bank)).voices, [])

    /* Against a no only with a word why; and refused it is back under way, all asked anew next time. */
    assert.deepEqual(fields(await accept(one)), { why: 'required' })
    const back = fine(await post(one, 'refuse', { reason: '3 号楼还没通电' }, d.secretary))
    assert.deepEqual([back.state, back.reason], ['under_way', '3 号楼还没通电'])
    await told(runner, 'project.refused', one.id)
    refused(await answer(byAccount, { answer: 'yes' }, d.resident), 409, 'not_asked')
    const again = fine(await post(one, 'submit'))
    assert.deepEqual([again.round, again.voices.map((v) => v.answer)], [2, [null, null, null]])
  })

  test('whoever had a part in it does not accept it, and nobody before those asked have answered or had their time', async () => {
    const item = await handling({}, d.resident)
    const one = await made({ unit_kind: 'area', unit_id: d.areas.a, cases: [item.id] }, d.secretary)
    fine(await d.secretary.post(`/projects/${one.id}/milestones`, { title: '一', due_at: Date.now() + DAY }))
    for (const path of ['plan', 'start']) fine(await d.secretary.post(`/projects/${one.id}/${path}`))
    fine(await finish((await seen(one)).milestones[0], d.secretary))
    fine(await d.secretary.post(`/projects/${one.id}/submit`))
    refused(await accept(one, {}, d.secretary), 409, 'own_project')
    refused(await post(one, 'refuse', { reason: 'x' }, d.secretary), 409, 'own_project')
    refused(await post(one, 'answers', { case_id: item.id, answer: 'yes' }, d.secretary), 409, 'own_project')
    assert.match((await seen(one, d.secretary)).judge_why, /其他人/)
    refused(await accept(one, {}, social), 409, 'answers_wait')
    assert.ok((await seen(one, social)).heard_at > Date.now())
    for (const who of [bank, d.otherSecretary, d.gridWorker]) refused(await accept(one, {}, who), 403, 'not_allowed')
    fine(await answer(item, { answer: 'yes' }, d.resident))
    assert.deepEqual(fields(await accept(one, { text: '' }, social)), { text: 'too_short' })
    assert.equal((await seen(one, social)).may_judge, true)
    assert.equal(fine(await accept(one, {}, social)).state, 'accepted')
    assert.equal((await whole(item)).state, 'closed')
    refused(await accept(one, {}, social), 409, 'wrong_state')
  })

  test('a case that cannot be closed is named, and nothing is half done', async () => {
    await set('project.answer_days', 0)
    const good = await handling(), fresh = await report(), called = await handling()
    await act(d.secretary, called, 'whistle', { orgs: [orgs.lighting], ask: '请来看线路' })
    const one = await submitted({ cases: [good.id, fresh.id, called.id] }, d.dispatcher)
    const page = await seen(one, d.secretary)
    assert.deepEqual(page.stuck.map((x) => x.case_id).sort(), [fresh.id, called.id].sort())
    const answer = await accept(one)
    refused(answer, 409, 'cases_stuck')
    assert.match(answer.body.detail, new RegExp(fresh.code))
    assert.match(answer.body.detail, /待受理/)
    assert.match(answer.body.detail, new RegExp(called.code))
    assert.ok(!answer.body.detail.includes(good.code))
    assert.deepEqual([(await seen(one)).state, (await whole(good)).state, (await whole(fresh)).state], ['for_acceptance', 'handling', 'reported'])
    await act(d.secretary, fresh, 'accept')
    const task = (await whole(called)).called[0]
    fine(await d.dispatcher.post(`/cases/${called.id}/tasks/${task.id}/overrule`, { reason: '不等了' }))
    assert.equal(fine(await accept(one)).state, 'accepted')
    for (const item of [good, fresh, called]) assert.equal((await whole(item)).state, 'closed')
    await set('project.answer_days', 7)
  })

  test('cases of another place are closed only by somebody who verifies there', async () => {
    await set('project.answer_days', 0)
    const far = await report({ at: inGrid(3) })
    await act(d.dispatcher, far, 'accept')
    const mine = await made({ unit_kind: 'area', unit_id: d.areas.east, cases: [far.id] }, d.dispatcher)
    fine(await d.dispatcher.post(`/projects/${mine.id}/milestones`, { title: '一', due_at: Date.now() + DAY }))
    for (const path of ['plan', 'start']) fine(await d.dispatcher.post(`/projects/${mine.id}/${path}`))
    fine(await finish((await seen(mine)).milestones[0], d.dispatcher))
    fine(await d.dispatcher.post(`/projects/${mine.id}/submit`))
    refused(await accept(mine, {}, d.secretary), 409, 'cases_stuck')
    const second = await server.user({ role: 'street_dispatcher', unit: d.areas.east, sign: 'dispatcher_2', name: '派遣二', lang: 'zh-CN' })
    assert.equal(fine(await accept(mine, {}, second)).state, 'accepted')
    assert.equal((await whole(far)).state, 'closed')
    await set('project.answer_days', 7)
  })
})

describe('charging posts in twelve compounds', () => {
  test('its needs are met with it; what stays open is named, beforehand and in the acceptance, and whoever asks is told', async () => {
    const need = async (who, more) => fine(await who.post('/needs', { unit_kind: 'area', unit_id: d.areas.a, title: `充电桩${++serial}`, category: 'goods', quantity: 3, publish: true, ...more }), 201)
    const [plain, taken, theirs, over] = [await need(d.secretary), await need(d.secretary), await need(runner, { unit_kind: 'org', unit_id: orgs.power }), await need(d.secretary)]
    fine(await bank.post(`/needs/${taken.id}/claims`, { org_id: orgs.bank, quantity: 2, due_at: Date.now() + 9 * DAY }), 201)
    fine(await d.secretary.post(`/needs/${over.id}/unmet`, { reason: '不办了' }))
    const one = await submitted({ needs: [plain, taken, theirs, over].map((it) => it.id) })
    const before_ = await seen(one, d.secretary)
    assert.deepEqual(before_.staying, [{ need_id: taken.id, why: '还有认领没有了结' }, { need_id: theirs.id, why: '由提出的一方说是否满足' }])
    assert.deepEqual((await seen(one)).staying, [])                                       // for whoever accepts alone
    const after_ = fine(await post(one, 'accept', { text: '看过了，都能用' }, d.secretary))
    assert.equal(after_.reason, `看过了，都能用\n仍开放的需求：${taken.title} (还有认领没有了结)；${theirs.title} (由提出的一方说是否满足)`)
    assert.deepEqual(after_.from_needs.map((it) => it.state), ['met', 'partly', 'published', 'unmet'])
    const met = fine(await d.leader.get(`/needs/${plain.id}`))
    assert.equal(met.reason, `项目“${one.title}”已验收：看过了，都能用`)
    await told(social, 'need.met', plain.id)
    await told(runner, 'need.left', theirs.id)
    refused(await d.secretary.post(`/needs/${plain.id}/unmet`, { reason: '又不行' }), 409, 'wrong_state')
    fine(await runner.post(`/needs/${theirs.id}/unmet`, { reason: '还差一处' }))          // whoever asks has the last word on theirs
  })

  test('eleven cases become a project with team, milestones, money of two and evidence; accepted, they close and their reporters are told', async () => {
    await set('case.call_back_days', 0)
    const cases = []
    for (let i = 0; i < 11; i++) cases.push(await (i < 3 ? handling({ text: `第 ${i + 1} 个小区没有充电桩` }, d.resident) : i < 9 ? handling({ text: `第 ${i + 1} 个小区没有充电桩`, contact: PHONE }) : report({ text: `第 ${i + 1} 个小区没有充电桩` })))
    for (const item of cases.slice(9)) await act(d.secretary, item, 'accept')
    const one = await made({ kind: 'livelihood', title: '12 个小区充电桩', text: '电动车进楼、飞线充电反映集中，分三批装桩。', cases: cases.map((item) => item.id), public: true, due_at: Date.now() + 90 * DAY }, d.dispatcher)
    assert.equal(one.cases, 11)
    fine(await d.dispatcher.request('PUT', `/projects/${one.id}/team`, { body: { members: [] }, version: one.version }))
    const team = fine(await d.dispatcher.request('PUT', `/projects/${one.id}/team`, { version: one.version + 1, body: { members: [
      { role: 'lead', person_id: d.dispatcher.me.user.person_id }, { role: 'captain', person_id: runner.me.user.person_id }, { role: 'liaison', person_id: bank.me.user.person_id }, { role: 'member', org_id: orgs.bank }, { role: 'member', org_id: orgs.owners }] } }))
    assert.equal(team.team.length, 5)
    for (const [title, days] of [['十二个小区选址', 10], ['装桩', 40], ['通电', 60]]) fine(await post(one, 'milestones', { title, due_at: Date.now() + days * DAY, person_id: runner.me.user.person_id }))
    /* Money of two pledges of an agreement in force: it comes from whoever promised it, and each is one source of a project. */
    const [agreement, offered] = [await inForce([orgs.bank, orgs.owners]), fine(await heads.bank.post('/agreements', draftOf([orgs.bank])), 201)]
    const [first, second] = agreement.pledged
    assert.deepEqual(fields(await post(one, 'sources', { promised: 1, pledge_id: offered.pledged[0].id })), { pledge_id: 'unknown_reference', who: 'required' })
    assert.deepEqual(fields(await post(one, 'sources', { promised: 1, pledge_id: first.id, org_id: orgs.owners })), { pledge_id: 'unknown_reference' })
    /* Money keeps pledges of funds alone. */
    const goods = await inForce([orgs.bank, orgs.owners], [{ org_id: orgs.bank, title: '椅子', category: 'equipment', quantity: 20, unit: '把' }, { org_id: orgs.bank, title: '义诊', category: 'medical', quantity: 2 }, { org_id: orgs.owners, title: '资金三笔', category: 'funds', quantity: 3, unit: '笔' }])
    assert.deepEqual([...goods.pledged, ...agreement.pledged].map((pledge) => pledge.money), [false, false, false, true, true])
    for (const pledge of goods.pledged) assert.deepEqual(fields(await post(one, 'sources', { promised: 1, pledge_id: pledge.id })), { pledge_id: 'pledge_not_money' })
    fine(await post(one, 'sources', { promised: 60_000_00, pledge_id: first.id }))
    assert.deepEqual(fields(await post(one, 'sources', { promised: 1, pledge_id: first.id })), { pledge_id: 'taken' })
    const sources = fine(await post(one, 'sources', { promised: 40_000_00, pledge_id: second.id, note: '第二批' })).sources
    assert.deepEqual(sources.map((s) => [s.name, s.note, s.pledge_id, s.agreement_id]), [['东街支行', '充电桩资金', first.id, agreement.id], ['业委会联合会', '第二批', second.id, agreement.id]])
    fine(await post(one, 'plan'))
    fine(await post(one, 'start'))
    for (const from of sources) fine(await runner.post(`/project-sources/${from.id}/payments`, { amount: from.promised, text: '到账' }))
    fine(await post(one, 'progress', { text: '与物业谈妥场地', public: true }))
    for (const milestone of (await seen(one)).milestones) fine(await runner.post(`/project-milestones/${milestone.id}/done`, { text: `${milestone.title}完成`, public: true, photos: [await photo(runner)] }))
    fine(await post(one, 'spending', { amount: 98_000_00, text: '设备与施工，发票齐', photos: [await photo(runner)] }))
    const handed = fine(await post(one, 'submit'))
    assert.deepEqual([handed.voices.length, handed.steps_done, handed.promised, handed.paid, handed.spent], [11, 3, 100_000_00, 100_000_00, 98_000_00])
    for (const item of cases.slice(0, 3)) fine(await d.resident.post(`/cases/${item.id}/project-answer`, { answer: 'yes' }))
    for (const item of cases.slice(3, 10)) fine(await anonymous.post(`/track/${item.code}/project-answer`, { answer: 'yes' }, secretOf(item)))
    refused(await post(one, 'accept', { text: '十二个小区都通了电' }, d.secretary), 409, 'answers_wait')
    fine(await post(one, 'answers', { case_id: cases[10].id, answer: 'no', said: '桩少' }, d.secretary))
    const accepted = fine(await post(one, 'accept', { text: '十二个小区都通了电', why: '少的两个已排进下一批' }, d.secretary))
    assert.deepEqual([accepted.state, accepted.from_cases.every((c) => c.state === 'closed' && c.outcome === 'resolved')], ['accepted', true])
    await told(runner, 'project.accepted', one.id)
    for (const item of cases) {
      const now = await whole(item), last = now.events.findLast((e) => e.action === 'project')
      assert.deepEqual([now.state, now.outcome, now.due_at], ['closed', 'resolved', null])
      assert.match(last.text, /12 个小区充电桩.*十二个小区都通了电/)
    }
    await told(d.resident, 'case.yours_closed', cases[0].id)
    /* Their link tells them, and who left a telephone is called back as ever. */
    const track = fine(await anonymous.get(`/track/${cases[4].code}`, secretOf(cases[4])))
    assert.deepEqual([track.state, track.can.rate, track.steps.every((s) => s.step === 'rate' || s.state === 'done')], ['closed', true, true])
    assert.equal((await whole(cases[4])).call_back.state, 'waiting')
    assert.equal((await whole(cases[0])).call_back, null)
    const audit = fine(await d.audit.get('/audit', { query: { object_kind: 'case', limit: 200 } })).items.filter((row) => row.action === 'case.project')
    assert.ok(cases.every((item) => audit.some((row) => row.object_id === item.id)))
    refused(await post(one, 'progress', { text: 'x' }), 409, 'wrong_state')
    /* A reporter who is not content goes on as with any other. */
    fine(await anonymous.post(`/track/${cases[10].code}/reopen`, { reason: '还是不够用' }, secretOf(cases[10])))

    const shown = fine(await anonymous.get(`/public/projects/${one.id}`))
    assert.deepEqual([shown.title, shown.state, shown.cases, shown.yes, shown.no, shown.spent], ['12 个小区充电桩', 'accepted', 11, 10, 1, 98_000_00])
    assert.deepEqual(shown.team, [{ role: 'member', name: '东街支行', post_zh: null, post_en: null }])
    assert.deepEqual(shown.sources.map((x) => x.name), ['东街支行', null])
    for (const secret of ['桩少', '居民张三', '供电小赵', 'dispatcher', cases[0].code, '设备与施工', PHONE]) assert.ok(!JSON.stringify(shown).includes(secret), secret)
    assert.equal(shown.story.length, 4)
    const picture = shown.story.find((e) => e.photos.length).photos[0]
    assert.equal((await anonymous.get(`/files/${picture}`)).status, 200)
    const hidden = (await seen(one)).story.find((e) => e.kind === 'spent').photos[0]
    assert.equal((await anonymous.get(`/files/${hidden}`)).status, 404)
    assert.equal((await d.leader.get(`/files/${hidden}`)).status, 200)
  })

  test('what is not public is shown to nobody outside, nor a draft', async () => {
    const open = await made({ public: true }), shut = await started()
    for (const one of [open, shut]) refused(await anonymous.get(`/public/projects/${one.id}`), 404, 'not_found')
    fine(await post(open, 'plan'))
    const listed = fine(await anonymous.get('/public/projects')).items
    assert.ok(listed.some((x) => x.id === open.id) && !listed.some((x) => x.id === shut.id))
  })
})

describe('when an organisation ends', () => {
  test('open projects keep it from closing; merged, the other runs them, in its seats and with its promises', async () => {
    const org = async (name) => fine(await d.admin.post('/orgs', { kind: 'department', name, area_id: d.areas.east }), 201).id
    const [from, to] = [await org('旧所'), await org('新所')]
    const one = await made({ unit_id: from, title: '旧所的项目' }, d.dispatcher)
    fine(await d.dispatcher.post(`/projects/${one.id}/sources`, { promised: 5, org_id: from }))
    fine(await d.dispatcher.request('PUT', `/projects/${one.id}/team`, { version: (await seen(one, d.dispatcher)).version, body: { members: [{ role: 'member', org_id: from }] } }))
    const holds = async (id) => fine(await d.admin.get(`/orgs/${id}/holds`)).items.find((x) => x.what === 'projects')
    assert.deepEqual([(await holds(from)).count, (await holds(from)).holds], [1, true])
    refused(await d.admin.post(`/orgs/${from}/close`), 409, 'still_in_use')
    const version = fine(await d.admin.get(`/orgs/${from}`)).version
    fine(await d.admin.post(`/orgs/${from}/merge`, { into: to }, { version }))
    const now = await seen(one, d.dispatcher)
    assert.deepEqual([now.unit_name, now.team[0].name, now.sources[0].name], ['新所', '新所', '新所'])
    fine(await d.dispatcher.post(`/projects/${one.id}/abandon`, { reason: '合并后不做' }))
    assert.equal((await holds(to)).count, 0)
    fine(await d.admin.post(`/orgs/${to}/close`))
  })
})
