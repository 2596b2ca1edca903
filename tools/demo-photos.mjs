#!/usr/bin/env node
// Draws the demonstration's stand-in photographs (before and after) as SVG and turns them into JPEG.
// usage: tools/demo-photos.mjs   (needs rsvg-convert and convert; run only when a drawing changes, the pictures are committed)
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (process.argv.length > 2) {
  console.error('usage: tools/demo-photos.mjs   (needs rsvg-convert and convert; run only when a drawing changes, the pictures are committed)')
  process.exit(2)
}
const out = join(dirname(fileURLToPath(import.meta.url)), '../server/features/demo/photos')
const W = 640, H = 480

// A small repeatable generator, so that the same script draws the same pictures.
let seed = 7
const rnd = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
const between = (a, b) => a + (b - a) * rnd()

const grain = (id, scale, surface, light) => `<filter id="${id}" x="0" y="0" width="100%" height="100%">
  <feTurbulence type="fractalNoise" baseFrequency="${scale}" numOctaves="4" seed="${Math.floor(rnd() * 90)}"/>
  <feDiffuseLighting surfaceScale="${surface}" lighting-color="${light}"><feDistantLight azimuth="225" elevation="58"/></feDiffuseLighting></filter>`

const scene = (defs, body) => `<svg xmlns="http://www.w3.org/2000/svg" width="${W}" height="${H}" viewBox="0 0 ${W} ${H}">
<defs>${defs}<radialGradient id="vignette" cx=".5" cy=".45" r=".8"><stop offset=".55" stop-opacity="0"/><stop offset="1" stop-opacity=".42"/></radialGradient></defs>
${body}<rect width="${W}" height="${H}" fill="url(#vignette)"/></svg>`

const ground = (y, filter) => `<rect x="0" y="${y}" width="${W}" height="${H - y}" filter="url(#${filter})"/>`
const wall = (y, filter) => `<rect x="0" y="0" width="${W}" height="${y}" filter="url(#${filter})"/>`

function night(lit) {
  let s = `<rect width="${W}" height="${H}" fill="url(#sky)"/>`
  for (let x = -20; x < W; x += 105) {
    const top = between(90, 190), w = between(80, 100)
    s += `<rect x="${x}" y="${top}" width="${w}" height="${H}" fill="#161c28"/>`
    for (let i = 0; i < 16; i++)
      if (rnd() < 0.42) s += `<rect x="${x + 10 + (i % 4) * 20}" y="${top + 16 + Math.floor(i / 4) * 34}" width="9" height="13" fill="#caa35a" opacity=".75"/>`
  }
  s += `<rect y="340" width="${W}" height="140" fill="#0d1016"/><path d="M250 480 L310 340 H350 L470 480Z" fill="#23262c"/>`
  for (const [x, h, k] of [[460, 290, 1], [372, 120, 0.5]]) {
    s += `<path d="M${x} 380 V${380 - h + 30} q0 -30 ${-30 * k} -30 h${-40 * k}" fill="none" stroke="#565d68" stroke-width="${9 * k}"/>`
    const lx = x - 70 * k, ly = 380 - h
    s += `<rect x="${lx - 22 * k}" y="${ly - 5 * k}" width="${46 * k}" height="${11 * k}" rx="3" fill="${lit ? '#fff3c4' : '#3a404a'}"/>`
    if (lit) s += `<ellipse cx="${lx}" cy="${ly}" rx="${190 * k}" ry="${190 * k}" fill="url(#glow)"/><ellipse cx="${lx}" cy="430" rx="${260 * k}" ry="${46 * k}" fill="url(#glow)" opacity=".8"/>`
  }
  return scene(`<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#0a101c"/><stop offset="1" stop-color="#1b2433"/></linearGradient>
    <radialGradient id="glow"><stop stop-color="#ffd67a" stop-opacity=".85"/><stop offset="1" stop-color="#ffd67a" stop-opacity="0"/></radialGradient>`, s)
}

