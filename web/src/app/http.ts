/* The one way to the server. Everything that goes out passes request(): it names the language,
 * gives every POST an Idempotency-Key, repeats what may safely be repeated, and turns every
 * refusal into an ApiError. Session cookies are HttpOnly and SameSite=Strict: nothing to add. */
import { language } from './i18n'
import { net } from './net'
import { ApiError, readProblem } from './problem'

export const BASE = '/api/v1'

let onSignedOut: () => void = () => {}

/** Called when the server says 401 to a request that was not the question "who am I". */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

const isWhoAmI = (input: Request) => input.method === 'GET' && new URL(input.url).pathname === `${BASE}/session`

/** A key for one act of the user. Keep it while the same act is repeated by hand. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/* 502 and 503: the fate of a write is unknown, and the key makes repeating it safe. */
const REPEAT_AFTER = [400, 1500]
const mayRepeat = (status: number) => status === 0 || status === 502 || status === 503

async function once(request: Request): Promise<Response> {
  net.pending += 1
  try {
    const response = await fetch(request)
    net.online = true
    net.lastAnswer = Date.now()
    return response
  } catch (cause) {
    if (request.signal.aborted) throw cause
    net.online = false
    throw new ApiError({ status: 0, code: 'network' })
  } finally {
    net.pending -= 1
  }
}

async function repeated(request: Request): Promise<Response> {
  const idle = request.method === 'GET' || request.method === 'HEAD'
  const safe = idle || request.headers.has('Idempotency-Key')
  for (const wait of safe ? REPEAT_AFTER : []) {
    try {
      const response = await once(request.clone())
      if (!mayRepeat(response.status)) return response
    } catch (cause) {
      if (!(cause instanceof ApiError) || navigator.onLine === false) throw cause
    }
    await pause(wait)
  }
  return once(request)
}

/** Sends, and answers only a good response (2xx or 304). Throws ApiError otherwise. */
export async function request(input: Request): Promise<Response> {
  const headers = new Headers(input.headers)
  headers.set('Accept-Language', language.value)
  if (input.method === 'POST' && !headers.has('Idempotency-Key')) headers.set('Idempotency-Key', newKey())
  const response = await repeated(new Request(input, { headers }))
  if (response.ok || response.status === 304) return response
  const problem = await readProblem(response)
  if (problem.code === 'not_signed_in' && !isWhoAmI(input)) onSignedOut()
  throw problem
}

export type Query = Record<string, string | number | boolean | null | undefined | (string | number)[]>

/** Path under /api/v1 plus a query; empty values are left out, lists repeat their name. */
export function url(path: string, query: Query = {}): string {
  const full = new URL(BASE + path, location.origin)
  for (const [name, value] of Object.entries(query)) {
    const list = Array.isArray(value) ? value : [value]
    for (const item of list) {
      if (item !== undefined && item !== null && item !== '') full.searchParams.append(name, String(item))
    }
  }
  return full.href
}

export interface Send {
  query?: Query
  /** Version for If-Match: refused with 409 stale_version when somebody else was first. */
  version?: string | number
  /** A reporter's secret: travels in a header, never in an address. */
  secret?: string
  /** Idempotency key; one is made when absent. */
  key?: string
  signal?: AbortSignal
  headers?: Record<string, string>
}

async function send<T>(method: string, path: string, body: unknown, how: Send = {}): Promise<T> {
  const headers = new Headers({ Accept: 'application/json', ...how.headers })
  if (body !== undefined && !(body instanceof Blob)) headers.set('Content-Type', 'application/json')
  if (how.version !== undefined) headers.set('If-Match', `"${String(how.version).replace(/^"|"$/g, '')}"`)
  if (how.secret) headers.set('X-Case-Secret', how.secret)
  if (how.key) headers.set('Idempotency-Key', how.key)
  const payload = body === undefined ? undefined : body instanceof Blob ? body : JSON.stringify(body)
  const response = await request(
    new Request(url(path, how.query), { method, headers, body: payload, signal: how.signal, credentials: 'same-origin' }),
  )
  if (response.status === 204) return undefined as T
  const type = response.headers.get('Content-Type') ?? ''
  return (type.includes('json') ? await response.json() : undefined) as T
}

/** Plain calls for what the typed client does not cover, and for the portal's small budget. */
export const http = {
  get: <T>(path: string, how?: Send) => send<T>('GET', path, undefined, how),
  post: <T>(path: string, body?: unknown, how?: Send) => send<T>('POST', path, body, how),
  put: <T>(path: string, body?: unknown, how?: Send) => send<T>('PUT', path, body, how),
  patch: <T>(path: string, body?: unknown, how?: Send) => send<T>('PATCH', path, body, how),
  delete: <T>(path: string, how?: Send) => send<T>('DELETE', path, undefined, how),
}

/** What a list answers. */
export interface Page<T> {
  items: T[]
  next: string | null
}
