/* What every dialog of this page does: try, say so, or show what is wrong beside its field. */
import { ref, shallowRef } from 'vue'
import { ApiError } from '@/app/problem'
import { toast } from '@/app/toast'
import { t } from './strings'

export function useSaving() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  async function attempt(work: () => Promise<unknown>, said = t('saved')): Promise<boolean> {
    busy.value = true
    failure.value = null
    try {
      await work()
      toast(said, { shape: 'done' })
      return true
    } catch (cause) {
      failure.value = cause
      return false
    } finally {
      busy.value = false
    }
  }
  const fault = (field: string): string | undefined => (failure.value instanceof ApiError ? failure.value.field(field) : undefined)
  return { busy, failure, attempt, fault }
}

export async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast(t('copied'))
}
