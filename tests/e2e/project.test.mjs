/* Projects in a browser: cases chosen in the list become a project; team, milestones, money, evidence; handed in, its reporter answers; accepted by
 * somebody of the community, its cases close with it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, sideways, startDistrict } from './support/browser.mjs'

let district
before(async () => (district = await startDistrict({ cases: 30 })))
after(() => district?.end())
const shots = process.env.SHOTS
const shot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }) : null)
const faultsOf = (...pages) => pages.flatMap((page) => page.faults).filter((fault) => !fault.includes('Applying inline style'))
const api = (page) => page.context().request
const origin = () => ({ origin: district.url })
async function must(answer) {
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`)
  return answer.json()
}
const get = async (page, path) => must(await api(page).get(`${district.url}/api/v1${path}`))
const post = async (page, path, data = {}, version) => must(await api(page).post(`${district.url}/api/v1${path}`, { data, headers: { ...origin(), ...(version && { 'if-match': `"${version}"` }) } }))
const DAY = 86_400_000
const dayIn = (n) => new Date(Date.now() + n * DAY).toISOString().slice(0, 10)

test('cases become a project, which is worked on, handed in, answered by a reporter and accepted; the cases close with it', async () => {
  const dispatcher = await district.person({ role: 'street_dispatcher', view: DESKTOP })
  const secretary = await district.person({ role: 'community_secretary', view: DESKTOP })
  const reporter = await district.person({ view: PHONE })
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
  await dispatcher.getByRole('button', { name: '组成项目' }).click()
  const form = dispatcher.getByRole('dialog')
  await form.getByText('将列入 2 件事项').waitFor()
  await form.getByLabel('项目', { exact: true }).fill('楼下充电桩')
  await form.getByLabel('做什么、为什么').fill('飞线充电反映集中，楼下装充电桩。')
  await form.getByLabel('完成').fill(dayIn(60))
  await form.getByText('在居民端公开').click()
  await shot(dispatcher, 'project-form')
  await form.getByRole('button', { name: '保存' }).click()
  await dispatcher.getByRole('heading', { level: 1, name: '楼下充电桩' }).waitFor()
  const path = new URL(dispatcher.url()).pathname
  assert.equal(await dispatcher.locator('.pj-list .code').count(), 2)

  const act = async (button, fill, page = dispatcher) => {
    await page.getByRole('button', { name: button, exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await fill(dialog)
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.settled()
  }
  await act('调整班子', async (dialog) => {
    await dialog.getByRole('combobox', { name: '个人' }).fill('')
    await dialog.getByRole('combobox', { name: '个人' }).press('ArrowDown')
    await dispatcher.locator('[role=option]:visible').first().click()
    await shot(dispatcher, 'project-team')
  })
  for (const [title, days] of [['选址', 10], ['通电', 40]]) await act('加节点', async (dialog) => {
    await dialog.getByLabel('要完成什么').fill(title)
    await dialog.getByLabel('最晚完成').fill(dayIn(days))
  })
  await act('加资金来源', async (dialog) => {
    await dialog.getByLabel('谁出钱').fill('街道为民服务经费')
    await dialog.getByLabel('承诺金额（元）').fill('60,000')
  })
  await dispatcher.getByRole('button', { name: '立项' }).click()
  await dispatcher.getByRole('button', { name: '开工' }).click()
  await dispatcher.locator('.st', { hasText: '推进中' }).first().waitFor()
  await act('到账', async (dialog) => {
    await dialog.getByLabel('金额（元）').fill('六万')
    await dialog.getByLabel('做了什么').fill('已到街道账户')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.getByText('请填金额').waitFor()
    await dialog.getByLabel('金额（元）').fill('60000')
  })
  await act('记支出', async (dialog) => {
    await dialog.getByText('账上还有 ¥60,000').waitFor()
    await dialog.getByLabel('金额（元）').fill('59800.50')
    await dialog.getByLabel('做了什么').fill('设备与施工')
  })
  for (const word of ['定在两栋楼之间', '今晚通电']) await act('完成了', async (dialog) => {
    await dialog.getByLabel('做了什么').fill(word)
    await dialog.getByText('居民也能看到').click()
  })
  await shot(dispatcher, 'project')
  await dispatcher.getByRole('button', { name: '交付验收' }).click()
  await dispatcher.getByText('2 人未答').waitFor()
  assert.equal(await dispatcher.getByRole('button', { name: '验收通过' }).count(), 0)     // who runs it does not accept it

  /* The reporter, on the page of the report's link. */
  for (const [n, word] of [[0, '满意'], [1, '不满意']]) {
    await reporter.open(`/c/${made[n].code}#${made[n].secret}`)
    await reporter.getByRole('heading', { name: '您反映的事已列入项目“楼下充电桩”并办好。是否满意？' }).waitFor()
    await reporter.locator('.opts label', { hasText: word }).first().click()
    if (n) await reporter.getByLabel('想说的话').fill('五号楼还差一个')
    await shot(reporter, `portal-ask-${n}`)
    await reporter.getByRole('button', { name: '告诉他们' }).click()
    await reporter.getByText(`您答的是：${word}`).waitFor()
  }

  await secretary.open(path)
  await secretary.getByText('五号楼还差一个').waitFor()
  await shot(secretary, 'project-judge')
  await act('验收通过', async (dialog) => {
    await dialog.getByText('列入的 2 件事项会一并办结').waitFor()
    await dialog.getByLabel('验收意见').fill('两处都通了电')
    await dialog.getByLabel('有人不满意').fill('五号楼的排进下一批')
    await shot(secretary, 'project-accept')
  }, secretary)
  await secretary.locator('.st', { hasText: '已验收' }).first().waitFor()
  assert.equal(await secretary.locator('.pj-list .st', { hasText: '已解决' }).count(), 2)
  await secretary.open(`/desk/cases/${made[0].id}`)
  await secretary.getByText('随项目验收办结').first().waitFor()
  await shot(secretary, 'project-case')
  await reporter.open(`/c/${made[0].code}#${made[0].secret}`)
  await reporter.getByText('两处都通了电').first().waitFor()
  await shot(reporter, 'portal-case')

  await reporter.open('/projects')
  await reporter.getByRole('link', { name: /楼下充电桩/ }).click()
  await reporter.getByText('反映的居民里，1 人满意，1 人不满意').waitFor()
  await reporter.settled()
  assert.ok(!(await reporter.locator('main').innerText()).includes('五号楼还差一个'))
  assert.equal(await sideways(reporter), 0)
  await shot(reporter, 'portal-project')
  assert.deepEqual(faultsOf(dispatcher, secretary, reporter), [])
})

