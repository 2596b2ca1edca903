import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setLanguage } from './i18n'
import { http, url, whenSignedOut } from './http'
import { net } from './net'
import { ApiError } from './problem'

type Answer = Response | Error
const asked: Request[] = []
let answers: Answer[] = []

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

beforeEach(() => {
  asked.length = 0
  answers = []
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request)
    const answer = answers.shift()
    if (!answer) throw new Error('not expected')
    if (answer instanceof Error) throw answer
    return answer
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  setLanguage('zh-CN')
  whenSignedOut(() => {})
})

/* The refusal of a promise, with the waiting between repeats passed over. */
async function settle<T>(promise: Promise<T>): Promise<T | ApiError> {
  const end = promise.catch((cause: unknown) => cause as ApiError)
  await vi.runAllTimersAsync()
  return end
}

describe('what goes out', () => {
  it('names the language and keeps empty values out of the address', async () => {
    answers = [json({ items: [] })]
    setLanguage('en')
    await http.get('/cases', { query: { q: '', state: ['a', 'b'], limit: 20, area: null } })
    expect(asked[0]!.url).toMatch(/\/api\/v1\/cases\?state=a&state=b&limit=20$/)
    expect(asked[0]!.headers.get('Accept-Language')).toBe('en')
    expect(asked[0]!.headers.has('Idempotency-Key')).toBe(false)
  })
  it('gives every POST a key of its own', async () => {
    answers = [json({}), json({})]
    await http.post('/cases', { text: 'a' })
    await http.post('/cases', { text: 'a' })
    const keys = asked.map((request) => request.headers.get('Idempotency-Key'))
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[0]).not.toBe(keys[1])
    expect(asked[0]!.headers.get('Content-Type')).toBe('application/json')
  })
  it('sends the version quoted once, and the secret in a header only', async () => {
    answers = [json({}), json({})]
    await http.patch('/cases/1', {}, { version: '7' })
    await http.get('/track/7KQ4-M2XD', { secret: 's3cret' })
    expect(asked[0]!.headers.get('If-Match')).toBe('"7"')
    expect(asked[1]!.headers.get('X-Case-Secret')).toBe('s3cret')
    expect(asked[1]!.url).not.toContain('s3cret')
  })
  it('escapes what people type', () => {
    expect(url('/cases', { q: 'a&b=c 井盖' })).toMatch(/\?q=a%26b%3Dc\+%E4%BA%95%E7%9B%96$/)
  })
})

describe('what comes back', () => {
  it('makes a typed refusal of problem+json', async () => {
    answers = [json({ code: 'invalid', title: '有些内容填写有误', errors: [{ field: 'text', code: 'too_long', message: '内容太长' }] }, 422, { 'X-Request-Id': 'r1' })]
    const refusal = (await settle(http.post('/cases', {}))) as ApiError
    expect(refusal).toBeInstanceOf(ApiError)
    expect([refusal.status, refusal.code, refusal.title, refusal.requestId]).toEqual([422, 'invalid', '有些内容填写有误', 'r1'])
    expect(refusal.field('text')).toBe('内容太长')
    expect(refusal.field('at')).toBeUndefined()
  })
  it('survives a refusal that is not ours', async () => {
    answers = [new Response('<html>', { status: 404 })]
    const refusal = (await settle(http.get('/x'))) as ApiError
    expect([refusal.status, refusal.code, refusal.errors]).toEqual([404, '', []])
  })
  it('reads no body of 204', async () => {
    answers = [new Response(null, { status: 204 })]
    expect(await http.delete('/session')).toBeUndefined()
  })
  it('says so when the session has ended, but not for a wrong password', async () => {
    const out = vi.fn()
    whenSignedOut(out)
    answers = [json({ code: 'sign_in_failed' }, 401), json({ code: 'not_signed_in' }, 401), json({ code: 'not_signed_in' }, 401)]
    await settle(http.post('/session', {}))
    await settle(http.get('/session'))
    expect(out).not.toHaveBeenCalled()
    await settle(http.get('/cases'))
    expect(out).toHaveBeenCalledOnce()
  })
})

describe('a bad network', () => {
  it('repeats a POST with the same key when its fate is unknown', async () => {
    answers = [json({}, 503), new TypeError('failed'), json({ id: '1' }, 201)]
    expect(await settle(http.post('/cases', { text: 'a' }))).toEqual({ id: '1' })
    expect(new Set(asked.map((request) => request.headers.get('Idempotency-Key'))).size).toBe(1)
    expect(await asked[2]!.json()).toEqual({ text: 'a' })
  })
  it('never repeats a PATCH', async () => {
    answers = [json({ code: 'unavailable' }, 503)]
    expect(((await settle(http.patch('/cases/1', {}))) as ApiError).status).toBe(503)
    expect(asked).toHaveLength(1)
  })
  it('gives up as a network error, and knows when it is back', async () => {
    answers = [new TypeError('a'), new TypeError('b'), new TypeError('c'), json({})]
    const refusal = (await settle(http.get('/x'))) as ApiError
    expect([refusal.network, refusal.code]).toEqual([true, 'network'])
    expect(net.online).toBe(false)
    await settle(http.get('/x'))
    expect(net.online).toBe(true)
  })
})
