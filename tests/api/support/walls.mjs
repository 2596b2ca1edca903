/* What isolation.test.mjs knows of two districts in one database: which table an id in a path, a query or a body is of, what rows either has, a
 * word that stands in every text of the other, and whether rows of this one name anything of it. */
import assert from 'node:assert/strict'
import { onPostgres, rowsOf, sqlOn } from './database.mjs'

export const ID = '^[1-9][0-9]{0,18}$'
export const MARK = 'zqvxmark'   // in every text of the other district, and nowhere else

/* ---- tables ---- */

const byTable = (columns) => columns.reduce((tables, c) => tables.set(c.table, [...(tables.get(c.table) ?? []), c]), new Map())

/** Columns of the tables that have a district: [{table, column, text}]. */
function columnsOf(dir) {
  const all = onPostgres
    ? rowsOf(dir, `SELECT table_name AS "table", column_name AS "column", data_type AS kind FROM information_schema.columns WHERE table_schema = 'public'`)
    : rowsOf(dir, `SELECT m.name AS "table", p.name AS "column", p.type AS kind FROM sqlite_schema m JOIN pragma_table_info(m.name) p
        WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'`)
  const tables = new Set(all.filter((c) => c.column === 'tenant_id').map((c) => c.table))
  return all.filter((c) => tables.has(c.table) && /^(text|integer|bigint)$/i.test(c.kind)).map((c) => ({ ...c, text: /^text$/i.test(c.kind) }))
}

/* Texts that the program reads as something else than words: a code, JSON, a number in a pattern, a folded copy. Another text column is marked. */
const NOT_WORDS = new Set(`code kind time_zone moved_to sign_in_name password_hash locale preferences permissions remote user_agent action object_kind detail
  request_id location media_type owner_kind channel params result problem key value class source_crs unit_kinds letter_no version source_key week limits
  contents content days template per_hour lang no outcome body basis updates datatype choices format events mapping host security user_name sender
  name_fold title_fold category unit price_per token_start key_start key_id update_id target_shown url_shown header good end_reason ended role rhythm words who figures
  holidays workdays link_kind before field day stage template_id address_fold path checksum source authority sender_name audience duty_zh duty_en`.split(/\s+/))

/** Puts MARK into every text of a district that people read. */
export function markDistrict(dir, tenant) {
  const tables = byTable(columnsOf(dir).filter((c) => c.text && !NOT_WORDS.has(c.column) && !/^(audit|audit_head|idempotency|job|setting|counter|outbox)$/.test(c.table)))
  const texts = [...tables].map(([table, columns]) =>
    `UPDATE ${table} SET ${columns.map(({ column }) => `${column} = ${column} || ' ${MARK}'`).join(', ')} WHERE tenant_id = ${tenant};`)
  assert.ok(texts.length > 30)
  sqlOn(dir, texts.join('\n'))
}

export const tenantOf = (dir, code) => sqlOn(dir, `SELECT tenant_id FROM tenant WHERE code = '${code}'`)

/** The ids of a district's rows, newest first, a few of each table and all as one set: {of: {table: [id]}, all: Set}. */
export function idsOf(dir, tenant) {
  const tables = columnsOf(dir).filter((c) => c.column === 'id').map((c) => c.table)
  const rows = rowsOf(dir, tables.map((t) => `SELECT '${t}' AS t, CAST(id AS TEXT) AS id FROM ${t} WHERE tenant_id = ${tenant}`).join(' UNION ALL '))
  const of = {}
  for (const { t, id } of rows) if (id.length > 9) (of[t] ??= []).push(id)
  for (const ids of Object.values(of)) ids.sort().reverse()
  return { of, all: new Set(Object.values(of).flat()) }
}

/** The versions of a district's rows: [{id, version}]. */
export function versionsOf(dir, tenant) {
  const tables = columnsOf(dir).filter((c) => c.column === 'version' && !c.text).map((c) => c.table)
  const ided = columnsOf(dir).filter((c) => c.column === 'id' && tables.includes(c.table)).map((c) => c.table)
  return rowsOf(dir, ided.map((t) => `SELECT CAST(id AS TEXT) AS id, version FROM ${t} WHERE tenant_id = ${tenant}`).join(' UNION ALL '))
}

