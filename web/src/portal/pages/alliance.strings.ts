import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '身边的联盟', sub: '单位之间结成的党建综合体、商圈党委和联席会：谁在里面，谁牵头，一起做了多少事。', members: '{n} 家成员单位', lead: '牵头：{name}', since: '{day} 成立', none: '还没有公开的联盟', none_text: '街道和社区公开之后，会列在这里。', gone: '没有找到这个联盟', gone_text: '它可能不再公开，或已经结束。', all: '全部联盟',
    who: '成员单位', others: '另有 {n} 家没有公开。', lists: '成员单位缺什么、有什么', charter: '章程', work: '近一年一起办的事', work_cases: '一起办成 {n} 件事项。', work_calls: '互相吹哨 {calls} 次，应答 {answered} 次。', work_none: '近一年还没有一起办的事项。',
    decided: '商定的事', by_day: '{day} 前办结', done: '已办结', dropped: '不再办理', open: '办理中', overdue: '已逾期', circulation: '传签', planned: '接下来', k_resolution: '决议', k_milestone: '项目节点', k_pledge: '承诺', k_claim: '认领', k_need: '需求',
    l_district: '区级', l_street: '街道级', l_community: '社区级',
  },
  en: {
    title: 'Alliances around here', sub: 'Organisations that work together: who is in, who leads, how much was done together.', members: '{n} member|{n} members', lead: 'Led by {name}', since: 'founded {day}', none: 'No public alliances yet', none_text: 'They are listed here once streets and communities show them.', gone: 'There is no such alliance', gone_text: 'It may no longer be public, or it has ended.', all: 'All alliances',
    who: 'Members', others: '{n} more are not shown.', lists: 'What its members lack and offer', charter: 'Charter', work: 'Done together in a year', work_cases: '{n} case done together.|{n} cases done together.', work_calls: '{calls} calls for one another, {answered} answered.', work_none: 'No cases done together in the last year.',
    decided: 'Decided', by_day: 'by {day}', done: 'done', dropped: 'dropped', open: 'open', overdue: 'overdue', circulation: 'by circulation', planned: 'Coming up', k_resolution: 'Resolution', k_milestone: 'Milestone', k_pledge: 'Pledge', k_claim: 'Claim', k_need: 'Need',
    l_district: 'District', l_street: 'Street', l_community: 'Community',
  },
})
