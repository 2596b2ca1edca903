/* Pictures of the gallery, of the frame and of the portal's home in every mode and size, and axe on each.
 * Fails on any violation, on an error in the console, and when something is wider than the window.
 *   npm run gallery -- [folder] [words in the name] */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { MODES, openBrowser, openPage, serve, SIZES } from './browser.mjs'

const folder = process.argv[2] ?? fileURLToPath(new URL('../../tests/out/gallery', import.meta.url))
const only = process.argv[3] ?? ''
mkdirSync(folder, { recursive: true })

const opened = {
  dialog: (page) => page.getByRole('button', { name: '问一问' }).click(),
  menu: (page) => page.getByRole('button', { name: '这一件' }).click(),
  toast: (page) => page.getByRole('button', { name: '说一声' }).click(),
  filter: (page) => page.getByRole('button', { name: /^状态/ }).click(),
  combo: (page) => page.getByRole('combobox', { name: '承办单位' }).click(),
}
const VIEWS = [
  { name: 'gallery', path: '/desk/gallery', full: true },
  ...Object.entries(opened).map(([what, act]) => ({ name: `gallery-${what}`, path: '/desk/gallery', act, modes: ['light', 'dark'] })),
  { name: 'signin', path: '/desk/signin', signedIn: false },
  { name: 'account', path: '/desk/account', full: true },
  { name: 'help', path: '/desk/account', act: (page) => page.keyboard.press('?') },
  { name: 'drawer', path: '/desk/account', act: (page) => page.getByRole('button', { name: '菜单' }).click(), sizes: ['phone'] },
  { name: 'user-menu', path: '/desk/account', act: (page) => page.getByRole('button', { name: '沈知夏' }).click(), modes: ['light'] },
  { name: 'bell', path: '/desk/account', act: (page) => page.getByRole('button', { name: /消息/ }).click(), modes: ['light', 'dark'] },
  { name: 'token', path: '/desk/account', act: (page) => page.getByRole('button', { name: '新建令牌' }).click(), modes: ['light'] },
  { name: 'not-found', path: '/desk/nowhere', modes: ['light'] },
  { name: 'portal', path: '/', signedIn: false, full: true },
  { name: 'portal-later', path: '/order', signedIn: false, modes: ['light', 'elder'] },
]

const browser = await openBrowser()
const server = await serve(Number(process.env.LINLI_WEB_PORT ?? 7101))
let bad = 0

/* A long page in parts that can be looked at. */
async function shoot(page, name, full) {
  const { width, height: screen } = page.viewportSize()
  const height = full ? await page.evaluate(() => document.documentElement.scrollHeight) : screen
  const part = width < 600 ? 2000 : 1800
  for (let top = 0, n = 1; top < height; top += part, n += 1) {
    const clip = { x: 0, y: top, width, height: Math.min(part, height - top) }
    await page.screenshot({ path: `${folder}/${name}${height > part ? `-${n}` : ''}.png`, fullPage: full, clip })
  }
}

async function look(view, mode, size) {
  const name = `${view.name}-${size}-${mode}`
  const { page, faults, close } = await openPage(browser, { mode, size, signedIn: view.signedIn !== false })
  await page.goto(server.url + view.path)
  await page.locator('#app h1').first().waitFor()
  if (view.path.includes('gallery')) await page.locator('.m-q5').first().waitFor()
  await page.waitForTimeout(300)
  if (view.act) {
    await view.act(page)
    await page.waitForTimeout(350)
  }
  await shoot(page, name, view.full === true)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const widest = wide > 0 ? await page.evaluate(() => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 4).map((one) => `${one.tagName}.${one.className}`).join(' ')) : ''
  for (const { id, nodes } of violations) faults.push(`${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`)
  if (wide > 0) faults.push(`${wide} px wider than the window: ${widest}`)
  bad += faults.length
  console.log(`${faults.length ? 'BAD' : 'ok '} ${name}`)
  for (const fault of faults) console.log(`      ${fault}`)
  await close()
}

try {
  for (const view of VIEWS) {
    for (const size of view.sizes ?? Object.keys(SIZES)) {
      for (const mode of view.modes ?? MODES) if (`${view.name}-${size}-${mode}`.includes(only)) await look(view, mode, size)
    }
  }
} finally {
  await browser.close()
  await server.close()
}
if (bad) process.exitCode = 1
