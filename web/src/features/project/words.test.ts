import { expect, test } from 'vitest'
import { fenOf, yuan } from './words'

test('money is typed in yuan and kept in fen', () => {
  expect(['60000', '60,000', '0.5', '12.34', ' 7 '].map(fenOf)).toEqual([6_000_000, 6_000_000, 50, 1234, 700])
  expect(['', '-1', '1.234', 'abc', '1.'].map(fenOf)).toEqual([null, null, null, null, null])
  expect([6_000_000, 1234, 50, 0].map(yuan)).toEqual(['¥60,000', '¥12.34', '¥0.50', '¥0'])
})
