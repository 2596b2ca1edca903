import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/resolutions/:id', component: () => import('./ResolutionPage.vue'), meta: { may: ['unit.read'] } }]
export default routes
