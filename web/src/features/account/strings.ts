import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    sign_in: '登录', name: '用户名', password: '密码', show: '显示密码', signing_in: '正在登录', desk: '工作台', for_residents: '居民端：反映、查询，不用登录',
    demo: '演示', demo_text: '这是虚构的示范区，数据都是编的。选一个身份进来看看，不用密码。',
    account: '我的账户', looks: '外观与语言', looks_text: '马上生效，并记在您的账户上。',
    units: '任职单位', units_none: '还没有分配岗位。请联系安全管理员。',
    change_password: '修改密码', password_must: '这是一次性密码。请先设一个自己的，再开始工作。', password_now: '现在的密码', password_new: '新密码', password_hint: '至少 10 个字，不能太常见。改好后，别处的登录都会退出。', password_again: '新密码再写一遍', password_differs: '两遍不一样', password_changed: '密码改好了，别处的登录已退出',
    sessions: '登录着的设备', device: '设备', since: '登录于', used: '最近使用', address: '地址', this_one: '这一台', end: '退出', ended: '已退出那台设备',
    tokens: '接口令牌', tokens_text: '给程序用的钥匙，权限不超过您自己的。', tokens_none: '没有接口令牌', token_name: '用途', token_rights: '能做什么', token_until: '到期', token_make: '新建令牌', token_made: '令牌只显示这一次，请现在复制', token_copy: '复制', token_copied: '已复制', token_revoke: '收回', token_revoked: '已收回', token_never: '没用过',
  },
  en: {
    sign_in: 'Sign in', name: 'Name', password: 'Password', show: 'Show password', signing_in: 'Signing in', desk: 'Desk', for_residents: 'For residents: report and follow, without signing in',
    demo: 'Demonstration', demo_text: 'A fictional district: everything in it is invented. Come in as somebody and look around; no password needed.',
    account: 'My account', looks: 'Appearance and language', looks_text: 'Takes effect at once and is kept with your account.',
    units: 'Where you work', units_none: 'No role has been given to you yet. Ask the security administrator.',
    change_password: 'Change password', password_must: 'This is a one-time password. Please set one of your own before you begin.', password_now: 'Present password', password_new: 'New password', password_hint: 'At least 10 characters, none of the common ones. Sign-ins elsewhere will end.', password_again: 'New password once more', password_differs: 'The two are not the same', password_changed: 'Password changed; sign-ins elsewhere have ended',
    sessions: 'Signed-in devices', device: 'Device', since: 'Signed in', used: 'Last used', address: 'Address', this_one: 'this one', end: 'Sign out', ended: 'That device is signed out',
    tokens: 'API tokens', tokens_text: 'Keys for programs; never more rights than your own.', tokens_none: 'No API tokens', token_name: 'What for', token_rights: 'May do', token_until: 'Ends', token_make: 'New token', token_made: 'The token is shown this once: copy it now', token_copy: 'Copy', token_copied: 'Copied', token_revoke: 'Take back', token_revoked: 'Taken back', token_never: 'never used',
  },
})
