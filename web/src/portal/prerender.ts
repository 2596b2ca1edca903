/* The portal's home as text, made once at build time: an old phone shows it as soon as page and style are there, and its doors are
 * links that work before any script has run. Mounting replaces it (scripts/build.mjs, docs/decisions/web-entries-and-texts.md). */
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory, createRouter } from 'vue-router'
import Portal from './Portal.vue'
import Home from './pages/Home.vue'

export async function home(): Promise<string> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Home }, { path: '/:rest(.*)*', component: Home }] })
  await router.push('/')
  return renderToString(createSSRApp(Portal).use(router))
}
