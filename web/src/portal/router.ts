/* The residents' router. A page is a file in pages/; what is not built yet says so honestly. */
import type { Component } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import Home from './pages/Home.vue'

const files = import.meta.glob<{ default: Component }>(['./pages/*.vue', '!./pages/Home.vue', '!./pages/Missing.vue'])
const page = (name: string): (typeof files)[string] | undefined => files[`./pages/${name}.vue`]

const LAZY = [
  ['/report', 'Report'],
  ['/follow', 'Follow'],
  ['/c/:code', 'Case'],
  ['/mine', 'Mine'],
  ['/map', 'Around'],
  ['/alliances', 'Alliances'],
  ['/alliances/:id', 'Alliance'],
  ['/exchange', 'Exchange'],
  ['/exchange/:kind(area|org|alliance)/:id', 'Exchange'],
  ['/projects', 'Projects'],
  ['/projects/:id', 'Project'],
  ['/directory', 'Directory'],
  ['/directory/:id', 'DirectoryEntry'],
  ['/stop/:token', 'Stop'],
  ['/order', 'Order'],
  ['/order/:id', 'Service'],
  ['/package/:id', 'Package'],
  ['/o/:code', 'Ordered'],
  ['/join', 'Later'],
] as const

const lazy = LAZY.flatMap(([path, name]): RouteRecordRaw[] => {
  const component = page(name)
  return component ? [{ path, component }] : []
})

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [{ path: '/', component: Home }, ...lazy, { path: '/:rest(.*)*', component: () => import('./pages/Missing.vue') }],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})
