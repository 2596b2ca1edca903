import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '@/app/i18n'
import { daysText } from './words'

afterEach(() => setLanguage('zh-CN'))

test('days of the week are said as people say them', () => {
  expect(['12345', '67', '3', '135', '12356', '1234567'].map(daysText)).toEqual(['周一至周五', '周六、周日', '周三', '周一、周三、周五', '周一至周三、周五、周六', '周一至周日'])
  setLanguage('en')
  expect(['12345', '67', '12356'].map(daysText)).toEqual(['Mo–Fr', 'Sa, Su', 'Mo–We, Fr, Sa'])
})
