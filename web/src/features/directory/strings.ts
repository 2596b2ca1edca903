import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '公开目录', sub: '居民在“找谁办”里看到的电话、地址和人。单位要标为公开，人要同意公开，这里才会出现。', see: '居民看到的样子', find: '按名称、拼音或首字母找',
    name: '单位', kind: '类型', phone: '电话', address: '地址与时间', where: '地址', where_hint: '组织资料里填过的公开地址和时间会一起显示，不用再填', people: '公开的人', place: '位置', updated: '最近更新', missing: '还缺', missing_phone: '没有电话', missing_person: '没有公开的人', missing_place: '没有位置', area: '所在区域',
    none: '没有符合条件的单位', none_text: '放宽条件再看看。', never: '从未填写', edit: '填写', edit_of: '{name} 的公开信息', phone_hint: '办公电话，不要填个人手机号', hours: '开放时间', hours_hint: '例如：周一至周五 8:30—17:30', note: '能办什么', on_map: '在地图上的位置', no_place: '不标位置', saved: '已公布', people_hint: '人从岗位和本人同意而来，在“人员”里改。',
  },
  en: {
    title: 'Public directory', sub: 'Telephones, addresses and people that residents find. A unit must be marked public, a person must have agreed.', see: 'As residents see it', find: 'By name, or how it is said in pinyin',
    name: 'Unit', kind: 'Kind', phone: 'Telephone', address: 'Address and hours', where: 'Address', where_hint: 'A public address or hours among the organisation’s own fields are shown anyway; no need to repeat them', people: 'People shown', place: 'Place', updated: 'Last changed', missing: 'Missing', missing_phone: 'No telephone', missing_person: 'Nobody shown', missing_place: 'No place', area: 'In the area',
    none: 'No unit fits', none_text: 'Ask for less.', never: 'never filled in', edit: 'Fill in', edit_of: 'What is public of {name}', phone_hint: 'The office’s number, never a person’s own', hours: 'Open', hours_hint: 'Such as: Monday to Friday, 8:30 to 17:30', note: 'What one can do there', on_map: 'On the map', no_place: 'Show no place', saved: 'Published', people_hint: 'People come from their posts and their consent: change them under People.',
  },
})
