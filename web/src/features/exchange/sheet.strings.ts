import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '从表格登记资源', lead: '一行一项资源，单位写名称或统一社会信用代码。要有：单位、资源、类别、数量；其余可以不填。日期写 2026-12-31，星期写“周一至周五”或“135”，时间写 9:00。', choose: '选择 CSV 或 Excel 文件', sample: '下载样表', fate: '会怎样', fate_new: '登记', fate_same: '已有，不重复登记', fate_bad: '有问题', seen: '每一行会怎样', row_n: '第 {n} 行', empty: '没有可读的行。',
    bad: '{n} 行里有 {bad} 行不对。改好再选一次，或者先登记没有问题的行。', good: '将登记 {created} 项；已有 {same} 项。', done: '已登记 {created} 项；已有 {same} 项；有问题没有登记的 {bad} 项。', written: '已登记 {n} 项', enter: '登记 {n} 项', enter_sound: '只登记没有问题的 {n} 项', all: '全部 {n} 行', begin: '选一张表', begin_text: '先逐行看会怎样，确认后才写入。',
  },
  en: {
    title: 'Resources from a sheet', lead: 'One resource a row; the organisation by its name or credit code. Needed: organisation, resource, category, quantity; all else may be empty. Dates such as 2026-12-31, days such as “Mon-Fri” or “135”, times such as 9:00.', choose: 'Choose a CSV or Excel file', sample: 'Sample file', fate: 'What happens', fate_new: 'is entered', fate_same: 'is there already', fate_bad: 'has a fault', seen: 'What becomes of each row', row_n: 'row {n}', empty: 'There is no row to read.',
    bad: '{bad} of {n} rows are not right. Mend them and choose the file again, or enter the rows that are right.', good: '{created} would be entered; {same} are there already.', done: '{created} entered; {same} were there already; {bad} not right and left out.', written: '{n} entered', enter: 'Enter {n}', enter_sound: 'Enter the {n} that are right', all: 'All {n} rows', begin: 'Choose a sheet', begin_text: 'First each row and what becomes of it; nothing is written before you agree.',
  },
})
