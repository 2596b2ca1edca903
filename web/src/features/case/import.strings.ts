import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '导入', lead: '先看会怎样，再动手；每一行不是进来了，就是说得出为什么没进来。', cases: '事项（CSV）', areas: '区域与组织', choose: '选择 CSV 或 .gz 文件', mapping: '按哪种表来读', no_mapping: '认不出这张表，请选一种读法。', looked: '看了前 {n} 行。', looked_bad: '其中 {n} 行进不来，原因写在右边。', looked_good: '都能进来。', dry: '试跑全部', start: '导入', preview: '前几行会这样进来', empty: '选一个文件开始', empty_text: '支持 UTF-8 的 CSV 和 gzip；同一个文件导两遍，不会多出一件。',
    row: '行', text: '内容', state: '状态', area: '落在', reported: '上报时间', problem: '进不来的原因', jobs: '最近的导入', errors: '下载没进来的行', stop: '停下', job_waiting: '等待', job_running: '进行中', job_done: '完成', job_failed: '失败', job_cancelled: '已停',
    n_rows: '共', n_created: '新增', n_same: '已有', n_changed: '源有变化', n_updated: '更新', n_refused: '没进来',
  },
  en: {
    title: 'Import', lead: 'See first, then do; each row is taken or named with its reason.', cases: 'Cases (CSV)', areas: 'Areas and organisations', choose: 'Choose a CSV or .gz file', mapping: 'Read it as', no_mapping: 'This layout is not known; choose how to read it.', looked: 'Looked at the first {n} row.|Looked at the first {n} rows.', looked_bad: '{n} of them would not be taken; the reason stands at the right.|{n} of them would not be taken; the reasons stand at the right.', looked_good: 'All would be taken.', dry: 'Try all of it', start: 'Import', preview: 'How the first rows would come in', empty: 'Choose a file to begin', empty_text: 'CSV in UTF-8, or gzip of it; importing a file twice adds nothing twice.',
    row: 'Row', text: 'Text', state: 'State', area: 'Lies in', reported: 'Reported', problem: 'Why it is not taken', jobs: 'Latest imports', errors: 'Rows not taken', stop: 'Stop', job_waiting: 'waiting', job_running: 'running', job_done: 'done', job_failed: 'failed', job_cancelled: 'stopped',
    n_rows: 'rows', n_created: 'new', n_same: 'known', n_changed: 'changed in the source', n_updated: 'updated', n_refused: 'not taken',
  },
})
