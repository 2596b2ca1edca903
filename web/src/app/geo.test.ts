import { expect, it } from 'vitest'
import { apart } from './geo'

const many = (lon: number, lat: number, count: number) => ({ lon, lat, count, state: null })
const one = (lon: number, lat: number) => ({ lon, lat, count: 1, state: 'closed' })
/* Ten pins side by side: each takes a tenth of a degree. */
const BOX = '120.0000,60.0000,121.0000,60.5000'

it('makes one of clusters that would cover each other, where the largest is', () => {
  expect(apart([many(120.1, 60.2, 4), many(120.15, 60.2, 60), many(120.5, 60.2, 7)], BOX, 10)).toEqual([many(120.15, 60.2, 64), many(120.5, 60.2, 7)])
})

it('knows that a degree northwards is longer the farther north one is', () => {
  expect(apart([many(120.1, 60.2, 9), many(120.1, 60.25, 4)], BOX, 10)).toHaveLength(2)
  expect(apart([many(120.1, 60.2, 9), many(120.1, 60.23, 4)], BOX, 10)).toHaveLength(1)
})

it('makes clusters of single things where they are a crowd', () => {
  const here = Array.from({ length: 100 }, () => one(120.1, 60.2))
  expect(apart([...here, one(120.9, 60.2)], BOX, 10)).toEqual([many(120.1, 60.2, 100), one(120.9, 60.2)])
})

it('leaves what is single alone, and everything where nobody knows where the map is', () => {
  const spots = [many(120.1, 60.2, 9), one(120.1, 60.2), one(120.1, 60.2)]
  expect(apart(spots, BOX, 10)).toEqual(spots)
  expect(apart([many(120.1, 60.2, 9), many(120.1, 60.2, 4)], '', 10)).toHaveLength(2)
})
