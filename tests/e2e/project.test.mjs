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

/** The place of some case that this person sees. */
async function placeOf(page) {
  const { items } = await get(page, '/cases?limit=20')
  for (const row of items) {
    const one = await get(page, `/cases/${row.id}`)
    if (one.at) return { lon: one.at.lon, lat: one.at.lat }
  }
  throw new Error('no case with a place')
}
