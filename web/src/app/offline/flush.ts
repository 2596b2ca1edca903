/* Sends what waits, one after the other, until nothing may go. Runs in the page and, where the browser offers Background Sync, in the
 * service worker: a lock lets one of them at a time, and the items' keys make it harmless where there are no locks. */
import { deliver } from './deliver'
import { begin, checkAge, isOver, ready, revive, settle, versionOf, type Item } from './queue'
import { asBlob, asBytes, database } from './store'

export type Ended = 'idle' | 'unreached' | 'signed_out' | 'other_person' | 'busy'

export interface World {
  account: string
  language: string
  /** Each change of an item; full: the server's whole answer, when it has just been sent. */
  onChange?: (item: Item, full: Record<string, unknown> | null) => void
  now?: () => number
  luck?: () => number
  fetch?: typeof fetch
}

const LOCK = 'linli-outbox'
/* "strict": on the disk before we go on, since a battery may end at any moment. */
const DURABLE = { durability: 'strict' } as const

export async function allItems(): Promise<Item[]> {
  return (await (await database()).getAll('items')) as unknown as Item[]
}

export async function putItem(item: Item, photos?: readonly { name: string; blob: Blob }[]): Promise<void> {
  const parts = await Promise.all((photos ?? []).map(({ blob, name }) => asBytes(blob, name)))
  const tx = (await database()).transaction(['items', 'parts'], 'readwrite', DURABLE)
  const plain = JSON.parse(JSON.stringify(item)) as Item
  await tx.objectStore('items').put(plain as unknown as { id: string; account: string } & Record<string, unknown>)
  if (photos) {
    const store = tx.objectStore('parts')
    for (const key of await store.index('item').getAllKeys(item.id)) await store.delete(key)
    for (const [n, part] of parts.entries()) await store.put({ ...part, item: item.id, n })
  }
  await tx.done
}

/** Changes an item as it is stored now; change() answers null to leave it alone. Answers what is stored afterwards. */
export async function changeItem(id: string, change: (item: Item) => Item | null): Promise<Item | null> {
  const tx = (await database()).transaction('items', 'readwrite', DURABLE)
  const found = (await tx.store.get(id)) as unknown as Item | undefined
  const to = found ? change(found) : null
  if (to) await tx.store.put(JSON.parse(JSON.stringify(to)) as { id: string; account: string } & Record<string, unknown>)
  await tx.done
  return to
}

async function dropPhotosOf(id: string): Promise<void> {
  const tx = (await database()).transaction('parts', 'readwrite')
  for (const key of await tx.store.index('item').getAllKeys(id)) await tx.store.delete(key)
  await tx.done
}

export async function dropItem(id: string): Promise<void> {
  await (await database()).delete('items', id)
  await dropPhotosOf(id)
}

/** What was sent is private too: it leaves with its person. Unsent things stay, and are nobody else's to see. */
export async function dropSent(keep = ''): Promise<void> {
  for (const item of await allItems()) if (item.standing === 'done' && item.account && item.account !== keep) await dropItem(item.id)
}

export async function photoOf(item: Item, n: number): Promise<{ name: string; blob: Blob } | null> {
  const part = await (await database()).get('parts', [item.id, n])
  return part ? { name: part.name, blob: asBlob(part) } : null
}

/* Of the answer only what the list and the next step need is kept. */
const KEPT = ['id', 'code', 'version', 'state', 'secret', 'title', 'reported_at']
const brief = (result: Record<string, unknown> | null): Record<string, unknown> | null =>
  result && Object.fromEntries(KEPT.filter((name) => name in result).map((name) => [name, result[name]]))

async function sendOne(item: Item, items: readonly Item[], world: Required<World>): Promise<Ended | 'sent' | 'refused'> {
  const { now, luck, onChange } = world
  const start = await changeItem(item.id, (as) => (as.standing === 'pending' ? begin(checkAge(as, now()), now()) : null))
  if (!start) return 'refused'
  onChange(start, null)
  const keep = async (as: Item) => void (await changeItem(as.id, (stored) => ({ ...stored, photos: as.photos })))
  const { item: tried, outcome } = await deliver(start, {
    photo: async (one, n) => (await photoOf(one, n))?.blob ?? null, keep, language: world.language, version: versionOf(start, items), fetch: world.fetch,
  })
  const full = outcome.kind === 'ok' ? outcome.result : null
  const end = settle(tried, outcome.kind === 'ok' ? { kind: 'ok', result: brief(full) } : outcome, now(), luck())
  await putItem(end)
  if (end.standing === 'done') await dropPhotosOf(end.id)
  onChange(end, full)
  return outcome.kind === 'ok' ? 'sent' : outcome.kind === 'refused' ? 'refused' : outcome.kind
}

/* Whose page was closed while sending, and what is over. */
async function tidy(world: Required<World>): Promise<void> {
  for (const item of await allItems()) {
    if (isOver(item, world.now())) await dropItem(item.id)
    else if (item.account === world.account && item.standing === 'sending') await changeItem(item.id, revive)
    else if (item.account === world.account && item.standing === 'pending' && checkAge(item, world.now()) !== item) {
      const old = await changeItem(item.id, (as) => checkAge(as, world.now()))
      if (old) world.onChange(old, null)
    }
  }
}

async function loop(world: Required<World>): Promise<Ended> {
  await tidy(world)
  for (;;) {
    const items = await allItems()
    const next = ready(items, world.account, world.now())[0]
    if (!next) return 'idle'
    const ended = await sendOne(next, items, world)
    if (ended !== 'sent' && ended !== 'refused') return ended
  }
}

/** Sends all that may go for this person. 'busy': another page is at it. */
export async function flush(world: World): Promise<Ended> {
  const whole: Required<World> = { onChange: () => {}, now: Date.now, luck: Math.random, fetch: (...args) => fetch(...args), ...world }
  if (!navigator.locks) return loop(whole)
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? loop(whole) : Promise.resolve<Ended>('busy')))
}
