import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '设置', lead: '每个设置都有生效时间和历史；改了以后，已经开始的事仍按原来的办。', find: '找设置', fallback: '默认 {value}', since: '{when} 起', from: '生效时间', now: '立即', value: '值', on: '开', off: '关', history: '历史', none: '还没有改过', export: '导出', saved: '已保存', range: '{least} 到 {most}', empty: '没有这样的设置', city: '本区自 {when} 起归属{name}：市里看得到本区的计数，看不到事项和个人信息。', json: 'JSON 格式',
    g_account: '账号', g_case: '事项', g_unit: '区域与组织', g_file: '文件', g_notify: '消息', g_job: '后台任务', g_map: '地图', g_audit: '审计', g_privacy: '个人信息', g_other: '其他',
  },
  en: {
    title: 'Settings', lead: 'Each has a date from which it holds, and a history; what has begun goes on under the old one.', find: 'Find a setting', fallback: 'default {value}', since: 'since {when}', from: 'Holds from', now: 'now', value: 'Value', on: 'On', off: 'Off', history: 'History', none: 'Never changed', export: 'Export', saved: 'Saved', range: '{least} to {most}', empty: 'No such setting', city: 'This district has belonged to {name} since {when}: the city sees its counters, and no case and no person.', json: 'as JSON',
    g_account: 'Accounts', g_case: 'Cases', g_unit: 'Areas and organisations', g_file: 'Files', g_notify: 'Messages', g_job: 'Jobs', g_map: 'Maps', g_audit: 'Audit', g_privacy: 'Privacy', g_other: 'Others',
  },
})
