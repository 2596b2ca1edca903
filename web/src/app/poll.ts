/* Keeps a page's data fresh by asking again with the ETag it has; a 304 costs almost nothing.
 * Stops while the page is hidden, and asks at once when it is seen again or the network returns. */
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { request, url, type Query } from './http'
import type { Copy } from './offline/store'
import { ApiError } from './problem'

export interface Polled<T> {
  data: ShallowRef<T | null>
  error: ShallowRef<ApiError | null>
  /** True until the first answer, and after the question changed. */
  loading: Ref<boolean>
  /** When the server gave what is shown, if that is a copy from this device; 0: it is fresh. */
  asOf: Ref<number>
  refresh: () => Promise<void>
}

export interface PollOptions {
  /** Milliseconds; 20 s when not said, 5 s suits a live dashboard, 0 asks only once. */
  every?: number
  query?: () => Query
  /** Keeps the last answer while the application is open and shows it at once when it is asked for again: for what is large and seldom changes. */
  memory?: boolean
  /** Shows a copy until the server answers, and keeps one: for pages that are needed without a network. */
  copies?: Copies
}

/** Where copies are kept; app/offline/copies.ts is the one for the desk. */
export interface Copies {
  recall: (path: string, query?: Query) => Promise<Copy | null>
  remember: (path: string, query: Query | undefined, body: unknown, etag: string) => Promise<void>
}

/* Answers of usePoll({ memory }), by question. Whoever signs in next starts with none. */
const answers = new Map<string, { body: unknown; etag: string }>()
export const inMemory = (path: string, query?: Query): boolean => answers.has(url(path, query))
let whose = 0
export function forgetAnswers(): void {
  whose += 1
  answers.clear()
  early.clear()
}

/* What a page will ask, asked before the page is there, by question: so that its first answer is under way while its code and its frame are made. Whoever
 * asks it next takes that answer; one that nobody took in time is too old. */
const early = new Map<string, { at: number; answer: Promise<Response> }>()
const EARLY = 5000
const plain = (to: string) => new Request(to, { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' })
export function askEarly(path: string, query?: Query): void {
  const to = url(path, query)
  if (performance.now() - (early.get(to)?.at ?? -EARLY) < EARLY) return
  const answer = request(plain(to))
  answer.catch(() => early.delete(to))   /* whoever takes it is told */
  early.set(to, { at: performance.now(), answer })
}
/** Asks it now and keeps the answer, as usePoll({ memory }) does: for what the first visit of a page asks. What cannot be had is asked by the page. */
export async function askAhead(path: string, query?: Query): Promise<void> {
  const to = url(path, query), mine = whose
  if (answers.has(to)) return
  try {
    const response = await request(plain(to))
    const body: unknown = await response.json()
    if (mine === whose && !answers.has(to)) answers.set(to, { body, etag: response.headers.get('ETag') ?? '' })
  } catch {
    // nothing is kept
  }
}
function takeEarly(to: string): Promise<Response> | undefined {
  const found = early.get(to)
  early.delete(to)
  return found && performance.now() - found.at < EARLY ? found.answer : undefined
}

/** path may be a function: an empty path asks nothing. */
export function usePoll<T>(path: string | (() => string), options: PollOptions = {}): Polled<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(true)
  const every = options.every ?? 20_000
  const asOf = ref(0)
  let etag = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: AbortController | undefined
  let ended = false

  const at = () => (typeof path === 'function' ? path() : path)
  const question = () => {
    const to = at()
    return to ? url(to, options.query?.()) : ''
  }

  async function ask(to: string, stop: AbortController): Promise<void> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (etag) headers['If-None-Match'] = etag
    const response = await ((etag ? undefined : takeEarly(to)) ?? request(new Request(to, { headers, signal: stop.signal, credentials: 'same-origin', cache: 'no-store' })))
    if (stop.signal.aborted) return
    if (response.status !== 304) {
      const body = (await response.json()) as T
      if (stop.signal.aborted) return
      data.value = body
      etag = response.headers.get('ETag') ?? ''
      if (options.memory) answers.set(to, { body, etag })
    }
    asOf.value = 0
    error.value = null
    if (to === question()) void options.copies?.remember(at(), options.query?.(), data.value, etag)
  }

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    under?.abort()
    const to = question()
    if (!to || ended) return
    const stop = (under = new AbortController())
    try {
      await ask(to, stop)
    } catch (cause) {
      if (stop.signal.aborted) return
      error.value = cause instanceof ApiError ? cause : new ApiError({ status: 0, code: 'unreadable' })
    }
    if (under !== stop) return
    loading.value = false
    if (every && !ended && !document.hidden) timer = setTimeout(() => void refresh(), every)
  }

  /* The copy is shown at once; the server's answer, when it comes, takes its place. */
  async function fromCopy(to: string): Promise<void> {
    const copy = await options.copies?.recall(at(), options.query?.())
    if (!copy || data.value !== null || to !== question() || ended) return
    data.value = copy.body as T
    asOf.value = copy.at
    etag = copy.etag
    loading.value = false
  }

  const seen = () => {
    if (!document.hidden) void refresh()
  }
  if (every) {
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('online', seen)
  }
  let shown = ''
  watch(question, (to) => {
    etag = ''
    loading.value = true
    const known = options.memory ? answers.get(to) : undefined
    if (known) {
      data.value = known.body as T
      etag = known.etag
      loading.value = false
    }
    if (options.copies && to) {
      /* Another filter of the same list may show the old rows for a moment; another thing may not. */
      if (shown && shown !== at()) data.value = null
      shown = at()
      void fromCopy(to)
    }
    void refresh()
  }, { immediate: true })

  onScopeDispose(() => {
    ended = true
    clearTimeout(timer)
    under?.abort()
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('online', seen)
  })
  return { data, error, loading, asOf, refresh }
}
