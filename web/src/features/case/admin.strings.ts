import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '类别与派遣规则', lead: '类别和地点定下来，规则就说得出该归谁、为什么。', rules: '派遣规则', categories: '类别', find: '找一找', new_rule: '新规则', edit_rule: '修改规则', new_category: '新类别', edit_category: '修改类别', saved: '已保存',
    code: '编码', name: '名称', parent: '上级', severity: '紧急程度', common: '常用次序', common_hint: '大于 0 的先给居民选，小的在前', kind: '种类', kind_matter: '管理事项', kind_object: '管理部件', kind_service: '服务', close: '停用', end: '停用',
    rule_no: '规则', category: '类别', area: '区域', org: '派给', automatic: '自动', automatic_on: '自动派', automatic_long: '不经派遣员，自动派遣（靠近边界的除外）', note: '说明', anything: '所有类别', anywhere: '全区', anything_hint: '更具体的规则优先：先看区域，再看类别', rule_text: '这一类、这一片的事派给谁。同样具体的规则不能有两条。', no_rules: '还没有规则', no_rules_text: '先加一条兜底的：全区、所有类别，派给一个单位。', name_zh: '中文名', name_en: '英文名',
  },
  en: {
    title: 'Categories and routing', lead: 'Given category and place, the rules say whose it is, and why.', rules: 'Routing rules', categories: 'Categories', find: 'Find', new_rule: 'New rule', edit_rule: 'Change rule', new_category: 'New category', edit_category: 'Change category', saved: 'Saved',
    code: 'Code', name: 'Name', parent: 'Under', severity: 'Severity', common: 'Offered as', common_hint: 'Above 0 it is offered to residents first, small numbers first', kind: 'Kind', kind_matter: 'Matters', kind_object: 'Objects', kind_service: 'Services', close: 'Close', end: 'End',
    rule_no: 'Rule', category: 'Category', area: 'Area', org: 'Goes to', automatic: 'Automatic', automatic_on: 'automatic', automatic_long: 'Dispatch without a dispatcher (except close to a border)', note: 'Note', anything: 'Everything', anywhere: 'Everywhere', anything_hint: 'The more specific rule wins: area first, then category', rule_text: 'Who gets cases of this kind in this area. No two rules may be equally specific.', no_rules: 'No rules yet', no_rules_text: 'Begin with one for everything, everywhere.', name_zh: 'Chinese name', name_en: 'English name',
  },
})
