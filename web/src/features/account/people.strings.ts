import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '人员与岗位', people: '人员', roles: '角色', find: '按姓名或用户名找', new_person: '新人员', edit_person: '修改', name: '姓名', contact: '联系方式', contact_hint: '加密保存；看一次记一次。', account: '账号', posts: '岗位', held: '角色', none: '没有找到', none_text: '您只看得到自己负责的单位里的人。', no_account: '没有账号', locked: '已锁定', one_time: '待改密码',
    give_account: '开账号', sign_in_name: '用户名', one_time_is: '一次性密码（只显示这一次）：', one_time_note: '请当面或用可靠的方式告诉本人，首次登录要改。', reset: '重置密码', lock: '锁定', unlock: '解锁', close_account: '停用账号', see: '看号码', why: '为什么要看',
    add_role: '授予角色', role: '角色', where: '在哪里', unit_kind: '单位种类', area: '区域', org: '组织', until: '到', open_end: '不限期', end: '结束', add_post: '聘任', post: '岗位', letter: '聘书编号', saved: '已保存', role_text: '在这个单位和它的下级范围内有效。', apart: '三类管理员不能由同一人担任', permissions: '可以做什么', built_in: '系统自带', own: '自定义', new_role: '新角色', code: '代码', name_zh: '中文名', name_en: '英文名', public: '岗位可公开显示',
  },
  en: {
    title: 'People and posts', people: 'People', roles: 'Roles', find: 'Find by name or sign-in name', new_person: 'New person', edit_person: 'Change', name: 'Name', contact: 'Contact', contact_hint: 'Stored encrypted; each look is recorded.', account: 'Account', posts: 'Posts', held: 'Roles', none: 'Nobody found', none_text: 'You see the people of the units you answer for.', no_account: 'no account', locked: 'locked', one_time: 'must change password',
    give_account: 'Give an account', sign_in_name: 'Sign-in name', one_time_is: 'One-time password (shown this once):', one_time_note: 'Tell the person in a safe way; it is changed at the first sign-in.', reset: 'Reset password', lock: 'Lock', unlock: 'Unlock', close_account: 'Close account', see: 'Show contact', why: 'Why you need it',
    add_role: 'Give a role', role: 'Role', where: 'Where', unit_kind: 'Kind of unit', area: 'Area', org: 'Organisation', until: 'until', open_end: 'open', end: 'End', add_post: 'Appoint', post: 'Post', letter: 'Letter number', saved: 'Saved', role_text: 'It holds in this unit and below.', apart: 'The three administrators are different people', permissions: 'What it permits', built_in: 'built in', own: 'own', new_role: 'New role', code: 'Code', name_zh: 'Chinese name', name_en: 'English name', public: 'Posts may be shown publicly',
  },
})
