import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '身边事', sub: '位置只到约 200 米的方格；文字经工作人员公开后才显示。', standing: '进度', all: '全部', open: '在办', closed: '已办结', category: '全部类别', count: '{n} 件', since: '{day} 以来', capped: '只显示最近的 {n} 件', cluster: '{n} 件，放大看', empty: '这里没有符合条件的事项', empty_text: '放宽条件，或者移动地图看看别处。', whole: '看全区', reported: '{day} 上报', map: '地图',
  },
  en: {
    title: 'Around here', sub: 'Places are shown to a square of some 200 m; words only where staff released them.', standing: 'Progress', all: 'All', open: 'Open', closed: 'Closed', category: 'All categories', count: '{n} case|{n} cases', since: 'since {day}', capped: 'only the newest {n}', cluster: '{n} cases: zoom in', empty: 'Nothing here fits', empty_text: 'Ask for less, or move the map.', whole: 'Whole district', reported: 'reported {day}', map: 'Map',
  },
})
