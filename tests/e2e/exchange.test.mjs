/* Needs and resources in a browser, at each size and in each language: a secretary asks, an organisation takes it on with what it has, does it, and she says
 * how it was; an alliance enters its lists from a sheet, a community asks for thirty things, and the alliance's page shows what of its pledges was kept. */
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { startDistrict } from './support/browser.mjs'
import { WAYS, clean, journey, shot } from './support/ways.mjs'

const DAY = 86_400_000
let district
before(async () => (district = await startDistrict({ cases: 20 })))
after(() => district?.end())
const starting = (text) => new RegExp(`^${text}`)

journey('asked, matched, taken on with a resource, done, confirmed, met', async (way) => {
  const { t } = way
  const secretary = await district.person({ role: 'community_secretary', ...way.look })
  await secretary.open('/desk/exchange')
  await shot(secretary, way, 'needs')
  await secretary.getByRole('button', { name: t('exchange.new_need') }).click()
  const form = secretary.getByRole('dialog')
  await form.getByLabel(t('exchange.what'), { exact: true }).fill('给三十户独居老人送应急药箱')
  await form.getByLabel(t('exchange.category')).selectOption('daily_goods')
  await form.getByLabel(t('exchange.how_much')).fill('3')
  await form.getByLabel(t('exchange.unit'), { exact: false }).first().fill('个')
  await form.getByLabel(t('exchange.helps')).fill('3')
  await shot(secretary, way, 'need-form')
  await form.getByRole('button', { name: t('app.save') }).click()
  await secretary.getByRole('heading', { level: 1, name: '给三十户独居老人送应急药箱' }).waitFor()
  await secretary.getByText('应急药箱', { exact: true }).first().waitFor()        // the hospital’s, by matching
  await secretary.settled()
  await shot(secretary, way, 'need')
  const need = new URL(secretary.url()).pathname

  const admin = await district.person({ role: 'street_dispatcher', ...way.look })
  await admin.open(need)
  await admin.locator('.ex-list').getByRole('button', { name: t('exchange.take') }).first().click()
  const take = admin.getByRole('dialog')
  await take.getByLabel(t('exchange.take_with')).locator('option').nth(1).waitFor({ state: 'attached' })
  assert.match(await take.getByLabel(t('exchange.take_with')).locator('option:checked').textContent(), /应急药箱/)
  await take.getByLabel(t('exchange.due')).fill('2030-01-01T12:00')
  await shot(admin, way, 'take')
  await take.getByRole('button', { name: t('exchange.take') }).click()
  await take.waitFor({ state: 'detached' })
  await admin.getByRole('button', { name: t('exchange.done') }).click()
  await admin.getByRole('dialog').getByLabel(t('exchange.evidence')).fill('三个药箱已经送到，逐户教了用法')
  await admin.getByRole('dialog').getByRole('button', { name: t('app.save') }).click()
  await admin.getByText(t('exchange.c_done')).waitFor()
  assert.equal(await admin.getByRole('button', { name: t('exchange.confirm') }).count(), 0)       // who did it does not judge it
  await shot(admin, way, 'need-done')

  await secretary.reload()
  await secretary.getByRole('button', { name: t('exchange.confirm') }).click()
  await secretary.getByRole('dialog').getByText('4', { exact: true }).click()
  await secretary.getByRole('dialog').getByLabel(t('exchange.said')).fill('老人都学会了')
  await secretary.getByRole('dialog').getByRole('button', { name: t('app.save') }).click()
  await secretary.getByText(`${t('exchange.rating_n', { n: 4 })} · 老人都学会了`).waitFor()
  await secretary.getByRole('button', { name: t('exchange.s_met') }).click()
  await secretary.locator('.st', { hasText: t('exchange.s_met') }).first().waitFor()
  clean(secretary, admin)
})

