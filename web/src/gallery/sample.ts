/* Invented content for the gallery. */
import type { Event } from '@/app/components/Timeline.vue'
import type { Step } from '@/app/components/StepPath.vue'
import type { TreeNode } from '@/app/components/Tree.vue'
import type { Areas, Pin } from '@/app/geo'
import type { Shape } from '@/app/shapes'

const DAY = 86_400_000
export const NOW = Date.UTC(2026, 4, 14, 1, 42)

export interface Line {
  id: string
  code: string
  title: string
  note?: string
  category: string
  place: string
  org: string
  shape: Shape
  state: string
  due: number
}

export const lines: Line[] = [
  { id: '1', code: '260509-0172', title: '地下车库渗水，坡道湿滑', category: '房屋 / 渗漏', place: '和悦家园 3 号院', org: '众邻物业', shape: 'late', state: '待核查', due: NOW - 72 * 60_000 },
  { id: '2', code: '260512-0387', title: '3 号楼东侧井盖破损，晚上有人绊倒', note: '吹哨 2/3', category: '公共设施 / 井盖', place: '和悦家园 3 号楼东', org: '梧桐里社区', shape: 'run', state: '处置中', due: NOW + 108 * 60_000 },
  { id: '3', code: '260514-0022', title: '电动车从窗口拉线充电', category: '消防 / 飞线', place: '5 号楼 2 单元', org: '第三网格', shape: 'sign', state: '待签收', due: NOW + 138 * 60_000 },
  { id: '4', code: '260511-0150', title: '梧桐公园南门路灯不亮', note: '返工 1', category: '公共设施 / 路灯', place: '梧桐公园南门', org: '区照明所', shape: 'back', state: '返工', due: NOW + DAY + 400 * 60_000 },
  { id: '5', code: '260508-0140', title: '二次供水泵房夜里有异响', category: '房屋 / 供水', place: '和悦家园 2 号院', org: '区供水所', shape: 'pause', state: '挂账', due: NOW + 2 * DAY },
]

export const steps: Step[] = [
  { key: 'a', name: '上报', state: 'done', at: '5-12 08:05', note: '居民' },
  { key: 'b', name: '受理', state: 'done', at: '5-12 08:40', note: '沈知夏' },
  { key: 'c', name: '派遣', state: 'done', at: '5-12 10:40', note: '退单后改派' },
  { key: 'd', name: '处置', state: 'now', at: '5-15 16:20 前', note: '梧桐里社区牵头' },
  { key: 'e', name: '核查', state: 'ahead', at: '处置后 4 工作小时', note: '第三网格' },
  { key: 'f', name: '结案', state: 'ahead' },
  { key: 'g', name: '评价', state: 'ahead', note: '上报人' },
]

export const events: Event[] = [
  { key: '1', shape: 'done', who: '区排水所', what: '答复吹哨', at: NOW - 17 * 3_600_000, text: '下井看过，管道通畅，无需施工。井壁完好，可以直接换盖。' },
  { key: '2', shape: 'run', who: '梧桐里社区 沈知夏', what: '签收并吹哨 3 家', at: NOW - 41 * 3_600_000 },
  { key: '3', shape: 'back', who: '众邻物业', what: '退单', at: NOW - 47 * 3_600_000, text: '这口井是市政雨水井，不在物业管养范围，附管养图。' },
  { key: '4', shape: 'wait', who: '居民', what: '上报', at: NOW - 49 * 3_600_000, text: '3 号楼东边路口的井盖碎了一半，晚上没有灯，昨天有人绊了一下。' },
]

export const tree: TreeNode[] = [
  { id: 'd', label: '示范区', icon: 'map', note: '1,284', children: [
    { id: 's1', label: '银杏街道', note: '341', children: [
      { id: 'c1', label: '梧桐里社区', note: '47', children: [{ id: 'g1', label: '第三网格', note: '12' }, { id: 'g2', label: '第四网格', note: '9' }] },
      { id: 'c2', label: '桂香园社区', note: '38' },
    ] },
    { id: 's2', label: '望湖街道', note: '402', branch: true },
  ] },
]

const box = (id: string, name: string, x: number, y: number, q?: number): Areas['features'][number] => ({
  type: 'Feature',
  properties: { id, name, ...(q ? { q } : {}) },
  geometry: { type: 'Polygon', coordinates: [[[x, y], [x + 0.0105, y + 0.0006], [x + 0.0098, y + 0.0081], [x - 0.0007, y + 0.0074], [x, y]]] },
})
export const areas: Areas = { type: 'FeatureCollection', features: [box('a', '梧桐里社区', 121.47, 31.23), box('b', '桂香园社区', 121.4805, 31.2306), box('c', '杏林社区', 121.4693, 31.2374), box('d', '清河社区', 121.4798, 31.2381)] }
export const levels: Areas = { type: 'FeatureCollection', features: [box('a', '梧桐里', 121.47, 31.23, 1), box('b', '桂香园', 121.4805, 31.2306, 4), box('c', '杏林', 121.4693, 31.2374, 2), box('d', '清河', 121.4798, 31.2381, 5)] }
export const pins: Pin[] = [
  { id: '1', lon: 121.4731, lat: 31.2352, title: '地下车库渗水，逾期', shape: 'late', label: '1' },
  { id: '2', lon: 121.4767, lat: 31.2331, title: '井盖破损，处置中', shape: 'run', label: '3' },
  { id: '3', lon: 121.4832, lat: 31.2362, title: '路灯不亮，今天到期', shape: 'due' },
  { id: '4', lon: 121.4862, lat: 31.2412, title: '已结案', shape: 'done' },
]
