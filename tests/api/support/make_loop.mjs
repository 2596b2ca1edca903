/* Makes the district of loop_district.mjs in a new folder, for files of tests to copy (LINLI_TEST_LOOP): tools/parts/api and postgres run it once. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepDatabase } from './database.mjs'
import { describeDistrict } from './loop_district.mjs'
import { run, build, startServer } from './server.mjs'

const place = process.argv[2], dir = join(place, 'data')
mkdirSync(dir, { recursive: true })
const init = await run(join(build, 'linli'), ['init', '--name', '测试区', '--data', dir])
if (init.code) throw new Error(init.err)
const server = await startServer({ dir })
const district = await describeDistrict(server)
await server.stop()
writeFileSync(join(place, 'loop.json'), JSON.stringify({ ...district, database: keepDatabase(dir) }))
