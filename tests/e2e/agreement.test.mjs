/* Agreements in a browser, at each size and in each language: a secretary drafts one from a template, a department store's head signs it, the committee's
 * signature on paper is entered; its code on paper verifies, its reminder comes, it is reviewed and ended early; what was kept shows. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { folder, sleep } from '../api/support/server.mjs'
import { startDistrict } from './support/browser.mjs'
import { WAYS, clean, journey, shot } from './support/ways.mjs'

const DAY = 86_400_000
const day = (n) => new Date(Date.now() + n * DAY).toISOString().slice(0, 10)
let district
before(async () => (district = await startDistrict({ cases: 20 })))
after(() => district?.end())

/** What the code on a paper says. */
function codeOf(pdf) {
  const place = folder('linli-pdf-'), file = join(place.path, 'a.pdf')
  writeFileSync(file, pdf)
  execFileSync('pdftoppm', ['-r', '110', '-png', file, join(place.path, 'sheet')])
  const codes = readdirSync(place.path).filter((name) => name.endsWith('.png')).map((name) => spawnSync('zbarimg', ['--quiet', '--raw', join(place.path, name)], { encoding: 'utf8' }).stdout.trim())
  place.remove()
  return codes.filter(Boolean)
}

journey('drafted from a template, signed here and on paper, verified by anybody, reminded of, reviewed, ended early; then what it held back is free', async (way) => {
  const { t } = way, title = `百货与梧桐里共建协议${WAYS.indexOf(way) + 1}`
  const secretary = await district.person({ role: 'community_secretary', ...way.look }), head = await district.person({ role: 'org_head', ...way.look })
  const mall = (await (await head.context().request.get(`${district.url}/api/v1/session`)).json()).units[0]
  const giver = await district.user({ role: 'department_handler', unit: mall.id, sign: `giver_${way.name}` })
  const made = await giver.post('/resources', { org_id: mall.id, title: `重阳糕${way.name}`, category: 'food', quantity: 300, unit: '份' })
  assert.equal(made.status, 201, made.text)
  await secretary.open('/desk/agreements')
  await secretary.getByRole('button', { name: t('agreement.new') }).click()
  const form = secretary.getByRole('dialog')
  const pick = async (label, text) => {
    await form.getByLabel(label).fill(text)
    await secretary.getByRole('listbox').getByRole('option', { name: new RegExp(text) }).first().click()
  }
  await form.getByLabel(t('agreement.template')).selectOption({ index: 1 })
  assert.match(await form.getByLabel(t('agreement.text'), { exact: true }).inputValue(), /\{parties\}/)
  await form.getByLabel(t('agreement.name')).fill(title)
  await pick(t('agreement.party_n', { n: 1 }), '梧桐里社区居委会')
  await pick(t('agreement.party_n', { n: 2 }), mall.name)
  /* It began more than a year ago, so that its yearly review is due. */
  await form.getByLabel(t('agreement.begins'), { exact: true }).fill(day(-370))
  await form.getByLabel(t('agreement.ends'), { exact: true }).fill(day(360))
  await form.getByText(t('agreement.review_12'), { exact: true }).click()
  const pledge = async (n, what, category, fill) => {
    await form.getByRole('button', { name: t('agreement.add_pledge') }).click()
    const box = form.locator('fieldset').nth(n)
    await box.getByLabel(t('agreement.what'), { exact: true }).fill(what)
    await box.getByLabel(t('agreement.category')).selectOption(category)
    await fill(box)
  }
  await pledge(0, '每季度一场反诈宣讲', 'teaching', (box) => box.getByLabel(t('agreement.rhythm')).selectOption('quarterly'))
  await pledge(1, '重阳糕五十份', 'food', async (box) => {
    await box.getByLabel(t('agreement.quantity'), { exact: true }).fill('50')
    await box.getByLabel(t('agreement.resource')).selectOption(made.body.id)
  })
  await shot(secretary, way, 'agreement-form')
  await form.getByRole('button', { name: t('app.save') }).click()
  await secretary.getByRole('heading', { level: 1, name: title }).waitFor()
  await secretary.getByText(t('agreement.kept_none')).waitFor()
  await secretary.getByRole('button', { name: t('agreement.offer') }).click()
  await secretary.getByRole('button', { name: t('agreement.scan') }).first().waitFor()
  await secretary.settled()
  await shot(secretary, way, 'agreement-offered')
  const path = new URL(secretary.url()).pathname, id = path.split('/').at(-1)

  await head.open(path)
  await head.getByRole('button', { name: t('agreement.sign'), exact: true }).click()
  await shot(head, way, 'agreement-sign')
  await head.getByRole('dialog').getByRole('button', { name: t('agreement.sign'), exact: true }).click()
  await head.getByText(t('agreement.signed')).first().waitFor()
  await head.settled()
  await shot(head, way, 'agreement-signed')

  await secretary.reload()
  await secretary.getByRole('button', { name: t('agreement.scan') }).click()
  await secretary.getByRole('dialog').getByLabel(t('agreement.signer')).fill('王主任')
  await secretary.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: 'page.jpg', mimeType: 'image/jpeg', buffer: readFileSync(new URL('../../server/features/demo/photos/lamp-after.jpg', import.meta.url)) })
  await secretary.getByRole('dialog').locator('img').waitFor()
  await secretary.getByRole('dialog').getByRole('button', { name: t('agreement.scan') }).click()
  await secretary.locator('.st', { hasText: t('agreement.s_in_force') }).first().waitFor()
  await secretary.settled()
  await shot(secretary, way, 'agreement')
  const verify = await secretary.getByRole('link', { name: t('agreement.verify') }).getAttribute('href')
  const anybody = await district.person(way.look)
  await anybody.goto(district.url + new URL(verify).pathname)
  await anybody.getByRole('heading', { level: 1, name: way.is('有效', 'Valid') }).waitFor()
  await anybody.getByText(title).waitFor()
  await shot(anybody, way, 'agreement-verify')
  const paper = await secretary.context().request.get(`${district.url}${await secretary.getByRole('link', { name: t('agreement.pdf') }).getAttribute('href')}`)
  assert.equal(paper.headers()['content-type'], 'application/pdf')
  assert.deepEqual(codeOf(await paper.body()), [verify])
  const goods = async () => {
    await head.open(`/desk/resources/${made.body.id}`)
    return head.getByRole('heading', { name: t('exchange.holds') }).count()
  }
  assert.equal(await goods(), 1)
  await shot(head, way, 'agreement-held')

  /* As if the program had not looked for six days: in these the review fell due. */
  district.sql(`UPDATE agreement SET next_at = ${Date.now() - 6 * DAY} WHERE id = ${id}`)
  district.sql(`DELETE FROM job WHERE kind = 'agreement.remind'`)
  const told = async () => (await (await head.context().request.get(`${district.url}/api/v1/notices?limit=50`)).json()).items.some((one) => one.kind === 'agreement.review' && one.object_id === id)
  for (const late = Date.now() + 60_000; !(await told()); await sleep(200)) assert.ok(Date.now() < late, 'nobody was told of the review')
  await head.open('/desk/agreements')
  await head.getByRole('button', { name: t('app.messages_unread') }).click()
  await shot(head, way, 'agreement-reminded')
  await head.getByRole('link', { name: way.is(`该做阶段评估了：${title}`, `Time to review: ${title}`) }).first().click()
  await head.getByRole('heading', { level: 1, name: title }).waitFor()
  await secretary.open(path)
  await secretary.locator('.st', { hasText: t('agreement.review_due') }).waitFor()
  const act = async (page, words) => {
    const dialog = page.getByRole('dialog')
    await dialog.locator('textarea').fill(words)
    await shot(page, way, 'agreement-act')
    await dialog.getByRole('button', { name: t('app.save') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.settled()
  }
  await secretary.getByRole('button', { name: t('agreement.review'), exact: true }).click()
  await act(secretary, '宣讲还没有开始，下季度补上')
  await secretary.getByText('宣讲还没有开始，下季度补上').waitFor()
  assert.equal(await secretary.locator('.st', { hasText: t('agreement.review_due') }).count(), 0)
  await shot(secretary, way, 'agreement-reviewed')
  await head.open(path)                                                              // who signs may end it
  await head.getByRole('button', { name: t('agreement.more'), exact: true }).click()
  await shot(head, way, 'agreement-more')
  await head.getByRole('menuitem', { name: t('agreement.end') }).click()
  await act(head, '商场闭店改造')
  await head.getByText(t('agreement.ended_because', { reason: '商场闭店改造' })).waitFor()
  await shot(head, way, 'agreement-ended')
  await anybody.reload()
  await anybody.getByRole('heading', { level: 1, name: way.is('已结束', 'Ended') }).waitFor()
  assert.equal(await goods(), 0)
  clean(secretary, head)
})

journey('the page of an alliance shows pledged against kept, down to the work behind it', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'community_secretary', ...way.look })
  await page.open('/desk/agreements')
  await shot(page, way, 'agreements')
  const alliance = (await (await page.context().request.get(`${district.url}/api/v1/alliances`)).json()).items.find((one) => one.name.includes('综合体'))
  await page.open(`/desk/alliances/${alliance.id}`)
  const part = page.getByRole('region', { name: t('agreement.pledged') })
  await part.getByText(t('agreement.pledged_text', { agreements: 2, pledges: 4 })).waitFor()
  await shot(page, way, 'alliance-pledges')
  await part.locator('li', { hasText: '每季度一场反诈宣讲' }).getByRole('button', { name: t('agreement.works') }).click()
  await page.getByRole('dialog').getByText('反诈宣讲一场（三季度）').waitFor()
  await shot(page, way, 'pledge-works')
  await page.keyboard.press('Escape')
  await part.getByRole('link', { name: '银行与社区共建协议' }).first().click()
  await page.getByRole('heading', { level: 1, name: '银行与社区共建协议' }).waitFor()
  await page.settled()
  await shot(page, way, 'agreement-kept')
  clean(page)
})
