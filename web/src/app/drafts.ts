/* Nothing typed is ever lost: forms keep a draft in this browser until they are sent.
 * Text goes to localStorage, photos to IndexedDB. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { asBlob, asBytes, database } from './offline/store'
import { asPhoto, type Photo } from './photos'

const PREFIX = 'linli.draft.'
const WAIT = 400
const KEEP = 30 * 86_400_000

interface Kept<T> {
  at: number
  value: T
}

function read<T>(key: string): Kept<T> | null {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as Kept<T> | null
    return kept && typeof kept.at === 'number' && Date.now() - kept.at < KEEP ? kept : null
  } catch {
    return null
  }
}

export interface Draft {
  /** When it was last kept, UTC milliseconds; 0: nothing is kept. */
  savedAt: Ref<number>
  /** True when an earlier draft was put back. */
  restored: boolean
  /** Forgets the draft: call it once the server has taken the content. */
  forget: () => Promise<void>
  /** Forgets it, and keeps what is typed from now on. */
  clear: () => Promise<void>
  /** Keeps what is there now, changed or not. */
  touch: () => void
}

/** Keeps value under key while it changes, and puts an earlier draft back at once.
 *  value must be plain data (what JSON can carry); photos have their own helpers below. */
export function useDraft<T extends object>(key: string, value: Ref<T>): Draft {
  const kept = read<T>(key)
  const savedAt = ref(kept?.at ?? 0)
  if (kept) value.value = { ...value.value, ...kept.value }

  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  function save(): void {
    clearTimeout(timer)
    if (!dirty) return
    dirty = false
    const at = Date.now()
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify({ at, value: value.value }))
      savedAt.value = at
    } catch {
      // full or forbidden: the form itself still holds everything
    }
  }
  const stop = watch(value, () => {
    dirty = true
    clearTimeout(timer)
    timer = setTimeout(save, WAIT)
  }, { deep: true })
  window.addEventListener('pagehide', save)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', save)
    save()
  })

  async function clear(): Promise<void> {
    clearTimeout(timer)
    dirty = false
    savedAt.value = 0
    localStorage.removeItem(PREFIX + key)
    await dropPhotos(key)
  }
  function forget(): Promise<void> {
    stop()
    return clear()
  }
  function touch(): void {
    dirty = true
    save()
  }
  return { savedAt, restored: kept !== null, forget, clear, touch }
}

/* ---- photos ---- */

export interface KeptPhoto {
  name: string
  blob: Blob
}

/** Keeps the photos of a draft, copied byte by byte. */
export async function keepPhotos(key: string, photos: readonly KeptPhoto[]): Promise<void> {
  const copies = await Promise.all(photos.map(({ name, blob }) => asBytes(blob, name)))
  await (await database()).put('photos', { key, at: Date.now(), photos: copies })
}

async function keptPhotos(key: string): Promise<KeptPhoto[]> {
  const kept = await (await database()).get('photos', key)
  if (!kept || Date.now() - kept.at > KEEP) return []
  return kept.photos.map((one) => ({ name: one.name, blob: asBlob(one) }))
}

export async function dropPhotos(key: string): Promise<void> {
  try {
    await (await database()).delete('photos', key)
  } catch {
    // no IndexedDB: nothing was kept
  }
}

/** Puts the photos of an earlier draft back, before those that were taken while it was being read. */
export async function putBackPhotos(key: string, photos: Ref<Photo[]>): Promise<void> {
  const kept = await keptPhotos(key).catch(() => [])
  photos.value = [...kept.map((one) => asPhoto(one.blob, one.name)), ...photos.value]
}
