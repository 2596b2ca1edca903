/* Alliances and the network as the server gives them. */
import type { CaseRow } from '../case/types'

export type Level = 'district' | 'street' | 'community'
export interface Choice { code: string; zh: string; en: string }
export interface Choices { kinds: Choice[]; roles: Choice[] }
export interface Item { id: string; kind: string; name: string; brand: string | null; level: Level; area_id: string; area_name: string | null; parent_id: string | null; lead_id: string | null; lead_name: string | null; members: number; public: boolean; valid_from: number; valid_to: number | null; version: number }
export interface Member { id: string; org_id: string; org_name: string; org_kind: string; in_use: boolean; role: string; joined_at: number; left_at: number | null; ended: 'role' | 'left' | 'alliance' | null; reason: string | null }
export interface Charter { from: number; text: string; in_force: boolean }
export interface View extends Omit<Item, 'members'> { parent: Item | null; children: Item[]; members: Member[]; charters: Charter[]; end_reason: string | null; may_manage: boolean }
export interface Node { id: string; name: string; kind: string; area_id: string | null; area_name: string | null; cases: number }
export interface Edge { a: number; b: number; calls: number; answered: number; cases: number; alliances: number; agreements: number; pledges: number; kept: number; late: number }
export interface Network { nodes: Node[]; edges: Edge[]; cases: number; calls: number; answered: number; open: number; agreements: number; from: number; to: number }
export interface Behind { items: CaseRow[]; total: number; hidden: number }
export interface SheetRow { row: number; name: string | null; org_id: string | null; org_name: string | null; role: string | null; joined_at: number | null; errors: { field: string; code: string; message: string }[] }
export interface Sheet { rows: SheetRow[]; good: number; bad: number; done: boolean }
