/* Nothing typed is ever lost: forms keep a draft in this browser until they are sent.
 * Text goes to localStorage, photos to IndexedDB. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { IDBPDatabase } from 'idb'

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

  async function forget(): Promise<void> {
    stop()
    clearTimeout(timer)
    dirty = false
    savedAt.value = 0
    localStorage.removeItem(PREFIX + key)
    await dropPhotos(key)
  }
  return { savedAt, restored: kept !== null, forget }
}

/* ---- photos ---- */

export interface KeptPhoto {
  name: string
  blob: Blob
}

interface KeptPhotos {
  key: string
  at: number
  photos: { name: string; type: string; bytes: ArrayBuffer }[]
}

let opened: Promise<IDBPDatabase> | undefined

async function photoStore(): Promise<IDBPDatabase> {
  opened ??= import('idb').then(({ openDB }) =>
    openDB('linli', 1, { upgrade: (database) => void database.createObjectStore('photos', { keyPath: 'key' }) }),
  )
  return opened
}

/** Keeps the photos of a draft. Copied byte by byte: IndexedDB refuses reactive objects, and some
 *  browsers lose Blobs that it only refers to. */
export async function keepPhotos(key: string, photos: readonly KeptPhoto[]): Promise<void> {
  const copies = await Promise.all(
    photos.map(async ({ name, blob }) => ({ name, type: blob.type, bytes: await blob.arrayBuffer() })),
  )
  const database = await photoStore()
  await database.put('photos', { key, at: Date.now(), photos: copies } satisfies KeptPhotos)
}

export async function keptPhotos(key: string): Promise<KeptPhoto[]> {
  const database = await photoStore()
  const kept = (await database.get('photos', key)) as KeptPhotos | undefined
  if (!kept || Date.now() - kept.at > KEEP) return []
  return kept.photos.map(({ name, type, bytes }) => ({ name, blob: new Blob([bytes], { type }) }))
}

export async function dropPhotos(key: string): Promise<void> {
  try {
    const database = await photoStore()
    await database.delete('photos', key)
  } catch {
    // no IndexedDB: nothing was kept
  }
}
