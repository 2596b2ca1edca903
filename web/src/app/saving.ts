/* One way to save: an attempt, and a word when it is done. */
import { useAttempt } from './attempt'
import { toast } from './toast'

export function useSaving(saved: () => string) {
  const { busy, failure, fault, attempt: tried } = useAttempt()
  async function attempt(work: () => Promise<unknown>, said = saved()): Promise<boolean> {
    const done = await tried(async () => (await work(), true))
    if (done && said) toast(said, { shape: 'done' })
    return done === true
  }
  return { busy, failure, attempt, fault }
}

/** Puts a text into the clipboard and says so. */
export async function copyText(text: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast(said, { shape: 'done' })
}
