/* Needs and resources in a browser: a secretary asks, an organisation takes it on with what it has, does it, and she says how it was. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, startDistrict } from './support/browser.mjs'

let district
before(async () => (district = await startDistrict({ cases: 20 })))
after(() => district?.end())
const shots = process.env.SHOTS
const shot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }) : null)

test('asked, matched, taken on with a resource, done, confirmed, met', async () => {
  const secretary = await district.person({ role: 'community_secretary', view: DESKTOP })
  await secretary.open('/desk/exchange')
  await shot(secretary, 'needs')
  await secretary.getByRole('button', { name: '提需求' }).click()
  const form = secretary.getByRole('dialog')
  await form.getByLabel('内容').fill('给三十户独居老人送应急药箱')
  await form.getByLabel('类别').selectOption({ label: '物资 · 日用品' })
  await form.getByLabel('数量').fill('3')
  await form.getByLabel('单位', { exact: false }).first().fill('个')
  await form.getByLabel('惠及人数').fill('3')
  await shot(secretary, 'need-form')
  await form.getByRole('button', { name: '保存' }).click()
  await secretary.getByRole('heading', { level: 1, name: '给三十户独居老人送应急药箱' }).waitFor()
  await secretary.getByText('应急药箱', { exact: true }).first().waitFor()        // the hospital’s, by matching
  await secretary.settled()
  await shot(secretary, 'need')
  const need = new URL(secretary.url()).pathname

  const admin = await district.person({ role: 'street_dispatcher', view: PHONE })
  await admin.open(need)
  await admin.locator('.ex-list').getByRole('button', { name: '认领' }).first().click()
  const take = admin.getByRole('dialog')
  await take.getByLabel('用什么').locator('option').nth(1).waitFor({ state: 'attached' })
  assert.match(await take.getByLabel('用什么').locator('option:checked').textContent(), /应急药箱/)
  await take.getByLabel('最晚办好').fill('2030-01-01T12:00')
  await shot(admin, 'take-phone')
  await take.getByRole('button', { name: '认领' }).click()
  await take.waitFor({ state: 'detached' })
  await admin.getByRole('button', { name: '办好了' }).click()
  await admin.getByRole('dialog').getByLabel('做了什么').fill('三个药箱已经送到，逐户教了用法')
  await admin.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await admin.getByText('待确认').waitFor()
  assert.equal(await admin.getByRole('button', { name: '确认' }).count(), 0)       // who did it does not judge it
  await shot(admin, 'need-phone')

  await secretary.reload()
  await secretary.getByRole('button', { name: '确认' }).click()
  await secretary.getByRole('dialog').getByText('4', { exact: true }).click()
  await secretary.getByRole('dialog').getByLabel('评语').fill('老人都学会了')
  await secretary.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await secretary.getByText('4 分 · 老人都学会了').waitFor()
  await secretary.getByRole('button', { name: '已满足' }).click()
  await secretary.locator('.st', { hasText: '已满足' }).first().waitFor()
  assert.deepEqual([...secretary.faults, ...admin.faults].filter((fault) => !fault.includes('Applying inline style')), [])
})

test('a resource says what holds it and what it could serve; a case grows into a need', async () => {
  const page = await district.person({ role: 'community_secretary', view: DESKTOP })
  await page.open('/desk/exchange?show=resources')
  await shot(page, 'resources')
  await page.locator('tbody a').filter({ hasText: '志愿人手' }).click()
  await page.getByRole('heading', { level: 1, name: '志愿人手' }).waitFor()
  await page.settled()
  await page.getByText('楼道堆物清理需要人手').waitFor()
  await shot(page, 'resource')
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/cases?limit=1`)).json()
  await page.open(`/desk/cases/${items[0].id}`)
  await page.getByRole('button', { name: '提需求' }).click()
  const form = page.getByRole('dialog')
  assert.notEqual(await form.getByLabel('内容').inputValue(), '')
  await form.getByLabel('类别').selectOption({ label: '人员与技能 · 维修' })
  await form.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'detached' })
  await page.locator('.ex-list .st').first().waitFor()
  await shot(page, 'case-need')
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('Applying inline style')), [])
})

test('resources from a sheet: each row first, then those that are right', async () => {
  const page = await district.person({ role: 'street_dispatcher', view: DESKTOP })
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/resources?limit=200`)).json()
  const own = items.find((one) => one.may_manage).org_name
  const head = '单位,资源,类别,数量,计量单位,星期,开始时间,结束时间\r\n'
  await page.open('/desk/exchange?show=resources')
  await page.getByRole('link', { name: '从表格登记' }).click()
  await page.locator('input[type=file]').setInputFiles({ name: 'resources.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head}${own},表格里的会议室,会议室,1,间,周一至周五,9:00,17:30\r\n${own},没有数量,食品,,份,,,\r\n没有这家单位,被褥,日用品,20,床,,,\r\n`) })
  await page.getByText('3 行里有 2 行不对').waitFor()
  await page.getByText('数量：').waitFor()
  await page.getByText('单位：').waitFor()
  await shot(page, 'sheet')
  await page.getByRole('button', { name: '只登记没有问题的 1 项' }).click()
  await page.getByText('已登记 1 项；').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await shot(page, 'sheet-phone')
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  await page.locator('tbody a').filter({ hasText: '表格里的会议室' }).click()
  await page.getByRole('heading', { level: 1, name: '表格里的会议室' }).waitFor()
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('Applying inline style')), [])
})
