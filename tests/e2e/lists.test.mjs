/* The cases page as a place to work: views kept and shared, the board, one action on many cases with a report that hides nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESKTOP, PHONE, sideways, startDistrict } from './support/browser.mjs'
import { inEveryMode } from './support/modes.mjs'

let district
before(async () => (district = await startDistrict({ cases: 300 })))
after(() => district?.end())

const get = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
async function post(page, path, data, version) {
  const answer = await page.context().request.post(`${district.url}/api/v1${path}`, { data, headers: { origin: district.url, ...(version && { 'If-Match': `"v${version}"` }) } })
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}
const views = (page) => page.getByRole('navigation', { name: '视图' })

/** Reports that wait to be accepted in the secretary's community, each with a word to find them by. */
async function reports(secretary, word, count) {
  const { units } = await get(secretary, '/session')
  const { at } = await get(secretary, `/areas/${units[0].id}`)
  const made = []
  for (let n = 1; n <= count; n++) made.push(await post(secretary, '/cases', { text: `${word}第 ${n} 件：楼道灯不亮。`, at, address: n === 1 ? undefined : `${n} 号楼` }))
  return made
}

test('a view is kept, opened from its link, shared, and deleted', async () => {
  const dispatcher = await district.person({ role: 'street_dispatcher' })
  await dispatcher.open('/desk/cases?state=accepted&state=dispatched&sort=due')
  await dispatcher.getByRole('button', { name: '保存视图' }).click()
  const dialog = dispatcher.getByRole('dialog')
  await dialog.getByLabel('名称').fill('等派等签')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await views(dispatcher).getByRole('link', { name: '等派等签' }).and(dispatcher.locator('[aria-current]')).waitFor()

  await views(dispatcher).getByRole('link', { name: '全部' }).click()
  await dispatcher.waitForURL((to) => !to.search)
  await views(dispatcher).getByRole('link', { name: '等派等签' }).click()
  await dispatcher.waitForURL((to) => to.searchParams.getAll('state').join() === 'accepted,dispatched' && to.searchParams.get('sort') === 'due')

  await dispatcher.getByRole('button', { name: '管理视图' }).click()
  await dispatcher.getByRole('menuitem', { name: '改名、共享' }).click()
  await dialog.getByLabel('名称').fill('等派等签（全街）')
  await dialog.getByLabel('谁能看到').selectOption({ index: 1 })
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await views(dispatcher).getByRole('link', { name: /等派等签（全街）/ }).waitFor()

  const { items: [shared] } = await get(dispatcher, '/saved?kind=case_view')
  assert.deepEqual(shared.query, { sort: 'due', state: ['accepted', 'dispatched'] })
  const worker = await district.person({ role: 'grid_worker', view: PHONE })
  const { units: [street] } = await get(dispatcher, '/session')
  const inside = (await get(worker, '/saved?kind=case_view')).items
  assert.equal(shared.unit_id, street.id)
  if (inside.length) {
    await worker.open('/desk/cases')
    await views(worker).getByRole('link', { name: /等派等签（全街）/ }).click()
    await worker.waitForURL((to) => to.searchParams.get('sort') === 'due')
    assert.equal(await worker.getByRole('button', { name: '管理视图' }).count(), 0, 'who may not share does not manage it')
    assert.ok((await sideways(worker)) <= 0)
  }

  await dispatcher.getByRole('button', { name: '管理视图' }).click()
  await dispatcher.getByRole('menuitem', { name: '删除视图' }).click()
  await dialog.getByRole('button', { name: '删除' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual((await get(dispatcher, '/saved?kind=case_view')).items, [])
  assert.deepEqual(dispatcher.faults, [])
})

test('the board shows what the list shows, state by state, and is walked by keys', async () => {
  const dispatcher = await district.person({ role: 'street_dispatcher' })
  await dispatcher.open('/desk/cases?view=board')
  const columns = dispatcher.locator('.bcol')
  await columns.last().locator('.n').getByText(/\d/).waitFor()
  await dispatcher.settled()
  assert.equal(await columns.count(), 7)
  const states = ['reported', 'waiting', 'accepted', 'dispatched', 'handling', 'suspended', 'handled']
  for (const [n, state] of states.entries()) {
    const { count } = await get(dispatcher, `/cases/count?state=${state}`)
    assert.equal(await columns.nth(n).locator('h2 .n').innerText(), String(count), state)
    const { items } = await get(dispatcher, `/cases?state=${state}&sort=due&limit=10`)
    assert.deepEqual(await columns.nth(n).locator('.bcard .code').allInnerTexts(), items.map((one) => one.code))
  }
  await dispatcher.keyboard.press('j')
  const first = await dispatcher.evaluate(() => document.activeElement.getAttribute('href'))
  await dispatcher.keyboard.press('j')
  await dispatcher.keyboard.press('l')
  await dispatcher.keyboard.press('h')
  await dispatcher.keyboard.press('k')
  assert.equal(await dispatcher.evaluate(() => document.activeElement.getAttribute('href')), first)
  await dispatcher.keyboard.press('Enter')
  await dispatcher.waitForURL(/\/desk\/cases\/\d+$/)
  await dispatcher.goBack()
  await dispatcher.waitForURL(/view=board/)

  await dispatcher.open('/desk/cases?view=board&state=handling&due=overdue')
  await columns.first().waitFor()
  assert.equal(await columns.count(), 1)
  const full = states[(await Promise.all(states.map(async (state) => (await get(dispatcher, `/cases/count?state=${state}`)).count))).findIndex((count) => count > 10)]
  if (full) {
    await dispatcher.open(`/desk/cases?view=board&state=${full}`)
    await dispatcher.getByRole('button', { name: /再看/ }).click()
    await dispatcher.waitForFunction(() => document.querySelectorAll('.bcard').length > 10)
  }
  const action = columns.locator('.bcard a.btn').first()
  if (await action.count()) {
    await action.click()
    await dispatcher.locator('.do').waitFor()
  }
  assert.deepEqual(dispatcher.faults, [])
})

test('many cases are answered at once; what somebody else did first is told with its reason, and tried again', async () => {
  const secretary = await district.person({ role: 'community_secretary' })
  const made = await reports(secretary, '批量受理', 4)
  await post(secretary, '/saved', { kind: 'reply', name: '请到物业', text: '{code}：{address}的事请向物业反映。' })

  await secretary.open(`/desk/cases?q=${encodeURIComponent('批量受理')}`)
  const table = secretary.locator('table.table').first()
  await table.getByRole('checkbox', { name: '全选本页' }).check()
  await secretary.getByText('已选 4 件').waitFor()
  await table.getByRole('checkbox', { name: `选 ${made[3].code}` }).uncheck()
  await secretary.getByText('已选 3 件').waitFor()
  const bar = secretary.locator('.bulk')
  await bar.getByRole('button', { name: '受理', exact: true }).waitFor()
  assert.equal(await bar.getByRole('button', { name: '签收', exact: true }).count(), 0, 'only what all of them allow')
  await bar.getByRole('button', { name: '更多' }).click().catch(() => {})
  await secretary.getByRole('menuitem', { name: '不予受理' }).or(bar.getByRole('button', { name: '不予受理' })).first().click()

  const dialog = secretary.getByRole('dialog')
  await dialog.getByRole('button', { name: '用模板' }).click()
  await secretary.getByRole('menuitem', { name: '请到物业' }).click()
  await dialog.getByText(/第一件会写成/).waitFor()

  /* Meanwhile somebody else accepts the second one. */
  const second = await get(secretary, `/cases/${made[1].id}`)
  await post(secretary, `/cases/${second.id}/accept`, {}, second.version)
  await dialog.getByRole('button', { name: /不予受理 3 件/ }).click()
  await dialog.getByText('办成 2 件，没办成 1 件').waitFor()
  const row = dialog.getByRole('row').filter({ hasText: made[1].code })
  await row.getByText('没办成').waitFor()
  assert.match(await row.innerText(), /待派遣|有人作了修改|已有人/)
  await secretary.keep('bulk-report')

  for (const [n, state] of [[0, 'rejected'], [1, 'accepted'], [2, 'rejected'], [3, 'reported']]) assert.equal((await get(secretary, `/cases/${made[n].id}`)).state, state)
  const { events } = await get(secretary, `/cases/${made[2].id}`)
  assert.equal(events.at(-1).text, `${made[2].code}：3 号楼的事请向物业反映。`)

  await dialog.getByRole('button', { name: '重试没办成的' }).click()
  await dialog.getByText(/现在不能不予受理：已是“待派遣”/).waitFor()
  await secretary.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await dialog.getByRole('button', { name: '复制结果' }).click()
  const copied = await secretary.evaluate(() => navigator.clipboard.readText())
  assert.match(copied, new RegExp(`${made[1].code}\t.*\t没办成\t`))
  await dialog.getByRole('button', { name: '关闭' }).click()
  await secretary.getByText('已选 1 件').waitFor()
  assert.deepEqual(secretary.faults, [])
})

test('a reply that a case cannot fill is not sent for it, and says so beforehand', async () => {
  const secretary = await district.person({ role: 'community_secretary' })
  const made = await reports(secretary, '模板缺项', 2)
  await secretary.open(`/desk/cases?q=${encodeURIComponent('模板缺项')}`)
  await secretary.getByRole('checkbox', { name: '全选本页' }).check()
  const bar = secretary.locator('.bulk')
  await bar.getByRole('button', { name: '受理', exact: true }).waitFor()
  await bar.getByRole('button', { name: '请上报人补充' }).click()
  const dialog = secretary.getByRole('dialog')
  await dialog.getByLabel('要问什么').fill('{org}想知道：灯在几楼？')
  await dialog.getByText(/2 件缺承办单位/).waitFor()
  await dialog.getByRole('button', { name: /请上报人补充 2 件/ }).click()
  await dialog.getByText('办成 0 件，没办成 2 件').waitFor()
  assert.equal(await dialog.getByText(/这件没有承办单位/).count(), 2)
  for (const one of made) assert.equal((await get(secretary, `/cases/${one.id}`)).state, 'reported')
})

test('table, board and map show the same cases for the same filters, and keep them when one changes to another', async () => {
  const dispatcher = await district.person({ role: 'street_dispatcher' })
  const [area] = (await get(dispatcher, '/areas/tree')).items.filter((one) => one.kind === 'community')
  for (const filters of ['state=handling', `area=${area.id}&state=handled,dispatched`, 'due=overdue&state=handling,handled', 'source=resident&state=accepted', `q=${encodeURIComponent('灯')}&state=closed`]) {
    const asked = new URLSearchParams(filters)
    if (asked.has('q')) asked.set('text', asked.get('q')), asked.delete('q')
    const { count } = await get(dispatcher, `/cases/count?${asked}`)
    await dispatcher.open(`/desk/cases?${filters.replaceAll(',', '&state=')}`)
    await dispatcher.locator('.page-h .sub').getByText(`${count} 件`, { exact: true }).waitFor()
    const rows = dispatcher.locator('.table tbody tr')
    assert.equal(await rows.count(), Math.max(1, Math.min(20, count)), `${filters}: rows, or the line that says there are none`)
    const titles = count ? await dispatcher.locator('.table tbody td.ti a').allInnerTexts() : []

    await dispatcher.getByRole('button', { name: '板', exact: true }).click()
    await dispatcher.waitForURL(/view=board/)
    await dispatcher.locator('.bcol').first().waitFor()
    await dispatcher.settled()
    const columns = await dispatcher.locator('.bcol h2 .n').allInnerTexts()
    assert.equal(columns.reduce((sum, n) => sum + Number(n), 0), count, `${filters}: the board`)
    if (count <= 10) assert.deepEqual((await dispatcher.locator('.bcard .ti').allInnerTexts()).sort(), [...titles].sort(), filters)

    /* Asked for at once, and again where the map has come to lie. */
    const answers = [], keep = (answer) => { if (answer.url().includes('/api/v1/cases/map?')) answers.push(answer.json().catch(() => null)) }
    dispatcher.on('response', keep)
    const first = dispatcher.waitForResponse((answer) => answer.url().includes('/api/v1/cases/map?'))
    await dispatcher.getByRole('button', { name: '图', exact: true }).click()
    await first
    await dispatcher.settled()
    dispatcher.off('response', keep)
    const { items } = (await Promise.all(answers)).findLast(Boolean)
    const placed = (await get(dispatcher, `/cases?limit=200&${asked}`)).items.filter(({ at }) => at).length
    assert.equal(items.reduce((sum, pin) => sum + (pin.count ?? 1), 0), placed, `${filters}: the map`)
    const kept = new URL(dispatcher.url()).searchParams
    for (const [name, value] of new URLSearchParams(filters)) assert.equal(kept.getAll(name).join(','), value, `${name} is kept`)
  }
  assert.deepEqual(dispatcher.faults, [])
})

test('a list on paper is its table: no buttons, no menus, a head on every page, nothing cut off', async () => {
  const leader = await district.person({ role: 'district_leader' })
  await leader.open('/desk/cases?sort=due')
  await leader.emulateMedia({ media: 'print' })
  await leader.setViewportSize({ width: 718, height: 1000 })   // A4 upright, less its margins
  assert.deepEqual(await leader.evaluate(() => [...document.querySelectorAll('button, .btn, nav, .fbar, input')].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 90))), [])
  assert.equal(await leader.locator('thead').evaluate((head) => getComputedStyle(head).display), 'table-header-group')
  assert.equal(await leader.locator('.table tbody tr').count(), 20)
  assert.ok((await sideways(leader)) <= 0)
  assert.deepEqual(await leader.locator('.table td').evaluateAll((all) => all.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText)), [])
  if (process.env.LINLI_PICTURES) await leader.screenshot({ path: `${process.env.LINLI_PICTURES}/print.png`, fullPage: true })
})

