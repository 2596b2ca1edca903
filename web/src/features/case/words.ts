/* A case's words and shapes, for the desk and the portal alike. The states are those of server/features/case. */
import { strings } from '@/app/i18n'
import type { Shape } from '@/app/shapes'

export type State = 'reported' | 'waiting' | 'accepted' | 'dispatched' | 'handling' | 'handled' | 'closed' | 'rejected' | 'suspended' | 'merged'
export type Outcome = 'resolved' | 'partly' | 'explained' | 'beyond_powers' | 'withdrawn' | 'duplicate'
export type StepName = 'report' | 'accept' | 'dispatch' | 'handle' | 'verify' | 'close' | 'rate'

const t = strings({
  zh: {
    reported: '待受理', waiting: '待补充', accepted: '待派遣', dispatched: '待签收', handling: '处置中', handled: '待核查', closed: '已结案', rejected: '不予受理', suspended: '挂账', merged: '已并案',
    resolved: '已解决', partly: '部分解决', explained: '解释说明', beyond_powers: '超出职权', withdrawn: '已撤回', duplicate: '重复',
    report: '上报', accept: '受理', dispatch: '派遣', handle: '处置', verify: '核查', close: '结案', rate: '评价',
    closed_as: '{state} · {outcome}', unknown: '未定类别',
  },
  en: {
    reported: 'To accept', waiting: 'Waiting for reply', accepted: 'To dispatch', dispatched: 'To sign', handling: 'Being handled', handled: 'To verify', closed: 'Closed', rejected: 'Rejected', suspended: 'Suspended', merged: 'Merged',
    resolved: 'resolved', partly: 'partly resolved', explained: 'explained', beyond_powers: 'beyond our powers', withdrawn: 'withdrawn', duplicate: 'duplicate',
    report: 'Report', accept: 'Accept', dispatch: 'Dispatch', handle: 'Handle', verify: 'Verify', close: 'Close', rate: 'Rate',
    closed_as: '{state}: {outcome}', unknown: 'No category yet',
  },
})

const SHAPES: Record<State, Shape> = {
  reported: 'wait', waiting: 'back', accepted: 'sign', dispatched: 'sign', handling: 'run', handled: 'wait', closed: 'done', rejected: 'no', suspended: 'back', merged: 'up',
}

/** Closed without being solved is never shown as solved. */
export function stateShape(state: State, outcome?: Outcome | null): Shape {
  if (state !== 'closed') return SHAPES[state]
  return outcome === 'resolved' ? 'done' : outcome === 'partly' ? 'part' : 'no'
}

export const stateName = (state: State): string => t(state)
export const outcomeName = (outcome: Outcome): string => t(outcome)
export const stepName = (step: StepName): string => t(step)

export function standing(state: State, outcome?: Outcome | null): string {
  return state === 'closed' && outcome ? t('closed_as', { state: t('closed'), outcome: t(outcome) }) : t(state)
}

export interface CategoryRef {
  id: string
  name_zh: string | null
  name_en: string | null
}

export function categoryName(category: CategoryRef | null | undefined, language: string): string {
  const name = language === 'en' ? category?.name_en : category?.name_zh
  return name ?? t('unknown')
}
