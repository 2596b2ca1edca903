import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/signin', component: () => import('./SignInPage.vue'), meta: { open: true, bare: true } },
  { path: '/account', component: () => import('./AccountPage.vue') },
  { path: '/people', component: () => import('./PeoplePage.vue'), meta: { may: ['person.read'] } },
] satisfies RouteRecordRaw[]
