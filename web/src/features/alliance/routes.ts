import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/alliances', component: () => import('./AlliancesPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/alliances/:id', component: () => import('./AlliancePage.vue'), meta: { may: ['unit.read'] } },
  { path: '/network', component: () => import('./NetworkPage.vue'), meta: { may: ['unit.read'] } },
]
export default routes
