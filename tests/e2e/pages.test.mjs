/* Every page, in normal, elder, dark and high-contrast mode: no accessibility violation, no sideways scrolling, no fault of the page.
 * A page is loaded once per size and role; that a mode kept in the browser comes back with the page is a test of its own. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { DESKTOP, PHONE, startDistrict } from './support/browser.mjs'
import { inEveryMode, MODES } from './support/modes.mjs'

const PAGES = [
  [null, ['/v', '/v/0000000000000000', '/exchange']],
  ['system_admin', ['/desk/directory', '/desk/appointments', '/desk/appointments?tab=posts', '/desk/appointments?tab=seals']],
  [null, ['/', '/directory', '/directory?q=wtl', 'DIRECTORY', '/alliances', 'PUBLIC_ALLIANCE', '/projects', 'PUBLIC_PROJECT', '/report', '/follow', '/mine', '/order', '/join', '/stop/x', '/nowhere', '/desk/signin']],
  ['community_secretary', ['/desk', '/desk/cases', '/desk/cases?view=map', 'CASE', '/desk/report', '/desk/outbox', '/desk/areas', '/desk/orgs', 'ORG', '/desk/alliances', '/desk/alliances?show=tree', 'ALLIANCE', '/desk/network', '/desk/network?show=table', '/desk/exchange', '/desk/exchange?show=resources', 'NEED', 'RESOURCE', '/desk/agreements', 'AGREEMENT', '/desk/projects', 'PROJECT', '/desk/account', '/desk/nowhere']],
  ['street_dispatcher', ['/desk/call-backs', '/desk/dispatch', '/desk/dispatch?show=map', '/desk/exchange/figures?measure=asked', '/desk/resources/sheet']],
  ['security_admin', ['/desk/people', '/desk/people?tab=roles']],
  ['system_admin', ['/desk/areas/redraw', '/desk/areas/history', '/desk/categories', '/desk/categories?tab=categories', '/desk/clocks', '/desk/clocks?tab=hours', '/desk/clocks?tab=calendars', '/desk/import', '/desk/import?tab=areas', '/desk/import?tab=areas&from=sheet', '/desk/import?tab=areas&from=list', '/desk/settings', '/desk/systems', '/desk/systems?tab=questions', '/desk/systems?tab=hooks', '/desk/systems?tab=sources', '/desk/systems?tab=mail']],
  ['district_leader', ['/desk/insight', '/desk/insight?period=year&by=org', '/desk/insight/cases?measure=due&without=closed_on_time']],
  ['audit_admin', ['/desk/audit']],
]
let district
before(async () => (district = await startDistrict({ cases: 200 })))
after(() => district?.end())

async function aCase(page) {
  const answer = await page.context().request.get(`${district.url}/api/v1/cases?limit=1`)
  const { items } = await answer.json()
  return `/desk/cases/${items[0].id}`
}

async function anAlliance(page, where) {
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/public/alliances`)).json()
  return `${where}/${items.at(-1).id}`
}

async function aPublicProject(page) {
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/public/projects`)).json()
  return `/projects/${items.at(-1).id}`
}

async function aCommunity(page) {
  const answer = await page.context().request.get(`${district.url}/api/v1/public/directory/find?q=wtlsq`)
  return `/directory/${(await answer.json()).items[0].id}`
}

async function anOrg(page) {
  const { items } = await (await page.context().request.get(`${district.url}/api/v1/orgs?kind=property_company`)).json()
  return `/desk/orgs/${items[0].id}`
}

const newest = (what) => async (page) => `/desk/${what}/${(await (await page.context().request.get(`${district.url}/api/v1/${what}?limit=1`)).json()).items[0].id}`

/* Pages of one thing, which the district must tell first. */
const SOME = { CASE: aCase, ORG: anOrg, NEED: newest('needs'), RESOURCE: newest('resources'), AGREEMENT: newest('agreements'), PROJECT: newest('projects'), PUBLIC_PROJECT: aPublicProject, DIRECTORY: aCommunity, ALLIANCE: (page) => anAlliance(page, '/desk/alliances'), PUBLIC_ALLIANCE: (page) => anAlliance(page, '/alliances') }

describe('every page in every mode', { concurrency: 2 }, () => {
  for (const [role, paths] of PAGES)
    for (const [size, view] of [['desktop', DESKTOP], ['phone', PHONE]])
      test(`${size}, ${role ?? 'anybody'}: ${paths.length} pages`, async () => {
        const page = await district.person({ role, view })
        const faults = []
        for (const path of paths) {
          await page.open(SOME[path] ? await SOME[path](page) : path)
          await page.locator('main').first().waitFor()
          const here = [...(await inEveryMode(page)), ...page.faults.splice(0)]
          if (here.length) await page.keep(`${size}-${role}-${paths.indexOf(path)}`)
          faults.push(...here.map((fault) => `${path} ${fault}`))
        }
        assert.deepEqual(faults, [])
        await page.context().close()
      })
})

test('a mode that the browser remembers is there when the page comes', async () => {
  for (const [mode, prefs] of Object.entries(MODES))
    for (const path of ['/', '/desk/signin']) {
      const page = await district.person({ prefs })
      await page.open(path)
      const html = page.locator('html')
      assert.equal(await html.getAttribute('data-theme'), prefs.theme ?? 'light', `${mode} of ${path}`)
      assert.equal(await html.evaluate((root) => root.classList.contains('elder')), prefs.elder === true, `${mode} of ${path}`)
      await page.context().close()
    }
})

test('both languages: no page of the portal or the desk shows a key instead of a text', async () => {
  const page = await district.person({ role: 'community_secretary', prefs: { language: 'en' } })
  for (const path of ['/', '/report', '/desk', '/desk/cases', '/desk/report', '/desk/call-backs', '/desk/insight', await aCase(page)]) {
    await page.open(path)
    const text = await page.locator('body').innerText()
    assert.doesNotMatch(text, /\b[a-z]+_[a-z_]+\b/, `${path} shows a key`)
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  }
})
