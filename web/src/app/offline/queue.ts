/* The rules of what is still to be sent: pure functions, no storage, no network, no clock of their own.
 *
 * An item is one act of a person: a report, a report closed on the spot, or one step of a case. Its Idempotency-Key is made once
 * and never changes as long as its fate may be unknown, so that however often it is sent it happens once. Items of one lane (one
 * case) go in the order in which they were made, and one that was refused holds back those behind it: they build upon it. */

export type Kind = 'report' | 'spot' | 'step'
/** pending: waits for its turn or the network. sending: on its way. failed: refused, a person must choose. done: the server has it. */
export type Standing = 'pending' | 'sending' | 'failed' | 'done'

export interface Photo {
  /** Field of the body that takes the file's id: 'photos' or 'on_the_spot.after_photos'. */
  slot: string
  name: string
  size: number
  /** Set once the server has it. */
  file: string | null
  /** Proves whose upload it is; only without an account. */
  claim: string | null
}

export interface Fault {
  status: number
  code: string
  title: string
  detail: string
  errors: { field: string; code: string; message: string }[]
  at: number
}

export interface Item {
  id: string
  /** Whose it is; '' for a resident without an account. */
  account: string
  kind: Kind
  /** Case for steps, the item itself for reports. */
  lane: string
  /** For a step: which. */
  action: string
  /** What it is about, for the eye. */
  title: string
  code: string
  path: string
  body: Record<string, unknown>
  photos: Photo[]
  /** Version the person saw (If-Match); null for what needs none: reports, and steps on a task of a case. */
  version: number | null
  /** The item of the same lane that this one builds upon: its result gives the version. */
  after: string | null
  key: string
  made: number
  standing: Standing
  tries: number
  /** Not before this time, UTC milliseconds. */
  next: number
  /** First try whose fate is unknown; 0: none. */
  unsure: number
  fault: Fault | null
  /** What the server answered, as far as pages need it. */
  result: Record<string, unknown> | null
  ended: number
}

/** What became of one try. */
export type Outcome =
  | { kind: 'ok'; result: Record<string, unknown> | null }
  | { kind: 'refused'; fault: Fault }
  /** No answer, or one that says "not now". wait: milliseconds the server asks for. */
  | { kind: 'unreached'; wait?: number }
  | { kind: 'signed_out' }
  | { kind: 'other_person' }

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const STEPS = [2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE]
const LONGEST = 5 * MINUTE
/** The server keeps answers to repeated keys for seven days: after six an item whose fate is unknown is not repeated unasked. */
export const SURE_FOR = 6 * DAY
/** How long what was sent stays in the list. */
export const SHOWN_FOR = DAY
/** No more than this waits on one device. */
export const MOST_ITEMS = 200
/** A server that breaks at this one item so often is not asked again by itself. */
const MOST_BREAKS = 6

/** Milliseconds to wait after so many tries; luck in [0, 1) spreads devices that lost the network together. */
export function backOff(tries: number, luck: number): number {
  const base = STEPS[Math.max(0, tries - 1)] ?? LONGEST
  return Math.round(base * (0.75 + luck / 2))
}

/** Ids that sort by time: milliseconds, then chance. */
export function newId(now: number, chance: string): string {
  return `${now.toString(36).padStart(9, '0')}-${chance}`
}

export const open = (item: Item): boolean => item.standing !== 'done'
export const inOrder = (items: readonly Item[]): Item[] => [...items].sort((a, b) => a.made - b.made || (a.id < b.id ? -1 : 1))

/** Those that may go now, for this person, in order: the first open one of each lane, unless it was refused or has to wait. */
export function ready(items: readonly Item[], account: string, now: number): Item[] {
  const lanes = new Set<string>()
  return inOrder(items).filter((item) => {
    if (item.account !== account || !open(item) || lanes.has(item.lane)) return false
    lanes.add(item.lane)
    return item.standing !== 'failed' && item.next <= now
  })
}

/** When something may go next, or 0 when nothing waits. */
export function nextTime(items: readonly Item[], account: string): number {
  const lanes = new Set<string>()
  const times: number[] = []
  for (const item of inOrder(items)) {
    if (item.account !== account || !open(item) || lanes.has(item.lane)) continue
    lanes.add(item.lane)
    if (item.standing !== 'failed') times.push(Math.max(1, item.next))
  }
  return times.length ? Math.min(...times) : 0
}

const fault = (code: string, now: number): Fault => ({ status: 0, code, title: '', detail: '', errors: [], at: now })

