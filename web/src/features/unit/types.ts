/* Areas and organisations as the server gives them. */
import type { Point } from '@/app/geo'

export interface Place { id: string; name: string; kind: string }
export interface AreaItem { id: string; parent_id: string | null; kind: string; code: string | null; name: string; class: string | null; depth: number; child_count: number; has_shape: boolean; valid_from: number; valid_to: number | null; version: number }
export interface AreaView extends AreaItem { m2: number; at: Point | null; path: Place[]; served_by: Place[]; warnings: { code: string; area_id: string; name: string; m2: number }[] }
export interface OrgItem { id: string; parent_id: string | null; kind: string; name: string; code: string | null; code_ok: string | null; area_id: string | null; area_name: string | null; public: boolean; serves: Place[]; child_count: number; valid_from: number; valid_to: number | null; version: number }
export interface OrgView extends OrgItem { path: Place[]; contact_masked: string | null }
