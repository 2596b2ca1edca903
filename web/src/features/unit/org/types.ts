/* Organisations in depth, as the server gives them. */
import type { Item, Reply } from '@/app/api-of'

export type { OrgItem, OrgView, AreaItem } from '../types'
export type Kind = Item<'/api/v1/orgs/kinds'>
export type KindField = Kind['fields'][number]
export type Hung = Item<'/api/v1/orgs/{id}/holds'>
export type Plan = Reply<'/api/v1/orgs/{id}/move', 'post'>
export type Contact = Reply<'/api/v1/orgs/{id}'>['contacts'][number]
export type Chain = Item<'/api/v1/orgs/chains'>
export type ChainPlan = Reply<'/api/v1/areas/{id}/chain', 'post'>
export type Note = Item<'/api/v1/orgs/{id}/history'>
