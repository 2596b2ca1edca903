/* Debian's Chromium in a fresh profile, and the development server with a small stand-in for the API:
 * for looking at the frame and its components while no server runs. Not part of what is built. */
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS })
}

export async function serve(port) {
  const server = await createServer({ root, configFile: `${root}/vite.config.ts`, logLevel: 'error', server: { host: '127.0.0.1', port, strictPort: true, hmr: false, proxy: {} } })
  await server.listen()
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

const SESSION = {
  user: { id: '1', name: '沈知夏', locale: null, prefs: null },
  tenant: { name: '示范区', time_zone: 'Asia/Shanghai', demo: true },
  units: [
    { id: '11', name: '梧桐里社区', kind: 'area', roles: ['社区书记'] },
    { id: '12', name: '银杏街道', kind: 'area', roles: ['派遣员'] },
  ],
  permissions: ['case.report', 'case.read', 'case.on_behalf', 'case.import', 'unit.read', 'unit.manage', 'person.read', 'category.manage', 'audit.read', 'setting.manage'],
}

export const MODES = ['light', 'dark', 'contrast', 'elder']
export const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** A page with its mode set before anything loads, and /api answered by `answers` (path → body). */
export async function openPage(browser, { mode = 'light', size = 'desktop', signedIn = true, answers = {} }) {
  const context = await browser.newContext({ viewport: SIZES[size], hasTouch: size === 'phone', locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  const prefs = { theme: mode === 'elder' ? 'light' : mode, elder: mode === 'elder', language: 'zh-CN' }
  await context.addInitScript((value) => localStorage.setItem('linli.prefs', value), JSON.stringify(prefs))
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (line) => line.type() === 'error' && !/401|404/.test(line.text()) && faults.push(line.text()))
  await page.route('**/api/v1/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/v1', '')
    const known = { ...(signedIn ? { '/session': SESSION } : {}), ...answers }[path]
    if (known !== undefined) return route.fulfill({ json: known, headers: { ETag: '"1"' } })
    const status = path === '/session' ? 401 : 404
    return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code: status === 401 ? 'not_signed_in' : 'not_found', title: '没有' }) })
  })
  return { page, faults, close: () => context.close() }
}
