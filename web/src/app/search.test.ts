import { describe, expect, it } from 'vitest'
import { looksLikeContact, marked } from './search'

describe('marked words', () => {
  it('stand where the server found them, whatever the case and width', () => {
    expect(marked('门口的路灯坏了', ['路灯', '坏'])).toEqual([{ text: '门口的', hit: false }, { text: '路灯坏', hit: true }, { text: '了', hit: false }])
    expect(marked('Ｌamp LAMP', ['lamp']).filter((p) => p.hit).map((p) => p.text)).toEqual(['Ｌamp', 'LAMP'])
    expect(marked('无', [''])).toEqual([{ text: '无', hit: false }])
    expect(marked('', ['a'])).toEqual([])
  })
  it('may overlap', () => expect(marked('aaa', ['aa'])).toEqual([{ text: 'aaa', hit: true }]))
})

describe('a telephone', () => {
  it.each(['13912345678', '139-1234 5678', '+86 139 1234 5678', '(0757) 83281234', 'a@b.cn'])('%s is one', (text) => expect(looksLikeContact(text)).toBe(true))
  it.each(['260512-0387', '260512', '路灯', '3 号楼', '12 34', ''])('%s is none', (text) => expect(looksLikeContact(text)).toBe(false))
})
