/* The database of a data folder: SQLite's file in it, or, when LINLI_TEST_DB names a PostgreSQL (postgresql://… of its database postgres; see
 * tools/postgres), a database of its own there, made when first needed and dropped when the folder is removed or the test ends. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const base = process.env.LINLI_TEST_DB
export const onPostgres = Boolean(base)
const made = new Map()
/* A database with the schema in it and no district: a copy of it is there much sooner than all migrations are run (tools/parts/postgres makes it). */
const template = process.env.LINLI_TEST_TEMPLATE

const address = (name) => `${base}${base.includes('?') ? '&' : '?'}dbname=${name}`
const psql = (url, sql) => execFileSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql], { encoding: 'utf8', maxBuffer: 256 << 20 })

function databaseOf(dir, from = template) {
  const key = resolve(dir)
  if (!made.has(key)) {
    const name = `linli_api_${process.pid}_${createHash('sha1').update(key).digest('hex').slice(0, 12)}`
    psql(address('postgres'), `CREATE DATABASE ${name}${from ? ` TEMPLATE ${from}` : ''}`)
    made.set(key, name)
  }
  return address(made.get(key))
}

/** Copies the data folder of a server that has ended, with its database. On PostgreSQL `database` is the name of that one's. */
export function copyDistrict(from, to, database) {
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
  if (base) databaseOf(to, database)
}

/** Lets the database of a data folder outlive the program; gives its name. */
export function keepDatabase(dir) {
  const name = made.get(resolve(dir))
  made.delete(resolve(dir))
  return name
}

/** What a program that is given --data DIR needs in its environment. */
export function databaseEnv(args) {
  const at = args.indexOf('--data')
  return base && at >= 0 && !args.includes('--db') ? { LINLI_DB: databaseOf(args[at + 1]) } : {}
}

/** Drops what was made for data folders in this one. */
export function dropDatabases(dir) {
  for (const [key, name] of made)
    if (key === resolve(dir) || key.startsWith(resolve(dir) + '/')) {
      psql(address('postgres'), `DROP DATABASE ${name} WITH (FORCE)`)
      made.delete(key)
    }
}
process.once('exit', () => dropDatabases('/'))

/** Runs a text on the database of a data folder, as time or another process would; columns are parted by |. */
export const sqlOn = (dir, text) => (base ? psql(databaseOf(dir), text)
  : execFileSync('sqlite3', ['-cmd', '.timeout 10000', join(dir, 'linli.db'), text], { encoding: 'utf8', maxBuffer: 256 << 20 })).trim()

/** The rows of a query at an address of PostgreSQL, as objects. */
export const rowsAt = (url, query) => JSON.parse(psql(url, `SELECT COALESCE(json_agg(q), '[]') FROM (${query}) q`))

/** The rows of a query, as objects. */
export const rowsOf = (dir, query) => (base ? rowsAt(databaseOf(dir), query)
  : JSON.parse(execFileSync('sqlite3', ['-json', '-cmd', '.timeout 10000', join(dir, 'linli.db'), query], { encoding: 'utf8', maxBuffer: 256 << 20 }) || '[]'))

/** All that is stored: the files' bytes on SQLite, also what was overwritten; a dump on PostgreSQL. */
export const storedIn = (dir) => base ? dumpOf(dir) : ['linli.db', 'linli.db-wal'].map((name) => readFileSync(join(dir, name)).toString('latin1')).join('')

/** All that can be read, as text. */
export const dumpOf = (dir) => base ? execFileSync('pg_dump', ['--inserts', '-d', databaseOf(dir)], { encoding: 'utf8', maxBuffer: 256 << 20 })
  : execFileSync('sqlite3', [join(dir, 'linli.db'), '.dump'], { encoding: 'utf8', maxBuffer: 256 << 20 })
