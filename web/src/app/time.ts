/* Times come as UTC milliseconds and are always shown in the district's time zone. */
import { ref } from 'vue'
import { language } from './i18n'
import { t } from './strings'

const zone = ref('Asia/Shanghai')

export function setTimeZone(name: string | null | undefined): void {
  if (name) zone.value = name
}

const formats = new Map<string, Intl.DateTimeFormat>()

/* Making a formatter is slow and tables make thousands of the same kind. */
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name}|${language.value}|${zone.value}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : 'zh-CN', { timeZone: zone.value, hourCycle: 'h23', ...options })
    formats.set(key, made)
  }
  return made
}

interface Parts {
  year: number
  month: number
  day: number
}

function parts(at: number): Parts {
  const key = `parts|${zone.value}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat('en-US', { timeZone: zone.value, year: 'numeric', month: 'numeric', day: 'numeric' })
    formats.set(key, made)
  }
  const found: Parts = { year: 0, month: 0, day: 0 }
  for (const { type, value } of made.formatToParts(at)) {
    if (type === 'year' || type === 'month' || type === 'day') found[type] = Number(value)
  }
  return found
}

/** The calendar day in the district, as a number that can be subtracted. */
export function dayNumber(at: number): number {
  const { year, month, day } = parts(at)
  return Math.floor(Date.UTC(year, month - 1, day) / 86_400_000)
}

/** 09:42 */
export const clock = (at: number): string => format('clock', { hour: '2-digit', minute: '2-digit' }).format(at)

/** 5 月 14 日 / 14 May; with the year when it is not this one. */
export function day(at: number, now = Date.now()): string {
  const { year, month, day: date } = parts(at)
  const other = year !== parts(now).year
  if (language.value === 'en') {
    return format(other ? 'day-y' : 'day', { day: 'numeric', month: 'short', ...(other ? { year: 'numeric' as const } : {}) }).format(at)
  }
  return `${other ? `${year} 年 ` : ''}${month} 月 ${date} 日`
}

/** 5 月 14 日 星期四 / Thursday 14 May */
export function weekday(at: number, now = Date.now()): string {
  const name = format('weekday', { weekday: 'long' }).format(at)
  return language.value === 'en' ? `${name} ${day(at, now)}` : `${day(at, now)} ${name}`
}

/** 12月3日 周四 09:00 / Thu 3 Dec, 09:00: when one has to be somewhere; today and tomorrow by their names, another year with it. */
export function appointed(at: number, now = Date.now()): string {
  const ahead = dayNumber(at) - dayNumber(now)
  if (ahead === 0 || ahead === 1) return when(at, now)
  const other = parts(at).year !== parts(now).year
  const date = format(other ? 'date-y' : 'date', { month: language.value === 'en' ? 'short' : 'long', day: 'numeric', ...(other ? { year: 'numeric' as const } : {}) }).format(at)
  const name = format('wd', { weekday: 'short' }).format(at)
  return language.value === 'en' ? `${name} ${date}, ${clock(at)}` : `${date} ${name} ${clock(at)}`
}

/** 5-14 16:20 in tables and stories; with the year when it is not this one. */
export function stamp(at: number, now = Date.now()): string {
  const { year, month, day: date } = parts(at)
  const other = year !== parts(now).year
  if (language.value === 'en') return `${day(at, now)} ${clock(at)}`
  return `${other ? `${year}-` : ''}${month}-${date} ${clock(at)}`
}

/** 今天 11:30, 明天 10:20, else 5-15 16:20. */
export function when(at: number, now = Date.now()): string {
  const ahead = dayNumber(at) - dayNumber(now)
  const near = ahead === 0 ? t('today') : ahead === 1 ? t('tomorrow') : ahead === -1 ? t('yesterday') : ''
  return near ? `${near} ${clock(at)}` : stamp(at, now)
}

/** 2026-05-14T16:20, as a datetime-local field holds it, on the district's clock. */
export function toField(at: number): string {
  const { year, month, day: date } = parts(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(date)}T${clock(at)}`
}

/** The time such a field means; NaN when it is empty or half filled in. */
export function fromField(text: string): number {
  const asUtc = Date.parse(`${text}Z`)
  if (Number.isNaN(asUtc)) return NaN
  const guess = asUtc - (Date.parse(`${toField(asUtc)}Z`) - asUtc)
  return asUtc - (Date.parse(`${toField(guess)}Z`) - guess)   // once more: the clock may have been put forward in between
}

const MINUTE = 60_000

/** 1 小时 48 分; two steps at most: days with hours, or hours with minutes. */
export function duration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const rest = minutes % 60
  const words: string[] = []
  if (days) words.push(t('days', { n: days }))
  if (hours) words.push(t('hours', { n: hours }))
  if (!days && (rest || !words.length)) words.push(t('minutes', { n: rest }))
  return words.join(' ')
}

/** 还剩 1 小时 48 分, or 超 42 分 when it is over. */
export function remaining(due: number, now = Date.now()): string {
  return due >= now ? t('left', { time: duration(due - now) }) : t('over', { time: duration(now - due) })
}

/** 3 小时前 */
export function ago(at: number, now = Date.now()): string {
  return now - at < MINUTE ? t('just_now') : t('ago', { time: duration(now - at) })
}

export type Urgency = 'late' | 'due' | 'none'

/** late: over; due: today, in the district's calendar. */
export function urgency(due: number | null | undefined, now = Date.now()): Urgency {
  if (!due) return 'none'
  if (due < now) return 'late'
  return dayNumber(due) === dayNumber(now) ? 'due' : 'none'
}
