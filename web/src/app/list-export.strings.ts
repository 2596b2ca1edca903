import { strings } from './i18n'

export const t = strings({
  zh: { heading: '把筛出来的做成', xlsx: 'Excel 表格', csv: 'CSV 文件', done: '已导出', failed: '导出没有做成，请再试一次' },
  en: { heading: 'What was found, as', xlsx: 'Excel workbook', csv: 'CSV file', done: 'Exported', failed: 'The export failed; please try again' },
})