function manhole(fixed) {
  let s = wall(96, 'kerb') + ground(96, 'road') + `<rect y="92" width="${W}" height="10" fill="#4b4a47"/>`
  for (let x = 60; x < W; x += 150) s += `<path d="M${x} 0 V92" stroke="#6d6a64" stroke-width="3"/>`
  s += `<ellipse cx="320" cy="300" rx="176" ry="112" fill="#45433f"/><ellipse cx="320" cy="297" rx="156" ry="96" fill="${fixed ? '#6a6862' : '#121211'}"/>`
  if (fixed) {
    for (let i = -3; i <= 3; i++) s += `<path d="M${320 + i * 40 - 24} ${297 - 18} h48 M${320 + i * 40 - 24} ${297 + 18} h48" stroke="#524f4a" stroke-width="9"/>`
    s += `<ellipse cx="320" cy="297" rx="132" ry="78" fill="none" stroke="#504d48" stroke-width="7"/>`
  } else {
    s += `<path d="M168 288 q30 -80 150 -86 l34 22 -30 40 -54 8 -30 40 -50 4z" fill="#6e6b64"/><path d="M200 268 l110 -34" stroke="#4a4843" stroke-width="7"/>
      <path d="M430 358 l40 18 -14 16 -38 -14z" fill="#77736b"/><path d="M496 292 l60 30 44 -6 M470 220 l36 -50 52 -14 M150 330 l-60 34 -70 2" stroke="#2c2a27" stroke-width="4" fill="none"/>`
  }
  return scene(grain('road', 0.11, 1.6, '#8b8a86') + grain('kerb', 0.05, 0.8, '#b9b4ab'), s)
}

function rubbish(cleared) {
  let s = wall(250, 'wall') + ground(250, 'road') + `<rect y="244" width="${W}" height="10" fill="#5d5953"/>`
  if (!cleared) {
    const bags = ['#20242b', '#2f3a48', '#33503f', '#222', '#55504a', '#1d2330', '#3a2f2f']
    bags.forEach((c, i) => {
      const x = 120 + i * 58, y = 320 + (i % 3) * 26, r = between(38, 54)
      s += `<path d="M${x - r} ${y + r * 0.7} q-10 ${-r * 1.3} ${r * 0.8} ${-r * 1.3} l-6 -16 h24 l-6 16 q${r * 0.9} ${r * 0.1} ${r * 0.7} ${r * 1.3} z" fill="${c}"/><path d="M${x - 8} ${y - r * 0.2} q-10 ${r * 0.4} -4 ${r * 0.6}" stroke="#fff" opacity=".22" stroke-width="3" fill="none"/>`
    })
    s += `<path d="M508 268 l86 16 -14 76 -84 -16z" fill="#b28a57"/><path d="M508 268 l42 34 44 -18" stroke="#8b683b" stroke-width="4" fill="none"/>`
  } else {
    for (const x of [170, 330, 490]) s += `<path d="M${x - 56} 232 h112 l-10 150 h-92z" fill="${x === 330 ? '#2f6b4a' : x === 170 ? '#3a4f7a' : '#5b5d60'}"/><rect x="${x - 62}" y="218" width="124" height="20" rx="6" fill="#2a2d30"/>`
    s += `<ellipse cx="330" cy="402" rx="260" ry="14" opacity=".25"/>`
  }
  return scene(grain('wall', 0.045, 1.1, '#c9c1b6') + grain('road', 0.12, 1.5, '#8d8b87'), s)
}

function bicycle(x, y, tilt, colour) {
  return `<g transform="translate(${x} ${y}) rotate(${tilt})" fill="none" stroke-width="6"><circle r="34" stroke="#26282b"/><circle cx="104" r="34" stroke="#26282b"/><path d="M0 0 L34 -52 H84 L104 0 M34 -52 L56 0 H0 M56 0 L84 -52 L80 -72 h18" stroke="${colour}"/><path d="M24 -62 h26" stroke="#222" stroke-width="9"/></g>`
}

