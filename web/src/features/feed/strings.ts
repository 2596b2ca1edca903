import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    feed: '日历订阅', feed_text: '把等您办的事的时限放进手机或电脑的日历，提前一天和一小时提醒。', none: '生成一个只属于您的地址，添加到日历的“订阅”里。事项内容不会出现在日历中，只有编号、该做什么和类别。', make: '生成地址', start: '地址中的密钥以 {start} 开头', made_at: '{when}生成', used: '{when}读取过', unused: '还没有被读取过', renew: '换一个地址', remove: '收回', removed: '已收回，日历读不到了', sure_renew: '换了之后，原来的地址马上失效，要在日历里重新添加。', sure_remove: '收回后，用这个地址的日历马上读不到您的时限。', made: '地址只显示这一次，请现在复制到日历里。知道它的人就能看到您的时限，不要发给别人。', address: '订阅地址', copy: '复制', copied: '已复制',
  },
  en: {
    feed: 'Calendar feed', feed_text: 'The due times of what waits for you, in the calendar of your phone or computer, with a reminder a day and an hour before.', none: 'Make an address of your own and add it to your calendar as a subscription. What a case says does not appear there: only its number, what is to be done and its category.', make: 'Make an address', start: 'The secret in it begins with {start}', made_at: 'made {when}', used: 'read {when}', unused: 'not read yet', renew: 'Another address', remove: 'Take back', removed: 'Taken back: the calendar reads nothing any more', sure_renew: 'The address you have stops working at once; add the new one to your calendar.', sure_remove: 'Calendars with this address can no longer read your deadlines.', made: 'The address is shown this once: copy it into your calendar now. Whoever knows it sees your deadlines, so give it to nobody.', address: 'Address', copy: 'Copy', copied: 'Copied',
  },
})
