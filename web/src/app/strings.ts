/* Words that every page shares: actions, states of the network, time, the shell. */
import { strings } from './i18n'

export const t = strings({
  zh: {
    // shell
    brand: '邻里', skip: '跳到正文', modules: '模块', menu: '菜单', search: '搜索', search_hint: '搜事项、单位、地址、编号',
    find_case: '事项', find_area: '区域', find_org: '组织', find_person: '人员', find_category: '类别', find_all: '在事项里找“{words}”', find_by_contact: '按这个电话找事项（会留下记录）', find_filling: '较早的事项还在编入索引，暂时可能找不全。',
    synced: '已同步 {time}', offline: '没有网络', syncing: '正在同步', create: '新建', unit: '单位', my_account: '我的账户', sign_out: '退出登录',
    messages: '消息', messages_unread: '消息，{n} 条未读', messages_none: '没有消息',
    nav_work: '我的工作', nav_today: '今天', nav_cases: '事项', nav_call_backs: '回访', nav_report: '代为上报', nav_snap: '随手拍', nav_areas: '区域', nav_orgs: '组织网络', nav_alliances: '联盟', nav_directory: '公开目录', nav_exchange: '需求与资源', nav_services: '服务', nav_orders: '点单', nav_dispatch: '调度中心', nav_agreements: '共建协议', nav_projects: '项目', nav_people: '人员与岗位',
    nav_insight: '研判', nav_city: '全市',
    nav_categories: '类别与派遣规则', nav_clocks: '时限', nav_import: '导入', nav_systems: '系统对接', nav_audit: '审计', nav_settings: '设置', nav_help: '帮助与快捷键', nav_account: '我的',
    nav_outbox: '待发', out_unsent: '还有 {n} 项没有传上', out_unsent_text: '退出后，这台手机上看过的内容会清掉；没传上的留着，等您再登录时接着传，别人看不到。',
    nav_appointments: '聘任与聘书',
    group_net: '组织', group_rules: '规则与数据',
    // languages and looks
    language: '语言', theme: '外观', theme_auto: '跟随系统', theme_light: '浅色', theme_dark: '深色', theme_contrast: '高对比', elder: '长辈版',
    // actions
    ok: '好', cancel: '取消', close: '关闭', save: '保存', edit: '修改', remove: '删除', retry: '再试一次', back: '返回', more: '更多', clear: '清除', undo: '撤销', reload: '重新打开', open: '打开', print: '打印', export: '导出',
    optional: '可以不填', choose: '请选择', prev_page: '上一页', next_page: '下一页', select_all: '全选本页', select_row: '选 {name}', selected: '已选 {n} 件', unselect: '取消选择', all: '全部',
    // lists
    loading: '正在加载', nothing: '没有内容', nothing_found: '没有找到', filters: '筛选', remove_filter: '去掉“{name}”', sort_by: '按{name}排序', expand: '展开', collapse: '收起',
    // photos
    photo_add: '拍照或选照片', photo_more: '再拍一张', photo_remove: '删除第 {n} 张', photo_nth: '第 {n} 张照片', photo_privacy: '照片里的拍摄位置和设备信息会自动去掉。', photo_bad: '这张打不开，换一张', photo_full: '最多 {n} 张',
    // map
    map: '地图', zoom_in: '放大', zoom_out: '缩小', locate: '定位到我', locate_failed: '没有定位到，请在地图上点', map_pick: '在地图上点一下，或用方向键移动、回车选定', map_here: '选这里', map_picked: '已选 {at}',
    // path
    step_of: '{all} 步中的第 {at} 步', step_done: '已完成', step_now: '现在', step_ahead: '还没到',
    // time
    today: '今天', tomorrow: '明天', yesterday: '昨天', left: '还剩 {time}', over: '超 {time}', days: '{n} 天', hours: '{n} 小时', minutes: '{n} 分', just_now: '刚刚', ago: '{time}前',
    // errors
    err_title: '没有办成', err_network: '网络不通，填过的都还在。', err_network_title: '连不上', err_server: '系统出了点问题（{id}）。填过的都还在，请稍后再试。', err_forbidden: '您没有权限看这里。', err_gone: '这里没有内容，也许已被移走。', err_conflict: '别人刚改过，请看看再试。', err_fields: '有 {n} 处要改', err_page: '这个页面没有打开',
    // keys
    keys: '快捷键', key_search: '搜索', key_next: '下一件', key_prev: '上一件', key_open: '打开', key_help: '全部快捷键', key_close: '关闭', key_go: '先按 G，再按：', keys_on_page: '这一页', keys_everywhere: '每一页',
    not_found: '没有这个页面', not_found_text: '地址可能写错了，或者页面已经移走。', go_home: '回到我的工作',
  },
  en: {
    brand: 'Linli', skip: 'Skip to content', modules: 'Modules', menu: 'Menu', search: 'Search', search_hint: 'Search cases, units, addresses, numbers',
    find_case: 'Cases', find_area: 'Areas', find_org: 'Organisations', find_person: 'People', find_category: 'Categories', find_all: 'Look for “{words}” in the cases', find_by_contact: 'Find cases by this telephone (recorded)', find_filling: 'Older cases are still being indexed; some may be missing.',
    synced: 'Synced {time}', offline: 'Offline', syncing: 'Syncing', create: 'New', unit: 'Unit', my_account: 'My account', sign_out: 'Sign out',
    messages: 'Messages', messages_unread: 'Messages, {n} unread', messages_none: 'No messages',
    nav_work: 'My work', nav_today: 'Today', nav_cases: 'Cases', nav_call_backs: 'Call-backs', nav_report: 'Report for someone', nav_snap: 'Snap', nav_areas: 'Areas', nav_orgs: 'Organisations', nav_alliances: 'Alliances', nav_directory: 'Public directory', nav_exchange: 'Needs and resources', nav_services: 'Services', nav_orders: 'Orders', nav_dispatch: 'Dispatch', nav_agreements: 'Agreements', nav_projects: 'Projects', nav_people: 'People and posts',
    nav_insight: 'Insight', nav_city: 'City',
    nav_categories: 'Categories', nav_clocks: 'Time limits', nav_import: 'Import', nav_systems: 'Other systems', nav_audit: 'Audit', nav_settings: 'Settings', nav_help: 'Help and keys', nav_account: 'Me',
    nav_outbox: 'To be sent', out_unsent: '{n} thing is not sent yet|{n} things are not sent yet', out_unsent_text: 'Signing out clears what you have read on this device. What is not sent stays and goes on when you sign in again; nobody else sees it.',
    nav_appointments: 'Appointments',
    group_net: 'Network', group_rules: 'Rules and data',
    language: 'Language', theme: 'Appearance', theme_auto: 'As the system', theme_light: 'Light', theme_dark: 'Dark', theme_contrast: 'High contrast', elder: 'Large text',
    ok: 'OK', cancel: 'Cancel', close: 'Close', save: 'Save', edit: 'Edit', remove: 'Remove', retry: 'Try again', back: 'Back', more: 'More', clear: 'Clear', undo: 'Undo', reload: 'Reload', open: 'Open', print: 'Print', export: 'Export',
    optional: 'optional', choose: 'Choose', prev_page: 'Previous', next_page: 'Next', select_all: 'Select this page', select_row: 'Select {name}', selected: '{n} selected', unselect: 'Clear selection', all: 'All',
    loading: 'Loading', nothing: 'Nothing here', nothing_found: 'Nothing found', filters: 'Filters', remove_filter: 'Remove “{name}”', sort_by: 'Sort by {name}', expand: 'Expand', collapse: 'Collapse',
    photo_add: 'Take or choose a photo', photo_more: 'One more', photo_remove: 'Remove photo {n}', photo_nth: 'Photo {n}', photo_privacy: 'Place and device data are removed from photos.', photo_bad: 'Cannot be opened, choose another', photo_full: 'At most {n}',
    map: 'Map', zoom_in: 'Zoom in', zoom_out: 'Zoom out', locate: 'Find me', locate_failed: 'Could not find you: point on the map', map_pick: 'Click the map, or move with the arrow keys and press Enter', map_here: 'Choose here', map_picked: 'Chosen: {at}',
    step_of: 'Step {at} of {all}', step_done: 'done', step_now: 'now', step_ahead: 'to come',
    today: 'Today', tomorrow: 'Tomorrow', yesterday: 'Yesterday', left: '{time} left', over: '{time} over', days: '{n} day|{n} days', hours: '{n} h', minutes: '{n} min', just_now: 'just now', ago: '{time} ago',
    err_title: 'That did not work', err_network: 'No connection. What you typed is kept.', err_network_title: 'Cannot connect', err_server: 'Something broke on our side ({id}). What you typed is kept; please try again later.', err_forbidden: 'You may not see this.', err_gone: 'Nothing here; it may have been moved.', err_conflict: 'Somebody has just changed this. Please look, then try again.', err_fields: '{n} thing to correct|{n} things to correct', err_page: 'This page did not open',
    keys: 'Keyboard', key_search: 'Search', key_next: 'Next', key_prev: 'Previous', key_open: 'Open', key_help: 'All keys', key_close: 'Close', key_go: 'Press G, then:', keys_on_page: 'This page', keys_everywhere: 'Everywhere',
    not_found: 'No such page', not_found_text: 'The address may be wrong, or the page has moved.', go_home: 'Back to my work',
  },
})
