/* Mail and calendar as people meet them: an address is given and confirmed, messages are chosen, a mail's link stops them; a feed is made, read and
 * taken back; an administrator sees at once why a server does not take a mail. Against a real mail server. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailbox } from '../api/support/mailbox.mjs'
import { PHONE, sideways, startDistrict } from './support/browser.mjs'

let district, box
before(async () => {
  box = await mailbox({ refuse: (address) => address.startsWith('nobody') })
  district = await startDistrict({ cases: 120 })
})
after(async () => {
  await district?.end()
  await box?.close()
})

test('an administrator sets the mail server and tries it out', async () => {
  const page = await district.person({ role: 'system_admin' })
  const site = await page.context().request.put(`${district.url}/api/v1/settings/site.url`, { data: { value: district.url }, headers: { origin: district.url } })
  assert.ok(site.ok())
  await page.open('/desk/systems?tab=mail')
  await page.getByLabel('服务器', { exact: true }).fill('mail.example.org')
  await page.getByLabel('端口').fill(String(box.port))
  await page.getByLabel('加密').selectOption({ label: '不加密（只限本机）' })
  await page.getByLabel('发件地址').fill('linli@example.org')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('不加密只能用于本机上的邮件服务器').waitFor()
  await page.getByLabel('服务器', { exact: true }).fill('127.0.0.1')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByLabel('发到').fill('nobody@example.org')
  await page.getByRole('button', { name: '试发', exact: true }).click()
  await page.getByText('没有发出：邮件服务器拒收 (550)').waitFor()
  await page.getByLabel('发到').fill('wang@example.org')
  await page.getByRole('button', { name: '试发', exact: true }).click()
  await page.getByText('已交给服务器').waitFor()
  assert.equal((await box.next('wang@example.org')).headers.subject, '试发邮件')
  assert.deepEqual(page.faults, [])
})

test('on a phone: an address, its code, what comes; and the link in a mail that stops it', async () => {
  const page = await district.person({ role: 'community_secretary', view: PHONE })
  await page.open('/desk/account')
  await page.getByLabel('邮箱', { exact: true }).fill('secretary@example.org')
  await page.getByRole('button', { name: '发送确认码' }).click()
  const code = /^ {4}(\S+)\r$/m.exec((await box.next('secretary@example.org')).text)[1]
  await page.getByLabel('确认码').fill('AAAAAAAA')
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByText('确认码不对或已过期').waitFor()
  await page.getByLabel('确认码').fill(code.toLowerCase())
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByRole('group', { name: '等我办的' }).getByRole('button', { name: '立即' }).click()
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/api/v1/mail'))
  await page.getByRole('button', { name: '保存', exact: true }).click()
  assert.equal((await saved).status(), 200)
  assert.equal(await sideways(page), 0)
  await report()
  const mail = await box.next('secretary@example.org')
  const link = /http\S+\/stop\/\S+/.exec(mail.text)[0]
  const anybody = await district.person({ view: PHONE })
  await anybody.goto(link, { waitUntil: 'networkidle' })
  await anybody.getByRole('button', { name: '不再收邮件' }).click()
  await anybody.getByText('好了，不会再发邮件').waitFor()
  await page.reload()
  await page.getByText('您通过邮件里的链接停收了邮件').waitFor()
  assert.deepEqual([...page.faults, ...anybody.faults], [])
})

test('a calendar feed is made, read, replaced and taken back', async () => {
  const page = await district.person({ role: 'community_secretary' })
  await page.open('/desk/account')
  await page.getByRole('button', { name: '生成地址' }).click()
  const first = await page.getByRole('textbox', { name: '订阅地址' }).inputValue()
  assert.match(await (await fetch(first)).text(), /^BEGIN:VCALENDAR\r\n/)
  await page.getByRole('button', { name: '关闭' }).last().click()
  await page.getByRole('button', { name: '换一个地址' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '换一个地址' }).click()
  await page.getByRole('textbox', { name: '订阅地址' }).waitFor()
  const second = await page.getByRole('textbox', { name: '订阅地址' }).inputValue()
  assert.deepEqual([(await fetch(first)).status, (await fetch(second)).status], [404, 200])
  await page.getByRole('button', { name: '关闭' }).last().click()
  await page.getByRole('button', { name: '收回' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await page.getByRole('button', { name: '生成地址' }).waitFor()
  assert.equal((await fetch(second)).status, 404)
  assert.deepEqual(page.faults, [])
})

/** A report that waits for the secretary: in the place of one they see. */
async function report() {
  const admin = await district.person({ role: 'community_secretary' })
  const { items } = await (await admin.context().request.get(`${district.url}/api/v1/cases?limit=50`)).json()
  const { at } = items.find((one) => one.at)
  const answer = await fetch(`${district.url}/api/v1/cases`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `k${Math.random()}` }, body: JSON.stringify({ text: '楼道灯不亮', at }) })
  assert.equal(answer.status, 201, await answer.text())
}
