/* How this person wants to see Linli: theme, text size, language. Kept in the browser, so that it is
 * there before anybody signs in (theme-boot.js reads it), and with the account when there is one. */
import { reactive, watch } from 'vue'
import { setLanguage, type Language } from './i18n'

export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

export interface Prefs {
  theme: Theme
  elder: boolean
  language: Language
}

const KEY = 'linli.prefs'

const asTheme = (value: unknown): Theme => THEMES.find((theme) => theme === value) ?? 'auto'
const asLanguage = (value: unknown): Language => (value === 'en' ? 'en' : 'zh-CN')

/** Reads what was stored, wherever it comes from; anything unknown becomes the default. */
export function readPrefs(value: unknown): Prefs {
  const from = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return { theme: asTheme(from.theme), elder: from.elder === true, language: asLanguage(from.language) }
}

function stored(): Prefs {
  try {
    return readPrefs(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return readPrefs({})
  }
}

export const prefs = reactive<Prefs>(stored())

const prefers = (query: string) => typeof matchMedia === 'function' && matchMedia(query).matches

export function themeShown(theme: Theme): Exclude<Theme, 'auto'> {
  if (theme !== 'auto') return theme
  if (prefers('(prefers-contrast: more)')) return 'contrast'
  return prefers('(prefers-color-scheme: dark)') ? 'dark' : 'light'
}

function show(): void {
  const root = document.documentElement
  root.dataset.theme = themeShown(prefs.theme)
  root.classList.toggle('elder', prefs.elder)
  setLanguage(prefs.language)
}

let sendToServer: ((prefs: Prefs) => void) | undefined

/** The session says how preferences reach the account while somebody is signed in. */
export function keepPrefsWith(send: ((prefs: Prefs) => void) | undefined): void {
  sendToServer = send
}

let quiet = false

/** Takes over what the account remembers, without sending it back. */
export function takePrefs(from: unknown, locale?: string): void {
  const known = typeof from === 'object' && from !== null ? (from as object) : {}
  quiet = true
  Object.assign(prefs, readPrefs({ ...prefs, ...known, ...(locale ? { language: locale } : {}) }))
  quiet = false
}

export function watchPrefs(): void {
  show()
  /* sync: takePrefs() must be over before anything is sent */
  watch(prefs, () => {
    show()
    try {
      localStorage.setItem(KEY, JSON.stringify(prefs))
    } catch {
      // storage may be full or forbidden: the choice then lasts as long as the page
    }
    if (!quiet) sendToServer?.({ ...prefs })
  }, { flush: 'sync' })
  if (typeof matchMedia === 'function') {
    matchMedia('(prefers-color-scheme: dark)').addEventListener?.('change', show)
  }
}
