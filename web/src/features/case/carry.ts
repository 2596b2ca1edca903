/* What a grid worker takes along: the case pages behind My work, their thumbnails, the outlines of the areas and the categories.
 * Fetched after the list has come, a few at a time, and only what has changed since. */
import { BASE, http } from '@/app/http'
import { copiesOf, picturesOf, recall, remember, trim } from '@/app/offline/copies'
import { allCategories, ground } from './api'
import type { CalledWork, CaseRow, CaseView, Work } from './types'

const MOST_CASES = 60
const MOST_PICTURES = 8   // of one case
const MOST_KEPT = 240     // of all

async function keepPictures(ids: readonly string[]): Promise<void> {
  const whose = copiesOf()
  if (!whose || typeof caches === 'undefined') return   // signed out while the cases came
  const cache = await caches.open(picturesOf(whose))
  for (const id of ids) {
    const path = `${BASE}/files/${id}/thumb`
    if (!(await cache.match(path, { ignoreVary: true }))) await cache.add(path).catch(() => {})
  }
  const kept = await cache.keys()
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST_KEPT))) await cache.delete(old, { ignoreVary: true })
}

/* The copy of a case, taken anew unless it is as it should be. */
async function carryView(id: string, current: (view: CaseView) => boolean): Promise<CaseView> {
  const path = `/cases/${id}`
  let view = (await recall(path))?.body as CaseView | undefined
  if (!view || !current(view)) {
    view = await http.get<CaseView>(path)
    await remember(path, undefined, view)
  }
  const under = view.path.slice(-2)[0]?.id
  if (under) await ground({ under })
  return view
}
async function carryCase(row: CaseRow): Promise<void> {
  const view = await carryView(row.id, ({ version }) => version === row.version)
  await keepPictures([...new Set([...(row.photo ? [row.photo] : []), ...view.photos.map((photo) => photo.id)])].slice(0, MOST_PICTURES))
}
async function carryCalled(task: CalledWork): Promise<void> {
  const view = await carryView(task.case_id, ({ called }) => called.some((one) => one.id === task.id && one.state === task.state))
  await keepPictures(view.photos.map((photo) => photo.id).slice(0, MOST_PICTURES))
}

let busy = false

/** Takes along what the list leads to. Stops at the first sign of a bad network: the next poll goes on where it ended. */
export async function carry(work: Work): Promise<void> {
  if (busy || !copiesOf()) return
  busy = true
  try {
    await Promise.all([ground(), allCategories()])
    for (const task of work.called.slice(0, MOST_CASES)) await carryCalled(task)
    for (const row of work.groups.flatMap((group) => group.items).slice(0, MOST_CASES)) await carryCase(row)
    await trim()
  } catch {
    // the page itself says how the network is
  } finally {
    busy = false
  }
}
