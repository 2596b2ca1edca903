import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/clocks', component: () => import('./ClocksPage.vue'), meta: { may: ['clock.manage'] } }]
export default routes
