import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/insight', component: () => import('./InsightPage.vue'), meta: { may: ['case.read'] } },
  { path: '/insight/cases', component: () => import('./BehindPage.vue'), meta: { may: ['case.read'] } },
  { path: '/city', component: () => import('./CityPage.vue'), meta: { may: ['city.read'] } },
]
export default routes
