import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    why: '验证一下，确保能联系上您。不验证也可以提交。', why_must: '本区要求验证手机号。不想验证，可以不留。', send: '给我发验证码', sent: '验证码已发到 {phone}，5 分钟内有效。', code: '6 位验证码', check: '确定', again: '没收到，再发一次', again_in: '没收到？{n} 秒后可以再发', verified: '手机号已验证', without: '不验证也可以提交，您写的都在。', without_must: '也可以先不留手机号，直接提交。', away: '现在没有网络，发不了验证码。',
  },
  en: {
    why: 'A code shows that we can reach you. You may also send without.', why_must: 'Here a telephone must be verified. You may also leave none.', send: 'Send me a code', sent: 'A code is on its way to {phone}; it is good for 5 minutes.', code: 'Code of 6 digits', check: 'OK', again: 'None came: send another', again_in: 'None came? Another in {n} s', verified: 'Telephone verified', without: 'You may also send without; nothing is lost.', without_must: 'You may also leave no telephone and send.', away: 'There is no network now, so no code can be sent.',
  },
})
