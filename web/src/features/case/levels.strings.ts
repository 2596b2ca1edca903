/* Levels: supervision from above, and which level holds a case. */
import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '督办', by: '{area}督办', due: '要求 {when} 前办结', unanswered: '还没有答复', answered: '{at} 已答复', answer_by: '承诺 {by} 办完', why_late: '为什么晚：{why}',
    mark_due: '督办 · {when}', work_own: '督办中', work_theirs: '我们督办的', held: '现归', held_mark: '现归{name}', handed: '交办给', handed_mark: '交给{name}',
    hint_answer: '{area}在督办，请先答复：办到哪一步、为什么晚、哪天办完。', hint_look: '承办的已经答复：看得过去就解除，看不过去就等到办结。',
  },
  en: {
    title: 'Supervision', by: 'Supervised by {area}', due: 'Expected by {when}', unanswered: 'Not answered yet', answered: 'Answered {at}', answer_by: 'to be done by {by}', why_late: 'Why late: {why}',
    mark_due: 'Supervised · {when}', work_own: 'Under supervision', work_theirs: 'We supervise', held: 'Held by', held_mark: 'with {name}', handed: 'Handed to', handed_mark: 'for {name}',
    hint_answer: '{area} supervises it. Answer first: how far it is, why it took so long, by when it will be done.', hint_look: 'It has been answered. Lift the supervision if that will do, or wait until it is closed.',
  },
})
