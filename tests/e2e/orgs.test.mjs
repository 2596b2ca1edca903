/* Organisations in a browser: a new one with the fields of its kind, found by initials, dragged in the tree and moved by keys, merged after a look at
 * what it changes for whom. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, sideways, startDistrict } from './support/browser.mjs'

let district, page
before(async () => {
  district = await startDistrict({ cases: 120 })
  page = await district.person({ role: 'system_admin', view: DESKTOP })
})
after(() => district?.end())

const api = async (path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
const make = async (body) => {
  const answer = await page.context().request.post(`${district.url}/api/v1/orgs`, { data: body, headers: { origin: district.url } })
  assert.equal(answer.status(), 201, await answer.text())
  return answer.json()
}
const box = () => page.getByRole('dialog')
const node = (name) => page.getByRole('treeitem').filter({ hasText: name }).first()
const choose = async (label, text) => {
  await box().getByLabel(label, { exact: true }).fill(text)
  await page.getByRole('option').filter({ hasText: text }).first().click()
}

test('a new one holds the fields of its kind; what is wrong is said at its field', async () => {
  await page.open('/desk/orgs')
  await page.getByRole('button', { name: '新组织' }).click()
  await box().getByLabel('名称').fill('安宁物业')
  await box().getByLabel('类型').selectOption({ label: '物业公司' })
  await box().getByLabel('统一社会信用代码').fill('91350100M000100Y44')
  await box().getByLabel('从业人数').fill('很多')
  await box().getByRole('button', { name: '保存' }).click()
  await box().getByText('值的类型不对').waitFor()
  await box().getByLabel('从业人数').fill('48')
  await box().getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 1, name: '安宁物业' }).waitFor()
  await page.getByText('校验位对不上').waitFor()
  await page.locator('.kv').getByText('48').waitFor()
  await page.getByRole('region', { name: '联系人' }).getByRole('button', { name: '添加' }).click()
  await box().getByLabel('名称').fill('赵经理')
  await box().getByLabel('电话').fill('13712345678')
  await box().getByRole('button', { name: '保存' }).click()
  await page.getByText('赵经理').waitFor()
  assert.equal(await page.getByText('13712345678').count(), 0)
  await page.getByRole('button', { name: '看号码' }).click()
  await box().getByLabel('为什么要看').fill('报修')
  await box().getByRole('button', { name: '看号码' }).click()
  await page.getByText('13712345678').waitFor()
  assert.deepEqual(page.faults, [])
})

test('dragged onto another it moves after a yes; the page moves it by keys', async () => {
  const top = await make({ kind: 'department', name: '拖放总局' })
  const low = await make({ kind: 'department', name: '拖放小队' })
  await page.open('/desk/orgs')
  await page.getByLabel('按名称、拼音首字母或代码找').fill('tf')
  await node('拖放小队').dragTo(node('拖放总局'))
  await box().getByText('没有人的权限和所见有变化').waitFor()
  await box().getByRole('button', { name: '确认移动' }).click()
  await box().waitFor({ state: 'detached' })
  assert.equal((await api(`/orgs/${low.id}`)).parent_id, top.id)
  await page.open(`/desk/orgs/${low.id}`)
  await page.getByRole('button', { name: '更多', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '移动' }).press('Enter')
  await choose('上级', '没有上级')
  await box().getByText('没有人的权限和所见有变化').waitFor()
  await box().getByRole('button', { name: '确认移动' }).press('Enter')
  await box().waitFor({ state: 'detached' })
  assert.equal((await api(`/orgs/${low.id}`)).parent_id, null)
  assert.deepEqual(page.faults, [])
})

test('merging tells first what goes over and who will see it', async () => {
  const { items } = await api('/orgs?kind=department')
  const rows = await Promise.all(items.map(async (one) => ({ ...one, holds: (await api(`/orgs/${one.id}/holds`)).items.find((h) => h.what === 'cases').count })))
  const [from, into] = rows.filter((one) => !one.name.startsWith('拖放')).sort((a, b) => b.holds - a.holds)
  assert.ok(from.holds > 0)
  await page.open(`/desk/orgs/${from.id}`)
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name: '合并' }).click()
  await choose('并入', into.name)
  await box().locator('.plan-goes').getByText('未办结事项').waitFor()
  await box().locator('.plan-people').getByText('不再看到转过去的事项').first().waitFor()
  await box().getByLabel('原因').fill('职责划转')
  await box().getByRole('button', { name: '确认合并' }).click()
  await page.getByRole('heading', { level: 1, name: into.name }).waitFor()
  await page.getByRole('region', { name: '变更记录' }).getByText('接收并入').waitFor()
  assert.equal((await api(`/orgs/${from.id}`)).merged_into.id, into.id)
  await page.open(`/desk/orgs/${from.id}`)
  await page.getByText('已并入').waitFor()
  assert.deepEqual(page.faults, [])
})

test('a template makes the three levels of a community, and again only what is missing', async () => {
  await page.open('/desk/orgs')
  await page.getByRole('button', { name: '按模板建党组织' }).click()
  await choose('社区', '梧桐里社区')
  await box().getByText('梧桐里社区党总支').first().waitFor()
  const button = box().getByRole('button', { name: /^建立 \d+ 个$/ })
  const n = Number(/\d+/.exec(await button.textContent())[0])
  assert.ok(n >= 3, String(n))
  await button.click()
  await page.getByText(`新建了 ${n} 个组织`).waitFor()
  await page.getByRole('button', { name: '按模板建党组织' }).click()
  await choose('社区', '梧桐里社区')
  await box().getByRole('button', { name: '都已经有了' }).waitFor()
  assert.equal(await box().getByText('新建', { exact: true }).count(), 0)
  assert.deepEqual(page.faults, [])
})

test('its page fits a phone', async () => {
  const { items } = await api('/orgs?kind=residents_committee')
  const phone = await district.person({ role: 'system_admin', view: PHONE })
  for (const path of ['/desk/orgs', `/desk/orgs/${items[0].id}`]) {
    await phone.open(path)
    assert.equal(await sideways(phone), 0, path)
  }
  assert.deepEqual(phone.faults, [])
})
