/* On the move: the desk as an application that goes on without a network. The wire between browser and server breaks, the server is
 * killed, the browser is closed in the middle: what was done arrives once, or says why not. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { folder, root, startServer, until } from '../api/support/server.mjs'
import { chromium, executablePath, FLAGS, PHONE } from './support/browser.mjs'
import { demonstration } from './support/demonstration.mjs'
import { inEveryMode } from './support/modes.mjs'
import { startWire } from './support/wire.mjs'

const BEFORE = join(root, 'server/features/demo/photos/rubbish-before.jpg')
const AFTER = join(root, 'server/features/demo/photos/rubbish-after.jpg')
const place = folder('linli-offline-')
const data = join(place.path, 'data')
let server, wire
const phones = []

before(async () => {
  await demonstration(data, 120)
  server = await startServer({ dir: data })
  wire = await startWire(server.url)
})
after(async () => {
  await Promise.all(phones.map((phone) => phone.close().catch(() => {})))
  await wire?.end()
  await server?.stop()
  place.remove()
})

/** A phone with its own memory: closing and opening it again keeps what it has stored. */
async function phone(name, { prefs } = {}) {
  const dir = join(place.path, `profile-${name}`)
  const context = await chromium.launchPersistentContext(dir, {
    executablePath, args: FLAGS, viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  })
  phones.push(context)
  context.setDefaultTimeout(30_000)
  if (prefs) await context.addInitScript((kept) => localStorage.setItem('linli.prefs', JSON.stringify(kept)), prefs)
  const page = context.pages()[0] ?? (await context.newPage())
  const faults = []
  page.on('pageerror', (fault) => faults.push(String(fault)))
  return {
    context, page, faults,
    close: () => context.close(),
    open: (path) => page.goto(wire.url + path, { waitUntil: 'load' }),
    /** Comes in as a role, and waits until the application is there without the network too. */
    async enter(role) {
      const answer = await context.request.post(`${wire.url}/api/v1/session/demo`, { data: { role }, headers: { origin: wire.url } })
      assert.equal(answer.status(), 200, await answer.text())
      await page.goto(`${wire.url}/desk/`, { waitUntil: 'load' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), 30_000)
    },
    api: async (path) => (await context.request.get(`${wire.url}/api/v1${path}`)).json(),
  }
}

/** Somebody else at a desk of their own, past the wire. */
async function colleague(role) {
  const client = server.client({ headers: {} })
  const answer = await client.post('/session/demo', { role })
  assert.equal(answer.status, 200, answer.text)
  client.me = answer.body
  return client
}

/** What this browser holds: rows of a store, names of caches. */
const stored = (page, store) => page.evaluate((name) => new Promise((done, fail) => {
  const asked = indexedDB.open('linli')
  asked.onerror = () => fail(asked.error)
  asked.onsuccess = () => {
    const database = asked.result
    if (!database.objectStoreNames.contains(name)) return done([])
    const rows = database.transaction(name).objectStore(name).getAll()
    rows.onsuccess = () => { database.close(); done(rows.result) }
  }
}), store)
const items = (page) => stored(page, 'items')
const settled = (page, ms = 60_000) => until(async () => (await items(page)).every((item) => item.standing === 'done' || item.standing === 'failed'), ms)
/** Back-off is for people's patience, not for a test's. */
const wakeUp = (page) => page.evaluate(() => window.dispatchEvent(new Event('online')))

async function pick(page, { lon, lat }) {
  await page.evaluate(({ lon, lat }) => {
    Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition: (good) => good({ coords: { longitude: lon, latitude: lat } }) } })
  }, { lon, lat })
  await page.getByRole('button', { name: '定位到我' }).click()
}
async function gridOf(one) {
  const { units } = await one.api('/session')
  const area = await one.api(`/areas/${units[0].id}`)
  return { ...area, ...area.at }
}
async function fillSpot(page, text, at) {
  const pickers = page.locator('input[type=file]')
  await pickers.first().setInputFiles(BEFORE)
  await page.locator('.pics img').first().waitFor()
  await pickers.last().setInputFiles(AFTER)
  await page.locator('.pics img').nth(1).waitFor()
  await page.getByLabel(/发生了什么/).fill(text)
  await page.getByLabel(/怎么处置的/).fill('当场清掉。')
  await pick(page, at)
}
const found = async (client, text) => (await client.get('/cases', { query: { text } })).body.items