/** Ids that rows about a table's things name, so that a list that is narrowed to one of them has something in it. */
export function namedBy(dir, tenant, table) {
  const columns = columnsOf(dir).filter((c) => !c.text && (c.table === table || c.table.startsWith(`${table}_`)) && /(_id|_by|^id)$/.test(c.column) && c.column !== 'tenant_id')
  if (!columns.length) return []
  return rowsOf(dir, columns.map((c) => `SELECT CAST(${c.column} AS TEXT) AS id FROM ${c.table} WHERE tenant_id = ${tenant} AND ${c.column} IS NOT NULL`).join(' UNION ')).map((r) => r.id).reverse()
}

/** What rows of `tenant` hold of the other: "table: piece" for each. Not what they were asked for: `asked` are columns that keep a request as it came. */
export function tracesIn(dir, tenant, foreign, asked = []) {
  const tables = byTable(columnsOf(dir).filter((c) => !asked.includes(`${c.table}.${c.column}`)))
  const rows = rowsOf(dir, [...tables].map(([table, columns]) => `SELECT '${table}' AS t, ${columns.map(({ column }) => `' ${column}=' || COALESCE(CAST("${column}" AS TEXT), '')`).join(' || ')} AS row
    FROM ${table} WHERE tenant_id = ${tenant}`).join(' UNION ALL '))
  assert.ok(rows.length > 1000, `only ${rows.length} rows`)
  return rows.flatMap(({ t, row }) => (row.match(/[a-z_]+=[^=]*/g) ?? []).filter((piece) => piece.includes(MARK) || (piece.match(/\d{10,19}/g) ?? []).some((id) => foreign.has(id)))
    .map((piece) => `${t}: ${piece.slice(0, 200)}`))
}

/* ---- what an id is of ---- */

/* By the part of the path before it. */
const COLLECTIONS = {
  areas: 'area', orgs: 'org', contacts: 'org_contact', posts: 'post', redraws: 'area_redraw', sessions: 'session', tokens: 'api_token', people: 'person', accounts: 'account',
  roles: 'role', assignments: 'assignment', files: 'file', failed: 'outbox', saved: 'saved', calendars: 'clock_calendar', hours: 'clock_hours', policies: 'clock_policy',
  cases: 'cases', tasks: 'case_task', categories: 'category', rules: 'routing_rule', alliances: 'alliance', appointments: 'appointment', letters: 'letter', seals: 'seal',
  directory: 'area', needs: 'need', resources: 'resource', claims: 'need_claim', services: 'service', 'service-slots': 'service_slot', 'service-rhythms': 'service_rhythm',
  packages: 'service_package', orders: 'service_order', agreements: 'agreement', pledges: 'agreement_pledge', projects: 'project', 'project-milestones': 'project_step',
  'project-sources': 'project_source', 'project-entries': 'project_entry', resolutions: 'resolution', 'api-keys': 'api_key', 'service-attributes': 'category',
  deliveries: 'delivery', webhooks: 'hook_subscription', 'hook-sources': 'hook_source', hooks: 'hook_source', 'phone-codes': 'phone_code', jobs: 'job', members: 'alliance_member',
  notices: 'notice',
}
/* By the name of a field or parameter; "of the path": as the collection the path begins with. */
const SELF = Symbol('of the path')
const NAMES = {
  area: 'area', area_id: 'area', areas: 'area', under: 'area', held: 'area', serves: 'area', org: 'org', org_id: 'org', org_ids: 'org', orgs: 'org', other: 'org', lead_id: 'org',
  issuer_id: 'org', keeper_id: 'org', parties: 'org', category: 'category', photo: 'file', photos: 'file', after_photos: 'file', case: 'cases', case_id: 'cases', cases: 'cases',
  skip: 'cases', person: 'person', person_id: 'person', appointment: 'appointment', appointments: 'appointment', letters: 'letter', resource_id: 'resource', hold_id: 'resource_hold',
  service: 'service', service_id: 'service', package_id: 'service_package', slot: 'service_slot', slot_id: 'service_slot', alliance: 'alliance', alliance_id: 'alliance',
  need: 'need', needs: 'need', pledge_id: 'agreement_pledge', up_to: 'notice', target: 'hook_subscription', account: 'account', object_id: 'cases', version: 'area_shape',
  parent: SELF, parent_id: SELF, into: SELF,
}
/* Ids that another field says the kind of: {field: [field, {its value: table}]}. */
export const PAIRED = {
  unit_id: ['unit_kind', { area: 'area', org: 'org' }],
  link_id: ['link_kind', { need: 'need', project: 'project', agreement: 'agreement' }],
  id: ['kind', { case: 'cases', need: 'need' }],
}

