/* One try to send one item: its photos, each once, then itself. No Vue: the service worker uses it too. */
import { ApiError, readProblem } from '../problem'
import type { Fault, Item, Outcome } from './queue'
import { work } from './work'

export interface Delivery {
  /** Photo n of the item. */
  photo: (item: Item, n: number) => Promise<Blob | null>
  /** Keeps the item as it is now: what was uploaded must be known after a crash. */
  keep: (item: Item) => Promise<void>
  language: string
  version: number | null
  fetch?: typeof fetch
}

const API = '/api/v1'
/* A photo over a bad network takes long; a request that hangs for ever would hold back all others. */
const UPLOAD_LIMIT = 180_000
const SEND_LIMIT = 45_000
/* No answer, or one that says "not now". */
const LATER = new Set([0, 408, 425, 429, 502, 503, 504])

const faultOf = (cause: ApiError, now: number): Fault =>
  ({ status: cause.status, code: cause.code, title: cause.title, detail: cause.detail, errors: cause.errors, at: now })

async function ask(path: string, init: RequestInit, limit: number, by: typeof fetch): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), limit)
  try {
    return await by(API + path, { ...init, signal: stop.signal, cache: 'no-store' })
  } catch {
    throw new ApiError({ status: 0, code: 'network' })
  } finally {
    clearTimeout(timer)
  }
}

async function read(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) {
    const problem = await readProblem(response)
    const wait = Number(response.headers.get('Retry-After'))
    const challenge = response.headers.get('X-Work-Challenge')
    throw Object.assign(problem, Number.isFinite(wait) && wait > 0 ? { wait: wait * 1000 } : {}, challenge ? { challenge } : {})
  }
  /* An answer cut off in the middle is no answer: the key lets us ask again. */
  try {
    return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>)
  } catch {
    throw new ApiError({ status: 0, code: 'network' })
  }
}

const put = (body: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> => {
  const [head, ...rest] = path.split('.')
  if (!rest.length) return { ...body, [head!]: value }
  return { ...body, [head!]: put((body[head!] ?? {}) as Record<string, unknown>, rest.join('.'), value) }
}

/** The body with the ids of its photos in their places. */
export function withPhotos(item: Item): Record<string, unknown> {
  let body = item.body
  for (const slot of new Set(item.photos.map((photo) => photo.slot))) {
    body = put(body, slot, item.photos.filter((photo) => photo.slot === slot).map((photo) => photo.file))
  }
  const claims = item.photos.map((photo) => photo.claim).filter(Boolean)
  return claims.length ? { ...body, photo_claims: claims } : body
}

async function upload(item: Item, how: Delivery, by: { headers: Record<string, string>; credentials: RequestCredentials }): Promise<Item> {
  let now = item
  for (const [n, photo] of item.photos.entries()) {
    if (photo.file) continue
    const blob = await how.photo(item, n)
    if (!blob) throw new ApiError({ status: 422, code: 'photo_lost' })
    const answer = await ask('/files', { method: 'POST', body: blob, credentials: by.credentials, headers: { ...by.headers, 'Content-Type': blob.type || 'image/jpeg' } }, UPLOAD_LIMIT, how.fetch ?? fetch)
    const file = await read(answer)
    const photos = now.photos.map((one, m) => (m === n ? { ...one, file: String(file.id), claim: typeof file.claim === 'string' ? file.claim : null } : one))
    now = { ...now, photos }
    await how.keep(now)
  }
  return now
}

function outcomeOf(cause: unknown, now: number): Outcome {
  if (!(cause instanceof ApiError)) throw cause
  if (LATER.has(cause.status)) return { kind: 'unreached', wait: (cause as { wait?: number }).wait }
  if (cause.status === 401) return { kind: 'signed_out' }
  if (cause.code === 'other_account') return { kind: 'other_person' }
  return { kind: 'refused', fault: faultOf(cause, now) }
}

/* Asked for a little computing, it does so once and sends again; asked anew, the item waits like any other that came at a bad time. */
async function sendIt(send: (headers: Record<string, string>) => Promise<Response>, headers: Record<string, string>): Promise<Record<string, unknown>> {
  try {
    return await read(await send(headers))
  } catch (cause) {
    const challenge = (cause as { challenge?: string }).challenge
    const done = challenge ? await work(challenge, headers['Idempotency-Key']!) : null
    if (!done) throw cause
    return read(await send({ ...headers, 'X-Work': done }))
  }
}

/** The item as it stands afterwards (photos may have arrived though the rest did not), and what became of the try. */
export async function deliver(item: Item, how: Delivery): Promise<{ item: Item; outcome: Outcome }> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': how.language }
  if (item.account) headers['X-Expect-Account'] = item.account
  /* What nobody in particular made goes as nobody's, whoever is signed in by now. */
  const credentials = item.account ? 'same-origin' : 'omit'
  let now = item
  try {
    now = await upload(item, { ...how, keep: async (kept) => { now = kept; await how.keep(kept) } }, { headers, credentials })
    const send = { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': item.key, ...(how.version === null ? {} : { 'If-Match': `"v${how.version}"` }) }
    const body = JSON.stringify(withPhotos(now))
    const result = await sendIt((said) => ask(item.path, { method: 'POST', credentials, headers: said, body }, SEND_LIMIT, how.fetch ?? fetch), send)
    return { item: now, outcome: { kind: 'ok', result } }
  } catch (cause) {
    return { item: now, outcome: outcomeOf(cause, Date.now()) }
  }
}
