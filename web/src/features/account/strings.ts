import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    sign_in: '登录', name: '用户名', password: '密码', show: '显示密码', signing_in: '正在登录', desk: '工作台', for_residents: '居民端：反映、查询，不用登录',
    demo: '演示数据', demo_text: '这是虚构的示范区。选一个角色进去看看。', demo_as: '以{role}进入',
    account: '我的账户', looks: '外观与语言', looks_text: '马上生效，并记在您的账户上。',
    roles: '岗位与权限', roles_none: '还没有分配岗位。请联系安全管理员。', role_at: '单位', role_what: '角色',
    change_password: '修改密码', password_now: '现在的密码', password_new: '新密码', password_hint: '至少 12 个字，不能是常见密码。', password_again: '再写一遍', password_differs: '两遍不一样', password_changed: '密码已修改',
    sessions: '登录的设备', session_this: '这台', session_since: '登录于', session_used: '最近使用', session_where: '设备', session_end: '退出这台', session_ended: '已退出',
  },
  en: {
    sign_in: 'Sign in', name: 'Name', password: 'Password', show: 'Show password', signing_in: 'Signing in', desk: 'Desk', for_residents: 'For residents: report and follow, without signing in',
    demo: 'Demonstration', demo_text: 'This is a fictional district. Choose a role and look around.', demo_as: 'Come in as {role}',
    account: 'My account', looks: 'Appearance and language', looks_text: 'Takes effect at once and is kept with your account.',
    roles: 'Posts and rights', roles_none: 'No role has been given to you yet. Ask the security administrator.', role_at: 'Unit', role_what: 'Roles',
    change_password: 'Change password', password_now: 'Present password', password_new: 'New password', password_hint: 'At least 12 characters, and not a common one.', password_again: 'Once more', password_differs: 'The two are not the same', password_changed: 'Password changed',
    sessions: 'Signed-in devices', session_this: 'this one', session_since: 'Signed in', session_used: 'Last used', session_where: 'Device', session_end: 'Sign it out', session_ended: 'Signed out',
  },
})
