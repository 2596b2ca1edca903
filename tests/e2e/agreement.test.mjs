/* Agreements in a browser, at each size and in each language: a secretary drafts one from a template, a department store's head signs it, the committee's
 * signature on paper is entered; its code on paper verifies, its reminder comes, it is reviewed and ended early; what was kept shows. And a district of
 * sixty-four: how one is found, how it is told that all fall due on one day. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { folder, sleep } from '../api/support/server.mjs'
import { startDistrict } from './support/browser.mjs'
import { WAYS, clean, journey, shot } from './support/ways.mjs'

const DAY = 86_400_000
const day = (n) => new Date(Date.now() + 8 * 3_600_000 + n * DAY).toISOString().slice(0, 10)
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

/* ---- sixty-four of them ---- */

/* So many are drafted and signed in the browser, the others over the API: each way drafts some of its own, and all of them the first of four. */
const ALL = 64, BY_HAND = process.env.LINLI_WAYS === 'all' ? ALL : 4, MORE_BY_HAND = 4
const done = (answer) => (assert.ok(answer.status < 300, answer.text), answer.body)

/** Two chambers of nine and eight shops around the committee of a community; who signs for a chamber signs for each of its own. */
async function sides() {
  const admin = await district.user({ role: 'system_admin', sign: 'admin64' })
  const committee = done(await admin.get('/orgs', { query: { text: '梧桐里社区居委会' } })).items[0]
  done(await admin.put('/settings/letter.verify_per_hour', { value: 1000 }))            // all ways verify from one address
  const org = async (name, parent_id) => done(await admin.post('/orgs', { kind: parent_id ? 'shop' : 'association', name, parent_id, area_id: committee.area_id }))
  const chambers = [await org('东片商会'), await org('西片商会')], shops = []
  for (let n = 0; n < 17; n++) shops.push({ ...(await org(`商户${n + 1}号店`, chambers[n % 2].id)), side: n % 2 })
  const heads = {}
  for (const [name, unit] of [['committee', committee], ['0', chambers[0]], ['1', chambers[1]]]) heads[name] = await district.user({ role: 'org_head', unit: unit.id, sign: `head64_${name}`, name: `负责人${name}` })
  const asker = await district.user({ role: 'community_secretary', unit: committee.area_id, sign: 'asker64', name: '提需求的人' })
  /* The committee with each shop, then a shop of the east with one of the west. */
  const east = shops.filter((one) => one.side === 0), west = shops.filter((one) => one.side === 1)
  const pairs = [...shops.map((shop) => [committee, shop]), ...east.flatMap((one) => west.map((other) => [one, other]))].slice(0, ALL)
  return { committee, shops, heads, asker, pairs, made: [] }
}
let ready
const headOf = (all, org) => (org.id === all.committee.id ? 'committee' : String(all.shops.find((one) => one.id === org.id).side))

async function overApi(all, [one, other], n) {
  const head = all.heads[headOf(all, one)], [begins_at, ends_at] = [Date.now() - 370 * DAY, Date.now() + 360 * DAY]
  let it = done(await head.post('/agreements', {
    kind: 'co_construction', title: `${one.name}与${other.name}共建协议`, text: '{parties}经协商，订立本协议。', keeper_id: one.id, parties: [one.id, other.id], begins_at, ends_at, review_months: 12,
    pledges: [{ org_id: other.id, title: `米面油三份（${n}）`, category: 'food', quantity: 3, unit: '份', rhythm: 'once' }],
  }))
  it = done(await head.post(`/agreements/${it.id}/offer`, undefined, { version: it.version }))
  for (const org of [one, other]) it = done(await all.heads[headOf(all, org)].post(`/agreements/${it.id}/sign`, { org_id: org.id }, { version: it.version }))
  return { id: it.id, title: it.title, verify: it.verify }
}

