import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/audit', component: () => import('./AuditPage.vue'), meta: { may: ['audit.read'] } }]
export default routes
