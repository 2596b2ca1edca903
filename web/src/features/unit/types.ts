/* Areas and organisations as the server gives them. */
import type { Item, Reply } from '@/app/api-of'

export interface Place { id: string; name: string; kind: string }
export type AreaItem = Item<'/api/v1/areas/tree'>
export type AreaView = Reply<'/api/v1/areas/{id}'>
export type OrgItem = Item<'/api/v1/orgs/tree'>
export type OrgView = Reply<'/api/v1/orgs/{id}'>
