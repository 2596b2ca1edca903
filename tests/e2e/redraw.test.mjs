/* Redrawing areas in a browser: a border dragged by its points and by keys, a split by a drawn line, a day ahead, the map as it was. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, sideways, startDistrict } from './support/browser.mjs'

let district, page, left, right
const get = async (path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
const m2 = async (id) => (await get(`/areas/${id}`)).m2
const corners = (feature) => new Set(feature.geometry.coordinates.flat(2).map(String))

/** Two communities of one street that share a stretch of border. */
async function neighbours() {
  const { features } = await get('/areas.geojson?kind=community')
  for (const a of features)
    for (const b of features) {
      const mine = corners(a)
      if (a !== b && a.properties.parent_id === b.properties.parent_id && [...corners(b)].filter((p) => mine.has(p)).length > 1) return [a.properties, b.properties]
    }
}
const choose = async (area) => {
  await page.getByRole('combobox', { name: '哪些区域' }).fill(area.name)
  await page.getByRole('option', { name: area.name }).first().click()
}

before(async () => {
  district = await startDistrict({ cases: 120 })
  page = await district.person({ role: 'system_admin' })
  ;[left, right] = await neighbours()
})
after(() => district?.end())

test('a border is dragged, taken back, looked at and moved; nothing is lost', async () => {
  const whole = (await m2(left.id)) + (await m2(right.id))
  const before_ = await m2(left.id)
  await page.open(`/desk/areas?area=${left.id}`)
  await page.getByRole('link', { name: '调整边界' }).click()
  await page.settled()
  await choose(right)
  await page.settled()
  const point = page.locator('.rd-point--mid').first()
  await point.waitFor()
  const count = await page.locator('.rd-point:not(.rd-point--mid)').count()
  const box = await point.boundingBox()
  await page.getByLabel('吸附到已有边界').uncheck()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 30, box.y + 26, { steps: 6 })
  await page.mouse.up()
  assert.equal(await page.locator('.rd-point:not(.rd-point--mid)').count(), count + 1)
  await page.getByRole('button', { name: '撤销' }).click()
  assert.equal(await page.locator('.rd-point:not(.rd-point--mid)').count(), count)
  await page.getByRole('button', { name: '重做' }).click()
  await page.getByRole('button', { name: '看看结果' }).click()
  await page.locator('.rd-report').waitFor()
  assert.match(await page.locator('.rd-report').innerText(), /㎡/)
  assert.ok((await page.locator('.rd-after').count()) >= 2, 'the map shows what would become of both')
  assert.equal(await m2(left.id), before_, 'nothing has changed yet')
  await page.getByRole('button', { name: '生效', exact: true }).click()
  await page.getByText('已生效').first().waitFor()
  assert.notEqual(await m2(left.id), before_)
  assert.ok(Math.abs((await m2(left.id)) + (await m2(right.id)) - whole) < whole * 1e-5)
  assert.deepEqual(page.faults, [])
})

test('a point is moved by arrow keys and removed by Delete, and coordinates can be typed', async () => {
  await page.open(`/desk/areas/redraw?area=${left.id}`)
  await choose(right)
  await page.settled()
  const points = page.locator('.rd-point:not(.rd-point--mid)')
  await points.first().waitFor()
  const count = await points.count()
  await page.locator('.rd-table summary').click()
  const typed = page.locator('.rd-table textarea')
  const present = await typed.inputValue()
  await points.first().focus()
  await page.keyboard.press('ArrowUp')
  assert.notEqual(await typed.inputValue(), present)
  await points.first().focus()
  await page.keyboard.press('Delete')
  assert.equal(await points.count(), count - 1)
  await typed.fill('120.1, x')
  await page.getByRole('button', { name: '用这些坐标' }).click()
  await page.getByText('第 1 行不是坐标').waitFor()
  await typed.fill(present)
  await page.getByRole('button', { name: '用这些坐标' }).click()
  assert.equal(await points.count(), count)
})

test('a community is split on a day ahead, which is withdrawn, and then at once', async () => {
  await page.open(`/desk/areas/redraw?area=${left.id}`)
  await page.getByRole('button', { name: '拆分' }).click()
  await page.settled()
  await page.getByLabel('吸附到已有边界').uncheck()
  const box = await page.locator('.m-area--on').first().boundingBox()
  await page.mouse.click(box.x - 14, box.y + box.height / 2)
  await page.mouse.click(box.x + box.width + 14, box.y + box.height / 2 + 4)
  await page.getByRole('button', { name: '看看结果' }).click()
  await page.locator('.rd-report').waitFor()
  for (const name of await page.getByLabel(/块的名称/).all()) await name.fill(`${left.name}新`)
  await page.getByRole('button', { name: '到那一天' }).click()
  const tomorrow = new Date(Date.now() + (24 + 8) * 3_600_000).toISOString().slice(0, 10)
  await page.getByLabel('生效日期（当天零时）').fill(tomorrow)
  await page.getByRole('button', { name: '到日子生效' }).click()
  await page.getByText('已记下，到日子生效').first().waitFor()
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByText('已撤回').first().waitFor()
  const { items } = await get('/areas/redraws')
  assert.equal(items[0].state, 'withdrawn')
  assert.ok(!(await get('/areas/tree')).items.some((one) => one.name === `${left.name}新`))

  await page.mouse.click(box.x - 14, box.y + box.height / 2)
  await page.mouse.click(box.x + box.width + 14, box.y + box.height / 2 + 4)
  await page.getByRole('button', { name: '看看结果' }).click()
  await page.locator('.rd-report').waitFor()
  for (const name of await page.getByLabel(/块的名称/).all()) await name.fill(`${left.name}新`)
  await page.getByRole('button', { name: '现在' }).click()
  await page.getByRole('button', { name: '生效', exact: true }).click()
  await page.getByText('已生效').first().waitFor()
  assert.ok((await get('/areas/tree')).items.some((one) => one.name === `${left.name}新`))
})

test('each version of a border is shown on the map of its day', async () => {
  await page.open(`/desk/areas/history?area=${left.id}`)
  const versions = page.locator('.rd-versions button')
  assert.ok((await versions.count()) >= 3)
  const outline = () => page.locator('.m-area--on').first().getAttribute('d')
  await page.locator('.m-area--on').first().waitFor()
  const present = await outline()
  await versions.last().click()
  await page.settled()
  assert.equal(await versions.last().getAttribute('aria-pressed'), 'true')
  assert.notEqual(await outline(), present)
})

test('on a phone nothing runs out of the page', async () => {
  const small = await district.person({ role: 'system_admin', view: PHONE })
  for (const path of [`/desk/areas/redraw?area=${right.id}`, `/desk/areas/history?area=${right.id}`]) {
    await small.open(path)
    assert.ok((await sideways(small)) <= 0, path)
    assert.deepEqual(small.faults, [])
  }
})
