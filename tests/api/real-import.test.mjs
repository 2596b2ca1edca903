/* Real input: the requests of three cities go in by the command line; every row is imported or named, a second import changes nothing, and
 * the area the map finds agrees with the city's own district label as often as plain point-in-polygon does.
 *
 * The data lie beside the checkout (../shared/data) or in $LINLI_SHARED/data; they are not part of the project. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { rowsOf } from './support/database.mjs'
import { build, folder, root, run } from './support/server.mjs'

const data = join(process.env.LINLI_SHARED ?? resolve(root, '..', 'shared'), 'data')
const skip = existsSync(data) ? false : `no test data at ${data}`

/* ---- reading ---- */

/** Rows of a CSV text as objects. */
function readCsv(text) {
  const rows = [[]]
  let field = ''
  let quoted = false
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
    const c = text[i]
    if (quoted && c === '"' && text[i + 1] === '"') { field += '"'; i++ } else if (c === '"') quoted = !quoted
    else if (c === ',' && !quoted) { rows.at(-1).push(field); field = '' } else if (c === '\n' && !quoted) {
      rows.at(-1).push(field.replace(/\r$/, ''))
      rows.push([])
      field = ''
    } else field += c
  }
  const [header, ...rest] = rows.filter((r) => r.length)
  return rest.map((r) => Object.fromEntries(header.map((name, i) => [name, r[i]])))
}

const gunzip = (path) => gunzipSync(readFileSync(path)).toString('utf8')

/* ---- a district of its own ---- */

async function district(zone) {
  const own = folder('linli-real-')
  const linli = async (codes, ...words) => {
    const result = await run(join(build, 'linli'), [...words, '--data', own.path])
    assert.ok(codes.includes(result.code), `linli ${words.join(' ')}: ${result.code}\n${result.err}`)
    return result.out
  }
  await linli([0], 'init', '--name', 'Real', '--time-zone', zone)
  return {
    remove: own.remove,
    areas: async (file, kind, name, code) =>
      JSON.parse(await linli([0], 'import', 'areas', join(data, file), '--kind', kind, '--name-property', name,
        ...(code ? ['--code-property', code] : []))),
    /** Imports a file: its counts, and the refused rows by number. */
    cases: async (file, mapping, ...more) => {
      const errors = join(own.path, 'errors.csv')
      const counts = JSON.parse(await linli([0, 3], 'import', 'cases', join(data, file), '--mapping', mapping, '--errors', errors, '--json', ...more))
      const refused = new Map(existsSync(errors) ? readCsv(readFileSync(errors, 'utf8')).map((r) => [r._row, r]) : [])
      return { counts, refused }
    },
    /** What each case's source said, and the area that was found. */
    found: async () => {
      return rowsOf(own.path, `SELECT c.source_key AS key, a.name, a.code, e.data FROM cases c JOIN case_event e ON e.tenant_id = c.tenant_id AND e.case_id = c.id AND e.seq = 1
         LEFT JOIN area a ON a.tenant_id = c.tenant_id AND a.id = c.area_id`)
        .map((r) => ({ ...r, labels: JSON.parse(r.data).labels }))
    },
  }
}

/** Every row imported or named, and a second import changes nothing. */
async function importTwice(d, file, mapping) {
  const rows = readCsv(gunzip(join(data, file))).length
  const first = await d.cases(file, mapping)
  const { counts, refused } = first
  assert.equal(counts.rows, rows, 'every row was read')
  assert.equal(counts.imported + counts.refused, rows, 'every row was imported or refused')
  assert.equal(refused.size, counts.refused, 'every refused row is named')
  for (const r of refused.values()) assert.ok(r._code && r._field && r._message, `row ${r._row} has a reason`)
  const again = (await d.cases(file, mapping)).counts
  assert.deepEqual([again.imported, again.changed, again.same, again.refused], [0, 0, counts.imported, counts.refused])
  return first
}

/** Share of labelled rows whose label is the area found; a labelled point outside every area disagrees. */
function agreement(t, what, least, rows, label, found) {
  const labelled = rows.filter((r) => label(r))
  const same = labelled.filter((r) => label(r) === found(r)).length
  const share = (100 * same) / labelled.length
  t.diagnostic(`${what}: ${share.toFixed(2)} % of ${labelled.length} labelled rows agree (at least ${least} %)`)
  assert.ok(labelled.length > 1000, `${what}: rows with a label`)
  assert.ok(share >= least, `${what}: ${share.toFixed(2)} % < ${least} %`)
}

