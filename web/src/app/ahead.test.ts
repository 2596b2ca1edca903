import { expect, test, vi } from 'vitest'
import type { Router } from 'vue-router'
import { bring, bringIdly, dataIsDear } from './ahead'

function fake(loads: Record<string, () => Promise<unknown>>): Router {
  return { resolve: (path: string) => ({ matched: [{ components: { default: loads[path] ?? { name: 'here already' } } }] }) } as unknown as Router
}

test('a page is brought once, and again when it could not be had', async () => {
  const load = vi.fn(() => Promise.resolve({})), broken = vi.fn(() => Promise.reject(new Error('offline')))
  const router = fake({ '/one': load, '/broken': broken })
  await bring(router, '/one')
  await bring(router, '/one')
  expect(load).toHaveBeenCalledTimes(1)
  await bring(router, '/broken')
  await bring(router, '/broken')
  expect(broken).toHaveBeenCalledTimes(2)
  await bring(router, '/there')   // what is no function is here already
})

test('the others come in their order until nobody wants them', async () => {
  const order: string[] = []
  const load = (name: string) => () => { order.push(name); return Promise.resolve({}) }
  const router = fake({ '/a': load('a'), '/b': load('b'), '/c': load('c') })
  await bringIdly(router, ['/a', '/b', '/c'], () => order.length === 2)
  expect(order).toEqual(['a', 'b'])
})

test('what the pages ask first comes behind the code of all of them', async () => {
  const order: string[] = []
  const load = (name: string) => () => { order.push(name); return Promise.resolve({}) }
  const ask = async (path: string) => { order.push(`asks ${path}`) }
  await bringIdly(fake({ '/d': load('d'), '/e': load('e') }), ['/d', '/e'], () => order.length === 3, ask)
  expect(order).toEqual(['d', 'e', 'asks /d'])
})

test('where data is dear or slow only what is pointed at is brought', () => {
  expect(dataIsDear({ saveData: true })).toBe(true)
  expect(dataIsDear({ effectiveType: '3g' })).toBe(true)
  expect(dataIsDear({ effectiveType: 'slow-2g' })).toBe(true)
  expect(dataIsDear({ effectiveType: '4g' })).toBe(false)
  expect(dataIsDear(undefined)).toBe(false)
})
