/* Alliances in a browser: found one, bring members from a sheet, another leads, one leaves; the network by keys and as a table; the public page. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, startDistrict } from './support/browser.mjs'

let district, page
before(async () => {
  district = await startDistrict({ cases: 400 })
  page = await district.person({ role: 'street_dispatcher', view: DESKTOP })
})
after(() => district?.end())

const sheet = (text) => ({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${text}`) })
const box = () => page.getByRole('dialog')
const row = (name) => page.getByRole('row').filter({ hasText: name })
const settled = (to) => to.waitForFunction(() => document.querySelector('canvas') && !document.querySelector('canvas[aria-busy]'))

test('found an alliance, take members from a sheet, let another lead, let one leave', async () => {
  await page.open('/desk/alliances')
  await page.getByRole('button', { name: '组建联盟' }).click()
  await box().getByLabel('名称').fill('银杏商圈党委')
  await box().getByLabel('类型').selectOption({ label: '商圈党委' })
  await box().getByLabel('区域', { exact: true }).fill('银杏街道')
  await page.getByRole('listbox').getByRole('option', { name: '银杏街道' }).first().click()
  await box().getByLabel('牵头单位').fill('银杏街道办')
  await page.getByRole('option', { name: '银杏街道办事处' }).click()
  await box().getByLabel('成立日期').fill('2026-01-05')
  await box().getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 1, name: '银杏商圈党委' }).waitFor()

  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name: '从表格加' }).click()
  await box().getByLabel('选文件').setInputFiles(sheet('单位,角色,加入日期\n众邻物业,成员,2026-02-01\n没有这家,,\n'))
  await page.getByText('1 行有问题').waitFor()
  assert.equal(await page.getByRole('button', { name: /^加入 \d+ 家$/ }).count(), 0)
  await box().getByLabel('选文件').setInputFiles(sheet('单位,角色,加入日期\n众邻物业,副牵头,2026-02-01\n清河志愿服务队,,2026-02-01\n'))
  await page.getByRole('button', { name: '加入 2 家' }).click()
  await row('众邻物业').waitFor()

  await row('众邻物业').getByRole('button').click()
  await page.getByRole('menuitem', { name: '改角色' }).click()
  await box().getByLabel('角色').selectOption({ label: '牵头' })
  await box().getByRole('button', { name: '保存' }).click()
  await page.getByText('牵头单位：众邻物业').waitFor()

  await row('清河志愿服务队').getByRole('button').click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await box().getByLabel('原因').fill('队伍并入街道')
  await box().getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: /^曾经的成员/ }).click()
  await page.getByText('退出：队伍并入街道').waitFor()
  assert.deepEqual(page.faults, [])
})

test('the network is walked by keys, and the table has the same numbers', async () => {
  /* Whoever sees the whole district may open every case behind a figure. */
  const page = await district.person({ role: 'district_leader', view: DESKTOP })
  await page.open('/desk/network')
  await settled(page)
  await page.locator('canvas').focus()
  await page.keyboard.press('ArrowRight')
  const name = await page.locator('main h2').first().innerText()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('heading', { name: `${name} 的事项` }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '表', exact: true }).click()
  const cells = await page.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
  const n = await (await page.context().request.get(`${district.url}/api/v1/network`)).json()
  const edge = n.edges.find((e) => n.nodes[e.a].name === cells[0] && n.nodes[e.b].name === cells[1])
  assert.deepEqual(cells.slice(2, 6).map(Number), [edge.cases, edge.calls, edge.answered, edge.alliances])
  await page.getByRole('row').nth(1).getByRole('button').click()
  await page.getByRole('dialog').getByRole('link').first().waitFor()
  assert.deepEqual(page.faults, [])
})

test('the complex of seventeen: who is in, what was done together, and what residents see of it', async () => {
  const found = await (await page.context().request.get(`${district.url}/api/v1/alliances?kind=complex`)).json()
  const one = found.items.find((item) => item.members === 17)
  await page.open(`/desk/alliances/${one.id}`)
  await page.getByRole('button', { name: '成员 17' }).waitFor()
  await page.getByRole('button', { name: '曾经的成员 1' }).waitFor()
  const kinds = new Set(await page.getByRole('table', { name: '成员名录' }).locator('tbody tr td:nth-child(2)').allInnerTexts())
  assert.ok(kinds.size >= 7, [...kinds].join())
  const resident = await district.person({ view: PHONE })
  await resident.open('/alliances')
  await resident.getByRole('link', { name: one.name }).click()
  await resident.getByRole('heading', { name: '章程' }).waitFor()
  const text = await resident.locator('main').innerText()
  assert.ok(text.includes('和光百货') && !/\d{6}-\d{4}/.test(text))
  assert.deepEqual(resident.faults, [])
})
