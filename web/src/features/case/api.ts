/* Calls of the case feature. */
import { http, newKey } from '@/app/http'
import type { Areas } from '@/app/geo'
import type { Photo } from '@/app/photos'
import type { Action, CaseView, Category, Task, TaskAction } from './types'

let categories: Promise<Category[]> | undefined
/** All categories in use; asked once, since they change rarely. */
export function allCategories(): Promise<Category[]> {
  categories ??= http.get<{ items: Category[] }>('/categories').then((answer) => answer.items)
  categories.catch(() => (categories = undefined))
  return categories
}

const grounds = new Map<string, Promise<Areas>>()
/** Polygons for maps: of a kind of area, or of one area and what lies below it. */
export function ground(query: { kind: string } | { under: string } = { kind: 'community' }): Promise<Areas> {
  const key = JSON.stringify(query)
  let asked = grounds.get(key)
  if (!asked) {
    asked = http.get<Areas>('/areas.geojson', { query })
    asked.catch(() => grounds.delete(key))
    grounds.set(key, asked)
  }
  return asked
}

export interface OrgRow { id: string; name: string; kind: string }
export const findOrgs = (text: string): Promise<OrgRow[]> =>
  http.get<{ items: OrgRow[] }>('/orgs', { query: { text } }).then((answer) => answer.items)

export const act = (one: Pick<CaseView, 'id' | 'version'>, action: Action, body: object, key: string): Promise<CaseView> =>
  http.post<CaseView>(`/cases/${one.id}/${action}`, body, { version: one.version, key })

export const actOnTask = (one: Pick<CaseView, 'id'>, task: Pick<Task, 'id'>, action: TaskAction, body: object, key: string): Promise<CaseView> =>
  http.post<CaseView>(`/cases/${one.id}/tasks/${task.id}/${action.slice('task_'.length)}`, body, { key })

/** Uploads photos, each once; answers their ids in order. */
export async function uploadAll(photos: readonly Photo[], sent: Map<string, string>): Promise<string[]> {
  const ids: string[] = []
  for (const photo of photos) {
    const known = sent.get(photo.id)
    const id = known ?? (await http.post<{ id: string }>('/files', photo.blob, { key: newKey(), headers: { 'Content-Type': photo.blob.type || 'image/jpeg' } })).id
    sent.set(photo.id, id)
    ids.push(id)
  }
  return ids
}
