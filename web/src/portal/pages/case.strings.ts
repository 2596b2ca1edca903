import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '我的事项', number: '编号 {code}', reported: '{when} 上报', next: '接下来', when: '什么时候', not_fixed: '没修好',
    next_rate: '请您评一评这件事办得怎么样', next_reply: '请您补充一点情况', next_reply_late: '没有等到您的补充，先结束了；现在补充，会重新受理', next_wait: '{step}，有进展这里就能看到', next_closed: '这件事已经办完', next_rejected: '这件事没有受理，原因在下面', next_merged: '和 {code} 一起办理，有进展这里就能看到', before: '{when} 前', rate_any: '不评也不影响别的事', choose_no: '选“没有”，可以要求重新办理',
    before_after: '修之前，修之后', photos: '照片', label_before: '之前', label_after: '之后', path: '走到哪一步了', story: '经过', your_words: '您说的',
    rate: '您来评一评', solved: '问题解决了吗？', yes: '解决了', partly: '部分解决', no: '没有', how: '办得怎么样？', bad: '很不满意', good: '很满意', word: '还想说一句', send_rating: '提交评价', rated: '您的评价', stars: '{n} 分',
    reopen: '要求重新办理', reopen_why: '哪里没有修好', reopen_send: '重新办理', reopen_until: '{when} 前可以要求', withdraw: '撤回这件事', withdraw_why: '为什么撤回', withdraw_send: '撤回', reply: '补充情况', reply_send: '交上去', question: '工作人员问：',
    sent: '已经收到', sent_text: '请记下编号 {code}。这台手机会记住它；换一台设备查看，请保存链接。', copy: '复制链接', copied: '链接已复制', only_public: '这里只显示大家都能看到的内容。打开上报时给您的链接，可以看全部、评价或撤回。', not_found: '没有查到这件事', not_found_text: '编号或链接可能抄错了，请再看一眼。',
    after: '处置后', photo_alt: '第 {n} 张照片', you: '您', thanks: '谢谢您的评价', kept: '已交上去',
    act_report: '上报', act_accept: '已受理', act_reject: '不予受理', act_timeout: '没有等到补充，先按不予受理结束', act_ask: '请您补充', act_reply: '补充情况', act_dispatch: '派给', act_redispatch: '改派给', act_sign: '已签收', act_return: '退回重派', act_handled: '处置完成', act_pass: '核查通过', act_project: '项目验收，一并办结', act_fail: '核查未过，返工', act_rate: '评价', act_reopen: '重新办理', act_withdraw: '撤回', act_comment: '说明', act_route: '更正类别或位置', act_on_the_spot: '当场处置', act_grant_extension: '延长了办理时限', act_grant_suspension: '暂缓办理', act_resume: '恢复办理', act_other: '更新',
    contacted: '办的人在时限内联系过您吗？（可不答）', contacted_yes: '联系过', contacted_no: '没有', told: '回访时您说的', act_call_back: '电话回访', act_appeal: '申诉', appeal: '对不予受理申诉', appeal_why: '为什么应该受理', appeal_hint: '{when} 前可以申诉，只能一次，由另一人重新看。', appeal_send: '提出申诉', next_appeal: '这件事没有受理，原因在下面；您可以申诉一次',
    act_merge: '并案', act_unmerge: '撤出并案', act_absorb: '另一件上报并入', act_part: '另一件撤出并案', merged: '这件事和 {code} 是同一件，已并在一起办理。下面是它的进展。', merged_open: '看那一件',
    act_escalate: '交由上一级办理', act_delegate: '交由基层办理',
  },
  en: {
    title: 'My report', number: 'No. {code}', reported: 'reported {when}', next: 'Next', when: 'When', not_fixed: 'Not fixed?',
    next_rate: 'Please say how it was handled', next_reply: 'Please tell us a little more', next_reply_late: 'No answer came, so it was ended; answer now and it is taken up again', next_wait: '{step}: progress shows here', next_closed: 'This is finished', next_rejected: 'It was not accepted; the reason is below', next_merged: 'Goes on together with {code}; progress shows here', before: 'by {when}', rate_any: 'Rating is up to you', choose_no: 'Choose “No” to have it done again',
    before_after: 'Before and after', photos: 'Photos', label_before: 'Before', label_after: 'After', path: 'Where it stands', story: 'What happened', your_words: 'Your words',
    rate: 'How was it?', solved: 'Is the problem solved?', yes: 'Yes', partly: 'Partly', no: 'No', how: 'How was it handled?', bad: 'Very badly', good: 'Very well', word: 'Anything else', send_rating: 'Send', rated: 'Your rating', stars: '{n} of 5',
    reopen: 'Have it done again', reopen_why: 'What is not fixed', reopen_send: 'Reopen', reopen_until: 'possible until {when}', withdraw: 'Withdraw this report', withdraw_why: 'Why', withdraw_send: 'Withdraw', reply: 'Tell us more', reply_send: 'Send', question: 'Staff ask:',
    sent: 'Received', sent_text: 'Please note the number {code}. This device remembers it; to see it elsewhere, keep the link.', copy: 'Copy link', copied: 'Link copied', only_public: 'This is what everybody may see. Open the link you were given to see all, to rate or to withdraw.', not_found: 'Not found', not_found_text: 'The number or link may be mistyped; please look again.',
    after: 'After handling', photo_alt: 'Photo {n}', you: 'You', thanks: 'Thank you', kept: 'Sent',
    act_report: 'Reported', act_accept: 'Accepted', act_reject: 'Rejected', act_timeout: 'No answer came: ended as rejected', act_ask: 'Question to you', act_reply: 'Reply', act_dispatch: 'Sent to', act_redispatch: 'Sent on to', act_sign: 'Signed for', act_return: 'Returned', act_handled: 'Handled', act_pass: 'Verified', act_project: 'The project is done; closed with it', act_fail: 'Sent back for rework', act_rate: 'Rated', act_reopen: 'Reopened', act_withdraw: 'Withdrawn', act_comment: 'Note', act_route: 'Category or place corrected', act_on_the_spot: 'Handled on the spot', act_grant_extension: 'More time was granted', act_grant_suspension: 'Put off for a while', act_resume: 'Taken up again', act_other: 'Update',
    contacted: 'Did whoever handled it contact you in time? (optional)', contacted_yes: 'Yes', contacted_no: 'No', told: 'What you said when called', act_call_back: 'You were called', act_appeal: 'Appeal', appeal: 'Appeal against this', appeal_why: 'Why it should be accepted', appeal_hint: 'Possible until {when}, and once; somebody else looks at it.', appeal_send: 'Appeal', next_appeal: 'It was not accepted; the reason is below. You may appeal once',
    act_merge: 'Merged', act_unmerge: 'Taken out of the merging', act_absorb: 'Another report was merged in', act_part: 'Another report was taken out', merged: 'This is the same matter as {code}; they go on as one. Its progress is below.', merged_open: 'See that one',
    act_escalate: 'Passed to the level above', act_delegate: 'Passed to a level below',
  },
})
