/* Precision and recall of the search for duplicates, on collections of real reports that mark their own or were judged by hand.
 *
 *   node bench/alike.mjs [--json] [PROGRAM]      PROGRAM: the built bench/alike; default build-check/bench/alike
 *
 * The collections lie in ../shared/data beside the checkout, or where LINLI_SHARED points; exit code 77 without them.
 * docs/decisions/duplicates.md says what the labels mean and what they cannot tell. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const data = process.env.LINLI_SHARED ?? join(root, '../shared/data')
const words = process.argv.slice(2).filter((word) => word !== '--json')
if (words.length > 1 || words[0]?.startsWith('-')) {
  console.error('usage: node bench/alike.mjs [--json] [PROGRAM]')
  process.exit(2)
}
const program = words[0] ?? join(root, 'build-check/bench/alike')

/** Rows of a CSV as objects. */
function csv(text) {
  const rows = []
  let row = [], cell = '', quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[++i]
      else if (c === '"') quoted = false
      else cell += c
    } else if (c === '"') quoted = true
    else if (c === ',' || c === '\n') {
      row.push(cell.replace(/\r$/, ''))
      cell = ''
      if (c === '\n') rows.push(row), (row = [])
    } else cell += c
  }
  if (cell || row.length) rows.push([...row, cell])
  const head = rows.shift().map((name) => name.replace(/^\uFEFF/, ''))
  return rows.filter((r) => r.length === head.length).map((r) => Object.fromEntries(head.map((name, i) => [name, r[i]])))
}
const read = (name) => csv(gunzipSync(readFileSync(join(data, name))).toString('utf8'))
const percent = (part) => `${(100 * part).toFixed(1)} %`
const plain = (text) => text.replace(/\s+/g, ' ')
const run = (mode, rows) => execFileSync(program, [mode], { input: rows.map((r) => r.join('\t')).join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 28 })

/** Rows {at, lon, lat, category, parent, marked, text} to {threshold: {precision, recall}}. */
function marked(rows) {
  const names = new Map()
  const number = (name) => (name ? (names.has(name) ? names : names.set(name, names.size + 1)).get(name) : 0)
  const sorted = rows.filter((r) => r.lon && r.lat && r.at).sort((a, b) => a.at - b.at)
  /* The first report of its address within the collection has no earlier one that could be found. */
  const addresses = new Set()
  const findable = sorted.filter((r) => addresses.has(r.place) || (addresses.add(r.place), false)).filter((r) => r.marked).length
  const lines = run('marked', sorted.map((r) => [r.at, Math.round(r.lon * 1e7), Math.round(r.lat * 1e7), number(r.category), number(r.parent), r.marked ? 1 : 0, number(`at ${r.place}`), plain(r.text)]))
  const by = lines.trim().split('\n').map((line) => line.split(' ').map(Number))
    .map(([threshold, right, wrong, missed, same]) => ({ threshold, precision: right / (right + wrong), recall: right / (right + missed), of_findable: same / findable }))
  return { rows: sorted.length, marked: sorted.filter((r) => r.marked).length, findable, by }
}

/* New York: the housing department marks a complaint "duplicate of a condition already reported by another tenant for a building-wide
 * condition". Its own complaints are the question; those of other departments are not marked so and would count as wrong. */
function newYork() {
  const rows = read('nyc-311/requests-2018.csv.gz').map((r) => {
    const [date, time] = r['Created Date'].split(' ')
    const [month, day, year] = date.split('/').map(Number)
    const [hour, minute] = time.split(':').map(Number)
    return {
      at: Date.UTC(2000 + year, month - 1, day, hour, minute), lon: Number(r.Longitude), lat: Number(r.Latitude), agency: r.Agency,
      place: `${r['Incident Address']} ${r.Borough}`, category: `${r['Complaint Type']}/${r.Descriptor}`, parent: r['Complaint Type'], marked: /duplicate/.test(r['Resolution Description']),
      text: `${r['Complaint Type']} ${r.Descriptor} ${r['Incident Address']}`,
    }
  })
  return marked(rows.filter((r) => r.agency === 'HPD' && r.parent === 'HEAT/HOT WATER'))
}

/* Tainan: 25 reports of one noise that the city itself joined (併案). What else was joined is not marked: recall alone can be told. */
function tainan() {
  const rows = read('zh-tainan-1999/requests-2017.csv.gz').filter((r) => r.service_name === '噪音舉發')
  return marked(rows.map((r) => ({
    at: Date.parse(`${r.requested_datetime.replace(' ', 'T')}+08:00`) || Date.parse(r.requested_datetime), lon: Number(r.long), lat: Number(r.lat),
    place: `${r.lat} ${r.long}`, category: r.subproject, parent: r.service_name, marked: /併案/.test(r.description), text: r.description.replace(/併案.*$/, ''),
  })))
}

/* Message board: no places. The words alone, on pairs judged by hand, weighed by how many pairs there are of each likeness. */
function messages() {
  const all = new Map(read('zh-gov-messages/messages.csv.gz').map((r) => [r.留言编号, plain(`${r.留言主题} ${r.留言详情}`)]))
  const lines = readFileSync(join(root, 'bench/alike-pairs.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'))
  const bands = lines.filter((l) => l[0] === 'band').map(([, least, below, pairs]) => ({ least: Number(least), below: Number(below), pairs: Number(pairs), judged: 0, same: 0 }))
  const pairs = lines.filter((l) => l[0] !== 'band')
  const scores = run('pairs', pairs.map(([label, a, b]) => [label, all.get(a), all.get(b)])).trim().split('\n').map((line) => line.split(' ').map(Number))
  for (const [label, score] of scores) {
    const band = bands.find((b) => score >= b.least && score < b.below)
    if (!band) continue
    band.judged++
    band.same += label
  }
  const sum = (from, of) => bands.filter((b) => b.least >= from && b.judged).reduce((n, b) => n + of(b), 0)
  const same = (b) => (b.same / b.judged) * b.pairs
  return {
    pairs: pairs.length, same: scores.filter(([label]) => label).length,
    by: bands.map((b) => ({ threshold: b.least, precision: sum(b.least, same) / sum(b.least, (x) => x.pairs), recall: sum(b.least, same) / sum(0, same) })),
  }
}

if (!existsSync(join(data, 'nyc-311'))) {
  console.error(`no collections in ${data}`)
  process.exit(77)
}
const found = { newYork: newYork(), tainan: tainan(), messages: messages() }
if (process.argv.includes('--json')) console.log(JSON.stringify(found))
else
  for (const [name, { by, ...size }] of Object.entries(found)) {
    console.log(name, Object.entries(size).map(([what, n]) => `${what} ${n}`).join(', '))
    for (const { threshold, precision, recall, of_findable } of by)
      console.log(`  ${threshold}  precision ${percent(precision)}  recall ${percent(recall)}${of_findable === undefined ? '' : `  of the findable ${percent(of_findable)}`}`)
  }