/** A new case in the grid worker's grid, moved by the secretary as far as asked; with a photo. */
const STEPS = [['accept', {}], ['handle_self', {}], ['handled', { result: '已经修好。' }]]
async function task(text, steps = STEPS.length, east = 0) {
  const [worker, secretary] = [await colleague('grid_worker'), await colleague('community_secretary')]
  const area = (await worker.get(`/areas/${worker.me.units[0].id}`)).body
  const file = await worker.post('/files', readFileSync(BEFORE), { type: 'image/jpeg' })
  assert.equal(file.status, 201, file.text)
  const { body, status, text: said } = await worker.post('/cases', { text, at: { ...area.at, lon: area.at.lon + east }, photos: [file.body.id] })
  assert.equal(status, 201, said)
  for (const [action, fields] of STEPS.slice(0, steps)) {
    const { version } = (await secretary.get(`/cases/${body.id}`)).body
    const moved = await secretary.post(`/cases/${body.id}/${action}`, fields, { version })
    assert.equal(moved.status, 200, moved.text)
  }
  return (await secretary.get(`/cases/${body.id}`)).body
}
async function act(page, name, fill) {
  await page.locator('.do').getByRole('button', { name, exact: true }).first().click()
  if (fill) await fill(page.locator('.act-form'))
  await page.locator('.act-form button[type=submit]').click()
}

