/* An open page in every mode: no violation of the rules of accessibility, no sideways scrolling.
 *
 * The mode is changed where the application changes it, on <html> (app/prefs.ts), so that a page has to be loaded but once. LINLI_MODES=plain looks at pages as they
 * come, without rules of accessibility: for what has to do with the server and not with colours (tools/parts/e2e-postgres). */
import { axeSource, sideways } from './browser.mjs'

export const MODES = { normal: {}, elder: { elder: true }, dark: { theme: 'dark' }, contrast: { theme: 'contrast' } }

/** Whether tests of the modes themselves have anything to do. */
export const PLAIN = process.env.LINLI_MODES === 'plain'
const looked = Object.entries(MODES).slice(0, PLAIN ? 1 : undefined)

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
/* What a theme can break when it hides, shows and moves nothing; and larger letters when they move things but hide and show none. */
const OF_COLOUR = ['link-in-text-block']
const OF_ROOM = ['link-in-text-block', 'scrollable-region-focusable']

/** Puts a mode on the page; gives what is shown, and what is shown where, without colours. */
const wear = (page, { elder = false, theme = 'light' }) =>
  page.evaluate(async ([large, name]) => {
    const root = document.documentElement
    root.dataset.theme = name
    root.classList.toggle('elder', large)
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const all = [...document.body.querySelectorAll('*')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return [`${one.tagName} ${one.checkVisibility({ visibilityProperty: true })}`, [x, y, width, height].map(Math.round)]
    })
    return { shown: all.map(([what]) => what).join(), picture: all.join() }
  }, [elder, theme])

/* Contrast is by far the dearest rule. Texts that look the same, down to all that lies behind them, have the same verdict, on whichever page, in whichever
 * mode: each look is asked about once. What is placed by itself may lie over anything; unless its ground is its own it is asked about always (what is sticky lies where it
 * flows: the page is not scrolled).
 * Runs in the page; known: looks that were asked about. Gives the texts to ask about, and their looks. */
function textsToAsk(known) {
  const looks = new Set(known), grounds = new WeakMap(), texts = []
  const short = (text) => {                     // 53 bits of it
    let a = 0xdeadbeef, b = 0x41c6ce57
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 2654435761)
      b = Math.imul(b ^ text.charCodeAt(i), 1597334677)
    }
    return 4294967296 * (2097151 & (b ^ (a >>> 13))) + (a >>> 0)
  }
  const groundOf = (one) => {
    if (!one) return { placed: false, paint: 0 }
    if (!grounds.has(one)) {
      const under = groundOf(one.parentElement), of = getComputedStyle(one)
      const beside = ['::before', '::after'].map((name) => getComputedStyle(one, name)).map((it) => it.content !== 'none' && [it.position, it.backgroundColor, it.backgroundImage].join())
      const opaque = /^rgb\(/.test(of.backgroundColor) && of.opacity === '1'
      grounds.set(one, {
        placed: !opaque && (under.placed || ['absolute', 'fixed'].includes(of.position)),
        paint: short([under.paint, of.backgroundColor, of.backgroundImage, of.opacity, of.filter, of.mixBlendMode, ...beside].join()),
      })
    }
    return grounds.get(one)
  }
  for (const one of document.body.querySelectorAll('*')) {
    const text = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('').trim(), field = ['INPUT', 'SELECT', 'TEXTAREA'].includes(one.tagName)
    if ((!text && !field) || !one.checkVisibility({ visibilityProperty: true })) continue
    const of = getComputedStyle(one), { placed, paint } = groundOf(one)
    const off = Boolean(one.closest('[disabled], [aria-disabled=true], [inert]')) || Boolean(one.closest('label')?.control?.disabled)
    const look = short([paint, of.color, of.fontSize, of.fontWeight, of.textShadow, off, field && one.tagName + one.type, /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(text), /^[\p{P}\p{S}\s]*$/u.test(text)].join())
    if (!placed && looks.has(look)) continue
    looks.add(look)
    texts.push([one, look])
  }
  return texts
}

/** Looks of texts that were asked about and are legible. */
const legible = new Set()

/* Without passes and their selectors, which cost more than the rules; axe goes into a page once. There are no frames here. */
async function violations(page, only) {
  if (!(await page.evaluate('Boolean(window.textsToAsk)'))) await page.evaluate(`${axeSource}; window.textsToAsk = ${textsToAsk}`)
  const { found, looks } = await page.evaluate(async ([runOnly, known]) => {
    const ask = async (where, options) => (await window.axe.run(where, { resultTypes: ['violations'], ...options })).violations
    const texts = window.textsToAsk(known), contrast = texts.length ? await ask({ include: texts.map(([one]) => one) }, { runOnly: ['color-contrast'] }) : []
    return { found: [...(await ask(document, { runOnly, rules: { 'color-contrast': { enabled: false } } })), ...contrast], looks: contrast.length ? [] : texts.map(([, look]) => look) }
  }, [only, [...legible]])
  for (const look of looks) legible.add(look)
  return found
}

const said = ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join('\n    ')}`

/** The faults of an open page in every mode; `look(mode)` is called in each. Where a mode changes colours alone, or the room things take, it is asked
 * about that alone: names and roles are what they were. */
export async function inEveryMode(page, look) {
  const faults = []
  let plain
  for (const [mode, prefs] of looked) {
    const now = await wear(page, prefs)
    const found = PLAIN ? [] : await violations(page, !plain || now.shown !== plain.shown ? RULES : now.picture === plain.picture ? OF_COLOUR : OF_ROOM)
    plain ??= now
    faults.push(...found.map((one) => `${mode}: ${said(one)}`))
    const over = await sideways(page)
    if (over > 0) faults.push(`${mode}: scrolls sideways by ${over} px`)
    await look?.(mode)
  }
  await wear(page, MODES.normal)
  return faults
}
