import { createApp } from 'vue'
import { createPinia } from 'pinia'
import './tokens.css'
import './base.css'
import './desk.css'
import Desk from './Desk.vue'
import { whenSignedOut } from './http'
import { watchNet } from './net'
import { startApp } from './offline/pwa'
import { watchPrefs } from './prefs'
import { router } from './router'
import { useSession } from './session'

watchPrefs()
watchNet()
startApp()

const app = createApp(Desk)
app.use(createPinia())
app.use(router)

whenSignedOut(() => {
  /* After signing out by hand nobody is led back to where somebody else was. */
  const session = useSession()
  if (!session.me) return
  session.forget()
  const { path, fullPath, meta } = router.currentRoute.value
  if (path !== '/signin' && !meta.open) void router.push({ path: '/signin', query: { next: fullPath } })
})

app.mount('#app')
