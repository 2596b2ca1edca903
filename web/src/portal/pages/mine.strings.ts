import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '我的', empty: '这里还没有您的事项', empty_text: '上报以后，这台手机会记住编号，随时回来看进展。', report: '我要反映', account: '登录后上报的', device: '这台手机上报的', forget: '不再记住', forget_hint: '不再记住只影响这台手机，事项照常办理。',
    data: '我的信息', data_text: '我们只存您写的内容、照片、位置和您愿意留下的电话。电话加密保存，经办人每看一次都有记录。要撤回一件事，打开它，在页尾选“撤回”。',
  },
  en: {
    title: 'Mine', empty: 'Nothing of yours yet', empty_text: 'After you report, this device remembers the number, so that you can come back any time.', report: 'Report a problem', account: 'Reported while signed in', device: 'Reported from this device', forget: 'Forget', forget_hint: 'Forgetting concerns this device alone; the case goes on.',
    data: 'My data', data_text: 'We keep what you wrote, your photos, the place, and the telephone you chose to leave. The telephone is encrypted; each look at it by staff is recorded. To withdraw a report, open it and choose “Withdraw” at the end.',
  },
})
