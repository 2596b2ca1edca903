import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/systems', component: () => import('./SystemsPage.vue'), meta: { may: ['system.connect'] } }]
export default routes
