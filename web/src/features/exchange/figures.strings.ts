import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '三张清单的指标', how: '怎样计算', alliance: '联盟', last_days: '最近 30 天，本区时间。', who: '谁', days: '用了几天', stars: '评价', n_stars: '{n} 星', days_median: '多久认领满（中位数）', n_days: '{n} 天', none: '期内没有。', counted_on: '计在：{day}', rate_is: '{part} ÷（{part} + {other}）', days_is: '期内认领满的需求，从发布到第一次认领满的天数，取中位数。',
  },
  en: {
    title: 'Figures of the three lists', how: 'How it is computed', alliance: 'Alliance', last_days: 'The last 30 days of the district.', who: 'Who', days: 'Took', stars: 'Review', n_stars: '{n} stars', days_median: 'Until taken on (median)', n_days: '{n} days', none: 'Nothing in the period.', counted_on: 'Counted on: {day}', rate_is: '{part} ÷ ({part} + {other})', days_is: 'Of the needs taken on in full in the period, the days from publishing until then; the median.',
  },
})
