/* How an item of the queue is named. */
import { net } from '@/app/net'
import { isConflict, isMendable, type Item } from '@/app/offline/queue'
import type { Shape } from '@/app/shapes'
import { clock, when } from '@/app/time'
import { actionName } from '@/features/case/look'
import type { Action, TaskAction } from '@/features/case/types'
import { t as words } from '@/features/case/strings'
import { t as whistle } from '@/features/case/whistle.strings'
import { t } from './strings'

export const whatOf = (item: Item): string => (item.kind === 'step' ? actionName(item.action as Action | TaskAction) : t(`kind_${item.kind}`))
/** Where it can be mended or looked at. */
export const pageOf = (item: Item): string => (item.kind === 'step' ? `/cases/${item.lane}` : item.result?.id ? `/cases/${String(item.result.id)}` : '')
export const mendAt = (item: Item): string => (item.kind === 'step' ? `/cases/${item.lane}?mend=${item.id}` : `/report?mend=${item.id}`)

const FIELDS = ['reason', 'question', 'text', 'result', 'org', 'outcome', 'category', 'severity', 'address', 'at', 'photos', 'area'] as const
const TASK_FIELDS = ['received', 'spoke_to', 'done', 'done_by'] as const
/** The field a fault is about, as its form calls it; '' when the form has no such field. */
export function fieldName(field: string): string {
  const last = field.split('.').pop()?.replace(/^after_/, '').replace(/\[\d+\]$/, '')
  const known = FIELDS.find((name) => name === last)
  const ofTask = TASK_FIELDS.find((name) => name === last?.replace(/_at$/, ''))
  return known ? words(`f_${known}`) : ofTask ? whistle(`f_${ofTask}`) : ''
}

export const SHAPE: Record<Item['standing'], Shape> = { pending: 'sign', sending: 'run', failed: 'late', done: 'done' }

/** Where an item stands that nobody has to do anything about. */
export function standingWords(item: Item, items: readonly Item[], now: number): string {
  if (item.standing === 'sending') return t('now')
  if (item.standing === 'done') return t('done', { when: when(item.ended, now) })
  const first = items.find((one) => one.lane === item.lane && one.standing !== 'done')
  if (first?.id !== item.id) return t('wait_turn')
  return net.online && item.next > now ? t('wait_retry', { when: clock(item.next) }) : t('wait_net')
}

const OWN_WORDS = { unsure: 'unsure', photo_lost: 'photo_lost', too_large: 'too_large', internal: 'broken' } as const
/** Why it was not taken, in one line. */
export function whyNot(item: Item): string {
  const { code = '', title = '', errors = [] } = item.fault ?? {}
  const own = OWN_WORDS[code as keyof typeof OWN_WORDS]
  if (own) return t(own)
  if (isConflict(item)) return t('conflict_short')
  return errors[0] ? `${fieldName(errors[0].field)} ${errors[0].message}`.trim() : title || t('refused')
}

const aboutPhotos = (item: Item): boolean => item.fault?.code === 'photo_lost' || item.fault?.code === 'too_large' || (item.fault?.errors ?? []).some((one) => /photos/.test(one.field))
/** The one thing to do about it: a page to go to, or nothing but to send it again. */
export function remedyOf(item: Item): { name: string; to?: string } {
  if (aboutPhotos(item)) return { name: t('other_photo'), to: mendAt(item) }
  if (isConflict(item) || item.fault?.code === 'unsure') return { name: t('look'), to: pageOf(item) || '/outbox' }
  return isMendable(item) ? { name: t('mend'), to: mendAt(item) } : { name: t('retry') }
}
