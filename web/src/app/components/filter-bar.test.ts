import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import FilterBar from './FilterBar.vue'
import { useInAddress } from '../lists'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const List = defineComponent(() => {
  const q = useInAddress('q')
  return () => h(FilterBar, { filters: [], search: '找', modelValue: {}, q: q.value, 'onUpdate:q': (to: string) => (q.value = to) })
})

/* A list whose search was typed into just now; the page of a thing takes so long to come. */
async function typedInto(ms: number) {
  const page = () => new Promise<ReturnType<typeof defineComponent>>((come) => setTimeout(() => come(defineComponent(() => () => h('h1', '事项'))), ms))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: List }, { path: '/thing', component: page }] })
  await router.push('/')
  const wrapper = mount(RouterView, { global: { plugins: [router] } })
  await wrapper.find('input').setValue('井盖')
  return router
}
const pass = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

it('what is typed is searched for when typing pauses', async () => {
  const router = await typedInto(0)
  await pass(400)
  expect(router.currentRoute.value.fullPath).toBe(`/?q=${encodeURIComponent('井盖')}`)
})

it.each([['at once', 0], ['after the pause', 1000]])('a thing that is opened before the search began stays open, its page coming %s', async (_, ms) => {
  const router = await typedInto(ms)
  void router.push('/thing')
  await pass(2000)
  expect(router.currentRoute.value.fullPath).toBe('/thing')
})
