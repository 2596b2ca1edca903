/* What was reported from this device: code, secret and title, so that a resident without an account
 * finds it again. Never leaves the browser; the secret goes to the server in a header only. */
import { ref } from 'vue'

export interface Mine {
  code: string
  secret: string
  title: string
  at: number
}

const KEY = 'linli.mine'
const MOST = 50

function isMine(value: unknown): value is Mine {
  const one = value as Partial<Mine> | null
  return typeof one?.code === 'string' && typeof one.secret === 'string' && typeof one.title === 'string' && typeof one.at === 'number'
}

function load(): Mine[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isMine) : []
  } catch {
    return []
  }
}

export const mine = ref<Mine[]>(load())

function keep(list: Mine[]): void {
  mine.value = list
  try {
    localStorage.setItem(KEY, JSON.stringify(list))
  } catch {
    // no storage: the code on the screen is then the only way back
  }
}

export function remember(one: Mine): void {
  keep([one, ...mine.value.filter((other) => other.code !== one.code)].slice(0, MOST))
}

export function forget(code: string): void {
  keep(mine.value.filter((one) => one.code !== code))
}

/** The secret kept for a number on this device, '' when there is none. */
export const secretOf = (code: string): string => mine.value.find((one) => one.code === code)?.secret ?? ''

/** The secret belongs in the fragment: browsers never send that part. */
export const linkTo = (code: string, secret: string): string => `/c/${encodeURIComponent(code)}${secret ? `#${encodeURIComponent(secret)}` : ''}`
