import { beforeEach, expect, it } from 'vitest'
import { codeFrom } from './code'
import { forget, linkTo, mine, remember } from './mine'

beforeEach(() => {
  for (const one of [...mine.value]) forget(one.code)
})

it('reads a code as people type it', () => {
  expect(codeFrom(' 7kq4 m2xd ')).toBe('7KQ4-M2XD')
  expect(codeFrom('７ＫＱ４－Ｍ２ＸＤ')).toBe('7KQ4-M2XD')
  expect(codeFrom('7KQ4-M2X')).toBe('')
  expect(codeFrom('查询码')).toBe('')
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
  expect(linkTo('7KQ4-M2XD', 'a/b#c')).toBe('/c/7KQ4-M2XD#a%2Fb%23c')
  expect(linkTo('7KQ4-M2XD', '')).toBe('/c/7KQ4-M2XD')
})
