/* Two languages, one function. A feature calls strings() once in its strings.ts and gets its own t(),
 * typed by its own keys: a key that one language lacks does not compile, and the texts travel in the
 * chunk that uses them (docs/decisions/web-entries-and-texts.md). */
import { ref, computed } from 'vue'

export type Language = 'zh-CN' | 'en'
export type Params = Record<string, string | number>
type Texts = Record<string, string>

const current = ref<Language>('zh-CN')

export const language = computed(() => current.value)

/** Sets the language of the page; prefs.ts remembers it. */
export function setLanguage(to: Language): void {
  current.value = to
  document.documentElement.lang = to
}

/** What stands between things that are named one after another. */
export const comma = (): string => (current.value === 'en' ? ', ' : '、')

/** "a {n} b" with values put in; an English text may read "{n} case|{n} cases" and is chosen by n. */
export function fill(text: string, params: Params | undefined, lang: Language): string {
  const forms = text.split('|')
  const count = params?.n
  const many = typeof count === 'number' && new Intl.PluralRules(lang).select(count) !== 'one'
  const form = forms[forms.length > 1 && many ? 1 : 0] ?? text
  if (!params) return form
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? value.toLocaleString(lang) : value
  })
}

/** A feature's texts: strings({ zh: { title: '事项' }, en: { title: 'Cases' } }). */
export function strings<Z extends Texts>(texts: { zh: Z; en: { [K in keyof Z]: string } }) {
  return (key: keyof Z & string, params?: Params): string => {
    const lang = current.value
    /* A word that a newer server has and this page does not know shows as it is: better than no page. */
    const text = (lang === 'en' ? texts.en : texts.zh)[key] ?? key
    return fill(text, params, lang)
  }
}
