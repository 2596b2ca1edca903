/* A small district to break: made by `linli demo` without cases, with one point inside a grid to report from. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { onPostgres, rowsAt, rowsOf } from '../../api/support/database.mjs'
import { build, root, run, startServer } from '../../api/support/server.mjs'

const photos = join(root, 'server/features/demo/photos')
export const photo = readFileSync(join(photos, readdirSync(photos).find((name) => name.endsWith('.jpg'))))

const linli = join(build, 'linli')

export async function makeDistrict(dir) {
  const made = await run(linli, ['demo', '--cases', '0', '--data', dir])
  if (made.code) throw new Error(`linli demo: ${made.err}${made.out}`)
}

/** The server on a folder, one reporter who is signed in, and a point inside the district. */
export async function startDistrict(dir) {
  const server = await startServer({ dir })
  try {
    const reporter = server.client()
    const entered = await reporter.post('/session/demo', { role: 'resident' })
    if (entered.status >= 300) throw new Error(`sign-in: ${entered.status} ${entered.text}`)
    const areas = await reporter.get('/areas.geojson', { query: { kind: 'grid' } })
    if (areas.status !== 200) throw new Error(`areas: ${areas.status} ${areas.text}`)
    return { server, reporter, at: middle(areas.body.features[0].geometry.coordinates.flat(Infinity)) }
  } catch (problem) {
    await server.stop()
    throw problem
  }
}

/* Of the corners of a small convex area: a point inside. */
function middle(numbers) {
  const mean = (list) => list.reduce((a, b) => a + b) / list.length
  return { lon: mean(numbers.filter((_, i) => i % 2 === 0)), lat: mean(numbers.filter((_, i) => i % 2 === 1)) }
}

/** Rows of the database, read beside the program: {column: value}. Where LINLI_DB names one, of that. */
export const rows = (dir, sql) => (process.env.LINLI_DB ? rowsAt(process.env.LINLI_DB, sql) : rowsOf(dir, sql))

/** Makes a small file system of its own at a folder, or gives the reason why there is none. */
export function mount(path, size) {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' })
    return null
  } catch (problem) {
    return `no file system of its own can be mounted here: ${String(problem.stderr ?? problem).trim()}`
  }
}

export const unmount = (path) => execFileSync('umount', ['-l', path])

/** What must hold whatever has happened: pages, references, the audit chain, one event and one audit row for each case. */
export async function wounds(dir) {
  const found = []
  const say = (what, detail) => found.push(`${what}: ${JSON.stringify(detail).slice(0, 400)}`)
  if (!onPostgres && !process.env.LINLI_DB) {   /* there the doctor has to do */
    const integrity = rows(dir, 'PRAGMA integrity_check')
    if (integrity[0]?.integrity_check !== 'ok') say('integrity', integrity)
    const references = rows(dir, 'PRAGMA foreign_key_check')
    if (references.length) say('references', references)
  }
  const storyless = rows(dir, `SELECT code FROM cases c WHERE version IS DISTINCT FROM (SELECT max(seq) FROM case_event e WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id)`)
  if (storyless.length) say('cases whose story is not whole', storyless)
  const unaudited = rows(dir, `SELECT code FROM cases c WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.tenant_id = c.tenant_id AND a.object_id = c.id)`)
  if (unaudited.length) say('cases without an audit row', unaudited)
  for (const words of [['audit', 'verify'], ['doctor', '--thorough']]) {
    const result = await run(linli, [...words, '--data', dir])
    const faults = result.out.split('\n').filter((line) => line.startsWith('FAULT') && !line.includes('room on disk'))
    if (words[0] === 'doctor' ? faults.length : result.code) say(`linli ${words.join(' ')}`, result.out + result.err)
  }
  return found
}
