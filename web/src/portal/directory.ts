/* What the directory answers. */
import { inLanguage } from './alliance'
import { areaKind, orgKind } from '@/features/unit/kinds'
import type { Item, Reply } from '@/app/api-of'

export type Found = Item<'/api/v1/public/directory/find'>
export type Entry = Reply<'/api/v1/public/directory/{id}'>
export type Here = Reply<'/api/v1/public/directory/here', 'post'>

export const kindOf = ({ unit_kind, kind }: Pick<Found, 'unit_kind' | 'kind'>): string => (unit_kind === 'area' ? areaKind(kind) : orgKind(kind))
export const postOf = (one: { post_name_zh: string; post_name_en: string }): string => inLanguage(one.post_name_zh, one.post_name_en)
export const dial = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`
