/* Organisations are moved, merged and closed: what goes over, what changes for whom, and that nobody ever gains a right by it. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fields, fine, refused } from './support/district.mjs'
import { inGrid, makeDistrict } from './support/loop_district.mjs'
import { startServer } from './support/server.mjs'

const DAY = 86_400_000
let server, d, security, serial = 0

before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  security = await server.user({ role: 'security_admin', sign: 'security', lang: 'zh-CN' })
})
after(() => server?.stop())

const make = async (kind, name, more) => fine(await d.admin.post('/orgs', { kind, name, ...more }), 201)
const one = async (org) => fine(await d.admin.get(`/orgs/${org.id ?? org}`))
const act = async (what, org, body, who = d.admin) => who.post(`/orgs/${org.id}/${what}`, body, { version: (await one(org)).version })
const look = async (what, org, body) => fine(await d.admin.post(`/orgs/${org.id}/${what}`, { ...body, dry_run: true }))
const person = async (name = `某人${++serial}`) => fine(await d.admin.post('/people', { name }), 201).id
const give = async (who, role, unit, kind = 'org') => fine(await security.post(`/people/${who}/assignments`, { role, unit_kind: kind, unit_id: unit }), 201)
const changes = (plan) => plan.people.map((p) => [p.name, p.change, p.org_name])
const carried = (plan) => Object.fromEntries(plan.carried.filter((c) => c.count).map((c) => [c.what, c.count]))
const rows = async (org) => fine(await d.audit.get('/audit', { query: { object_kind: 'org' } })).items.filter((row) => row.object_id === org.id).map((row) => row.action)

describe('moving', () => {
  test('takes what lies below along, and tells beforehand who loses sight', async () => {
    const old = await make('department', '旧局'), next = await make('department', '新局')
    const office = await make('department', '科室', { parent_id: old.id }), team = await make('department', '班组', { parent_id: office.id })
    const boss = await person('旧局长')
    await give(boss, 'department_handler', old.id)
    const plan = await look('move', office, { parent_id: next.id })
    assert.deepEqual([plan.orgs, plan.widens, plan.done, changes(plan), plan.people[0].orgs], [2, false, false, [['旧局长', 'loses', '科室']], 2])
    assert.deepEqual((await one(office)).parent_id, old.id, 'a look changes nothing')
    const done = fine(await act('move', office, { parent_id: next.id }))
    assert.equal(done.done, true)
    assert.deepEqual((await one(team)).path.map((p) => p.name), ['新局', '科室', '班组'])
    assert.ok((await rows(office)).includes('org.move'))
    const history = fine(await d.admin.get(`/orgs/${office.id}/history`)).items
    assert.deepEqual([history.map((h) => h.action), history[0].detail.parent_id], [['org.move', 'org.create'], next.id])
    refused(await d.gridWorker.get(`/orgs/${office.id}/history`), 403, 'not_allowed')
    fine(await act('move', office, { parent_id: null }))
    assert.deepEqual((await one(office)).parent_id, null)
  })

  test('is refused when somebody would gain a right by it, and goes once the right was granted', async () => {
    const high = await make('department', '上级'), low = await make('department', '下级')
    const chief = await person('上级主任')
    await give(chief, 'department_handler', high.id)
    const plan = await look('move', low, { parent_id: high.id })
    assert.deepEqual([plan.widens, changes(plan), plan.people[0].permissions.includes('case.handle')], [true, [['上级主任', 'gains', '下级']], true])
    const answer = await act('move', low, { parent_id: high.id })
    refused(answer, 409, 'would_widen')
    assert.match(answer.body.detail, /上级主任/)
    assert.equal((await one(low)).parent_id, null)
    const short = fine(await security.post(`/people/${chief}/assignments`, { role: 'department_handler', unit_kind: 'org', unit_id: low.id, to: Date.now() + DAY }), 201)
    refused(await act('move', low, { parent_id: high.id }), 409, 'would_widen')   /* for a day is less than for good */
    assert.ok(short)
    await give(chief, 'department_handler', low.id)
    fine(await act('move', low, { parent_id: high.id }))
  })

  test('to another area is looked at too: whoever holds that area would reach it', async () => {
    const shop = await make('shop', '搬家的店', { area_id: d.areas.a })
    const plan = await look('move', shop, { area_id: d.areas.c })
    assert.deepEqual([plan.widens, plan.people.map((p) => p.change).sort().join()], [true, 'gains,loses,loses'])
    refused(await act('move', shop, { area_id: d.areas.c }), 409, 'would_widen')
    fine(await act('move', shop, { area_id: null }))
  })

  test('names what is wrong, and changes nothing', async () => {
    const top = await make('department', '顶'), mid = await make('department', '中', { parent_id: top.id }), end = await make('department', '底', { parent_id: mid.id })
    const group = await make('group', '小组'), gone = await make('department', '没了')
    fine(await act('close', gone))
    for (const [org, body, want] of [
      [top, { parent_id: end.id }, { parent_id: 'cycle' }], [top, { parent_id: top.id }, { parent_id: 'cycle' }],
      [top, { parent_id: '5' }, { parent_id: 'unknown_reference' }], [top, { parent_id: gone.id }, { parent_id: 'org_closed' }],
      [group, { parent_id: top.id }, { parent_id: 'parent_kind' }], [top, { area_id: '5' }, { area_id: 'unknown_reference' }],
    ]) {
      const answer = await act('move', org, body)
      assert.deepEqual([answer.status, fields(answer)], [422, want])
      assert.equal((await d.admin.post(`/orgs/${org.id}/move`, { ...body, dry_run: true })).status, 422)
    }
    assert.deepEqual((await one(end)).path.map((p) => p.name), ['顶', '中', '底'])
    refused(await d.admin.post(`/orgs/${top.id}/move`, { parent_id: null }), 428, 'version_needed')
    refused(await d.admin.post(`/orgs/${top.id}/move`, { parent_id: null }, { version: 99 }), 409, 'stale_version')
    refused(await act('move', gone, { parent_id: null }), 409, 'wrong_state')
    for (const who of [d.secretary, d.leader, d.gridWorker]) refused(await act('move', mid, { parent_id: null }, who), 403, 'not_allowed')
    refused(await d.admin.post('/orgs/5/move', {}), 404, 'not_found')
    assert.deepEqual(fields(await d.admin.request('PATCH', `/orgs/${mid.id}`, { body: { parent_id: top.id }, version: 1 })), { parent_id: 'unknown_field' })
  })
})

