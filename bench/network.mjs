/* A district with many areas and organisations: a lattice of grids with crooked common borders, communities and streets made of them, and trees of
 * organisations in every community. The same numbers make the same district. */
import { execFileSync } from 'node:child_process'

const WEST = 120.1, SOUTH = 30.1, STEP = 0.004
const BENDS = 8                       // corners on the way from one crossing to the next

/** A number in [-1, 1) from two others: the same for both neighbours of a border. */
function odd(x, y) {
  const n = Math.sin(x * 127.1 + y * 311.7) * 43758.5453
  return (n - Math.floor(n)) * 2 - 1
}
const crossing = (x, y) => [WEST + (x + odd(x, y) * 0.2) * STEP, SOUTH + (y + odd(y + 1000, x) * 0.2) * STEP]

/** From one crossing to a neighbouring one, the last left out; back to front it is the same line. */
function border([x0, y0], [x1, y1]) {
  const turned = x1 < x0 || y1 < y0
  const from = turned ? [x1, y1] : [x0, y0], to = turned ? [x0, y0] : [x1, y1]
  const a = crossing(...from), b = crossing(...to)
  const line = [a]
  for (let i = 1; i < BENDS; i++) {
    const t = i / BENDS, off = odd(from[0] * 31 + to[0] + i, from[1] * 17 + to[1] - i) * STEP * 0.03
    line.push([a[0] + (b[0] - a[0]) * t + (from[1] === to[1] ? 0 : off), a[1] + (b[1] - a[1]) * t + (from[1] === to[1] ? off : 0)])
  }
  line.push(b)
  return (turned ? line.reverse() : line).slice(0, -1)
}

/** The outline of a block of cells. */
function outline(x, y, wide, high) {
  const way = []
  for (let i = 0; i < wide; i++) way.push([x + i, y])
  for (let i = 0; i < high; i++) way.push([x + wide, y + i])
  for (let i = wide; i > 0; i--) way.push([x + i, y + high])
  for (let i = high; i > 0; i--) way.push([x, y + i])
  const ring = way.flatMap((at, i) => border(at, way[(i + 1) % way.length]))
  return [...ring, ring[0]].map((point) => point.map((n) => Number(n.toFixed(7))))
}

/** Areas of one level as GeoJSON. across, down: how many; wide, high: cells of each. */
function level(name, across, down, wide, high) {
  const features = []
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++)
      features.push({
        type: 'Feature', properties: { name: `${name}${y * across + x + 1}` },
        geometry: { type: 'Polygon', coordinates: [outline(x * wide, y * high, wide, high)] },
      })
  return JSON.stringify({ type: 'FeatureCollection', features })
}

/** Small is for seeing that the bench works. Each level by its kind: GeoJSON. */
export const levels = (small) => small
  ? { street: level('街道', 2, 1, 10, 10), community: level('社区', 4, 2, 5, 5), grid: level('网格', 20, 10, 1, 1) }
  : { street: level('街道', 5, 5, 20, 10), community: level('社区', 25, 10, 4, 5), grid: level('网格', 100, 50, 1, 1) }

/** Organisations into the database of a district whose areas are there: in each community one at the top, nine below it, the others below these. */
export function organisations(file, count) {
  execFileSync('sqlite3', [file], {
    stdio: ['pipe', 'ignore', 'inherit'],
    input: `
      BEGIN;
      CREATE TEMP TABLE place AS SELECT tenant_id, id, row_number() OVER (ORDER BY name, id) - 1 AS n FROM area WHERE kind = 'community';
      CREATE TEMP TABLE made AS
      WITH RECURSIVE k (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k < ${count - 1}),
           each (k, at, i) AS (SELECT k, k % (SELECT count(*) FROM place), k / (SELECT count(*) FROM place) FROM k)
      SELECT p.tenant_id, e.k, e.i, p.id AS area_id, (1000 << 22) + e.k AS id,
             CASE WHEN e.i = 0 THEN NULL WHEN e.i < 10 THEN (1000 << 22) + e.at ELSE (1000 << 22) + e.at + (1 + e.i % 9) * (SELECT count(*) FROM place) END AS parent_id
      FROM each e JOIN place p ON p.n = e.at;
      INSERT INTO org (tenant_id, id, parent_id, kind, name, name_fold, area_id, public, valid_from, created_at, updated_at, version)
      SELECT tenant_id, id, parent_id, CASE WHEN i = 0 THEN 'general_branch' WHEN i < 10 THEN 'branch' ELSE 'enterprise' END, '组织' || (k + 1), '组织' || (k + 1),
             area_id, 1, 1700000000000, 1700000000000, 1700000000000, 1 FROM made ORDER BY i, k;
      INSERT INTO org_area (tenant_id, org_id, area_id, valid_from) SELECT tenant_id, id, area_id, 1700000000000 FROM made WHERE k % 2 = 0;
      COMMIT;`,
  })
}

