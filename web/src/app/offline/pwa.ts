/* The desk as an application of its own: registers the service worker, and offers a new version when one is there. It is taken only
 * when somebody says so, and not offered while a form is being filled in. */
import { computed, ref, watch } from 'vue'
import { language } from '../i18n'

const waiting = ref<ServiceWorker | null>(null)
/** A form on this page has been typed into and is still there. */
export const editing = ref(false)
export const newVersion = computed(() => waiting.value !== null && !editing.value)

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

/** Takes the new version: it replaces the old one in all open pages, and this one starts anew. */
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.value?.postMessage('take over')
}

const HOUR = 3_600_000

function watchUpdates(registration: ServiceWorkerRegistration): void {
  const see = () => {
    /* Without a controller this is the first version, and there is nothing to replace. */
    waiting.value = navigator.serviceWorker.controller ? registration.waiting : null
  }
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', see))
  see()
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
