import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/appointments', component: () => import('./AppointmentsPage.vue'), meta: { may: ['person.read'] } }]
export default routes
