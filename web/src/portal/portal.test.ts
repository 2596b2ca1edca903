import { beforeEach, expect, it } from 'vitest'
import { codeFrom, secretFrom } from './code'
import { forget, linkTo, mine, remember } from './mine'

beforeEach(() => {
  for (const one of [...mine.value]) forget(one.code)
})

it('reads a number as people type it', () => {
  expect(codeFrom(' 260512 0387 ')).toBe('260512-0387')
  expect(codeFrom('２６０５１２－０３８７')).toBe('260512-0387')
  expect(codeFrom('https://x.example/c/260512-0387#abc')).toBe('260512-0387')
  expect(codeFrom('26051-0387')).toBe('')
  expect(codeFrom('查询码')).toBe('')
})

it('finds the secret of a pasted link', () => {
  expect(secretFrom('https://x.example/c/260512-0387#a%2Fb')).toBe('a/b')
  expect(secretFrom('260512-0387')).toBe('')
})

it('remembers a report once, the newest first, and forgets it', () => {
  remember({ code: 'A', secret: 's', title: '井盖', at: 1 })
  remember({ code: 'B', secret: 't', title: '路灯', at: 2 })
  remember({ code: 'A', secret: 's', title: '井盖', at: 1 })
  expect(mine.value.map((one) => one.code)).toEqual(['A', 'B'])
  expect(JSON.parse(localStorage.getItem('linli.mine')!)).toHaveLength(2)
  forget('A')
  expect(mine.value.map((one) => one.code)).toEqual(['B'])
})

it('puts the secret where browsers never send it', () => {
  expect(linkTo('260512-0387', 'a/b#c')).toBe('/c/260512-0387#a%2Fb%23c')
  expect(linkTo('260512-0387', '')).toBe('/c/260512-0387')
})