test('the list says what is late and what the money comes to, on a phone too', async () => {
  const page = await district.person({ role: 'district_leader', view: PHONE })
  await page.open('/desk/projects')
  await page.getByText('六个小区的路灯亮起来').first().waitFor()
  await page.getByText('承诺', { exact: true }).first().waitFor()
  assert.equal(await sideways(page), 0)
  await shot(page, 'projects-phone')
  await page.getByText('六个小区的路灯亮起来').first().click()
  await page.getByRole('heading', { level: 1, name: '六个小区的路灯亮起来' }).waitFor()
  await page.settled()
  assert.equal(await sideways(page), 0)
  await shot(page, 'project-phone')
  const desk = await district.person({ role: 'district_leader', view: DESKTOP, prefs: { elder: true } })
  await desk.open('/desk/projects')
  await desk.getByText('社区老年食堂').first().waitFor()
  await shot(desk, 'projects-elder')
  await desk.open('/desk/projects?state=abandoned')
  await desk.getByText('没有符合条件的').waitFor()
  assert.deepEqual(faultsOf(page, desk), [])
})

test('charging posts in twelve compounds: eleven cases, money of two pledges, a need; every reporter hears of it', async () => {
  const dispatcher = await district.person({ role: 'street_dispatcher', view: DESKTOP }), secretary = await district.person({ role: 'community_secretary', view: DESKTOP })
  const reporter = await district.person({ view: PHONE })
  const givers = await twoPledges()
  const at = await placeOf(secretary), made = []
  for (let n = 1; n <= 11; n++) {
    const one = await post(reporter, '/cases', { text: `第 ${n} 个小区没有充电桩`, at })
    const row = (await get(secretary, '/cases?limit=5')).items.find((it) => it.code === one.code)
    const now = await get(secretary, `/cases/${row.id}`)
    if (now.state === 'reported') await post(secretary, `/cases/${now.id}/accept`, {}, now.version)
    made.push({ ...one, id: now.id })
  }
  const community = (await get(secretary, '/session')).units[0]
  const need = await post(secretary, '/needs', { unit_kind: 'area', unit_id: community.id, title: '十二个小区的充电桩', category: 'goods', quantity: 12, publish: true })

  await dispatcher.open('/desk/cases')
  for (const one of made) await dispatcher.locator('tbody tr', { hasText: one.code }).getByRole('checkbox').check()
  await dispatcher.getByRole('button', { name: '组成项目' }).click()
  const form = dispatcher.getByRole('dialog')
  await form.getByText('将列入 11 件事项').waitFor()
  await form.getByLabel('项目', { exact: true }).fill('十二个小区充电桩')
  await form.getByLabel('完成').fill(dayIn(90))
  await form.getByRole('button', { name: '保存' }).click()
  await dispatcher.getByRole('heading', { level: 1, name: '十二个小区充电桩' }).waitFor()
  await dispatcher.settled()
  const path = new URL(dispatcher.url()).pathname, id = path.split('/').at(-1)
  assert.equal(await dispatcher.locator('.pj-list .code').count(), 11)
  await post(dispatcher, `/projects/${id}/links`, { needs: [need.id] })
  await dispatcher.open(path)
  const act = async (page, button, fill) => {
    await page.getByRole('button', { name: button, exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await fill(dialog)
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.settled()
  }
  /* The lead by name; an organisation as a member. */
  await act(dispatcher, '调整班子', async (dialog) => {
    await dialog.getByRole('combobox', { name: '个人' }).press('ArrowDown')
    await dispatcher.locator('[role=option]:visible').first().click()
    await dialog.getByRole('button', { name: '加一位' }).click()
    await dialog.getByRole('button', { name: '组织' }).last().click()
    await dialog.getByRole('combobox', { name: '组织' }).fill(givers[0].name)
    await dispatcher.locator('[role=option]:visible', { hasText: givers[0].name }).first().click()
    await shot(dispatcher, 'project-eleven-team')
  })
  for (const [title, days] of [['前六个小区', 30], ['后六个小区', 80]]) await act(dispatcher, '加节点', async (dialog) => {
    await dialog.getByLabel('要完成什么').fill(title)
    await dialog.getByLabel('最晚完成').fill(dayIn(days))
  })
  /* Each chooses the pledge that the money keeps; one that promised nothing is not asked. */
  for (const [n, one] of givers.entries()) await act(dispatcher, '加资金来源', async (dialog) => {
    assert.equal(await dialog.getByLabel('兑现协议里的哪项承诺').count(), 0)
    await dialog.getByRole('combobox', { name: '组织' }).fill(one.name)
    await dispatcher.locator('[role=option]:visible', { hasText: one.name }).first().click()
    await dialog.getByLabel('兑现协议里的哪项承诺').selectOption({ label: `${one.title} 60,000 元 · ${one.agreement}` })
    await dialog.getByLabel('承诺金额（元）').fill('60000')
    await shot(dispatcher, `project-pledge-${n}`)
  })
  assert.equal(await dispatcher.getByRole('link', { name: '共建协议' }).and(dispatcher.locator('.pj-list a')).count(), 2)
  await dispatcher.getByRole('button', { name: '加资金来源' }).click()                     // a pledge is one source of a project
  const again = dispatcher.getByRole('dialog')
  await again.getByRole('combobox', { name: '组织' }).fill(givers[0].name)
  await dispatcher.locator('[role=option]:visible', { hasText: givers[0].name }).first().click()
  await again.getByLabel('兑现协议里的哪项承诺').selectOption({ index: 1 })
  await again.getByLabel('承诺金额（元）').fill('1')
  await again.getByRole('button', { name: '保存' }).click()
  await again.locator('.err').first().waitFor()
  await again.getByRole('button', { name: '取消' }).click()
  await dispatcher.getByRole('button', { name: '立项' }).click()
  await dispatcher.getByRole('button', { name: '开工' }).click()
  await dispatcher.locator('.st', { hasText: '推进中' }).first().waitFor()
  for (let n = 0; n < 2; n++) await act(dispatcher, '到账', async (dialog) => {
    await dialog.getByLabel('金额（元）').fill('60000')
    await dialog.getByLabel('做了什么').fill('已到账户')
  })
  await act(dispatcher, '记支出', async (dialog) => {
    await dialog.getByText('账上还有 ¥120,000').waitFor()
    await dialog.getByLabel('金额（元）').fill('118000')
    await dialog.getByLabel('做了什么').fill('设备与施工')
  })
  for (const word of ['前六个通了电', '后六个通了电']) await act(dispatcher, '完成了', async (dialog) => dialog.getByLabel('做了什么').fill(word))
  await shot(dispatcher, 'project-eleven')
  await dispatcher.getByRole('button', { name: '交付验收' }).click()
  await dispatcher.getByText('11 人未答').waitFor()

  /* All are asked; ten say yes, the last no. */
  for (const [n, one] of made.slice(0, 10).entries()) {
    const said = await api(reporter).post(`${district.url}/api/v1/track/${one.code}/project-answer`, { data: { answer: 'yes', said: `第 ${n + 1} 个好用` }, headers: { ...origin(), 'x-case-secret': one.secret } })
    assert.equal(said.status(), 200, await said.text())
  }
  await reporter.open(`/c/${made[10].code}#${made[10].secret}`)
  await reporter.getByRole('heading', { name: /十二个小区充电桩/ }).waitFor()
  await reporter.locator('.opts label', { hasText: '不满意' }).first().click()
  await reporter.getByRole('button', { name: '告诉他们' }).click()
  await reporter.getByText('您答的是：不满意').waitFor()

  await secretary.open(path)
  await secretary.getByText('10 人满意，1 人不满意，0 人未答').waitFor()
  await shot(secretary, 'project-eleven-judge')
  await act(secretary, '验收通过', async (dialog) => {
    await dialog.getByText('列入的 11 件事项会一并办结。 列入的 1 项需求一并记为已满足。').waitFor()
    await dialog.getByLabel('验收意见').fill('十二个小区都通了电')
    await dialog.getByLabel('有人不满意').fill('差的一处下周补')
  })
  await secretary.locator('.st', { hasText: '已验收' }).first().waitFor()
  assert.equal(await secretary.locator('.pj-list .st', { hasText: '已解决' }).count(), 11)
  await secretary.locator('.pj-list li', { hasText: '十二个小区的充电桩' }).locator('.st', { hasText: '已满足' }).waitFor()
  await shot(secretary, 'project-eleven-accepted')
  for (const one of [made[0], made[10]]) {
    await reporter.open(`/c/${one.code}#${one.secret}`)
    await reporter.getByText('十二个小区都通了电').first().waitFor()
  }
  for (const one of made) {
    const track = await api(reporter).get(`${district.url}/api/v1/track/${one.code}`, { headers: { 'x-case-secret': one.secret } })
    const words = await track.text()
    assert.ok(words.includes('十二个小区都通了电') && (await track.json()).state === 'closed', `${one.code}: ${words}`)
  }
  assert.deepEqual(faultsOf(dispatcher, secretary, reporter), [])
})

/** Two organisations that promised money in an agreement in force: their names, the pledges' titles, the agreement's. */
async function twoPledges() {
  const admin = await district.user({ role: 'system_admin' }), done = (answer) => (assert.ok(answer.status < 300, answer.text), answer.body)
  const orgs = done(await admin.get('/orgs', { query: { limit: 200 } })).items.filter((one) => ['bank', 'school', 'hospital', 'resident_unit', 'mall', 'company', 'new_economy_org'].includes(one.kind)).slice(0, 2)
  assert.equal(orgs.length, 2)
  const heads = []
  for (const [n, one] of orgs.entries()) heads.push(await district.user({ role: 'org_head', unit: one.id, sign: `giver_${n}` }))
  const title = '充电桩共建', now = Date.now()
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
