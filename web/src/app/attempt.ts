/* Something a form or a dialog sends: busy while it runs, its failure kept for the form and its fields. */
import { ref, shallowRef } from 'vue'
import { ApiError } from './problem'

export function useAttempt() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  const fault = (field: string): string | undefined => (failure.value instanceof ApiError ? failure.value.field(field) : undefined)
  /** What the work gives; null when it failed. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    busy.value = true
    failure.value = null
    try {
      return await work()
    } catch (cause) {
      failure.value = cause
      return null
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, fault, attempt }
}
