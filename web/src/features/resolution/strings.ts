import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    decided: '决议', decided_none: '还没有决议', decided_none_text: '联盟商定的事记在这里：哪天定的、谁来办、什么时候办完。到期和逾期会提醒承担单位。', none_open: '没有在办的决议', none_state: '没有这样的决议', enter: '记一条决议', correct: '更正', correct_text: '更正要说明原因；原来的写法留在办理经过里。', saved: '已保存', more_of: '再看一些',
    all: '全部', s_open: '办理中', s_done: '已办结', s_dropped: '不再办理', overdue: '已逾期', state: '状态',
    title: '决议事项', words: '全文', decided_at: '决定日期', way: '方式', w_meeting: '会议', w_circulation: '传签', meeting: '哪次会议', meeting_hint: '例如：2026 年第三次联席会议', orgs: '承担单位', orgs_hint: '可以选多家；留空就由牵头单位盯办', due: '办结期限', public: '向居民公开', public_yes: '已公开', opened: '由此产生', link_none: '没有', link: '选哪一个', l_project: '项目', l_agreement: '共建协议', l_need: '需求', hidden_link: '不在您的权限范围内', reason: '更正原因',
    at_meeting: '{day} · {meeting}', by_circulation: '{day} · 传签', by_day: '{day} 前办结', no_day: '没有期限', nobody: '牵头单位盯办',
    done: '办结', drop: '不再办理', reopen: '重新办理', remark: '说说进展', text_done: '办成了什么', text_drop: '为什么不办了', text_reopen: '为什么重新办理', text_remark: '进展', alliance: '联盟', ended_at: '{state} · {day}', history: '办理经过', find_project: '按项目名称找', find_agreement: '按协议名称或编号找', find_need: '按需求找',
    e_entered: '记下决议', e_corrected: '更正', e_remark: '说了进展', e_done: '办结', e_dropped: '不再办理', e_reopened: '重新办理', was: '原来的{field}：{value}', was_changed: '{field}有改动', nothing: '没有',
    planned: '接下来', planned_text: '从决议、项目节点、承诺、认领和需求里读出来，不用填报。', planned_none: '近一年没有排定的事', planned_none_text: '有期限的决议、成员单位的项目节点和承诺，会按日子排在这里。', planned_overdue: '{n} 件已逾期', planned_more: '只列出最近的 200 件。',
    k_resolution: '决议', k_milestone: '项目节点', k_pledge: '承诺', k_claim: '认领', k_need: '需求',
  },
  en: {
    decided: 'Decided', decided_none: 'Nothing decided yet', decided_none_text: 'What the alliance decides is kept here: on which day, who takes it on, by when. Those who take it on are told before its day and when it is overdue.', none_open: 'No open resolution', none_state: 'No such resolution', enter: 'Enter a resolution', correct: 'Correct', correct_text: 'A correction gives a reason; what it was stays in the history.', saved: 'Saved', more_of: 'Show more',
    all: 'All', s_open: 'Open', s_done: 'Done', s_dropped: 'Dropped', overdue: 'Overdue', state: 'State',
    title: 'What was decided', words: 'Whole text', decided_at: 'Decided on', way: 'How', w_meeting: 'At a meeting', w_circulation: 'By circulation', meeting: 'Which meeting', meeting_hint: 'such as: third joint conference of 2026', orgs: 'Taken on by', orgs_hint: 'Several may; nobody chosen: whoever leads sees to it', due: 'To be done by', public: 'Show to residents', public_yes: 'public', opened: 'Opened by it', link_none: 'Nothing', link: 'Which', l_project: 'Project', l_agreement: 'Agreement', l_need: 'Need', hidden_link: 'outside your rights', reason: 'Why it is corrected',
    at_meeting: '{day} · {meeting}', by_circulation: '{day} · by circulation', by_day: 'by {day}', no_day: 'no day set', nobody: 'whoever leads',
    done: 'Done', drop: 'Drop', reopen: 'Open again', remark: 'Say how it gets on', text_done: 'What came of it', text_drop: 'Why it is dropped', text_reopen: 'Why it is open again', text_remark: 'How it gets on', alliance: 'Alliance', ended_at: '{state} · {day}', history: 'History', find_project: 'Find a project', find_agreement: 'Find by line or number', find_need: 'Find a need',
    e_entered: 'entered it', e_corrected: 'corrected it', e_remark: 'said how it gets on', e_done: 'reported it as done', e_dropped: 'dropped it', e_reopened: 'opened it again', was: '{field} was: {value}', was_changed: '{field} was changed', nothing: 'nothing',
    planned: 'Coming up', planned_text: 'Read off resolutions, milestones, pledges, claims and needs; nothing is typed.', planned_none: 'Nothing planned within a year', planned_none_text: 'Resolutions with a day, milestones and pledges of members show here by their days.', planned_overdue: '{n} overdue', planned_more: 'Only the nearest 200 are listed.',
    k_resolution: 'Resolution', k_milestone: 'Milestone', k_pledge: 'Pledge', k_claim: 'Claim', k_need: 'Need',
  },
})
