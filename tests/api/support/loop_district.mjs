/* A small district for journeys with cases: one street with two communities of two grids each, another street beside it, two departments,
 * and a person for every part in the loop. Each grid is a square of about 1.1 km.
 *
 *   A: grids 1 and 2 (community 甲), B: grids 3 and 4 (community 乙), both under 东街; grid 5 (community 丙) under 西街. */

const square = (i) => [[120 + i / 100, 23], [120.01 + i / 100, 23], [120.01 + i / 100, 23.01], [120 + i / 100, 23.01], [120 + i / 100, 23]]
const span = (i, n) => ({ type: 'Polygon', coordinates: [[[120 + i / 100, 23], [120 + (i + n) / 100, 23], [120 + (i + n) / 100, 23.01], [120 + i / 100, 23.01], [120 + i / 100, 23]]] })
const grid = (i) => ({ type: 'Polygon', coordinates: [square(i)] })

/** The middle of grid n (1 to 5), moved by (dx, dy) hundredths of its side. */
export const inGrid = (n, dx = 0, dy = 0) => ({ lon: 120 + (n - 0.5) / 100 + dx / 10000, lat: 23.005 + dy / 10000 })
export const outside = { lon: 121, lat: 24 }
/** On the border of grids 1 and 2, some five metres inside grid 1. */
export const onBorder = { lon: 120.00995, lat: 23.005 }

/** The district of a server, made unless it was copied with all of it in place (startServer({ loop: true })). */
export async function makeDistrict(server) {
  const { people, categories, ...rest } = server.copied ? resumed(server, server.copied) : await made(server)
  const category = (name) => categoryOf(categories, name)
  return { ...rest, category, ...people }
}

/** The same, to be written down: {root, areas, orgs, rules, categories, people: {name: session}}. */
export async function describeDistrict(server) {
  const { people, ...rest } = await made(server)
  const session = ({ always, cookies, me }) => ({ always, cookies: [...cookies], me })
  return { ...rest, people: Object.fromEntries(Object.entries(people).map(([name, who]) => [name, session(who)])) }
}

const resumed = (server, { root, areas, orgs, rules, categories, people }) => ({
  root, areas, orgs, rules, categories, people: Object.fromEntries(Object.entries(people).map(([name, session]) => [name, server.client().resume(session)])),
})

function categoryOf(categories, name) {
  const found = categories.find((one) => one.name_zh === name && one.leaf)
  if (!found) throw new Error(`no category ${name}`)
  return found
}

async function made(server) {
  const admin = await server.user({ role: 'system_admin', sign: 'admin' })
  const must = (answer) => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`)
    return answer.body
  }
  const root = (await admin.get('/areas/tree')).body.items[0].id
  const area = async (parent_id, kind, name, geometry) => must(await admin.post('/areas', { parent_id, kind, name, geometry })).id
  const org = async (kind, name, area_id) => must(await admin.post('/orgs', { kind, name, area_id })).id

  const east = await area(root, 'street', '东街', span(0, 4))
  const west = await area(root, 'street', '西街', span(4, 1))
  const a = await area(east, 'community', '甲社区', span(0, 2))
  const b = await area(east, 'community', '乙社区', span(2, 2))
  const c = await area(west, 'community', '丙社区', span(4, 1))
  const grids = []
  for (const [i, parent] of [a, a, b, b, c].entries()) grids.push(await area(parent, 'grid', `第${i + 1}网格`, grid(i)))
  const lighting = await org('department', '路灯所', root)
  const drainage = await org('department', '排水所', root)
  const committee = await org('residents_committee', '甲社区居委会', a)

  const categories = (await admin.get('/categories')).body.items
  const category = (name) => categoryOf(categories, name)
  const rule = async (body) => must(await admin.post('/rules', body))
  const rules = {
    committee: await rule({ area: a, org: committee }),
    lamps: await rule({ area: a, category: category('路灯异常').id, org: lighting }),
    drains: await rule({ area: a, category: category('雨水箅子异常').id, org: drainage, automatic: true }),
  }

  const person = (role, unit, sign) => server.user({ role, unit, sign, name: sign, lang: 'zh-CN' })
  const people = {
    admin,
    resident: await server.user({ sign: 'resident', name: '居民张三', lang: 'zh-CN' }),
    neighbour: await server.user({ sign: 'neighbour', name: '居民李四', lang: 'zh-CN' }),
    gridWorker: await person('grid_worker', grids[0], 'grid_worker_1'),
    otherGridWorker: await person('grid_worker', grids[4], 'grid_worker_5'),
    secretary: await person('community_secretary', a, 'secretary_a'),
    otherSecretary: await person('community_secretary', c, 'secretary_c'),
    dispatcher: await person('street_dispatcher', east, 'dispatcher_east'),
    lamps: await person('department_handler', lighting, 'handler_lamps'),
    drains: await person('department_handler', drainage, 'handler_drains'),
    leader: await person('district_leader', root, 'leader'),
    audit: await person('audit_admin', undefined, 'auditor'),
  }
  return { root, areas: { east, west, a, b, c, grids }, orgs: { lighting, drainage, committee }, categories, rules, people }
}
