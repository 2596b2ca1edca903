import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/agreements', component: () => import('./AgreementsPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/agreements/:id', component: () => import('./AgreementPage.vue'), meta: { may: ['unit.read'] } },
]
export default routes
