/* The main job in the browser, by five people: a resident reports on a phone, the secretary accepts, the dispatcher dispatches, the
 * handler signs and reports, the grid worker verifies on a phone, the resident rates. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { join } from 'node:path'
import { root } from '../api/support/server.mjs'
import { PHONE, sideways, startDistrict } from './support/browser.mjs'

const PHOTO = join(root, 'server/features/demo/photos/manhole-before.jpg')
const AFTER = join(root, 'server/features/demo/photos/manhole-after.jpg')
const TEXT = '3 号楼东边路口的井盖碎了一半，晚上没有灯，昨天有人绊了一下。'

let district
before(async () => (district = await startDistrict({ cases: 120 })))
after(() => district?.end())

const api = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()

/** The grid in which the demonstration's role "grid worker" works, and a point in it. */
async function gridOf(worker) {
  const { units } = await api(worker, '/session')
  const area = await api(worker, `/areas/${units[0].id}`)
  return { ...area, ...area.at }
}

/** Puts the needle of a picking map on a place: through the map itself, by the keyboard's way. */
async function pick(page, { lon, lat }) {
  await page.evaluate(({ lon, lat }) => {
    Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition: (good) => good({ coords: { longitude: lon, latitude: lat } }) } })
  }, { lon, lat })
  await page.getByRole('button', { name: '定位到我' }).click()
}

async function act(page, name, fill) {
  await page.locator('.do').getByRole('button', { name, exact: true }).first().click()
  if (fill) await fill(page.locator('.act-form'))
  const button = page.locator('.act-form button[type=submit]')
  await button.click()
  await page.locator('.act-form').waitFor({ state: 'detached' }).catch(async (late) => {
    await page.keep(`act-${name}`)
    throw new Error(`${name}: ${await page.locator('.act-form').innerText()}`, { cause: late })
  })
  /* It is shown at once; the next person sees it when it has arrived. */
  await page.locator('.under-way').waitFor({ state: 'detached' })
}

