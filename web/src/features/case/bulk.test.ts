import { describe, expect, it } from 'vitest'
import { ApiError } from '@/app/problem'
import { common, filled, Refusal, work, type Line } from './bulk'
import { sameView, viewOf } from './saved'
import type { CaseView } from './types'

const words = { code: '260512-0387', title: '井盖破损', address: '3 号楼东', area: '梧桐里', category: '井盖', org: '' }
const line = (id: string): Line => ({ id, code: id, title: id, state: 'waiting', reason: '' })
const said = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
const offering = (...actions: string[]) => ({ actions: actions.map((action) => ({ action, primary: false, needs: action === 'reject' ? ['reason'] : [] })) }) as unknown as CaseView

describe('replies', () => {
  it('stand for what the case has', () => {
    expect(filled('{code}：{address}的{category}已修好。', words)).toEqual({ text: '260512-0387：3 号楼东的井盖已修好。', lacking: [] })
  })
  it('say what the case lacks, once', () => {
    expect(filled('已转{org}，{org}会联系您。', words)).toEqual({ text: '已转{org}，{org}会联系您。', lacking: ['org'] })
  })
  it('leave other braces alone', () => {
    expect(filled('{name} {toString}', words)).toEqual({ text: '{name} {toString}', lacking: [] })
  })
})

describe('common actions', () => {
  it('are those that all allow, with all that any of them needs', () => {
    expect(common([offering('accept', 'reject', 'comment'), offering('reject', 'comment')]).map((one) => one.action)).toEqual(['reject', 'comment'])
    expect(common([offering('reject'), offering('reject')])[0]!.needs).toEqual(['reason'])
  })
  it('leave out what is done one by one', () => expect(common([offering('route', 'release', 'contact', 'whistle')])).toEqual([]))
  it('put what is overdue under supervision together, whatever state it is in', () => {
    expect(common([offering('accept', 'supervise', 'comment'), offering('handled', 'supervise', 'comment')]).map((one) => one.action)).toEqual(['comment', 'supervise'])
  })
  it('of nothing are none', () => expect(common([])).toEqual([]))
})

describe('work', () => {
  it('gives every line an end, and a few at a time', async () => {
    const lines = Array.from({ length: 20 }, (_, n) => line(String(n)))
    let now = 0
    let most = 0
    const run = work(lines, new Map(), async ({ id }) => {
      most = Math.max(most, (now += 1))
      await new Promise((done) => setTimeout(done, 1))
      now -= 1
      if (Number(id) % 5 === 0) throw new Error(`no ${id}`)
    }, said)
    await run.ended
    expect(most).toBe(3)
    expect(lines.filter((one) => one.state === 'done')).toHaveLength(16)
    expect(lines.filter((one) => one.state === 'failed').map((one) => one.reason)).toEqual(['no 0', 'no 5', 'no 10', 'no 15'])
  })

  it('begins none after it was stopped, and says so', async () => {
    const lines = Array.from({ length: 9 }, (_, n) => line(String(n)))
    const run = work(lines, new Map(), async ({ id }) => {
      await new Promise((done) => setTimeout(done, id === '2' ? 1 : 20))
      if (id === '2') run.stop()
    }, said)
    await run.ended
    expect(lines.map((one) => one.state)).toEqual([...Array(3).fill('done'), ...Array(6).fill('stopped')])
  })

  it('repeats with the same key only what may have been done', async () => {
    const lines = ['network', 'refused', 'own'].map(line)
    const keys = new Map<string, string>()
    const seen: string[][] = [[], [], []]
    const once = async ({ id }: Line, key: string) => {
      const n = lines.findIndex((one) => one.id === id)
      seen[n]!.push(key)
      throw [new ApiError({ status: 0, code: 'network' }), new ApiError({ status: 409 }), new Refusal('x')][n]!
    }
    await work(lines, keys, once, said).ended
    await work(lines, keys, once, said).ended
    expect(seen.map(([a, b]) => a === b)).toEqual([true, false, false])
  })

  it('does what is done only once', async () => {
    const lines = [line('a'), { ...line('b'), state: 'done' as const }]
    const done: string[] = []
    await work(lines, new Map(), async ({ id }) => void done.push(id), said).ended
    expect(done).toEqual(['a'])
  })
})

describe('views', () => {
  it('are the address without its page', () => {
    expect(viewOf({ state: ['reported', 'accepted'], due: 'today', after: 'x', q: '', sort: null })).toEqual({ due: 'today', state: ['reported', 'accepted'] })
  })
  it('are the same whatever the order', () => {
    expect(sameView({ state: ['a', 'b'], due: 'x' }, { due: 'x', state: ['b', 'a'] })).toBe(true)
    expect(sameView({ state: ['a'] }, { state: 'a' })).toBe(true)
    expect(sameView({ state: 'a' }, { state: ['a', 'b'] })).toBe(false)
    expect(sameView({}, { state: 'a' })).toBe(false)
  })
})
