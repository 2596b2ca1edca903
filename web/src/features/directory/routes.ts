import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/directory', component: () => import('./DirectoryPage.vue'), meta: { may: ['unit.read'] } }]
export default routes
