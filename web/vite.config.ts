/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import vue from '@vitejs/plugin-vue'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/* The theme is set by a small classic script in <head>, before the first paint. It cannot be inline
 * (the content security policy forbids that) nor a module (those run after the first paint). */
function themeBeforePaint(): Plugin {
  const source = () => readFileSync(here('src/app/theme-boot.js'), 'utf8')
  let name = 'theme-boot.js'
  return {
    name: 'linli-theme',
    configureServer(server) {
      server.middlewares.use((req, res, next) => {
        if (req.url !== '/theme-boot.js') return next()
        res.setHeader('Content-Type', 'text/javascript')
        res.end(source())
      })
    },
    generateBundle() {
      const text = source().replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s+/gm, '').trim() + '\n'
      name = `assets/theme-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`
      this.emitFile({ type: 'asset', fileName: name, source: text })
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'script', attrs: { src: `/${name}` }, injectTo: 'head-prepend' }],
    },
  }
}

/* The desk can be installed as an application: a manifest in each language, icons by hash. */
function installable(): Plugin {
  const icon = (name: string) => {
    const bytes = readFileSync(here(`src/app/icons/${name}.png`))
    return { bytes, file: `assets/${name}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.png` }
  }
  const manifest = (texts: typeof zh) => ({
    id: '/desk/', start_url: '/desk/', scope: '/desk', display: 'standalone', dir: 'ltr', ...texts.head,
    theme_color: '#FFFFFF', background_color: '#F6F4F1', categories: ['government', 'productivity'],
    icons: [['icon', 'any'], ['maskable', 'maskable']].flatMap(([name, purpose]) =>
      [192, 512].map((edge) => ({ src: `/${icon(`${name}-${edge}`).file}`, sizes: `${edge}x${edge}`, type: 'image/png', purpose }))),
    shortcuts: [[texts.snap, '/desk/report'], [texts.spot, '/desk/report?kind=spot'], [texts.outbox, '/desk/outbox']].map(([name, url]) => ({ name, url })),
  })
  const zh = { head: { lang: 'zh-CN', name: '邻里 · 工作台', short_name: '邻里', description: '事项随手报、随手办，没有网络也能用' }, snap: '随手拍', spot: '即采即办', outbox: '待发' }
  const en = { head: { lang: 'en', name: 'Linli desk', short_name: 'Linli', description: 'Report and handle cases on the spot, with or without a network' }, snap: 'Report', spot: 'Handled on the spot', outbox: 'To be sent' }
  return {
    name: 'linli-installable',
    generateBundle() {
      if (!entries.includes('desk')) return
      for (const name of ['icon-192', 'icon-512', 'maskable-192', 'maskable-512', 'touch-180']) {
        const { bytes, file } = icon(name)
        this.emitFile({ type: 'asset', fileName: file, source: bytes })
      }
      this.emitFile({ type: 'asset', fileName: 'desk.webmanifest', source: JSON.stringify(manifest(zh)) })
      this.emitFile({ type: 'asset', fileName: 'desk.en.webmanifest', source: JSON.stringify(manifest(en)) })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { filename }) => (filename.endsWith('desk.html')
        ? [
            { tag: 'link', attrs: { rel: 'manifest', href: '/desk.webmanifest' }, injectTo: 'head' as const },
            { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `/${icon('touch-180').file}` }, injectTo: 'head' as const },
          ]
        : []),
    },
  }
}

/* The desk's icons, in its page. */
function iconsInDesk(): Plugin {
  return {
    name: 'linli-icons',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename }) {
        if (!filename.endsWith('desk.html')) return html
        const symbols = readFileSync(here('src/app/icons.svg'), 'utf8').replace(/<!--[\s\S]*?-->|<\/?svg[^>]*>|\n/g, '')
        return html.replace('<body>', () => `<body>\n<svg id="icons" width="0" height="0" display="none" aria-hidden="true">${symbols}</svg>`)
      },
    },
  }
}

/* The page behind a letter's QR is drawn by the server and has no script, so its style has a name that never changes, and asks the
 * browser itself whether to be dark. */
function verifyStyle(): Plugin {
  return {
    name: 'linli-verify',
    generateBundle() {
      if (!entries.includes('portal')) return
      const tokens = readFileSync(here('src/app/tokens.css'), 'utf8')
      const of = (theme: string) => new RegExp(`\\n\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(tokens)?.[1] ?? ''
      const own = readFileSync(here('src/features/letter/verify.css'), 'utf8')
      const text = `${tokens}\n@media (prefers-color-scheme: dark) { :root {${of('dark')}} }\n@media (prefers-contrast: more) { :root {${of('contrast')}} }\n${own}`
      this.emitFile({ type: 'asset', fileName: 'letter.css', source: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n') })
    },
  }
}

/* In development the two pages answer for the same paths as the server gives them. */
function twoPages(): Plugin {
  return {
    name: 'linli-pages',
    configureServer(server) {
      server.middlewares.use((req, _res, next) => {
        const path = (req.url ?? '/').split('?')[0] ?? '/'
        const page = req.method === 'GET' && (req.headers.accept ?? '').includes('text/html')
        if (page && !path.startsWith('/@') && !path.includes('.')) {
          req.url = /^\/desk(\/|$)/.test(path) ? '/desk.html' : '/portal.html'
        }
        next()
      })
    },
  }
}

/* scripts/build.mjs builds one entry at a time. */
const entries = process.env.LINLI_ENTRY ? [process.env.LINLI_ENTRY] : ['portal', 'desk']

export default defineConfig({
  plugins: [vue(), themeBeforePaint(), twoPages(), iconsInDesk(), installable(), verifyStyle()],
  appType: 'mpa',
  resolve: { alias: { '@': here('src') } },
  define: {
    __ICONS_IN_PAGE__: String(entries.join() === 'desk'),
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env.LINLI_WEB_PORT ?? 7100),
    proxy: { '/api': process.env.LINLI_API ?? 'http://127.0.0.1:8080' },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    target: ['es2020', 'chrome87', 'safari14', 'firefox85'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: Object.fromEntries(entries.map((name) => [name, here(`${name}.html`)])) },
  },
  test: { environment: 'happy-dom', pool: 'threads', maxWorkers: 2, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] },
})
