/* Long lists of needs and resources: those of a demonstration again and again, moved a little, in turn of every category and community. */
import { execFileSync } from 'node:child_process'

const cell = (lon, lat) => `(CAST((${lat} + 90) * 50 AS INTEGER) + 1) * 1048576 + CAST((${lon} + 180) * 50 AS INTEGER) + 1`   // exchange_cell
/* What differs in a copy; every other column is as it was. k: which copy. */
const moved = (of) => ({
  id: `(SELECT max(id) FROM ${of}) + k.k * 1000 + c.r`, lon: 'c.lon + (k.k % 97) * 0.0001', lat: 'c.lat + (k.k % 89) * 0.0001', cell: cell('c.lon + (k.k % 97) * 0.0001', 'c.lat + (k.k % 89) * 0.0001'),
  quantity: 'c.quantity + k.k % 40', category: `(SELECT category FROM kinds WHERE n = (c.r + k.k) % (SELECT count(*) FROM kinds))`,
})

/** file: the database of a demonstration. count: how many of each there are to be, about. No server may run beside it. */
export function lengthen(file, count) {
  const columns = (table) => execFileSync('sqlite3', ['-readonly', file, `SELECT name FROM pragma_table_info('${table}')`], { encoding: 'utf8' }).trim().split('\n')
  const few = (table) => Number(execFileSync('sqlite3', ['-readonly', file, `SELECT count(*) FROM ${table}`], { encoding: 'utf8' }))
  const copy = (table) =>
    `INSERT INTO ${table} SELECT ${columns(table).map((name) => moved(table)[name] ?? `c.${name}`).join(', ')}
     FROM (SELECT *, row_number() OVER (ORDER BY id) AS r FROM ${table}) c, (WITH RECURSIVE k (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < ${Math.ceil(count / few(table))}) SELECT k FROM k) k;`
  execFileSync('sqlite3', [file], {
    stdio: ['pipe', 'ignore', 'inherit'],
    input: `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      BEGIN;
      CREATE TEMP TABLE kinds AS SELECT category, row_number() OVER (ORDER BY category) - 1 AS n FROM (SELECT category FROM need UNION SELECT category FROM resource);
      ${copy('need')}
      ${copy('resource')}
      COMMIT;
      PRAGMA journal_mode = WAL;`,
  })
}
