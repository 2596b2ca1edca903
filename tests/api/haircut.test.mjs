/* A haircut day: 40 places, 800 people who order at once, some with an account. Exactly 40 places, a waiting list in the order of arrival, everybody told,
 * no error but "full". Prints how long it took; is not failed by it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fine } from './support/district.mjs'
import { makeDistrict } from './support/loop_district.mjs'
import { startServer, until } from './support/server.mjs'

const PEOPLE = 800, PLACES = 40, WAITS = 700, AT_ONCE = 64, DAY = 86_400_000
let server, d, manager, worker
before(async () => {
  server = await startServer({ loop: true })
  d = await makeDistrict(server)
  /* All of this comes from one address. */
  for (const key of ['service.anonymous_orders_per_hour', 'service.looks_per_hour']) fine(await d.admin.put(`/settings/${key}`, { value: 100000 }), 204)
  const org = fine(await d.admin.post('/orgs', { kind: 'association', name: '理发志愿队', area_id: d.areas.a }), 201).id
  manager = await server.user({ role: 'department_handler', unit: org, sign: 'barbers', name: '队长', lang: 'zh-CN' })
  manager.org = org
  worker = await server.user({ role: 'social_worker', unit: d.areas.a, sign: 'worker', name: '社工', lang: 'zh-CN' })
})
after(() => server?.stop())

/** Runs all, so many at a time; the answers in the order of the work. */
async function crowd(work) {
  const answers = []
  let next = 0
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < work.length) {
      const i = next++
      answers[i] = await work[i]()
    }
  }))
  return answers
}

async function allOrders(query) {
  const rows = []
  for (let after; after !== null;) {
    const page = fine(await manager.get('/orders', { query: { ...query, limit: 200, after } }))
    rows.push(...page.items)
    after = page.next
  }
  return rows
}

test(`${PEOPLE} people order one of ${PLACES} places at once: ${PLACES} have one, ${WAITS} wait in their turn, the others hear "full"`, async () => {
  const service = fine(await manager.post('/services', { org_id: manager.org, title: '免费理发日', category: 'haircut', slotted: true, public: true, waits: WAITS }), 201)
  const begins_at = Date.now() + 3 * DAY
  const [slot] = fine(await manager.post(`/services/${service.id}/slots`, { begins_at, ends_at: begins_at + 8 * 3_600_000, capacity: PLACES }), 201).slots
  const accounts = [d.resident, d.neighbour, d.gridWorker, d.leader]
  const anonymous = server.client({ lang: 'zh-CN' })
  const started = performance.now(), took = []
  const answers = await crowd(Array.from({ length: PEOPLE }, (_, i) => async () => {
    const from = performance.now(), who = i % 200 === 150 ? accounts[Math.floor(i / 200)] : anonymous
    const answer = await who.post('/orders', { service_id: service.id, slot_id: slot.id, contact: `137${String(10_000_000 + i)}`, name: `居民${i}` })
    took.push(performance.now() - from)
    return answer
  }))
  const seconds = (performance.now() - started) / 1000
  took.sort((a, b) => a - b)
  console.log(`# ${PEOPLE} orders in ${seconds.toFixed(2)} s (${Math.round(PEOPLE / seconds)}/s), ${AT_ONCE} at a time; median ${took[PEOPLE / 2].toFixed(0)} ms, 99th percentile ${took[Math.floor(PEOPLE * 0.99)].toFixed(0)} ms`)

  /* No error but "full". */
  const made = answers.filter((one) => one.status === 201), refused = answers.filter((one) => one.status !== 201)
  assert.deepEqual([...new Set(refused.map((one) => `${one.status} ${one.body?.code}`))], ['409 full'])
  assert.equal(refused.length, PEOPLE - PLACES - WAITS)
  /* Exactly so many places, each turn once; told in the answer. */
  const orders = made.map((one) => ({ ...one.body.items[0], secret: one.body.secret }))
  const placed = orders.filter((one) => one.state === 'placed'), waiting = orders.filter((one) => one.state === 'waiting').sort((a, b) => a.turn - b.turn)
  assert.deepEqual([placed.length, waiting.length], [PLACES, WAITS])
  assert.deepEqual(waiting.map((one) => one.turn), Array.from({ length: WAITS }, (_, i) => i + 1))
  /* Numbers are given in the order of arrival, and so are places and turns. */
  const inOrder = [...placed.map((one) => one.code).sort(), ...waiting.map((one) => one.code)]
  assert.deepEqual(inOrder, [...inOrder].sort())
  /* The books. */
  const now = fine(await manager.get(`/services/${service.id}`)).slots[0], rows = await allOrders({ slot: slot.id })
  assert.deepEqual([now.taken, now.waiting, rows.length, new Set(rows.map((one) => one.code)).size], [PLACES, WAITS, PLACES + WAITS, PLACES + WAITS])

  /* Ten give their place back at once: the ten who wait longest have it and are told, nobody else moves. */
  const own = (one) => anonymous.get(`/own-orders/${one.code}`, { headers: { 'X-Case-Secret': one.secret } })
  const leaving = placed.filter((one) => one.secret).slice(0, 10)
  for (const answer of await crowd(leaving.map((one) => () => anonymous.post(`/own-orders/${one.code}/cancel`, undefined, { headers: { 'X-Case-Secret': one.secret } })))) fine(answer)
  const after = new Map((await allOrders({ slot: slot.id })).map((one) => [one.code, one]))
  assert.deepEqual(waiting.map((one) => [after.get(one.code).state, after.get(one.code).turn]), waiting.map((_, i) => (i < 10 ? ['placed', 0] : ['waiting', i - 9])))
  for (const one of waiting.slice(0, 10).filter((row) => row.secret)) {
    assert.equal(fine(await own(one)).state, 'placed')
    assert.equal(after.get(one.code).to_tell, true)
  }
  await until(async () => fine(await worker.get('/notices')).items.some((one) => one.kind === 'order.tell'))
  /* It does not take place: everybody in it is told, by account or as one to be telephoned. */
  fine(await manager.post(`/service-slots/${slot.id}/close`, { reason: '停电' }))
  const ended = await allOrders({ slot: slot.id })
  assert.ok(ended.every((one) => one.state === 'cancelled'))
  const withAccount = accounts.filter((_, i) => answers[i * 200 + 150].status === 201)
  for (const who of withAccount) await until(async () => fine(await who.get('/notices')).items.some((one) => one.kind === 'order.yours_off'), 60_000)
  assert.equal(ended.filter((one) => one.to_tell).length, PLACES + WAITS - 10 - withAccount.length)
  assert.ok(withAccount.length > 0)
})