journey('a resource says what holds it and what it could serve; a case grows into a need', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'community_secretary', ...way.look })
  await page.open('/desk/exchange?show=resources')
  await shot(page, way, 'resources')
  await page.locator('tbody a').filter({ hasText: '志愿人手' }).click()
  await page.getByRole('heading', { level: 1, name: '志愿人手' }).waitFor()
  await page.settled()
  await page.getByText('楼道堆物清理需要人手').waitFor()
  await shot(page, way, 'resource')
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/cases?limit=1`)).json()
  await page.open(`/desk/cases/${items[0].id}`)
  await page.getByRole('button', { name: t('exchange.new_need') }).click()
  const form = page.getByRole('dialog')
  assert.notEqual(await form.getByLabel(t('exchange.what'), { exact: true }).inputValue(), '')
  await form.getByLabel(t('exchange.category')).selectOption('repair')
  await form.getByRole('button', { name: t('app.save') }).click()
  await form.waitFor({ state: 'detached' })
  await page.locator('.ex-list .st').first().waitFor()
  await shot(page, way, 'case-need')
  clean(page)
})

journey('resources and services from a sheet: each row first, then those that are right', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'street_dispatcher', ...way.look })
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/resources?limit=200`)).json()
  const own = items.find((one) => one.may_manage).org_name, mark = WAYS.indexOf(way) + 1
  const head = '清单,单位,名称,类别,数量,计量单位,星期,开始时间,结束时间,价格\r\n'
  await page.open('/desk/exchange?show=resources')
  await page.getByRole('link', { name: t('exchange.from_sheet') }).click()
  await page.locator('input[type=file]').setInputFiles({ name: 'resources.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head}资源,${own},表格里的会议室${mark},会议室,1,间,周一至周五,9:00,17:30,\r\n服务,${own},表格里的理发日${mark},理发,12,次,周二,9:00,11:00,5\r\n,${own},没有数量,食品,,份,,,,\r\n资源,没有这家单位,被褥,日用品,20,床,,,,\r\n`) })
  await page.getByText(t('exchange/sheet.bad', { n: 4, bad: 2 })).waitFor()
  await page.getByText(t('exchange/sheet.fault', { column: '数量' })).waitFor()
  await page.getByText(t('exchange/sheet.fault', { column: '单位' })).waitFor()
  await shot(page, way, 'sheet')
  await page.getByRole('button', { name: t('exchange/sheet.enter_sound', { what: t('exchange/sheet.both', { resources: 1, services: 1 }) }) }).click()
  await page.getByText(t('exchange/sheet.done', { what: t('exchange/sheet.both', { resources: 1, services: 1 }), same: 0, bad: 2 })).waitFor()
  await shot(page, way, 'sheet-done')
  assert.match(await page.locator('tbody a').filter({ hasText: `表格里的理发日${mark}` }).getAttribute('href'), /\/services\/\d+$/)
  await page.locator('tbody a').filter({ hasText: `表格里的会议室${mark}` }).click()
  await page.getByRole('heading', { level: 1, name: `表格里的会议室${mark}` }).waitFor()
  clean(page)
})

journey('dispatch: a resource is dragged on a need, or one of each is chosen; by mouse, keys and finger the same form opens', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'street_dispatcher', ...way.look })
  await page.open('/desk/dispatch')
  const needs = page.getByRole('region', { name: t('exchange/dispatch.needs') }), idle = page.getByRole('region', { name: t('exchange/dispatch.idle') })
  const form = page.getByRole('dialog'), target = needs.locator('article').first(), toChoose = { name: t('exchange/dispatch.choose_one') }
  await idle.locator('article').first().waitFor()
  await target.waitFor()
  await shot(page, way, 'dispatch')
  const wanted = await target.locator('.ti').textContent(), title = t('exchange.take_title', { title: wanted })
  const openedAndLeft = async () => {
    await form.getByRole('heading', { name: title }).waitFor()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  }
  if (!way.phone) {
    const card = idle.locator('article[draggable]').first(), offered = await card.locator('.ti').textContent()
    await card.dragTo(target)
    await form.waitFor()
    assert.ok((await form.getByLabel(t('exchange.take_with')).locator('option:checked').textContent()).startsWith(offered))
    await openedAndLeft()
    await target.getByRole('button', toChoose).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: t('exchange/dispatch.then_resource') }).waitFor()
    await page.settled()
    await shot(page, way, 'dispatch-chosen')
    await idle.getByRole('button', toChoose).first().focus()
    await page.keyboard.press('Enter')
    await openedAndLeft()
  }
  const press = (one) => way.phone ? one.tap() : one.click()
  await press(page.getByRole('button', { name: t('exchange/dispatch.map'), exact: true }))
  await page.locator('.m-pin').first().waitFor()
  await shot(page, way, 'dispatch-map')
  await press(page.getByRole('button', { name: t('exchange/dispatch.board'), exact: true }))
  await press(target.getByRole('button', toChoose))
  await page.getByRole('status').filter({ hasText: t('exchange/dispatch.then_resource') }).waitFor()
  await page.settled()
  await shot(page, way, 'dispatch-pressed')
  const there = idle.getByRole('button', toChoose).first()
  await there.waitFor()
  assert.ok(await there.evaluate((one) => one.getBoundingClientRect().top < innerHeight))      // it comes into sight by itself
  await press(there)
  await form.waitFor()
  if (await form.getByLabel(t('exchange.begins'), { exact: true }).count()) await form.getByLabel(t('exchange.take_with')).selectOption('')   // a room: when it is open is its own matter
  await form.getByLabel(t('exchange.due')).fill('2030-01-01T12:00')
  await shot(page, way, 'dispatch-form')
  await form.getByRole('button', { name: t('exchange.take'), exact: true }).click()
  await form.waitFor({ state: 'detached' })
  clean(page)
})

