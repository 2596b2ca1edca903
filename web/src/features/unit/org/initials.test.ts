import { expect, test } from 'vitest'
import { initials } from './initials'

test('first letters of names, letters and digits as they are, signs left out', () => {
  expect(initials('梧桐里社区党总支')).toBe('wtlsqdzz')
  expect(initials('银杏街道办事处')).toBe('yxjdbsc')
  expect(initials('安居物业（A 区）3号')).toBe('ajwyaq3h')
  expect(initials('')).toBe('')
})
