import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    // views
    views: '视图', views_all: '全部', views_mine: '我的视图', views_shared: '共享视图', view_save: '保存视图', view_manage: '管理视图', view_edit: '改名、共享', view_delete: '删除视图', view_shared_at: '{unit}共享', view_saved: '已保存“{name}”', view_deleted: '已删除“{name}”',
    save_view_title: '保存视图', edit_view_title: '修改视图', save_view_text: '现在的筛选、排序和显示方式会一起记住。', name: '名称', name_hint: '比如：本周到期、未签收', holder: '谁能看到', holder_own: '只有我', holder_unit: '{unit}及下级', replaces: '会替换同名的“{name}”。', delete_text: '“{name}”会被删除，筛选条件本身不受影响。', delete_shared: '“{name}”是{unit}共享的，删除后大家都看不到了。',
    // board
    board: '板', col_more: '再看 {n} 件', col_table: '其余的到表里看', col_none: '没有', col_label: '{state}，{n} 件', col_capped: '超过 {n}', board_label: '按状态分列的事项', board_left: '左边一列', board_right: '右边一列',
    // bulk
    bulk_loading: '正在看这些事项能做什么…', bulk_none: '所选事项没有共同的操作', bulk_many: '一次最多办 {n} 件，请少选一些', bulk_broken: '有 {n} 件没能打开', bulk_n: '{action} {n} 件', bulk_proposed: '各派给规则建议的单位', bulk_proposed_n: '（{n} 件有建议）', bulk_proposed_hint: '没有建议的不会派出，列在结果里。', bulk_preview: '第一件会写成：', bulk_lacks: '{n} 件缺{what}，模板填不上，不会办。', bulk_each: '每件单独办理，办不成的会说明原因。',
    run_title: '正在办理：{action}', run_progress: '{n} / {all} 件', run_stop: '停止', run_stopping: '正在停止…',
    report_title: '办理结果：{action}', report_done: '办成 {n} 件', report_failed: '没办成 {n} 件', report_stopped: '没有开始 {n} 件', line_done: '办成', line_failed: '没办成', line_stopped: '没有开始', line_waiting: '等待', line_running: '正在办', number: '编号', matter: '事项', result: '结果', reason: '原因', copy: '复制结果', copied: '结果已复制', copy_failed: '没有复制成，请直接选中表格', retry_failed: '重试没办成的', report_at: '{who} · {when}',
    why_now: '现在不能{action}：已是“{state}”', why_no_org: '没有规则指向任何单位', why_lacking: '这件没有{what}，模板填不上',
    ph_code: '编号', ph_title: '事项', ph_address: '地点', ph_area: '区域', ph_category: '类别', ph_org: '承办单位',
    // replies
    reply_use: '用模板', reply_none: '还没有模板', reply_keep: '存为模板', reply_mine: '我的模板', reply_shared: '共享模板', reply_title: '存为模板', reply_text: '以后在任何要写字的操作里都能用。花括号换成每件事自己的内容。', reply_words: '模板文字', reply_insert: '插入', reply_delete: '删除模板',
  },
  en: {
    views: 'Views', views_all: 'All', views_mine: 'My views', views_shared: 'Shared views', view_save: 'Save view', view_manage: 'Manage view', view_edit: 'Rename, share', view_delete: 'Delete view', view_shared_at: 'shared by {unit}', view_saved: 'Saved “{name}”', view_deleted: 'Deleted “{name}”',
    save_view_title: 'Save this view', edit_view_title: 'Change this view', save_view_text: 'Filters, order and way of showing are kept together.', name: 'Name', name_hint: 'Such as: due this week, not signed yet', holder: 'Who sees it', holder_own: 'Only me', holder_unit: '{unit} and below', replaces: 'Replaces “{name}”, which has this name.', delete_text: '“{name}” will be deleted; the filters themselves stay as they are.', delete_shared: '“{name}” is shared with {unit}; deleted, it is gone for everybody.',
    board: 'Board', col_more: 'Show {n} more', col_table: 'The rest in the table', col_none: 'None', col_label: '{state}, {n}', col_capped: 'more than {n}', board_label: 'Cases in columns by state', board_left: 'Column to the left', board_right: 'Column to the right',
    bulk_loading: 'Looking what can be done with these…', bulk_none: 'These cases have no action in common', bulk_many: 'At most {n} at once: select fewer', bulk_broken: '{n} could not be opened', bulk_n: '{action}: {n} case|{action}: {n} cases', bulk_proposed: 'Each to the organisation its rule proposes', bulk_proposed_n: '({n} have one)', bulk_proposed_hint: 'What has no proposal is not dispatched, and is listed in the report.', bulk_preview: 'The first one will read:', bulk_lacks: '{n} case lacks {what}: the reply cannot be filled in, it will not be done.|{n} cases lack {what}: the reply cannot be filled in, they will not be done.', bulk_each: 'Each case is done by itself; what cannot be done is listed with its reason.',
    run_title: 'Under way: {action}', run_progress: '{n} of {all}', run_stop: 'Stop', run_stopping: 'Stopping…',
    report_title: 'Report: {action}', report_done: 'done: {n}', report_failed: 'not done: {n}', report_stopped: 'not begun: {n}', line_done: 'Done', line_failed: 'Not done', line_stopped: 'Not begun', line_waiting: 'Waiting', line_running: 'Under way', number: 'Number', matter: 'Case', result: 'Result', reason: 'Reason', copy: 'Copy report', copied: 'Report copied', copy_failed: 'Could not copy: select the table instead', retry_failed: 'Try the others again', report_at: '{who} · {when}',
    why_now: '“{action}” is not possible now: the case is “{state}”', why_no_org: 'No rule names an organisation', why_lacking: 'This case has no {what}, which the reply needs',
    ph_code: 'number', ph_title: 'title', ph_address: 'place', ph_area: 'area', ph_category: 'category', ph_org: 'organisation',
    reply_use: 'Use a reply', reply_none: 'No replies yet', reply_keep: 'Keep as a reply', reply_mine: 'My replies', reply_shared: 'Shared replies', reply_title: 'Keep as a reply', reply_text: 'For any action that takes words. Braces become what each case has.', reply_words: 'Text of the reply', reply_insert: 'Insert', reply_delete: 'Delete reply',
  },
})
