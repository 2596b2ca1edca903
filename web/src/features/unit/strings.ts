import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    areas: '区域', areas_sub: '{n} 个', orgs: '组织', orgs_sub: '{n} 家', tree: '区域树', org_tree: '组织树', find: '按名称找', new_area: '新区域', new_org: '新组织', edit: '修改', close: '停用', closed: '已停用', saved: '已保存', choose_area: '从树上或地图上选一个区域', choose_area_text: '看它的边界、编码、谁在服务，也可以改。', choose_org: '从左边选一个组织', choose_org_text: '看它服务哪些区域、上级和联系方式。',
    name: '名称', kind: '类型', code: '编码', parent: '上级', class: '分类', size: '面积', served_by: '服务单位', path: '位置', m2: '{n} 平方米', km2: '{n} 平方公里', no_shape: '还没有边界', since: '启用', outside_parent: '有 {n} 平方米在上级“{name}”之外', overlap: '与“{name}”重叠 {n} 平方米', cases_here: '看这里的事项', none: '还没有区域', none_text: '先从“导入”页导入边界（GeoJSON）。',
    credit: '统一社会信用代码', credit_form: '代码不是 18 位规定字符，已照样保存', credit_check: '校验位对不上，请再核对；已照样保存', area_of: '所在区域', serves: '服务区域', contact: '电话', public: '公开名录', public_yes: '公开显示', public_no: '不公开', see: '看号码', why: '为什么要看', edit_serves: '改服务区域', serves_hint: '从这里起服务这些区域', add: '加一个区域', orgs_none: '还没有组织', orgs_none_text: '加上街道、社区、部门和物业，派遣规则才有去处。', empty: '没有找到',
    k_district: '区', k_street: '街道', k_community: '社区', k_grid: '网格', k_micro_grid: '微网格', k_compound: '小区', k_building: '楼栋',
    o_working_committee: '党工委', o_committee: '党委', o_general_branch: '党总支', o_branch: '党支部', o_group: '党小组', o_street_office: '街道办事处', o_department: '部门', o_residents_committee: '居委会', o_owners_committee: '业委会', o_property_company: '物业公司', o_resident_unit: '驻区单位', o_new_economy_org: '两新组织', o_association: '社会组织', o_enterprise: '企业', o_school: '学校', o_hospital: '医疗机构', o_bank: '银行', o_shop: '商户', o_volunteer_team: '志愿队', o_rescue_team: '救援队',
  },
  en: {
    areas: 'Areas', areas_sub: '{n}', orgs: 'Organisations', orgs_sub: '{n}', tree: 'Tree of areas', org_tree: 'Tree of organisations', find: 'Find by name', new_area: 'New area', new_org: 'New organisation', edit: 'Change', close: 'Close', closed: 'closed', saved: 'Saved', choose_area: 'Choose an area from tree or map', choose_area_text: 'Its border, code and who serves it; change it here.', choose_org: 'Choose an organisation', choose_org_text: 'Which areas it serves, what is above it, how to reach it.',
    name: 'Name', kind: 'Kind', code: 'Code', parent: 'Above', class: 'Class', size: 'Size', served_by: 'Served by', path: 'Within', m2: '{n} m²', km2: '{n} km²', no_shape: 'no border yet', since: 'Since', outside_parent: '{n} m² lie outside “{name}” above it', overlap: 'overlaps “{name}” by {n} m²', cases_here: 'Cases here', none: 'No areas yet', none_text: 'Import borders (GeoJSON) on the import page first.',
    credit: 'Unified social credit code', credit_form: 'Not 18 of the allowed characters; kept as it is', credit_check: 'The check character differs, please look again; kept as it is', area_of: 'Belongs to', serves: 'Serves', contact: 'Telephone', public: 'Directory', public_yes: 'shown publicly', public_no: 'not shown', see: 'Show number', why: 'Why you need it', edit_serves: 'Change what it serves', serves_hint: 'It serves these from now on', add: 'Add an area', orgs_none: 'No organisations yet', orgs_none_text: 'Add offices, communities, departments and property companies, so that rules have somewhere to send.', empty: 'Nothing found',
    k_district: 'District', k_street: 'Street', k_community: 'Community', k_grid: 'Grid', k_micro_grid: 'Micro-grid', k_compound: 'Compound', k_building: 'Building',
    o_working_committee: 'Working committee', o_committee: 'Committee', o_general_branch: 'General branch', o_branch: 'Branch', o_group: 'Group', o_street_office: 'Street office', o_department: 'Department', o_residents_committee: 'Residents’ committee', o_owners_committee: 'Owners’ committee', o_property_company: 'Property company', o_resident_unit: 'Resident unit', o_new_economy_org: 'New-economy organisation', o_association: 'Association', o_enterprise: 'Enterprise', o_school: 'School', o_hospital: 'Hospital', o_bank: 'Bank', o_shop: 'Shop', o_volunteer_team: 'Volunteer team', o_rescue_team: 'Rescue team',
  },
})

const AREA_KINDS = ['district', 'street', 'community', 'grid', 'micro_grid', 'compound', 'building'] as const
const ORG_KINDS = ['working_committee', 'committee', 'general_branch', 'branch', 'group', 'street_office', 'department', 'residents_committee', 'owners_committee', 'property_company', 'resident_unit', 'new_economy_org', 'association', 'enterprise', 'school', 'hospital', 'bank', 'shop', 'volunteer_team', 'rescue_team'] as const

/** Kinds are a setting: one of the place's own shows its own word. */
export const areaKind = (kind: string): string => (AREA_KINDS.some((one) => one === kind) ? t(`k_${kind as (typeof AREA_KINDS)[number]}`) : kind)
export const orgKind = (kind: string): string => (ORG_KINDS.some((one) => one === kind) ? t(`o_${kind as (typeof ORG_KINDS)[number]}`) : kind)
export const areaKinds = (): { value: string; label: string }[] => AREA_KINDS.map((value) => ({ value, label: areaKind(value) }))
export const orgKinds = (): { value: string; label: string }[] => ORG_KINDS.map((value) => ({ value, label: orgKind(value) }))
