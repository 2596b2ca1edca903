import { describe, expect, it } from 'vitest'
import { again, asComment, awake, backOff, begin, checkAge, isOver, mended, newId, nextTime, ready, revive, settle, SURE_FOR, sums, versionOf, words, type Fault, type Item } from './queue'

const NOW = 1_800_000_000_000
let n = 0
const item = (over: Partial<Item> = {}): Item => ({
  id: `i${(n += 1)}`, account: '7', kind: 'step', lane: 'case1', action: 'sign', title: '井盖', code: '', path: '/cases/1/sign', body: {}, photos: [], version: 3, after: null,
  key: 'k', made: NOW + n, standing: 'pending', tries: 0, next: 0, unsure: 0, fault: null, result: null, ended: 0, ...over,
})
const why = (status: number, code = 'x', errors: Fault['errors'] = []): Fault => ({ status, code, title: '', detail: '', errors, at: NOW })

describe('who may go', () => {
  it('sends one lane in order, and other lanes beside it', () => {
    const [a, b, c] = [item(), item(), item({ lane: 'case2' })]
    expect(ready([c, b, a], '7', NOW).map((one) => one.id)).toEqual([a.id, c.id])
  })
  it('never sends what belongs to somebody else', () => {
    expect(ready([item(), item({ account: '8', lane: 'x' })], '8', NOW).map((one) => one.account)).toEqual(['8'])
    expect(ready([item()], '', NOW)).toEqual([])
  })
  it('lets nothing pass what was refused, nor what waits for its time', () => {
    expect(ready([item({ standing: 'failed' }), item()], '7', NOW)).toEqual([])
    expect(ready([item({ next: NOW + 1 }), item()], '7', NOW)).toEqual([])
    expect(ready([item({ next: NOW })], '7', NOW)).toHaveLength(1)
  })
  it('goes on behind what is done', () => {
    expect(ready([item({ standing: 'done' }), item()], '7', NOW)).toHaveLength(1)
  })
  it('knows when to look again', () => {
    expect(nextTime([item({ next: NOW + 500 }), item({ next: 1 }), item({ lane: 'z', next: NOW + 900 })], '7')).toBe(NOW + 500)
    expect(nextTime([item({ standing: 'failed' })], '7')).toBe(0)
    expect(nextTime([item({ next: 0 })], '7')).toBe(1)
  })
})

describe('one try and what comes of it', () => {
  it('keeps its key however often it is tried, until a person makes another request of it', () => {
    let one = item({ key: 'once' })
    for (let at = 0; at < 5; at += 1) one = settle(begin(one, NOW), { kind: 'unreached' }, NOW, 0.5)
    expect(one).toMatchObject({ key: 'once', tries: 5, standing: 'pending', unsure: NOW })
    one = settle(begin(one, NOW), { kind: 'refused', fault: why(409) }, NOW, 0)
    expect(again(one, 9)).toMatchObject({ key: 'once', version: 9, standing: 'pending', tries: 0, fault: null })
    expect(asComment(one, 'x', 9, 'other')).toMatchObject({ key: 'other', path: '/cases/case1/comment', action: 'comment', body: { text: 'x', internal: true } })
  })
  it('waits longer and longer, never for ever, and not in step with others', () => {
    expect(backOff(1, 0.5)).toBe(2000)
    expect(backOff(4, 0.5)).toBe(30_000)
    expect(backOff(99, 0.5)).toBe(300_000)
    expect(backOff(3, 0)).toBeLessThan(backOff(3, 0.99))
  })
  it('waits as long as the server asks', () => {
    expect(settle(begin(item(), NOW), { kind: 'unreached', wait: 77_000 }, NOW, 0).next).toBe(NOW + 77_000)
  })
  it('is done with what the server answered', () => {
    expect(settle(begin(item(), NOW), { kind: 'ok', result: { version: 4 } }, NOW + 5, 0)).toMatchObject({ standing: 'done', result: { version: 4 }, ended: NOW + 5, unsure: 0 })
  })
  it('a refusal is final, and its fate is known', () => {
    for (const status of [400, 403, 404, 409, 413, 422]) {
      expect(settle(begin(item(), NOW), { kind: 'refused', fault: why(status) }, NOW, 0)).toMatchObject({ standing: 'failed', unsure: 0, fault: { status } })
    }
  })
  it('a server that breaks is asked again, but not for ever', () => {
    let one = item()
    for (let at = 1; at <= 5; at += 1) {
      one = settle(begin(one, NOW), { kind: 'refused', fault: why(500) }, NOW, 0)
      expect(one.standing).toBe('pending')
    }
    expect(settle(begin(one, NOW), { kind: 'refused', fault: why(500) }, NOW, 0).standing).toBe('failed')
  })
  it('a photo the server has swept away is uploaded anew, once', () => {
    const photo = { slot: 'photos', name: 'a', size: 1, file: '5', claim: 'c' }
    const first = settle(begin(item({ photos: [photo] }), NOW), { kind: 'refused', fault: why(422, 'invalid', [{ field: 'photos', code: 'file_unknown', message: '' }]) }, NOW, 0)
    expect(first).toMatchObject({ standing: 'pending', next: 0, photos: [{ file: null, claim: null }] })
    const second = settle(begin({ ...first, photos: [photo] }, NOW), { kind: 'refused', fault: why(422, 'file_unknown') }, NOW, 0)
    const third = settle(begin({ ...second, photos: [photo] }, NOW), { kind: 'refused', fault: why(422, 'file_unknown') }, NOW, 0)
    expect(third.standing).toBe('failed')
  })
  it('without its own person nothing was tried', () => {
    for (const kind of ['signed_out', 'other_person'] as const) {
      expect(settle(begin(item(), NOW), { kind }, NOW, 0)).toMatchObject({ standing: 'pending', tries: 0, next: 0, unsure: 0 })
    }
    expect(settle(begin(item({ tries: 2, unsure: 5 }), NOW), { kind: 'signed_out' }, NOW, 0).unsure).toBe(5)
  })
})

