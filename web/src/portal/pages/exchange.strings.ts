import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '三张清单：需求、资源、服务', lead: '社区和单位现在缺什么、能拿出什么、能做什么。想帮忙或想用，请找所在社区；服务可以直接预约。这里不写任何人的名字和住址。', services: '能做什么', no_services: '现在没有可以预约的服务。', next: '最近 {when}', packages: '套餐', holds: '包含：{names}', all_services: '全部 {n} 项服务', needs: '缺什么', resources: '有什么', no_needs: '现在没有公开的需求。', no_resources: '现在没有公开的资源。', wanted: '还缺 {n}', helps: '惠及 {n} 人', from: '{day}起', until: '{day}前', help: '想帮忙，找{name}', have: '想用，找{name}', not_public: '由社区联系', serves: '服务{name}', u_soon: '较急', u_urgent: '紧急', and: '、', day_1: '周一', day_2: '周二', day_3: '周三', day_4: '周四', day_5: '周五', day_6: '周六', day_7: '周日', gone: '没有这张清单', gone_text: '可能已停用，或者不公开。', all: '全区的清单',
  },
  en: {
    title: 'Three lists: needs, resources, services', lead: 'What communities and organisations lack, what they would lend or give, and what they do for residents. To help, or to have something, ask the community; a service is ordered here. Nobody is named.', services: 'What can be ordered', no_services: 'No service can be ordered now.', next: 'next {when}', packages: 'Packages', holds: 'holds {names}', all_services: 'All {n} services', needs: 'Wanted', resources: 'Offered', no_needs: 'Nothing is publicly asked for now.', no_resources: 'Nothing is publicly offered now.', wanted: '{n} still wanted', helps: 'helps {n}', from: 'from {day}', until: 'until {day}', help: 'To help, ask {name}', have: 'To have it, ask {name}', not_public: 'through the community', serves: 'serves {name}', u_soon: 'Soon', u_urgent: 'Urgent', and: ', ', day_1: 'Mon', day_2: 'Tue', day_3: 'Wed', day_4: 'Thu', day_5: 'Fri', day_6: 'Sat', day_7: 'Sun', gone: 'No such lists', gone_text: 'Perhaps no longer in use, or not public.', all: 'Lists of the district',
  },
})
