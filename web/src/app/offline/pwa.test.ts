import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/* Of a page what is compared, in tags that nothing is fetched for. */
const HERE = '<img src="/assets/desk-1.js"><link rel="icon" href="/assets/desk-1.css"><link rel="manifest" href="/desk.webmanifest">'
const NEXT = HERE.replace('desk-1.css', 'desk-2.css')

/* What the browser keeps, and what the worker is told. */
let kept: string | undefined
const told: unknown[] = []
const reload = vi.fn()
let registration: EventTarget & { installing?: EventTarget; waiting: { postMessage: (what: unknown) => void } | null }

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers()
  vi.stubEnv('PROD', true)
  reload.mockReset()
  told.length = 0
  kept = HERE
  registration = Object.assign(new EventTarget(), { waiting: null })
  document.head.innerHTML = HERE.replace('desk.webmanifest', 'desk.en.webmanifest') // as somebody who reads English has it
  document.body.innerHTML = ''
  vi.stubGlobal('caches', { open: async () => ({ match: async () => (kept === undefined ? undefined : new Response(kept)) }) })
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { register: async () => registration } })
  vi.spyOn(location, 'reload').mockImplementation(reload)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

const settle = () => vi.advanceTimersByTimeAsync(10)
async function start() {
  const pwa = await import('./pwa')
  pwa.startApp()
  await settle()
  return pwa
}
/** A worker comes, and puts the page it brings in the place of the one before. */
async function install(page: string) {
  registration.installing = new EventTarget()
  registration.dispatchEvent(new Event('updatefound'))
  kept = page
  registration.waiting = { postMessage: (what) => told.push(what) }
  registration.installing.dispatchEvent(new Event('statechange'))
  await settle()
}

it('offers what has been installed, and begins anew at once: whoever has the worker, in whichever tab', async () => {
  const { newVersion, taking, takeNewVersion } = await start()
  expect(newVersion.value).toBe(false)
  await install(NEXT)
  expect([newVersion.value, told]).toEqual([true, []])
  takeNewVersion()
  expect([taking.value, reload.mock.calls.length]).toEqual([true, 1])
  await vi.advanceTimersByTimeAsync(6000)
  expect([taking.value, newVersion.value]).toEqual([false, true])
  takeNewVersion()
  expect(reload).toHaveBeenCalledTimes(2)
})

it('offers what came while the page was on its way', async () => {
  kept = NEXT
  expect((await start()).newVersion.value).toBe(true)
})

it('does not offer it while a form is being filled in', async () => {
  const { newVersion } = await start()
  document.body.innerHTML = '<form role="search"><input></form><form><input></form>'
  const [search, form] = document.querySelectorAll('form')
  search!.firstElementChild!.dispatchEvent(new Event('input', { bubbles: true }))
  await install(NEXT)
  expect(newVersion.value).toBe(true)
  form!.firstElementChild!.dispatchEvent(new Event('input', { bubbles: true }))
  expect(newVersion.value).toBe(false)
  form!.remove()
  await settle()
  expect(newVersion.value).toBe(true)
})

it('has nothing to offer where the page is the same: then the worker takes over', async () => {
  const { newVersion } = await start()
  await install(HERE)
  expect([newVersion.value, told]).toEqual([false, ['take over']])
})

it('has nothing to offer where nothing is kept, or nothing may be', async () => {
  kept = undefined
  expect((await start()).newVersion.value).toBe(false)
  vi.resetModules()
  vi.stubGlobal('caches', { open: async () => { throw new DOMException('no', 'SecurityError') } })
  expect((await start()).newVersion.value).toBe(false)
})
