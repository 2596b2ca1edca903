import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./WorkHome.vue') },
  { path: '/cases', component: () => import('./CasesPage.vue'), meta: { may: ['case.read'] } },
  { path: '/cases/:id(\\d+)', component: () => import('./CasePage.vue') },
  { path: '/call-backs', component: () => import('./CallBacksPage.vue'), meta: { may: ['case.call_back'] } },
  { path: '/categories', component: () => import('./CategoriesPage.vue'), meta: { may: ['category.manage'] } },
  { path: '/import', component: () => import('./ImportPage.vue'), meta: { may: ['case.import', 'unit.manage'] } },
  { path: '/report', component: () => import('./ReportPage.vue'), meta: { may: ['case.report', 'case.on_behalf'] } },
]
export default routes
