/* The typed client: paths, parameters and answers come from docs/openapi.json (npm run types).
 *
 *   const { data } = await call(api.GET('/api/v1/cases/{id}', { params: { path: { id } } }))
 *
 * call() throws an ApiError instead of returning one, so that data is always there. */
import createClient from 'openapi-fetch'
import type { paths } from './api-types'
import { request } from './http'

export const api = createClient<paths>({ baseUrl: location.origin, fetch: request, credentials: 'same-origin' })

interface Answer<D> {
  data?: D
  response: Response
}

export interface Good<D> {
  data: NonNullable<D>
  /** The version to send back as If-Match. */
  version: string
  response: Response
}

export async function call<D>(answer: Promise<Answer<D>>): Promise<Good<D>> {
  const { data, response } = await answer
  const version = (response.headers.get('ETag') ?? '').replace(/^W\//, '').replace(/"/g, '')
  return { data: data as NonNullable<D>, version, response }
}
