/* The day on foot. */
import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    today: '今天', way: '顺路 {n} 件', way_any: '待办 {n} 件', about: '约 {far}', metres: '{n} 米', kilometres: '{n} 公里', first_leg: '{far}', leg: '再走 {far}', from_here: '从我这里排', from_note: '位置只在这台手机上排顺序，不上传，不保存。',
    later: '以后 {n} 件', besides: '另有 {n}{more} 件没有列在这里。', besides_all: '按时限看未结事项', empty: '今天没有要去的', empty_text: '路上看到什么，点下面的“随手拍”。', go_pass: '核查', go_handled: '处置',
  },
  en: {
    today: 'Today', way: '{n} on the way', way_any: '{n} to do', about: 'about {far}', metres: '{n} m', kilometres: '{n} km', first_leg: '{far}', leg: '{far} on', from_here: 'Order from here', from_note: 'Your position only orders this list, on this phone: it is neither sent nor kept.',
    later: '{n} later', besides: '{n}{more} more are not listed here.', besides_all: 'Open cases by deadline', empty: 'Nowhere to go today', empty_text: 'Whatever you see on the way: press “Snap” below.', go_pass: 'Verify', go_handled: 'Handle',
  },
})
