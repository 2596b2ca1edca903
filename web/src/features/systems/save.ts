/* What every dialog of this page does: try, say so, or show what is wrong beside its field. */
import { copyText, useSaving as saving } from '@/app/saving'
import { t } from './strings'

export const useSaving = () => saving(() => t('saved'))
export const copy = (text: string): Promise<void> => copyText(text, t('copied'))
