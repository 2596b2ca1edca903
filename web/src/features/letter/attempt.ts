/* One form's work: busy while it runs, its failure kept for the fields. */
import { ref, shallowRef } from 'vue'
import { ApiError } from '@/app/problem'

export function useAttempt() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  const fault = (name: string) => (failure.value instanceof ApiError ? failure.value.field(name) : undefined)
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    busy.value = true
    failure.value = null
    try {
      return await work()
    } catch (cause) {
      failure.value = cause
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, fault, attempt }
}
