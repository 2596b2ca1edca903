/* What somebody without an account follows from this device: number and secret, as mine.ts keeps their own reports. */
import { ref } from 'vue'
import { http } from '@/app/http'
import { ApiError } from '@/app/problem'
import type { Brief } from '@/features/case/known'

export interface Followed {
  code: string
  secret: string
  at: number
}

/** How a followed case stands. */
export interface FollowView {
  about: Brief
  since: number
  last_action: string | null
  last_at: number | null
  via: string | null
  reporter: boolean
  secret: string | null
}

const KEY = 'linli.followed'
const MOST = 50

function load(): Followed[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one: Partial<Followed> | null): one is Followed => typeof one?.code === 'string' && typeof one.secret === 'string' && typeof one.at === 'number') : []
  } catch {
    return []
  }
}

export const followed = ref<Followed[]>(load())

function keep(list: Followed[]): void {
  followed.value = list.slice(0, MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(followed.value))
  } catch {
    // no storage: it is followed until the page is closed
  }
}

const path = (code: string) => `/follows/${encodeURIComponent(code)}`
export const isFollowed = (code: string): boolean => followed.value.some((one) => one.code === code)

/** Follows; answers how it stands. Without an account the secret stays on this device. */
export async function follow(code: string): Promise<FollowView> {
  const it = await http.post<FollowView>(path(code))
  keep([{ code: it.about.code, secret: it.secret ?? '', at: Date.now() }, ...followed.value.filter((one) => one.code !== it.about.code)])
  return it
}

export async function unfollow(code: string): Promise<void> {
  const secret = followed.value.find((one) => one.code === code)?.secret
  try {
    await http.delete(path(code), { secret })
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 404) throw cause // what is not followed any more is what was wanted
  }
  keep(followed.value.filter((one) => one.code !== code))
}

/** All that is followed, by account and from this device; what does not answer is left out. */
export async function allFollowed(): Promise<FollowView[]> {
  const byAccount = await http.get<{ items: FollowView[] }>('/follows').then((answer) => answer.items).catch((cause: unknown) => {
    if (cause instanceof ApiError && (cause.status === 401 || cause.status === 403)) return []
    throw cause
  })
  const here = followed.value.filter((one) => one.secret && !byAccount.some((row) => row.about.code === one.code))
  const rows = await Promise.allSettled(here.map((one) => http.get<FollowView>(path(one.code), { secret: one.secret })))
  return [...byAccount, ...rows.flatMap((row) => (row.status === 'fulfilled' ? [row.value] : []))]
}
