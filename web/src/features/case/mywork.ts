/* What waits for me, as My work and Today show it: asked for, counted in the navigation, taken along on the phone. */
import { computed, watch, type ComputedRef } from 'vue'
import { counts } from '@/app/counts'
import { recall, remember } from '@/app/offline/copies'
import { items } from '@/app/offline/outbox'
import { open } from '@/app/offline/queue'
import { usePoll, type Polled } from '@/app/poll'
import { carry } from './carry'
import type { Work } from './types'

export interface MyWork extends Polled<Work> {
  /** Cases with a step of mine that has not arrived yet. */
  sending: ComputedRef<ReadonlySet<string>>
}

/** asked: of which group, of which state, whether only what is supervised; all when not said. */
export function useMyWork(asked: () => { due?: string; state?: string; supervised?: boolean } = () => ({})): MyWork {
  const polled = usePoll<Work>('/cases/work', {
    query: () => {
      const { due, state, supervised } = asked()
      return { due: due || undefined, state: state || undefined, supervised: supervised || undefined }
    },
    copies: { recall, remember },
  })
  const { data, asOf } = polled
  watch(data, (work) => {
    if (!work) return
    counts['/'] = { n: work.counts.all, more: work.counts.capped }
    counts['/call-backs'] = { n: work.counts.call_backs, more: work.counts.call_backs_capped }
  })
  /* Today's tasks are taken along once the list is there, and never before it. */
  watch([data, asOf], ([work, old]) => {
    if (work && !old) setTimeout(() => void carry(work), 1500)
  })
  return { ...polled, sending: computed(() => new Set(items.value.filter(open).map((item) => item.lane))) }
}
