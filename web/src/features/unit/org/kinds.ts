/* Kinds of organisations and their fields, as the server tells them once a visit; and values as people read them. */
import { shallowRef } from 'vue'
import { http } from '@/app/http'
import { language } from '@/app/i18n'
import { orgKind as known } from '../kinds'
import { t } from './strings'
import type { Kind, KindField } from './types'

const kinds = shallowRef<readonly Kind[]>([])
let asked: Promise<void> | undefined
export function loadKinds(): Promise<void> {
  asked ??= http.get<{ items: Kind[] }>('/orgs/kinds').then((got) => void (kinds.value = got.items)).catch(() => void (asked = undefined))
  return asked
}

export const inWords = (one: { zh: string; en: string }): string => (language.value === 'en' ? one.en : one.zh)
export const kindOf = (code: string): Kind | undefined => kinds.value.find((one) => one.code === code)
export const kindName = (code: string): string => { const one = kindOf(code); return one ? inWords(one) : known(code) }
export const kindOptions = () => kinds.value.map((one) => ({ value: one.code, label: inWords(one) }))
/** May a thing of this kind lie under one of that kind? */
export const fits = (code: string, above: string): boolean => { const one = kindOf(code); return !one || one.anywhere || !above || one.under.includes(above) }

export function valueName(field: KindField, value: string): string {
  if (field.type === 'yes_no') return t(value === 'yes' ? 'yes' : 'no')
  const choice = field.choices.find((one) => one.code === value)
  return choice ? inWords(choice) : value
}
