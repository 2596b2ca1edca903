/* Services in a browser: a resident orders from the menu without an account, waits, cancels; a social worker orders for an 82-year-old, a volunteer
 * grabs it, sees the address on its day, reports hours, and is spoken of on the telephone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PHONE, startDistrict } from './support/browser.mjs'
import { WAYS, clean, journey, shot } from './support/ways.mjs'

const DAY = 86_400_000
let district
before(async () => (district = await startDistrict({ cases: 20 })))
after(() => district?.end())

/* Elder mode is a size of its own. */
const ELDER = { ...WAYS[0], name: 'elder', phone: true, look: { ...WAYS[0].look, view: PHONE, prefs: { ...WAYS[0].look.prefs, elder: true } } }
for (const way of [...WAYS, ELDER])
  test(`a resident orders from the menu without an account, waits, cancels (${way.name})`, async () => {
    const { t } = way
    const page = await district.person(way.look)
    await page.open('/')
    await page.getByRole('link', { name: t('portal/order.title') }).click()
    await page.getByRole('heading', { level: 1, name: t('portal/order.title') }).waitFor()
    await page.settled()
    await shot(page, way, 'order-menu')
    await page.getByRole('button', { name: way.is('理发', 'Haircut'), exact: true }).click()
    await page.getByRole('link', { name: /社区理发日/ }).click()
    await page.getByText(t('portal/order.choose')).first().waitFor()
    await page.settled()
    await page.getByRole('button', { name: t('portal/order.send') }).click()                     // nothing chosen yet
    await page.getByText(t('portal/order.choose_first')).waitFor()
    const first = page.locator('.whens label').first()
    await first.getByText(t('portal/order.wait_n')).waitFor()
    await first.click()
    await page.getByLabel(t('portal/order.your_name')).fill('王秀兰')
    await page.getByRole('button', { name: t('portal/order.send') }).click()
    await page.getByText(way.is('此项必填', 'This is needed')).waitFor()                                     // a telephone
    await page.getByLabel(t('portal/order.tel')).fill(`1380000111${[...WAYS, ELDER].indexOf(way)}`)
    await shot(page, way, 'order-form')
    await page.getByRole('button', { name: t('portal/order.send') }).click()
    await page.getByText(t('portal/order.got_wait', { n: 3 })).waitFor()
    await shot(page, way, 'order-made')
    assert.match(page.url(), /\/o\/\d{6}-\d{4,}#/)
    await page.open('/mine')
    await page.getByRole('heading', { name: t('portal/order.my_orders') }).waitFor()
    await shot(page, way, 'order-mine')
    await page.getByRole('link', { name: /社区理发日/ }).click()
    await page.getByRole('button', { name: t('portal/order.cancel'), exact: true }).click()
    await page.getByRole('button', { name: t('portal/order.yes') }).click()
    await page.locator('.st', { hasText: t('service/states.o_cancelled') }).waitFor()
    clean(page)
  })

journey('a package is ordered as a whole, for somebody else', async (way) => {
  const { t } = way
  const page = await district.person(way.look)
  await page.open('/order')
  await page.getByRole('link', { name: /居家关爱/ }).click()
  await page.locator('.step input[type=datetime-local]').nth(1).waitFor()
  for (const n of [0, 1]) await page.locator('.step input[type=datetime-local]').nth(n).fill(`${new Date().getFullYear() + (new Date().getMonth() === 11 ? 1 : 0)}-${String(((new Date().getMonth() + 1) % 12) + 1).padStart(2, '0')}-0${n + 5}T10:00`)
  await page.getByRole('button', { name: t('portal/order.other') }).click()
  await page.getByLabel(t('portal/order.name')).fill('邻居刘奶奶')
  await page.getByLabel(t('portal/order.tel')).fill('13800002222')
  await page.getByLabel(t('portal/order.home')).fill('6 号楼 404')
  await shot(page, way, 'package')
  await page.getByRole('button', { name: t('portal/order.send') }).click()
  await page.getByText(t('portal/order.got_text')).waitFor()
  await page.open('/mine')
  await page.getByRole('link', { name: /上门理发/ }).waitFor()
  await page.getByRole('link', { name: /助餐送饭上门/ }).waitFor()
  clean(page)
})

journey('from request to review: a social worker, a volunteer, a call-back, the hours', async (way) => {
  const { t } = way, mark = WAYS.indexOf(way) + 1, title = `今天上门理发${mark}`
  const volunteer = await district.person({ role: 'volunteer', ...way.look }), worker = await district.person({ role: 'social_worker', ...way.look })
  const ask = async (page, method, path, data) => {
    const answer = await page.context().request.fetch(`${district.url}/api/v1${path}`, { method, data, headers: { origin: district.url } })
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  /* A slot whose time has begun, so that its day is today whatever the hour; the volunteer's order of the demonstration late this evening is one of tomorrow. */
  district.sql(`UPDATE service_order SET begins_at = begins_at + ${DAY}, ends_at = ends_at + ${DAY} WHERE helper_id IS NOT NULL AND state = 5`)
  const team = (await ask(volunteer, 'GET', '/session')).units[0].id, community = (await ask(worker, 'GET', '/session')).units[0].id
  const manager = await district.user({ role: 'department_handler', unit: team, sign: `team_manager${mark}` })
  const must = (answer) => (assert.equal(answer.status, 201, answer.text), answer.body)
  const service = must(await manager.post('/services', { org_id: team, area_id: community, title, category: 'haircut', place: 'home', slotted: true, public: true }))
  must(await manager.post(`/services/${service.id}/slots`, { begins_at: Date.now() - 60_000, ends_at: Date.now() + 7_200_000, capacity: 2 }))

  await worker.open('/desk/services')
  await shot(worker, way, 'services')
  await worker.locator('tbody a').filter({ hasText: title }).click()
  await worker.getByRole('heading', { level: 1, name: title }).waitFor()
  await worker.settled()
  await shot(worker, way, 'service')
  await worker.getByRole('button', { name: t('service.order_for') }).click()
  const form = worker.getByRole('dialog')
  await form.getByLabel(t('service.choose_slot')).selectOption({ index: 1 })
  await form.getByLabel(t('service.who')).fill(`赵奶奶${mark}（82 岁）`)
  await form.getByLabel(t('service.phone'), { exact: true }).fill('13812345678')
  await form.getByLabel(t('service.home')).fill('和悦家园 3 号楼 501')
  await form.getByLabel(t('service.note')).fill('耳背，请大声敲门')
  await shot(worker, way, 'order-for')
  await form.getByRole('button', { name: t('service.order_for') }).click()
  await form.waitFor({ state: 'detached' })

  await volunteer.open('/desk/orders')
  await shot(volunteer, way, 'orders-volunteer')
  assert.equal(await volunteer.getByText(`赵奶奶${mark}`).count(), 0)                    // nobody's name before it is theirs
  await volunteer.locator('tr', { hasText: title }).getByRole('button', { name: t('service.grab') }).click()
  await volunteer.getByRole('heading', { level: 1, name: title }).waitFor()
  await volunteer.getByRole('button', { name: t('service.show_home') }).click()
  await volunteer.getByText('和悦家园 3 号楼 501').waitFor()
  await shot(volunteer, way, 'order-volunteer')
  await volunteer.getByRole('button', { name: t('service.start') }).click()
  await volunteer.locator('.st', { hasText: t('service/states.o_under_way') }).first().waitFor()
  await volunteer.getByRole('button', { name: t('service.done'), exact: true }).click()
  const done = volunteer.getByRole('dialog')
  await done.getByLabel(t('service.result')).fill('剪短了，帮着扫了地')
  await done.getByLabel(t('service.helper_minutes')).fill('50')
  await shot(volunteer, way, 'done')
  await done.getByRole('button', { name: t('app.save') }).click()
  await volunteer.locator('.st', { hasText: t('service/states.o_done') }).first().waitFor()
  assert.equal(await volunteer.getByText('和悦家园 3 号楼 501').count(), 0)        // it is over

  await worker.open('/desk/orders?show=all&state=done')
  await worker.locator('tbody a').filter({ hasText: title }).click()
  await worker.getByRole('button', { name: t('service.show_phone') }).click()
  await worker.getByText('13812345678').waitFor()
  await worker.getByRole('button', { name: t('service.review') }).first().click()
  await worker.getByRole('dialog').getByLabel(t('service.said')).fill(`小伙子很耐心${mark}`)
  await worker.getByRole('dialog').getByRole('button', { name: t('app.save') }).click()
  await worker.getByText(`小伙子很耐心${mark}`).waitFor()
  await worker.settled()
  await shot(worker, way, 'order')
  await volunteer.open('/desk/hours')
  await volunteer.getByText(title).waitFor()
  await shot(volunteer, way, 'hours')
  await worker.open('/desk/orders?show=all')
  await shot(worker, way, 'orders')
  clean(volunteer, worker)
})

journey('the manager puts a service on the menu with slots, and closes one', async (way) => {
  const { t } = way, title = `磨剪子磨刀${WAYS.indexOf(way) + 1}`
  const manager = await district.person({ role: 'community_secretary', ...way.look })
  const session = await (await manager.context().request.get(`${district.url}/api/v1/session`)).json()
  await manager.open('/desk/services')
  await manager.getByRole('button', { name: t('service.new_service') }).click()
  const form = manager.getByRole('dialog')
  await form.getByLabel(t('service.of')).fill(`${session.units[0].name}居委会`)
  await manager.getByRole('listbox').getByRole('option', { name: new RegExp(session.units[0].name) }).first().click()
  await form.getByLabel(t('service.what'), { exact: true }).fill(title)
  await form.getByLabel(t('service.category')).selectOption('repair')
  await shot(manager, way, 'service-form')
  await form.getByRole('button', { name: t('app.save') }).click()
  await manager.getByRole('heading', { level: 1, name: title }).waitFor()
  await manager.getByRole('button', { name: t('service.add_rhythm') }).click()
  await manager.getByRole('dialog').getByText(t('exchange.day_2'), { exact: true }).click()
  await manager.getByRole('dialog').getByRole('button', { name: t('app.save') }).click()
  await manager.getByRole('dialog').waitFor({ state: 'detached' })
  await manager.getByText(t('service.rhythm', { days: way.is('二', 'Tu'), from: '09:00', to: '11:00', n: 10 })).waitFor()
  await manager.settled()
  const rows = manager.locator('.ex-list').first().locator('li')
  assert.ok((await rows.count()) >= 3)
  await rows.first().getByRole('button').click()
  await manager.getByRole('menuitem', { name: t('service.close') }).click()
  await manager.getByRole('dialog').getByLabel(t('service.why'), { exact: true }).fill('师傅生病')
  await manager.getByRole('dialog').getByRole('button', { name: t('service.close') }).click()
  await manager.getByText(t('service.closed', { reason: '师傅生病' })).waitFor()
  await shot(manager, way, 'service-slots')
  clean(manager)
})
