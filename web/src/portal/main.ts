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
