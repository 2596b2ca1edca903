import { strings } from '../i18n'

/* Words of the queue that the frame and every page of it share. */
export const t = strings({
  zh: {
    bar_offline: '没有网络，照常用；连上后自动传', bar_waiting: '{n} 项待传', bar_failed: '有 {n} 项没传上，要您看一下', bar_signed_out: '登录已过期。重新登录后接着传，内容都在', bar_other_person: '这里登录的是另一个人，您的内容留着等您',
    bar_new: '有新版本', bar_take: '重新打开', as_of: '{time} 时的内容',
  },
  en: {
    bar_offline: 'Offline: go on working; it is sent once you are connected', bar_waiting: '{n} to send', bar_failed: '{n} was not sent: please look|{n} were not sent: please look', bar_signed_out: 'Your session is over. Sign in and it goes on; everything is kept', bar_other_person: 'Somebody else is signed in here; yours waits for you',
    bar_new: 'A new version is there', bar_take: 'Reload', as_of: 'as of {time}',
  },
})
