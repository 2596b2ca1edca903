import { createApp } from 'vue'
import '@/app/tokens.css'
import '@/app/base.css'
import './portal.css'
import Portal from './Portal.vue'
import { router } from './router'
import { watchNet } from '@/app/net'
import { watchPrefs } from '@/app/prefs'

watchPrefs()
watchNet()
createApp(Portal).use(router).mount('#app')

/* A report that could not be sent last time goes on its way wherever the portal is opened. */
try {
  const whose = localStorage.getItem('linli.unsent')
  if (whose !== null) void import('./outgoing').then(({ goOn }) => goOn(whose.slice(1)))
} catch {
  // no storage: nothing waits
}
