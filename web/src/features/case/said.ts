/* What a reporter said, in one line. */
import { t } from './call.strings'
import type { CallTry } from './types'

export function said(one: Pick<CallTry, 'reached' | 'contacted' | 'solved' | 'stars'>): string {
  if (one.reached !== 'answered') return t(`r_${one.reached}`)
  return [
    one.solved && t(`s_${one.solved}`),
    one.stars > 0 && t('n_stars', { n: one.stars }),
    one.contacted && t(one.contacted === 'yes' ? 'said_contacted' : 'said_not_contacted'),
  ].filter(Boolean).join(' · ')
}
