/* The desk as an application of its own: registers the service worker, and offers a new version when one is there. An open page becomes
 * the new one only when somebody says so, and that is not offered while a form is being filled in. */
import { computed, ref, watch } from 'vue'
import { language } from '../i18n'
import { isFrom, keptPage } from './page'

/** The page that will be opened next is another one than this. */
const outdated = ref(false)
/** A form on this page has been typed into and is still there. */
export const editing = ref(false)
export const newVersion = computed(() => outdated.value && !editing.value)

let form: HTMLFormElement | null = null
const look = () => (editing.value = form?.isConnected ?? false)

function watchForms(): void {
  document.addEventListener('input', (event) => {
    const at = event.target instanceof Element ? event.target.closest('form') : null
    if (at && at.getAttribute('role') !== 'search') {
      form = at
      editing.value = true
    }
  })
  /* A page that is left, or a form that was sent, takes its form away. */
  new MutationObserver(() => {
    if (editing.value) look()
  }).observe(document.body, { childList: true, subtree: true })
}

/** This page is about to begin anew. */
export const taking = ref(false)
export function takeNewVersion(): void {
  taking.value = true
  location.reload()
  /* Who was asked whether to leave, and stayed, may press again. */
  setTimeout(() => (taking.value = false), 5000)
}

const HOUR = 3_600_000

function watchUpdates(registration: ServiceWorkerRegistration): void {
  /* The worker goes with the page: the first page of a new version has its worker take over, and does not wait for that. */
  const see = async () => {
    const page = await keptPage().then((kept) => kept?.text()).catch(() => {})
    outdated.value = page !== undefined && !isFrom(page, document)
    if (!outdated.value) registration.waiting?.postMessage('take over')
  }
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', see))
  void see()
  let asked = Date.now()
  const ask = () => {
    if (document.hidden || Date.now() - asked < HOUR) return
    asked = Date.now()
    registration.update().catch(() => {})
  }
  document.addEventListener('visibilitychange', ask)
  setInterval(ask, HOUR)
}

/* The manifest has a name in each language; installing takes the one of the moment. */
function nameManifest(): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
  if (!link) return
  const zh = link.href
  watch(language, (to) => (link.href = to === 'en' ? zh.replace('.webmanifest', '.en.webmanifest') : zh), { immediate: true })
}

export function startApp(): void {
  watchForms()
  nameManifest()
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  /* After the page has what it needs itself. */
  const register = () => navigator.serviceWorker.register('/sw.js', { scope: '/desk', updateViaCache: 'none' }).then(watchUpdates).catch(() => {
    // a private window, or a plain http address: the desk works without it
  })
  if (document.readyState === 'complete') void register()
  else window.addEventListener('load', () => void register(), { once: true })
}
