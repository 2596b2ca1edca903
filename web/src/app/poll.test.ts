import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { askAhead, askEarly, forgetAnswers, inMemory, usePoll } from './poll'

let scope: EffectScope
let answers: (() => Response | Promise<Response>)[]
const asked: Request[] = []

const json = (body: unknown, etag = '') => () => new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json', ...(etag ? { ETag: etag } : {}) } })
const same = () => new Response(null, { status: 304 })

beforeEach(() => {
  asked.length = 0
  scope = effectScope()
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request)
    return (answers.shift() ?? same)()
  })
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const settle = () => vi.advanceTimersByTimeAsync(10)

it('asks again with the ETag and keeps what it has on 304', async () => {
  answers = [json({ n: 1 }, '"a"'), same, json({ n: 2 }, '"b"')]
  const { data, loading } = scope.run(() => usePoll<{ n: number }>('/work', { every: 1000 }))!
  expect(loading.value).toBe(true)
  await settle()
  expect([data.value, loading.value]).toEqual([{ n: 1 }, false])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked[1]!.headers.get('If-None-Match')).toBe('"a"')
  expect(data.value).toEqual({ n: 1 })
  await vi.advanceTimersByTimeAsync(1000)
  expect(data.value).toEqual({ n: 2 })
})

it('a new question forgets the ETag, and a late answer to the old one is dropped', async () => {
  const q = ref('a')
  let free: (response: Response) => void = () => {}
  answers = [() => new Promise<Response>((done) => (free = done)), json({ n: 'b' })]
  const { data } = scope.run(() => usePoll('/cases', { every: 0, query: () => ({ q: q.value }) }))!
  await settle()
  q.value = 'b'
  await settle()
  free(json({ n: 'a' })())
  await settle()
  expect(data.value).toEqual({ n: 'b' })
  expect(asked[1]!.url).toContain('q=b')
  expect(asked[1]!.headers.has('If-None-Match')).toBe(false)
})

it('keeps the last good answer beside the refusal, and recovers', async () => {
  answers = [json({ n: 1 }), () => new Response('{"code":"not_allowed"}', { status: 403 }), json({ n: 2 })]
  const { data, error } = scope.run(() => usePoll('/work', { every: 1000 }))!
  await settle()
  await vi.advanceTimersByTimeAsync(1000)
  expect([data.value, error.value?.code]).toEqual([{ n: 1 }, 'not_allowed'])
  await vi.advanceTimersByTimeAsync(1000)
  expect([data.value, error.value]).toEqual([{ n: 2 }, null])
})

it('stops with its page', async () => {
  answers = [json({}), json({})]
  scope.run(() => usePoll('/work', { every: 1000 }))
  await settle()
  scope.stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toHaveLength(1)
})

it('shows at once what was asked before, and asks whether it still holds', async () => {
  answers = [json({ n: 1 }, '"a"')]
  scope.run(() => usePoll('/tree', { every: 0, memory: true }))
  await settle()
  const first = scope.run(() => usePoll<{ n: number }>('/tree', { every: 0, memory: true }))!
  expect([first.data.value, first.loading.value, inMemory('/tree'), inMemory('/other')]).toEqual([{ n: 1 }, false, true, false])
  await settle()
  expect(asked[1]!.headers.get('If-None-Match')).toBe('"a"')
  forgetAnswers()
  expect(scope.run(() => usePoll('/tree', { every: 0, memory: true }))!.data.value).toBe(null)
})

it('takes what was asked early, once, and not when it is old', async () => {
  answers = [json({ n: 'early' }), json({ n: 'anew' }), json({ n: 'old' }), json({ n: 'fresh' })]
  askEarly('/tree', { levels: 2 })
  askEarly('/tree', { levels: 2 })
  expect(asked.length).toBe(1)
  const first = scope.run(() => usePoll('/tree', { every: 0, query: () => ({ levels: 2 }) }))!
  await settle()
  expect([first.data.value, asked.length]).toEqual([{ n: 'early' }, 1])
  const second = scope.run(() => usePoll('/tree', { every: 0, query: () => ({ levels: 2 }) }))!
  await settle()
  expect([second.data.value, asked.length]).toEqual([{ n: 'anew' }, 2])
  askEarly('/other')
  await vi.advanceTimersByTimeAsync(5001)
  const third = scope.run(() => usePoll('/other', { every: 0 }))!
  await settle()
  expect([third.data.value, asked.length]).toEqual([{ n: 'fresh' }, 4])
})

it('what was asked early and failed is told like any other failure; whoever signs in next starts with none', async () => {
  answers = [() => new Response('{"code":"not_allowed"}', { status: 403 }), json({ n: 'theirs' }), json({ n: 'mine' })]
  askEarly('/tree')
  const { error } = scope.run(() => usePoll('/tree', { every: 0 }))!
  await settle()
  expect(error.value?.code).toBe('not_allowed')
  askEarly('/next')
  forgetAnswers()
  const { data } = scope.run(() => usePoll('/next', { every: 0 }))!
  await settle()
  expect(data.value).toEqual({ n: 'mine' })
})

it('an answer that was asked for ahead is shown at once, and asked again', async () => {
  answers = [json({ n: 1 }, '"a"'), json({ n: 2 }, '"b"')]
  await askAhead('/ahead', { levels: 2 })
  await askAhead('/ahead', { levels: 2 })
  expect([asked.length, inMemory('/ahead'), inMemory('/ahead', { levels: 2 })]).toEqual([1, false, true])
  const { data, loading } = scope.run(() => usePoll<{ n: number }>('/ahead', { every: 0, memory: true, query: () => ({ levels: 2 }) }))!
  expect([data.value, loading.value]).toEqual([{ n: 1 }, false])
  await settle()
  expect([asked[1]!.headers.get('If-None-Match'), data.value]).toEqual(['"a"', { n: 2 }])
})

it('what was asked ahead is nobody else’s, and a refusal is kept by nobody', async () => {
  let free: (response: Response) => void = () => {}
  answers = [() => new Promise<Response>((done) => (free = done)), () => new Response('{"code":"not_allowed"}', { status: 403 })]
  const under = askAhead('/ahead-of-whom')
  await settle()
  forgetAnswers()
  free(json({ n: 1 })())
  await under
  await askAhead('/ahead-refused')
  expect([inMemory('/ahead-of-whom'), inMemory('/ahead-refused')]).toEqual([false, false])
})