journey('figures open what lies behind them; a need recurs', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'community_secretary', ...way.look })
  await page.open('/desk/exchange')
  await page.getByRole('link', { name: t('exchange.figures') }).click()
  const asked = way.is('提出的需求', 'Needs asked')
  await page.getByRole('link', { name: asked }).click()
  await page.getByRole('heading', { level: 2, name: asked }).waitFor()
  const number = Number(await page.getByRole('link', { name: asked }).locator('b').textContent())
  await page.waitForFunction((n) => document.querySelectorAll('tbody tr').length === n, number)
  await page.settled()
  await shot(page, way, 'figures')
  await page.getByRole('button', { name: t('exchange/figures.how') }).click()
  await page.getByRole('dialog').getByText(way.is('期内发布的需求', 'needs published in the period')).waitFor()
  await page.keyboard.press('Escape')

  await page.open('/desk/exchange')
  await page.getByRole('button', { name: t('exchange.new_need') }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('exchange.what'), { exact: true }).fill('每周二给老人量血压')
  await form.getByLabel(t('exchange.category')).selectOption('medical')
  await form.locator('input[type=datetime-local]').first().fill('2030-01-01T09:00')
  await form.locator('input[type=datetime-local]').last().fill('2030-01-01T11:00')
  await form.getByLabel(t('exchange.recurs')).selectOption({ label: t('exchange.recurs_1') })
  await form.getByLabel(t('exchange.times')).fill('3')
  await form.getByRole('button', { name: t('app.save') }).click()
  await page.getByRole('heading', { level: 1, name: '每周二给老人量血压' }).waitFor()
  await page.getByRole('heading', { level: 2, name: t('exchange.series', { n: 3 }) }).waitFor()
  await page.settled()
  await shot(page, way, 'need-recurs')
  await page.getByRole('link', { name: t('exchange.turn', { n: 2 }) }).click()
  await page.getByText(t('exchange.turn', { n: 2 })).first().waitFor()
  clean(page)
})

