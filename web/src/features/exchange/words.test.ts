import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '@/app/i18n'
import { term } from '../agreement/words'
import { daysText, period } from './words'

afterEach(() => setLanguage('zh-CN'))

test('days of the week are said as people say them', () => {
  expect(['12345', '67', '3', '135', '12356', '1234567'].map(daysText)).toEqual(['周一至周五', '周六、周日', '周三', '周一、周三、周五', '周一至周三、周五、周六', '周一至周日'])
  setLanguage('en')
  expect(['12345', '67', '12356'].map(daysText)).toEqual(['Mo–Fr', 'Sa, Su', 'Mo–We, Fr, Sa'])
})

const at = (text: string) => Date.parse(`${text}+08:00`)
test('what lies within a day is said by its hours, what does not by its days', () => {
  expect(period({ begins_at: at('2030-01-01T09:00'), ends_at: at('2030-01-01T11:00') })).toBe('2030年1月1日 周二 09:00–11:00')
  expect(period({ begins_at: at('2030-01-01T09:00'), ends_at: at('2030-01-03T11:00') })).toBe('2030 年 1 月 1 日起 2030 年 1 月 3 日前')
})

test('a term that ends in another year than it began in has both years', () => {
  const year = new Date().getFullYear()
  expect(term({ begins_at: at(`${year - 1}-11-21T00:00`), ends_at: at(`${year}-11-27T00:00`) })).toBe(`${year - 1} 年 11 月 21 日 至 ${year} 年 11 月 26 日`)
  expect(term({ begins_at: at(`${year}-02-01T00:00`), ends_at: at(`${year}-03-01T00:00`) })).toBe('2 月 1 日 至 2 月 28 日'.replace('28', year % 4 ? '28' : '29'))
})