function bikes(tidy) {
  let s = wall(170, 'wall') + ground(170, 'pave') + `<path d="M0 300 h${W}" stroke="#d9b13b" stroke-width="22" stroke-dasharray="44 6" opacity=".75"/>`
  const colours = ['#2b7fb8', '#e0a526', '#3d9a62', '#2b7fb8', '#e0a526', '#3d9a62']
  colours.forEach((c, i) => {
    s += tidy ? bicycle(36 + i * 98, 230, -8, c) : bicycle(between(20, 480), between(270, 430), between(-70, 80), c)
  })
  return scene(grain('wall', 0.04, 0.8, '#b7b3aa') + grain('pave', 0.09, 1.2, '#a5a19a'), s)
}

function leak(fixed) {
  let s = wall(250, 'wall') + ground(250, 'floor') + `<rect y="246" width="${W}" height="8" fill="#6c6861"/><rect x="292" y="0" width="56" height="250" fill="#8c8f92"/><rect x="284" y="150" width="72" height="26" fill="${fixed ? '#3d6fa5' : '#6f5b47'}"/>`
  if (!fixed)
    s += `<path d="M300 176 C280 230 250 240 262 262 C150 300 90 360 190 410 C300 450 470 440 520 380 C548 330 420 300 372 262 C384 236 352 214 344 176Z" fill="#2c3136" opacity=".62"/><path d="M180 372 q130 -34 250 6" stroke="#dfe8ee" stroke-width="8" opacity=".35" fill="none"/><path d="M312 178 v70 M330 178 v64" stroke="#cfe0ea" stroke-width="4" opacity=".7"/>`
  return scene(grain('wall', 0.03, 1, '#cfc9bf') + grain('floor', 0.1, 1.2, '#96938d'), s)
}

function tree(cleared) {
  let s = `<rect width="${W}" height="210" fill="#b9c6cf"/>` + ground(210, 'road') + `<rect x="70" y="20" width="46" height="260" fill="#5d4a38"/>`
  for (let i = 0; i < 40; i++) s += `<circle cx="${between(-40, 240)}" cy="${between(-30, 130)}" r="${between(24, 52)}" fill="hsl(${between(95, 125)} 28% ${between(26, 40)}%)"/>`
  if (!cleared) {
    s += `<path d="M130 330 L560 300" stroke="#57452f" stroke-width="26"/><path d="M300 316 L420 230 M380 312 L500 400 M220 324 L300 410" stroke="#57452f" stroke-width="11"/>`
    for (let i = 0; i < 70; i++) s += `<ellipse cx="${between(260, 620)}" cy="${between(220, 420)}" rx="${between(10, 24)}" ry="${between(6, 14)}" transform="rotate(${between(-40, 40)} 420 320)" fill="hsl(${between(85, 125)} 32% ${between(26, 42)}%)"/>`
  } else {
    for (let i = 0; i < 26; i++) s += `<ellipse cx="${between(100, 620)}" cy="${between(260, 460)}" rx="6" ry="3" fill="#56683e" opacity=".6"/>`
  }
  return scene(grain('road', 0.1, 1.4, '#93918c'), s)
}

const draw = { lamp: night, manhole, rubbish, bikes, leak, tree }
const folder = mkdtempSync(join(tmpdir(), 'photos-'))
for (const [name, of] of Object.entries(draw))
  for (const after of [false, true]) {
    const stem = join(folder, name)
    seed = 7 + name.length * 13
    writeFileSync(`${stem}.svg`, of(after))
    execFileSync('rsvg-convert', ['-o', `${stem}.png`, `${stem}.svg`])
    execFileSync('convert', [`${stem}.png`, '-strip', '-quality', '78', join(out, `${name}-${after ? 'after' : 'before'}.jpg`)])
  }
rmSync(folder, { recursive: true })
