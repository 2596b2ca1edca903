import { expect, test } from 'vitest'
import { guessed, textProperties } from './files'

test('properties with texts and whole numbers are offered, and the likely ones guessed', () => {
  const of = { features: [{ properties: { OBJECTID: 1, VILLNAME: '东里', VILLCODE: '67000', share: 0.5 } }, { properties: null }, { properties: { 备注: '无' } }] }
  const names = textProperties(of)
  expect(names).toEqual(['OBJECTID', 'VILLNAME', 'VILLCODE', '备注'])
  expect([guessed(names, 'name'), guessed(names, 'code')]).toEqual(['VILLNAME', 'VILLCODE'])
  expect([guessed(['a', 'name', '名称'], 'name'), guessed(['a'], 'code')]).toEqual(['name', ''])
})

test('what is no collection is refused', () => {
  expect(() => textProperties({} as never)).toThrow()
  expect(() => textProperties({ features: [] })).toThrow()
})
