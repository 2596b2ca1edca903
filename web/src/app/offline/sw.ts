/* The service worker of the desk. It answers for the shell of the application (page, scripts, styles: known by hash, so they never
 * go stale) and, without a network, for thumbnails that were fetched before. Data is the page's own affair: a worker that answered
 * for the API would have to know whose it is. Where the browser has Background Sync it sends what waits when no page is open. */
import { flush } from './flush'
import { open as isOpen, type Item } from './queue'
import { allItems } from './flush'
import { keepPage, keptPage, PAGE } from './page'

declare const __SHELL__: readonly string[]
declare const __VERSION__: string

interface Extendable { waitUntil(done: Promise<unknown>): void }
interface Fetching extends Extendable { request: Request; respondWith(answer: Promise<Response>): void }
interface Page { postMessage(what: unknown): void; visibilityState: string }
interface Worker {
  addEventListener(name: 'install' | 'activate', then: (event: Extendable) => void): void
  addEventListener(name: 'fetch', then: (event: Fetching) => void): void
  addEventListener(name: 'message', then: (event: { data: unknown }) => void): void
  addEventListener(name: 'sync', then: (event: Extendable & { tag: string; lastChance: boolean }) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; matchAll(how: object): Promise<Page[]> }
  location: Location
}
const worker = globalThis as unknown as Worker

const SHELL = 'linli-shell-'
const NOW = SHELL + __VERSION__
const MORE = 'linli-more-' + __VERSION__
/* The server names what an answer depends on; none of it matters for files that are the same for everybody. */
const ANY = { ignoreVary: true }

async function got(path: string, cache: RequestCache): Promise<Response> {
  const answer = await fetch(new Request(path, { cache }))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer
}

/* What an earlier version had already is not fetched again. The page comes last: from then on it is opened with all it needs. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(NOW)
  const parts = __SHELL__.filter((path) => path !== PAGE)
  await Promise.all(parts.map(async (path) => cache.put(path, (await caches.match(path, ANY)) ?? (await got(path, 'default')))))
  await keepPage(await got(PAGE, 'reload'))
}

/* The version before stays: a page that was open all the while may still ask for its parts. */
async function dropOld(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== NOW)
  const gone = names.slice(0, -1)
  const old = (await caches.keys()).filter((name) => name.startsWith('linli-more-') && name !== MORE)
  await Promise.all([...gone, ...old].map((name) => caches.delete(name)))
}

worker.addEventListener('install', (event) => event.waitUntil(keepShell()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => worker.clients.claim())))
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting()
})

async function page(request: Request): Promise<Response> {
  return (await keptPage()) ?? fetch(request)
}

async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request, ANY)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(MORE)).put(request, answer.clone())
  return answer
}

async function picture(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (cause) {
    const kept = await caches.match(request.url, ANY)
    if (kept) return kept
    throw cause
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (/^\/desk(\/|$)/.test(pathname)) event.respondWith(page(request))
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (/^\/api\/v1\/files\/\d+(\/thumb)?$/.test(pathname)) event.respondWith(picture(request))
})

/* ---- sending without a page ---- */

async function whoIsHere(): Promise<string> {
  const answer = await fetch('/api/v1/session', { credentials: 'same-origin', cache: 'no-store' })
  if (!answer.ok) return ''
  const { user } = (await answer.json()) as { user: { id: string } }
  return String(user.id)
}

/* A page that is seen sends by itself, and knows the language. */
async function sendWaiting(): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.some((one) => one.visibilityState === 'visible')) return
  const waiting = (await allItems()).filter((item: Item) => isOpen(item) && item.account !== '')
  if (!waiting.length) return
  const account = await whoIsHere()
  if (!account) return
  const channel = new BroadcastChannel('linli-outbox')
  const ended = await flush({ account, language: 'zh-CN', onChange: () => channel.postMessage('changed') })
  channel.close()
  if (ended === 'unreached') throw new Error('not yet') // the browser will ask again
}
worker.addEventListener('sync', (event) => {
  if (event.tag === 'linli-outbox') event.waitUntil(sendWaiting())
})
