import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/signin', component: () => import('./SignInPage.vue'), meta: { open: true, bare: true } },
  { path: '/account', component: () => import('./AccountPage.vue') },
] satisfies RouteRecordRaw[]
