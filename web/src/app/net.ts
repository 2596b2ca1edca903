/* How we stand with the server: what the top bar says and what the pages ask. */
import { reactive } from 'vue'

export const net = reactive({
  online: typeof navigator === 'undefined' || navigator.onLine !== false,
  /** When the server last answered, UTC milliseconds; 0 before the first answer. */
  lastAnswer: 0,
  pending: 0,
})

export function watchNet(): void {
  window.addEventListener('online', () => (net.online = true))
  window.addEventListener('offline', () => (net.online = false))
}
