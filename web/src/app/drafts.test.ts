import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { putBackPhotos, useDraft, type Draft } from './drafts'
import type { Photo } from './photos'

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

function form(key: string) {
  const scope = effectScope()
  const value = ref({ text: '', place: { lon: 0, lat: 0 } })
  const draft = scope.run(() => useDraft(key, value)) as Draft
  return { scope, value, draft }
}

it('puts back what was typed, nested parts too', async () => {
  const first = form('report')
  expect(first.draft.restored).toBe(false)
  first.value.value.text = '井盖碎了'
  first.value.value.place.lon = 121.47
  await nextTick()
  vi.advanceTimersByTime(500)
  expect(first.draft.savedAt.value).toBeGreaterThan(0)
  first.scope.stop()

  const again = form('report')
  expect(again.draft.restored).toBe(true)
  expect(again.value.value).toEqual({ text: '井盖碎了', place: { lon: 121.47, lat: 0 } })
  expect(form('other').draft.restored).toBe(false)
})

it('keeps the last words when the page is left at once', async () => {
  const { scope, value } = form('report')
  value.value.text = 'last words'
  await nextTick()
  scope.stop()
  expect(form('report').value.value.text).toBe('last words')
})

it('forgets what was sent, and does not write it again', async () => {
  const { scope, value, draft } = form('report')
  value.value.text = 'sent'
  await nextTick()
  await draft.forget()
  value.value.text = 'after'
  await nextTick()
  scope.stop()
  expect(form('report').draft.restored).toBe(false)
})

it('takes no notice of broken or old drafts', () => {
  localStorage.setItem('linli.draft.a', '{not json')
  localStorage.setItem('linli.draft.b', JSON.stringify({ at: Date.now() - 31 * 86_400_000, value: { text: 'old' } }))
  expect(form('a').draft.restored).toBe(false)
  expect(form('b').draft.restored).toBe(false)
})

it('keeps a photo that was taken while the earlier draft was still being read', async () => {
  const photos = shallowRef<Photo[]>([])
  const reading = putBackPhotos('report', photos)
  const taken = { id: 1, name: 'a.jpg', blob: new Blob(['a']), url: '' } as unknown as Photo
  photos.value = [taken]
  await reading
  expect(photos.value).toEqual([taken])
})
