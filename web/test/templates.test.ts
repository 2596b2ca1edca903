/* What the content security policy and the token sheet forbid in a template. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const SRC = join(__dirname, '../src')

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
}

const vue = walk(SRC).filter((path) => path.endsWith('.vue'))
const styles = walk(SRC).filter((path) => /\.(css|vue)$/.test(path) && !path.endsWith('tokens.css'))
const finds = (paths: string[], sign: RegExp) =>
  paths.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(sign)].map((match) => `${path.slice(SRC.length + 1)}: ${match[0].trim()}`))

it('no inline style, no raw HTML', () => {
  expect(finds(vue, /(?<![:\w-])style="[^"]*"|v-html/g)).toEqual([])
})

it('no colour outside tokens.css', () => {
  expect(finds(styles, /^.*(?:#[0-9a-f]{3,8}\b(?=[;,\s)])|\b(?:rgba?|hsla?)\().*$/gim)).toEqual([])
})

it('no text sized in px', () => {
  expect(finds(styles, /font-size:\s*\d+(?:\.\d+)?px/g).filter((line) => !line.startsWith('app/map.css'))).toEqual([])
})
