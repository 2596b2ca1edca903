/* One way to save on this page, and the date from which a change holds. */
import { useSaving } from '@/app/saving'
import { t } from './strings'

export const useChange = () => useSaving(() => t('saved'))

/** "2026-12-01T09:00" of a form as a time; nothing: now. */
export const fromForm = (text: string): { valid_from?: number } => (text ? { valid_from: new Date(text).getTime() } : {})
