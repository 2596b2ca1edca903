/* The code a reporter is given: eight letters and digits, written in two groups. */

/** What somebody typed, as a code ("7kq4 m2xd" gives 7KQ4-M2XD); '' when it cannot be one. */
export function codeFrom(typed: string): string {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '')
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : ''
}
