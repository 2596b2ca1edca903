/* What the search over everything answers, and how its words are marked in a line. */
export type Kind = 'case' | 'area' | 'org' | 'person' | 'category'

export interface Hit {
  id: string
  title: string
  excerpt: string | null
  note: string | null
  code: string | null
  state: string | null
  at: number | null
}

export interface Found {
  groups: { kind: Kind; items: Hit[]; more: boolean }[]
  words: string[]
  complete: boolean
}

export interface Piece {
  text: string
  hit: boolean
}

/** Full-width letters and digits as the server folds them: ｄ to d, Ａ to a. Lengths stay. */
const fold = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[A-Z]/g, (c) => c.toLowerCase())

/** The line in pieces, those that are one of the words marked. */
export function marked(line: string, words: readonly string[]): Piece[] {
  const folded = fold(line)
  const hit = new Array<boolean>(line.length).fill(false)
  for (const word of words.map(fold)) {
    for (let from = word ? folded.indexOf(word) : -1; from >= 0; from = folded.indexOf(word, from + 1)) hit.fill(true, from, from + word.length)
  }
  const pieces: Piece[] = []
  for (let i = 0; i < line.length; i += 1) {
    const last = pieces[pieces.length - 1]
    if (last && last.hit === hit[i]) last.text += line[i]!
    else pieces.push({ text: line[i]!, hit: hit[i]! })
  }
  return pieces
}

/** A whole telephone or mail address, not a word that may stand in a text. */
export const looksLikeContact = (text: string): boolean => /^\+?[\d\s()-]{7,20}$/.test(text) ? /^(\D*\d){7,15}\D*$/.test(text) && !/^\d{6}-\d{1,6}$/.test(text) : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
