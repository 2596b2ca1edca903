import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    open: '从表格登记', title: '从表格登记资源和服务', lead: '一行一项，资源和服务可以在同一张表里。单位写名称或统一社会信用代码。要有：清单（资源或服务，不写算资源）、单位、名称、类别；资源还要有数量。服务写了星期、时间和数量（每次名额），就会提前排出可预约的时段；不写就是另约时间。日期写 2026-12-31，星期写“周一至周五”或“135”，时间写 9:00，价格写“免费”或几元。',
    choose: '选择 CSV 或 Excel 文件', sample: '下载样表', fate: '会怎样', fate_new: '登记', fate_same: '已有，不重复登记', fate_bad: '有问题', fault: '{column}：{message}', seen: '每一行会怎样', row_n: '第 {n} 行', list_resource: '资源', list_service: '服务', how_much: '数量或价格', places: '每次 {n} 人', empty: '没有可读的行。', resources: '{n} 项资源', services: '{n} 项服务', both: '{resources} 项资源、{services} 项服务',
    bad: '{n} 行里有 {bad} 行不对。改好再选一次，或者先登记没有问题的行。', good: '将登记 {what}；已有 {same} 项。', done: '已登记 {what}；已有 {same} 项；有问题没有登记的 {bad} 项。', written: '已登记 {what}', enter: '登记 {what}', enter_sound: '只登记没有问题的 {what}', all: '全部 {n} 行', begin: '选一张表', begin_text: '先逐行看会怎样，确认后才写入。',
  },
  en: {
    open: 'From a sheet', title: 'Resources and services from a sheet', lead: 'One thing a row; resources and services may share the sheet. The organisation by its name or credit code. Needed: list (resource or service; empty is resource), organisation, title, category; of a resource the quantity too. A service with days, times and a quantity (places each time) has its times made ahead; without them it is by appointment. Dates such as 2026-12-31, days such as “Mon-Fri” or “135”, times such as 9:00, prices “free” or in yuan.',
    choose: 'Choose a CSV or Excel file', sample: 'Sample file', fate: 'What happens', fate_new: 'is entered', fate_same: 'is there already', fate_bad: 'has a fault', fault: '{column}: {message}', seen: 'What becomes of each row', row_n: 'row {n}', list_resource: 'resource', list_service: 'service', how_much: 'Quantity or price', places: '{n} each time', empty: 'There is no row to read.', resources: 'resources: {n}', services: 'services: {n}', both: 'resources: {resources}, services: {services}',
    bad: '{bad} of {n} rows are not right. Mend them and choose the file again, or enter the rows that are right.', good: 'Would be entered: {what}; there already: {same}.', done: 'Entered: {what}; there already: {same}; left out as not right: {bad}.', written: 'Entered: {what}', enter: 'Enter ({what})', enter_sound: 'Enter what is right ({what})', all: 'All {n} rows', begin: 'Choose a sheet', begin_text: 'First each row and what becomes of it; nothing is written before you agree.',
  },
})
