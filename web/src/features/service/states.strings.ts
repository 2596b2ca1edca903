import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    o_review: '待审核', o_refused: '未通过', o_placed: '已约上', o_waiting: '候补', o_assigned: '已派单', o_under_way: '服务中', o_done: '已完成', o_cancelled: '已取消', o_no_show: '未到',
    free: '免费', at_cost: '成本价', yuan: '{n} 元', hours: '{n} 小时',
  },
  en: {
    o_review: 'To be reviewed', o_refused: 'Refused', o_placed: 'Placed', o_waiting: 'Waiting', o_assigned: 'Assigned', o_under_way: 'Under way', o_done: 'Done', o_cancelled: 'Cancelled', o_no_show: 'Not there',
    free: 'Free', at_cost: 'At cost', yuan: '{n} yuan', hours: '{n} h',
  },
})
