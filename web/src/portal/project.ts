/* What residents may know of a project; and what a reporter is asked about one. */
import type { Item, Reply } from '@/app/api-of'

export type PublicProject = Item<'/api/v1/public/projects'>
export type PublicProjectView = Reply<'/api/v1/public/projects/{id}'>
export type Asked = Item<'/api/v1/track/{code}/projects'>
