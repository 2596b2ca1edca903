// A structure from a sheet over HTTP: areas and organisations, one a row; a district out of the national list of divisions.
import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root as checkout, startServer } from './support/server.mjs'
import { xlsx } from './support/xlsx.mjs'

const shared = existsSync(join(process.env.LINLI_SHARED ?? '', 'data')) ? join(process.env.LINLI_SHARED, 'data') : process.env.LINLI_SHARED ?? join(checkout, '..', 'shared', 'data')

const fine = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const faults = (row) => row.faults.map((one) => [one.column, one.code])
async function district(name, code) {
  const server = await startServer({ name })
  const admin = await server.user({ role: 'system_admin', lang: 'en' })
  const root = (await admin.get('/areas/tree')).body.items[0]
  fine(await admin.patch(`/areas/${root.id}`, { code }, { version: root.version }))
  const send = (file, query, who = admin) => who.post('/areas/sheet', file, { query, type: 'text/csv' })
  return {
    server, admin, root: root.id, send,
    look: async (file, query) => fine(await send(file, { ...query, dry_run: true })),
    areas: async () => (await admin.get('/areas/tree')).body.items,
    orgs: async () => (await admin.get('/orgs/tree')).body.items,
  }
}

describe('a structure from a sheet', () => {
  let d
  before(async () => { d = await district('表格区', '440305000000') })
  after(() => d?.server.stop())

  /* Children before parents, organisations among areas. */
  const SHEET = [
    ['类型', '名称', '编码', '上级', '分类', '所在区域', '公开'],
    ['网格', '第一网格', '440305001001001', '东社区', '', '', ''],
    ['社区', '东社区', '440305001001', '东街道', '新兴', '', ''],
    ['街道', '东街道', '440305001000', '', '', '', ''],
    ['党支部', '东社区第一支部', '', '东社区党总支', '', '', '是'],
    ['党总支', '东社区党总支', '', '', '', '东社区', '是'],
    ['居委会', '东社区居委会', '', '东社区', '', '', '否'],
  ]
  const csv = (rows) => rows.map((row) => row.join(',')).join('\r\n')

  it('is looked at first: what each row means, and nothing is written', async () => {
    const seen = await d.look(csv(SHEET))
    assert.deepEqual([seen.applied, seen.rows, seen.created, seen.bad], [false, 6, 6, 0], JSON.stringify(seen.items.map(faults)))
    assert.deepEqual(seen.items.map((one) => [one.unit, one.kind, one.parent]), [
      ['area', 'grid', '东社区'], ['area', 'community', '东街道'], ['area', 'street', '表格区'], ['org', 'branch', '东社区党总支'],
      ['org', 'general_branch', '东社区'], ['org', 'residents_committee', '东社区'],
    ])
    assert.equal((await d.areas()).length, 1)
  })

  it('is written in one step, from a workbook as from CSV, and a second time changes nothing', async () => {
    const done = fine(await d.send(xlsx(SHEET.map((row) => row.map((value) => (/^\d+$/.test(value) ? Number(value) : value))))))
    assert.deepEqual([done.applied, done.created], [true, 6], JSON.stringify(done.items.map(faults)))
    const areas = await d.areas(), orgs = await d.orgs()
    const grid = areas.find((one) => one.name === '第一网格'), community = areas.find((one) => one.name === '东社区')
    assert.deepEqual([grid.code, grid.parent_id, community.class], ['440305001001001', community.id, 'new'])
    const branch = orgs.find((one) => one.kind === 'branch'), chief = orgs.find((one) => one.kind === 'general_branch')
    assert.deepEqual([branch.parent_id, chief.area_id, chief.public], [chief.id, community.id, true])
    assert.equal(done.items[0].id, grid.id)
    const again = fine(await d.send(csv(SHEET)))
    assert.deepEqual([again.applied, again.same, again.created, again.changed], [false, 6, 0, 0], JSON.stringify(again.items))
    const auditor = await d.server.user({ role: 'audit_admin' })
    assert.equal((await auditor.get('/audit', { query: { action: 'org.create' } })).body.items.length, 3)
  })

  it('renames by code, moves, and tells what the sheet does not have', async () => {
    const seen = await d.look('名称,编码\n东方社区,440305001001\n西社区,440305001002\n', { compare: true })
    assert.deepEqual(seen.items.map((one) => [one.fate, one.kind, one.name_before]), [['changed', 'community', '东社区'], ['new', 'community', null]])
    assert.deepEqual(seen.missing, [])
    const other = await d.look('名称,编码\n西社区,440305001002\n', { compare: true })
    assert.deepEqual(other.missing.map((one) => one.name), ['东社区'])
    fine(await d.send('名称,编码\n东方社区,440305001001\n西社区,440305001002\n'))
    assert.equal((await d.areas()).find((one) => one.code === '440305001001').name, '东方社区')
    const moved = fine(await d.send('类型,名称,编码,上级\n网格,第一网格,440305001002001,西社区\n网格,第二网格,440305001002002,西社区\n'))
    assert.deepEqual(moved.items.map((one) => one.fate), ['new', 'new'], 'the same name below another community is another grid')
    const kept = fine(await d.send('类型,名称,编码,上级\n街道,东街,440305001000,\n'))
    assert.deepEqual(kept.items.map((one) => [one.fate, one.name_before]), [['changed', '东街道']])
  })

  it('takes borders as GeoJSON or WKT, and finds what lies above by a point', async () => {
    const ring = [[114, 22.5], [114.02, 22.5], [114.02, 22.52], [114, 22.52], [114, 22.5]]
    const wkt = `POLYGON((${ring.map((p) => p.join(' ')).join(',')}))`
    const json = JSON.stringify({ type: 'Polygon', coordinates: [ring] })
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`
    const done = fine(await d.send(`类型,名称,上级,边界\n社区,图社区,东街,${quoted(json)}\n社区,甲图社区,东街,${quoted(wkt.replaceAll('114', '115'))}\n`))
    assert.deepEqual([done.applied, done.created], [true, 2], JSON.stringify(done.items.map(faults)))
    assert.equal((await d.server.client().get('/areas/at', { query: { lon: 114.01, lat: 22.51 } })).body.area.name, '图社区')
    const point = await d.look('类型,名称,经度,纬度\n网格,点网格,114.01,22.51\n')
    assert.equal(point.items[0].parent, '图社区')
    const bad = await d.look('类型,名称,上级,边界,经度,纬度\n社区,坏,东街,POLYGON((1 2,3),,\n网格,歪,,,200,22\n网格,缺,,,114,\n')
    assert.deepEqual(bad.items.map(faults), [[['shape', 'shape']], [['lon', 'place']], [['lat', 'required']]])
  })

  it('names each fault at its row and column, and writes nothing of a sheet that has one', async () => {
    const before = await d.areas()
    const bad = fine(await d.send([
      '类型,名称,编码,上级,分类,公开', '社区,好社区,440305001010,东街,,', '社区,,440305001011,东街,,', '星球,火星,,,,', '社区,错码,44030500101,东街,,',
      '社区,别街的,440306001012,东街,,', '社区,重码,440305001010,东街,,', '社区,孤儿,,没有这街,,', '社区,分错,,东街,金牌,', '党支部,甲,,乙,,', '党支部,乙,,甲,,',
      '网格,错级,,东街,,', '社区,好社区,,东街,,', '党委,开不开,,,,也许', '社区,旧码,440305001001x,东街,,',
    ].join('\n')))
    assert.equal(bad.applied, false)
    assert.deepEqual(bad.items.map((one) => faults(one).map(([column, code]) => `${column} ${code}`).join()), [
      '', 'name required', 'kind not_a_choice', 'code code_form', 'code code_parent', 'code code_taken', 'parent unknown_reference', 'class not_a_choice',
      'parent unknown_reference', 'parent unknown_reference', 'parent unknown_reference', 'name taken', 'public not_a_choice', 'code code_form',
    ])
    assert.deepEqual(await d.areas(), before)
    const loop = await d.look('类型,名称,上级\n党委,甲委,乙委\n党委,乙委,甲委\n')
    assert.ok(loop.items.some((one) => faults(one).some(([column, code]) => column === 'parent' && code === 'cycle')), JSON.stringify(loop.items.map(faults)))
    fine(await d.send('类型,名称,上级\n社区,同名,东街\n'))
    const twins = await d.look('类型,名称,上级\n街道,北街,\n社区,同名,北街\n网格,谁的,同名\n')
    assert.deepEqual(faults(twins.items[2]), [])
    const twice = await d.look('类型,名称,上级\n街道,北街,\n社区,双,东街\n社区,双,北街\n网格,谁的,双\n')
    assert.deepEqual(faults(twice.items[3]), [['parent', 'name_ambiguous']])
  })

  it('refuses files that are none, and questions that are wrong', async () => {
    for (const [file, code] of [['', 'csv'], ['PK\x03\x04 torn', 'csv'], ['a,b\n1,2\n', 'csv'], ['名称,编码\n"没有完', 'csv']])
      assert.equal((await d.send(file)).body.code, code, file)
    assert.equal((await d.send('名称,编码\n甲,440305001001\n', { crs: 'mars' })).body.errors[0].code, 'crs_unknown')
    assert.equal((await d.send('名称,编码\n甲,440305001001\n', { parent: '7' })).body.errors[0].field, 'parent')
    assert.equal((await d.send(`类型,名称\n${'社区,甲\n'.repeat(5001)}`)).status, 413)
    const gb = Buffer.from('c0e0d0cd2cc3fbb3c62cc9cfbcb60d0ac9e7c7f82cb9fab1ea2cb6abbdd60d0a', 'hex')
    assert.deepEqual((await d.look(gb)).items.map((one) => [one.kind, one.name, one.parent]), [['community', '国标', '东街']])
  })

  it('is done only where somebody manages units', async () => {
    const street = (await d.areas()).find((one) => one.name === '东街')
    fine(await d.admin.post('/areas', { parent_id: d.root, kind: 'street', name: '南街道', code: '440305002000' }), 201)
    const local = await d.server.user({ role: 'system_admin', unit: street.id, lang: 'en' }), resident = await d.server.user({ sign: 'resident' })
    assert.equal((await d.send('类型,名称\n社区,甲\n', {}, resident)).status, 403)
    assert.equal((await d.send('类型,名称\n社区,甲\n', {}, d.server.client())).status, 401)
    const seen = fine(await d.send('类型,名称,上级\n社区,内社区,东街\n网格,内格,内社区\n居委会,内居,内社区\n社区,外社区,南街道\n网格,外格,外社区\n居委会,外居,外社区\n街道,北街道,\n', {}, local))
    assert.deepEqual(seen.items.map((one) => faults(one).join()), ['', '', '', 'parent,not_allowed', 'parent,not_allowed', 'parent,not_allowed', 'parent,not_allowed'])
    const renamed = fine(await d.send('类型,名称,编码\n街道,南大街,440305002000\n', {}, local))
    assert.deepEqual(faults(renamed.items[0]), [['parent', 'not_allowed']])
    const done = fine(await d.send('类型,名称,上级\n社区,内社区,东街\n网格,内格,内社区\n居委会,内居,内社区\n', {}, local))
    assert.deepEqual([done.applied, done.created], [true, 3])
  })
})

describe('the national list of divisions', () => {
  const lists = join(shared, 'cn-divisions')
  const open = (name) => gunzipSync(readFileSync(join(lists, name))).toString()
  let d
  after(() => d?.server.stop())

  it('gives a district its streets and communities, and tells what became of them', async (t) => {
    if (!existsSync(lists)) return t.skip(`${lists} is absent`)
    d = await district('上城区', '330102000000')
    const streets = open('streets.csv.gz'), communities = open('communities-hangzhou.csv.gz')
    const mine = (text) => text.split('\n').filter((line) => line.startsWith('330102')).length
    const seen = await d.look(streets, { within: '330102', compare: true })
    assert.equal(seen.rows, mine(streets))
    assert.deepEqual([seen.created, seen.bad], [seen.rows, 0], JSON.stringify(seen.items.find((one) => one.faults.length)))
    assert.ok(seen.items.every((one) => one.kind === 'street' && one.parent === '上城区' && one.code.length === 12))
    fine(await d.send(streets, { within: '330102' }))
    const done = fine(await d.send(communities, { within: '330102' }))
    assert.deepEqual([done.applied, done.created], [true, mine(communities)], JSON.stringify(done.items.filter((one) => one.faults.length).slice(0, 3)))
    const areas = await d.areas()
    for (const one of areas.filter((area) => area.kind === 'community')) assert.equal(areas.find((up) => up.id === one.parent_id).code.slice(0, 9), one.code.slice(0, 9))

    /* Next year's list: one renamed, one withdrawn, one new. */
    const lines = communities.split('\n').filter((line, i) => i === 0 || line.startsWith('330102'))
    const next = [...lines.filter((_, i) => i !== 2).map((line, i) => (i === 1 ? line.replace(/,[^,]+,/, ',新名社区,') : line)), '330102001199,新设社区,330102001,33,3301,330102'].join('\n')
    const news = await d.look(next, { within: '330102', compare: true })
    assert.deepEqual([news.created, news.changed, news.bad], [1, 1, 0])
    assert.equal(news.items.find((one) => one.fate === 'changed').name_before, lines[1].split(',')[1])
    assert.deepEqual(news.missing.map((one) => one.code), [lines[2].split(',')[0]])
    const nowhere = await d.look(streets, { within: '999999' })
    assert.deepEqual([nowhere.rows, nowhere.bad], [0, 0])
  })

  it('comes with the program: a district is chosen, and its root gets its code', async () => {
    const own = await district('我的区', '110101000000')
    try {
      const { items } = fine(await own.admin.get('/areas/divisions'))
      const one = items.find((x) => x.code === '330102')
      assert.deepEqual([one.name, one.above], ['上城区', '浙江省杭州市'])
      assert.ok(one.streets > 5 && one.communities > 100 && items.length > 2900)
      assert.equal(items.find((x) => x.code === '110101').above, '北京市')
      const seen = await own.look('', { division: '330102' })
      assert.deepEqual([seen.created, seen.changed, seen.bad], [one.streets + one.communities, 1, 0], JSON.stringify(seen.items.find((x) => x.faults.length)))
      assert.deepEqual([seen.items[0].name, seen.items[0].code_before], ['我的区', '110101000000'], 'its name is its own')
      fine(await own.send('', { division: '330102' }))
      const again = await own.look('', { division: '330102', compare: true })
      assert.deepEqual([again.created, again.changed, again.missing], [0, 0, []])
      for (const division of ['999999', '330100']) assert.equal((await own.send('', { division })).body.errors[0].field, 'division')
      assert.equal((await (await own.server.user({ sign: 'resident' })).get('/areas/divisions')).status, 403)
    } finally {
      await own.server.stop()
    }
  })
})
