/* An open page in every mode: no violation of the rules of accessibility, no sideways scrolling.
 *
 * The mode is changed where the application changes it, on <html> (app/prefs.ts), so that a page has to be loaded but once. */
import { axeSource, sideways } from './browser.mjs'

export const MODES = { normal: {}, elder: { elder: true }, dark: { theme: 'dark' }, contrast: { theme: 'contrast' } }

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
/* What a theme can break when it hides, shows and moves nothing. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** Puts a mode on the page; gives what is shown and where, without its colours. */
const wear = (page, { elder = false, theme = 'light' }) =>
  page.evaluate(async ([large, name]) => {
    const root = document.documentElement
    root.dataset.theme = name
    root.classList.toggle('elder', large)
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    return [...document.body.querySelectorAll('*')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return `${one.tagName} ${one.checkVisibility({ visibilityProperty: true })} ${[x, y, width, height].map(Math.round)}`
    }).join('\n')
  }, [elder, theme])

/* Without passes and their selectors, which cost more than the rules; axe goes into a page once. There are no frames here. */
async function violations(page, runOnly) {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(axeSource)
  return page.evaluate(async (only) => (await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations, runOnly)
}

const said = ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join('\n    ')}`

/** The faults of an open page in every mode; `look(mode)` is called in each. A theme that leaves everything in its place is asked about its colours only. */
export async function inEveryMode(page, look) {
  const faults = []
  let plain
  for (const [mode, prefs] of Object.entries(MODES)) {
    const picture = await wear(page, prefs)
    const found = await violations(page, picture === plain ? OF_COLOUR : RULES)
    plain ??= picture
    faults.push(...found.map((one) => `${mode}: ${said(one)}`))
    const over = await sideways(page)
    if (over > 0) faults.push(`${mode}: scrolls sideways by ${over} px`)
    await look?.(mode)
  }
  await wear(page, MODES.normal)
  return faults
}
