/* Letters in a browser: somebody is appointed, the letter is looked at, issued and verified by a browser that runs no script. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder, DESKTOP, PHONE, chromium, executablePath, FLAGS, sideways, startDistrict } from './support/browser.mjs'

let district
before(async () => (district = await startDistrict({ cases: 20 })))
after(() => district?.end())

test('one is appointed, issued a letter, and the letter verified without a script', async () => {
  const page = await district.person({ role: 'system_admin', view: DESKTOP })
  await page.open('/desk/appointments?state=current')
  await page.getByRole('button', { name: '聘任', exact: true }).click()
  await page.getByRole('menuitem', { name: '聘任', exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('聘任谁').fill('曹')
  await page.locator('.mi[role=option]:visible').first().click()
  await form.getByLabel('岗位').selectOption({ label: '治理顾问' })
  await form.getByLabel('在哪里').fill('南苑社区')
  await page.locator('.mi[role=option]:visible').filter({ hasText: /^\s*南苑社区(?!居委会)/ }).first().click()
  await form.getByRole('button', { name: '聘任' }).click()
  await form.waitFor({ state: 'detached' })

  const row = page.locator('tbody tr').filter({ hasText: '没有聘书' }).filter({ hasText: '治理顾问' }).first()
  await row.locator('button.link').click()
  await page.getByRole('dialog').getByRole('button', { name: '签发聘书' }).click()
  const issue = page.getByRole('dialog')
  await issue.getByAltText('聘书样稿').waitFor()   // drawn once the office that signs is known
  assert.equal(await issue.getByLabel('签发单位').inputValue(), '望湖街道办事处')   // the street above 南苑社区
  await issue.getByRole('button', { name: '签发 1 份' }).click()
  await issue.waitFor({ state: 'detached' })
  const issued = page.locator('tbody tr').filter({ hasText: '南苑社区' }).filter({ hasText: '治理顾问' }).first()
  await issued.locator('button.link').click()
  const picture = page.getByRole('dialog').getByRole('img', { name: /聘书：示聘/ })
  await picture.waitFor()
  assert.ok(await picture.evaluate((img) => img.decode().then(() => img.naturalWidth > 700)))
  const link = await page.getByRole('dialog').getByRole('link', { name: '查验页' }).getAttribute('href')
  assert.match(link, /^\/v\/[0-9A-Z]{16}$/)
  /* The list of a combobox brings a style element of the kit's own, which the policy refuses and nobody misses. */
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('Applying inline style')), [])

  const browser = await chromium.launch({ executablePath, args: FLAGS })
  for (const [scheme, view, locale] of [['light', PHONE, 'zh-CN'], ['dark', DESKTOP, 'zh-CN'], ['light', { width: 320, height: 640 }, 'en']]) {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: scheme, viewport: view, locale })
    const reader = await context.newPage()
    await reader.goto(district.url + link)
    await reader.getByRole('heading', { name: locale === 'en' ? 'Valid' : '有效' }).waitFor()
    await reader.locator('input[name=code]').fill('AAAA-BBBB-CCCC-DDDD')
    await reader.getByRole('button').click()
    await reader.getByRole('heading', { name: locale === 'en' ? 'Unknown' : '查无此件' }).waitFor()
    await context.close()
    const checked = await (await browser.newContext({ colorScheme: scheme, viewport: view, locale })).newPage()
    await checked.goto(district.url + link)
    assert.ok((await sideways(checked)) <= 0)
    const { violations } = await new AxeBuilder({ page: checked }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze()
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), [])
  }
  await browser.close()
})
