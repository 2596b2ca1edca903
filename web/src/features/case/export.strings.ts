import { strings } from '@/app/i18n'

export const t = strings({
  zh: { export: '导出', heading: '把筛出来的事项做成', xlsx: 'Excel 表格', csv: 'CSV 文件', print: '打印这一页', running: '已写 {n} 件', failed: '导出没有做成，请再试一次' },
  en: { export: 'Export', heading: 'The cases found, as', xlsx: 'Excel workbook', csv: 'CSV file', print: 'Print this page', running: '{n} written', failed: 'The export failed; please try again' },
})
