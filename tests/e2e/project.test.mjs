/* Projects in a browser: cases chosen in the list become a project; team, milestones, money, evidence; handed in, its reporter answers; accepted by
 * somebody of the community, its cases close with it. */
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { startDistrict } from './support/browser.mjs'
import { WAYS, clean, journey, shot } from './support/ways.mjs'

let district
before(async () => {
  district = await startDistrict({ cases: 20 })
  const admin = await district.user({ role: 'system_admin', sign: 'admin' })
  const answer = await admin.put('/settings/case.anonymous_reports_per_hour', { value: 1000 })     // eleven in each way, from one address
  assert.equal(answer.status, 204, answer.text)
})
after(() => district?.end())
const api = (page) => page.context().request
const origin = () => ({ origin: district.url })
async function must(answer) {
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`)
  return answer.json()
}
const get = async (page, path) => must(await api(page).get(`${district.url}/api/v1${path}`))
const post = async (page, path, data = {}, version) => must(await api(page).post(`${district.url}/api/v1${path}`, { data, headers: { ...origin(), ...(version && { 'if-match': `"${version}"` }) } }))
const DAY = 86_400_000
const dayIn = (n) => new Date(Date.now() + 8 * 3_600_000 + n * DAY).toISOString().slice(0, 10)

journey('cases become a project, which is worked on, handed in, answered by a reporter and accepted; the cases close with it', async (way) => {
  const { t } = way, title = `楼下充电桩${WAYS.indexOf(way) + 1}`
  const dispatcher = await district.person({ role: 'street_dispatcher', ...way.look })
  const secretary = await district.person({ role: 'community_secretary', ...way.look })
  const reporter = await district.person(way.look)
  /* Two reports from a place of the secretary's, which she accepts; one by link, so that its reporter can be asked. */
  const at = await placeOf(secretary)
  const made = []
  for (const text of ['三号楼楼道没有充电的地方', '五号楼也没有充电桩，飞线充电']) {
    const one = await post(reporter, '/cases', { text, at })
    const seen = await get(secretary, `/cases/${one.id}`).catch(() => null) ?? (await get(secretary, '/cases?limit=5')).items.find((row) => row.code === one.code)
    const now = await get(secretary, `/cases/${seen.id}`)
    if (now.state === 'reported') await post(secretary, `/cases/${now.id}/accept`, {}, now.version)
    made.push({ ...one, id: now.id })
  }

  await dispatcher.open('/desk/cases')
  for (const one of made) await dispatcher.locator('tbody tr', { hasText: one.code }).getByRole('checkbox').check()
  await dispatcher.getByRole('button', { name: t('project.start_from') }).click()
  const form = dispatcher.getByRole('dialog')
  await form.getByText(t('project.part_of', { n: 2 })).waitFor()
  await form.getByLabel(t('project.what'), { exact: true }).fill(title)
  await form.getByLabel(t('project.text')).fill('飞线充电反映集中，楼下装充电桩。')
  await form.getByLabel(t('project.ends')).fill(dayIn(60))
  await form.getByText(t('project.public')).click()
  await shot(dispatcher, way, 'project-form')
  await form.getByRole('button', { name: t('app.save') }).click()
  await dispatcher.getByRole('heading', { level: 1, name: title }).waitFor()
  const path = new URL(dispatcher.url()).pathname
  assert.equal(await dispatcher.locator('.pj-list .code').count(), 2)

  const act = async (button, fill, page = dispatcher) => {
    await page.getByRole('button', { name: button, exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await fill(dialog)
    await dialog.getByRole('button', { name: t('app.save') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.settled()
  }
  await act(t('project.set_team'), async (dialog) => {
    await dialog.getByRole('combobox', { name: t('project.person') }).fill('')
    await dialog.getByRole('combobox', { name: t('project.person') }).press('ArrowDown')
    await dispatcher.locator('[role=option]:visible').first().click()
    await shot(dispatcher, way, 'project-team')
  })
  for (const [title, days] of [['选址', 10], ['通电', 40]]) await act(t('project.add_step'), async (dialog) => {
    await dialog.getByLabel(t('project.step_title')).fill(title)
    await dialog.getByLabel(t('project.due')).fill(dayIn(days))
  })
  await act(t('project.add_source'), async (dialog) => {
    await dialog.getByLabel(t('project.who')).fill('街道为民服务经费')
    await dialog.getByLabel(t('project.promise')).fill('60,000')
  })
  await dispatcher.getByRole('button', { name: t('project.plan') }).click()
  await dispatcher.getByRole('button', { name: t('project.start') }).click()
  await dispatcher.locator('.st', { hasText: t('project.s_under_way') }).first().waitFor()
  await act(t('project.pay'), async (dialog) => {
    await dialog.getByLabel(t('project.amount')).fill('六万')
    await dialog.getByLabel(t('project.evidence')).fill('已到街道账户')
    await dialog.getByRole('button', { name: t('app.save') }).click()
    await dialog.getByText(t('project.not_number')).waitFor()
    await dialog.getByLabel(t('project.amount')).fill('60000')
  })
  await act(t('project.spend'), async (dialog) => {
    await dialog.getByText(t('project.spend_hint', { left: '¥60,000' })).waitFor()
    await dialog.getByLabel(t('project.amount')).fill('59800.50')
    await dialog.getByLabel(t('project.evidence')).fill('设备与施工')
  })
  for (const word of ['定在两栋楼之间', '今晚通电']) await act(t('project.done'), async (dialog) => {
    await dialog.getByLabel(t('project.evidence')).fill(word)
    await dialog.getByText(t('project.tell_public')).click()
  })
  await shot(dispatcher, way, 'project')
  await dispatcher.getByRole('button', { name: t('project.submit') }).click()
  await dispatcher.getByText(t('project.v_count', { yes: 0, no: 0, left: 2 })).waitFor()
  assert.equal(await dispatcher.getByRole('button', { name: t('project.accept') }).count(), 0)     // who runs it does not accept it

  /* The reporter, on the page of the report's link. */
  for (const [n, word] of [[0, t('portal/project.yes')], [1, t('portal/project.no')]]) {
    await reporter.open(`/c/${made[n].code}#${made[n].secret}`)
    await reporter.getByRole('heading', { name: t('portal/project.ask', { title }) }).waitFor()
    await reporter.locator('.opts label', { hasText: word }).first().click()
    if (n) await reporter.getByLabel(t('portal/project.said')).fill('五号楼还差一个')
    await shot(reporter, way, `portal-ask-${n}`)
    await reporter.getByRole('button', { name: t('portal/project.send') }).click()
    await reporter.getByText(t('portal/project.answered', { answer: word })).waitFor()
  }

  await secretary.open(path)
  await secretary.getByText('五号楼还差一个').waitFor()
  await shot(secretary, way, 'project-judge')
  await act(t('project.accept'), async (dialog) => {
    await dialog.getByText(t('project.accept_cases', { n: 2 })).waitFor()
    await dialog.getByLabel(t('project.accept_text')).fill('两处都通了电')
    await dialog.getByLabel(t('project.accept_why')).fill('五号楼的排进下一批')
    await shot(secretary, way, 'project-accept')
  }, secretary)
  await secretary.locator('.st', { hasText: t('project.s_accepted') }).first().waitFor()
  assert.equal(await secretary.locator('.pj-list .st', { hasText: way.is('已解决', 'Resolved') }).count(), 2)
  await secretary.open(`/desk/cases/${made[0].id}`)
  await secretary.getByText(t('case.did_project')).first().waitFor()
  await shot(secretary, way, 'project-case')
  await reporter.open(`/c/${made[0].code}#${made[0].secret}`)
  await reporter.getByText('两处都通了电').first().waitFor()
  await shot(reporter, way, 'portal-case')

  await reporter.open('/projects')
  await reporter.getByRole('link', { name: title }).click()
  await reporter.getByText(t('portal/project.heard', { yes: 1, no: 1 })).waitFor()
  await reporter.settled()
  assert.ok(!(await reporter.locator('main').innerText()).includes('五号楼还差一个'))
  await shot(reporter, way, 'portal-project')
  clean(dispatcher, secretary, reporter)
})

