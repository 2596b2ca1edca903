/* A case as its reporter sees it: by number and secret, by account, or (number alone) as anybody may. */
import { http } from '@/app/http'
import type { Into } from '@/features/case/known'
import type { CategoryRef, Outcome, State, StepName } from '@/features/case/words'

export interface TrackStep {
  step: StepName
  state: 'done' | 'now' | 'ahead'
  at: number | null
  by: string | null
  due_at: number | null
}

export interface TrackEvent {
  seq: number
  at: number
  action: string
  org_name: string | null
  text: string | null
  by_reporter: boolean
  photos: string[]
}

export interface TrackPhoto {
  id: string
  stage: 'report' | 'before' | 'after' | 'other' | null
  seq: number
}

export interface Track {
  code: string
  state: State
  outcome: Outcome | null
  title: string | null
  text: string | null
  address?: string | null
  area_name: string | null
  category: CategoryRef | null
  steps: TrackStep[]
  events?: TrackEvent[]
  photos: TrackPhoto[]
  rating?: { solved: 'yes' | 'partly' | 'no' | null; stars: number; by?: 'reporter' | 'call_back' | null; word: string | null } | null
  can?: { reply: boolean; rate: boolean; reopen: boolean; withdraw: boolean; appeal: boolean } | null
  merged_into?: Into | null
  reported_at: number
  due_at?: number | null
  closed_at: number | null
  reopen_until?: number | null
  appeal_until?: number | null
  version?: number
}

/** How somebody reaches a case. */
export interface Way {
  code: string
  secret: string
  /** Set for a report made while signed in. */
  id: string
}

type Own = Track & { actions: { action: string }[] }

function fromOwn(own: Own): Track {
  const may = (action: string) => own.actions.some((one) => one.action === action)
  return { ...own, can: { reply: may('reply'), rate: may('rate'), reopen: may('reopen'), withdraw: may('withdraw'), appeal: may('appeal') } }
}

const track = (code: string) => `/track/${encodeURIComponent(code)}`

export async function loadTrack(way: Way): Promise<Track> {
  if (way.id) return fromOwn(await http.get<Own>(`/cases/${way.id}`))
  if (way.secret) return http.get<Track>(track(way.code), { secret: way.secret })
  return http.get<Track>(`/public/cases/${encodeURIComponent(way.code)}`)
}

/** reply, rate, reopen, withdraw, appeal; answers the case as it stands afterwards. */
export async function actOn(way: Way, action: string, body: object, version: number, key: string): Promise<Track> {
  if (way.id) return fromOwn(await http.post<Own>(`/cases/${way.id}/${action}`, body, { version, key }))
  return http.post<Track>(`${track(way.code)}/${action}`, body, { secret: way.secret, version, key })
}

export interface Uploaded {
  id: string
  claim: string | null
}

export const upload = (blob: Blob, key: string): Promise<Uploaded> =>
  http.post<Uploaded>('/files', blob, { key, headers: { 'Content-Type': blob.type || 'image/jpeg' } })

/** Body fields for photos: their ids, and the claims of an uploader without an account. */
export function asPhotoFields(files: readonly Uploaded[]): { photos: string[]; photo_claims: string[] } {
  return { photos: files.map((file) => file.id), photo_claims: files.map((file) => file.claim ?? '').filter(Boolean) }
}
