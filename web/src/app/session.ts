/* Who is signed in, where they work and what they may do. */
import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { Reply } from './api-of'
import { http } from './http'
import { ApiError } from './problem'
import { keepPrefsWith, takePrefs, type Prefs } from './prefs'
import { setTimeZone } from './time'

export type Session = Reply<'/api/v1/session'>
export type Unit = Session['units'][number]

const UNIT_KEY = 'linli.unit'

export const useSession = defineStore('session', () => {
  const me = ref<Session | null>(null)
  /** True once the server has said who we are, or that we are nobody. */
  const known = ref(false)
  const unitId = ref(localStorage.getItem(UNIT_KEY) ?? '')

  const unit = computed(() => me.value?.units.find((one) => one.id === unitId.value) ?? me.value?.units[0] ?? null)
  const may = (permission: string) => me.value?.permissions.includes(permission) ?? false

  function take(session: Session): void {
    me.value = session
    known.value = true
    setTimeZone(session.tenant.time_zone)
    takePrefs(session.user.preferences, session.user.locale ?? undefined)
    keepPrefsWith(savePrefs)
  }

  function forget(): void {
    me.value = null
    known.value = true
    keepPrefsWith(undefined)
  }

  /* Preferences are a convenience: when they cannot be sent, the browser still has them. */
  function savePrefs({ language, ...looks }: Prefs): void {
    http.patch('/account', { locale: language, preferences: looks }).catch(() => {})
  }

  /** Asks who we are; a refusal means nobody, a broken network is thrown. */
  async function load(): Promise<void> {
    try {
      take(await http.get<Session>('/session'))
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.network || cause.status >= 500) throw cause
      forget()
    }
  }

  async function signIn(name: string, password: string): Promise<void> {
    take(await http.post<Session>('/session', { name, password }))
  }

  /** Comes into a demonstration as one of its roles. */
  async function signInAs(role: string): Promise<void> {
    take(await http.post<Session>('/session/demo', { role }))
  }

  async function signOut(): Promise<void> {
    await http.delete('/session')
    forget()
  }

  function chooseUnit(id: string): void {
    unitId.value = id
    localStorage.setItem(UNIT_KEY, id)
  }

  return { me, known, unit, may, load, take, signIn, signInAs, signOut, forget, chooseUnit }
})