test('one case is answered with a kept reply, filled with what the case has', async () => {
  const secretary = await district.person({ role: 'community_secretary' })
  const [one] = await reports(secretary, '一件用模板', 1)
  await post(secretary, '/saved', { kind: 'reply', name: '问楼层', text: '{code}：灯在几楼？' })
  await post(secretary, '/saved', { kind: 'reply', name: '问单位', text: '{org}想知道：灯在几楼？' })
  await secretary.open(`/desk/cases/${one.id}`)
  await secretary.locator('.do').getByRole('button', { name: '请上报人补充' }).click()
  const form = secretary.locator('.act-form')
  const use = async (name) => {
    await form.getByRole('button', { name: '用模板' }).click()
    await secretary.getByRole('menuitem', { name }).click()
  }
  await use('问单位')
  await form.getByText('没有承办单位').waitFor()
  await use('问楼层')
  assert.equal(await form.getByLabel('要问什么').inputValue(), `${one.code}：灯在几楼？`)
  assert.equal(await form.getByText('没有承办单位').count(), 0)
  assert.equal(await form.getByRole('button', { name: '存为模板' }).count(), 0, 'it is one already')
  await form.locator('button[type=submit]').click()
  await secretary.locator('.meta').getByText('待补充').waitFor()
  assert.deepEqual(secretary.faults, [])
})

