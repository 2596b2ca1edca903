import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '待发', sub: '这台手机上还没有传到的', empty: '都传上去了', empty_text: '没有网络时办的、报的会排在这里，连上后自动传。', send_now: '现在就传', failed: '要您看一下', waiting: '等着传', sent: '传上去的',
    others: '这台手机上还有别人没传上的 {n} 项，等本人登录后再传。', photos: '{n} 张照片', made: '{when} 办的', now: '正在传', wait_net: '等网络', wait_turn: '等前一步', wait_retry: '{when} 再试', done: '已传 {when}', number: '编号 {code}',
    kind_report: '随手拍', kind_spot: '即采即办', lead: '给上报人的查询链接',
    conflict: '没有办成：在您之前有变化', now_state: '现在是“{state}”', not_now: '按现在的状态，不能再“{action}”了。', load_failed: '连不上，暂时看不到现在的状态。',
    again: '按现在的状态再办', comment: '改成补充说明', comment_text: '（离线时要办“{action}”，没有办成）\n{words}', discard: '不要了', discard_sure: '确定不要？再点一下', mend: '改一改', here: '这台手机上的', here_all: '今天 {n} 项', not_sent: '没传上：{why}', conflict_short: '在您之前有变化', other_photo: '换照片', look: '看一看', retry: '再传一次', open: '看这件事',
    unsure: '说不准有没有传到', unsure_text: '上次传的时候断了，隔了很久才连上。请先看看是不是已经有了，再决定要不要重传。', photo_lost: '有照片读不出来了，请重新拍', refused: '没有办成', too_large: '照片太大', broken: '系统出了问题，过一会儿再传',
  },
  en: {
    title: 'To be sent', sub: 'On this device and not yet with the server', empty: 'Everything is sent', empty_text: 'What you do without a network waits here and goes on its way once you are connected.', send_now: 'Send now', failed: 'Needs you', waiting: 'Waiting', sent: 'Sent',
    others: '{n} thing of somebody else waits on this device for its owner to sign in.|{n} things of somebody else wait on this device for their owner to sign in.', photos: '{n} photo|{n} photos', made: 'made {when}', now: 'being sent', wait_net: 'waits for the network', wait_turn: 'waits for the step before', wait_retry: 'next try {when}', done: 'sent {when}', number: 'number {code}',
    kind_report: 'Report', kind_spot: 'Handled on the spot', lead: 'Link for the reporter to follow',
    conflict: 'Not done: something changed before you', now_state: 'It is now “{state}”', not_now: 'As it stands now, “{action}” is not possible any more.', load_failed: 'No connection: the present state cannot be seen.',
    again: 'Do it on the present state', comment: 'Keep as a comment', comment_text: '(meant as “{action}” while offline, not done)\n{words}', discard: 'Discard', discard_sure: 'Sure? Press again', mend: 'Correct it', here: 'On this phone', here_all: '{n} today', not_sent: 'Not sent: {why}', conflict_short: 'something changed before you', other_photo: 'Other photo', look: 'Look', retry: 'Send again', open: 'See the case',
    unsure: 'It may have arrived already', unsure_text: 'The connection broke while it was being sent, and that was long ago. Please look whether it is there before you send it again.', photo_lost: 'A photo cannot be read any more: please take it again', refused: 'Not done', too_large: 'The photo is too large', broken: 'Something broke on our side; please send it again later',
  },
})
