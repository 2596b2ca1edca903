import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    other_language: 'English', home: '首页',
    hello: '身边的事，一起办好', hello_text: '不用注册，拍张照、说句话就行。', doors: '办事',
    report: '我要反映', report_text: '路灯、井盖、漏水、噪声、垃圾', order: '我要服务', order_text: '助餐、理发、维修、义诊、法律咨询', join: '我要参加', join_text: '活动、志愿、议事、投票',
    follow: '查进度', follow_label: '编号', follow_hint: '上报后给您的编号，例如 260512-0387；粘贴整条链接也行', follow_go: '查一查', follow_bad: '编号是六位日期加四位数字，请再看一眼',
    who: '找谁办', who_text: '社区、网格员、服务站的电话和地址，按名称或位置找',
    lists: '缺什么，有什么', lists_text: '社区和单位缺什么、能拿出什么，都可以帮一把', projects: '身边的实事', projects_text: '大家反映的事怎么一起办，办到哪一步', allied: '身边的联盟', allied_text: '哪些单位结成了综合体、联席会，一起做了什么', around: '身边事', around_text: '看看附近报了什么、办得怎样', mine: '我的', mine_all: '全部 {n} 件', mine_at: '{day} 上报',
    urgent_before: '有人受伤、着火、漏气，请先打', my_data: '我的信息：查看、更正、删除', staff: '工作人员入口',
    later: '还没有开通', later_join: '活动、志愿和议事正在准备，开通后可以在这里报名。', later_meanwhile: '现在可以先反映问题。', missing: '没有这个页面', missing_text: '地址可能不完整。从首页重新开始吧。',
  },
  en: {
    other_language: '中文', home: 'Home',
    hello: 'Put things right, together', hello_text: 'No account needed: a photo and a sentence will do.', doors: 'What you can do',
    report: 'Report a problem', report_text: 'Lights, manholes, leaks, noise, rubbish', order: 'Order a service', order_text: 'Meals, haircuts, repairs, health, legal advice', join: 'Take part', join_text: 'Activities, volunteering, meetings, votes',
    follow: 'Follow a report', follow_label: 'Number', follow_hint: 'The number you were given, such as 260512-0387; a whole link works too', follow_go: 'Look it up', follow_bad: 'The number is six digits for the day and four more; please look again',
    who: 'Who to turn to', who_text: 'Telephones and addresses of communities, grid workers and stations, by name or place',
    lists: 'Wanted and offered', lists_text: 'What communities and organisations lack, and what they would lend or give', projects: 'Projects', projects_text: 'What is done about what people reported, and how far it is', allied: 'Alliances', allied_text: 'Which organisations work together here, and on what', around: 'Around here', around_text: 'What was reported nearby, and how it stands', mine: 'Mine', mine_all: 'All {n}', mine_at: 'reported {day}',
    urgent_before: 'Somebody hurt, fire or gas? First call', my_data: 'My data: see, correct, erase', staff: 'Staff sign-in',
    later: 'Not open yet', later_join: 'Activities, volunteering and meetings are being prepared. Once open, you can sign up here.', later_meanwhile: 'You can already report a problem.', missing: 'No such page', missing_text: 'The address may be incomplete. Please start from the home page.',
  },
})
