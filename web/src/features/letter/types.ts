import type { Item } from '@/app/api-of'

export type Appointment = Item<'/api/v1/appointments'>
export type Letter = Item<'/api/v1/appointments/{id}/letters'>
export type Post = Item<'/api/v1/posts'>
export type Seal = Item<'/api/v1/seals'>
export interface Unit { id: string; name: string; kind: string; parent_id: string | null; area_id?: string | null }
