/* Other people's clients and validators, from tests/clients (tools/clients fetches them). */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './server.mjs'

const home = join(root, 'tests/clients')
const from = createRequire(join(home, 'package.json'))

/** The package, or an error that says how to get it. */
export function client(name) {
  if (!existsSync(join(home, 'node_modules/.stamp'))) throw new Error('run tools/clients first: tests/clients is not installed')
  return from(name)
}

/** Where collections of real data lie; null when they are not there. */
export function shared(...parts) {
  const place = join(process.env.LINLI_SHARED ?? join(root, '../shared'), ...parts)
  return existsSync(place) ? place : null
}
