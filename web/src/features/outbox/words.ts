/* How an item of the queue is named. */
import type { Item } from '@/app/offline/queue'
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
