/* Draws the application's icons from the mark of src/app/icons.svg, as src/app/icons/*.png. Run by hand when the mark changes; needs
 * rsvg-convert (librsvg2-bin). The PNGs are committed, so that a build needs no drawing program. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const app = fileURLToPath(new URL('../src/app', import.meta.url))
const mark = /<symbol id="mark" viewBox="0 0 26 26">(.*?)<\/symbol>/s.exec(readFileSync(join(app, 'icons.svg'), 'utf8'))[1]
const accent = /--accent: (#[0-9A-F]{6})/i.exec(readFileSync(join(app, 'tokens.css'), 'utf8'))[1]

/* share: how much of the edge the mark takes. A maskable icon may be cut to a circle of 80 %. */
const drawing = ({ round, share }) => {
  const scale = (512 * share) / 26
  const at = (512 - 26 * scale) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="${round}" fill="${accent}"/>
<g transform="translate(${at} ${at - 6}) scale(${scale})" color="#FFFFFF">${mark.replaceAll('currentColor', '#FFFFFF')}</g></svg>`
}

const ICONS = [
  ['icon-192', 192, { round: 112, share: 0.66 }],
  ['icon-512', 512, { round: 112, share: 0.66 }],
  ['maskable-192', 192, { round: 0, share: 0.52 }],
  ['maskable-512', 512, { round: 0, share: 0.52 }],
  ['touch-180', 180, { round: 0, share: 0.6 }],
]
mkdirSync(join(app, 'icons'), { recursive: true })
for (const [name, edge, how] of ICONS) {
  execFileSync('rsvg-convert', ['-w', String(edge), '-h', String(edge), '-o', join(app, 'icons', `${name}.png`)], { input: drawing(how) })
}
