import type { RouteRecordRaw } from 'vue-router'

export default [{ path: '/outbox', component: () => import('./OutboxPage.vue') }] satisfies RouteRecordRaw[]
