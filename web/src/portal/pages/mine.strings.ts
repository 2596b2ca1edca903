import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '我的', empty: '这里还没有您的事项', empty_text: '上报以后，这台手机会记住编号，随时回来看进展。', report: '我要反映', account: '登录后上报的', device: '这台手机上报的', forget: '不再记住', forget_hint: '不再记住只影响这台手机，事项照常办理。',
    follows: '我关注的', follow: '关注', unfollow: '不再关注', followed_toast: '已关注，有进展在“我的”里看', unfollowed: '不再关注', via: '因 {code} 并入而关注', via_own: '您上报的 {code} 并入了这一件', last: '{what} · {when}', no_follows: '还没有关注的事项。打开一件事，或在“身边事”里找到它，就可以关注。', around: '看身边事',
    by_mail: '邮件通知', by_mail_text: '有进展时也可以发到您的邮箱。', by_mail_go: '到“我的账户”里设置',
    data: '我的信息', data_text: '我们只存您写的内容、照片、位置和您愿意留下的电话。电话加密保存，经办人每看一次都有记录。要撤回一件事，打开它，在页尾选“撤回”。',
  },
  en: {
    title: 'Mine', empty: 'Nothing of yours yet', empty_text: 'After you report, this device remembers the number, so that you can come back any time.', report: 'Report a problem', account: 'Reported while signed in', device: 'Reported from this device', forget: 'Forget', forget_hint: 'Forgetting concerns this device alone; the case goes on.',
    follows: 'What I follow', follow: 'Follow', unfollow: 'Follow no longer', followed_toast: 'Followed; progress shows under “Mine”', unfollowed: 'No longer followed', via: 'followed since {code} was merged into it', via_own: 'your report {code} was merged into it', last: '{what} · {when}', no_follows: 'Nothing followed yet. Open a case, or find it under “Around here”, to follow it.', around: 'Around here',
    by_mail: 'By mail', by_mail_text: 'Progress can also come to your mailbox.', by_mail_go: 'Set it under “My account”',
    data: 'My data', data_text: 'We keep what you wrote, your photos, the place, and the telephone you chose to leave. The telephone is encrypted; each look at it by staff is recorded. To withdraw a report, open it and choose “Withdraw” at the end.',
  },
})
