/* The city view in the browser: empty, then its districts side by side, in any order, for other days, as a sheet; in every mode, on a phone; and what
 * a district is told in its settings. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { rowsOf } from '../api/support/database.mjs'
import { until } from '../api/support/server.mjs'
import { PHONE, sideways, startDistrict } from './support/browser.mjs'
import { inEveryMode } from './support/modes.mjs'

const password = 'Correct horse 47 battery'
let district, city
const must = (...words) => district.must(...words, { input: `${password}\n` })

before(async () => {
  district = await startDistrict({ cases: 120 })
  await must('demo', '--cases', '90', '--seed', '5', '--host', 'two.example.org', '--code', 'two')
  await must('tenant', 'create', '--host', 'localhost', '--name', '某某市', '--code', 'city')
  await must('user', 'add', '--tenant', 'city', '--name', '王市长', '--sign-in-name', 'wang', '--role', 'city_leader', '--password-stdin')
  city = district.url.replace('127.0.0.1', 'localhost')
  await until(() => rowsOf(district.dir, 'SELECT COUNT(*) AS n FROM insight_tree WHERE parent_id = 0')[0].n >= 2, 30_000)
})
after(() => district?.end())

/** The city's leader before the city's own address. */
async function leader(view) {
  const page = await district.person({ view })
  await until(async () => (await page.context().request.post(`${city}/api/v1/session`, { data: { name: 'wang', password }, headers: { origin: city } })).ok(), 5000)
  await page.goto(`${city}/desk/city`)
  await page.settled()
  return page
}
const names = (page) => page.locator('.in-wide tbody th').allTextContents()
const column = async (page, n) => (await page.locator(`.in-wide tbody td:nth-child(${n})`).allInnerTexts()).map((text) => Number(text.split('\n')[0].replace(/[%,]/g, '')))

test('the city\'s leader sees districts side by side, and nothing behind them', async () => {
  const page = await leader()
  await page.getByText('还没有归属的区').waitFor()
  assert.deepEqual(await inEveryMode(page), [])
  for (const which of ['demo', 'two']) await must('tenant', 'city', 'add', '--tenant', 'city', which)
  await page.locator('.in-wide tbody tr').nth(1).waitFor()   // by itself, at the next look
  await page.settled()
  assert.equal((await names(page)).length, 2)
  assert.equal(await page.locator('.in-wide a, .in-figs a').count(), 0, 'no number can be opened')
  assert.ok(await page.getByText(/读于 .*逾期截至/).isVisible())

  for (const n of [2, 6]) {
    await page.locator(`.in-wide thead th:nth-child(${n}) button`).click()
    const seen = await column(page, n)
    assert.deepEqual(seen, [...seen].sort((a, b) => b - a), `column ${n} from the greatest down`)
    assert.equal(await page.locator(`.in-wide thead th:nth-child(${n})`).getAttribute('aria-sort'), 'descending')
  }
  const sum = (await column(page, 2)).reduce((a, b) => a + b)
  assert.equal(Number((await page.locator('.in-wide tfoot td').first().innerText()).split('\n')[0]), sum)

  await page.getByRole('radio', { name: '今年' }).or(page.getByRole('button', { name: '今年' })).first().click()
  await page.settled()
  await page.waitForURL(/period=year/)
  assert.ok((await column(page, 2)).reduce((a, b) => a + b) >= sum)
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出表格' }).click()])
  assert.match(readFileSync(await sheet.path(), 'utf8'), /^\uFEFF"?城区/)
  assert.deepEqual(await inEveryMode(page), [])
  assert.deepEqual(page.faults, [])
})

test('on a phone the table alone moves sideways, its names in sight', async () => {
  const page = await leader(PHONE)
  await page.locator('.in-wide tbody tr').nth(1).waitFor()
  assert.equal(await sideways(page) > 0, false)
  await page.locator('.in-wide').evaluate((box) => box.scrollTo(400, 0))
  const name = await page.locator('.in-wide tbody th').first().boundingBox(), box = await page.locator('.in-wide').boundingBox()
  assert.ok(Math.abs(name.x - box.x) < 2)
  assert.deepEqual(page.faults, [])
})

test('a district is told in its settings, and has no city of its own to look at', async () => {
  const page = await district.person({ role: 'system_admin' })
  await page.open('/desk/settings')
  await page.getByText(/归属某某市/).waitFor()
  assert.equal(await page.locator('nav a[href="/desk/city"]').count(), 0)
})
