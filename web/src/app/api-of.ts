/* Names for what the API takes and answers, by path: Reply<'/api/v1/session'>, Item<'/api/v1/sessions'>,
 * Body<'/api/v1/tokens'>. Types alone: importing them costs the bundle nothing. */
import type { paths } from './api-types'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Json<Part> = Part extends { content: { 'application/json': infer Body } } ? Body : never
type Good<Responses> = Responses[keyof Responses & (200 | 201 | 202)]

/** What a path answers when all is well. */
export type Reply<Path extends keyof paths, How extends Method = 'get'> =
  paths[Path][How] extends { responses: infer Responses } ? Json<Good<Responses>> : never

/** One element of a list. */
export type Item<Path extends keyof paths> = Reply<Path> extends { items: (infer One)[] } ? One : never

/** What a path takes. */
export type Body<Path extends keyof paths, How extends Method = 'post'> =
  paths[Path][How] extends { requestBody?: infer Part } ? Json<NonNullable<Part>> : never
