/* Kinds and classes of areas as the place has them: the server tells them once a visit. */
import { shallowRef } from 'vue'
import type { Reply } from '@/app/api-of'
import { http } from '@/app/http'
import { language } from '@/app/i18n'

type Choices = Reply<'/api/v1/areas/choices'>
type Choice = Choices['classes'][number]

const choices = shallowRef<Choices>({ kinds: [], classes: [] })
let asked: Promise<void> | undefined
export function loadAreaChoices(): Promise<void> {
  asked ??= http.get<Choices>('/areas/choices').then((got) => void (choices.value = got)).catch(() => void (asked = undefined))
  return asked
}

const named = (one: Choice): string => (language.value === 'en' ? one.en : one.zh) ?? one.code
const options = (list: readonly Choice[]) => list.map((one) => ({ value: one.code, label: named(one) }))
export const classOptions = () => options(choices.value.classes)
export const areaClass = (code: string | null): string => {
  const one = choices.value.classes.find((choice) => choice.code === code)
  return one ? named(one) : (code ?? '')
}
/** Kinds that may lie under areas of this one; without it, all but the root's. */
export const kindsUnder = (kind?: string) => options(choices.value.kinds.filter((one) => (kind ? one.under.includes(kind) : one.under.length)))
