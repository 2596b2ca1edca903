/* What is still to be sent, as pages see it: a list that follows the storage, and the few things a person may do with it. */
import { computed, ref, shallowRef } from 'vue'
import { newKey } from '../http'
import { language } from '../i18n'
import { net } from '../net'
import { ApiError } from '../problem'
import { carried } from './copies'
import { deliver } from './deliver'
import { allItems, changeItem, dropItem, flush, photoOf, putItem, type Ended } from './flush'
import { again, asComment, awake, inOrder, mended, MOST_ITEMS, newId, nextTime, open, settle, sums, type Item, type Photo } from './queue'

/** All of this device, in order; those of other people are only ever counted. */
const all = shallowRef<Item[]>([])
const account = ref<string | null>(null)
/** Why nothing goes although something waits: nobody is signed in, or somebody else. */
export const held = ref<'' | 'signed_out' | 'other_person'>('')

export const items = computed(() => all.value.filter((item) => item.account === account.value))
export const waiting = computed(() => sums(all.value, account.value ?? ''))
/** Unsent things of other people who used this device. */
export const others = computed(() => all.value.filter((item) => item.account !== account.value && item.account !== '' && open(item)).length)
export const itemOf = (id: string): Item | undefined => all.value.find((item) => item.id === id)

type Listener = (item: Item, full: Record<string, unknown> | null) => void
const listeners = new Set<Listener>()
/** Called with each change of an item; answers how to stop it. */
export function onItem(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('linli-outbox') : null
if (channel) channel.onmessage = () => void load()

function show(item: Item, full: Record<string, unknown> | null): void {
  all.value = inOrder([...all.value.filter((one) => one.id !== item.id), item])
  for (const listener of listeners) listener(item, full)
}
function tell(item: Item, full: Record<string, unknown> | null): void {
  show(item, full)
  channel?.postMessage('changed')
}

async function load(): Promise<void> {
  try {
    const before = new Map(all.value.map((item) => [item.id, item]))
    const stored = await allItems()
    /* What was added a moment ago and is not on the disk yet stays. */
    const fresh = all.value.filter((item) => writing.has(item.id) && !stored.some((one) => one.id === item.id))
    all.value = inOrder([...stored, ...fresh])
    for (const item of stored) if (before.get(item.id)?.standing !== item.standing) for (const listener of listeners) listener(item, null)
  } catch {
    // no IndexedDB: what is sent goes at once or not at all
  }
}

let timer: ReturnType<typeof setTimeout> | undefined
function later(): void {
  clearTimeout(timer)
  const at = nextTime(all.value, account.value ?? '')
  if (at && account.value !== null && !held.value) timer = setTimeout(() => void send(), Math.max(250, at - Date.now()))
}

let running: Promise<void> | undefined
let asked = false
async function run(): Promise<void> {
  do {
    asked = false
    if (account.value === null) return
    if (navigator.onLine === false) return void (net.online = false)
    const ended: Ended = await flush({ account: account.value, language: language.value, onChange: tell }).catch((): Ended => 'idle')
    held.value = ended === 'signed_out' || ended === 'other_person' ? ended : ''
    if (ended === 'unreached') net.online = false
    else if (ended === 'idle' && waiting.value.pending) net.online = true
  } while (asked)
}

/** Sends what waits, if anything does. */
export function send(): Promise<void> {
  asked = true
  running ??= run().finally(() => {
    running = undefined
    later()
  })
  return running
}

/* A network that has just come back, or a page that is seen again, need not wait for the back-off. */
export async function wake(): Promise<void> {
  for (const item of items.value) if (awake(item) !== item) await changeItem(item.id, (as) => (as.standing === 'pending' ? awake(as) : null))
  await load()
  await send()
}
const seen = () => {
  if (!document.hidden && waiting.value.pending) void wake()
}
const online = () => void wake()

let loaded: Promise<void> = Promise.resolve()
/** When the list has been read from the disk. */
export const whenLoaded = (): Promise<void> => loaded

/** From now on for this person ('' for a resident without an account); null: for nobody, everything stays where it is. */
export async function outboxFor(whose: string | null): Promise<void> {
  if (account.value === null && whose !== null) {
    window.addEventListener('online', online)
    document.addEventListener('visibilitychange', seen)
  }
  account.value = whose
  held.value = ''
  loaded = load()
  await loaded
  if (whose !== null) await wake()
}

/* Where the browser can, it goes on when the page is closed. */
function askForSync(): void {
  void navigator.serviceWorker?.getRegistration('/desk').then((found) => (found as unknown as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync?.register('linli-outbox')).catch(() => {})
}

const chance = () => newKey().slice(0, 12)
const writing = new Set<string>()

export interface NewItem extends Pick<Item, 'kind' | 'action' | 'title' | 'code' | 'path' | 'body' | 'version'> {
  lane?: string
  photos: { slot: string; name: string; blob: Blob }[]
  key?: string
  account?: string
}

export class OutboxFull extends Error {}

async function atOnce(item: Item, photos: NewItem['photos']): Promise<void> {
  const { item: tried, outcome } = await deliver(item, { photo: async (_one, n) => photos[n]?.blob ?? null, keep: async () => {}, language: language.value, version: item.version })
  if (outcome.kind === 'ok') return show(settle(tried, outcome, Date.now(), 0), outcome.result)
  throw new ApiError(outcome.kind === 'refused' ? outcome.fault : { status: outcome.kind === 'signed_out' ? 401 : 0, code: 'network' })
}

/** Puts an act into the list. It shows at once; kept: when it is on the disk, from then on it survives whatever happens to the page.
 *  Rejects when the device has no room: then nothing was taken. */
export function add(what: NewItem): { item: Item; kept: Promise<void> } {
  const now = Date.now()
  const id = newId(now, chance())
  const lane = what.lane ?? id
  const before = [...items.value].reverse().find((item) => item.lane === lane && open(item))
  const item: Item = {
    id, account: what.account ?? account.value ?? '', kind: what.kind, lane, action: what.action, title: what.title, code: what.code, path: what.path, body: what.body,
    photos: what.photos.map(({ slot, name, blob }): Photo => ({ slot, name, size: blob.size, file: null, claim: null })),
    version: what.version, after: before?.id ?? null, key: what.key ?? newKey(), made: now, standing: 'pending', tries: 0, next: 0, unsure: 0, fault: null, result: null, ended: 0,
  }
  const full = all.value.filter(open).length >= MOST_ITEMS
  if (!full) {
    writing.add(id)
    show(item, null)
  }
  /* Where nothing can be stored (some private windows) it goes at once or not at all. */
  const store = () => putItem(item, what.photos).catch(() => atOnce(item, what.photos))
  const kept = (full ? Promise.reject(new OutboxFull('full')) : store())
    .then(() => {
      channel?.postMessage('changed')
      askForSync()
      if (carried()) void navigator.storage?.persist?.()
      void send()
    })
    .catch((cause: unknown) => {
      all.value = all.value.filter((one) => one.id !== id)
      throw cause
    })
    .finally(() => writing.delete(id))
  return { item, kept }
}

/** The photos of an item, for a form that mends it. */
export async function photosOf(item: Item): Promise<{ slot: string; name: string; blob: Blob }[]> {
  const found = await Promise.all(item.photos.map(async (photo, n) => ({ photo, part: await photoOf(item, n) })))
  return found.flatMap(({ photo, part }) => (part ? [{ slot: photo.slot, name: part.name, blob: part.blob }] : []))
}

async function change(id: string, to: (item: Item) => Item): Promise<void> {
  const stored = await changeItem(id, (item) => (item.standing === 'failed' || item.standing === 'pending' ? to(item) : null))
  if (stored) tell(stored, null)
  await send()
}

/** Once more; version: of the case as it stands now. */
export const retry = (id: string, version: number | null = null): Promise<void> => change(id, (item) => again(item, version))
export const keepAsComment = (id: string, text: string, version: number): Promise<void> => change(id, (item) => asComment(item, text, version, newKey()))

/** With other words and photos. */
export async function mend(id: string, body: Record<string, unknown>, photos: { slot: string; name: string; blob: Blob }[]): Promise<void> {
  const old = itemOf(id)
  if (!old || old.standing === 'sending' || old.standing === 'done') return
  const next = mended(old, body, photos.map(({ slot, name, blob }) => ({ slot, name, size: blob.size, file: null, claim: null })))
  await putItem(next, photos)
  tell(next, null)
  await send()
}

/** Takes an item off the list for good. One on its way cannot be taken back. */
export async function discard(id: string): Promise<boolean> {
  const item = itemOf(id)
  if (!item || item.standing === 'sending') return false
  await dropItem(id)
  all.value = all.value.filter((one) => one.id !== id)
  channel?.postMessage('changed')
  void send()
  return true
}
