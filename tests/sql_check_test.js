// tools/sql-check finds what it is there to find: each bad statement and migration below must be named, and good ones must not.
// usage: node tests/sql_check_test.js PATH-OF-sql-dump
const { spawnSync, execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const assert = require('node:assert');

const dump = process.argv[2];
const bad = {
  cast: "SELECT id::TEXT FROM cases WHERE tenant_id = $1",
  volatile_now: 'UPDATE cases SET updated_at = now() WHERE tenant_id = $1',
  no_tenant: 'SELECT id FROM cases WHERE id = $1',
  half_join: 'SELECT c.id FROM cases c JOIN case_event e ON e.case_id = c.id WHERE c.tenant_id = $1',
  exists_without: 'SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND EXISTS (SELECT 1 FROM case_photo p WHERE p.case_id = c.id)',
  comma_join: 'SELECT c.id FROM cases c, case_event e WHERE c.tenant_id = $1 AND e.case_id = c.id',
  sub_in_values: 'INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, (SELECT max(value) FROM counter WHERE tenant_id = $1))',
  insert_without: "INSERT INTO counter (name, value, tenant_id) VALUES ($1, 1, 7)",
  distinct_on: 'SELECT DISTINCT ON (id) id FROM cases WHERE tenant_id = $1',
  in_array: 'SELECT id FROM cases WHERE tenant_id = $1 AND id = ANY($2)',
  like_bare: 'SELECT id FROM cases WHERE tenant_id = $1 AND code LIKE $2',
  like_joined: "SELECT id FROM cases WHERE tenant_id = $1 AND code LIKE '%' || $2",
  or_ignore: 'INSERT OR IGNORE INTO counter (tenant_id, name, value) VALUES ($1, $2, 1)',
  star: 'SELECT * FROM cases WHERE tenant_id = $1',
  insight_count_add: 'INSERT INTO counter (tenant_id, name, value) VALUES ($1, $10, $11), ($1, $22, $23)',
  gap: 'SELECT id FROM cases WHERE tenant_id = $1 AND id = $3',
  no_column: 'SELECT nonsense FROM cases WHERE tenant_id = $1',
  untyped: 'SELECT id FROM cases WHERE tenant_id = $1 AND $2 IS NULL',
  no_index_for_conflict: 'INSERT INTO cases (tenant_id, id) VALUES ($1, $2) ON CONFLICT (tenant_id, text) DO NOTHING',
  whole_table: 'SELECT count(*) FROM cases WHERE tenant_id + 0 = $1',
  locked: 'SELECT id FROM cases WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
  folded_here: 'SELECT id FROM cases WHERE tenant_id = $1 AND lower(text) = $2',
  across_rows: '/*across districts*/ SELECT c.id FROM city_district m JOIN cases c ON c.tenant_id = m.district WHERE m.city = $1',
  across_everybody: '/*across districts*/ SELECT SUM(c.reported) FROM city_district m JOIN insight_sum c ON c.tenant_id = m.district WHERE m.joined_at > $1',
  across_unmarked: 'SELECT SUM(c.reported) FROM city_district m JOIN insight_sum c ON c.tenant_id = m.district WHERE m.city = $1',
  across_or: '/*across districts*/ SELECT SUM(c.reported) FROM city_district m JOIN insight_sum c ON c.tenant_id = m.district WHERE m.city = $1 OR c.day > $2',
  across_loose: '/*across districts*/ SELECT SUM(c.reported) FROM city_district m JOIN insight_sum c ON c.unit_id = m.district WHERE m.city = $1',
  across_nested: '/*across districts*/ SELECT m.district, (SELECT SUM(reported) FROM insight_sum) FROM city_district m WHERE m.city = $1',
  across_columns: '/*across districts*/ SELECT t.created_at FROM city_district m JOIN tenant t ON t.tenant_id = m.district WHERE m.city = $1',
  across_second: '/*across districts*/ SELECT m.district FROM city_district m WHERE m.city = $1 UNION ALL SELECT tenant_id FROM insight_sum',
  across_write: '/*across districts*/ DELETE FROM city_district WHERE city = $1',
};
// What an engine would refuse too, or what another rule could be taken for: which rule it is that speaks.
const badFor = {
  merged: ['MERGE INTO counter c USING cases s ON c.tenant_id = s.tenant_id WHEN MATCHED THEN DELETE', 'no MERGE'],
  lateral: ['SELECT c.id FROM cases c CROSS JOIN LATERAL (SELECT e.seq FROM case_event e WHERE e.tenant_id = c.tenant_id) l WHERE c.tenant_id = $1', 'no LATERAL'],
  rolled_up: ['SELECT state, COUNT(*) FROM cases WHERE tenant_id = $1 GROUP BY ROLLUP (state)', 'no ROLLUP'],
  grouping_sets: ['SELECT state, COUNT(*) FROM cases WHERE tenant_id = $1 GROUP BY GROUPING SETS ((state), ())', 'no ROLLUP'],
  writing_cte: ['WITH gone AS (DELETE FROM counter WHERE tenant_id = $1 RETURNING name) SELECT name FROM gone', 'no data-modifying CTE'],
  moved: ['UPDATE cases SET tenant_id = $2 WHERE tenant_id = $1', 'tenant_id is never updated'],
  moved_second: ['UPDATE cases SET text = $3, tenant_id = $2 WHERE tenant_id = $1', 'tenant_id is never updated'],
  globbed: ["SELECT id FROM cases WHERE tenant_id = $1 AND code GLOB 'a*'", 'LIKE on a folded column'],
  by_rowid: ['SELECT rowid FROM cases WHERE tenant_id = $1', 'the primary key names a row'],
  by_ctid: ['SELECT ctid FROM cases WHERE tenant_id = $1', 'the primary key names a row'],
  clock_read: ['UPDATE cases SET updated_at = CURRENT_TIMESTAMP WHERE tenant_id = $1', 'volatile values are parameters'],
  by_sequence: ["INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, nextval('s'))", 'volatile values are parameters'],
  everything: ['SELECT c.* FROM cases c WHERE c.tenant_id = $1', 'columns are named'],
  two_at_once: ['DELETE FROM counter WHERE tenant_id = $1; DELETE FROM cases WHERE tenant_id = $1', 'one statement'],
  question_mark: ['SELECT id FROM cases WHERE tenant_id = $1 AND id = ?', 'parameters are'],
  replaced: ['REPLACE INTO counter (tenant_id, name, value) VALUES ($1, $2, 1)', 'ON CONFLICT'],
  copied: ['INSERT INTO counter (tenant_id, name, value) SELECT tenant_id, name, 1 FROM counter ON CONFLICT (tenant_id, name) DO NOTHING', 'INSERT … SELECT … ON CONFLICT needs WHERE true'],
  with_itself: ['SELECT c.id FROM cases c WHERE c.tenant_id = c.id AND c.id = $1', 'tenant_id of c is not equated'],
  with_another: ['SELECT c.id FROM cases c JOIN case_event e ON e.tenant_id = c.id AND e.case_id = c.id WHERE c.tenant_id = $1', 'tenant_id of e is not equated'],
  with_tenth: ['SELECT c.id FROM cases c WHERE c.tenant_id = $10 AND c.id = $1', 'tenant_id of c is not equated'],
  tenant_named: ['SELECT id FROM cases WHERE id = $1', 'tenant_id of cases is not equated'],
};
const good = {
  plain: 'SELECT id, text FROM cases WHERE tenant_id = $1 AND id = $2',
  join: 'SELECT c.id, e.seq FROM cases c JOIN case_event e ON e.tenant_id = c.tenant_id AND e.case_id = c.id WHERE c.tenant_id = $1 AND c.id = $2',
  exists: 'SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND EXISTS (SELECT 1 FROM case_photo p WHERE p.tenant_id = c.tenant_id AND p.case_id = c.id)',
  upsert: 'INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1) ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1 RETURNING value',
  insight_category_add_six: 'INSERT INTO counter (tenant_id, name, value) VALUES ($1, $10, $11), ($1, $20, $21)',
  like: "SELECT id FROM cases WHERE tenant_id = $1 AND text LIKE $2 ESCAPE '\\'",
  like_fixed: "SELECT id FROM cases WHERE tenant_id = $1 AND text LIKE '%a%' ORDER BY id",
  under: 'WITH RECURSIVE under (id) AS (SELECT a.id FROM area a WHERE a.tenant_id = $1 AND a.id = $2 UNION ALL SELECT k.id FROM area k JOIN under u ON k.parent_id = u.id WHERE k.tenant_id = $1) SELECT id FROM under',
  across: '/*across districts*/ SELECT t.name, SUM(c.reported) FROM city_district m JOIN tenant t ON t.tenant_id = m.district JOIN insight_tree r ON r.tenant_id = m.district AND r.parent_id = 0 JOIN insight_sum c ON c.tenant_id = m.district AND c.unit_id = r.area_id AND c.grain = 1 WHERE m.city = $1 GROUP BY t.name',
  quoted: "SELECT id FROM cases WHERE tenant_id = $1 AND text = 'now() :: MERGE INTO'",
};
const badTables = {
  'a key without the tenant': '-- table: T\nCREATE TABLE t1 (\n    tenant_id BIGINT NOT NULL, -- d\n    id BIGINT NOT NULL, -- id\n    PRIMARY KEY (id)\n) /*STRICT*/;\n',
  'no description': 'CREATE TABLE t2 (\n    tenant_id BIGINT NOT NULL, -- d\n    PRIMARY KEY (tenant_id)\n) /*STRICT*/;\n',
  'a wrong type': '-- table: T\nCREATE TABLE t3 (\n    tenant_id BIGINT NOT NULL, -- d\n    at TIMESTAMP, -- when\n    PRIMARY KEY (tenant_id)\n) /*STRICT*/;\n',
  'an index without the tenant': 'CREATE INDEX i1 ON cases (text);\n',
  'an exclusion': '-- table: T\nCREATE TABLE t5 (\n    tenant_id BIGINT NOT NULL, -- d\n    PRIMARY KEY (tenant_id),\n    EXCLUDE USING gist (tenant_id WITH =)\n) /*STRICT*/;\n',
  'a volatile default': '-- table: T\nCREATE TABLE t6 (\n    tenant_id BIGINT NOT NULL, -- d\n    at BIGINT NOT NULL DEFAULT (unixepoch()), -- when\n    PRIMARY KEY (tenant_id)\n) /*STRICT*/;\n',
  'a constraint that waits': '-- table: T\nCREATE TABLE t7 (\n    tenant_id BIGINT NOT NULL, -- d\n    PRIMARY KEY (tenant_id) DEFERRABLE\n) /*STRICT*/;\n',
  'a foreign key without the tenant': '-- table: T\nCREATE TABLE t4 (\n    tenant_id BIGINT NOT NULL, -- d\n    case_id BIGINT, -- c\n    PRIMARY KEY (tenant_id),\n    FOREIGN KEY (case_id) REFERENCES cases (id)\n) /*STRICT*/;\n',
};

// A table of one column more than its tenant, with what else it says.
const withLine = (name, line) => `-- table: T\nCREATE TABLE ${name} (\n    tenant_id BIGINT NOT NULL, -- d\n    a_id BIGINT, -- a\n    PRIMARY KEY (tenant_id)${line}\n) /*STRICT*/;\n`;
const badTablesFor = [
  ['CREATE TRIGGER t AFTER INSERT ON cases BEGIN DELETE FROM counter; END;\n', 'no triggers'],
  ['CREATE SEQUENCE s;\n', 'ids are made by the application'],
  [withLine('b1', '').replace('a_id BIGINT,', 'a_id BIGINT GENERATED ALWAYS AS IDENTITY,'), 'ids are made by the application'],
  [withLine('b2', ',\n    FOREIGN KEY (tenant_id, a_id) REFERENCES cases (tenant_id, id) ON DELETE SET NULL'), 'no ON DELETE SET NULL'],
  [withLine('b3', ',\n    FOREIGN KEY (tenant_id, a_id) REFERENCES cases (tenant_id, id) ON DELETE SET DEFAULT'), 'no ON DELETE SET NULL'],
  ['UPDATE cases SET tenant_id = 7;\n', 'tenant_id is never updated'],
  ['UPDATE cases SET text = 1, tenant_id = 7;\n', 'tenant_id is never updated'],
  ['ALTER TABLE cases ADD CONSTRAINT c CHECK (id > 0);\n', 'keys and constraints stand in CREATE TABLE'],
  ['CREATE VIEW v AS SELECT id FROM cases;\n', 'tables and indexes only'],
  [withLine('b4', ',\n    UNIQUE (a_id)'), 'b4: UNIQUE \\(a_id\\) does not begin with tenant_id'],
  [withLine('b5', '').replace('a_id BIGINT,', 'a_id BIGINT UNIQUE,'), 'b5: keys stand on lines of their own'],
  [withLine('b6', '').replace(' -- a\n', '\n'), 'b6.a_id has no description'],
  [withLine('b7', '').replace('-- a\n', '-- a [personal: to call]\n'), 'b7.a_id: \\[personal'],
  [withLine('b8', '').replace(' /*STRICT*/', ''), 'b8 does not end in'],
  [withLine('b10', '').replace('PRIMARY KEY (tenant_id)', 'b_id BIGINT NOT NULL, -- b\n    PRIMARY KEY (tenant_id, b_id)').replace('STRICT', 'STRICT, WITHOUT ROWID'), 'b10: the columns of the key stand first'],
  // What one engine alone is given.
  ['/*POSTGRES\nCREATE TRIGGER t AFTER INSERT ON cases EXECUTE FUNCTION f();\n*/\n', 'no triggers'],
  ['/*POSTGRES\nCREATE INDEX i2 ON cases (text);\n*/\n', 'index i2 does not begin with tenant_id'],
  [`/*POSTGRES\n${withLine('b9', ',\n    UNIQUE (a_id)').replace(' /*STRICT*/', '')}*/\n`, 'b9: UNIQUE \\(a_id\\) does not begin with tenant_id'],
  ['/*SQLITE\nUPDATE cases SET tenant_id = 7;\n*/\n', 'tenant_id is never updated'],
];

const folder = mkdtempSync(join(tmpdir(), 'linli-sql-check-'));
function check(lines) {
  const fake = join(folder, 'dump');
  const real = execFileSync(dump, { encoding: 'utf8', maxBuffer: 1 << 28 }).trimEnd().split('\n').filter((l) => JSON.parse(l).kind === 'migration');
  writeFileSync(join(folder, 'lines'), [...real, ...lines.map((l) => JSON.stringify(l))].join('\n') + '\n');
  writeFileSync(fake, `#!/bin/sh\n[ $# -eq 0 ] && exec cat ${folder}/lines\nexec ${dump} "$@"\n`, { mode: 0o755 });
  const run = spawnSync(join(__dirname, '../tools/sql-check'), [fake], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status: run.status, out: run.stdout + run.stderr };
}
const statement = ([name, text]) => ({ kind: 'statement', name, file: 'x.c', sqlite: text, postgres: text });

try {
  const family = { kind: 'family', name: 'broken', file: 'x.c', head: 'SELECT id FROM cases WHERE tenant_id = $1', fragments: [' AND state = $2', ' AND nothing = $3'], tails: [' ORDER BY id LIMIT $4'] };
  const texts = [...Object.values(badTables), ...badTablesFor.map(([text]) => text)];
  const migrations = texts.map((text, i) => ({ kind: 'migration', number: 900 + i, name: `${900 + i}_bad`, text, postgres: '' }));
  const wrong = check([...migrations, ...Object.entries(bad).map(statement), ...Object.entries(badFor).map(([name, [text]]) => statement([name, text])), family]);
  assert.strictEqual(wrong.status, 1);
  if (/not tried there/.test(wrong.out)) delete bad.untyped;
  for (const name of Object.keys(bad)) assert.match(wrong.out, new RegExp(`x\\.c ${name}\\b`), `${name} went through:\n${wrong.out}`);
  for (const [name, [, why]] of Object.entries(badFor)) assert.match(wrong.out, new RegExp(`x\\.c ${name}: ${why}`), `${name} went through:\n${wrong.out}`);
  Object.keys(badTables).forEach((what, i) => assert.match(wrong.out, new RegExp(`${900 + i}_bad`), `${what} went through:\n${wrong.out}`));
  const before = Object.keys(badTables).length;
  badTablesFor.forEach(([text, why], i) => assert.match(wrong.out, new RegExp(`${900 + before + i}_bad\\.sql: ${why}`), `${text} went through:\n${wrong.out}`));
  assert.match(wrong.out, /broken\[1\]/);
  assert.match(wrong.out, /broken\[all\]/);
  assert.doesNotMatch(wrong.out, /broken\[0\]/);

  const right = check([...Object.entries(good).map(statement), { ...family, fragments: [' AND state = $2', ' AND org_id = $3'] }]);
  assert.ok(right.status === 0 || right.status === 77, right.out);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
