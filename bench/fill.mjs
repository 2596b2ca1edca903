/* Many cases from few: copies every case of a demonstration so many times, back over three years, with its story. Copies older than 90 days are
 * closed. No server may run beside it. */
import { execFileSync } from 'node:child_process'

const QUARTER = 7_776_000_000   // 90 days in milliseconds, which is what a demonstration spans
const recent = `p.shift < ${QUARTER}`
const code = `substr(strftime('%Y%m%d', (c.reported_at - p.shift) / 1000, 'unixepoch'), 3) || '-' || (p.r * 1000 + p.k)`

/* What differs in a copy; every other column is as it was. */
const changed = {
  cases: {
    id: 'p.new_id', code, source_key: 'NULL', find_text: `replace(c.find_text, c.code, ${code})`,
    state: `CASE WHEN ${recent} THEN c.state ELSE 7 END`, outcome: `CASE WHEN ${recent} THEN c.outcome ELSE 1 END`,
    reported_at: 'c.reported_at - p.shift', updated_at: 'c.updated_at - p.shift',
    due_at: `CASE WHEN ${recent} THEN c.due_at - p.shift END`,
    clock_from: 'c.clock_from - p.shift', remind_at: `CASE WHEN ${recent} THEN c.remind_at - p.shift END`,
    closed_at: `CASE WHEN ${recent} THEN c.closed_at - p.shift ELSE c.reported_at - p.shift + 259200000 END`,
  },
  case_event: { case_id: 'p.new_id', at: 'c.at - p.shift', due_at: 'c.due_at - p.shift' },
}

const columns = (file, table) => execFileSync('sqlite3', ['-readonly', file, `SELECT name FROM pragma_table_info('${table}')`], { encoding: 'utf8' }).trim().split('\n')
const copy = (file, table, key, order) =>
  `INSERT INTO ${table} SELECT ${columns(file, table).map((name) => changed[table][name] ?? `c.${name}`).join(', ')}
   FROM copy p JOIN ${table} c ON c.tenant_id = p.tenant_id AND c.${key} = p.old_id ORDER BY ${order};`

/** file: the database of a demonstration. copies: how many of each case there are to be. */
export function fill(file, copies) {
  execFileSync('sqlite3', [file], {
    stdio: ['pipe', 'ignore', 'inherit'],
    input: `
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -800000;
      BEGIN;
      -- A quarter of a year per step back, and some seconds so that no two copies have one moment. Ids are made as base/id.h says.
      CREATE TEMP TABLE copy AS
      WITH RECURSIVE k (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < ${copies - 1}),
           original AS (SELECT tenant_id, id, reported_at, row_number() OVER (ORDER BY id) AS r FROM cases)
      SELECT tenant_id, id AS old_id, r, k, (k % 12) * ${QUARTER} + k * 61001 AS shift,
             ((reported_at - (k % 12) * ${QUARTER} - k * 61001 - 946684800000) << 22) | (63 << 16) | r AS new_id
      FROM original, k;
      ${copy(file, 'cases', 'id', 'p.new_id')}
      ${copy(file, 'case_event', 'case_id', 'p.new_id, c.seq')}
      -- The copies have no words in the search index: the job that fills it takes them all from the first start on.
      INSERT INTO search_case (search_case) VALUES ('delete-all');
      DELETE FROM search_fill;
      INSERT INTO search_fill (tenant_id, below, done, total) SELECT tenant_id, max(id) + 1, 0, count(*) FROM cases GROUP BY tenant_id;
      -- Nor are they counted: the job that keeps the figures takes them all.
      DELETE FROM insight_count; DELETE FROM insight_category; DELETE FROM insight_mark; DELETE FROM insight_case; DELETE FROM insight_fill;
      INSERT INTO insight_fill (tenant_id, above, done, total) SELECT tenant_id, 0, 0, count(*) FROM cases GROUP BY tenant_id;
      DELETE FROM job WHERE kind IN ('search.fill', 'insight.keep');
      COMMIT;
      PRAGMA journal_mode = WAL;`,
  })
}