describe('merging', () => {
  test('hands over cases, calls, rules, seats, posts, areas, contacts and organisations below', async () => {
    const from = await make('department', '市容所', { area_id: d.root, values: [{ code: 'hours', value: '8–18' }] })
    const into = await make('department', '综合所', { area_id: d.root, values: [{ code: 'address', value: '一号楼' }] })
    const team = await make('department', '市容班', { parent_id: from.id })
    const oldHand = await server.user({ role: 'department_handler', unit: from.id, sign: 'old_hand', name: '老市容', lang: 'zh-CN' })
    const newHand = await server.user({ role: 'department_handler', unit: into.id, sign: 'new_hand', name: '综合员', lang: 'zh-CN' })
    const step = async (who, id, action, body) => fine(await who.post(`/cases/${id}/${action}`, body ?? {}, { version: fine(await d.leader.get(`/cases/${id}`)).version }))
    const report = async () => {
      const id = fine(await d.resident.post('/cases', { text: '乱堆杂物', at: inGrid(1), category: d.category('路灯异常').id }), 201).id
      await step(d.secretary, id, 'accept')
      return id
    }
    const waiting = await report(), signed = await report(), called = await report(), both = await report()
    await step(d.secretary, waiting, 'dispatch', { org: from.id })
    await step(d.secretary, signed, 'dispatch', { org: from.id })
    await step(oldHand, signed, 'sign')
    await step(d.secretary, called, 'whistle', { orgs: [from.id], ask: '来看' })
    await step(d.secretary, both, 'whistle', { orgs: [from.id, into.id], ask: '都来' })
    const due = fine(await d.leader.get(`/cases/${signed}`)).due_at
    const rule = fine(await d.admin.post('/rules', { area: d.areas.c, org: from.id }), 201)
    const ally = fine(await d.admin.post('/alliances', { kind: 'complex', name: '共治', area_id: d.areas.east, lead_id: from.id, from: Date.now() - 9 * DAY }), 201)
    const other = fine(await d.admin.post('/alliances', { kind: 'complex', name: '互助', area_id: d.areas.east, lead_id: into.id, from: Date.now() - 9 * DAY }), 201)
    fine(await d.admin.post(`/alliances/${other.id}/members`, { org_id: from.id, role: 'adviser' }))
    const adviser = await person('顾问甲')
    const appointed = fine(await d.admin.post(`/people/${adviser}/appointments`, { post: 'adviser', unit_kind: 'org', unit_id: from.id, from: Date.now() - DAY, to: Date.now() + 99 * DAY }), 201)
    fine(await d.admin.post(`/orgs/${from.id}/services`, { area_id: d.areas.a, to: Date.now() + 50 * DAY }))
    fine(await d.admin.post(`/orgs/${from.id}/contacts`, { name: '联络员', phone: '13900008888' }))

    const plan = await look('merge', from, { into: into.id })
    assert.deepEqual(carried(plan), { children: 1, posts: 1, cases: 2, calls: 2, rules: 1, leads: 1, seats: 2, services: 1, contacts: 1 })
    assert.deepEqual([plan.orgs, plan.widens, plan.done], [1, true, false], 'whoever has a role at the other would reach the team below')
    assert.deepEqual(changes(plan), [['综合员', 'gains', '市容班'], ['老市容', 'loses', '市容班'], ['综合员', 'sees', '综合所'], ['老市容', 'sees_no_longer', '市容所']].sort((a, b) => ['gains', 'loses', 'sees', 'sees_no_longer'].indexOf(a[1]) - ['gains', 'loses', 'sees', 'sees_no_longer'].indexOf(b[1])))
    refused(await act('merge', from, { into: into.id }), 409, 'would_widen')
    assert.equal((await one(from)).valid_to, null)
    refused(await newHand.get(`/cases/${signed}`), 404, 'not_found')

    await give(newHand.me.user.person_id, 'department_handler', team.id)
    const done = fine(await act('merge', from, { into: into.id, reason: '机构改革' }))
    assert.deepEqual([done.done, done.widens], [true, false])

    const gone = await one(from), heir = await one(into)
    assert.equal(gone.merged_into.name, '综合所')
    assert.deepEqual([gone.valid_to > 0, gone.serves, heir.serves.map((a) => a.name), heir.contacts.map((c) => c.name)], [true, [], ['甲社区'], ['联络员']])
    assert.deepEqual(Object.fromEntries(heir.values.map((v) => [v.code, v.value])), { address: '一号楼', hours: '8–18' })
    assert.equal(heir.services.find((s) => s.name === '甲社区').to > Date.now() + 49 * DAY, true)
    assert.equal((await one(team)).path[0].name, '综合所')
    const seen = fine(await newHand.get(`/cases/${signed}`))
    assert.deepEqual([seen.state, seen.org_name, seen.due_at], ['handling', '综合所', due], 'the clock runs on')
    assert.equal(fine(await newHand.get(`/cases/${waiting}`)).state, 'dispatched')
    refused(await oldHand.get(`/cases/${signed}`), 404, 'not_found')
    const story = fine(await d.leader.get(`/cases/${signed}`)).events.at(-1)
    assert.deepEqual([story.action, story.text], ['succeed', '机构改革'])
    await step(newHand, signed, 'handled', { result: '已清理' })
    const tasks = async (id) => fine(await d.leader.get(`/cases/${id}`)).called.map((t) => [t.org_name, t.state])
    assert.deepEqual(await tasks(called), [['综合所', 'called']])
    assert.deepEqual((await tasks(both)).sort(), [['市容所', 'stopped'], ['综合所', 'called']].sort(), 'one call is enough')
    const rules = fine(await d.admin.get('/rules')).items.find((x) => x.id === rule.id)
    assert.equal(rules.org.id, into.id)
    const members = async (of) => fine(await d.admin.get(`/alliances/${of.id}`)).members.map((m) => [m.org_name, m.role, m.ended])
    assert.deepEqual(await members(ally), [['综合所', 'lead', null], ['市容所', 'lead', 'left']])
    assert.deepEqual(await members(other), [['综合所', 'lead', null], ['市容所', 'adviser', 'left']])
    const posts = fine(await d.admin.get(`/people/${adviser}/appointments`)).items
    assert.deepEqual(posts.map((p) => [p.unit_name, p.end_reason ?? null]), [['综合所', null], ['市容所', '机构改革']])
    assert.ok(appointed)
    assert.ok((await rows(from)).includes('org.merge') && (await rows(into)).includes('org.absorb'))
    refused(await d.admin.post(`/orgs/${from.id}/merge`, { into: into.id }, { version: gone.version }), 409, 'wrong_state')
  })

  test('names what is wrong, and changes nothing', async () => {
    const top = await make('department', '甲局'), low = await make('department', '乙科', { parent_id: top.id }), lowest = await make('department', '丙组', { parent_id: low.id })
    const branch = await make('branch', '支部'), group = await make('group', '组', { parent_id: branch.id }), shop = await make('shop', '店'), gone = await make('shop', '旧店')
    fine(await act('close', gone))
    for (const [org, into, want] of [[top, low.id, 'cycle'], [top, lowest.id, 'cycle'], [top, top.id, 'cycle'], [top, '5', 'unknown_reference'], [top, gone.id, 'org_closed'], [branch, shop.id, 'parent_kind']])
      for (const dry_run of [true, false]) {
        const answer = await act('merge', org, { into, dry_run })
        assert.deepEqual([answer.status, fields(answer)], [422, { into: want }])
      }
    assert.deepEqual(fields(await act('merge', top, {})), { into: 'required' })
    refused(await d.admin.post(`/orgs/${top.id}/merge`, { into: shop.id }), 428, 'version_needed')
    refused(await act('merge', top, { into: shop.id }, d.secretary), 403, 'not_allowed')
    for (const org of [top, low, lowest, branch, group]) assert.equal((await one(org)).valid_to, null)
    const last = await make('department', '兜底所')
    fine(await d.admin.put('/settings/case.catch_all_org', { value: last.id }), 204)
    refused(await act('merge', last, { into: top.id }), 409, 'still_in_use')
    refused(await act('close', last), 409, 'still_in_use')
    fine(await d.admin.put('/settings/case.catch_all_org', { value: '' }), 204)
    const up = fine(await act('merge', lowest, { into: top.id }))
    assert.equal(up.done, true, 'into one above is no circle')
  })
})