/** Drafted from a template with as few words as it takes: who with whom, since when, what. */
async function draftByHand(page, way, [one, other], resource) {
  const { t } = way, form = page.getByRole('dialog')
  await page.getByRole('button', { name: t('agreement.new') }).click()
  for (const [n, org] of [one, other].entries()) {
    await form.getByLabel(t('agreement.party_n', { n: n + 1 })).fill(org.name)
    await page.getByRole('listbox').getByRole('option', { name: org.name }).first().click()
  }
  await form.getByLabel(t('agreement.begins'), { exact: true }).fill(day(-370))
  await form.getByLabel(t('agreement.ends'), { exact: true }).fill(day(360))
  await form.getByText(t('agreement.review_12'), { exact: true }).click()
  await form.getByRole('button', { name: t('agreement.add_pledge') }).click()
  const box = form.locator('fieldset').first()
  await box.getByLabel(t('agreement.what'), { exact: true }).fill('米面油三份')
  await box.getByLabel(t('agreement.category')).selectOption('food')
  await box.getByLabel(t('agreement.quantity'), { exact: true }).fill('3')
  if (resource) await box.getByLabel(t('agreement.resource')).selectOption(resource)
  const title = await form.getByLabel(t('agreement.name')).inputValue()
  assert.ok(title.includes(one.name) && title.includes(other.name), title)         // it has named itself
  await form.getByRole('button', { name: t('app.save') }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByRole('button', { name: t('agreement.offer') }).click()
  await page.locator('.st', { hasText: t('agreement.s_offered') }).first().waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  await page.goBack()
  return { id, title }
}

async function signByHand(page, way, { id, title }) {
  const { t } = way
  await page.goto(`${district.url}/desk/agreements/${id}`, { waitUntil: 'commit' })
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByRole('button', { name: t('agreement.sign'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('agreement.sign'), exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** All rows of the list, page after page. */
async function walked(page, way) {
  const { t } = way, forward = page.getByRole('button', { name: t('app.next_page') }), rows = []
  for (;;) {
    await page.settled()
    rows.push(...await page.locator('tbody tr td.ti a').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/').at(-1))))
    if (await forward.isDisabled()) return rows
    await forward.click()
    await page.waitForURL(/after=/)
  }
}

journey('sixty-four agreements: drafted from a template and signed by both sides, found, verified; all reviews due on one day are one message; one that ends early frees what it held', async (way) => {
  const { t } = way, mark = WAYS.indexOf(way) + 1, first = !ready
  const all = (ready ??= await sides()), hands = {}
  const secretary = await district.person({ role: 'community_secretary', ...way.look }), anybody = await district.person(way.look)
  for (const [name, head] of Object.entries(all.heads)) hands[name] = await district.person({ as: head, ...way.look })

  /* Some by hand, of which the first gives of what there is. */
  const giver = all.pairs[0][1], keeper = await district.user({ role: 'department_handler', unit: giver.id, sign: `keeper64_${mark}` })
  const resource = done(await keeper.post('/resources', { org_id: giver.id, title: `仓库里的米面油${mark}`, category: 'food', quantity: 10, unit: '份' }))
  const byHand = []
  await secretary.open('/desk/agreements')
  for (let n = 0; n < (first ? BY_HAND : MORE_BY_HAND); n++) byHand.push({ ...(await draftByHand(secretary, way, all.pairs[n], n ? '' : resource.id)), pair: all.pairs[n] })
  for (const at of [0, 1]) for (const one of byHand) await signByHand(hands[headOf(all, one.pair[at])], way, one)
  for (const one of byHand) one.verify = done(await all.heads.committee.get(`/agreements/${one.id}`)).verify
  if (first) for (let n = BY_HAND; n < ALL; n++) all.made.push(await overApi(all, all.pairs[n], n))
  all.made.push(...byHand)
  const sixtyFour = all.made.slice(-ALL)

  /* The list: all are there, and one is found by who is in it. */
  await secretary.open('/desk/agreements')
  await shot(secretary, way, 'agreements-64')
  const listed = await walked(secretary, way)
  assert.deepEqual(sixtyFour.filter((one) => !listed.includes(one.id)), [])
  await secretary.open('/desk/agreements')
  await secretary.getByRole('searchbox').first().fill('商户17号店')
  await secretary.waitForURL(/q=/)
  await secretary.settled()
  const found = await walked(secretary, way)
  assert.ok(found.length && found.length < 12 && sixtyFour.some((one) => found.includes(one.id)), String(found.length))
  await shot(secretary, way, 'agreements-found')

  /* Anybody verifies each: the first way all, the others those that are new to them and some. */
  const toVerify = first ? sixtyFour : sixtyFour.slice(-8)
  const pages = [anybody, await anybody.context().newPage()], valid = way.is('有效', 'Valid')
  await Promise.all(pages.map(async (page, k) => {
    for (let n = k; n < toVerify.length; n += pages.length) {
      await page.goto(district.url + new URL(toVerify[n].verify).pathname, { waitUntil: 'domcontentloaded' })
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), valid, toVerify[n].title)
      assert.ok((await page.locator('body').textContent()).includes(toVerify[n].title))
    }
  }))
  for (const one of [sixtyFour[0], sixtyFour[31], byHand[0]]) {
    const paper = await all.heads.committee.get(`/agreements/${one.id}/pdf`)
    assert.deepEqual(codeOf(paper.bytes), [one.verify])
  }

  /* What was promised is given, as work: asked for, taken on, done, confirmed. Nobody writes of it in the agreement. */
  const need = done(await all.asker.post('/needs', { unit_kind: 'area', unit_id: all.committee.area_id, title: `三户要米面油${mark}`, category: 'food', quantity: 3, unit: '份', publish: true }))
  const hold = done(await keeper.get(`/resources/${resource.id}`)).holds[0].id
  const claim = done(await keeper.post(`/needs/${need.id}/claims`, { org_id: giver.id, resource_id: resource.id, hold_id: hold, quantity: 2, due_at: Date.now() + DAY })).claims[0].id
  done(await keeper.post(`/claims/${claim}/done`, { text: '送到了' }))
  done(await all.asker.post(`/claims/${claim}/confirm`, { rating: 5 }))

  /* As if the program had not looked for six days: in these the review of every one fell due. */
  const told = async () => done(await all.heads[0].get('/notices', { query: { limit: 200 } })).items.filter((one) => one.kind.startsWith('agreement.review'))
  const before = (await told()).length
  district.sql(`UPDATE agreement SET next_at = ${Date.now() - 6 * DAY} WHERE id IN (${sixtyFour.map((one) => one.id).join()})`)
  district.sql(`DELETE FROM job WHERE kind = 'agreement.remind'`)
  for (const late = Date.now() + 60_000; (await told()).length === before; await sleep(200)) assert.ok(Date.now() < late, 'nobody was told of the reviews')
  await hands[0].open('/desk/agreements')
  await hands[0].getByRole('button', { name: t('app.messages_unread') }).click()
  const news = hands[0].getByRole('link', { name: new RegExp(way.is('份协议该做阶段评估了', 'Time to review \\d+ agreements')) })
  await news.first().waitFor()
  await shot(hands[0], way, 'agreements-reminded')
  const now = await told()
  assert.ok(now.length - before <= 3, `${now.length - before} messages`)               // fifty are looked at in one write: two at most, or the last few by themselves
  await news.first().click()
  await hands[0].waitForURL(/wants=review/)
  await hands[0].settled()
  await shot(hands[0], way, 'agreements-to-review')

  /* Two are reviewed, one after the other, from the list; each leaves it. */
  await secretary.open('/desk/agreements?wants=review')
  const due = await walked(secretary, way)
  assert.ok(byHand.every((one) => due.includes(one.id)))
  for (const one of byHand.slice(0, 2)) {
    await secretary.open(`/desk/agreements?wants=review&q=${encodeURIComponent(one.pair[1].name)}`)
    await secretary.locator(`tbody a[href$="/${one.id}"]`).click()
    await secretary.getByRole('button', { name: t('agreement.review'), exact: true }).click()
    await secretary.getByRole('dialog').locator('textarea').fill(`照办${mark}`)
    await secretary.getByRole('dialog').getByRole('button', { name: t('app.save') }).click()
    await secretary.getByText(`照办${mark}`).waitFor()
    if (one === byHand[0]) await secretary.getByText(/2\/3/).first().waitFor()         // the figures are the work record's
    await shot(secretary, way, 'agreements-reviewed')
    await secretary.goBack()
    await secretary.waitForURL(/wants=review/)
    await secretary.locator('tbody tr').first().waitFor()
    await secretary.settled()
    assert.equal(await secretary.locator(`tbody a[href$="/${one.id}"]`).count(), 0)
  }

  /* One ends early: what it still held back is free, what was given stays given. */
  const holds = async () => done(await keeper.get(`/resources/${resource.id}`))
  assert.deepEqual([(await holds()).free, (await holds()).holds.length], [7, 1])
  const page = hands[headOf(all, giver)]
  await page.open(`/desk/agreements/${byHand[0].id}`)
  await page.getByRole('button', { name: t('agreement.more'), exact: true }).click()
  await page.getByRole('menuitem', { name: t('agreement.end') }).click()
  await page.getByRole('dialog').locator('textarea').fill('店铺搬走')
  await page.getByRole('dialog').getByRole('button', { name: t('app.save') }).click()
  await page.getByText(t('agreement.ended_because', { reason: '店铺搬走' })).waitFor()
  assert.deepEqual([(await holds()).free, (await holds()).holds.length], [8, 0])
  await anybody.goto(district.url + new URL(byHand[0].verify).pathname)
  await anybody.getByRole('heading', { level: 1, name: way.is('已结束', 'Ended') }).waitFor()
  all.made.splice(all.made.indexOf(byHand[0]), 1)
  clean(secretary, anybody, ...Object.values(hands))
  await Promise.all([secretary, anybody, ...Object.values(hands)].map((one) => one.context().close()))
})
