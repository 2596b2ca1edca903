/* Periods by days, as the address keeps them: days are texts such as 2026-05-14, in the district's time zone. */
export const PERIODS = ['today', 'week', 'days30', 'month', 'quarter', 'year', 'own'] as const
export type Period = (typeof PERIODS)[number]
export type Days = { from: string; to: string }

const DAY = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const text = (ms: number) => new Date(ms).toISOString().slice(0, 10)

export const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at(day)) && text(at(day)) === day
export const addDays = (day: string, n: number): string => text(at(day) + n * DAY)
export const daysIn = ({ from, to }: Days): number => Math.round((at(to) - at(from)) / DAY) + 1

/** The days of a named period that ends today; `own` are those given. */
export function daysOf(period: Period, today: string, own: Days): Days {
  const month = Number(today.slice(5, 7))
  const first: Partial<Record<Period, string>> = {
    today, week: addDays(today, -6), month: `${today.slice(0, 8)}01`, year: `${today.slice(0, 5)}01-01`,
    quarter: `${today.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`,
  }
  /* What is no period shows the usual one. */
  const good = isDay(own.from) && isDay(own.to) && own.from <= own.to && daysIn(own) <= 1830
  return period === 'own' && good ? { from: own.from, to: own.to } : { from: first[period] ?? addDays(today, -29), to: today }
}

/** Days, weeks or months, so that a chart has about as many steps as it has room for. */
export const stepOf = (days: Days): 'day' | 'week' | 'month' => (daysIn(days) <= 62 ? 'day' : daysIn(days) <= 400 ? 'week' : 'month')

/** 93.7 from hundredths of a percent, without its sign; null: there is none. */
export const percent = (rate: number, digits = 1): string | null => (rate < 0 ? null : rate === 10000 ? '100' : (rate / 100).toFixed(digits))

/** Bounds of five steps for a choropleth, by equal shares of what differs; empty when all are alike. */
export function steps(values: readonly number[]): number[] {
  const sorted = [...new Set(values.filter((v) => v > 0))].sort((a, b) => a - b)
  if (!sorted.length) return []
  const bounds = [1, 2, 3, 4].map((k) => sorted[Math.min(sorted.length - 1, Math.floor((k * sorted.length) / 5))]!)
  return [...new Set(bounds)]
}
/** Which step a value is in, 1 to 5. */
export const stepAt = (value: number, bounds: readonly number[]): number => (value <= 0 ? 1 : 1 + bounds.filter((b) => value >= b).length)
