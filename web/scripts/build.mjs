/* Three builds into one folder: portal, desk, and the desk's service worker. One build for both entries would put Vue, with everything
 * the desk uses of it, into a chunk that the portal has to load too: measured, 17 KB brotli of a budget of 60. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { reach } from './reach.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
/* What a grid worker needs in a place without a network; other pages are kept once they have been opened. */
const CARRIED = ['SignInPage', 'AccountPage', 'WorkHome', 'WorkPage', 'TodayPage', 'CasePage', 'ReportPage', 'OutboxPage', 'MapView', 'leaflet-src', 'leaflet', 'Bell']

rmSync(dist, { recursive: true, force: true })
const made = {}
for (const entry of ['portal', 'desk']) {
  process.env.LINLI_ENTRY = entry
  made[entry] = await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
}

/* The portal's home is in its page already, so that the first paint waits for no script: home.html answers for "/" alone. */
const once = join(root, 'node_modules/.prerender')
process.env.LINLI_ENTRY = 'portal'
await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { ssr: join(root, 'src/portal/prerender.ts'), outDir: once, emptyOutDir: true } })
const { home } = await import(join(once, 'prerender.js'))
const text = await home()
for (const [, file] of text.matchAll(/"\/(assets\/[^"#]+)/g)) if (!existsSync(join(dist, file))) throw new Error(`home.html names ${file}, which was not built`)
const empty = readFileSync(join(dist, 'portal.html'), 'utf8')
/* Its scripts let the style pass: what is seen first needs only that. */
const full = empty.replace('<div id="app"></div>', () => `<div id="app"><div class="early">${text}</div></div>`)
  .replace(/<(script type="module"|link rel="modulepreload")/g, '<$1 fetchpriority="low"')
if (full === empty) throw new Error('portal.html has no place for the home page')
writeFileSync(join(dist, 'home.html'), full)

const files = made.desk.output.map((one) => one.fileName)
const starts = files.filter((file) => file.endsWith('.css') || CARRIED.some((name) => new RegExp(`/${name}-[^/]*\\.js$`).test(file)))
const shell = [...reach(dist, ['desk.html', ...starts])].filter((file) => !file.endsWith('.webmanifest') && !file.endsWith('.png')).sort()
const hash = createHash('sha256')
for (const file of shell) hash.update(file).update(readFileSync(join(dist, file)))

await build({
  root, configFile: false, logLevel: 'warn', publicDir: false,
  resolve: { alias: { '@': join(root, 'src') } },
  define: { __SHELL__: JSON.stringify(shell.map((file) => `/${file}`)), __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 12)) },
  build: {
    outDir: 'dist', emptyOutDir: false, target: ['es2020', 'chrome87', 'safari14', 'firefox85'], reportCompressedSize: false, modulePreload: false,
    rolldownOptions: { input: join(root, 'src/app/offline/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js', inlineDynamicImports: true } },
  },
})
