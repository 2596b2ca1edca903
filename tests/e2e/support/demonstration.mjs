/* The demonstration of a journey. Where LINLI_TEST_DEMOS names a folder (tools/parts/e2e), the first file that wants one of so many cases makes it there, and
 * every file has a copy: on PostgreSQL a copy of the database is there in a tenth of the time that its migrations and cases take. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyDistrict, keepDatabase } from '../../api/support/database.mjs'
import { build, run, until } from '../../api/support/server.mjs'

const shared = process.env.LINLI_TEST_DEMOS

async function make(data, cases) {
  const made = await run(join(build, 'linli'), ['demo', '--data', data, '--cases', String(cases)])
  if (made.code) throw new Error(`linli demo: ${made.err}`)
}

/* Whether this one is the first: only one of two files that begin at once makes a folder. */
function first(place) {
  try {
    mkdirSync(place)
    return true
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault
    return false
  }
}

/* What is told of it is there at once and whole, so that nobody copies half of one. */
async function makeForAll(place, cases) {
  const told = {}
  try {
    await make(join(place, 'data'), cases)
    told.database = keepDatabase(join(place, 'data'))
  } catch (fault) {
    told.fault = String(fault)
  }
  writeFileSync(join(place, 'half.json'), JSON.stringify(told))
  renameSync(join(place, 'half.json'), join(place, 'made.json'))
}

/** Makes the demonstration of so many cases in a new data folder. */
export async function demonstration(data, cases) {
  if (!shared) return make(data, cases)
  const place = join(shared, String(cases)), told = join(place, 'made.json')
  if (first(place)) await makeForAll(place, cases)
  await until(() => existsSync(told), 60_000)
  const { fault, database } = JSON.parse(readFileSync(told, 'utf8'))
  if (fault) throw new Error(fault)
  copyDistrict(join(place, 'data'), data, database)
}
