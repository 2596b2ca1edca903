import { expect, it } from 'vitest'
import { fitInto } from './photos'

it('keeps proportions and never enlarges', () => {
  expect(fitInto(4032, 3024)).toEqual({ width: 1600, height: 1200 })
  expect(fitInto(3024, 4032)).toEqual({ width: 1200, height: 1600 })
  expect(fitInto(800, 600)).toEqual({ width: 800, height: 600 })
  expect(fitInto(10_000, 1)).toEqual({ width: 1600, height: 1 })
  expect(fitInto(0, 0)).toEqual({ width: 1, height: 1 })
})