describe('closing', () => {
  test('tells what holds it open; seats in alliances end with it', async () => {
    const org = await make('department', '要关的')
    const rule = fine(await d.admin.post('/rules', { area: d.areas.b, org: org.id }), 201)
    const refusedClose = await act('close', org)
    refused(refusedClose, 409, 'still_in_use')
    const holds = Object.fromEntries(fine(await d.gridWorker.get(`/orgs/${org.id}/holds`)).items.map((h) => [h.what, h.count]))
    assert.deepEqual([holds.rules, holds.cases, holds.children], [1, 0, 0])
    fine(await d.admin.post(`/rules/${rule.id}/close`, {}, { version: rule.version }))
    const ally = fine(await d.admin.post('/alliances', { kind: 'complex', name: '要散', area_id: d.areas.east, lead_id: org.id, from: Date.now() - DAY }), 201)
    refused(await act('close', org), 409, 'still_in_use')
    fine(await d.admin.post(`/alliances/${ally.id}/members`, { org_id: d.orgs.drainage, role: 'lead' }))
    assert.deepEqual(fine(await d.gridWorker.get(`/orgs/${org.id}/alliances`)).items.map((a) => [a.name, a.role]), [['要散', 'member']])
    fine(await act('close', org))
    assert.deepEqual(fine(await d.admin.get(`/alliances/${ally.id}`)).members.filter((m) => m.org_id === org.id).map((m) => m.ended), ['role', 'left'])
    refused(await d.resident.get(`/orgs/${org.id}/holds`), 403, 'not_allowed')
    refused(await d.admin.get('/orgs/5/alliances'), 404, 'not_found')
  })
})

