/* A district with the people tests of rights need: administrators, areas, a community secretary, and somebody new whenever one is wanted. */
import assert from 'node:assert/strict'
import { startServer } from './server.mjs'

export const good = 'tulips on the moon 7'
export const first = 'Correct horse 47 battery'   // of those made on the terminal by server.user
export const phone = '13912345678'

/** The faults of an answer, {field: code}. */
export const fields = (answer) => Object.fromEntries(answer.body.errors.map((e) => [e.field, e.code]))

export function refused(answer, status, code, field) {
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.body.code, code, answer.text)
  if (field) assert.ok(answer.body.errors.some((e) => e.field === field), `no fault at ${field}: ${answer.text}`)
}

export function fine(answer, status = 200) {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}

/** Changes the database from outside, as time or another process would. */
export const outside = (server, sql) => server.sql(sql)

export async function startDistrict() {
  const server = await startServer()
  const system = await server.user({ role: 'system_admin', sign: 'system' })
  const security = await server.user({ role: 'security_admin', sign: 'security' })
  const audit = await server.user({ role: 'audit_admin', sign: 'audit' })
  const root = system.me.units[0].id
  /* All of this comes from one address; and waiting must outlast a slow machine. */
  fine(await system.put('/settings/account.backoff_address_after', { value: 10000 }), 204)
  fine(await system.put('/settings/account.backoff_first_seconds', { value: 120 }), 204)
  const area = async (parent_id, kind, name) => fine(await system.post('/areas', { parent_id, kind, name }), 201).id
  const street = await area(root, 'street', '梧桐街道')
  const community = await area(street, 'community', '梧桐社区')
  const other = await area(root, 'street', '清河街道')
  const give = (by, person, role, unit, more) => by.post(`/people/${person}/assignments`, { role, unit_kind: 'area', unit_id: unit, ...more })

  let serial = 0
  /** A person with an account whose first password is changed already: {client, person, account, name}. */
  async function somebody({ role, unit = root } = {}) {
    const name = `some${++serial}`
    const person = fine(await system.post('/people', { name: `某人${serial}`, contact: phone }), 201).id
    const made = fine(await system.post(`/people/${person}/account`, { sign_in_name: name }), 201)
    if (role) fine(await give(security, person, role, unit), 201)
    const client = await server.client().signIn(name, made.one_time_password)
    fine(await client.post('/account/password', { old: made.one_time_password, new: good }), 204)
    return { client, person, account: made.id, name }
  }

  const secretary = await somebody({ role: 'community_secretary', unit: community })
  return { server, system, security, audit, secretary, root, street, community, other, somebody, give }
}
