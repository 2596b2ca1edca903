/* Keeps a page's data fresh by asking again with the ETag it has; a 304 costs almost nothing.
 * Stops while the page is hidden, and asks at once when it is seen again or the network returns. */
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { request, url, type Query } from './http'
import { ApiError } from './problem'

export interface Polled<T> {
  data: ShallowRef<T | null>
  error: ShallowRef<ApiError | null>
  /** True until the first answer, and after the question changed. */
  loading: Ref<boolean>
  refresh: () => Promise<void>
}

export interface PollOptions {
  /** Milliseconds; 20 s when not said, 5 s suits a live dashboard, 0 asks only once. */
  every?: number
  query?: () => Query
}

/** path may be a function: an empty path asks nothing. */
export function usePoll<T>(path: string | (() => string), options: PollOptions = {}): Polled<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(true)
  const every = options.every ?? 20_000
  let etag = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: AbortController | undefined
  let ended = false

  const question = () => {
    const to = typeof path === 'function' ? path() : path
    return to ? url(to, options.query?.()) : ''
  }

  async function ask(to: string, stop: AbortController): Promise<void> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (etag) headers['If-None-Match'] = etag
    const response = await request(new Request(to, { headers, signal: stop.signal, credentials: 'same-origin', cache: 'no-store' }))
    if (stop.signal.aborted) return
    if (response.status !== 304) {
      const body = (await response.json()) as T
      if (stop.signal.aborted) return
      data.value = body
      etag = response.headers.get('ETag') ?? ''
    }
    error.value = null
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

  const seen = () => {
    if (!document.hidden) void refresh()
  }
  if (every) {
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('online', seen)
  }
  watch(question, () => {
    etag = ''
    loading.value = true
    void refresh()
  }, { immediate: true })

  onScopeDispose(() => {
    ended = true
    clearTimeout(timer)
    under?.abort()
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('online', seen)
  })
  return { data, error, loading, refresh }
}
