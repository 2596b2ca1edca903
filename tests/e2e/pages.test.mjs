/* Every page, in normal, elder, dark and high-contrast mode: no accessibility violation, no sideways scrolling, no fault of the page. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder, DESKTOP, PHONE, sideways, startDistrict } from './support/browser.mjs'

const MODES = { normal: {}, elder: { elder: true }, dark: { theme: 'dark' }, contrast: { theme: 'contrast' } }
const PAGES = [
  [null, ['/', '/report', '/follow', '/mine', '/order', '/join', '/nowhere', '/desk/signin']],
  ['community_secretary', ['/desk', '/desk/cases', '/desk/cases?view=map', 'CASE', '/desk/report', '/desk/outbox', '/desk/areas', '/desk/orgs', '/desk/account', '/desk/nowhere']],
  ['security_admin', ['/desk/people', '/desk/people?tab=roles']],
  ['system_admin', ['/desk/categories', '/desk/categories?tab=categories', '/desk/clocks', '/desk/clocks?tab=hours', '/desk/clocks?tab=calendars', '/desk/import', '/desk/import?tab=areas', '/desk/settings', '/desk/systems', '/desk/systems?tab=questions', '/desk/systems?tab=hooks', '/desk/systems?tab=sources']],
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

const said = ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join('\n    ')}`

for (const [mode, prefs] of Object.entries(MODES))
  for (const [size, view] of [['desktop', DESKTOP], ['phone', PHONE]])
    for (const [role, paths] of PAGES)
      test(`${mode}, ${size}, ${role ?? 'anybody'}: ${paths.length} pages`, async () => {
        const page = await district.person({ role, view, prefs })
        const faults = []
        for (const path of paths) {
          const to = path === 'CASE' ? await aCase(page) : path
          await page.open(to)
          await page.locator('main').first().waitFor()
          const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze()
          faults.push(...violations.map((violation) => `${path} ${said(violation)}`))
          const over = await sideways(page)
          if (over > 0) faults.push(`${path} scrolls sideways by ${over} px`)
          faults.push(...page.faults.splice(0).map((fault) => `${path} ${fault}`))
        }
        if (faults.length) await page.keep(`${mode}-${size}-${role}`)
        assert.deepEqual(faults, [])
        await page.context().close()
      })

test('both languages: no page of the portal or the desk shows a key instead of a text', async () => {
  const page = await district.person({ role: 'community_secretary', prefs: { language: 'en' } })
  for (const path of ['/', '/report', '/desk', '/desk/cases', '/desk/report', await aCase(page)]) {
    await page.open(path)
    const text = await page.locator('body').innerText()
    assert.doesNotMatch(text, /\b[a-z]+_[a-z_]+\b/, `${path} shows a key`)
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  }
})
