import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    propose: '取下一个编码', no_class: '不分类', any_class: '所有分类', by_class: '按分类看', number: '编排编码', number_title: '给“{name}”的下级编码', number_lead: '自西向东、自北向南依次编；先看清单，再一次写入。', which: '编哪一类', renew: '已有编码的也重新编', area: '区域', before: '现在 {code}', after: '将是', unplaced: '没有边界，排在最后', none: '“{name}”下面没有这一类区域。', nothing: '都已有编码，没有要改的。', many: '将写入 {n} 个编码。', go: '写入 {n} 个编码', done: '已写入 {n} 个编码', same: '不变',
  },
  en: {
    propose: 'Next free code', no_class: 'No class', any_class: 'All classes', by_class: 'Show a class', number: 'Number the areas below', number_title: 'Codes below “{name}”', number_lead: 'From west to east, row by row from the north. Look first; all are written in one step.', which: 'Which kind', renew: 'Number those anew that have a code', area: 'Area', before: 'now {code}', after: 'Becomes', unplaced: 'no border yet, so it comes last', none: 'There are no areas of this kind below “{name}”.', nothing: 'All have their codes; nothing to change.', many: '{n} code would be written.|{n} codes would be written.', go: 'Write {n} code|Write {n} codes', done: '{n} code written|{n} codes written', same: 'stays',
  },
})
