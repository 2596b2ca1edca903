/* Many cases from few: copies every case of a demonstration so many times, back over three years, with its story. A copy lies within a kilometre of its case, so
 * that a district of any size has the ground of a small one of a city, some 18 km², and not five hundred spots. Copies older than 90 days are
 * closed, and nothing waits on them any more; reminders of the others come a day later than those of the demonstration, so that a bench is over before
 * they go out. No server may run beside it. The same on both engines. */
import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'

const DAY = 86_400_000
const QUARTER = 90 * DAY   // which is what a demonstration spans
const BANDS = 12
const recent = `p.shift < ${QUARTER}`
const TABLES = ['cases', 'case_event'], THESE = `('${TABLES.join("', '")}')`

/* What the engines say differently. */
const sqlite = (file) => {
  const ask = (sql) => execFileSync('sqlite3', ['-readonly', file, sql], { encoding: 'utf8' }).trim().split('\n').filter(Boolean)
  return {
    run: (script) => execFileSync('sqlite3', ['-bail', file], { stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, SQLITE_TMPDIR: dirname(file) }, input: script, maxBuffer: 1 << 28 }),
    about: () => ask(`SELECT json_object('table', t.name, 'column', c.name) FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.name IN ${THESE} ORDER BY c.cid;
      SELECT json_object('index', name, 'sql', sql) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ${THESE}`).map(JSON.parse),
    before: 'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -800000; BEGIN;',
    after: 'COMMIT; PRAGMA journal_mode = WAL;',
    upkeep: '',
    numbers: (most) => `(WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ${most}) SELECT k FROM n)`,
    day: (at) => `strftime('%Y%m%d', (${at}) / 1000, 'unixepoch')`,
    words: `INSERT INTO search_case (search_case) VALUES ('delete-all');`,
  }
}
const postgres = (url) => {
  const psql = (args, options) => execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, ...options })
  const ask = (sql) => psql(['-At', '-c', sql]).trim().split('\n').filter(Boolean)
  return {
    run: (script) => psql([], { stdio: ['pipe', 'ignore', 'inherit'], input: script }),
    about: () => ask(`SELECT json_build_object('table', table_name, 'column', column_name) FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN ${THESE} ORDER BY ordinal_position;
      SELECT json_build_object('index', i.indexname, 'sql', i.indexdef) FROM pg_indexes i WHERE i.tablename IN ${THESE} AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`).map(JSON.parse),
    before: `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'; SET client_min_messages = warning; BEGIN;`,
    // The key is sorted as the other indexes are: copies that go in before what is there would leave it half empty.
    after: 'COMMIT; REINDEX INDEX cases_pkey;',
    upkeep: 'VACUUM ANALYZE;',   // of all tables: what the server does by and by
    numbers: (most) => `(SELECT CAST(k AS BIGINT) AS k FROM generate_series(1, ${most}) k) n`,
    day: (at) => `to_char(to_timestamp((${at}) / 1000.0) AT TIME ZONE 'UTC', 'YYYYMMDD')`,
    words: 'DELETE FROM search_case;',
  }
}

/* Of the old ones nothing is left of what only open ones have. */
const open = (what) => `CASE WHEN ${recent} THEN c.${what} END`
/* What waited (1) has its answer (2) long since. */
const answered = (column) => `CASE WHEN c.${column} = 1 AND NOT (${recent}) THEN 2 ELSE c.${column} END`

/* Up to 0.01 degrees away, by chance as far as anybody can tell and the same each time. */
const around = (column, r, k) => `c.${column} + (p.r * ${r} + p.k * ${k}) % 200001 - 100000`
/* What differs in a copy; every other column is as it was. */
function changed(engine) {
  const code = `substr(${engine.day('c.reported_at - p.shift')}, 3) || '-' || (p.r * 10000 + p.k)`
  return {
    cases: {
      id: 'p.new_id', code, source_key: 'NULL', lon_e7: around('lon_e7', 7919, 104729), lat_e7: around('lat_e7', 6101, 86243),
      state: `CASE WHEN ${recent} THEN c.state ELSE 7 END`, outcome: `CASE WHEN ${recent} THEN c.outcome ELSE 1 END`,
      reported_at: 'c.reported_at - p.shift', updated_at: 'c.updated_at - p.shift',
      due_at: open('due_at - p.shift'),
      clock_from: 'c.clock_from - p.shift', remind_at: open(`remind_at + ${DAY}`),
      closed_at: `CASE WHEN ${recent} THEN c.closed_at - p.shift ELSE c.reported_at - p.shift + ${3 * DAY} END`,
      supervised_at: open('supervised_at - p.shift'), supervised_due: open('supervised_due - p.shift'), supervised_area_id: open('supervised_area_id'),
      supervised_answered: open('supervised_answered - p.shift'), supervised_remind_at: open(`supervised_remind_at + ${DAY}`),
      asked: `CASE WHEN ${recent} THEN c.asked ELSE 0 END`, asked_at: open('asked_at - p.shift'),
      tasks_open: `CASE WHEN ${recent} THEN c.tasks_open ELSE 0 END`, appeal: answered('appeal'), appeal_at: 'c.appeal_at - p.shift',
      call_back: answered('call_back'), call_back_at: 'c.call_back_at - p.shift', rated_at: 'c.rated_at - p.shift',
    },
    case_event: { case_id: 'p.new_id', at: 'c.at - p.shift', due_at: 'c.due_at - p.shift' },
  }
}