describe('after a closed page, a dead battery, a long time', () => {
  it('what was being sent is sent again', () => {
    expect(revive(item({ standing: 'sending' }))).toMatchObject({ standing: 'pending', next: 0 })
    const failed = item({ standing: 'failed' })
    expect(revive(failed)).toBe(failed)
  })
  it('what may have arrived and was forgotten by the server is not repeated unasked', () => {
    const old = item({ unsure: NOW - SURE_FOR - 1 })
    expect(checkAge(old, NOW)).toMatchObject({ standing: 'failed', fault: { code: 'unsure' } })
    expect(checkAge(again(checkAge(old, NOW), null), NOW)).toMatchObject({ standing: 'pending' })
    const never = item({ made: NOW - 2 * SURE_FOR })
    expect(checkAge(never, NOW)).toBe(never)
  })
  it('a network that is back wakes what waited', () => {
    expect(awake(item({ next: NOW + 9 })).next).toBe(0)
    const failed = item({ standing: 'failed', next: 5 })
    expect(awake(failed)).toBe(failed)
  })
  it('what was sent leaves the list after a day', () => {
    expect(isOver(item({ standing: 'done', ended: NOW }), NOW + 86_400_001)).toBe(true)
    expect(isOver(item({ standing: 'done', ended: NOW }), NOW + 1000)).toBe(false)
    expect(isOver(item({ standing: 'failed' }), NOW + 9e9)).toBe(false)
  })
})

describe('steps that build upon each other', () => {
  it('state the version the step before led to', () => {
    const first = item({ standing: 'done', result: { version: 8 } })
    expect(versionOf(item({ after: first.id, version: 3 }), [first])).toBe(8)
    expect(versionOf(item({ after: 'gone', version: 3 }), [first])).toBe(3)
    expect(versionOf(item({ version: null }), [])).toBeNull()
    expect(versionOf(item({ after: first.id, version: null }), [first])).toBeNull()
  })
  it('a step repeated on the present state no longer looks back', () => {
    expect(again(item({ after: 'x', version: 3 }), 6)).toMatchObject({ after: null, version: 6 })
    expect(again(item({ after: 'x' }), null).after).toBe('x')
  })
})

it('a note made of a step keeps its words and its photos', () => {
  const one = item({ standing: 'failed', body: { result: '换了井盖', other: 1 }, photos: [{ slot: 'photos', name: 'a', size: 1, file: null, claim: null }] })
  expect(words(one)).toBe('换了井盖')
  expect(words(item({ body: { reason: ' ' } }))).toBe('')
  const note = asComment(one, 'x'.repeat(5000), 1, 'k2')
  expect((note.body.text as string).length).toBe(4000)
  expect(note.photos).toHaveLength(1)
})

it('mends what was refused without forgetting whose and which it is', () => {
  const one = item({ standing: 'failed', fault: why(422), tries: 3 })
  expect(mended(one, { text: 'new' }, [])).toMatchObject({ id: one.id, key: one.key, account: '7', body: { text: 'new' }, standing: 'pending', tries: 0, fault: null })
})

it('counts by person', () => {
  expect(sums([item(), item({ standing: 'failed' }), item({ standing: 'done' }), item({ account: '8' })], '7')).toEqual({ pending: 1, failed: 1 })
})

it('ids sort by time', () => {
  expect(newId(1, 'z') < newId(2, 'a')).toBe(true)
  expect(newId(NOW, 'z') < newId(NOW * 2, 'a')).toBe(true)
})
