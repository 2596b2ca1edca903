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
const sources = files.filter((path) => /\.(ts|vue)$/.test(path) && !path.endsWith('strings.ts') && !path.includes('/gallery/'))
const tables = files.filter((path) => path.endsWith('/strings.ts'))

interface Table {
  zh: Record<string, string>
  en: Record<string, string>
}

/* The argument of strings( … ), read as the literal it is. */
function read(path: string): Table {
  const text = readFileSync(path, 'utf8')
  const from = text.indexOf('strings({') + 'strings('.length
  const body = text.slice(from, text.lastIndexOf('})') + 1)
  return new Function(`return (${body})`)() as Table
}

const blanks = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()

/* Keys are used as t('key') or as words in a table ('key'); `state_${x}` uses all that begin so. */
function usedIn(texts: string[]) {
  const exact = new Set<string>()
  const starts = new Set<string>()
  for (const text of texts) {
    for (const match of text.matchAll(/['"`]([a-z][a-z0-9_]*)['"`]/g)) exact.add(match[1]!)
    for (const match of text.matchAll(/`([a-z][a-z0-9_]*_)\$\{/g)) starts.add(match[1]!)
  }
  return (key: string) => exact.has(key) || [...starts].some((start) => key.startsWith(start))
}

const importers = (table: string) => {
  const own = dirname(table)
  const shared = table.endsWith('/app/strings.ts')
  return sources
    .filter((path) => {
      const text = readFileSync(path, 'utf8')
      return [...text.matchAll(/from ['"]([^'"]+)['"]/g)].some(([, from]) => {
        if (!from!.endsWith('/strings')) return false
        const to = from!.startsWith('@/') ? join(SRC, from!.slice(2)) : join(dirname(path), from!)
        return to === join(own, 'strings')
      }) || (shared && path.startsWith(own))
    })
    .map((path) => readFileSync(path, 'utf8'))
}

describe.each(tables.map((path) => [path.slice(SRC.length + 1), path] as const))('%s', (_name, path) => {
  const { zh, en } = read(path)

  it('has the same keys in both languages, none of them empty', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    expect(Object.entries({ ...zh, ...en }).filter(([, text]) => !text.trim())).toEqual([])
  })

  it('fills the same places in both languages', () => {
    const differ = Object.keys(zh).filter((key) => blanks(zh[key]!).join() !== blanks(en[key]!).join())
    expect(differ).toEqual([])
  })

  /* The words of app/strings.ts are offered to all; a feature's own are for its own use. */
  it.skipIf(path.endsWith('/app/strings.ts'))('has no key that nobody uses', () => {
    const used = usedIn(importers(path))
    expect(Object.keys(zh).filter((key) => !used(key))).toEqual([])
  })
})

it('finds the tables', () => {
  expect(tables.length).toBeGreaterThanOrEqual(3)
})
