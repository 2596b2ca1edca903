import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/exchange', component: () => import('./ExchangePage.vue'), meta: { may: ['unit.read'] } },
  { path: '/dispatch', component: () => import('./DispatchPage.vue'), meta: { may: ['need.manage', 'offer.manage'] } },
  { path: '/exchange/figures', component: () => import('./FiguresPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/resources/sheet', component: () => import('./ResourceSheet.vue'), meta: { may: ['offer.manage'] } },
  { path: '/needs/:id', component: () => import('./NeedPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/resources/:id', component: () => import('./ResourcePage.vue'), meta: { may: ['unit.read'] } },
]
export default routes
