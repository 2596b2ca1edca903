/* Import of areas in a browser: a district out of the list of divisions, a structure from a workbook, borders with their report. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { xlsx } from '../api/support/xlsx.mjs'
import { DESKTOP, startDistrict } from './support/browser.mjs'

let district, page
before(async () => {
  district = await startDistrict({ cases: 20 })
  page = await district.person({ role: 'system_admin', view: DESKTOP })
})
after(() => district?.end())

const areas = async () => (await (await page.context().request.get(`${district.url}/api/v1/areas/tree`)).json()).items
const orgs = async () => (await (await page.context().request.get(`${district.url}/api/v1/orgs/tree`)).json()).items
const file = (name, body) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.isBuffer(body) ? body : Buffer.from(body) })

test('a structure from a workbook: faults first, then all of it at once', async () => {
  await page.open('/desk/import?tab=areas&from=sheet')
  const head = ['类型', '名称', '上级', '分类', '公开']
  const input = page.getByLabel('选择 CSV 或 Excel 文件')
  await input.setInputFiles(file('structure.xlsx', xlsx([head, ['社区', '新苑社区', '没有这条街', '', ''], ['党总支', '新苑社区党总支', '新苑社区', '', '是']])))
  await page.getByText('2 行里有 1 行不对').waitFor()
  await page.getByText('上级：').first().waitFor()
  assert.equal(await page.getByRole('button', { name: '导入', exact: true }).count(), 0)
  await page.locator('input[type=file]').setInputFiles(file('structure.xlsx', xlsx([head, ['社区', '新苑社区', '银杏街道', '新兴', ''], ['网格', '新苑第一网格', '新苑社区', '', ''], ['党总支', '新苑社区党总支', '新苑社区', '', '是']])))
  await page.getByText('将新增 3').waitFor()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('已写入 3 个').waitFor()
  const community = (await areas()).find((one) => one.name === '新苑社区')
  assert.equal(community.class, 'new')
  assert.equal((await areas()).find((one) => one.name === '新苑第一网格').parent_id, community.id)
  assert.equal((await orgs()).find((one) => one.name === '新苑社区党总支').area_id, community.id)
  assert.deepEqual(page.faults, [])
})

test('a district out of the list that comes with the program', async () => {
  await page.open('/desk/import?tab=areas&from=list')
  await page.getByLabel('区县').fill('上城区')
  await page.getByRole('option', { name: /上城区.*浙江省杭州市/ }).click()
  await page.getByText(/将新增 \d+，更改 1，不变 0/).waitFor()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText(/^新增 \d+，更改 1/).waitFor()
  const made = await areas()
  const street = made.find((one) => one.code === '330102001000')
  assert.equal(street.kind, 'street')
  assert.ok(made.some((one) => one.parent_id === street.id && one.code === '330102001051'))
  assert.equal(made.find((one) => !one.parent_id).code, '330102000000')
  assert.deepEqual(page.faults, [])
})

test('borders are reported on before anything changes', async () => {
  const square = (name, west, south) => ({ type: 'Feature', properties: { 名称: name, 面积: 1 }, geometry: { type: 'Polygon', coordinates: [[[west, south], [west + 0.01, south], [west + 0.01, south + 0.01], [west, south + 0.01], [west, south]]] } })
  await page.open('/desk/import?tab=areas')
  const input = page.locator('input[type=file]')
  await input.setInputFiles(file('torn.geojson', '{"type":"FeatureColl'))
  await page.getByText('读不懂这个文件').waitFor()
  await input.setInputFiles(file('b.geojson', JSON.stringify({ type: 'FeatureCollection', features: [square('甲图', 121, 30), square('乙图', 121.005, 30)] })))
  await page.getByText(/“(甲图|乙图)”与“(甲图|乙图)”重叠/).waitFor()
  await page.getByText('共 2 个：将新增 2').waitFor()
  await page.locator('.m-pin').first().waitFor()
  assert.ok(!(await areas()).some((one) => one.name === '甲图'))
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('共 2 个：新增 2').waitFor()
  assert.ok((await areas()).some((one) => one.name === '甲图'))
  assert.deepEqual(page.faults, [])
})
