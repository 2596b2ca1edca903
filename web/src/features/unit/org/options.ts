/* Organisations and areas as choices of a box to type into. */
import { computed, onMounted, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { Option } from '@/app/components/Combobox.vue'
import { http } from '@/app/http'
import { atRest } from '@/app/paint'
import { areaKind } from '../kinds'
import { kindName, loadKinds } from './kinds'
import type { AreaItem, OrgItem } from './types'

const get = async <T>(path: string): Promise<T[]> => (await http.get<{ items: T[] }>(path).catch(() => ({ items: [] as T[] }))).items

/** Areas are loaded when the page is there, and organisations, unless the page shows them: then areas come once it has drawn what it shows. */
export function useOptions(given?: Ref<readonly OrgItem[]>) {
  const areas = shallowRef<readonly AreaItem[]>([])
  const own = shallowRef<readonly OrgItem[]>([])
  const orgs = computed(() => given?.value ?? own.value)
  async function load(): Promise<void> {
    ;[areas.value, own.value] = await Promise.all([get<AreaItem>('/areas/tree'), given ? [] : get<OrgItem>('/orgs/tree'), loadKinds()])
  }
  let begun = false
  const begin = (): void => {
    if (!begun && given?.value.length) void atRest(load)
    begun ||= Boolean(given?.value.length)
  }
  onMounted(() => (given ? begin() : load()))
  if (given) onScopeDispose(watch(given, begin))
  return {
    load, areas,
    areaOptions: computed<Option[]>(() => areas.value.map((one) => ({ value: one.id, label: one.name, hint: areaKind(one.kind) }))),
    orgOptions: computed<Option[]>(() => orgs.value.map((one) => ({ value: one.id, label: one.name, hint: kindName(one.kind) }))),
  }
}
