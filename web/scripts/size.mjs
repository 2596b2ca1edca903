/* What a first view costs over the wire (brotli): the page, all it loads before it can be used, and the
 * chunks of the named pages. Fails when a budget is passed. Run after the build. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reach } from './reach.mjs'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const assets = readdirSync(join(dist, 'assets')).filter((name) => !/\.(br|gz)$/.test(name))

const VIEWS = [
  { name: 'portal, first view', html: 'home.html', pages: [], budget: 60 },
  { name: 'portal, report', html: 'portal.html', pages: ['Report'], budget: 80 },
  { name: 'desk, sign-in and My work', html: 'desk.html', pages: ['SignInPage', 'WorkPage'], budget: 150 },
]

/* A lazily loaded page's own script and style. */
const chunks = (name) => assets.filter((file) => new RegExp(`^${name}-.*\\.(js|css)$`).test(file)).map((file) => `assets/${file}`)
const weight = (path) => statSync(existsSync(join(dist, `${path}.br`)) ? join(dist, `${path}.br`) : join(dist, path)).size

let over = false
for (const { name, html, pages, budget } of VIEWS) {
  const files = [...reach(dist, [html, ...pages.flatMap(chunks)])].filter((file) => !/\.(webmanifest|png)$/.test(file))
  const kilobytes = files.reduce((sum, file) => sum + weight(file), 0) / 1024
  over ||= kilobytes > budget
  console.log(`${name}: ${kilobytes.toFixed(1)} KB of ${budget} KB${pages.some((page) => !chunks(page).length) ? ' (a page is not built yet)' : ''}`)
  if (process.argv.includes('-v')) for (const file of files.sort((a, b) => weight(b) - weight(a))) console.log(`  ${(weight(file) / 1024).toFixed(1).padStart(6)}  ${file}`)
}
if (over) process.exitCode = 1