function copyOf(engine, columns, table, key, order) {
  const with_ = changed(engine)[table]
  return `INSERT INTO ${table} (${columns[table].join(', ')}) SELECT ${columns[table].map((name) => with_[name] ?? `c.${name}`).join(', ')}
   FROM copy p JOIN original_${table} c ON c.tenant_id = p.tenant_id AND c.${key} = p.old_id ORDER BY ${order};`
}

/* One quarter of a year, in the order of the new ids, and some seconds so that no two copies have one moment. Ids are made as base/id.h says. */
const band = (engine, columns, copies, n) => `
  DROP TABLE IF EXISTS copy;
  CREATE TEMP TABLE copy AS
  SELECT tenant_id, id AS old_id, r, k, k % ${BANDS} * ${QUARTER} + k * 61001 AS shift,
         ((reported_at - k % ${BANDS} * ${QUARTER} - k * 61001 - 946684800000) << 22) | (63 << 16) | r AS new_id
  FROM original, ${engine.numbers(copies - 1)} WHERE k % ${BANDS} = ${n};
  ${copyOf(engine, columns, 'cases', 'id', 'p.new_id')}
  ${copyOf(engine, columns, 'case_event', 'case_id', 'p.new_id, c.seq')}`

/** of: {file} or {url}, the database of a demonstration. copies: how many of each case there are to be. Gives the seconds it took until all was committed. */
export function fill(of, copies) {
  const began = performance.now(), engine = of.url ? postgres(of.url) : sqlite(of.file)
  const about = engine.about(), columns = Object.fromEntries(TABLES.map((name) => [name, about.filter(({ table }) => table === name).map(({ column }) => column)]))
  const indexes = about.filter(({ index }) => index)   // many rows are sorted into an index sooner than put into it one by one
  engine.run(`
    ${engine.before}
    ${indexes.map(({ index }) => `DROP INDEX ${index};`).join('\n')}
    -- Copies are made from what was there first, not from a table that grows with them.
    ${TABLES.map((table) => `CREATE TEMP TABLE original_${table} AS SELECT * FROM ${table};`).join('\n')}
    CREATE TEMP TABLE original AS SELECT tenant_id, id, reported_at, row_number() OVER (ORDER BY id) AS r FROM cases;
    ${Array.from({ length: BANDS }, (_, i) => band(engine, columns, copies, BANDS - 1 - i)).join('\n')}
    ${indexes.map(({ sql }) => `${sql};`).join('\n')}
    -- The copies have no words in the search index: the job that fills it takes them all from the first start on.
    ${engine.words}
    DELETE FROM search_fill;
    INSERT INTO search_fill (tenant_id, below, done, total) SELECT tenant_id, max(id) + 1, 0, count(*) FROM cases GROUP BY tenant_id;
    -- Nor are they counted: the job that keeps the figures takes them all.
    DELETE FROM insight_sum; DELETE FROM insight_hour; DELETE FROM insight_category; DELETE FROM insight_turn; DELETE FROM insight_fact; DELETE FROM insight_fill;
    INSERT INTO insight_fill (tenant_id, above, done, total) SELECT tenant_id, 0, 0, count(*) FROM cases GROUP BY tenant_id;
    DELETE FROM job WHERE kind IN ('search.fill', 'insight.keep');
    ${engine.after}`)
  const seconds = (performance.now() - began) / 1000
  engine.run(engine.upkeep)
  return seconds
}
