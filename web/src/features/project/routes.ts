import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/projects', component: () => import('./ProjectsPage.vue'), meta: { may: ['unit.read'] } },
  { path: '/projects/:id', component: () => import('./ProjectPage.vue'), meta: { may: ['unit.read'] } },
]
export default routes
