import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '系统对接', lead: '别的系统怎样上报、读取，这里的进展怎样告诉它们。', saved: '已保存', name: '名称', until: '有效至', never: '一直', used: '最近使用', unused: '还没用过', limit: '每小时', gone: '已收回', ends: '已到期', copy: '复制', copied: '已复制',
    // keys
    keys: '接口密钥', keys_text: '别的应用通过 Open311 上报要有密钥；读取公开内容不用。', key_new: '新密钥', key_edit: '修改密钥', key_none: '还没有密钥', key_none_text: '给每个系统各发一把，不用了就收回。', key_start: '密钥', key_contact: '联系方式', key_contact_hint: '出问题时找谁', key_limit: '每小时最多上报', key_uses: '已上报 {n} 件', key_made: '密钥只显示这一次，请现在交给对方。', revoke: '收回', revoke_sure: '收回后，{name} 马上不能再上报。', revoked: '已收回',
    endpoint: '接口地址', discovery: '发现文档',
    // questions
    questions: '附加问题', questions_text: '某类事项通过 Open311 上报时还要问什么。回答会写在事项文字下面。', question_new: '加一个问题', question_edit: '修改问题', question_none: '没有附加问题', question_none_text: '地点和文字说不清的，才需要再问。', category: '类别', code: '代码', code_hint: '字母、数字、- 和 _', kind: '回答', k_string: '一行字', k_number: '数字', k_datetime: '日期时间', k_text: '一段话', k_singlevaluelist: '选一个', k_multivaluelist: '可选多个', k_says: '只是说明', required: '必答', required_yes: '必须回答', order: '次序', label_zh: '问题（中文）', label_en: '问题（英文）', choices: '可选的回答', choices_hint: '每行一个：代码 = 中文 = 英文',
  },
  en: {
    title: 'Other systems', lead: 'How other systems report and read here, and how they are told what happens.', saved: 'Saved', name: 'Name', until: 'Until', never: 'for good', used: 'Last used', unused: 'never used', limit: 'An hour', gone: 'taken back', ends: 'over', copy: 'Copy', copied: 'Copied',
    keys: 'API keys', keys_text: 'An app needs a key to report through Open311; reading what is public needs none.', key_new: 'New key', key_edit: 'Change key', key_none: 'No keys yet', key_none_text: 'One for each system, taken back when it is no longer needed.', key_start: 'Key', key_contact: 'Contact', key_contact_hint: 'Whom to ask when something is wrong', key_limit: 'Reports an hour at most', key_uses: '{n} report|{n} reports', key_made: 'The key is shown this once: hand it over now.', revoke: 'Take back', revoke_sure: '{name} cannot report any more from that moment.', revoked: 'Taken back',
    endpoint: 'Endpoint', discovery: 'Discovery document',
    questions: 'Questions', questions_text: 'What is asked beside place and words when such a case is reported through Open311. The answers stand below the words of the case.', question_new: 'Add a question', question_edit: 'Change question', question_none: 'No questions', question_none_text: 'Ask only what place and words cannot tell.', category: 'Category', code: 'Code', code_hint: 'Letters, digits, - and _', kind: 'Answer', k_string: 'One line', k_number: 'Number', k_datetime: 'Date and time', k_text: 'Text', k_singlevaluelist: 'One of', k_multivaluelist: 'Some of', k_says: 'Says something only', required: 'Required', required_yes: 'Must be answered', order: 'Order', label_zh: 'Question in Chinese', label_en: 'Question in English', choices: 'Possible answers', choices_hint: 'One a line: key = Chinese = English',
  },
})
