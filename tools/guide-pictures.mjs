#!/usr/bin/env node
// Takes the pictures of docs/guide from the running program: a demonstration with a fixed seed, one picture a step.
// usage: LINLI_BUILD=build tools/guide-pictures.mjs      (needs web/node_modules and a Chromium; pictures are committed)
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../tests/api/support/server.mjs'
import { startDistrict } from '../tests/e2e/support/browser.mjs'

if (process.argv.length > 2) {
  console.error('usage: LINLI_BUILD=build tools/guide-pictures.mjs      (needs web/node_modules and a Chromium; pictures are committed)')
  process.exit(2)
}
const folder = join(root, 'docs/guide/pictures')
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 780 }
mkdirSync(folder, { recursive: true })

const district = await startDistrict({ cases: 1200 })
const api = async (page, path) => (await page.context().request.get(`${district.url}/api/v1${path}`)).json()

async function shoot(page, name, path, prepare) {
  await page.open(path)
  await prepare?.(page)
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  console.log(name)
}

const first = async (page, query) => (await api(page, `/cases?limit=1&${query}`)).items[0]

try {
  const anybody = await district.person({ view: PHONE })
  await shoot(anybody, 'portal-home', '/')
  await shoot(anybody, 'portal-report', '/report', (page) => page.getByRole('textbox', { name: /说说怎么回事/ }).fill('3 号楼东边路口的井盖碎了一半，晚上没有灯。'))
  const elder = await district.person({ view: PHONE, prefs: { elder: true } })
  await shoot(elder, 'portal-elder', '/')
  const resident = await district.person({ role: 'resident', view: PHONE })
  await shoot(resident, 'portal-mine', '/mine')
  const own = (await api(resident, '/cases?mine=reported&state=closed&limit=1')).items[0]
  if (own) await shoot(resident, 'portal-case', `/c/${own.code}?id=${own.id}`)

  const worker = await district.person({ role: 'grid_worker', view: PHONE })
  await shoot(worker, 'grid-work', '/desk')
  await shoot(worker, 'grid-spot', '/desk/report?kind=spot')

  const secretary = await district.person({ role: 'community_secretary', view: DESK })
  await shoot(secretary, 'work-desk', '/desk')
  await shoot(secretary, 'report-desk', '/desk/report')
  const leader = await district.person({ role: 'district_leader', view: DESK })
  const rich = (await api(leader, '/cases?state=handled&limit=50')).items.find((one) => one.photo) ?? (await first(leader, 'state=handled'))
  await shoot(leader, 'case-desk', `/desk/cases/${rich.id}`)
  await shoot(leader, 'cases-desk', '/desk/cases?sort=due&state=dispatched')
  await shoot(leader, 'map-desk', '/desk/cases?view=map&state=handling')

  const dispatcher = await district.person({ role: 'street_dispatcher', view: DESK })
  const accepted = await first(dispatcher, 'state=accepted')
  if (accepted) await shoot(dispatcher, 'dispatch-desk', `/desk/cases/${accepted.id}#dispatch`)

  const system = await district.person({ role: 'system_admin', view: DESK })
  await shoot(system, 'rules-desk', '/desk/categories')
  await shoot(system, 'areas-desk', '/desk/areas')
  await shoot(system, 'import-desk', '/desk/import')
  const security = await district.person({ role: 'security_admin', view: DESK })
  await shoot(security, 'people-desk', '/desk/people')
  const audit = await district.person({ role: 'audit_admin', view: DESK })
  await shoot(audit, 'audit-desk', '/desk/audit', (page) => page.getByRole('button', { name: '核对整条记录' }).click())
} finally {
  await district.end()
}