describe('whatever is moved and merged', () => {
  /* An oracle of its own: who may do what where, from the lists the API gives and the rule in docs. */
  test('nobody ever gains a right: after ⊆ before, for every person, permission and organisation', async () => {
    let seed = 20261126
    const random = (n) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor((seed / 2147483648) * n))
    const pick = (list) => list[random(list.length)]
    const areas = [d.areas.a, d.areas.b, d.areas.c, d.areas.east, d.areas.west]
    const orgs = []
    for (let i = 0; i < 26; i++)
      orgs.push((await make('department', `随机${i}`, { ...(orgs.length && random(4) && { parent_id: pick(orgs) }), ...(random(2) && { area_id: pick(areas) }) })).id)
    const people = []
    for (let i = 0; i < 9; i++) people.push(await person())
    const roles = { department_handler: null, social_worker: null, street_dispatcher: null, district_leader: null }
    for (const role of fine(await security.get('/roles')).items) if (role.code in roles) roles[role.code] = role.permissions
    const grants = []
    for (let i = 0; i < 24; i++) {
      const grant = { who: pick(people), role: pick(Object.keys(roles)), ...(random(4) ? { kind: 'org', unit: pick(orgs) } : { kind: 'area', unit: pick(areas) }) }
      await give(grant.who, grant.role, grant.unit, grant.kind)
      grants.push(grant)
    }
    const areaUp = new Map(fine(await d.admin.get('/areas/tree')).items.map((a) => [a.id, a.parent_id]))
    const reaches = (start, up, goal) => { for (let at = start; at; at = up.get(at)) if (at === goal) return true; return false }
    async function rights() {
      const spots = fine(await d.admin.get('/orgs', { query: { closed: true, limit: 1000 } })).items
      const up = new Map(spots.map((o) => [o.id, o.parent_id]))
      const all = new Set()
      for (const g of grants)
        for (const o of spots)
          if (g.kind === 'org' ? reaches(o.id, up, g.unit) : reaches(o.area_id, areaUp, g.unit))
            for (const p of roles[g.role]) all.add(`${g.who} ${p} ${o.id}`)
      return all
    }
    let before_ = await rights()
    const seen = { done: 0, would_widen: 0, other: 0, merged: 0 }
    for (let i = 0; i < 120; i++) {
      const org = pick(orgs), other = pick(orgs), merge = random(3) === 0
      const body = merge ? { into: other } : { parent_id: random(6) ? other : null, ...(random(5) === 0 && { area_id: random(3) ? pick(areas) : null }) }
      const plan = await d.admin.post(`/orgs/${org}/${merge ? 'merge' : 'move'}`, { ...body, dry_run: true })
      const answer = await act(merge ? 'merge' : 'move', { id: org }, body)
      const after_ = await rights()
      const gained = [...after_].filter((right) => !before_.has(right))
      assert.deepEqual(gained, [], `${i}: ${JSON.stringify({ org, ...body })} → ${answer.text}`)
      if (answer.status !== 200) assert.deepEqual(after_.size, before_.size, 'refused, and yet something changed')
      if (plan.status === 200) assert.equal(plan.body.widens, answer.body.code === 'would_widen', 'the look and the deed agree')
      seen[answer.status === 200 ? 'done' : answer.body.code === 'would_widen' ? 'would_widen' : 'other'] += 1
      seen.merged += merge && answer.status === 200
      before_ = after_
    }
    assert.ok(seen.done > 15 && seen.would_widen > 15 && seen.merged > 3, JSON.stringify(seen))
  })
})
