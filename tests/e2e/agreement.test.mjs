/* Agreements in a browser: a secretary drafts one, a department store's head signs it, the committee's signature on paper is entered; what was kept shows. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, sideways, startDistrict } from './support/browser.mjs'

let district
before(async () => (district = await startDistrict({ cases: 20 })))
after(() => district?.end())
const shots = process.env.SHOTS
const shot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }) : null)

test('drafted from a template, offered, signed here and on paper, in force, verified by anybody', async () => {
  const secretary = await district.person({ role: 'community_secretary', view: DESKTOP })
  await secretary.open('/desk/agreements')
  await secretary.getByRole('button', { name: '起草协议' }).click()
  const form = secretary.getByRole('dialog')
  await form.getByLabel('名称').fill('百货与梧桐里共建协议')
  const pick = async (label, text) => {
    await form.getByLabel(label).fill(text)
    await secretary.getByRole('listbox').getByRole('option', { name: new RegExp(text) }).first().click()
  }
  await pick('第 1 方', '梧桐里社区居委会')
  await pick('第 2 方', '和光百货')
  await form.getByRole('button', { name: '添加承诺' }).click()
  await form.getByLabel('承诺什么').fill('每季度一场反诈宣讲')
  await form.getByLabel('类别').selectOption({ label: '人员与技能 · 授课宣讲' }).catch(() => form.getByLabel('类别').selectOption('teaching'))
  await form.getByLabel('多久一次').selectOption('quarterly')
  await shot(secretary, 'agreement-form')
  await form.getByRole('button', { name: '保存' }).click()
  await secretary.getByRole('heading', { level: 1, name: '百货与梧桐里共建协议' }).waitFor()
  await secretary.getByText('签署后开始计算').waitFor()
  await secretary.getByRole('button', { name: '发出签署' }).click()
  await secretary.getByRole('button', { name: '登记纸质签署' }).first().waitFor()
  const path = new URL(secretary.url()).pathname

  const head = await district.person({ role: 'org_head', view: PHONE })
  await head.open(path)
  await head.getByRole('button', { name: '签署', exact: true }).click()
  await shot(head, 'agreement-sign-phone')
  await head.getByRole('dialog').getByRole('button', { name: '签署', exact: true }).click()
  await head.getByText('已签署').first().waitFor()
  await head.settled()
  assert.equal(await sideways(head), 0)
  await shot(head, 'agreement-phone')

  await secretary.reload()
  await secretary.getByRole('button', { name: '登记纸质签署' }).click()
  await secretary.getByRole('dialog').getByLabel('签署人').fill('王主任')
  await secretary.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: 'page.jpg', mimeType: 'image/jpeg', buffer: readFileSync(new URL('../../server/features/demo/photos/lamp-after.jpg', import.meta.url)) })
  await secretary.getByRole('dialog').locator('img').waitFor()
  await secretary.getByRole('dialog').getByRole('button', { name: '登记纸质签署' }).click()
  await secretary.locator('.st', { hasText: '生效' }).first().waitFor()
  await secretary.settled()
  await shot(secretary, 'agreement')
  const verify = await secretary.getByRole('link', { name: '查验页' }).getAttribute('href')
  const anybody = await district.person({ view: PHONE })
  await anybody.goto(district.url + new URL(verify).pathname)
  await anybody.getByRole('heading', { level: 1, name: '有效' }).waitFor()
  await anybody.getByText('百货与梧桐里共建协议').waitFor()
  await shot(anybody, 'agreement-verify')
  const paper = await secretary.context().request.get(`${district.url}${await secretary.getByRole('link', { name: '打印' }).getAttribute('href')}`)
  assert.equal(paper.headers()['content-type'], 'application/pdf')
  assert.deepEqual([...secretary.faults, ...head.faults].filter((fault) => !fault.includes('Applying inline style')), [])
})

test('the page of an alliance shows pledged against kept, down to the work behind it', async () => {
  const page = await district.person({ role: 'community_secretary', view: DESKTOP })
  await page.open('/desk/agreements')
  await shot(page, 'agreements')
  const alliance = (await (await page.context().request.get(`${district.url}/api/v1/alliances`)).json()).items.find((one) => one.name.includes('综合体'))
  await page.open(`/desk/alliances/${alliance.id}`)
  const part = page.getByRole('region', { name: '承诺与兑现' })
  await part.getByText(/2 份协议，4 项承诺/).waitFor()
  await shot(page, 'alliance-pledges')
  await part.locator('li', { hasText: '每季度一场反诈宣讲' }).getByRole('button', { name: '看办了什么' }).click()
  await page.getByRole('dialog').getByText('反诈宣讲一场（三季度）').waitFor()
  await shot(page, 'pledge-works')
  await page.keyboard.press('Escape')
  await part.getByRole('link', { name: '银行与社区共建协议' }).first().click()
  await page.getByRole('heading', { level: 1, name: '银行与社区共建协议' }).waitFor()
  await page.settled()
  await shot(page, 'agreement-kept')
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('Applying inline style')), [])
})
