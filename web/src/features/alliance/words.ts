/* Names of kinds, roles and levels. Kinds and roles are settings: the server tells them once a visit. */
import { shallowRef } from 'vue'
import { http } from '@/app/http'
import { language } from '@/app/i18n'
import { t } from './strings'
import type { Choice, Choices, Level } from './types'

const choices = shallowRef<Choices>({ kinds: [], roles: [] })
let asked: Promise<void> | undefined
export function loadChoices(): Promise<void> {
  asked ??= http.get<Choices>('/alliances/choices').then((got) => void (choices.value = got)).catch(() => void (asked = undefined))
  return asked
}

const nameIn = (list: readonly Choice[], code: string): string => {
  const one = list.find((choice) => choice.code === code)
  return one ? (language.value === 'en' ? one.en : one.zh) : code
}
const options = (list: readonly Choice[]) => list.map((one) => ({ value: one.code, label: nameIn(list, one.code) }))
export const kindName = (code: string): string => nameIn(choices.value.kinds, code)
export const roleName = (code: string): string => nameIn(choices.value.roles, code)
export const kindOptions = () => options(choices.value.kinds)
export const roleOptions = () => options(choices.value.roles)
export const LEVELS: readonly Level[] = ['district', 'street', 'community']
export const levelName = (level: Level): string => t(`l_${level}`)
