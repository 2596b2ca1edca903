/* A demonstration district, served, and a browser in front of it. */
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { folder, root, sleep, startServer } from '../../api/support/server.mjs'
import { demonstration } from './demonstration.mjs'

const fromWeb = createRequire(join(root, 'web/package.json'))
export const { chromium } = fromWeb('playwright-core')
export const { AxeBuilder } = fromWeb('@axe-core/playwright')
/** The script that looks for faults of accessibility, to be run in a page. */
export const axeSource = createRequire(fromWeb.resolve('@axe-core/playwright'))('axe-core').source

export const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** Where pictures of a failed test go; removed with the build. */
const pictures = join(root, 'tests/out/e2e')

/* The one without windows does the same with a fifth less work. */
export const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((one) => existsSync(one))

/* When a page has what it asked for: no question is under way, nothing on it says that it is busy, and that stays so for three looks.
 * Far sooner than playwright's "networkidle", which waits for half a second of silence. */
function settling(page) {
  const asked = new Set()
  page.on('request', (one) => asked.add(one))
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (one) => asked.delete(one))
  return async () => {
    const late = Date.now() + 15_000
    for (let quiet = 0; quiet < 3; await sleep(30)) {
      const busy = asked.size > 0 || (await page.locator('[aria-busy=true]').count()) > 0
      quiet = busy ? 0 : quiet + 1
      if (Date.now() > late) throw new Error(`${page.url()} did not settle: ${[...asked].map((one) => one.url()).join(' ') || 'something on it is busy'}`)
    }
  }
}

/** Serves a demonstration of its own. The same seed makes the same district. */
export async function startDistrict({ cases = 300 } = {}) {
  const place = folder('linli-e2e-')
  const data = join(place.path, 'data')
  await demonstration(data, cases)
  const server = await startServer({ dir: data })
  const browser = await chromium.launch({ executablePath, args: FLAGS })
  const contexts = []

  /** A person's browser: signed in by a role of the demonstration, as who signed in over the API (`as`, of district.user), or nobody. Faults of the page fail the test. */
  async function person({ role, as, view = DESKTOP, prefs, locale = 'zh-CN' } = {}) {
    const context = await browser.newContext({ viewport: view, locale, timezoneId: 'Asia/Shanghai', hasTouch: view === PHONE, reducedMotion: 'reduce' })
    contexts.push(context)
    context.setDefaultTimeout(15_000)
    if (prefs) await context.addInitScript((kept) => localStorage.setItem('linli.prefs', JSON.stringify(kept)), prefs)
    if (role) {
      const answer = await context.request.post(`${server.url}/api/v1/session/demo`, { data: { role }, headers: { origin: server.url } })
      if (!answer.ok()) throw new Error(`come in as ${role}: ${answer.status()} ${await answer.text()}`)
    }
    if (as) await context.addCookies([...as.cookies].map(([name, value]) => ({ name, value, url: server.url })))
    const page = await context.newPage()
    page.faults = []
    page.on('pageerror', (fault) => page.faults.push(String(fault)))
    page.on('console', (line) => {
      if (line.type() === 'error' && /Content Security Policy|Vue warn/.test(line.text())) page.faults.push(line.text())
    })
    page.on('response', (answer) => {
      if (answer.status() === 500 && answer.url().startsWith(server.url)) page.faults.push(`${answer.request().method()} ${answer.url()}: 500`)
    })
    page.settled = settling(page)
    page.open = async (path) => {
      await page.goto(server.url + path)
      await page.settled()
    }
    page.keep = async (name) => {
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
    }
    return page
  }

  return {
    ...server,
    person,
    async end() {
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await server.stop()
      place.remove()
    },
  }
}

/** True width overflow, in px; a page must not scroll sideways. */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