describe('an application of its own', () => {
  test('can be installed: manifest in both languages, icons, a worker that is never stale', async () => {
    const one = await phone('install')
    await one.enter('grid_worker')
    const link = new URL(await one.page.locator('link[rel=manifest]').getAttribute('href'), wire.url).pathname
    for (const path of [link, link.replace('.webmanifest', '.en.webmanifest')]) {
      const answer = await one.context.request.get(wire.url + path)
      assert.equal(answer.headers()['content-type'], 'application/manifest+json')
      const manifest = await answer.json()
      assert.equal(manifest.display, 'standalone')
      assert.ok(manifest.name && manifest.short_name && manifest.start_url.startsWith('/desk'))
      assert.deepEqual(manifest.icons.map(({ sizes, purpose }) => `${purpose} ${sizes}`), ['any 192x192', 'any 512x512', 'maskable 192x192', 'maskable 512x512'])
      for (const { src, sizes } of manifest.icons) {
        const png = await (await one.context.request.get(wire.url + src)).body()
        assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes)
      }
    }
    const worker = await one.context.request.get(`${wire.url}/sw.js`)
    assert.match(worker.headers()['content-type'], /^text\/javascript/)
    assert.equal(worker.headers()['cache-control'], 'no-cache')
    assert.match(worker.headers()['content-security-policy'], /worker-src 'self'/)
    const cdp = await one.context.newCDPSession(one.page)
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId), [])
    const { errors } = await cdp.send('Page.getAppManifest')
    assert.deepEqual(errors, [])
    await one.close()
  })

  test('a new version is offered, not forced, not while a form is being filled in, and had at once', async () => {
    const one = await phone('update')
    await one.enter('grid_worker')
    /* Another tab has the worker at work for as long as it is open: the browser does not let the new one take over. */
    const other = await one.context.newPage()
    await other.goto(`${wire.url}/desk/`)
    wire.hold('/api/v1/files/1/thumb')
    await Promise.all([other.waitForRequest(/thumb$/), other.evaluate(() => void fetch('/api/v1/files/1/thumb').catch(() => {}))])
    await one.open('/desk/report')
    await one.page.getByLabel(/发生了什么/).fill('写到一半')
    wire.change('/sw.js', (text) => text.replace(/(linli-shell-)/, '$1next-'))
    wire.change('/desk.html', (text) => text.replace(/(\/assets\/theme-[^"]+)/, '$1?next'))
    const worker = (what) => one.page.evaluate((name) => navigator.serviceWorker.getRegistration('/desk').then((found) => found[name] !== null), what)
    await one.page.evaluate(() => navigator.serviceWorker.getRegistration('/desk').then((found) => found.update()))
    await until(() => worker('waiting'), 30_000)
    await other.getByText('有新版本').waitFor()
    assert.equal(await one.page.getByText('有新版本').count(), 0, 'nobody is disturbed in the middle of a form')
    await one.page.getByRole('link', { name: '今天' }).click()
    for (const page of [one.page, other]) {
      await page.getByText('有新版本').waitFor()
      assert.ok(await worker('waiting'), 'the new worker has not taken over')
      await Promise.all([page.waitForEvent('load', { timeout: 10_000 }), page.getByRole('button', { name: '重新打开' }).click()])
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.equal(await page.locator('script[src$="?next"]').count(), 1, 'the page is the new one')
      assert.equal(await page.getByText('有新版本').count(), 0)
    }
    await one.open('/desk/report')
    assert.equal(await one.page.getByLabel(/发生了什么/).inputValue(), '写到一半')
    assert.deepEqual(one.faults, [])
    wire.changeNothing()
    wire.mend()
    await one.close()
  })
})

test('today’s tasks, their cases, photos and maps are there without a network, with their time', async () => {
  for (const what of ['井盖松了', '路灯不亮', '水管漏水']) await task(`${what}，请去核查`)
  const one = await phone('read')
  await one.enter('grid_worker')
  const { groups } = await one.api('/cases/work')
  const rows = groups.flatMap((group) => group.items)
  assert.ok(rows.length > 2)
  await until(async () => (await stored(one.page, 'copies')).filter(({ path }) => /\/cases\/\d+$/.test(path)).length >= Math.min(60, rows.length), 60_000)
  await one.page.waitForTimeout(500)
  wire.cut()
  try {
    await one.open('/desk/')
    await one.page.getByText('没有网络，照常用').waitFor()
    await one.page.getByText(/\d\d:\d\d 时的内容/).first().waitFor()
    assert.equal(await one.page.locator('article.task').count(), rows.length)
    const kept = await stored(one.page, 'copies')
    const withPhoto = kept.find(({ path, body }) => /\/cases\/\d+$/.test(path) && body.photos.length && body.at)
    assert.ok(withPhoto, 'one of the cases has a photo and a place')
    await one.open(`/desk/cases/${withPhoto.body.id}`)
    await one.page.getByRole('heading', { level: 1, name: withPhoto.body.title }).waitFor()
    const thumb = one.page.locator('.thumbs img').first()
    await thumb.scrollIntoViewIfNeeded()
    await until(() => thumb.evaluate((image) => image.naturalWidth > 0))
    await one.page.locator('path.m-area').first().waitFor({ state: 'attached' })
    assert.doesNotMatch(JSON.stringify(kept), /(?<!\d)1[3-9]\d{9}(?!\d)/, 'no telephone number is kept')
    assert.deepEqual(one.faults, [])
  } finally {
    wire.mend()
  }
  await one.close()
})

test('cut in the middle of a photo, browser closed, server killed: the report arrives once, with its photos', async () => {
  const text = `断网半途 ${Date.now()} 楼道堆物`
  let one = await phone('battery')
  await one.enter('grid_worker')
  const grid = await gridOf(one)
  await one.open('/desk/report?kind=spot')
  await fillSpot(one.page, text, grid)
  wire.cutAfter(20_000)
  await one.page.getByRole('button', { name: '上报并办结' }).click()
  await until(() => wire.isDown(), 30_000)
  await one.page.getByText('已存在这台手机上').waitFor()
  assert.equal((await items(one.page)).filter((item) => item.standing !== 'done').length, 1)
  await one.close()

  server.signal('SIGKILL')
  await server.over
  server = await startServer({ dir: data })
  wire.leadTo(server.url)
  wire.mend()

  one = await phone('battery')
  await one.open('/desk/outbox')
  await one.page.locator('[data-standing=done]').getByText(text.slice(0, 20)).waitFor()
  const secretary = await colleague('grid_worker')
  const cases = await found(secretary, text.slice(0, 20))
  assert.equal(cases.length, 1)
  assert.equal(cases[0].state, 'closed')
  const { body } = await secretary.get(`/cases/${cases[0].id}`)
  assert.deepEqual(body.photos.map(({ stage }) => stage).sort(), ['after', 'before'])
  assert.equal((await stored(one.page, 'parts')).length, 0, 'sent photos leave the device')
  await one.close()
})

test('an answer that is lost does not make a second case', async () => {
  const text = `答复丢了 ${Date.now()} 路灯不亮`
  const one = await phone('lost')
  await one.enter('grid_worker')
  const grid = await gridOf(one)
  await one.open('/desk/report?kind=spot')
  await fillSpot(one.page, text, grid)
  wire.loseAnswers('/api/v1/cases')
  await one.page.getByRole('button', { name: '上报并办结' }).click()
  await until(async () => (await items(one.page)).some((item) => item.tries >= 1 && item.standing === 'pending'), 30_000)
  wire.mend()
  await one.page.close()
  one.page = await one.context.newPage()
  await one.page.goto(`${wire.url}/desk/outbox`)
  await one.page.locator('[data-standing=done]').waitFor()
  assert.equal((await found(await colleague('grid_worker'), text.slice(0, 20))).length, 1)
  await one.close()
})

test('a step made without a network meets another’s: explained, kept, and done again or kept as a note', async (t) => {
  const one = await phone('conflict')
  await one.enter('grid_worker')
  const own = await colleague('grid_worker')
  const other = await colleague('street_dispatcher')
  const row = await task('车库漏水，修过一次')
  const view = async () => (await own.get(`/cases/${row.id}`)).body

  await one.open(`/desk/cases/${row.id}`)
  await one.page.locator('.do button').first().waitFor()
  wire.cut()
  await act(one.page, '核查不过，返工', (form) => form.getByLabel(/理由/).fill('现场还在漏水'))
  await one.page.locator('.under-way').waitFor()
  await one.page.locator('.meta').getByText('处置中').waitFor()
  await t.test('somebody else was first: only the version moved', async () => {
    const { status, text } = await other.post(`/cases/${row.id}/comment`, { text: '居委会也去看了', internal: true }, { version: (await view()).version })
    assert.equal(status, 200, text)
    wire.mend()
    await wakeUp(one.page)
    const box = one.page.locator('.refusal')
    await box.waitFor()
    assert.match(await box.innerText(), /您打开之后.*补充说明/s)
    await one.page.locator('.meta').getByText('待核查').waitFor()
    assert.match(await box.innerText(), /现场还在漏水/)
    await box.getByRole('button', { name: '按现在的状态再办' }).click()
    await settled(one.page)
    assert.equal((await view()).state, 'handling')
  })
  await t.test('the state moved: what was meant stays as a note', async () => {
    const next = await task('楼道灯坏了')
    await one.open(`/desk/cases/${next.id}`)
    await one.page.locator('.do button').first().waitFor()
    wire.cut()
    await act(one.page, '核查不过，返工', (form) => form.getByLabel(/理由/).fill('灯还是不亮'))
    await one.page.locator('.under-way').waitFor()
    const { version } = (await own.get(`/cases/${next.id}`)).body
    const done = await other.post(`/cases/${next.id}/pass`, { outcome: 'resolved' }, { version })
    assert.equal(done.status, 200, done.text)
    wire.mend()
    await wakeUp(one.page)
    await settled(one.page)
    await one.open('/desk/outbox')
    const box = one.page.locator('[data-standing=failed] .refusal')
    await box.waitFor()
    await box.getByText('不能再“核查不过，返工”了').waitFor()
    assert.match(await box.innerText(), /已结案/)
    assert.deepEqual(await inEveryMode(one.page), [])
    await box.getByRole('button', { name: '改成补充说明' }).click()
    await settled(one.page)
    const story = (await own.get(`/cases/${next.id}`)).body
    assert.equal(story.state, 'closed')
    assert.match(story.events.at(-1).text, /灯还是不亮/)
    assert.equal((await items(one.page)).filter((item) => item.standing === 'failed').length, 0)
  })
  await one.close()
})

test('a step with photos meets another’s: its photos are kept, and go with it again or with the note', async (t) => {
  const one = await phone('conflict-photos')
  await one.enter('community_secretary')
  const [own, other] = [await colleague('community_secretary'), await colleague('street_dispatcher')]
  const view = async (id) => (await own.get(`/cases/${id}`)).body
  const meanwhile = async (who, id, action, body) => {
    const { status, text } = await who.post(`/cases/${id}/${action}`, body, { version: (await view(id)).version })
    assert.equal(status, 200, text)
  }
  const reportHandled = async (id, result) => {
    await one.open(`/desk/cases/${id}`)
    await one.page.locator('.do button').first().waitFor()
    wire.cut()
    await act(one.page, '报告处置结果', async (form) => {
      await form.getByLabel(/做了什么/).fill(result)
      await form.locator('input[type=file]').first().setInputFiles(AFTER)
      await form.locator('.pics img').first().waitFor()
    })
    await one.page.locator('.under-way').waitFor()
    assert.equal((await stored(one.page, 'parts')).length, 1, 'the photo waits on the phone')
  }
  const online = async () => {
    wire.mend()
    await wakeUp(one.page)
  }
  const photosOf = async (id, action) => (await view(id)).events.findLast((event) => event.action === action).photos

  await t.test('only the version moved: done again, the photo with it, once', async () => {
    const { id } = await task('井盖松动，车一过就响', 2)
    await reportHandled(id, '垫好了，不响了')
    await meanwhile(other, id, 'comment', { text: '请拍一张', internal: true })
    await online()
    const box = one.page.locator('.refusal')
    await box.waitFor()
    assert.match(await box.innerText(), /垫好了，不响了/)
    assert.equal((await view(id)).state, 'handling')
    assert.equal((await view(id)).photos.filter(({ stage }) => stage === 'after').length, 0, 'nothing of a refused step is stored with the case')
    await box.getByRole('button', { name: '按现在的状态再办' }).click()
    await settled(one.page)
    const seen = await view(id)
    assert.equal(seen.state, 'handled')
    assert.equal(seen.photos.filter(({ stage }) => stage === 'after').length, 1)
    assert.equal((await photosOf(id, 'handled')).length, 1)
    assert.equal((await stored(one.page, 'parts')).length, 0, 'sent photos leave the device')
  })
  await t.test('the state moved while browser and server were off: kept as a note, with the photo', async () => {
    const { id } = await task('花坛边的砖掉了', 2)
    await reportHandled(id, '砖砌回去了')
    await one.close()
    await meanwhile(own, id, 'handled', { result: '同事先砌好了' })
    wire.mend()
    Object.assign(one, await phone('conflict-photos'))
    await one.open('/desk/outbox')
    const box = one.page.locator('[data-standing=failed] .refusal')
    await box.getByText('待核查').first().waitFor()   // how it stands now is asked for
    await box.getByRole('button', { name: '改成补充说明' }).click()
    await settled(one.page)
    const seen = await view(id)
    assert.equal(seen.state, 'handled')
    assert.match(seen.events.at(-1).text, /砖砌回去了/)
    assert.equal((await photosOf(id, 'comment')).length, 1)
    assert.deepEqual([(await stored(one.page, 'parts')).length, (await items(one.page)).filter((item) => item.standing === 'failed').length], [0, 0])
  })
  assert.deepEqual(one.faults, [])
  await one.close()
})

/** A case that the community handles, to which the department's organisation is called. */
async function calledFor(text) {
  const [handler, secretary] = [await colleague('department_handler'), await colleague('community_secretary')]
  const { id, version } = await task(text, 2)
  const seen = await secretary.post(`/cases/${id}/whistle`, { orgs: [handler.me.units[0].id], ask: '请到现场会商' }, { version })
  assert.equal(seen.status, 200, seen.text)
  const view = async () => (await handler.get(`/cases/${id}`)).body
  return { id, handler, view, called: async () => (await view()).called[0] }
}

test('a call by whistle is reported for and answered without a network', async (t) => {
  const one = await phone('whistle')
  const [first, second] = [await calledFor('窨井冒水，请会商'), await calledFor('电井进水，请会商')]
  await one.enter('department_handler')
  await until(async () => (await stored(one.page, 'copies')).filter(({ path }) => path.endsWith(`/cases/${first.id}`) || path.endsWith(`/cases/${second.id}`)).length === 2, 60_000)
  const part = one.page.locator('.called')
  const press = (name) => part.getByRole('button', { name, exact: true }).click()
  const submit = () => part.locator('button[type=submit]').click()
  const answer = async (by) => {
    await press('答复')
    await part.getByLabel('联系了谁').fill('物业张经理')
    await part.getByLabel('做了什么').fill('清了淤')
    await part.getByLabel('什么时候完成').fill(by)
    await submit()
  }
  await t.test('both steps are shown at once, wait together, and arrive in order', async () => {
    wire.cut()
    await one.open('/desk/')
    await one.page.locator('.w--called').getByText('窨井冒水').waitFor()
    await one.open(`/desk/cases/${first.id}`)
    await press('报到')
    await submit()
    await part.getByText('待答复', { exact: true }).waitFor()
    await answer('2030-01-02T10:00')
    await part.getByText('已答复', { exact: true }).waitFor()
    await part.getByText(/联系了物业张经理/).waitFor()
    assert.equal(await one.page.locator('.under-way li').count(), 2)
    await one.open('/desk/')
    await one.page.locator('.w--called', { hasText: '窨井冒水' }).getByText('待传').waitFor()
    const [received] = await items(one.page)
    assert.equal((await first.called()).state, 'called', 'the server knows of nothing yet')
    wire.mend()
    await wakeUp(one.page)
    await settled(one.page)
    const task = await first.called()
    assert.deepEqual([task.state, task.spoke_to, task.done], ['answered', '物业张经理', '清了淤'])
    assert.equal(task.received_at, received.made, 'received when it was, not when it was told')
    assert.deepEqual((await first.view()).events.slice(-2).map(({ action }) => action), ['task_receive', 'task_answer'])
  })
  await t.test('a colleague was first: explained by how the task stands', async () => {
    wire.cut()
    await one.open(`/desk/cases/${second.id}`)
    await press('报到')
    await submit()
    await one.page.locator('.under-way').waitFor()
    const { id } = await second.called()
    assert.equal((await second.handler.post(`/cases/${second.id}/tasks/${id}/receive`, {})).status, 200)
    wire.mend()
    await wakeUp(one.page)
    const box = one.page.locator('.refusal')
    await box.getByText('在您之前有变化').waitFor()
    await box.getByText('现在是“待答复”').waitFor()
    await box.getByText('不能再“报到”了').waitFor()
    await box.getByRole('button', { name: '不要了' }).click()
    await box.getByRole('button', { name: '确定不要' }).click()
    await box.waitFor({ state: 'detached' })
  })
  await t.test('what the server finds wrong comes back at its field', async () => {
    await answer('2020-01-02T10:00')
    await part.locator('.err').first().waitFor()
    assert.equal(await part.getByLabel('做了什么').inputValue(), '清了淤')
    await part.getByLabel('什么时候完成').fill('2030-01-02T10:00')
    await submit()
    await settled(one.page)
    assert.equal((await second.called()).state, 'answered')
  })
  assert.deepEqual(one.faults, [])
  await one.close()
})

/** The service worker's sync event, as the browser fires it when the network is back. */
async function syncOf(context) {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const versions = []
  cdp.on('ServiceWorker.workerVersionUpdated', (event) => versions.push(...event.versions))
  await cdp.send('ServiceWorker.enable')
  const { registrationId } = await until(() => versions.find((one) => one.scriptURL.endsWith('/sw.js') && one.status === 'activated'), 20_000)
  return {
    fire: () => cdp.send('ServiceWorker.dispatchSyncEvent', { origin: wire.url, registrationId, tag: 'linli-outbox', lastChance: false }),
    close: () => page.close(),
  }
}

test('what was done offline is sent by the service worker, with no page of ours open', async () => {
  const one = await phone('sync')
  await one.enter('grid_worker')
  const row = await task('栏杆断了，修过')
  const own = await colleague('grid_worker')
  await one.open(`/desk/cases/${row.id}`)
  await one.page.locator('.do button').first().waitFor()
  wire.cut()
  await act(one.page, '核查通过')
  await one.page.locator('.under-way').waitFor()
  const [kept] = await until(async () => { const all = await items(one.page); return all.length && all })
  assert.equal(kept.action, 'pass')
  const sync = await syncOf(one.context)          // an empty page of the browser, none of the application's
  await one.page.close()
  assert.deepEqual(one.context.pages().filter((page) => page.url().startsWith(wire.url)), [])
  await sync.fire()                                 // the network is still away: nothing is lost, nothing happens twice
  wire.mend()
  assert.equal((await own.get(`/cases/${row.id}`)).body.state, 'handled')
  await until(async () => {
    await sync.fire()
    return (await own.get(`/cases/${row.id}`)).body.state === 'closed'
  }, 60_000)
  assert.deepEqual(one.context.pages().filter((page) => page.url().startsWith(wire.url)), [], 'no page did it')
  const story = (await own.get(`/cases/${row.id}`)).body.events.map(({ action }) => action)
  assert.equal(story.filter((action) => action === 'pass').length, 1)
  one.page = await one.context.newPage()
  await one.page.goto(`${wire.url}/desk/outbox`)
  await one.page.locator('[data-standing=done]').getByText('核查通过').waitFor()
  await sync.close()
  await one.close()
})

test('the day on foot: what this phone holds, refused things first, and the tasks from where one stands', async (t) => {
  const one = await phone('today')
  await one.enter('grid_worker')
  const made = [await task('西头的井盖', 3, -0.0004), await task('东头的路灯', 3, 0.0004), await task('中间的水管', 3)]
  const [row] = made
  const position = { lon: made[1].at.lon + 0.00137, lat: made[1].at.lat + 0.00029 }
  await one.open('/desk/')
  await one.page.locator('.task', { hasText: row.title }).waitFor()
  await t.test('the position orders the list and is neither sent nor kept', async () => {
    const sent = []
    one.page.on('request', (asked) => sent.push(asked.url() + (asked.postData() ?? '')))
    await one.page.evaluate(({ lon, lat }) => {
      Object.defineProperty(navigator, 'geolocation', { configurable: true, value: { getCurrentPosition: (good) => good({ coords: { longitude: lon, latitude: lat } }) } })
    }, position)
    await one.page.getByRole('button', { name: '从我这里排' }).click()
    await one.page.getByText(/^约 /).waitFor()
    const { groups } = await one.api('/cases/work')
    const urgent = groups.filter(({ due }) => due === 'overdue' || due === 'today').flatMap((group) => group.items)
    const listed = groups.flatMap((group) => group.items).slice(0, Math.max(urgent.length, 12)).filter(({ at }) => at)
    const far = ({ at }) => Math.hypot((at.lon - position.lon) * Math.cos(position.lat * Math.PI / 180), at.lat - position.lat)
    const nearest = listed.sort((a, b) => far(a) - far(b))[0]
    assert.equal(await one.page.locator('.task h3').first().innerText(), nearest.title)
    await one.page.locator('.m-me').waitFor({ state: 'attached' })
    const kept = JSON.stringify([sent, await stored(one.page, 'copies'), await stored(one.page, 'items'), await one.page.evaluate(() => ({ ...localStorage }))])
    for (const part of Object.values(position)) assert.ok(!kept.includes(String(part).slice(0, 9)), `${part} left the page`)
    await one.open('/desk/')
    await one.page.getByRole('button', { name: '从我这里排' }).waitFor()
  })
  await t.test('refused first, with its reason and the one way on', async () => {
    const other = made[1]
    for (const id of [row.id, other.id]) {
      await one.open(`/desk/cases/${id}`)
      await one.page.locator('.do button').first().waitFor()
    }
    wire.cut()
    for (const id of [row.id, other.id]) {
      await one.open(`/desk/cases/${id}`)
      await act(one.page, '核查通过')
      await one.page.locator('.under-way').waitFor()
    }
    const dispatcher = await colleague('street_dispatcher')
    const done = await dispatcher.post(`/cases/${row.id}/pass`, { outcome: 'partly' }, { version: row.version })
    assert.equal(done.status, 200, done.text)
    await one.open('/desk/')
    const here = one.page.locator('.out--here li')
    await here.nth(1).getByText(/等网络/).waitFor()
    await one.page.locator('.task', { hasText: row.title }).getByText('待传').waitFor()
    wire.mend()
    await wakeUp(one.page)
    await settled(one.page)
    await one.page.locator('.out--here [data-standing=done]').waitFor()
    assert.deepEqual(await here.evaluateAll((all) => all.map((li) => li.dataset.standing)), ['failed', 'done'])
    await here.first().getByText('没传上：在您之前有变化').waitFor()
    assert.deepEqual(await inEveryMode(one.page), [])
    await here.first().getByRole('link', { name: '看一看' }).click()
    await one.page.locator('.refusal').getByText('已结案').first().waitFor()
  })
  assert.deepEqual(one.faults, [])
  await one.close()
})

test('another person on the same device neither sends nor sees what is not theirs', async () => {
  const one = await phone('shared')
  await one.enter('grid_worker')
  const own = await colleague('grid_worker')
  const row = await task('花坛里有玻璃')
  await one.open(`/desk/cases/${row.id}`)
  await one.page.locator('.do button').first().waitFor()
  await until(async () => (await stored(one.page, 'copies')).length > 2)
  wire.cut()
  await act(one.page, '核查通过')
  await one.page.locator('.under-way').waitFor()
  /* The session ends at the server while the phone is away, past the wire, so that nothing is sent before; then the secretary signs in on it. */
  const ended = await one.context.request.delete(`${server.url}/api/v1/session`, { headers: { origin: server.url } })
  assert.equal(ended.status(), 204)
  wire.mend()
  await wakeUp(one.page)
  await one.page.getByRole('heading', { name: '登录' }).waitFor({ state: 'attached' })
  assert.equal((await items(one.page)).length, 1, 'the queue is kept')
  await one.page.getByRole('button', { name: /社区书记/ }).click()
  await one.page.locator('.me').waitFor()
  await one.open('/desk/outbox')
  await one.page.getByText('还有别人没传上的 1 项').waitFor()
  await one.page.waitForTimeout(1500)
  assert.equal((await own.get(`/cases/${row.id}`)).body.version, row.version, 'nothing was sent')
  const me = (await own.get('/session')).body.user.id
  assert.equal((await stored(one.page, 'copies')).filter(({ account }) => account === me).length, 0, 'what the first had read is gone')
  assert.deepEqual((await one.page.evaluate(() => caches.keys())).filter((name) => name === `linli-pictures-${me}`), [])
  /* Its own person comes back: it goes. */
  await one.context.request.delete(`${wire.url}/api/v1/session`, { headers: { origin: wire.url } })
  await one.enter('grid_worker')
  await settled(one.page)
  assert.equal((await own.get(`/cases/${row.id}`)).body.state, 'closed')
  /* Signed out by hand: nothing that was read stays. */
  await one.page.locator('.me').click()
  await one.page.getByRole('menuitem', { name: '退出登录' }).click()
  await one.page.getByRole('heading', { name: '登录' }).waitFor({ state: 'attached' })
  await until(async () => (await stored(one.page, 'copies')).length === 0)
  assert.deepEqual(await items(one.page), [])
  assert.deepEqual((await one.page.evaluate(() => caches.keys())).filter((name) => name.startsWith('linli-pictures')), [])
  await one.close()
})

test('what the server finds wrong comes back to be mended, with everything that was typed', async () => {
  const one = await phone('mend')
  await one.enter('grid_worker')
  const grid = await gridOf(one)
  const text = `没选位置 ${Date.now()} 井盖松动`
  await one.open('/desk/report')
  await one.page.getByLabel(/发生了什么/).fill(text)
  await one.page.locator('input[type=file]').first().setInputFiles(BEFORE)
  await one.page.locator('.pics img').first().waitFor()
  await one.page.getByRole('button', { name: '上报', exact: true }).click()
  await one.page.locator('.err').first().waitFor()
  assert.equal(await one.page.getByLabel(/发生了什么/).inputValue(), text)
  assert.equal((await items(one.page)).length, 0)
  await pick(one.page, grid)
  await one.page.locator('p[role=status]').getByText(new RegExp(grid.name)).waitFor()
  await one.page.getByRole('button', { name: '上报', exact: true }).click()
  await one.page.getByText(/已上报，编号/).waitFor()
  assert.equal((await found(await colleague('grid_worker'), text.slice(0, 20))).length, 1)
  assert.deepEqual(one.faults, [])
  await one.close()
})

test('from the tap to the step shown: 100 ms and less', async (t) => {
  const one = await phone('tap')
  await one.enter('community_secretary')
  const taken = []
  for (let n = 1; n <= 9; n += 1) {
    const row = await task(`乱停车 ${n}`, 0)
    await one.open(`/desk/cases/${row.id}`)
    await act(one.page, '受理')
    await one.page.locator('.meta').getByText('待派遣').waitFor()
    taken.push(await until(() => one.page.evaluate(() => performance.getEntriesByName('linli.step')[0]?.duration)))
    await settled(one.page)
  }
  taken.sort((a, b) => a - b)
  const median = taken[Math.floor(taken.length / 2)]
  t.diagnostic(`tap to shown, ${taken.length} steps: median ${median.toFixed(0)} ms, least ${taken[0].toFixed(0)}, most ${taken.at(-1).toFixed(0)}`)
  assert.ok(median <= 100, `median ${median.toFixed(0)} ms`)
  await one.close()
})

describe('a resident', () => {
  const TEXT = '单元门口的灯不亮'
  test('without a network the report waits on the phone, survives a closed browser, and goes by itself, once', async () => {
    const words = `${TEXT} ${Date.now()}`
    const worker = await colleague('grid_worker')
    const { units } = (await worker.get('/session')).body
    const area = (await worker.get(`/areas/${units[0].id}`)).body
    let one = await phone('resident')
    await one.open('/report')
    await one.page.getByRole('textbox', { name: /说说怎么回事/ }).fill(words)
    await one.page.locator('input[type=file]').setInputFiles(BEFORE)
    await one.page.locator('.pics img').waitFor()
    await pick(one.page, area.at)
    await one.page.getByText(new RegExp(area.name)).first().waitFor()
    wire.loseAnswers('/api/v1/cases')
    await one.page.getByRole('button', { name: '提交', exact: true }).click()
    await one.page.getByText('连不上').waitFor()
    await one.page.getByText(/连上网络就自动交/).waitFor()
    await one.close()
    wire.mend()
    one = await phone('resident')
    await one.open('/')
    await one.page.getByRole('link', { name: new RegExp(TEXT) }).waitFor()
    await one.page.getByRole('link', { name: new RegExp(TEXT) }).click()
    await one.page.waitForURL(/\/c\/\d{6}-\d+#/)
    assert.equal((await found(worker, words)).length, 1)
    assert.deepEqual(one.faults, [])
    await one.close()
  })
})
