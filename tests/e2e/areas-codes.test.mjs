/* Codes and classes of areas in a browser: the next code for a new grid, a level numbered anew, one class shown. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, startDistrict } from './support/browser.mjs'

let district, page
before(async () => {
  district = await startDistrict({ cases: 20 })
  page = await district.person({ role: 'system_admin', view: DESKTOP })
})
after(() => district?.end())

const box = () => page.getByRole('dialog')
const areas = async () => (await (await page.context().request.get(`${district.url}/api/v1/areas/tree`)).json()).items

test('a new grid gets the next code and a class; the level is numbered and the class shown', async () => {
  const community = (await areas()).find((one) => one.name === '梧桐里社区')
  await page.open(`/desk/areas?area=${community.id}`)
  await page.getByRole('button', { name: '新区域' }).click()
  await box().getByLabel('名称').fill('第四网格')
  await box().getByRole('button', { name: '取下一个编码' }).click()
  await page.waitForFunction(() => /^\d{15}$/.test(document.querySelector('[role=dialog] input[inputmode=numeric]').value))
  await box().getByLabel('分类').selectOption({ label: '安置' })
  await box().getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: '第四网格' }).waitFor()
  const made = (await areas()).find((one) => one.name === '第四网格')
  assert.equal(made.class, 'resettled')
  assert.ok(made.code.startsWith(community.code))

  const first = (await areas()).find((one) => one.parent_id === community.id && one.name === '第一网格')
  const moved = await page.context().request.patch(`${district.url}/api/v1/areas/${first.id}`, { data: { code: `${community.code}090` }, headers: { origin: district.url, 'if-match': `"${first.version}"` } })
  assert.ok(moved.ok(), await moved.text())
  await page.open(`/desk/areas?area=${community.id}`)
  await page.getByRole('button', { name: '编排编码' }).click()
  await box().getByText('都已有编码').waitFor()
  await box().getByText('已有编码的也重新编').click()
  await box().getByRole('button', { name: /^写入 \d+ 个编码$/ }).click()
  await box().waitFor({ state: 'detached' })
  const after = (await areas()).filter((one) => one.parent_id === community.id && one.kind === 'grid')
  assert.equal(new Set(after.map((one) => one.code)).size, after.length)
  assert.equal(after.find((one) => one.name === '第一网格').code, `${community.code}001`)

  await page.getByLabel('按分类看').selectOption({ label: '安置' })
  await page.getByRole('treeitem', { name: '第四网格' }).waitFor()
  assert.equal(await page.getByRole('treeitem', { name: '第一网格' }).count(), 0)
  assert.deepEqual(page.faults, [])
})
