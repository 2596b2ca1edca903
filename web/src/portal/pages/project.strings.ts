import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '身边的实事', sub: '大家反映的事，凑成项目一起办：谁来办，办到哪一步，钱从哪里来、花了多少。', none: '还没有公开的项目', none_text: '街道和社区公开之后，会列在这里。', gone: '没有找到这个项目', gone_text: '它可能不再公开。', all: '全部项目',
    s_draft: '草稿', s_planned: '已立项', s_under_way: '推进中', s_for_acceptance: '待验收', s_accepted: '已验收', s_abandoned: '已终止', steps: '节点 {a} / {b}', by: '{unit}牵头', cases: '来自居民反映的 {n} 件事', until: '计划 {day} 完成', accepted_on: '{day}验收',
    milestones: '办到哪一步', done_at: '{day}完成', due_at: '{day}前', money: '钱从哪里来', promised: '承诺', paid: '到账', spent: '已花', other: '其他来源', team: '谁来办', r_lead: '牵头领导', r_captain: '队长', r_liaison: '联络员', r_member: '成员', story: '进展', photo: '照片 {n}', heard: '反映的居民里，{yes} 人满意，{no} 人不满意。',
    ask: '您反映的事已列入项目“{title}”并办好。是否满意？', yes: '满意', no: '不满意', said: '想说的话', send: '告诉他们', thanks: '已经告诉他们了', answered: '您答的是：{answer}。验收之前还可以改。', part_of: '您反映的事已列入项目：',
  },
  en: {
    title: 'Projects around here', sub: 'What several people reported is done together: who does it, how far it is, where the money comes from and what was spent.', none: 'No public projects yet', none_text: 'They are listed here once streets and communities show them.', gone: 'There is no such project', gone_text: 'It may no longer be public.', all: 'All projects',
    s_draft: 'Draft', s_planned: 'Planned', s_under_way: 'Under way', s_for_acceptance: 'For acceptance', s_accepted: 'Accepted', s_abandoned: 'Abandoned', steps: 'milestones {a} of {b}', by: 'run by {unit}', cases: 'from {n} report|from {n} reports', until: 'planned until {day}', accepted_on: 'accepted {day}',
    milestones: 'How far it is', done_at: 'done {day}', due_at: 'by {day}', money: 'Where the money comes from', promised: 'Promised', paid: 'Paid in', spent: 'Spent', other: 'Others', team: 'Who does it', r_lead: 'Lead', r_captain: 'Captain', r_liaison: 'Liaison', r_member: 'Member', story: 'Progress', photo: 'Photo {n}', heard: 'Of those who reported, {yes} say it is as it should be, {no} that it is not.',
    ask: 'The project “{title}” did something about your report. Is it as it should be?', yes: 'Yes', no: 'No', said: 'In your words', send: 'Tell them', thanks: 'They have been told', answered: 'You said: {answer}. You may change that until it is accepted.', part_of: 'Your report is part of a project: ',
  },
})
