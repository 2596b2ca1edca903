/* The ways in which a journey is gone: at a size, in a language. A journey names what is shown by its key in the catalogues of the web application, so that
 * it is one for all ways. ./check goes one of them on each engine; LINLI_WAYS=all (./check --long) all four on both. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../api/support/server.mjs'
import { DESKTOP, PHONE, sideways } from './browser.mjs'

/* "exchange.take" stands in features/exchange/strings.ts, "exchange/sheet.bad" in features/exchange/sheet.strings.ts; app and portal are folders of their own. */
function fileOf(name) {
  const [folder, part] = name.split('/'), place = folder === 'app' ? 'app' : folder === 'portal' ? (part ? 'portal/pages' : 'portal') : `features/${folder}`
  return join(root, 'web/src', place, part ? `${part}.strings.ts` : 'strings.ts')
}

const read = new Map()
function catalogue(name) {
  if (!read.has(name)) {
    const text = readFileSync(fileOf(name), 'utf8')
    read.set(name, new Function(`return ${text.slice(text.indexOf('strings({') + 8, text.lastIndexOf(')'))}`)())
  }
  return read.get(name)
}

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A text of the catalogue, as app/i18n.ts would show it. A place that is given no value stands for anything: then it is a pattern. */
const say = (language) => (key, params = {}) => {
  const [name, word] = key.split('.'), text = catalogue(name)[language === 'en' ? 'en' : 'zh'][word]
  if (text === undefined) throw new Error(`there is no text ${key}`)
  const forms = text.split('|'), many = forms.length > 1 && typeof params.n === 'number' && new Intl.PluralRules(language).select(params.n) !== 'one'
  const shown = forms[many ? 1 : 0].replace(/\{(\w+)\}/g, (whole, it) => {
    const value = params[it]
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString(language) : value
  })
  return /\{\w+\}/.test(shown) ? new RegExp(shown.split(/\{\w+\}/).map(literally).join('.*')) : shown
}

const way = (name, view, language) => ({
  name, view, language, phone: view === PHONE, t: say(language),
  /** A word that the server says. */
  is: (zh, en) => (language === 'en' ? en : zh),
  /** What district.person takes, for somebody who goes this way. */
  look: { view, locale: language, prefs: { language } },
})
const FOUR = [
  way('desktop-zh', DESKTOP, 'zh-CN'), way('phone-en', PHONE, 'en'),
  way('desktop-en', DESKTOP, 'en'), way('phone-zh', PHONE, 'zh-CN'),
]
export const WAYS = process.env.LINLI_WAYS === 'all' ? FOUR : FOUR.filter((one) => process.env.LINLI_WAYS?.split(',').includes(one.name) ?? FOUR.indexOf(one) < 2)

/** A journey, in each way. */
export function journey(name, body) {
  for (const one of WAYS) test(`${name} (${one.name})`, () => body(one))
}

const shots = process.env.SHOTS
/** A picture for whoever wants to look, where SHOTS says. On the way: the page does not scroll sideways. */
export async function shot(page, way, name) {
  const over = await sideways(page)
  if (over > 0) throw new Error(`${way.name}, ${name}: scrolls sideways by ${over} px`)
  if (shots) await page.screenshot({ path: `${shots}/${way.name}-${name}.png`, fullPage: true })
}

/** No page had a fault; a style that the browser's own viewer sets is none. */
export const clean = (...pages) => assert.deepEqual(pages.flatMap((page) => page.faults).filter((fault) => !fault.includes('Applying inline style')), [])
