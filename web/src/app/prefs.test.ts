import { beforeEach, expect, it, vi } from 'vitest'
import { keepPrefsWith, prefs, readPrefs, takePrefs, themeShown, watchPrefs } from './prefs'

watchPrefs()
beforeEach(() => {
  keepPrefsWith(undefined)
  Object.assign(prefs, readPrefs({}))
})

it('reads only what it knows', () => {
  expect(readPrefs({ theme: 'neon', elder: 'yes', language: 'fr' })).toEqual({ theme: 'auto', elder: false, language: 'zh-CN' })
  expect(readPrefs(null)).toEqual({ theme: 'auto', elder: false, language: 'zh-CN' })
  expect(readPrefs({ theme: 'dark', elder: true, language: 'en' })).toEqual({ theme: 'dark', elder: true, language: 'en' })
})

it('shows on the page and remembers', () => {
  Object.assign(prefs, { theme: 'contrast', elder: true })
  const root = document.documentElement
  expect([root.dataset.theme, root.classList.contains('elder')]).toEqual(['contrast', true])
  expect(JSON.parse(localStorage.getItem('linli.prefs')!)).toMatchObject({ theme: 'contrast', elder: true })
  expect(themeShown('dark')).toBe('dark')
})

it('tells the account of a choice, but not of what the account said itself', () => {
  const send = vi.fn()
  keepPrefsWith(send)
  takePrefs({ theme: 'dark' }, 'en')
  expect(send).not.toHaveBeenCalled()
  expect(prefs).toMatchObject({ theme: 'dark', language: 'en' })
  prefs.elder = true
  expect(send).toHaveBeenCalledExactlyOnceWith({ theme: 'dark', elder: true, language: 'en' })
})

it('keeps the browser\'s choice where the account has none', () => {
  prefs.theme = 'contrast'
  takePrefs(null)
  expect(prefs.theme).toBe('contrast')
})
