import { describe, expect, it } from 'vitest'
import { codeDigits, looksMobile, maskedPhone } from './phone'

describe('a telephone as it is typed', () => {
  it('is worth a code when a message can go there', () => {
    for (const good of ['13800001234', '138 0000 1234', '+86 138-0000-1234', '008613800001234', '+1 212 555 0100']) expect(looksMobile(good), good).toBe(true)
    for (const bad of ['', '1380000123', '010-12345678', '23800001234', 'zhang13800001234@example.org', '+1 212']) expect(looksMobile(bad), bad).toBe(false)
  })
  it('stands on the screen with its middle hidden', () => {
    expect(maskedPhone('138 0000 1234')).toBe('138 **** **34')
  })
  it('has a code that may be copied with blanks, or typed wide', () => {
    expect(codeDigits(' 123 456 ')).toBe('123456')
    expect(codeDigits('１２３４５６')).toBe('123456')
  })
})