journey('an organisation’s page says what it could do this month', async (way) => {
  const { t } = way
  const page = await district.person({ role: 'street_dispatcher', ...way.look })
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/resources?limit=200`)).json()
  let org
  for (const one of items) if (one.may_manage && (await (await page.context().request.get(`${district.url}/api/v1/exchange/could-do?org=${one.org_id}`)).json()).items.length) org = one.org_id
  await page.open(`/desk/orgs/${org}`)
  const part = page.getByRole('region', { name: t('exchange/dispatch.could_do') })
  await part.getByRole('button', { name: t('exchange.take') }).first().click()
  await page.getByRole('dialog').getByLabel(t('exchange.take_with')).waitFor()
  await page.keyboard.press('Escape')
  await page.settled()
  await shot(page, way, 'org-could-do')
  clean(page)
})

journey('a resident sees what is asked for and offered, and whom to ask', async (way) => {
  const { t } = way
  const page = await district.person(way.look)
  await page.open('/')
  await page.getByRole('link', { name: t('portal.lists') }).click()
  await page.getByRole('heading', { level: 2, name: starting(t('portal/exchange.needs')) }).waitFor()
  await page.getByText('多功能教室（60 座）').waitFor()
  await page.getByRole('heading', { level: 2, name: starting(t('portal/exchange.services')) }).waitFor()
  assert.match(await page.locator('a').filter({ hasText: '社区理发日' }).first().getAttribute('href'), /\/order\/\d+$/)
  await page.getByRole('heading', { level: 3, name: t('portal/exchange.packages') }).waitFor()
  await page.settled()
  await shot(page, way, 'public')
  await page.getByRole('link', { name: t('portal/exchange.have') }).first().click()
  await page.getByRole('link', { name: t('portal/directory.lists') }).click()
  await page.getByRole('heading', { level: 2, name: starting(t('portal/exchange.resources')) }).waitFor()
  clean(page)
})

const KINDS = ['shop', 'bank', 'school', 'association', 'department', 'residents_committee', 'owners_committee']
const RESOURCES = [['会议室', '会议室', '间', 1], ['食品', '米面油', '份', 3], ['维修', '维修师傅', '人', 2], ['志愿人手', '志愿者', '人', 5], ['日用品', '被褥', '床', 9], ['法律', '律师', '人', 1]]
const SERVICES = [['理发', '理发', '周二', '9:00', '11:00', 20], ['助餐', '送饭上门', '', '', '', ''], ['维修', '修家电', '', '', '', ''], ['法律', '法律咨询', '', '', '', ''], ['医疗健康', '义诊', '周六', '8:30', '11:30', 30]]
const done = (answer) => (assert.ok(answer.status < 300, answer.text), answer.body)

/** Seventeen organisations of all kinds in an alliance around a community; two of them promised food, once. */
async function seventeen(mark, community, street) {
  const admin = await district.user({ role: 'system_admin' }), members = [], heads = []
  for (let n = 0; n < 17; n++) members.push(done(await admin.post('/orgs', { kind: KINDS[n % KINDS.length], name: `联盟${mark}第${n + 1}家`, area_id: community, public: true })))
  const alliance = done(await admin.post('/alliances', { kind: 'complex', name: `米面联盟${mark}`, area_id: street, lead_id: members[0].id }))
  done(await admin.post(`/alliances/${alliance.id}/members/import`, ['单位', ...members.slice(1).map((one) => one.name)].join('\r\n'), { type: 'text/csv', version: alliance.version }))
  const parties = [members[1], members[7], members[0]]
  for (const [n, one] of parties.entries()) heads.push(await district.user({ role: 'org_head', unit: one.id, sign: `head_${mark}_${n}` }))
  let it = done(await heads[0].post('/agreements', {
    kind: 'co_construction', title: '米面油共建', text: '双方共建。', keeper_id: parties[0].id, alliance_id: alliance.id, parties: parties.map((one) => one.id), begins_at: Date.now() - DAY, ends_at: Date.now() + 300 * DAY,
    pledges: parties.slice(0, 2).map((one) => ({ org_id: one.id, title: '米面油三份', category: 'food', quantity: 3, unit: '份', rhythm: 'once' })),
  }))
  it = done(await heads[0].post(`/agreements/${it.id}/offer`, undefined, { version: it.version }))
  for (const [n, head] of heads.entries()) it = done(await head.post(`/agreements/${it.id}/sign`, { org_id: parties[n].id }, { version: it.version }))
  return { alliance, members }
}

/* What a community wants: in its words, of which kind, how much. Ten more grow out of cases. */
const WANTED = [
  ['重阳节慰问的米面油', 'food', 3], ['独居老人换灯泡', 'repair', 2], ['周末议事要一间屋子', 'meeting_room', 1], ['搬家具要几个人', 'helpers', 4], ['过冬的被褥', 'daily_goods', 6],
  ['签监护协议问律师', 'legal', 1], ['残疾人家庭的口粮', 'food', 3], ['修活动室的门', 'repair', 1], ['居民代表会场地', 'meeting_room', 1], ['文明劝导志愿者', 'helpers', 5],
  ['低保户的床单', 'daily_goods', 4], ['物业合同请律师看', 'legal', 1], ['暑期托管的午饭', 'food', 2], ['楼道扶手松了', 'repair', 2], ['业委会换届开会', 'meeting_room', 1],
  ['国庆布置社区', 'helpers', 3], ['临时安置的被子', 'daily_goods', 9], ['遗产继承咨询', 'legal', 1], ['大学生返乡的口粮', 'food', 3], ['值班室的被褥', 'daily_goods', 2],
]
const TOLD = ['家里三天没米了，子女在外地', '门锁坏了，老人出不了门', '想找人教用手机挂号', '楼上漏水，吊顶塌了一块', '租房押金要不回来', '被子都旧了，冬天冷', '小区没有地方开会', '轮椅下不了台阶，要人抬', '孤寡老人想有人送饭', '亲戚借钱不还，想打官司']
const GROWN = ['food', 'repair', 'helpers', 'repair', 'legal', 'daily_goods', 'meeting_room', 'helpers', 'food', 'legal']
/* Each way enters its own sheet: titles end in its number and the row's. */
const FROM_SHEET = /\d-\d+/
let told
/** Ten cases of the community, reported where one of hers is. */
async function casesOf(secretary) {
  const headers = { origin: district.url }, at = (await (await secretary.context().request.get(`${district.url}/api/v1/cases?limit=5`)).json()).items.find((one) => one.at).at
  const all = []
  for (const text of TOLD) {
    const answer = await secretary.context().request.post(`${district.url}/api/v1/cases`, { headers, data: { text, at: { lon: at.lon, lat: at.lat } } })
    assert.equal(answer.status(), 201, await answer.text())
    all.push(await answer.json())
  }
  return all
}

/** In one tap on the page of the case: what it is about is there already, and where. Each says which case it is from, and the case links to it. */
async function growInto(page, way, of, category) {
  const { t } = way, links = page.locator('.ex-list a')
  await page.open(`/desk/cases/${of.id}`)
  const before = await links.count()
  await page.getByRole('button', { name: t('exchange.new_need') }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('exchange.category')).locator('option').nth(3).waitFor({ state: 'attached' })
  await form.getByLabel(t('exchange.category')).selectOption(category)
  await form.getByRole('button', { name: t('app.save') }).click()
  await form.waitFor({ state: 'detached' })
  await links.nth(before).waitFor()
  await links.first().click()
  const back = page.locator(`a[href$="/cases/${of.id}"]`)
  await back.waitFor()
  assert.match(await back.textContent(), new RegExp(of.code))
  return new URL(page.url()).pathname.split('/').at(-1)
}

async function askFor(page, way, [title, category, quantity], mark) {
  const { t } = way
  await page.getByRole('button', { name: t('exchange.new_need') }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('exchange.what'), { exact: true }).fill(`${title}${mark}`)
  await form.getByLabel(t('exchange.category')).locator('option').nth(3).waitFor({ state: 'attached' })
  await form.getByLabel(t('exchange.category')).selectOption(category)
  if (quantity > 1) await form.getByLabel(t('exchange.how_much')).fill(String(quantity))
  await form.getByRole('button', { name: t('app.save') }).click()
  await page.waitForURL(/needs\/\d+$/)
  const id = new URL(page.url()).pathname.split('/').at(-1)
  await page.goBack()
  return id
}

/** All rows of the list, page after page: the needs, and how many of them say that they are from a case. */
async function walked(page, way) {
  const { t } = way, forward = page.getByRole('button', { name: t('app.next_page') }), ids = []
  for (let cases = 0; ;) {
    await page.settled()
    ids.push(...await page.locator('tbody td.ti a').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/').at(-1))))
    cases += await page.locator('tbody td.ti small', { hasText: t('exchange.from_case') }).count()
    if (await forward.isDisabled()) return { ids, cases }
    await forward.click()
    await page.waitForURL(/after=/)
  }
}

async function narrow(page, filter, value) {
  await page.locator('.fsel', { hasText: filter }).click()
  await page.getByRole('menuitemcheckbox', { name: value }).click()
  await page.settled()
}

/** Thirty needs of one community, by hand; found in the list; answered from the dispatch page. */
async function thirty(secretary, dispatcher, way, community, get) {
  const { t } = way, mark = WAYS.indexOf(way) + 1, colleague = await district.person({ role: 'community_secretary', ...way.look })
  told ??= await casesOf(secretary)
  const grown = [], asked = []
  await colleague.open('/desk/exchange')
  await Promise.all([
    (async () => { for (const [n, of] of told.entries()) grown.push(await growInto(secretary, way, of, GROWN[n])) })(),
    (async () => { for (const one of WANTED) asked.push(await askFor(colleague, way, one, mark)) })(),
  ])
  const all = [...grown, ...asked]
  assert.equal(new Set(all).size, 30)

  await narrow(colleague, t('exchange.area'), new RegExp(`^${community.name}$`))
  await shot(colleague, way, 'needs-30')
  const listed = await walked(colleague, way)
  assert.deepEqual(all.filter((id) => !listed.ids.includes(id)), [])
  assert.ok(listed.cases >= 10, `${listed.cases} from cases`)
  await colleague.open('/desk/exchange')
  await narrow(colleague, t('exchange.category'), way.is(/· 法律$/, /· Law$/))
  const legal = (await walked(colleague, way)).ids, of = (category) => [...GROWN.flatMap((one, n) => (one === category ? [grown[n]] : [])), ...WANTED.flatMap((one, n) => (one[1] === category ? [asked[n]] : []))]
  assert.deepEqual([of('legal').every((id) => legal.includes(id)), of('food').some((id) => legal.includes(id))], [true, false])

  const proposed = await Promise.all(all.map(async (id) => (await get(secretary, `/needs/${id}/matches`)).items.some((one) => FROM_SHEET.test(one.resource.title))))
  assert.ok(proposed.filter(Boolean).length >= 28, `${proposed.filter(Boolean).length} of 30 have a proposal`)

  /* From far down the board: what fits comes into sight, first. */
  await dispatcher.open('/desk/dispatch')
  const needs = dispatcher.getByRole('region', { name: t('exchange/dispatch.needs') }), idle = dispatcher.getByRole('region', { name: t('exchange/dispatch.idle') }), chosen = { name: t('exchange/dispatch.choose_one') }
  await shot(dispatcher, way, 'dispatch-30')
  for (const title of [WANTED[18][0] + mark, WANTED[19][0] + mark]) {
    const rest = needs.getByRole('button', { name: t('exchange/dispatch.all_needs') })
    if (await rest.count()) await rest.click()
    await needs.locator('article', { hasText: title }).getByRole('button', chosen).click()
    await dispatcher.getByRole('status').filter({ hasText: t('exchange/dispatch.then_resource') }).waitFor()
    await dispatcher.settled()
    const best = idle.locator('article', { hasText: FROM_SHEET }).first()
    await best.locator('.su').nth(1).waitFor()                                           // it says why
    const place = await best.evaluate((one) => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom, innerHeight])
    assert.ok(place[0] >= 0 && place[1] <= place[2], `what fits is out of sight: ${place}`)
    await best.getByRole('button', chosen).click()
    const form = dispatcher.getByRole('dialog')
    await form.getByLabel(t('exchange.due')).fill('2030-01-01T12:00')
    await form.getByRole('button', { name: t('exchange.take'), exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await dispatcher.settled()
    assert.equal(await needs.locator('article', { hasText: title }).count(), 0)
  }
  /* The next way asks for its own thirty. */
  for (const id of all) await colleague.context().request.post(`${district.url}/api/v1/needs/${id}/withdraw`, { headers: { origin: district.url }, data: { reason: '已经另外解决' } })
  clean(colleague)
  await colleague.context().close()
}

journey('seventeen organisations enter sixty resources and forty services; a community’s thirty needs, ten out of cases, find what fits; one is split over three, two fail; the alliance’s page says what was kept', async (way) => {
  const { t } = way, mark = WAYS.indexOf(way) + 1
  const secretary = await district.person({ role: 'community_secretary', ...way.look }), dispatcher = await district.person({ role: 'street_dispatcher', ...way.look })
  const get = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
  const community = (await get(secretary, '/session')).units[0], street = (await get(dispatcher, '/session')).units[0]
  const { alliance, members } = await seventeen(mark, community.id, street.id)

  const rows = [['清单', '单位', '名称', '类别', '数量', '计量单位', '星期', '开始时间', '结束时间', '服务区域', '向居民公开']]
  for (let n = 0; n < 60; n++) {
    const [category, title, unit, some] = RESOURCES[n % RESOURCES.length], quantity = [1, 7, 13].includes(n) ? 12 : some
    rows.push(['资源', members[n % 17].name, `${title}${mark}-${n + 1}`, category, quantity, unit, '', '', '', street.name, n % 2 ? '是' : '否'])
  }
  for (let n = 0; n < 40; n++) {
    const [category, title, days, opens, closes, places] = SERVICES[n % SERVICES.length]
    rows.push(['服务', members[(n * 5) % 17].name, `${title}${mark}-${n + 1}`, category, places, '', days, opens, closes, street.name, '是'])
  }
  const what = t('exchange/sheet.both', { resources: 60, services: 40 })
  await dispatcher.open('/desk/resources/sheet')
  await dispatcher.locator('input[type=file]').setInputFiles({ name: 'lists.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.map((row) => row.join(',')).join('\r\n')) })
  await dispatcher.getByText(t('exchange/sheet.good', { what, same: 0 })).waitFor()
  await shot(dispatcher, way, 'alliance-sheet')
  await dispatcher.getByRole('button', { name: t('exchange/sheet.enter', { what }) }).click()
  await dispatcher.getByText(t('exchange/sheet.done', { what, same: 0, bad: 0 })).waitFor()
  assert.equal(await dispatcher.locator('tbody tr').count(), 100)

  await thirty(secretary, dispatcher, way, community, get)

  /* From a case, in one tap: what it is about is there already. */
  const { items } = await get(secretary, '/cases?limit=5')
  await secretary.open(`/desk/cases/${items[mark % items.length].id}`)
  await secretary.getByRole('button', { name: t('exchange.new_need') }).click()
  const form = secretary.getByRole('dialog')
  assert.notEqual(await form.getByLabel(t('exchange.what'), { exact: true }).inputValue(), '')
  const title = `十二户要米面油${mark}`
  await form.getByLabel(t('exchange.what'), { exact: true }).fill(title)
  await form.getByLabel(t('exchange.category')).selectOption('food')
  await form.getByLabel(t('exchange.how_much')).fill('12')
  await form.getByRole('button', { name: t('app.save') }).click()
  await form.waitFor({ state: 'detached' })
  await secretary.getByRole('link', { name: title }).click()
  await secretary.getByRole('heading', { level: 1, name: title }).waitFor()
  await secretary.getByText(t('exchange.from_case'), { exact: true }).waitFor()
  const path = new URL(secretary.url()).pathname

  /* Three givers take three each, by what is proposed. The first two are those that promised. */
  await dispatcher.open(path)
  const proposed = dispatcher.locator('li', { hasText: `米面油${mark}-` })
  await proposed.first().waitFor()
  await dispatcher.settled()
  await shot(dispatcher, way, 'split-proposed')
  for (const one of [members[1], members[7], members[13]]) {
    await proposed.filter({ hasText: one.name }).getByRole('button', { name: t('exchange.take'), exact: true }).first().click()
    const take = dispatcher.getByRole('dialog')
    await take.getByLabel(t('exchange.how_much')).fill('3')
    await take.getByLabel(t('exchange.due')).fill('2030-01-01T12:00')
    await take.getByRole('button', { name: t('exchange.take'), exact: true }).click()
    await take.waitFor({ state: 'detached' })
    await dispatcher.settled()
  }
  await dispatcher.locator('.st', { hasText: t('exchange.s_partly') }).first().waitFor()
  await dispatcher.getByText(t('exchange.claimed_of', { a: '9', b: '12' })).first().waitFor()
  await shot(dispatcher, way, 'split-three')

  const act = async (page, org, button, words) => {
    await page.locator('.ex-list li', { hasText: org.name }).filter({ has: page.locator('.acts') }).first().getByRole('button', { name: t(button), exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('textarea').fill(words)
    await dialog.getByRole('button', { name: t('app.save') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.settled()
  }
  const stands = (page, org, state) => page.locator('.ex-list li', { hasText: org.name }).locator('.st', { hasText: t(state) }).first().waitFor()
  await act(dispatcher, members[1], 'exchange.done', '三份都送到了')
  await act(dispatcher, members[7], 'exchange.done', '放在门口了')
  await act(dispatcher, members[13], 'exchange.give_back', '车坏了')
  await stands(dispatcher, members[13], 'exchange.c_given_back')
  await secretary.open(path)
  await act(secretary, members[1], 'exchange.confirm', '家家都收到了')
  await act(secretary, members[7], 'exchange.fail', '门口什么也没有')
  await stands(secretary, members[7], 'exchange.c_failed')
  await secretary.getByText(t('exchange.claimed_of', { a: '3', b: '12' })).first().waitFor()      // what failed is wanted again
  await shot(secretary, way, 'split-failed')

  await secretary.open(`/desk/alliances/${alliance.id}`)
  const part = secretary.getByRole('region', { name: t('agreement.pledged') })
  await part.getByText(t('agreement.pledged_text', { agreements: 1, pledges: 2, kept: 1, open: 1, late: 0 })).waitFor()
  await secretary.settled()
  await shot(secretary, way, 'alliance-kept')
  await part.locator('li', { hasText: members[1].name }).getByRole('button', { name: t('agreement.works') }).click()
  await secretary.getByRole('dialog').getByText(title).waitFor()
  await shot(secretary, way, 'alliance-works')
  clean(secretary, dispatcher)
})