for (const [size, view] of [['desktop', DESKTOP], ['phone', PHONE]])
  test(`${size}, in every mode: views, board, selection, form and report keep the rules of accessibility`, async () => {
    const page = await district.person({ role: 'community_secretary', view })
    await post(page, '/saved', { kind: 'case_view', name: `本周到期 ${size}`, query: { due: 'week', sort: 'due' } })
    const faults = []
    const look = async (what) => {
      const keep = process.env.LINLI_PICTURES && ((mode) => page.screenshot({ path: `${process.env.LINLI_PICTURES}/${what}-${mode}-${size}.png` }))
      faults.push(...(await inEveryMode(page, keep)).map((fault) => `${what} ${fault}`))
    }
    await page.open('/desk/cases?view=board')
    await page.locator('.bcard').first().waitFor()
    await page.locator('.bcol').last().locator('.n').getByText(/\d/).waitFor()
    await look('board')
    await page.open('/desk/cases?state=reported')
    await page.getByRole('checkbox', { name: /^选 / }).first().waitFor()
    await page.getByRole('checkbox', { name: /^选 / }).nth(0).check()
    await page.getByRole('checkbox', { name: /^选 / }).nth(1).check()
    await page.locator('.bulk').getByRole('button', { name: '受理', exact: true }).waitFor()
    await look('table')
    await page.locator('.bulk').getByRole('button', { name: '请上报人补充' }).click()
    await page.getByRole('dialog').getByLabel('要问什么').fill('{org}：{address}')
    await look('form')
    await page.getByRole('dialog').getByRole('button', { name: /请上报人补充 2 件/ }).click()
    await page.getByRole('dialog').getByText(/办成 0 件/).waitFor()
    await look('report')
    faults.push(...page.faults)
    assert.deepEqual(faults, [])
    await page.context().close()
  })
