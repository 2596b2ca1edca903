/* How services and slots look on the desk. */
import type { Shape } from '@/app/shapes'
import { minuteText } from '../exchange/words'
import { t as exchange } from '../exchange/strings'
import { t } from './strings'
import { listed, type Service, type ServiceView } from './words'

const SHAPE: Record<Service['state'] & string, Shape> = { offered: 'done', paused: 'pause', withdrawn: 'back' }
export const serviceShape = (of: Pick<Service, 'state'>): Shape => SHAPE[of.state ?? 'offered']
export const serviceStands = (of: Pick<Service, 'state'>): string => t(`s_${of.state ?? 'offered'}`)
export function rhythmText(of: ServiceView['rhythms'][number]): string {
  const days = listed([...of.days].map((one) => exchange(`day_${one as '1'}`)))
  return t('rhythm', { days, from: minuteText(of.opens), to: minuteText(of.closes), n: of.capacity }) + (of.rests ? t('rests_short') : '')
}
