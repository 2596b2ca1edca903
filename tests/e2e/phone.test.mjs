/* A telephone verified, as people meet it: an administrator sets the gateway and tries it out; a resident on a phone has a code sent, types it wrong, then
 * right, and staff see that it is verified; a gateway that is down stands in nobody's way. Against a gateway of the test's own. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { AxeBuilder, PHONE, sideways, startDistrict } from './support/browser.mjs'

let district, gateway, heard, good
before(async () => {
  heard = []
  good = true
  gateway = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    heard.push(JSON.parse(body))
    response.writeHead(good ? 200 : 500).end('{"code":0}')
  })
  await new Promise((done) => gateway.listen(0, '127.0.0.1', done))
  district = await startDistrict({ cases: 120 })
})
after(async () => {
  await district?.end()
  await new Promise((done) => gateway.close(done))
})
const api = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
const codeOf = (message) => /\d{6}/.exec(message.text)[0]
const axe = async (page) => (await new AxeBuilder({ page }).analyze()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`)

/** The report's form with a place and words; the telephone is the test's. */
async function form(page, secretary) {
  const { units } = await api(secretary, '/session')
  const { at } = await api(secretary, `/areas/${units[0].id}`)
  await page.addInitScript((point) => localStorage.setItem('linli.draft.portal-report', JSON.stringify({ at: Date.now(), value: { text: '楼道灯不亮', address: '3 号楼', point } })), { lon: at.lon, lat: at.lat })
  await page.open('/report')
}

test('an administrator sets the gateway and tries it out', async () => {
  const page = await district.person({ role: 'system_admin' })
  await page.context().request.put(`${district.url}/api/v1/settings/deliver.private_targets`, { data: { value: true }, headers: { origin: district.url } })
  await page.open('/desk/systems?tab=phone')
  await page.getByLabel('网关地址').fill(`http://127.0.0.1:${gateway.address().port}/send?key=abc`)
  await page.getByRole('textbox', { name: '密钥' }).fill('hunter2-hunter2')
  await page.getByRole('textbox', { name: '内容模板' }).fill('{"to":"{phone}","key":"{secret}"}')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('内容里要有 {phone} 和 {code}').waitFor()
  await page.getByRole('textbox', { name: '内容模板' }).fill('{"to":"{phone}","key":"{secret}","text":"验证码{code}"}')
  await page.getByLabel('成功的应答里有').fill('"code":0')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('textbox', { name: '手机号' }).fill('138 0000 0001')
  good = false
  await page.getByRole('button', { name: '试发' }).click()
  await page.getByText('没有发出：对方报错 (500)').waitFor()
  good = true
  await page.getByRole('button', { name: '试发' }).click()
  await page.getByText('已交给网关').waitFor()
  assert.deepEqual([heard.at(-1).to, heard.at(-1).key], ['13800000001', 'hunter2-hunter2'])
  await page.getByText(`现在是 http://127.0.0.1:${gateway.address().port}/…`).waitFor()
  assert.deepEqual(await axe(page), [])
  if (process.env.LINLI_SHOTS) await page.screenshot({ path: `${process.env.LINLI_SHOTS}/gateway.png`, fullPage: true })
  assert.deepEqual(page.faults, [])
})

test('on a phone: a code comes, is typed wrong, then right; the case says verified', async () => {
  const secretary = await district.person({ role: 'community_secretary' })
  const page = await district.person({ view: PHONE, prefs: { mode: 'elder', elder: true } })
  await form(page, secretary)
  await page.getByLabel('手机号').fill('138 0000 0002')
  await page.getByRole('button', { name: '给我发验证码' }).click()
  await page.getByText('验证码已发到 138 **** **02').waitFor()
  const digits = page.getByLabel('6 位验证码')
  assert.deepEqual([await digits.getAttribute('autocomplete'), await digits.getAttribute('inputmode')], ['one-time-code', 'numeric'])
  assert.equal(await digits.evaluate((box) => box === document.activeElement), true, 'the field waits for the code')
  assert.equal(await page.getByRole('button', { name: /秒后可以再发/ }).isDisabled(), true)
  const right = codeOf(heard.at(-1))
  await digits.fill(right === '000000' ? '111111' : '000000')
  await page.getByText('验证码不对或已过期').waitFor()
  if (process.env.LINLI_SHOTS) await page.screenshot({ path: `${process.env.LINLI_SHOTS}/code.png`, fullPage: true })
  assert.equal(await sideways(page), 0)
  assert.deepEqual(await axe(page), [])
  await digits.fill(right)
  await page.getByText('手机号已验证').waitFor()
  await page.getByLabel('手机号').fill('138 0000 0003')
  await page.getByRole('button', { name: '给我发验证码' }).waitFor()
  await page.getByRole('button', { name: '给我发验证码' }).click()
  await page.getByText('验证码已发到 138 **** **03').waitFor()
  await page.getByLabel('6 位验证码').fill(codeOf(heard.at(-1)))
  await page.getByText('手机号已验证').waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await page.waitForURL(/\/c\/|\/case/)
  const [one] = (await api(secretary, '/cases?text=%E6%A5%BC%E9%81%93%E7%81%AF%E4%B8%8D%E4%BA%AE')).items
  await secretary.open(`/desk/cases/${one.id}`)
  await secretary.getByText('手机号已验证').waitFor()
  if (process.env.LINLI_SHOTS) await secretary.screenshot({ path: `${process.env.LINLI_SHOTS}/case.png`, fullPage: true })
  assert.deepEqual([...page.faults, ...secretary.faults], [])
})

test('a gateway that is down: it is said, and the report goes on', async () => {
  const page = await district.person({ view: PHONE })
  await form(page, await district.person({ role: 'community_secretary' }))
  good = false
  await page.getByLabel('手机号').fill('13800000004')
  await page.getByRole('button', { name: '给我发验证码' }).click()
  await page.getByText('不验证也可以提交，您写的都在').waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await page.waitForURL(/\/c\/|\/case/)
  good = true
  assert.deepEqual(page.faults, [])
})

test('where it is demanded, a number without a code is asked for one, and nothing typed is lost', async () => {
  const admin = await district.person({ role: 'system_admin' })
  await admin.context().request.put(`${district.url}/api/v1/settings/phone.demanded`, { data: { value: true }, headers: { origin: district.url } })
  const page = await district.person({ view: PHONE })
  await form(page, await district.person({ role: 'community_secretary' }))
  await page.getByLabel('手机号').fill('13800000005')
  await page.getByText('本区要求验证手机号').waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('请用验证码验证这个手机号，或者不留手机号').waitFor()
  assert.equal(await page.getByRole('textbox', { name: '说说怎么回事' }).inputValue(), '楼道灯不亮')
  await page.getByRole('button', { name: '给我发验证码' }).click()
  await page.getByText('验证码已发到').waitFor()
  await page.getByLabel('6 位验证码').fill(codeOf(heard.at(-1)))
  await page.getByText('手机号已验证').waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await page.waitForURL(/\/c\/|\/case/)
  assert.deepEqual(page.faults, [])
})
