/* What a list shows is in its address: filters, sort, page. A link shares it, and back returns to it. */
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

const many = (value: LocationQuery[string] | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '')

export type Filters = Record<string, string[]>

/** The named filters of the address, each a list of values. Setting them goes back to the first page. */
export function useFilters(names: readonly string[]): WritableComputedRef<Filters> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => Object.fromEntries(names.map((name) => [name, many(route.query[name])])),
    set: (to) => {
      const query = { ...route.query }
      delete query.after
      for (const name of names) {
        const values = to[name] ?? []
        if (values.length) query[name] = values.length === 1 ? values[0]! : values
        else delete query[name]
      }
      void router.replace({ query })
    },
  })
}

/** One value of the address: a search text, a sort, a way of showing. */
export function useInAddress(name: string, fallback = ''): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => many(route.query[name])[0] ?? fallback,
    set: (to) => {
      const query = { ...route.query, [name]: to === fallback ? undefined : to }
      delete query.after
      void router.replace({ query })
    },
  })
}

/** Pages by cursor: forward pushes the address, so back is the browser's back. */
export function usePaging() {
  const route = useRoute()
  const router = useRouter()
  const after = computed(() => many(route.query.after)[0] ?? '')
  function forward(cursor: string): void {
    void router.push({ query: { ...route.query, after: cursor } })
  }
  function backward(): void {
    const before: unknown = window.history.state?.back
    const samePage = typeof before === 'string' && before.split('?')[0] === route.path
    if (samePage) router.back()
    else void router.push({ query: { ...route.query, after: undefined } })
  }
  return { after, forward, backward }
}
