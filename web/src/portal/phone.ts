/* Telephones as they are typed. What is accepted, the server says; here only whether it is worth asking. */

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Eleven digits of a mobile telephone of the mainland, or an international number. */
export function looksMobile(text: string): boolean {
  if (text.includes('@')) return false
  const digits = digitsOf(text).replace(/^0*86(?=1[3-9]\d{9}$)/, '')
  return /^1[3-9]\d{9}$/.test(digits) || (/^\s*(\+|00)/.test(text) && digits.length >= 8)
}

/** As it may stand on a screen that others see. */
export function maskedPhone(text: string): string {
  const digits = digitsOf(text)
  return `${digits.slice(0, 3)} **** **${digits.slice(-2)}`
}

/** The digits of a code, however it was copied; wide digits of Chinese keyboards too. */
export const codeDigits = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')
