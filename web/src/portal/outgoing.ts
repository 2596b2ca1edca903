/* A resident's report on its way: kept on this device until the server has it, however long that takes, whoever closes the page.
 * The same queue as the desk's. Loaded by the report page, and by the home page only when something is waiting. */
import { http } from '@/app/http'
import { onItem, outboxFor } from '@/app/offline/outbox'
import type { Item } from '@/app/offline/queue'
import { remember } from './mine'

const WAITING = 'linli.unsent'

/** Whose report is waiting: an account, '' for a resident without one; null: none is. */
export function waitingFor(): string | null {
  try {
    const whose = localStorage.getItem(WAITING)
    return whose === null ? null : whose.slice(1)
  } catch {
    return null
  }
}
function note(whose: string | null): void {
  try {
    if (whose === null) localStorage.removeItem(WAITING)
    else localStorage.setItem(WAITING, `=${whose}`)
  } catch {
    // no storage: the page that is open goes on by itself
  }
}

/* What has arrived is found again on this device. */
onItem((item: Item) => {
  if (item.standing !== 'done') return
  const { code, secret, title, reported_at: at } = item.result ?? {}
  if (typeof secret === 'string') remember({ code: String(code), secret, title: String(title ?? item.title), at: Number(at ?? item.ended) })
  note(null)
})

/** Sends what waits for this person from now on. */
export async function goOn(whose: string): Promise<void> {
  await outboxFor(whose)
}

/** Who reports: an account when somebody is signed in, else nobody in particular. */
export async function whoReports(): Promise<string> {
  try {
    return String((await http.get<{ user: { id: string } }>('/session')).user.id)
  } catch {
    return ''
  }
}
export const noteWaiting = (whose: string): void => note(whose)
export const noteNone = (): void => note(null)
