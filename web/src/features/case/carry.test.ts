import { afterEach, expect, it, vi } from 'vitest'
import { copiesFor, hideCopies } from '@/app/offline/copies'
import { carry } from './carry'
import type { CaseView, Work } from './types'

const answers = vi.hoisted(() => ({ get: vi.fn() }))
vi.mock('@/app/http', async (original) => ({ ...(await original<object>()), http: { get: answers.get } }))
vi.mock('./api', () => ({ ground: async () => {}, allCategories: async () => {} }))

const work = { called: [], groups: [{ items: [{ id: '7', version: 1 }] }] } as unknown as Work
const view = { version: 1, path: [], photos: [{ id: 'p' }] } as unknown as CaseView
const cache = { match: async () => undefined, add: async () => {}, keys: async () => [] }

afterEach(() => vi.unstubAllGlobals())

async function opened(meanwhile: () => void): Promise<string[]> {
  const names: string[] = []
  vi.stubGlobal('caches', { open: async (name: string) => (names.push(name), cache), keys: async () => [], delete: async () => true })
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  answers.get.mockImplementation(async () => (meanwhile(), view))
  await copiesFor('3')
  await carry(work)
  return names
}

it('pictures are kept for whoever is signed in', async () => {
  expect(await opened(() => {})).toEqual(['linli-pictures-3'])
})

it('who signs out while a case is on its way leaves no store of pictures', async () => {
  expect(await opened(hideCopies)).toEqual([])
})
