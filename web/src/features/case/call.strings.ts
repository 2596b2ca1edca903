/* After closing: calling reporters back, and appeals. */
import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '回访', waiting: '还有 {n} 件待回访', waiting_more: '待回访超过 {n} 件', none: '现在没有要回访的', none_text: '结案后，留了电话、自己还没有评价的上报人，到时间会排在这里。您经办过的事项由别人回访。',
    all_skipped: '剩下的都先跳过了', again: '从头再看', asked: '反映了什么', did: '办了什么', found: '核查结论', nothing_did: '没有写处置结果', tries: '打过的电话', try_n: '这是第 {n} 次打，最多 {most} 次。',
    open_case: '看整件事', skip: '先跳过', next_up: '接下来', closed_at: '{when} 结案', tried: '打过 {n} 次', call: '打电话问', hold: '这件事已为您留着，一刻钟内别人不会重复打。',
    hello: '“您好，您 {when}反映的‘{what}’，想听听您的意见。”', reached: '打通了吗', r_answered: '接通了', r_not_reached: '没打通', r_refused: '不愿回答', contacted: '承办单位在时限内联系过您吗', c_yes: '联系过', c_no: '没有联系', c_unknown: '说不清',
    solved: '问题解决了吗', s_yes: '解决了', s_partly: '部分解决', s_no: '没有解决', stars: '满意吗', star_1: '很不满意', star_2: '不满意', star_3: '一般', star_4: '满意', star_5: '很满意',
    word: '还说了什么', note: '记一笔，下次打的人看得到', save: '记下，下一件', later: '{n} 小时后再打。', last: '这是最后一次，再打不通就记为无法联系。', refused_text: '记为不愿回答，不再打扰，也不计入评价。',
    need_solved: '请选一项', saved: '已记下', said_no: '上报人说没有解决', said_no_text: '已提醒上一级。上报人自己可以要求重新办理，您有权的也可以现在重新办理。', reopen: '重新办理', next: '下一件',
    after: '回访与申诉', appeal_is: '申诉：{how}', state: '回访', state_waiting: '待回访', state_waiting_from: '待回访，{when} 起', state_answered: '已答复', state_unreachable: '无法联系', state_refused: '不愿回答', by_self: '上报人自己评价', by_call: '回访得知', line: '{who} {when}：{what}', said_contacted: '时限内联系过', said_not_contacted: '时限内没有联系', n_stars: '{n} 分',
    appeal: '申诉', decide: '裁定申诉', a_waiting: '待裁定', a_upheld: '成立，不计入评价', a_refused: '不成立，照常计入', a_by: '{who} {when} 提出', a_decided: '{who} {when} 裁定', g_beyond_powers: '超出职权', g_unreachable: '联系不上上报人', g_not_theirs: '不归本单位', g_rating: '评价与实际不符', g_other: '其他', my_calls: '有 {n}{more} 件结案事项等您回访', go: '去回访',
  },
  en: {
    title: 'Call-backs', waiting: '{n} call-back waits|{n} call-backs wait', waiting_more: 'more than {n} wait', none: 'Nobody to call back now', none_text: 'Once a case is closed, reporters who left a telephone and have not rated it themselves come here when it is time. What you had a part in, somebody else calls about.',
    all_skipped: 'The others were skipped for now', again: 'From the beginning', asked: 'What was reported', did: 'What was done', found: 'What was verified', nothing_did: 'No result was written', tries: 'Calls so far', try_n: 'This is call {n} of {most} at most.',
    open_case: 'See the whole case', skip: 'Skip for now', next_up: 'Next', closed_at: 'closed {when}', tried: 'tried once|tried {n} times', call: 'Call and ask', hold: 'This one is kept for you: nobody else calls within a quarter of an hour.',
    hello: '“Good day. On {when} you told us: “{what}”. May we ask how it went?”', reached: 'Did you reach them?', r_answered: 'Yes', r_not_reached: 'Not reached', r_refused: 'Would not answer', contacted: 'Did whoever handled it contact you in time?', c_yes: 'Yes', c_no: 'No', c_unknown: 'Not sure',
    solved: 'Is the problem solved?', s_yes: 'Solved', s_partly: 'Partly', s_no: 'Not solved', stars: 'How satisfied?', star_1: 'Very unsatisfied', star_2: 'Unsatisfied', star_3: 'So-so', star_4: 'Satisfied', star_5: 'Very satisfied',
    word: 'What else they said', note: 'A note for whoever calls next', save: 'Keep, and next', later: 'It is tried again after {n} hour.|It is tried again after {n} hours.', last: 'This was the last try: they count as unreachable.', refused_text: 'They are not troubled again, and it does not count in the rates.',
    need_solved: 'Please choose', saved: 'Kept', said_no: 'The reporter says it is not solved', said_no_text: 'The level above has been told. The reporter may have it done again; so may you, if you have the right.', reopen: 'Reopen', next: 'Next one',
    after: 'Call-back, appeal', appeal_is: 'Appeal: {how}', state: 'Call-back', state_waiting: 'waiting', state_waiting_from: 'waiting, from {when}', state_answered: 'answered', state_unreachable: 'unreachable', state_refused: 'would not answer', by_self: 'rated by the reporter', by_call: 'told in a call-back', line: '{who} {when}: {what}', said_contacted: 'contacted in time', said_not_contacted: 'not contacted in time', n_stars: '{n} of 5',
    appeal: 'Appeal', decide: 'Decide the appeal', a_waiting: 'to be decided', a_upheld: 'upheld: left out of scores', a_refused: 'refused: counts as before', a_by: 'by {who}, {when}', a_decided: 'decided by {who}, {when}', g_beyond_powers: 'Beyond our powers', g_unreachable: 'Reporter cannot be reached', g_not_theirs: 'Not ours', g_rating: 'The rating does not fit', g_other: 'Other', my_calls: '{n}{more} closed case waits for your call-back|{n}{more} closed cases wait for your call-back', go: 'Call back',
  },
})
