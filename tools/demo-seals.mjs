#!/usr/bin/env node
// Draws the seals of the demonstration's street offices; each says that it is a sample.
// usage: tools/demo-seals.mjs   (needs rsvg-convert and fonts-noto-cjk; run only when the drawing changes, the pictures are committed)
import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (process.argv.length > 2) {
  console.error('usage: tools/demo-seals.mjs   (needs rsvg-convert and fonts-noto-cjk; run only when the drawing changes, the pictures are committed)')
  process.exit(2)
}
const out = join(dirname(fileURLToPath(import.meta.url)), '../server/features/demo/photos')
const RED = '#C3271C'

/* A letter upright on a circle; degrees from the top. */
const sign = (c, degrees, radius, size) => `<text x="0" y="${-radius}" transform="rotate(${degrees})" font-size="${size}" text-anchor="middle">${c}</text>`

function seal(name) {
  const letters = [...name]
  const step = Math.min(30, 230 / (letters.length - 1))
  const ring = letters.map((c, i) => sign(c, (i - (letters.length - 1) / 2) * step, 160, 50)).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480" viewBox="-240 -240 480 480"><rect x="-240" y="-240" width="480" height="480" fill="#fff"/>
    <g fill="${RED}" font-family="Noto Serif CJK SC" font-weight="700"><circle r="226" fill="none" stroke="${RED}" stroke-width="10"/>${ring}
    <text y="-8" font-size="44" text-anchor="middle">印章</text><text y="48" font-size="44" text-anchor="middle">示样</text>
    <path d="M-118 120 a168 168 0 0 0 236 0" fill="none" stroke="${RED}" stroke-width="4" stroke-dasharray="7 10"/></g></svg>`
}

for (const [i, street] of ['银杏街道', '清河街道', '望湖街道'].entries())
  execFileSync('rsvg-convert', ['-o', join(out, `seal-${i}.png`)], { input: seal(`${street}办事处`) })
