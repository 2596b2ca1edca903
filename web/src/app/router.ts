/* The desk's router. Every feature brings its pages in src/features/<feature>/routes.ts. */
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteMeta, type RouteRecordRaw } from 'vue-router'
import type { Query } from './http'
import { askAhead, askEarly, inMemory } from './poll'
import { useSession } from './session'
import NotFound from './NotFound.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** May be seen without signing in. */
    open?: boolean
    /** Without the shell around it. */
    bare?: boolean
    /** Any of these permissions, else the page says so instead of opening. */
    may?: readonly string[]
    /** What the page asks first; asked while the page itself is on its way. Not when all of the path is in memory. */
    early?: { path: string; query?: Query }
  }
}

const files = import.meta.glob<{ default: RouteRecordRaw[] }>('../features/*/routes.ts', { eager: true })
const pages = Object.values(files).flatMap((file) => file.default)
const gallery: RouteRecordRaw[] = import.meta.env.DEV
  ? [{ path: '/gallery', component: () => import('../gallery/GalleryPage.vue'), meta: { open: true, bare: true } }]
  : []

/* A list is restored to its place once it is long enough again. */
async function whenTall(top: number): Promise<void> {
  const until = performance.now() + 1500
  while (document.documentElement.scrollHeight < top + innerHeight && performance.now() < until) {
    await new Promise((next) => setTimeout(next, 50))
  }
}

export const router = createRouter({
  history: createWebHistory('/desk'),
  routes: [...pages, ...gallery, { path: '/:rest(.*)*', name: 'not-found', component: NotFound }],
  async scrollBehavior(to, from, saved) {
    if (saved) {
      await whenTall(saved.top)
      return saved
    }
    return to.path === from.path ? undefined : { top: 0 }
  },
})

/** Where to go after signing in: only ever a page of our own. */
export function nextAfterSignIn(route: RouteLocationNormalized): string {
  const next = route.query.next
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

/* What the page of this route asks first, if the person may open it and it is not there yet. */
function first({ meta: { early, may } }: Pick<RouteLocationNormalized, 'meta'>): RouteMeta['early'] {
  return early && !inMemory(early.path) && !inMemory(early.path, early.query) && (!may || may.some(useSession().may)) ? early : undefined
}

/** It is under way from now on. */
export function askFirst(to: RouteLocationNormalized): void {
  const question = first(to)
  if (question) askEarly(question.path, question.query)
}

/** The answer is kept until somebody opens the page, which asks whether it is still so. */
export async function keepFirst(path: string): Promise<void> {
  const question = first(router.resolve(path))
  if (question) await askAhead(question.path, question.query)
}

router.beforeEach(async (to, from) => {
  if (to.meta.open) return true
  const session = useSession()
  if (!session.known) await session.load()
  if (session.me?.must_change_password && to.path !== '/account') return '/account'
  if (session.me) {
    if (to.path !== from.path) askFirst(to)
    return true
  }
  return { path: '/signin', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})
