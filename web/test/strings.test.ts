/* Every text is said in both languages, with the same places to fill, and somebody uses it. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(__dirname, '../src')

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
}

const files = walk(SRC)
  .filter((path) => /\.(ts|vue)$/.test(path) && !path.endsWith('.test.ts') && !path.includes('/gallery/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const CALL = /\bstrings\((?=\{)/
const tables = files.filter(({ path, text }) => path.endsWith('.ts') && !path.endsWith('/i18n.ts') && CALL.test(text))

interface Table {
  zh: Record<string, string>
  en: Record<string, string>
}

/* From an opening brace to the one that closes it, braces inside quotes not counted. */
function literal(text: string, from: number): string {
  let depth = 0
  let quote = ''
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at]!
    if (quote) {
      if (sign === '\\') at += 1
      else if (sign === quote) quote = ''
    } else if (/['"`]/.test(sign)) quote = sign
    else if (sign === '{') depth += 1
    else if (sign === '}' && (depth -= 1) === 0) return text.slice(from, at + 1)
  }
  throw new Error('a brace is not closed')
}

const read = (text: string): Table => new Function(`return (${literal(text, text.search(CALL) + 'strings('.length)})`)() as Table

const blanks = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()

/* Keys stand as t('key') or as words of a table or a type; `state_${x}` uses all that begin so. */
function usedIn(texts: string[]) {
  const exact = new Set<string>()
  const starts = new Set<string>()
  for (const text of texts) {
    for (const match of text.matchAll(/['"`]([a-z][a-z0-9_]*)['"`]/g)) exact.add(match[1]!)
    for (const match of text.matchAll(/`([a-z][a-z0-9_]*_)\$\{/g)) starts.add(match[1]!)
  }
  return (key: string) => exact.has(key) || [...starts].some((start) => key.startsWith(start))
}

/* Who imports a table; the table's own file counts with what stands around the table. */
function users(table: { path: string; text: string }): string[] {
  const own = table.path.replace(/\.ts$/, '')
  const imports = ({ path, text }: { path: string; text: string }) =>
    [...text.matchAll(/from ['"]([^'"]+)['"]/g)].some(([, from]) => (from!.startsWith('@/') ? join(SRC, from!.slice(2)) : join(dirname(path), from!)) === own)
  const around = table.text.replace(literal(table.text, table.text.search(CALL) + 'strings('.length), '')
  return [...files.filter(imports).map(({ text }) => text), around]
}

describe.each(tables.map((table) => [table.path.slice(SRC.length + 1), table] as const))('%s', (_name, table) => {
  const { zh, en } = read(table.text)

  it('has the same keys in both languages, none of them empty', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    expect([...Object.entries(zh), ...Object.entries(en)].filter(([, text]) => !text.trim())).toEqual([])
  })

  it('fills the same places in both languages', () => {
    const differ = Object.keys(zh).filter((key) => blanks(zh[key]!).join() !== blanks(en[key]!).join())
    expect(differ).toEqual([])
  })

  /* The words of app/strings.ts are offered to all; a feature's own are for its own use. */
  it.skipIf(table.path.endsWith('/app/strings.ts'))('has no key that nobody uses', () => {
    const used = usedIn(users(table))
    expect(Object.keys(zh).filter((key) => !used(key))).toEqual([])
  })
})

it('finds the tables', () => {
  expect(tables.length).toBeGreaterThanOrEqual(3)
})
