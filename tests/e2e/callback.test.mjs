/* After closing, in the browser: the dispatcher calls reporters back one after the other, a handler appeals against a score and the district
 * decides, a resident appeals against a rejection on the phone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, sideways, startDistrict } from './support/browser.mjs'

let district
before(async () => (district = await startDistrict({ cases: 400 })))
after(() => district?.end())

const api = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
const post = async (page, path, data, headers = {}) => {
  const answer = await page.context().request.post(`${district.url}/api/v1${path}`, { data, headers: { origin: district.url, ...headers } })
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

/** A report from the secretary's community by somebody without an account; with its secret, and the id the secretary knows it by. */
async function reported(secretary, text) {
  const { units } = await api(secretary, '/session')
  const { at } = await api(secretary, `/areas/${units[0].id}`)
  const one = await post(await district.person(), '/cases', { text, at: { lon: at.lon, lat: at.lat } })
  return { ...one, id: (await api(secretary, `/cases?text=${one.code}`)).items[0].id }
}
const step = async (page, id, action, data) =>
  post(page, `/cases/${id}/${action}`, data, { 'If-Match': `"${(await api(page, `/cases/${id}`)).version}"` })

test('call-backs come one at a time, with the telephone on purpose and the same questions', async () => {
  const page = await district.person({ role: 'street_dispatcher' })
  await page.open('/desk/call-backs')
  const sum = Number(/\d+/.exec(await page.locator('.page-h').innerText())?.[0])
  assert.ok(sum >= 2, String(sum))
  const first = await page.locator('.what').innerText()
  assert.match(await page.locator('.calls .who').innerText(), /\*\*\*\*/)
  await page.getByRole('button', { name: '看号码' }).click()
  await page.locator('.calls .who a[href^="tel:1380000"]').waitFor()

  await page.getByRole('button', { name: '记下，下一件' }).click()
  await page.getByText('请选一项').waitFor()
  await page.getByRole('group', { name: '问题解决了吗' }).getByRole('button', { name: '解决了', exact: true }).click()
  await page.getByRole('group', { name: '承办单位在时限内联系过您吗' }).getByRole('button', { name: '联系过', exact: true }).click()
  await page.getByRole('group', { name: '满意吗' }).getByRole('button', { name: '很满意', exact: true }).click()
  await page.getByRole('button', { name: '记下，下一件' }).click()
  await page.waitForFunction((was) => document.querySelector('.what')?.textContent !== was, first)

  const link = await page.getByRole('link', { name: '看整件事' }).getAttribute('href')
  await page.getByRole('group', { name: '问题解决了吗' }).getByRole('button', { name: '没有解决' }).click()
  await page.getByLabel('还说了什么').fill('灯还是不亮。')
  await page.getByRole('button', { name: '记下，下一件' }).click()
  await page.getByText('上报人说没有解决').waitFor()
  await page.open(link)
  assert.match(await page.locator('.side').innerText(), /已答复[\s\S]*没有解决[\s\S]*灯还是不亮。/)
  assert.deepEqual(page.faults, [])
})

test('a handler appeals against a score, the level above decides', async () => {
  const handler = await district.person({ role: 'department_handler' })
  const secretary = await district.person({ role: 'community_secretary' })
  const dispatcher = await district.person({ role: 'street_dispatcher' })
  const org = (await api(handler, '/session')).units[0].id
  const { id } = await reported(secretary, '公告栏的玻璃碎了')
  await step(secretary, id, 'accept', {})
  await step(dispatcher, id, 'dispatch', { org })
  await step(handler, id, 'sign')
  await step(handler, id, 'handled', { result: '先用木板挡住了。' })
  const one = await step(secretary, id, 'pass', { outcome: 'partly' })
  await handler.open(`/desk/cases/${one.id}`)
  await handler.locator('.do').getByRole('button', { name: '申诉评价' }).click()
  await handler.getByRole('group', { name: '因为' }).getByRole('button', { name: '超出职权' }).click()
  await handler.locator('.act-form').getByLabel('理由').fill('须由产权单位改造，已发函告知。')
  await handler.locator('.act-form button[type=submit]').click()
  await handler.locator('.side').getByText('待裁定').waitFor()

  const leader = await district.person({ role: 'district_leader' })
  await leader.open('/desk')
  await leader.getByRole('link', { name: one.title }).first().waitFor()
  await leader.open(`/desk/cases/${one.id}`)
  await leader.getByText('承办单位申诉：超出职权').waitFor()
  await leader.locator('.do').getByRole('button', { name: '申诉成立' }).first().click()
  await leader.locator('.act-form button[type=submit]').click()
  await leader.locator('.side').getByText('成立，不计入评价').waitFor()
  assert.deepEqual([...handler.faults, ...leader.faults], [])
})

test('a resident appeals once against a rejection', async () => {
  const resident = await district.person({ view: PHONE })
  const secretary = await district.person({ role: 'community_secretary' })
  const one = await reported(secretary, '小区门口的石墩子挡住了轮椅')
  await step(secretary, one.id, 'reject', { reason: '不归社区管' })

  await resident.open(`/c/${one.code}#${one.secret}`)
  await resident.getByRole('button', { name: '对不予受理申诉' }).click()
  await resident.getByLabel('为什么应该受理').fill('石墩在公共通道上。')
  await resident.getByRole('button', { name: '提出申诉' }).click()
  await resident.getByText('待受理').first().waitFor()
  assert.equal(await resident.getByRole('button', { name: '对不予受理申诉' }).count(), 0)
  assert.equal(await sideways(resident), 0)
  assert.deepEqual(resident.faults, [])
})