/** An item before it is sent again: one whose first try may have arrived so long ago that the server has forgotten it waits for a person. */
export function checkAge(item: Item, now: number): Item {
  return item.unsure && now - item.unsure > SURE_FOR ? { ...item, standing: 'failed', fault: fault('unsure', now) } : item
}

/** A page that was closed in the middle leaves "sending" behind. */
export const revive = (item: Item): Item => (item.standing === 'sending' ? { ...item, standing: 'pending', next: 0 } : item)

export const begin = (item: Item, now: number): Item => ({ ...item, standing: 'sending', tries: item.tries + 1, unsure: item.unsure || now, fault: null })

/* A refusal is an answer, so the key was not used up; whatever was unknown is known now. */
function refused(item: Item, why: Fault, luck: number, now: number): Item {
  const broken = why.status === 500 || why.status === 507
  if (broken && item.tries < MOST_BREAKS) return { ...item, standing: 'pending', next: now + backOff(item.tries + 2, luck) }
  /* A photo the server has swept away in the meantime is uploaded anew, once. */
  const gone = why.code === 'file_unknown' || why.errors.some((one) => one.code === 'file_unknown')
  if (gone && item.tries <= 2 && item.photos.some((photo) => photo.file)) {
    return { ...item, standing: 'pending', next: 0, unsure: 0, photos: item.photos.map((photo) => ({ ...photo, file: null, claim: null })) }
  }
  return { ...item, standing: 'failed', unsure: 0, fault: why }
}

/** The item after a try. */
export function settle(item: Item, outcome: Outcome, now: number, luck: number): Item {
  switch (outcome.kind) {
    case 'ok':
      return { ...item, standing: 'done', fault: null, result: outcome.result, ended: now, unsure: 0 }
    case 'refused':
      return refused(item, outcome.fault, luck, now)
    case 'unreached':
      return { ...item, standing: 'pending', next: now + Math.max(outcome.wait ?? 0, backOff(item.tries, luck)) }
    default: // nothing was tried: it waits for its own person
      return { ...item, standing: 'pending', tries: item.tries - 1, next: 0, unsure: item.tries <= 1 ? 0 : item.unsure }
  }
}

/** Version to state: what the person saw, or what the step before this one led to. */
export function versionOf(item: Item, items: readonly Item[]): number | null {
  if (item.version === null) return null
  const before = item.after ? items.find((one) => one.id === item.after) : undefined
  const version = before?.result?.version
  return typeof version === 'number' ? version : item.version
}

/** The network is back: everything that waited may go at once. */
export const awake = (item: Item): Item => (item.standing === 'pending' && item.next ? { ...item, next: 0 } : item)

/* ---- what a person may choose for one that was refused ---- */

export const isConflict = (item: Item): boolean => item.fault?.status === 409
export const isMendable = (item: Item): boolean => item.fault?.status === 422 || item.fault?.status === 413 || item.fault?.status === 415

/** The same act once more; version: of the case as it stands now, null where there is none. A refused key was not used up, so it stays. */
export const again = (item: Item, version: number | null): Item =>
  ({ ...item, standing: 'pending', tries: 0, next: 0, unsure: 0, fault: null, version: version ?? item.version, after: version === null ? item.after : null })

/** What was meant as a step stays as a note for colleagues, with its photos. It is another request: it gets a key of its own. */
export const asComment = (item: Item, text: string, version: number, key: string): Item => ({
  ...again(item, version), key, kind: 'step', action: 'comment', path: `/cases/${item.lane}/comment`,
  photos: item.photos.map((photo) => ({ ...photo, slot: 'photos' })), body: { text: text.slice(0, 4000), internal: true },
})

/** After a change by hand: other words, other photos. */
export const mended = (item: Item, body: Record<string, unknown>, photos: Photo[]): Item =>
  ({ ...item, body, photos, standing: 'pending', tries: 0, next: 0, unsure: 0, fault: null })

/** What a person typed, longest first: for a note made of a step. */
export function words(item: Item): string {
  return ['result', 'reason', 'text', 'question', 'word', 'done'].map((name) => item.body[name]).filter((one): one is string => typeof one === 'string' && one.trim() !== '').join('\n')
}

export interface Sums {
  pending: number
  failed: number
}
export function sums(items: readonly Item[], account: string): Sums {
  const own = items.filter((item) => item.account === account)
  return { pending: own.filter((item) => item.standing === 'pending' || item.standing === 'sending').length, failed: own.filter((item) => item.standing === 'failed').length }
}

/** Sent long enough ago to leave the list. */
export const isOver = (item: Item, now: number): boolean => item.standing === 'done' && now - item.ended > SHOWN_FOR
