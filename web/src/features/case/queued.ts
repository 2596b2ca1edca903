/* A step goes into the queue: taken at once and shown as if it were done; the queue sees to the rest (docs/decisions/offline.md). */
import { add, mend, OutboxFull } from '@/app/offline/outbox'
import type { Item } from '@/app/offline/queue'
import { t } from './strings'
import type { Action, CaseView, TaskAction } from './types'

export interface Step {
  one: Pick<CaseView, 'id' | 'title' | 'code'>
  action: Action | TaskAction
  path: string
  body: Record<string, unknown>
  version: number | null
  photos: { slot: string; name: string; blob: Blob }[]
  /** The step that was refused and is corrected by this one. */
  item: Item | null
}

/** shown: called as soon as the step can be seen. Resolves once it is on the disk; rejects when it was not taken. */
export async function queueStep({ one, action, path, body, version, photos, item }: Step, shown: () => void): Promise<void> {
  try {
    if (item) {
      shown()
      return await mend(item.id, body, photos)
    }
    const { kept } = add({ kind: 'step', action, title: one.title, code: one.code, path, body, version, lane: one.id, photos })
    shown()
    await kept
  } catch (cause) {
    throw cause instanceof OutboxFull ? new Error(t('outbox_full')) : cause
  }
}
