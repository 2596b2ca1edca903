/* The number a reporter is given: the day and a serial, 260512-0387. */

/** What somebody typed or pasted (also "２６０５１２ 0387" or a whole link), as a number; '' when it cannot be one. */
export function codeFrom(typed: string): string {
  const found = /(\d{6})[\s\-–—_]?(\d{4,})/.exec(typed.normalize('NFKC'))
  return found ? `${found[1]}-${found[2]}` : ''
}

/** The secret of a pasted link, '' when there is none. */
export function secretFrom(typed: string): string {
  const at = typed.indexOf('#')
  return at < 0 ? '' : decodeURIComponent(typed.slice(at + 1).trim())
}
