/* Names, shapes and figures of services and orders, for the desk and the portal alike. */
import type { Item, Reply } from '@/app/api-of'
import { language } from '@/app/i18n'
import type { Shape } from '@/app/shapes'
import { appointed, clock, day, dayNumber } from '@/app/time'
import { t } from './states.strings'

export type Service = Item<'/api/v1/services'>
export type ServiceView = Reply<'/api/v1/services/{id}'>
export type Slot = ServiceView['slots'][number]
export type Package = Item<'/api/v1/packages'>
export type Order = Item<'/api/v1/orders'>
export type OrderView = Reply<'/api/v1/orders/{id}'>
export type Own = Item<'/api/v1/own-orders'>
export type Menu = Reply<'/api/v1/public/services/{id}'>
export type Made = Reply<'/api/v1/orders', 'post'>

export const ORDER_STATES = ['review', 'refused', 'placed', 'waiting', 'assigned', 'under_way', 'done', 'cancelled', 'no_show'] as const
export type OrderState = (typeof ORDER_STATES)[number]
const ORDER_SHAPE: Record<OrderState, Shape> = { review: 'sign', refused: 'no', placed: 'now', waiting: 'wait', assigned: 'run', under_way: 'run', done: 'done', cancelled: 'back', no_show: 'no' }
export const orderShape = (of: { state: OrderState | null; late?: boolean }): Shape => (of.late ? 'late' : ORDER_SHAPE[of.state ?? 'placed'])
export const orderWord = (state: OrderState | null): string => t(`o_${state ?? 'placed'}`)

/** Names one after the other. */
export const listed = (names: readonly string[]): string => names.join(inLanguage('、', ', '))
export const inLanguage = (zh: string, en: string): string => (language.value === 'en' ? en : zh)
export const categoryOf = (of: Pick<Service, 'category_zh' | 'category_en'>): string => inLanguage(of.category_zh, of.category_en)
const yuan = (fen: number) => (fen / 100).toFixed(fen % 100 ? 2 : 0)
export function priceOf(of: Pick<Service, 'price' | 'price_fen' | 'price_per'>): string {
  if (of.price === 'free') return t('free')
  return of.price_fen ? `${t('yuan', { n: yuan(of.price_fen) })}${of.price_per ? ` / ${of.price_per}` : ''}` : t('at_cost')
}
/** 明天 09:00–11:00, else 12月3日 周四 09:00–11:00. */
export function span(from: number, to: number): string {
  const midnight = clock(to) === '00:00' && dayNumber(to) === dayNumber(from) + 1
  const end = midnight ? '24:00' : dayNumber(to) === dayNumber(from) ? clock(to) : `${day(to)} ${clock(to)}`
  return `${appointed(from)}–${end}`
}
export function hours(minutes: number): string {
  return t('hours', { n: (minutes / 60).toFixed(minutes % 60 ? 1 : 0) })
}
