/* Copies of what was read, for when there is no network: kept by account, for three days, on devices that are carried about.
 * A browser tab on an office PC keeps none. Contact data is never in them: the server masks it before it comes here. */
import { http, type Query, url } from '../http'
import { ApiError } from '../problem'
import { database, type Copy } from './store'

export const KEEP_COPIES = 3 * 86_400_000
const MOST = 400
const LAST = 'linli.last'
const PICTURES = 'linli-pictures-'
/* The service worker asks for photos without knowing for whom: only one person's are ever here. */
export const picturesOf = (account: string): string => PICTURES + account

/** On a phone or a tablet, or where the desk was installed. */
export const carried = (): boolean =>
  typeof matchMedia === 'function' && (matchMedia('(pointer: coarse)').matches || matchMedia('(display-mode: standalone)').matches)

let account = ''

const key = (path: string, query?: Query): string => {
  const to = new URL(url(path, query))
  return to.pathname + to.search
}

/** The copy of an answer for whoever is signed in, unless it is too old to be of use. */
export async function recall(path: string, query?: Query, whose = account): Promise<Copy | null> {
  if (!whose) return null
  try {
    const copy = await (await database()).get('copies', [whose, key(path, query)])
    return copy && Date.now() - copy.at < KEEP_COPIES ? copy : null
  } catch {
    return null
  }
}

export async function remember(path: string, query: Query | undefined, body: unknown, etag = ''): Promise<void> {
  if (!account) return
  try {
    await (await database()).put('copies', { account, path: key(path, query), at: Date.now(), etag, body })
  } catch {
    // no room, or no IndexedDB: then there is no copy
  }
}

/** Reads through: the server's answer, or without a network the copy of an earlier one. */
export async function readKept<T>(path: string, query?: Query): Promise<T> {
  try {
    const body = await http.get<T>(path, { query })
    void remember(path, query, body)
    return body
  } catch (cause) {
    const copy = cause instanceof ApiError && cause.network ? await recall(path, query) : null
    if (!copy) throw cause
    return copy.body as T
  }
}

async function dropWhere(gone: (copy: Copy) => boolean): Promise<void> {
  try {
    const tx = (await database()).transaction('copies', 'readwrite')
    for (let at = await tx.store.openCursor(); at; at = await at.continue()) if (gone(at.value)) await at.delete()
    await tx.done
  } catch {
    // nothing is kept
  }
}

async function dropPictures(keep = ''): Promise<void> {
  if (typeof caches === 'undefined') return
  for (const name of await caches.keys()) if (name.startsWith(PICTURES) && name !== keep) await caches.delete(name)
}

/** Somebody has signed in: what was kept for others goes before anything is shown. */
export async function copiesFor(whose: string): Promise<void> {
  account = carried() ? whose : ''
  try {
    if (account) localStorage.setItem(LAST, whose)
    else localStorage.removeItem(LAST)
  } catch {
    // no storage: nothing is found without a network
  }
  await Promise.all([dropWhere((copy) => copy.account !== account || Date.now() - copy.at > KEEP_COPIES), dropPictures(account ? picturesOf(account) : '')])
}

/** The server knows nobody here any more: what is kept is not shown until its owner comes back. */
export function hideCopies(): void {
  account = ''
  try {
    localStorage.removeItem(LAST)
  } catch {
    // see above
  }
}

/** Signed out by hand: everything goes. */
export async function wipeCopies(): Promise<void> {
  hideCopies()
  await Promise.all([dropWhere(() => true), dropPictures()])
}

/** Who was here last, for a start without a network: the copy of the session, if it is young enough. */
export async function lastSession(): Promise<Copy | null> {
  const whose = localStorage.getItem(LAST) ?? ''
  const copy = await recall('/session', undefined, whose)
  if (copy) account = whose
  return copy
}

/** Keeps the newest copies only. */
export async function trim(): Promise<void> {
  if (!account) return
  const own = await (await database()).getAllFromIndex('copies', 'account', account).catch(() => [] as Copy[])
  const edge = own.map((copy) => copy.at).sort((a, b) => b - a)[MOST]
  if (edge !== undefined) await dropWhere((copy) => copy.account === account && copy.at <= edge)
}

/** Whose copies are kept now; '' when none are. */
export const copiesOf = (): string => account
