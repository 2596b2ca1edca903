/* Debian's Chromium in a fresh profile, and the development server with a small stand-in for the API:
 * for looking at the frame and its components while no server runs. Not part of what is built. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((one) => existsSync(one))
  return chromium.launch({ executablePath, headless: true, args: FLAGS })
}

export async function serve(port) {
  const server = await createServer({ root, configFile: `${root}/vite.config.ts`, logLevel: 'error', server: { host: '127.0.0.1', port, strictPort: true, hmr: false, proxy: {} } })
  await server.listen()
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

const SESSION = {
  user: { id: '1', person_id: '2', name: '沈知夏', sign_in_name: 'shen', locale: null, preferences: null },
  tenant: { name: '示范区', time_zone: 'Asia/Shanghai', demo: true },
  units: [
    { id: '11', name: '梧桐里社区', kind: 'area', roles: ['community_secretary'] },
    { id: '12', name: '银杏街道', kind: 'area', roles: ['street_dispatcher'] },
  ],
  permissions: ['case.report', 'case.read', 'case.on_behalf', 'case.import', 'unit.read', 'unit.manage', 'person.read', 'category.manage', 'audit.read', 'setting.manage'],
  must_change_password: false,
}

const ago = (minutes) => Date.now() - minutes * 60_000
const ANSWERS = {
  '/demo': { demo: true, roles: [['resident', '居民', '林晓'], ['grid_worker', '网格员', '周禾'], ['community_secretary', '社区书记', '沈知夏'], ['street_dispatcher', '街道派遣员', '何清'], ['handler', '部门处置人', '顾远'], ['leader', '区领导', '秦岚'], ['system_admin', '系统管理员', '甲'], ['security_admin', '安全管理员', '乙'], ['audit_admin', '审计管理员', '丙']].map(([code, name, person]) => ({ code, name, person })) },
  '/notices/count': { unread: 4 },
  '/notices': { items: [{ id: '9', kind: 'case.dispatched', object_kind: 'case', object_id: '77', created_at: ago(12), text: '“3 号楼东侧井盖破损”派给了梧桐里社区，今天 16:20 前处置。' }, { id: '8', kind: 'case.returned', object_kind: 'case', object_id: '78', created_at: ago(95), read_at: ago(60), text: '众邻物业退回了“绿化带积水”：不在管养范围。' }], next: null },
  '/notices/read': {},
  '/sessions': { items: [{ id: '5', created_at: ago(30), used_at: ago(1), expires_at: ago(-700), remote: '127.0.0.1', user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', current: true }, { id: '6', created_at: ago(4000), used_at: ago(600), expires_at: ago(-700), remote: '192.0.2.7', user_agent: 'Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/101.0 Mobile Safari/537.36 MicroMessenger/8.0', current: false }], next: null },
  '/tokens': { items: [{ id: '7', name: '夜间统计', permissions: ['case.read'], created_at: ago(9000), expires_at: ago(-90000), used_at: ago(300) }], next: null },
}

export const MODES = ['light', 'dark', 'contrast', 'elder']
export const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** A page with its mode set before anything loads, and /api answered by `answers` (path → body). */
export async function openPage(browser, { mode = 'light', size = 'desktop', signedIn = true, answers = {} }) {
  const context = await browser.newContext({ viewport: SIZES[size], hasTouch: size === 'phone', isMobile: size === 'phone', locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  const prefs = { theme: mode === 'elder' ? 'light' : mode, elder: mode === 'elder', language: 'zh-CN' }
  await context.addInitScript((value) => localStorage.setItem('linli.prefs', value), JSON.stringify(prefs))
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (line) => line.type() === 'error' && !/401|404/.test(line.text()) && faults.push(line.text()))
  await page.route('**/api/v1/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/v1', '')
    const known = { ...ANSWERS, ...(signedIn ? { '/session': SESSION } : {}), ...answers }[path]
    if (known !== undefined) return route.fulfill({ json: known, headers: { ETag: '"1"' } })
    const status = path === '/session' ? 401 : 404
    return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code: status === 401 ? 'not_signed_in' : 'not_found', title: '没有' }) })
  })
  return { page, faults, close: () => context.close() }
}
