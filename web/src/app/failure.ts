/* The words for a refusal: what happened, what was kept, what to do. */
import { ApiError } from './problem'
import { t } from './strings'

export interface Failure {
  title: string
  text: string
  /** It may work when tried again. */
  retry: boolean
}

export function failure(cause: unknown): Failure {
  if (!(cause instanceof ApiError)) return { title: t('err_title'), text: cause instanceof Error ? cause.message : String(cause), retry: true }
  if (cause.network) return { title: t('err_network_title'), text: t('err_network'), retry: true }
  if (cause.status >= 500) return { title: cause.title || t('err_title'), text: t('err_server', { id: cause.requestId || cause.status }), retry: true }
  const byStatus: Record<number, string> = { 403: t('err_forbidden'), 404: t('err_gone'), 409: t('err_conflict') }
  const fields = cause.errors.length ? t('err_fields', { n: cause.errors.length }) : ''
  const text = cause.detail || fields || byStatus[cause.status] || ''
  return { title: cause.title || t('err_title'), text: text === cause.title ? '' : text, retry: cause.status === 409 || cause.status === 429 }
}
