/* First letters of the pinyin of a Chinese text, from the order the browser's own collation puts characters in: good enough to find by, and no
 * dictionary to load. Each letter begins with the character beside it. */
const FIRST: readonly (readonly [string, string])[] = [...'a阿 b八 c嚓 d哒 e妸 f发 g旮 h哈 j讥 k咔 l垃 m痳 n拏 o噢 p妑 q七 r呥 s扨 t它 w穵 x夕 y丫 z帀'.split(' ')].map((pair) => [pair[0]!, pair[1]!] as const).reverse()
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

export function initials(text: string): string {
  let out = ''
  for (const char of text) {
    if (/[a-z0-9]/i.test(char)) out += char.toLowerCase()
    else if (/\p{Script=Han}/u.test(char)) out += FIRST.find(([, from]) => order.compare(char, from) >= 0)?.[0] ?? ''
  }
  return out
}
