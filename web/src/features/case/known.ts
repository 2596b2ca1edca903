/* What is known of a case to everybody, and what may be the same matter; for desk and portal alike. */
import { http } from '@/app/http'
import type { Point } from '@/app/geo'
import type { CategoryRef, Outcome, State, StepName } from './words'

export interface Brief {
  /** Set for whoever reads the case. */
  id: string | null
  code: string
  title: string | null
  state: State
  outcome: Outcome | null
  category: CategoryRef | null
  area_name: string | null
  released: boolean
  reported_at: number
  closed_at: number | null
}

/** The case into which another was merged. */
export interface Into {
  about: Brief
  steps: { step: StepName; state: 'done' | 'now' | 'ahead'; at: number | null; by: string | null; due_at: number | null }[]
}

export interface Alike {
  about: Brief
  metres: number
  score: number
}

export interface Beside extends Alike {
  text: string
  address: string | null
  photos: string[]
  apart: number
  words: number
  open: boolean
}

export const findAlike = (text: string, category: string, address: string, at: Point): Promise<Alike[]> =>
  http.post<{ items: Alike[] }>('/cases/alike', { at, ...(text.trim() && { text }), ...(category && { category }), ...(address.trim() && { address }) }).then((answer) => answer.items)
