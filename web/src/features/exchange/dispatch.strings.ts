import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '调度中心', could_do: '这个月能帮上的', with: '用“{title}”', board: '看板', map: '地图', lead: '把闲着的资源拖到缺的需求上，或者两边各选一个，就填好了认领单。', needs: '还缺的', idle: '闲着的', due: '一周内到期', need: '需求', resource: '资源', mark: '有', choose: '选', chosen: '已选', choose_one: '选“{title}”', then_resource: '已选。再选一项资源。', then_need: '已选。再选一个需求。', let_go: '不选了',
    all_needs: '全部 {n} 项', all_idle: '全部 {n} 项', more_needs: '还有 {n} 项，在需求清单里', no_needs: '没有还缺的需求', no_needs_text: '新发布的需求会按紧急程度排在这里。', no_idle: '没有闲着的资源', no_idle_text: '请单位登记愿意拿出来的，或者等占用的办好。', no_due: '一周内没有要办好的。', no_pins: '这些需求和资源都没有标位置。',
  },
  en: {
    title: 'Dispatch', could_do: 'What it could do this month', with: 'with “{title}”', board: 'Board', map: 'Map', lead: 'Drag an idle resource on a need, or choose one of each: the form to take it on comes filled in.', needs: 'Wanted', idle: 'Idle', due: 'Due within a week', need: 'Need', resource: 'Resource', mark: '+', choose: 'Choose', chosen: 'Chosen', choose_one: 'Choose “{title}”', then_resource: 'is chosen. Now choose a resource.', then_need: 'is chosen. Now choose a need.', let_go: 'Let go',
    all_needs: 'All {n}', all_idle: 'All {n}', more_needs: '{n} more on the list of needs', no_needs: 'Nothing is wanted', no_needs_text: 'Needs that are published stand here, the most urgent first.', no_idle: 'Nothing lies idle', no_idle_text: 'Ask organisations to list what they would lend, or wait until what is held is done.', no_due: 'Nothing falls due within a week.', no_pins: 'None of these has a place on the map.',
  },
})
