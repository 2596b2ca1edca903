import { expect, it } from 'vitest'
import { metres, walk, wayOf } from './walk'

const row = (name: string, lon: number | null, due_at: number | null, area_name = '一') => ({ name, at: lon === null ? null : { lon, lat: 30 }, due_at, area_name })
const names = (stops: ReturnType<typeof walk<ReturnType<typeof row>>>) => stops.map((stop) => stop.row.name).join('')

it('without a position: area by area, the most urgent first', () => {
  const stops = walk([row('a', 0, 50, '二'), row('b', 0, 10), row('c', 0, null), row('d', 0, 40, '二')], null)
  expect(names(stops)).toBe('bcda')
  expect(stops.every(({ leg }) => leg === null)).toBe(true)
  expect(wayOf(stops)).toBe(0)
})

it('from a position: always to the nearest, what has no place last and by deadline', () => {
  const stops = walk([row('far', 120.02, 1), row('x', null, 9), row('near', 120.001, 5), row('y', null, 3), row('mid', 120.004, 2)], { lon: 120, lat: 30 })
  expect(names(stops)).toBe('nearmidfaryx')
  expect(stops.map(({ leg }) => leg && Math.round(leg / 10) * 10)).toEqual([100, 290, 1540, null, null])
  expect(Math.round(wayOf(stops) / 10) * 10).toBe(1930)
})

it('measures metres', () => {
  expect(metres({ lon: 120, lat: 30 }, { lon: 120, lat: 30.001 })).toBeCloseTo(111.2, 0)
  expect(metres({ lon: 120, lat: 60 }, { lon: 120.001, lat: 60 })).toBeCloseTo(55.6, 0)
  expect(walk([], { lon: 1, lat: 1 })).toEqual([])
})
