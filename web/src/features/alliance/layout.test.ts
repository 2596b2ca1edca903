import { expect, test } from 'vitest'
import { ALL, forces, isWork, lookOf, pull, ring, weight } from './layout'
import type { Edge, Node } from './types'

const node = (n: number, kind = 'shop'): Node => ({ id: String(n), name: `org ${n}`, kind, area_id: null, area_name: null, cases: 0 })
const edge = (a: number, b: number, more: Partial<Edge> = {}): Edge => ({ a, b, calls: 0, answered: 0, cases: 0, alliances: 0, agreements: 0, pledges: 0, kept: 0, late: 0, ...more })
const go = () => false
const apart = (p: { x: number; y: number }, q: { x: number; y: number }) => Math.hypot(p.x - q.x, p.y - q.y)

test('the lead stands in the middle, the others around it by kind', async () => {
  const nodes = [node(0, 'shop'), node(1, 'office'), node(2, 'bank'), node(3, 'shop'), node(4, 'bank')]
  const spots = await ring(nodes, [], 1, go)
  expect(spots[1]).toEqual({ x: 0, y: 0 })
  for (const n of [0, 2, 3, 4]) expect(Math.hypot(spots[n]!.x, spots[n]!.y)).toBeCloseTo(1)
  expect(apart(spots[2]!, spots[4]!)).toBeCloseTo(Math.SQRT2)
  expect(apart(spots[2]!, spots[0]!) + apart(spots[4]!, spots[3]!)).toBeGreaterThan(2.8)
})

test('the same network is always drawn the same, and nobody stands on another', async () => {
  const nodes = Array.from({ length: 60 }, (_, n) => node(n))
  const edges = Array.from({ length: 120 }, (_, n) => edge(n % 60, (n * 7 + 1) % 60, { calls: n % 5 })).filter((e) => e.a !== e.b)
  const first = await forces(nodes, edges, -1, go)
  expect(await forces(nodes, edges, -1, go)).toEqual(first)
  for (let a = 0; a < 60; a++) for (let b = a + 1; b < 60; b++) expect(apart(first[a]!, first[b]!)).toBeGreaterThan(8)
})

test('those who work together stand closer than those who do not', async () => {
  const nodes = Array.from({ length: 20 }, (_, n) => node(n))
  const edges = Array.from({ length: 19 }, (_, n) => edge(n, n + 1, { calls: 1 })).concat(edge(0, 19, { cases: 20 }))
  const spots = await forces(nodes, edges, -1, go)
  expect(apart(spots[0]!, spots[19]!)).toBeLessThan(apart(spots[0]!, spots[10]!))
})

test('a common alliance alone is no work', () => {
  expect(isWork(edge(0, 1, { alliances: 3 }))).toBe(false)
  expect(isWork(edge(0, 1, { calls: 1 }))).toBe(true)
  expect(weight(edge(0, 1, { cases: 2, calls: 3 }))).toBe(7)
})

test('a link is drawn as the strongest of the layers that are chosen', () => {
  const all = edge(0, 1, { calls: 1, agreements: 2, kept: 1, alliances: 1 })
  expect(lookOf(all, ALL)).toBe('work')
  expect(lookOf(all, { ...ALL, work: false })).toBe('agreed')
  expect(lookOf(all, { work: false, agreed: false, common: true })).toBe('common')
  expect(lookOf(all, { work: false, agreed: false, common: false })).toBe(null)
  expect(lookOf(edge(0, 1, { agreements: 1 }), { ...ALL, agreed: false })).toBe(null)
  expect(pull(all)).toBe(4)
})
