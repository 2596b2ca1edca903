/* Whistle: organisations called to a case, and what each does with its task. */
import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '吹哨协办', sum: '{n} 家，已答复 {done}', work: '吹哨请你们报到',
    answer: '{at} 收到，联系了{who}；{by} 前完成。', received: '{at} 收到，还没有答复。',
    s_called: '待报到', s_received: '待答复', s_answered: '已答复', s_returned: '已退回', s_overruled: '免予答复', s_stopped: '随事项终止',
    f_received: '什么时候收到的', f_spoke_to: '联系了谁', f_done: '做了什么', f_done_by: '什么时候完成', f_done_by_hint: '已经完成的，填完成的时间', receive_text: '报到以后，请在时限内答复：何时收到、联系了谁、做了什么、何时完成。',
    return_hint: '不归你们管的，写明依据，最好指出归谁。', overrule_hint: '写明为什么不再等它答复；会留在经过里。',
  },
  en: {
    title: 'Organisations called', sum: '{n} called, {done} answered', work: 'You are called by whistle',
    answer: 'Received {at}, spoke to {who}; done by {by}.', received: 'Received {at}, not answered yet.',
    s_called: 'Called', s_received: 'To answer', s_answered: 'Answered', s_returned: 'Returned', s_overruled: 'Not awaited', s_stopped: 'Ended with it',
    f_received: 'When received', f_spoke_to: 'Whom you spoke to', f_done: 'What was done', f_done_by: 'Done by', f_done_by_hint: 'If it is done already, say when', receive_text: 'Once reported for, answer in time: when received, whom you spoke to, what was done, by when.',
    return_hint: 'If it is not yours, say on what ground, best with whose it is.', overrule_hint: 'Say why its answer is not awaited; it stays in the story.',
  },
})
