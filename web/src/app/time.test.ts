import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setLanguage } from './i18n'
import { ago, appointed, clock, day, dayNumber, duration, fromField, remaining, setTimeZone, stamp, toField, urgency, weekday, when } from './time'

const NOW = Date.UTC(2026, 4, 14, 1, 42) // 14 May 2026, 09:42 in Shanghai
const MIN = 60_000
const HOUR = 60 * MIN

beforeEach(() => setTimeZone('Asia/Shanghai'))
afterEach(() => setLanguage('zh-CN'))

describe('in the district\'s zone, whatever the browser\'s is', () => {
  it('shows clock, day and weekday', () => {
    expect(clock(NOW)).toBe('09:42')
    expect(day(NOW, NOW)).toBe('5 月 14 日')
    expect(weekday(NOW, NOW)).toBe('5 月 14 日 星期四')
    expect(day(Date.UTC(2025, 0, 1), NOW)).toBe('2025 年 1 月 1 日')
  })
  it('counts days at the district\'s midnight', () => {
    const before = Date.UTC(2026, 4, 14, 15, 59)
    const after = Date.UTC(2026, 4, 14, 16, 0)
    expect(dayNumber(after) - dayNumber(before)).toBe(1)
    expect(clock(after)).toBe('00:00')
  })
  it('follows another zone', () => {
    setTimeZone('Asia/Urumqi')
    expect(clock(NOW)).toBe('07:42')
    setTimeZone('')
    expect(clock(NOW)).toBe('07:42')
  })
})

describe('deadlines', () => {
  it('names near days', () => {
    expect(when(NOW + 108 * MIN, NOW)).toBe('今天 11:30')
    expect(when(NOW + 24 * HOUR, NOW)).toBe('明天 09:42')
    expect(when(NOW - 24 * HOUR, NOW)).toBe('昨天 09:42')
    expect(when(NOW + 48 * HOUR, NOW)).toBe('5-16 09:42')
    expect(stamp(Date.UTC(2025, 11, 31, 15, 0), NOW)).toBe('2025-12-31 23:00')
  })
  it('says when one has to be somewhere', () => {
    expect(appointed(NOW, NOW)).toBe('今天 09:42')
    expect(appointed(NOW + 24 * HOUR, NOW)).toBe('明天 09:42')
    expect(appointed(Date.UTC(2026, 11, 3, 1, 0), NOW)).toBe('12月3日 周四 09:00')
    expect(appointed(Date.UTC(2027, 0, 1, 1, 0), NOW)).toBe('2027年1月1日 周五 09:00')
    setLanguage('en')
    expect(appointed(Date.UTC(2026, 11, 3, 1, 0), NOW)).toBe('Thu 3 Dec, 09:00')
    expect(appointed(Date.UTC(2027, 0, 1, 1, 0), NOW)).toBe('Fri 1 Jan 2027, 09:00')
  })
  it('says what is left and what is over', () => {
    expect(remaining(NOW + 108 * MIN, NOW)).toBe('还剩 1 小时 48 分')
    expect(remaining(NOW - 42 * MIN, NOW)).toBe('超 42 分')
    expect(remaining(NOW, NOW)).toBe('还剩 0 分')
    setLanguage('en')
    expect(remaining(NOW + 108 * MIN, NOW)).toBe('1 h 48 min left')
  })
  it('keeps durations to two steps', () => {
    expect(duration(0)).toBe('0 分')
    expect(duration(59_999)).toBe('0 分')
    expect(duration(2 * HOUR)).toBe('2 小时')
    expect(duration(26 * HOUR + 5 * MIN)).toBe('1 天 2 小时')
    expect(duration(-5)).toBe('0 分')
  })
  it('tells late from due today from later', () => {
    expect(urgency(NOW - 1, NOW)).toBe('late')
    expect(urgency(NOW, NOW)).toBe('due')
    expect(urgency(NOW + HOUR, NOW)).toBe('due')
    expect(urgency(NOW + 24 * HOUR, NOW)).toBe('none')
    expect(urgency(null, NOW)).toBe('none')
  })
  it('says how long ago', () => {
    expect(ago(NOW - 30_000, NOW)).toBe('刚刚')
    expect(ago(NOW - 3 * HOUR, NOW)).toBe('3 小时前')
  })
  it('fills a field and reads it again, on the day the clock changes too', () => {
    expect(toField(NOW)).toBe('2026-05-14T09:42')
    expect(fromField('2026-05-14T09:42')).toBe(NOW)
    expect(fromField('')).toBeNaN()
    setTimeZone('Europe/Berlin')
    for (let at = Date.UTC(2026, 2, 28); at < Date.UTC(2026, 2, 31); at += 30 * MIN) expect(fromField(toField(at))).toBe(at)
  })
})