journey('the list says what is late and what the money comes to, on a phone too', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'district_leader', ...way.look })
  await page.open('/desk/projects')
  await page.getByText('六个小区的路灯亮起来').first().waitFor()
  await page.getByText(t('project.f_promised'), { exact: true }).first().waitFor()
  await shot(page, way, 'projects')
  await page.getByText('六个小区的路灯亮起来').first().click()
  await page.getByRole('heading', { level: 1, name: '六个小区的路灯亮起来' }).waitFor()
  await page.settled()
  await shot(page, way, 'project-one')
  const desk = await district.person({ role: 'district_leader', ...way.look, prefs: { ...way.look.prefs, elder: true } })
  await desk.open('/desk/projects')
  await desk.getByText('社区老年食堂').first().waitFor()
  await shot(desk, way, 'projects-elder')
  await desk.open('/desk/projects?state=abandoned')
  await desk.getByText(t('project.none_fit')).waitFor()
  clean(page, desk)
})

journey('charging posts in twelve compounds: eleven cases, money of two pledges, a need; every reporter hears of it', async (way) => {
  const { t } = way, mark = WAYS.indexOf(way) + 1, title = `十二个小区充电桩${mark}`, wanted = `十二个小区的充电桩${mark}`
  const dispatcher = await district.person({ role: 'street_dispatcher', ...way.look }), secretary = await district.person({ role: 'community_secretary', ...way.look })
  const reporter = await district.person(way.look)
  const givers = await twoPledges(mark)
  const at = await placeOf(secretary), made = []
  for (let n = 1; n <= 11; n++) {
    const one = await post(reporter, '/cases', { text: `第 ${n} 个小区没有充电桩`, at })
    const row = (await get(secretary, '/cases?limit=5')).items.find((it) => it.code === one.code)
    const now = await get(secretary, `/cases/${row.id}`)
    if (now.state === 'reported') await post(secretary, `/cases/${now.id}/accept`, {}, now.version)
    made.push({ ...one, id: now.id })
  }
  const community = (await get(secretary, '/session')).units[0]
  const need = await post(secretary, '/needs', { unit_kind: 'area', unit_id: community.id, title: wanted, category: 'goods', quantity: 12, publish: true })

  await dispatcher.open('/desk/cases')
  for (const one of made) await dispatcher.locator('tbody tr', { hasText: one.code }).getByRole('checkbox').check()
  await dispatcher.getByRole('button', { name: t('project.start_from') }).click()
  const form = dispatcher.getByRole('dialog')
  await form.getByText(t('project.part_of', { n: 11 })).waitFor()
  await form.getByLabel(t('project.what'), { exact: true }).fill(title)
  await form.getByLabel(t('project.ends')).fill(dayIn(90))
  await form.getByRole('button', { name: t('app.save') }).click()
  await dispatcher.getByRole('heading', { level: 1, name: title }).waitFor()
  await dispatcher.settled()
  const path = new URL(dispatcher.url()).pathname, id = path.split('/').at(-1)
  assert.equal(await dispatcher.locator('.pj-list .code').count(), 11)
  await post(dispatcher, `/projects/${id}/links`, { needs: [need.id] })
  await dispatcher.open(path)
  const act = async (page, button, fill) => {
    await page.getByRole('button', { name: button, exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await fill(dialog)
    await dialog.getByRole('button', { name: t('app.save') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.settled()
  }
  /* The lead by name; an organisation as a member. */
  await act(dispatcher, t('project.set_team'), async (dialog) => {
    await dialog.getByRole('combobox', { name: t('project.person') }).press('ArrowDown')
    await dispatcher.locator('[role=option]:visible').first().click()
    await dialog.getByRole('button', { name: t('project.add_member') }).click()
    await dialog.getByRole('button', { name: t('project.org') }).last().click()
    await dialog.getByRole('combobox', { name: t('project.org') }).fill(givers[0].name)
    await dispatcher.locator('[role=option]:visible', { hasText: givers[0].name }).first().click()
    await shot(dispatcher, way, 'project-eleven-team')
  })
  for (const [title, days] of [['前六个小区', 30], ['后六个小区', 80]]) await act(dispatcher, t('project.add_step'), async (dialog) => {
    await dialog.getByLabel(t('project.step_title')).fill(title)
    await dialog.getByLabel(t('project.due')).fill(dayIn(days))
  })
  /* Each chooses the pledge that the money keeps; one that promised nothing is not asked. */
  for (const [n, one] of givers.entries()) await act(dispatcher, t('project.add_source'), async (dialog) => {
    assert.equal(await dialog.getByLabel(t('project.pledge')).count(), 0)
    await dialog.getByRole('combobox', { name: t('project.org') }).fill(one.name)
    await dispatcher.locator('[role=option]:visible', { hasText: one.name }).first().click()
    await dialog.getByLabel(t('project.pledge')).selectOption({ label: `${one.title} 60,000 元 · ${one.agreement}` })
    await dialog.getByLabel(t('project.promise')).fill('60000')
    await shot(dispatcher, way, `project-pledge-${n}`)
  })
  assert.equal(await dispatcher.getByRole('link', { name: t('project.of_agreement') }).and(dispatcher.locator('.pj-list a')).count(), 2)
  await dispatcher.getByRole('button', { name: t('project.add_source') }).click()                     // a pledge is one source of a project
  const again = dispatcher.getByRole('dialog')
  await again.getByRole('combobox', { name: t('project.org') }).fill(givers[0].name)
  await dispatcher.locator('[role=option]:visible', { hasText: givers[0].name }).first().click()
  await again.getByLabel(t('project.pledge')).selectOption({ index: 1 })
  await again.getByLabel(t('project.promise')).fill('1')
  await again.getByRole('button', { name: t('app.save') }).click()
  await again.locator('.err').first().waitFor()
  await again.getByRole('button', { name: t('app.cancel') }).click()
  await dispatcher.getByRole('button', { name: t('project.plan') }).click()
  await dispatcher.getByRole('button', { name: t('project.start') }).click()
  await dispatcher.locator('.st', { hasText: t('project.s_under_way') }).first().waitFor()
  for (let n = 0; n < 2; n++) await act(dispatcher, t('project.pay'), async (dialog) => {
    await dialog.getByLabel(t('project.amount')).fill('60000')
    await dialog.getByLabel(t('project.evidence')).fill('已到账户')
  })
  await act(dispatcher, t('project.spend'), async (dialog) => {
    await dialog.getByText(t('project.spend_hint', { left: '¥120,000' })).waitFor()
    await dialog.getByLabel(t('project.amount')).fill('118000')
    await dialog.getByLabel(t('project.evidence')).fill('设备与施工')
  })
  for (const word of ['前六个通了电', '后六个通了电']) await act(dispatcher, t('project.done'), async (dialog) => dialog.getByLabel(t('project.evidence')).fill(word))
  await shot(dispatcher, way, 'project-eleven')
  await dispatcher.getByRole('button', { name: t('project.submit') }).click()
  await dispatcher.getByText(t('project.v_count', { yes: 0, no: 0, left: 11 })).waitFor()

  /* All are asked; ten say yes, the last no. */
  for (const [n, one] of made.slice(0, 10).entries()) {
    const said = await api(reporter).post(`${district.url}/api/v1/track/${one.code}/project-answer`, { data: { answer: 'yes', said: `第 ${n + 1} 个好用` }, headers: { ...origin(), 'x-case-secret': one.secret } })
    assert.equal(said.status(), 200, await said.text())
  }
  await reporter.open(`/c/${made[10].code}#${made[10].secret}`)
  await reporter.getByRole('heading', { name: title }).waitFor()
  await reporter.locator('.opts label', { hasText: t('portal/project.no') }).first().click()
  await reporter.getByRole('button', { name: t('portal/project.send') }).click()
  await reporter.getByText(t('portal/project.answered', { answer: t('portal/project.no') })).waitFor()

  await secretary.open(path)
  await secretary.getByText(t('project.v_count', { yes: 10, no: 1, left: 0 })).waitFor()
  await shot(secretary, way, 'project-eleven-judge')
  await act(secretary, t('project.accept'), async (dialog) => {
    await dialog.getByText(`${t('project.accept_cases', { n: 11 })} ${t('project.accept_needs', { n: 1 })}`).waitFor()
    await dialog.getByLabel(t('project.accept_text')).fill('十二个小区都通了电')
    await dialog.getByLabel(t('project.accept_why')).fill('差的一处下周补')
  })
  await secretary.locator('.st', { hasText: t('project.s_accepted') }).first().waitFor()
  assert.equal(await secretary.locator('.pj-list .st', { hasText: way.is('已解决', 'Resolved') }).count(), 11)
  await secretary.locator('.pj-list li', { hasText: wanted }).locator('.st', { hasText: t('exchange.s_met') }).waitFor()
  await shot(secretary, way, 'project-eleven-accepted')
  for (const one of [made[0], made[10]]) {
    await reporter.open(`/c/${one.code}#${one.secret}`)
    await reporter.getByText('十二个小区都通了电').first().waitFor()
  }
  for (const one of made) {
    const track = await api(reporter).get(`${district.url}/api/v1/track/${one.code}`, { headers: { 'x-case-secret': one.secret } })
    const words = await track.text()
    assert.ok(words.includes('十二个小区都通了电') && (await track.json()).state === 'closed', `${one.code}: ${words}`)
  }
  clean(dispatcher, secretary, reporter)
})

/** Two organisations that promised money in an agreement in force: their names, the pledges' titles, the agreement's. */
async function twoPledges(mark) {
  const admin = await district.user({ role: 'system_admin' }), done = (answer) => (assert.ok(answer.status < 300, answer.text), answer.body)
  const orgs = done(await admin.get('/orgs', { query: { limit: 200 } })).items.filter((one) => ['bank', 'school', 'hospital', 'resident_unit', 'mall', 'company', 'new_economy_org'].includes(one.kind)).slice(0, 2)
  assert.equal(orgs.length, 2)
  const heads = []
  for (const [n, one] of orgs.entries()) heads.push(await district.user({ role: 'org_head', unit: one.id, sign: `giver_${mark}_${n}` }))
  const title = `充电桩共建${mark}`, now = Date.now()
  let it = done(await heads[0].post('/agreements', {
    kind: 'co_construction', title, text: '双方共建。', keeper_id: orgs[0].id, parties: orgs.map((one) => one.id), begins_at: now - DAY, ends_at: now + 300 * DAY,
    pledges: orgs.map((one) => ({ org_id: one.id, title: '充电桩资金', category: 'funds', quantity: 60_000, unit: '元', rhythm: 'once' })),
  }))
  it = done(await heads[0].post(`/agreements/${it.id}/offer`, undefined, { version: it.version }))
  for (const [n, head] of heads.entries()) it = done(await head.post(`/agreements/${it.id}/sign`, { org_id: orgs[n].id }, { version: it.version }))
  assert.equal(it.state, 'in_force')
  return orgs.map((one) => ({ name: one.name, title: '充电桩资金', agreement: title }))
}

/** The place of some case that this person sees. */
async function placeOf(page) {
  const { items } = await get(page, '/cases?limit=20')
  for (const row of items) {
    const one = await get(page, `/cases/${row.id}`)
    if (one.at) return { lon: one.at.lon, lat: one.at.lat }
  }
  throw new Error('no case with a place')
}
