/* What this browser keeps in IndexedDB: photos of drafts, copies of what was read, and what is still to be sent.
 * No Vue in here and nothing of the page: the service worker uses it too. */
import type { DBSchema, IDBPDatabase } from 'idb'

/** Bytes and type: some browsers lose Blobs that IndexedDB only refers to. */
export interface Bytes {
  name: string
  type: string
  bytes: ArrayBuffer
}

/** A copy of an answer, for when there is no network. */
export interface Copy {
  account: string
  path: string
  /** When the server gave it, UTC milliseconds. */
  at: number
  etag: string
  body: unknown
}

interface Stores extends DBSchema {
  photos: { key: string; value: { key: string; at: number; photos: Bytes[] } }
  copies: { key: [string, string]; value: Copy; indexes: { account: string } }
  items: { key: string; value: { id: string; account: string } & Record<string, unknown>; indexes: { account: string } }
  /** A photo of an item: [item, number]. */
  parts: { key: [string, number]; value: Bytes & { item: string; n: number }; indexes: { item: string } }
}
export type Database = IDBPDatabase<Stores>

let opened: Promise<Database> | undefined

export function database(): Promise<Database> {
  opened ??= import('idb')
    .then(({ openDB }) =>
      openDB<Stores>('linli', 2, {
        upgrade(to, from) {
          if (from < 1) to.createObjectStore('photos', { keyPath: 'key' })
          if (from < 2) {
            to.createObjectStore('copies', { keyPath: ['account', 'path'] }).createIndex('account', 'account')
            to.createObjectStore('items', { keyPath: 'id' }).createIndex('account', 'account')
            to.createObjectStore('parts', { keyPath: ['item', 'n'] }).createIndex('item', 'item')
          }
        },
        /* A page of another version waits for us: make way, and open again when needed. */
        blocking() {
          void opened?.then((one) => one.close())
          opened = undefined
        },
        terminated() {
          opened = undefined
        },
      }),
    )
    .catch((cause: unknown) => {
      opened = undefined
      throw cause
    })
  return opened
}

export const asBytes = async (blob: Blob, name: string): Promise<Bytes> => ({ name, type: blob.type, bytes: await blob.arrayBuffer() })
export const asBlob = ({ bytes, type }: Bytes): Blob => new Blob([bytes], { type })
