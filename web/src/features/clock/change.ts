/* One way to save: busy while it runs, the failure kept for the form, a word when it is done. */
import { ref, shallowRef } from 'vue'
import { ApiError } from '@/app/problem'
import { toast } from '@/app/toast'
import { t } from './strings'

export function useChange() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  const fault = (name: string) => (failure.value instanceof ApiError ? failure.value.field(name) : undefined)
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    failure.value = null
    try {
      await work()
      toast(t('saved'), { shape: 'done' })
      return true
    } catch (cause) {
      failure.value = cause
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, fault, attempt }
}

/** "2026-12-01T09:00" of a form as a time; nothing: now. */
export const fromForm = (text: string): { valid_from?: number } => (text ? { valid_from: new Date(text).getTime() } : {})
