import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/services', component: () => import('./ServicesPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/services/:id', component: () => import('./ServicePage.vue'), meta: { may: ['unit.read'] } },
  { path: '/packages/:id', component: () => import('./PackagePage.vue'), meta: { may: ['unit.read'] } },
  { path: '/orders', component: () => import('./OrdersPage.vue'), meta: { may: ['order.read'] } },
  { path: '/orders/:id', component: () => import('./OrderPage.vue'), meta: { may: ['order.read'] } },
  { path: '/hours', component: () => import('./HoursPage.vue'), meta: { may: ['order.read'] } },
]
export default routes
