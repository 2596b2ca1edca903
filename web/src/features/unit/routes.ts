import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/areas', component: () => import('./AreasPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/orgs', component: () => import('./OrgsPage.vue'), meta: { may: ['unit.read'] } },
]
export default routes