test('a report becomes a closed, rated case', async (t) => {
  const worker = await district.person({ role: 'grid_worker', view: PHONE })
  const place = await gridOf(worker)
  const resident = await district.person({ view: PHONE })
  let code

  await t.test('the resident reports with a photo, words and a place', async () => {
    await resident.open('/')
    await resident.getByRole('link', { name: /我要反映/ }).click()
    await resident.locator('input[type=file]').setInputFiles(PHOTO)
    await resident.locator('.pics img').waitFor()
    await resident.getByRole('textbox', { name: /说说怎么回事/ }).fill(TEXT)
    await resident.getByRole('button', { name: '雨水井盖异常' }).click()
    await pick(resident, place)
    await resident.getByText(new RegExp(place.name)).first().waitFor()
    await resident.getByLabel(/手机号/).fill('13800001234')
    assert.ok((await sideways(resident)) <= 0)
    await resident.getByRole('button', { name: '提交', exact: true }).click()
    await resident.waitForURL(/\/c\/\d{6}-\d+#/)
    await resident.getByText('已经收到').waitFor()
    code = /\/c\/(\d{6}-\d+)#/.exec(resident.url())[1]
    assert.ok(!new URL(resident.url()).search, 'no secret in the query')
  })

  const secretary = await district.person({ role: 'community_secretary' })
  const { items } = await api(secretary, `/cases?text=${code}`)
  assert.equal(items.length, 1, 'the grid worker and the secretary of the demonstration share a community')
  const path = `/desk/cases/${items[0].id}`

  await t.test('the secretary finds it in the list and accepts it', async () => {
    await secretary.open('/desk/cases')
    await secretary.getByPlaceholder('正文、地址、编号').fill(code)
    await secretary.getByText(/^1 件$/).first().waitFor()   // rows move when the search comes into force: nobody clicks before they stand
    await secretary.locator(`a[href*="${path}"]`).first().click()   // others may say the same words
    await secretary.locator('.do').waitFor()
    await act(secretary, '受理')
    await secretary.getByText('待派遣').first().waitFor()
  })

  let org
  await t.test('the dispatcher sends it where the rule says, with the reason shown', async () => {
    const dispatcher = await district.person({ role: 'street_dispatcher' })
    await dispatcher.open(path)
    const view = await api(dispatcher, `/cases/${items[0].id}`)
    org = view.routing.org
    await dispatcher.locator('.do').getByText(org.name).waitFor()
    await act(dispatcher, '派遣')
    await dispatcher.getByText('待签收').first().waitFor()
  })

  await t.test('the handler signs, and reports what was done with a photo', async () => {
    /* The demonstration's role "handler" sits in one department; this one sits where the case went. */
    const admin = await district.person({ role: 'security_admin' })
    const handler = await district.person({ role: 'department_handler' })
    const me = await api(handler, '/session')
    if (me.units[0].id !== org.id) {
      const people = (await api(admin, `/people?unit=${org.id}`)).items
      assert.ok(people.length, 'somebody handles cases there')
      const answer = await admin.context().request.post(`${district.url}/api/v1/people/${me.user.person_id}/assignments`, { data: { role: 'department_handler', unit_kind: 'org', unit_id: org.id }, headers: { origin: district.url } })
      assert.equal(answer.status(), 201, await answer.text())
    }
    await handler.open('/desk')
    await handler.getByText(/井盖碎了一半/).first().waitFor()
    await handler.open(path)
    await act(handler, '签收')
    await handler.getByText('处置中').first().waitFor()
    await act(handler, '报告处置结果', async (form) => {
      await form.getByLabel(/做了什么/).fill('已更换防坠落井盖，井圈重新浇筑。')
      await form.locator('input[type=file]').setInputFiles(AFTER)
      await form.locator('.pics img').waitFor()
    })
    await handler.getByText('待核查').first().waitFor()
    const view = await api(handler, `/cases/${items[0].id}`)
    assert.ok(!view.actions.some(({ action }) => action === 'pass'), 'who handled it cannot verify it')
  })

  await t.test('the grid worker verifies on the phone', async () => {
    await worker.open(path)
    assert.ok((await sideways(worker)) <= 0)
    await act(worker, '核查通过', (form) => form.getByRole('button', { name: '已解决' }).click())
    await worker.getByText('已结案 · 已解决').first().waitFor()
  })

  await t.test('the resident sees before and after, and rates', async () => {
    await resident.reload()
    await resident.settled()
    await resident.getByText('修之前，修之后').waitFor()
    assert.equal(await resident.locator('.ba img').count(), 2)
    await resident.getByText('解决了', { exact: true }).click()
    await resident.locator('.five').getByText('5', { exact: true }).click()
    await resident.getByLabel(/还想说一句/).fill('来得快，谢谢。')
    await resident.getByRole('button', { name: '提交评价' }).click()
    await resident.getByRole('heading', { name: '您的评价' }).waitFor()
  })

  await t.test('the story tells every step in order', async () => {
    const { events, steps, rating } = await api(secretary, `/cases/${items[0].id}`)
    assert.deepEqual(events.map(({ action }) => action), ['report', 'accept', 'dispatch', 'sign', 'handled', 'pass', 'rate'])
    assert.ok(steps.every(({ state }) => state === 'done'))
    assert.deepEqual([rating.solved, rating.stars, rating.word], ['yes', 5, '来得快，谢谢。'])
    assert.ok(!JSON.stringify(await api(secretary, `/cases?text=${code}`)).includes('13800001234'))
  })
})

test('a draft with its photo survives a closed page', async () => {
  const resident = await district.person({ view: PHONE })
  await resident.open('/report')
  await resident.getByRole('textbox', { name: /说说怎么回事/ }).fill(TEXT)
  await resident.locator('input[type=file]').setInputFiles(PHOTO)
  await resident.locator('.pics img').waitFor()
  await resident.waitForTimeout(800)
  await resident.open('/')
  await resident.open('/report')
  await resident.getByText('上次没交完的内容还在').waitFor()
  assert.equal(await resident.getByRole('textbox', { name: /说说怎么回事/ }).inputValue(), TEXT)
  await resident.locator('.pics img').waitFor()
})

test('a broken network says so, keeps everything, and the report arrives once', async () => {
  const resident = await district.person({ view: PHONE })
  const worker = await district.person({ role: 'grid_worker' })
  const place = await gridOf(worker)
  const words = `断网试一次 ${Date.now()}，雨水口堵了。`
  await resident.open('/report')
  await resident.getByRole('textbox', { name: /说说怎么回事/ }).fill(words)
  await pick(resident, place)
  await resident.getByText(new RegExp(place.name)).first().waitFor()
  await resident.context().setOffline(true)
  await resident.getByRole('button', { name: '提交', exact: true }).click()
  await resident.getByText('连不上').waitFor()
  await resident.context().setOffline(false)
  /* It goes by itself as soon as the network is back. */
  await resident.waitForURL(/\/c\/\d{6}-\d+#/)
  const { items } = await api(worker, `/cases?text=${encodeURIComponent(words.slice(0, 20))}`)
  assert.equal(items.length, 1)
})

test('a grid worker reports and closes on the spot', async () => {
  const worker = await district.person({ role: 'grid_worker', view: PHONE })
  const place = await gridOf(worker)
  await worker.open('/desk/report?kind=spot')
  const pickers = worker.locator('input[type=file]')
  await pickers.first().setInputFiles(PHOTO)
  await worker.locator('.pics img').first().waitFor()
  await pickers.last().setInputFiles(AFTER)
  await worker.getByLabel(/发生了什么/).fill('单元门口贴了小广告。')
  await worker.getByLabel(/怎么处置的/).fill('当场清掉。')
  await pick(worker, place)
  await worker.locator('p[role=status]').getByText(new RegExp(place.name)).waitFor()
  await worker.getByRole('button', { name: '上报并办结' }).click()
  await worker.getByText(/已上报，编号/).waitFor()
  await worker.getByRole('link', { name: '打开这件事' }).click()
  await worker.getByText('已结案 · 已解决').first().waitFor()
})
