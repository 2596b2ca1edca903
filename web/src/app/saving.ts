/* One way to save: busy while it runs, a word when it is done, the failure kept for the form and its fields. */
import { ref, shallowRef } from 'vue'
import { ApiError } from './problem'
import { toast } from './toast'

export function useSaving(saved: () => string) {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  async function attempt(work: () => Promise<unknown>, said = saved()): Promise<boolean> {
    busy.value = true
    failure.value = null
    try {
      await work()
      if (said) toast(said, { shape: 'done' })
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

/** Puts a text into the clipboard and says so. */
export async function copyText(text: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast(said, { shape: 'done' })
}