export const collectionOf = (path) => {
  const name = path.split('/').filter((part) => part && !part.startsWith('{')).at(-1)
  const table = COLLECTIONS[name]
  assert.ok(table, `of which table are ids at ${path}? Say so in COLLECTIONS of support/walls.mjs`)
  return table
}
/** Of which table the path speaks at all. */
export const firstOf = (path) => path.replace(/\.[a-z]+$/, '').split('/').map((part) => COLLECTIONS[part]).find(Boolean)

/** Of which tables an id of this name may be. */
export function kindsOf(name, path) {
  if (name === 'unit') return ['area', 'org']
  if (PAIRED[name]) return Object.values(PAIRED[name][1])
  const found = NAMES[name] === SELF ? firstOf(path) : NAMES[name]
  assert.ok(found, `of which table is the id ${name} at ${path}? Say so in NAMES of support/walls.mjs`)
  return [found]
}

/* ---- fields of a schema ---- */

export const plain = (schema) => (schema?.anyOf ? schema.anyOf.find((s) => s.type !== 'null') : schema)
const typeOf = (schema) => [].concat(schema.type).find((t) => t !== 'null')

/** The places of a body where an id stands: [[name, …, '[]']]. */
export function idFields(schema, path = []) {
  const one = plain(schema)
  if (!one) return []
  if (one.pattern === ID) return [path]
  if (typeOf(one) === 'array') return idFields(one.items, [...path, '[]'])
  return Object.entries(one.properties ?? {}).flatMap(([name, s]) => idFields(s, [...path, name]))
}

const DAY = 86_400_000
const AHEAD = { begins_at: 2, from: 2, wanted_at: 3, ends_at: 30, due_at: 10, to: 40, until: 40 }   // days from now; all else is a little ago

/**
 * A body that holds what it must, and at `place` (of idFields) the id: all else is of `own`, as `words` and the schema say.
 * own(table): an id; words(name): a text that is right for a field of this name, if any is known.
 */
export function bodyWith(schema, { place, id, kind, own, words, path, all = false }) {
  const build = (s, name, rest) => {
    const one = plain(s)
    if (!one) return undefined
    if (one.pattern === ID) return rest ? id : own(kindsOf(name, path)[0])
    const type = typeOf(one)
    if (one.enum) return words(name, one.enum) ?? one.enum.find((v) => v !== null)
    if (type === 'array') return rest || all || one.minItems ? [build(one.items, name, rest?.slice(1))].filter((v) => v !== undefined) : []
    if (type === 'object') return object(one, rest)
    if (type === 'boolean') return false
    if (type === 'number') return /lat/.test(name) ? 23.1 : 113.3
    if (type === 'integer') return one.format === 'unix-ms' ? Date.now() + (AHEAD[name] ?? -1 / 24) * DAY : Math.min(Math.max(one.minimum ?? 1, 1), one.maximum ?? 1)
    return type === 'string' ? (words(name) ?? 'walk-through text 47'.slice(0, one.maxLength ?? 20)) : undefined
  }
  const object = (one, rest) => {
    const made = {}
    for (const [name, s] of Object.entries(one.properties ?? {}))
      if (all || rest?.[0] === name || one.required?.includes(name)) made[name] = build(s, name, rest?.[0] === name ? rest.slice(1) : undefined)
    const paired = rest?.length === 1 && PAIRED[rest[0]]
    if (paired) made[paired[0]] = Object.keys(paired[1]).find((k) => paired[1][k] === kind)
    return Object.fromEntries(Object.entries(made).filter(([, v]) => v !== undefined))
  }
  return build(schema, '', place)
}