/** Ties of some of these organisations: what they did together, what they agreed, alliances that they share. Gives how many organisations. */
export function ties(file, now, { work, agreed, alliances }) {
  const at = (n, of) => `(SELECT id FROM few WHERE n = (${n}) % ${of})`
  const FEW = 500, day = 86_400_000
  const numbers = (most) => `WITH RECURSIVE k (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k < ${most - 1})`
  execFileSync('sqlite3', ['-bail', file], {
    stdio: ['pipe', 'ignore', 'inherit'],
    input: `
      BEGIN;
      CREATE TEMP TABLE few AS SELECT tenant_id, id, area_id, row_number() OVER (ORDER BY id) - 1 AS n FROM (SELECT * FROM org WHERE id >= ${1000n << 22n} ORDER BY id * 2654435761 % 1000003 LIMIT ${FEW});
      CREATE UNIQUE INDEX temp.few_n ON few (n);
      CREATE TEMP TABLE one AS SELECT tenant_id, area_id FROM few WHERE n = 0;
      -- Two of them worked on each case: a few are busy, as it is.
      INSERT INTO cases (tenant_id, id, code, source, state, outcome, severity, area_id, org_id, reported_at, closed_at, updated_at, version, text)
      ${numbers(work)} SELECT one.tenant_id, ${2000n << 22n} + k, 'bench-' || k, 1, 7, 1, 2, one.area_id, ${at('k * k * 7 + k', FEW)}, ${now - 40 * day} + k, ${now - 30 * day}, ${now - 30 * day}, 1, '路灯不亮' FROM k, one;
      INSERT INTO case_task (tenant_id, case_id, id, org_id, state, ask, called_at, ended_at)
      ${numbers(work)} SELECT one.tenant_id, ${2000n << 22n} + k, ${3000n << 22n} + k, ${at('k * 13 + 1', FEW)}, 3, '请到场', ${now - 40 * day} + k, ${now - 39 * day} + k FROM k, one;
      INSERT INTO agreement (tenant_id, id, kind, title, title_fold, text, words, keeper_id, begins_at, ends_at, review_months, state, no, signed_at, created_at, updated_at, version)
      ${numbers(agreed)} SELECT one.tenant_id, ${4000n << 22n} + k, 'co_construction', '共建协议' || k, '共建协议' || k, '共建', '共建', ${at('k * 11', FEW)}, ${now - 90 * day}, ${now + 200 * day}, 0, 3, 'bench-' || k, ${now - 90 * day}, ${now - 91 * day}, ${now - 90 * day}, 1 FROM k, one;
      INSERT INTO agreement_party (tenant_id, agreement_id, seq, org_id, signed_at)
      ${numbers(agreed)}, s (s) AS (VALUES (0), (1)) SELECT one.tenant_id, ${4000n << 22n} + k, s + 1, ${at('k * 11 + s * (1 + k % 37)', FEW)}, ${now - 90 * day} FROM k, s, one;
      INSERT INTO agreement_pledge (tenant_id, id, agreement_id, seq, org_id, title, category, quantity, rhythm)
      ${numbers(agreed)} SELECT one.tenant_id, ${5000n << 22n} + k, ${4000n << 22n} + k, 1, ${at('k * 11', FEW)}, '每月一课', 'legal', 1, 2 FROM k, one;
      INSERT INTO alliance (tenant_id, id, kind, name, name_fold, area_id, valid_from, created_at, updated_at, version)
      ${numbers(alliances)} SELECT one.tenant_id, ${6000n << 22n} + k, 'complex', '联盟' || k, '联盟' || k, one.area_id, ${now - 300 * day}, ${now}, ${now}, 1 FROM k, one;
      INSERT INTO alliance_member (tenant_id, alliance_id, id, org_id, role, joined_at, created_at)
      ${numbers(alliances)}, s (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM s WHERE s < 9)
      SELECT one.tenant_id, ${6000n << 22n} + k, ${7000n << 22n} + k * 10 + s, ${at('k * 10 + s', FEW)}, CASE s WHEN 0 THEN 'lead' ELSE 'member' END, ${now - 300 * day}, ${now} FROM k, s, one;
      COMMIT;`,
  })
}
