/* A tree of thousands of units, seen at once: as it was when it was last here, else its upper levels while all the others are on their way. */
import { computed, ref, watch } from 'vue'
import { atRest } from '@/app/paint'
import { inMemory, usePoll } from '@/app/poll'

export function useLevels<T>(path: string, levels: number) {
  const kept = inMemory(path)
  const drawn = ref(kept)
  const top = usePoll<{ items: T[] }>(() => (kept ? '' : path), { every: 0, memory: true, query: () => ({ levels }) })
  const tree = usePoll<{ items: T[] }>(() => (drawn.value ? path : ''), { every: 120_000, memory: true })

  /* All of it costs the browser something to read: not before the upper levels are on the screen. */
  watch(top.loading, (under) => { if (!under) atRest(() => (drawn.value = true)) }, { immediate: true, flush: 'post' })

  const items = computed<readonly T[]>(() => (tree.data.value ?? top.data.value)?.items ?? [])
  return { tree, items, whole: computed(() => tree.data.value !== null), waiting: computed(() => !items.value.length && (drawn.value ? tree.loading.value : top.loading.value)) }
}
