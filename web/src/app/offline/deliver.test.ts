import { expect, it } from 'vitest'
import { deliver, withPhotos, type Delivery } from './deliver'
import type { Item } from './queue'

const photo = (slot: string) => ({ slot, name: 'a.jpg', size: 3, file: null as string | null, claim: null as string | null })
const item = (over: Partial<Item> = {}): Item => ({
  id: 'i', account: '7', kind: 'spot', lane: 'i', action: '', title: '', code: '', path: '/cases', body: { text: '积水', on_the_spot: { result: '扫了' } }, photos: [photo('photos'), photo('on_the_spot.after_photos')],
  version: null, after: null, key: 'the-key', made: 1, standing: 'sending', tries: 1, next: 0, unsure: 1, fault: null, result: null, ended: 0, ...over,
})

type Answer = Response | Error
const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers })

function server(answers: Answer[]) {
  const asked: { path: string; init: RequestInit }[] = []
  const kept: Item[] = []
  const how: Delivery = {
    language: 'zh-CN', version: null, photo: async () => new Blob(['abc'], { type: 'image/jpeg' }), keep: async (one) => void kept.push(one),
    fetch: (async (path: string, init: RequestInit) => {
      asked.push({ path, init })
      const answer = answers.shift()
      if (!answer || answer instanceof Error) throw answer ?? new Error('not expected')
      return answer
    }) as unknown as typeof fetch,
  }
  return { asked, kept, how }
}
const header = (init: RequestInit, name: string) => (init.headers as Record<string, string>)[name]

it('uploads photos, then sends the act with their ids in their places', async () => {
  const { asked, kept, how } = server([json(201, { id: '11', claim: null }), json(201, { id: '12', claim: null }), json(201, { id: '9', code: 'c' })])
  const { outcome } = await deliver(item(), how)
  expect(outcome).toEqual({ kind: 'ok', result: { id: '9', code: 'c' } })
  expect(asked.map(({ path }) => path)).toEqual(['/api/v1/files', '/api/v1/files', '/api/v1/cases'])
  expect(JSON.parse(String(asked[2]!.init.body))).toEqual({ text: '积水', on_the_spot: { result: '扫了', after_photos: ['12'] }, photos: ['11'] })
  expect(header(asked[2]!.init, 'Idempotency-Key')).toBe('the-key')
  expect(asked.every(({ init }) => header(init, 'X-Expect-Account') === '7' && init.credentials === 'same-origin')).toBe(true)
  expect(kept.map((one) => one.photos.map(({ file }) => file))).toEqual([['11', null], ['11', '12']])
})

it('remembers what was uploaded before the network broke, and does not upload it again', async () => {
  const broken = server([json(201, { id: '11' }), new Error('gone')])
  const first = await deliver(item(), broken.how)
  expect(first.outcome).toEqual({ kind: 'unreached', wait: undefined })
  expect(first.item.photos[0]!.file).toBe('11')
  const back = server([json(201, { id: '12' }), json(201, {})])
  await deliver(first.item, back.how)
  expect(back.asked.map(({ path }) => path)).toEqual(['/api/v1/files', '/api/v1/cases'])
})

it('an answer cut off in the middle is no answer', async () => {
  const { how } = server([new Response('{"id": "9', { status: 201 })])
  expect((await deliver(item({ photos: [] }), how)).outcome.kind).toBe('unreached')
})

it('states the version, and sends what is nobody’s as nobody', async () => {
  const { asked, how } = server([json(200, {}), json(201, { id: '1', claim: 'cl' }), json(201, {})])
  await deliver(item({ photos: [] }), { ...how, version: 4 })
  expect(header(asked[0]!.init, 'If-Match')).toBe('"v4"')
  await deliver(item({ account: '', photos: [photo('photos')] }), how)
  expect(asked[2]!.init.credentials).toBe('omit')
  expect(header(asked[2]!.init, 'X-Expect-Account')).toBeUndefined()
  expect(header(asked[2]!.init, 'If-Match')).toBeUndefined()
  expect(JSON.parse(String(asked[2]!.init.body)).photo_claims).toEqual(['cl'])
})

it.each([
  [401, 'not_signed_in', 'signed_out'], [409, 'other_account', 'other_person'], [409, 'stale_version', 'refused'], [422, 'invalid', 'refused'],
  [503, 'unavailable', 'unreached'], [502, '', 'unreached'], [429, 'too_many', 'unreached'], [500, 'internal', 'refused'],
])('%i %s is %s', async (status, code, kind) => {
  const { how } = server([json(status, { code })])
  expect((await deliver(item({ photos: [] }), how)).outcome.kind).toBe(kind)
})

it('a photo that cannot be read any more is said so', async () => {
  const { how } = server([])
  const { outcome } = await deliver(item(), { ...how, photo: async () => null })
  expect(outcome).toMatchObject({ kind: 'refused', fault: { code: 'photo_lost' } })
})

it('waits as long as the server asks', async () => {
  const { how } = server([json(429, { code: 'too_many' }, { 'Retry-After': '30' })])
  expect((await deliver(item({ photos: [] }), how)).outcome).toEqual({ kind: 'unreached', wait: 30_000 })
})

it('puts ids into nested places without touching the item', () => {
  const one = item({ photos: [{ ...photo('on_the_spot.after_photos'), file: '3' }] })
  expect(withPhotos(one)).toEqual({ text: '积水', on_the_spot: { result: '扫了', after_photos: ['3'] } })
  expect(one.body).toEqual({ text: '积水', on_the_spot: { result: '扫了' } })
})

it('does the computing a flooded server asks for, once, and sends the same again', async () => {
  const asks = () => json(429, { code: 'work_needed' }, { 'X-Work-Challenge': '1000.8.0123' })
  const { asked, how } = server([asks(), json(201, { id: '9' })])
  expect((await deliver(item({ photos: [], account: '' }), how)).outcome).toEqual({ kind: 'ok', result: { id: '9' } })
  const done = header(asked[1]!.init, 'X-Work')!
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(done.replace(/:(\d+)$/, ':the-key:$1'))))
  expect(done.startsWith('1000.8.0123:')).toBe(true)
  expect(hash[0]).toBe(0)
  expect(asked[1]!.init.body).toBe(asked[0]!.init.body)

  const again = server([asks(), asks()])
  expect((await deliver(item({ photos: [], account: '' }), again.how)).outcome.kind).toBe('unreached')
  const unreadable = server([json(429, { code: 'work_needed' }, { 'X-Work-Challenge': '1000.99.0123' })])
  expect((await deliver(item({ photos: [], account: '' }), unreadable.how)).outcome.kind).toBe('unreached')
})
