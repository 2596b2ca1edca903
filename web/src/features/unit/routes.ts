import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/areas', component: () => import('./AreasPage.vue'), meta: { may: ['unit.read'], early: { path: '/areas/tree', query: { levels: 2 } } } },
  { path: '/areas/redraw', component: () => import('./editor/RedrawPage.vue'), meta: { may: ['unit.manage'] } },
  { path: '/areas/history', component: () => import('./editor/HistoryPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/orgs', component: () => import('./org/OrgsPage.vue'), meta: { may: ['unit.read'], early: { path: '/orgs/tree', query: { levels: 1 } } } },
  { path: '/orgs/:id', component: () => import('./org/OrgPage.vue'), meta: { may: ['unit.read'] } },
]
export default routes
