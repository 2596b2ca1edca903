import { strings } from '@/app/i18n'

/* Reports of one matter: before sending, beside a case, merged. Shared by desk and portal. */
export const t = strings({
  zh: {
    before: '附近可能已有人反映过', before_text: '如果就是这件事，关注它就行，有进展会告诉您；不是就照常提交。', before_staff: '如果就是这件事，打开它补充说明；不是就照常上报。', near: '约 {n} 米内', here: '就在这一带', follow: '关注', unfollow: '不再关注', followed: '已关注，有进展会告诉您', unfollowed: '不再关注', open: '打开', reported: '{day} 上报',
    beside: '可能是同一件事', beside_text: '时间、地点、类别和用词相近。请对照着看；是同一件，就把这件并进去，经过和上报人都会保留。', apart: '相距 {n} 米', same_spot: '同一地点', days_apart: '相差 {n} 天', same_day: '同一天', words: '用词相同 {n}%', this_one: '这一件', that_one: '{code}', into: '并入 {code}', ended: '已经结束，不能并入；问题重现就照常办理。', photo: '照片',
    merged: '并入的上报 {n}', merged_into: '已并入', merged_goes_on: '这件事并入 {code} 办理。', followers: '关注', followers_n: '{n} 人', done: '已并入 {code}',
  },
  en: {
    before: 'This may be known already', before_text: 'If it is the same matter, follow it and you will be told of each step; if not, send your report as usual.', before_staff: 'If it is the same matter, open it and add to it; if not, report as usual.', near: 'within some {n} m', here: 'right around here', follow: 'Follow', unfollow: 'Follow no longer', followed: 'Followed: you will be told of each step', unfollowed: 'No longer followed', open: 'Open', reported: 'reported {day}',
    beside: 'May be the same matter', beside_text: 'Near in time, place, category and words. Compare them; if they are one, merge this one into it: both stories and both reporters are kept.', apart: '{n} m apart', same_spot: 'same spot', days_apart: '{n} day apart|{n} days apart', same_day: 'same day', words: '{n}% of the words', this_one: 'This one', that_one: '{code}', into: 'Merge into {code}', ended: 'It has ended and takes nothing in; if the problem is back, go on as usual.', photo: 'Photo',
    merged: 'Merged in: {n}', merged_into: 'Merged into', merged_goes_on: 'It goes on as {code}.', followers: 'Followers', followers_n: '{n} person|{n} people', done: 'Merged into {code}',
  },
})
