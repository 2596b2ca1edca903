import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    areas: '区域', areas_sub: '{n} 个', tree: '区域树', find: '按名称找', new_area: '新区域', redraw: '调整边界', history: '边界的历史', edit: '修改', close: '停用', closed: '已停用', saved: '已保存', choose_area: '从树上或地图上选一个区域', choose_area_text: '看它的边界、编码、谁在服务，也可以改。', 
    name: '名称', kind: '类型', code: '编码', parent: '上级', class: '分类', size: '面积', path: '位置', m2: '{n} 平方米', km2: '{n} 平方公里', no_shape: '还没有边界', since: '启用', outside_parent: '有 {n} 平方米在上级“{name}”之外', overlap: '与“{name}”重叠 {n} 平方米', cases_here: '看这里的事项', none: '还没有区域', none_text: '先从“导入”页导入边界（GeoJSON）。',
    empty: '没有找到', more_hits: '只列出前 {n} 个，再写几个字',
    k_district: '区', k_street: '街道', k_community: '社区', k_grid: '网格', k_micro_grid: '微网格', k_compound: '小区', k_building: '楼栋',
    o_working_committee: '党工委', o_committee: '党委', o_general_branch: '党总支', o_branch: '党支部', o_group: '党小组', o_street_office: '街道办事处', o_department: '部门', o_residents_committee: '居委会', o_owners_committee: '业委会', o_property_company: '物业公司', o_resident_unit: '驻区单位', o_new_economy_org: '两新组织', o_association: '社会组织', o_enterprise: '企业', o_school: '学校', o_hospital: '医疗机构', o_bank: '银行', o_shop: '商户', o_volunteer_team: '志愿队', o_rescue_team: '救援队', o_service_station: '党群服务站',
  },
  en: {
    areas: 'Areas', areas_sub: '{n}', tree: 'Tree of areas', find: 'Find by name', new_area: 'New area', redraw: 'Redraw', history: 'History of borders', edit: 'Change', close: 'Close', closed: 'closed', saved: 'Saved', choose_area: 'Choose an area from tree or map', choose_area_text: 'Its border, code and who serves it; change it here.', 
    name: 'Name', kind: 'Kind', code: 'Code', parent: 'Above', class: 'Class', size: 'Size', path: 'Within', m2: '{n} m²', km2: '{n} km²', no_shape: 'no border yet', since: 'Since', outside_parent: '{n} m² lie outside “{name}” above it', overlap: 'overlaps “{name}” by {n} m²', cases_here: 'Cases here', none: 'No areas yet', none_text: 'Import borders (GeoJSON) on the import page first.',
    empty: 'Nothing found', more_hits: 'The first {n}; type more to narrow it',
    k_district: 'District', k_street: 'Street', k_community: 'Community', k_grid: 'Grid', k_micro_grid: 'Micro-grid', k_compound: 'Compound', k_building: 'Building',
    o_working_committee: 'Working committee', o_committee: 'Committee', o_general_branch: 'General branch', o_branch: 'Branch', o_group: 'Group', o_street_office: 'Street office', o_department: 'Department', o_residents_committee: 'Residents’ committee', o_owners_committee: 'Owners’ committee', o_property_company: 'Property company', o_resident_unit: 'Resident unit', o_new_economy_org: 'New-economy organisation', o_association: 'Association', o_enterprise: 'Enterprise', o_school: 'School', o_hospital: 'Hospital', o_bank: 'Bank', o_shop: 'Shop', o_volunteer_team: 'Volunteer team', o_rescue_team: 'Rescue team', o_service_station: 'Service station',
  },
})