const outside = (refused) => [...refused.values()].filter((r) => r._code === 'outside_area')

const say = (t, name, { counts }) =>
  t.diagnostic(`${name}: ${counts.rows} rows, ${counts.imported} imported, ${counts.refused} refused ${JSON.stringify(counts.reasons)}`)

/* ---- Los Angeles ---- */

const la = [['la-311/requests-2017.csv.gz', 'la-311-2017', 'CD', 'NC'], ['la-311/requests-2020.csv.gz', 'la-311-2020', 'cd', 'nc']]

for (const [what, file, name, code, column, least] of [
  ['council districts', 'la-311/council-districts-2012.geojson.gz', 'name', 'name', 2, 99.3],
  ['neighbourhood councils', 'la-311/neighborhood-councils.geojson.gz', 'name', 'nc_id', 3, 98.0],
]) {
  test(`Los Angeles 2017 and 2020 by ${what}`, { skip, timeout: 300_000 }, async (t) => {
    const d = await district('America/Los_Angeles')
    t.after(d.remove)
    const report = await d.areas(file, 'street', name, code)
    assert.ok(report.applied && report.refused_count === 0)
    const codes = new Set(JSON.parse(gunzip(join(data, file))).features.map((f) => String(f.properties[code])))
    const rows = []
    for (const [csv, mapping, ...labels] of la) {
      const { counts, refused } = await importTwice(d, csv, mapping)
      say(t, mapping, { counts })
      rows.push(...outside(refused).map((r) => ({ label: r[labels[column - 2]], code: null })))
    }
    for (const r of await d.found()) rows.push({ label: r.labels[la[0][column]] ?? r.labels[la[1][column]], code: r.code })
    agreement(t, `Los Angeles ${what}`, least, rows, (r) => (codes.has(r.label) ? r.label : null), (r) => r.code)
  })
}

/* ---- New York ---- */

test('New York 2018 by community district', { skip, timeout: 300_000 }, async (t) => {
  const d = await district('America/New_York')
  t.after(d.remove)
  await d.areas('nyc-311/community-districts.geojson.gz', 'street', 'geography_value')
  const names = new Set(JSON.parse(gunzip(join(data, 'nyc-311/community-districts.geojson.gz'))).features.map((f) => f.properties.geography_value))
  const first = await importTwice(d, 'nyc-311/requests-2018.csv.gz', 'nyc-311-2018')
  say(t, 'nyc-311-2018', first)
  const turned = (label) => label.replace(/^(\d+) (.*)$/, '$2 $1')
  const rows = (await d.found()).map((r) => ({ label: turned(r.labels['Community Board']), name: r.name }))
  rows.push(...outside(first.refused).map((r) => ({ label: turned(r['Community Board']), name: null })))
  agreement(t, 'New York 2018', 99.6, rows, (r) => (names.has(r.label) ? r.label : null), (r) => r.name)
  say(t, 'nyc-311-2015', await importTwice(d, 'nyc-311/requests-2015-12.csv.gz', 'nyc-311-2015'))
})

/* ---- Tainan ---- */

test('Tainan 2017 by village', { skip, timeout: 300_000 }, async (t) => {
  const d = await district('Asia/Taipei')
  t.after(d.remove)
  await d.areas('zh-tainan-1999/villages.geojson.gz', 'community', 'VILLNAME', 'VILLCODE')
  const towns = new Map(JSON.parse(gunzip(join(data, 'zh-tainan-1999/villages.geojson.gz'))).features.map((f) => [f.properties.VILLCODE, f.properties.TOWNNAME]))
  const known = new Set(towns.values())
  const first = await importTwice(d, 'zh-tainan-1999/requests-2017.csv.gz', 'tainan-1999')
  say(t, 'tainan-1999 (2017)', first)
  const rows = (await d.found()).map((r) => ({ label: r.labels.area, town: towns.get(r.code) }))
  rows.push(...outside(first.refused).map((r) => ({ label: r.area, town: null })))
  agreement(t, 'Tainan 2017', 97.8, rows, (r) => (known.has(r.label) ? r.label : null), (r) => r.town)
  say(t, 'tainan-1999 (2015)', await importTwice(d, 'zh-tainan-1999/requests-2015.csv.gz', 'tainan-1999'))
})
