/* What /insight answers. The generated types say the same of each route; these name the parts the page passes around. */
import type { Reply } from '@/app/api-of'

export type Figures = Reply<'/api/v1/insight/figures'>
export type Figure = Figures['figures'][number]
export type Row = Reply<'/api/v1/insight/units'>['items'][number]
export type Categories = Reply<'/api/v1/insight/categories'>
export type Step = Reply<'/api/v1/insight/series'>['items'][number]
export type Definitions = Reply<'/api/v1/insight/definitions'>
export type Definition = Definitions['figures'][number]
export type CaseLine = Reply<'/api/v1/insight/cases'>['items'][number]
export type City = Reply<'/api/v1/city/figures'>
export type CityLine = City['districts'][number]
