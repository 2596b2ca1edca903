/* Levels in the browser: escalated by a community, delegated by the street to the grid, supervised from the list of what is overdue, answered by a department. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { outside } from '../api/support/district.mjs'
import { until } from '../api/support/server.mjs'
import { AxeBuilder, PHONE, sideways, startDistrict } from './support/browser.mjs'

let district
before(async () => (district = await startDistrict({ cases: 300 })))
after(() => district?.end())

const get = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()
async function post(page, path, data, version) {
  const answer = await page.context().request.post(`${district.url}/api/v1${path}`, { data, headers: { origin: district.url, ...(version && { 'If-Match': `"v${version}"` }) } })
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}
const form = (page) => page.locator('.act-form')
const does = async (page, name) => page.locator('.do').getByRole('button', { name, exact: true }).click()
const done = (page, words) => page.getByText(words).first().waitFor()
const axe = async (page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`), [])
}

/** A case in a grid of the secretary's community, accepted. */
async function accepted(secretary) {
  const { units } = await get(secretary, '/session')
  const grids = (await get(secretary, '/areas/tree')).items.filter((one) => one.parent_id === units[0].id && one.kind === 'grid')
  const { at } = await get(secretary, `/areas/${grids[0].id}`)
  const one = await post(secretary, '/cases', { text: '雨棚下的共用水管漏了三天，几栋楼都受影响。', at })
  return post(secretary, `/cases/${one.id}/accept`, {}, one.version)
}

test('what is beyond the community goes to the street and comes down to the grid', async () => {
  const secretary = await district.person({ role: 'community_secretary' })
  const one = await accepted(secretary)
  await secretary.open(`/desk/cases/${one.id}`)
  await does(secretary, '升级')
  await form(secretary).getByText(/由那里派遣；本级不再办理/).waitFor()
  await form(secretary).getByRole('button', { name: '升级' }).click()
  assert.equal(await form(secretary).locator('textarea:invalid').count(), 1, 'the reason is needed')
  await form(secretary).getByLabel('理由').fill('要动几个小区共用的管线')
  await form(secretary).getByRole('button', { name: '升级' }).click()
  await done(secretary, /升级到/)
  await secretary.getByText('现在没有要您做的').waitFor()
  assert.equal(await secretary.locator('.do').getByRole('button', { name: '派遣', exact: true }).count(), 0)
  await secretary.locator('.side').getByText('现归').waitFor()
  await axe(secretary)

  const { levels, held } = await get(secretary, `/cases/${one.id}`)
  assert.equal(levels, null)
  const dispatcher = await person('street_dispatcher', held.id)
  await dispatcher.open('/desk/')
  await dispatcher.locator(`#w-${one.id}`).waitFor()
  await dispatcher.open(`/desk/cases/${one.id}`)
  await does(dispatcher, '下沉')
  await form(dispatcher).getByText(/^第|网格/).last().click()
  await form(dispatcher).getByText('由那里的人直接处置').waitFor()
  await form(dispatcher).getByLabel('理由').fill('管线已经改好，余下的到现场就能办')
  await form(dispatcher).getByRole('button', { name: '下沉' }).click()
  await done(dispatcher, /下沉到/)
  assert.equal((await get(dispatcher, `/cases/${one.id}`)).state, 'handling')
  for (const page of [secretary, dispatcher]) assert.deepEqual(page.faults, [])
})

/** Somebody new in a role at a unit, with a desk of their own. */
async function person(role, unit) {
  const client = await district.user({ role, unit, lang: 'zh-CN' })
  const page = await district.person()
  await page.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: district.url })))
  return page
}

test('what is overdue is put under supervision together, and answered', async () => {
  const secretary = await district.person({ role: 'community_secretary' })
  const leader = await district.person({ role: 'district_leader' })
  const [{ id: org }] = (await get(secretary, '/orgs?kind=department')).items
  const made = []
  for (let n = 0; n < 2; n++) {
    const one = await accepted(secretary)
    made.push(await post(secretary, `/cases/${one.id}/dispatch`, { org }, one.version))
  }
  outside(district, `UPDATE cases SET due_at = ${Date.now() - 3600_000} WHERE id IN (${made.map((one) => one.id).join()})`)
  const words = encodeURIComponent('共用水管')
  await until(async () => (await get(leader, `/cases?due=overdue&state=dispatched&text=${words}`)).items.length === 2)
  await leader.open(`/desk/cases?due=overdue&state=dispatched&q=${words}`)
  const table = leader.locator('table.table').first()
  await table.locator('tbody tr').nth(1).waitFor()
  await table.getByRole('checkbox', { name: '全选本页' }).check()
  const bar = leader.locator('.bulk')
  await bar.getByRole('button', { name: '督办', exact: true }).click()
  const dialog = leader.getByRole('dialog')
  await dialog.getByLabel('理由').fill('{code} 已经逾期，请说明')
  const day = new Date(Date.now() + (4 * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
  await dialog.getByLabel('要求哪天办结').fill(day)
  await dialog.getByRole('button', { name: '督办 2 件' }).click()
  await dialog.getByText('办成 2 件').waitFor()
  await dialog.getByRole('button', { name: '关闭' }).last().click()

  const [row] = made
  const seen = await get(leader, `/cases/${row.id}`)
  assert.equal(seen.events.at(-1).text, `${row.code} 已经逾期，请说明`)
  await leader.open('/desk/cases?supervised=yes')
  await table.getByText(/督办 · /).first().waitFor()
  assert.equal(await table.locator('tbody tr').count(), Math.min(20, (await get(leader, '/cases/count?supervised=true')).count))
  await leader.open('/desk/')
  await leader.getByRole('region', { name: '我们督办的' }).waitFor()
  await axe(leader)

  const handler = await person('department_handler', seen.org_id)
  await handler.open(`/desk/cases/${row.id}`)
  await handler.getByText(/在督办，请先答复/).waitFor()
  await does(handler, '答复督办')
  await form(handler).getByLabel('办到哪一步').fill('材料到了，明天进场')
  await form(handler).getByLabel('为什么晚了').fill('等配件')
  await form(handler).getByLabel('哪天办完').fill(day)
  await form(handler).getByRole('button', { name: '答复督办' }).click()
  await handler.locator('.supervision').getByText('材料到了，明天进场').waitFor()
  await axe(handler)

  await leader.open(`/desk/cases/${row.id}`)
  await leader.getByText('承办的已经答复').waitFor()
  await does(leader, '解除督办')
  await form(leader).getByLabel('理由').fill('答复清楚')
  await form(leader).getByRole('button', { name: '解除督办' }).click()
  await leader.locator('.supervision').waitFor({ state: 'detached' })
  for (const page of [leader, handler]) assert.deepEqual(page.faults, [])
})

test('nothing scrolls sideways on a telephone, nor large', async () => {
  for (const prefs of [{}, { elder: true }]) {
    const leader = await district.person({ role: 'district_leader', view: PHONE, prefs })
    const { items } = await get(leader, '/cases?supervised=true&limit=1')
    for (const path of ['/desk/', '/desk/cases?supervised=yes', `/desk/cases/${items[0].id}`]) {
      await leader.open(path)
      await leader.locator('#main').waitFor()
      assert.ok((await sideways(leader)) <= 0, path)
    }
  }
})
