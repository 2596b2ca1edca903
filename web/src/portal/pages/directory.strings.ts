import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '找谁办', sub: '按名称、拼音或首字母找，例如“梧桐里”“wtl”；不知道归哪里管，就看看“我在哪”。', find: '找单位、社区或人', none: '没有找到“{q}”', none_text: '换个说法，或者从街道一级一级往下找。',
    locate: '我在哪，归谁管', locating: '正在定位…', locate_failed: '定位没有成功。可以在地图上点出您的位置。', on_map: '在地图上点', map: '点出您的位置', not_kept: '位置只用来回答这一次，不会保存。',
    here: '您这里归', outside: '这个位置不在本区范围内', outside_text: '换一个位置看看，或者按名称找。', near: '您在边界附近，也可能属于：{names}', nearby: '附近可以去的地方', metres: '约 {n} 米',
    browse: '从街道找起', below: '下面有', no_people: '还没有公开的负责人。', orgs: '这里的单位', more_orgs: '还有 {n} 个单位', call: '拨打 {phone}', address: '地址', hours: '时间', place: '位置', belongs: '所在区域',
    gone: '没有这个单位，或者没有公开', gone_text: '它可能已经停用。从头找找看。', all: '回到找谁办', updated: '{day} 更新', lists: '这里缺什么、有什么', report: '反映这里的问题', unknown: '电话和地址还没有公布。可以先打 12345，或者直接反映。',
  },
  en: {
    title: 'Who to turn to', sub: 'Find by name or by how it is said in pinyin, such as wtl. Not sure whose it is? Look where you stand.', find: 'A place, an organisation or a person', none: 'Nothing is called “{q}”', none_text: 'Try another word, or start from the streets.',
    locate: 'Who is responsible where I stand', locating: 'Finding your position…', locate_failed: 'Your position was not found. Point to it on the map instead.', on_map: 'Point on the map', map: 'Where are you?', not_kept: 'The position answers this question alone and is not kept.',
    here: 'Responsible here', outside: 'This place lies outside the district', outside_text: 'Try another place, or look for a name.', near: 'A border is close by; it may also be: {names}', nearby: 'Places to go nearby', metres: 'some {n} m',
    browse: 'Start from the streets', below: 'Below it', no_people: 'Nobody is shown yet.', orgs: 'Organisations here', more_orgs: '{n} more organisation|{n} more organisations', call: 'Call {phone}', address: 'Address', hours: 'Open', place: 'Where', belongs: 'Lies in',
    gone: 'There is no such unit, or it is not public', gone_text: 'It may have closed. Start over.', all: 'Back to the directory', updated: 'as of {day}', lists: 'What is wanted and offered here', report: 'Report a problem here', unknown: 'No telephone or address has been published yet. Call 12345, or report here.',
  },
})
