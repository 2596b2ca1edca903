/* Who is signed in, where they work and what they may do. */
import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { Reply } from './api-of'
import { http } from './http'
import { ApiError } from './problem'
import { forgetAnswers } from './poll'
import { keepPrefsWith, takePrefs, type Prefs } from './prefs'
import { copiesFor, copiesOf, hideCopies, lastSession, remember, wipeCopies } from './offline/copies'
import { dropSent } from './offline/flush'
import { outboxFor } from './offline/outbox'
import { setTimeZone } from './time'

export type Session = Reply<'/api/v1/session'>
export type Unit = Session['units'][number]

const UNIT_KEY = 'linli.unit'
const OUT_KEY = 'linli.out'

export const useSession = defineStore('session', () => {
  const me = ref<Session | null>(null)
  /** True once the server has said who we are, or that we are nobody. */
  const known = ref(false)
  const unitId = ref(localStorage.getItem(UNIT_KEY) ?? '')

  const unit = computed(() => me.value?.units.find((one) => one.id === unitId.value) ?? me.value?.units[0] ?? null)
  const may = (permission: string) => me.value?.permissions.includes(permission) ?? false

  function take(session: Session): void {
    if (me.value?.user.id !== session.user.id) forgetAnswers()
    me.value = session
    known.value = true
    setTimeZone(session.tenant.time_zone)
    takePrefs(session.user.preferences, session.user.locale ?? undefined)
    keepPrefsWith(savePrefs)
  }

  /* What others left on this device is gone before anything is shown; what this person has still to send goes on its way. */
  async function settle(session: Session): Promise<void> {
    await Promise.all([copiesFor(session.user.id), dropSent(session.user.id).catch(() => {})])
    take(session)
    void remember('/session', undefined, session)
    void outboxFor(session.user.id)
  }

  function forget(): void {
    me.value = null
    forgetAnswers()
    known.value = true
    keepPrefsWith(undefined)
    hideCopies()
    void outboxFor(null)
  }

  /** Without a network: whoever was here last, as the server last said. False when nobody was. */
  async function loadCopy(): Promise<boolean> {
    const copy = await lastSession()
    if (!copy) return false
    take(copy.body as Session)
    void outboxFor(copiesOf())
    return true
  }

  /* Preferences are a convenience: when they cannot be sent, the browser still has them. */
  function savePrefs({ language, ...looks }: Prefs): void {
    http.patch('/account', { locale: language, preferences: looks }).catch(() => {})
  }

  /** Asks who we are; a refusal means nobody, a broken network is thrown. */
  async function load(): Promise<void> {
    try {
      await finishSignOut()
      await settle(await http.get<Session>('/session'))
    } catch (cause) {
      const away = !(cause instanceof ApiError) || cause.network || cause.status >= 500
      if (away && (await loadCopy())) return
      if (away) throw cause
      forget()
    }
  }

  async function signIn(name: string, password: string): Promise<void> {
    await settle(await http.post<Session>('/session', { name, password }))
  }

  /** Comes into a demonstration as one of its roles. */
  async function signInAs(role: string): Promise<void> {
    await settle(await http.post<Session>('/session/demo', { role }))
  }

  /* The cookie is the server's to take away: signed out without a network, that is made up for before anything else. */
  async function finishSignOut(): Promise<void> {
    if (!localStorage.getItem(OUT_KEY)) return
    await http.delete('/session').catch((cause: unknown) => {
      if (!(cause instanceof ApiError) || cause.status !== 401) throw cause
    })
    localStorage.removeItem(OUT_KEY)
  }

  /** Signs out; copies of what was read leave this device. What is still to be sent stays, for its own person only. */
  async function signOut(): Promise<void> {
    localStorage.setItem(OUT_KEY, '1')
    await Promise.all([wipeCopies(), dropSent().catch(() => {})])
    await finishSignOut().catch((cause: unknown) => {
      if (!(cause instanceof ApiError) || !cause.network) throw cause
    })
    forget()
  }

  function chooseUnit(id: string): void {
    unitId.value = id
    localStorage.setItem(UNIT_KEY, id)
  }

  return { me, known, unit, may, load, take, signIn, signInAs, signOut, forget, chooseUnit }
})
