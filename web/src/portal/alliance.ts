/* What residents may know of an alliance. */
import type { Item, Reply } from '@/app/api-of'
import { language } from '@/app/i18n'

export interface PublicAlliance { id: string; kind_zh: string; kind_en: string; name: string; brand: string | null; level: 'district' | 'street' | 'community'; area_name: string | null; lead_name: string | null; members: number; valid_from: number }
export interface PublicView extends PublicAlliance { organisations: { name: string; kind: string; role_zh: string; role_en: string }[]; charter: string | null; cases: number; calls: number; answered: number }
export type Decided = Item<'/api/v1/public/alliances/{id}/resolutions'>
export type Planned = Reply<'/api/v1/public/alliances/{id}/plan'>['items'][number]
export const inLanguage = (zh: string, en: string): string => (language.value === 'en' ? en : zh)
