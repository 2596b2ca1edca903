import { strings } from '@/app/i18n'

export const t = strings({
  zh: {
    title: '我要反映', steps: '共三步', step_photo: '拍照', step_say: '说说', step_where: '在哪里', kept: '没网也不丢 · 已存 {time}', safe: '没网也不丢',
    photo: '拍张照片', photo_hint: '可以不拍，最多 9 张', say: '说说怎么回事', say_hint: '在哪里、什么样、什么时候开始的', letters: '{n} 字', looks_like: '看起来是', unsure: '说不清', because: '您提到了：{words}',
    where: '在哪里', where_hint: '拖动地图，让针尖对准', address: '位置说明', address_hint: '例如：3 号楼东侧', outside: '这里不在本区范围内，请换一个位置', near: '离边界很近，工作人员会确认归哪边', unknown_place: '在地图上点一下，或者用文字写清楚',
    tel: '手机号', tel_hint: '加密保存；只有经办人能看，每看一次都有记录。', tel_place: '处理的人有不清楚的，好联系您', name: '怎么称呼您', send: '提交', sending: '正在提交', sending_photo: '正在传第 {n} 张照片',
    failed: '还没有交上去', goes_itself: '都存在这台手机里，连上网络就自动交；关掉页面也不会丢。', before: '上次有 {n} 件还没交上', send_now: '现在就交', kept_all: '您写的和拍的都还在。', need_text: '请说一句发生了什么', need_place: '请在地图上指一下，或写清位置', restored: '上次没交完的内容还在，接着写就行。', start_over: '重新写',
  },
  en: {
    title: 'Report a problem', steps: 'Three steps', step_photo: 'Photo', step_say: 'Words', step_where: 'Place', kept: 'Kept on this phone · {time}', safe: 'Kept on this phone',
    photo: 'Take a photo', photo_hint: 'optional, up to 9', say: 'What happened', say_hint: 'Where, what it looks like, since when', letters: '{n} character|{n} characters', looks_like: 'Looks like', unsure: 'Not sure', because: 'You mention: {words}',
    where: 'Where', where_hint: 'Move the map under the needle', address: 'Place in words', address_hint: 'For example: east side of building 3', outside: 'This lies outside the district; please choose another place', near: 'Close to a border: staff will settle whose it is', unknown_place: 'Point on the map, or describe the place in words',
    tel: 'Telephone', tel_hint: 'Stored encrypted; only those who handle it can see it, and each look is recorded.', tel_place: 'So that we can ask you', name: 'Your name', send: 'Send', sending: 'Sending', sending_photo: 'Sending photo {n}',
    failed: 'Not sent yet', goes_itself: 'It is kept on this phone and goes by itself once you are connected, even if you close this page.', before: '{n} earlier report has not arrived yet|{n} earlier reports have not arrived yet', send_now: 'Send now', kept_all: 'Your words and photos are kept.', need_text: 'Please say what happened', need_place: 'Please point on the map, or describe the place', restored: 'What you began last time is still here.', start_over: 'Start over',
  },
})
