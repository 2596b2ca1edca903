import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [{ path: '/settings', component: () => import('./SettingsPage.vue'), meta: { may: ['setting.manage'] } }]
export default routes
