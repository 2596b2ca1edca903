import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '审计', lead: '谁、何时、从哪里、做了什么。只增不改，每一条都和前一条环环相扣。', verify: '核对整条记录', whole: '完好：{n} 条，一条不缺、没有改动。', broken: '第 {n} 条起对不上：{why}', head: '末条', export: '导出',
    seq: '序号', at: '时间', who: '谁', action: '做了什么', object: '对象', from: '来自', nobody: '未登录', f_action: '操作，例如 case.dispatch', f_kind: '对象类型，例如 case', empty: '没有符合条件的记录', hash: '校验值', request: '请求',
  },
  en: {
    title: 'Audit', lead: 'Who did what, when, from where. Only ever added to; each row is chained to the one before.', verify: 'Verify the whole record', whole: 'Whole: {n} row, none missing or changed.|Whole: {n} rows, none missing or changed.', broken: 'From row {n} on it does not fit: {why}', head: 'Head', export: 'Export',
    seq: 'No.', at: 'When', who: 'Who', action: 'What', object: 'Object', from: 'From', nobody: 'not signed in', f_action: 'Action, such as case.dispatch', f_kind: 'Kind of object, such as case', empty: 'No such row', hash: 'Hash', request: 'Request',
  },
})
