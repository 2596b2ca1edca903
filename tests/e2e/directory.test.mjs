/* The directory in a browser: by initials, by where one stands, and filled in by those who look after it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, startDistrict } from './support/browser.mjs'

let district, place
before(async () => {
  district = await startDistrict({ cases: 20 })
  const page = await district.person()
  const ask = async (path) => (await page.context().request.get(`${district.url}/api/v1/public/directory${path}`)).json()
  const [station] = (await ask('/find?q=wtlsqdqfwz')).items
  place = { id: station.id, name: station.name, at: station.at }
})
after(() => district?.end())
const shots = process.env.SHOTS
const shot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }) : null)

test('a resident finds by initials, opens the page and could call', async () => {
  const page = await district.person({ view: PHONE })
  await page.open('/')
  await page.getByRole('link', { name: '找谁办' }).click()
  await page.getByRole('heading', { name: '从街道找起' }).waitFor()
  await shot(page, 'phone-directory')
  await page.getByRole('searchbox').fill('wtl')
  const hit = page.getByRole('link', { name: place.name }).first()
  await hit.waitFor()
  await shot(page, 'phone-found')
  await hit.click()
  await page.getByRole('heading', { level: 1, name: place.name }).waitFor()
  await page.settled()
  await shot(page, 'phone-entry')
  assert.match(await page.getByRole('link', { name: /^拨打/ }).getAttribute('href'), /^tel:\d+$/)
  await page.goBack()
  await page.waitForFunction(() => document.querySelector('input[type=search]')?.value === 'wtl')   // back keeps what was sought
  await page.getByRole('searchbox').fill('没有这样的名字')
  await page.getByText('没有找到').waitFor()
  assert.deepEqual(page.faults, [])
})

test('whoever stands somewhere sees who is responsible, and the position is in no address', async () => {
  const page = await district.person({ view: PHONE })
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation({ longitude: place.at.lon, latitude: place.at.lat })
  const asked = []
  page.on('request', (one) => asked.push(one.url()))
  await page.open('/directory')
  await page.getByRole('button', { name: '我在哪，归谁管' }).click()
  await page.getByRole('heading', { name: '您这里归' }).waitFor()
  await page.settled()
  await shot(page, 'phone-here')
  assert.ok(await page.locator('.dir-here').getByText('网格员').first().isVisible())
  assert.ok(await page.getByRole('heading', { name: '附近可以去的地方' }).isVisible())
  assert.ok(asked.every((url) => !url.includes(String(place.at.lon).slice(0, 7))), asked.join('\n'))
  await page.context().setGeolocation({ longitude: 100, latitude: 30 })
  await page.getByRole('button', { name: '我在哪，归谁管' }).click()
  await page.getByText('这个位置不在本区范围内').waitFor()
  assert.deepEqual(page.faults, [])
})

test('the desk says what is missing, fills it in, and residents see it at once', async () => {
  const page = await district.person({ role: 'system_admin', view: DESKTOP })
  await page.open('/desk/directory?missing=phone&kind=street')
  await shot(page, 'desk-directory')
  const row = page.locator('tbody tr').first()
  const name = await row.locator('b').first().textContent()
  await row.getByRole('button').click()
  const form = page.getByRole('dialog')
  await form.getByLabel('电话').fill('0000-7654321')
  await form.getByLabel('开放时间').fill('每天 9:00—18:00')
  await shot(page, 'desk-card')
  await form.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'detached' })
  await page.waitForFunction((gone) => ![...document.querySelectorAll('tbody b')].some((one) => one.textContent === gone), name)
  const resident = await district.person()
  await resident.open('/directory')
  await resident.getByRole('link', { name }).first().click()
  await resident.getByRole('link', { name: '拨打 0000-7654321' }).waitFor()
  await resident.settled()
  await shot(resident, 'desktop-entry')
  assert.deepEqual([...page.faults, ...resident.faults], [])
})
