import { afterEach, expect, it } from 'vitest'
import { fill, setLanguage, strings } from './i18n'

afterEach(() => setLanguage('zh-CN'))

it('puts values in and leaves unknown places standing', () => {
  expect(fill('{who} 办了 {n} 件', { who: '周禾', n: 1284 }, 'zh-CN')).toBe('周禾 办了 1,284 件')
  expect(fill('{a}{b}', { a: 'x' }, 'en')).toBe('x{b}')
  expect(fill('{a}', undefined, 'en')).toBe('{a}')
})

it('chooses the English form by number', () => {
  const text = '{n} case|{n} cases'
  expect([0, 1, 2].map((n) => fill(text, { n }, 'en'))).toEqual(['0 cases', '1 case', '2 cases'])
})

it('follows the language of the page', () => {
  const t = strings({ zh: { a: '甲' }, en: { a: 'A' } })
  expect(t('a')).toBe('甲')
  setLanguage('en')
  expect(t('a')).toBe('A')
  expect(document.documentElement.lang).toBe('en')
})
