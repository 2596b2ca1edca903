export interface Appointment {
  id: string; person_id: string; person: string; post: string; post_name_zh: string; post_name_en: string; unit_kind: 'area' | 'org'; unit_id: string; unit_name: string | null
  letter_no: string | null; letter_id: string | null; state: 'current' | 'ahead' | 'ended'; ending: boolean; from: number; to: number | null
  ended_at: number | null; end_reason: string | null; renews_id: string | null; version: number
}
export interface Letter {
  id: string; appointment_id: string; kind: 'letter' | 'certificate'; lang: 'zh' | 'en'; no: string; title: string; body: string; person: string; post: string; unit: string
  issuer: string; verify: string; from: number; to: number | null; issued_at: number; state: 'valid' | 'ended'; sealed: boolean; replaced: boolean
}
export interface Post {
  id: string; code: string; name_zh: string; name_en: string; duty_zh: string | null; duty_en: string | null; unit_kinds: string[]; term_months: number; public: boolean; closed: boolean; version: number
}
export interface Seal { id: string; org_id: string; org_name: string; photo_id: string; created_at: number }
export interface Unit { id: string; name: string; kind: string; parent_id: string | null; area_id?: string | null }
