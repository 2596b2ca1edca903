/* What was ordered from this device: number, secret and title, as mine.ts keeps reports. The secret goes to the server in a header only. */
import { ref } from 'vue'

export interface Ordered { code: string; secret: string; title: string; at: number }

const KEY = 'linli.ordered'
const MOST = 50

function load(): Ordered[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one: Partial<Ordered> | null): one is Ordered => typeof one?.code === 'string' && typeof one.secret === 'string' && typeof one.title === 'string' && typeof one.at === 'number') : []
  } catch {
    return []
  }
}

export const ordered = ref<Ordered[]>(load())

function keep(list: Ordered[]): void {
  ordered.value = list.slice(0, MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(ordered.value))
  } catch {
    // no storage: the number on the screen is then the only way back
  }
}
export const rememberOrders = (list: Ordered[]): void => keep([...list, ...ordered.value.filter((one) => !list.some((it) => it.code === one.code))])
export const forgetOrder = (code: string): void => keep(ordered.value.filter((one) => one.code !== code))
export const orderSecret = (code: string): string => ordered.value.find((one) => one.code === code)?.secret ?? ''
/** The secret belongs in the fragment: browsers never send that part. */
export const orderLink = (code: string, secret: string): string => `/o/${encodeURIComponent(code)}${secret ? `#${encodeURIComponent(secret)}` : ''}`
