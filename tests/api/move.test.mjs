/* Districts as a file: exported and taken in elsewhere, backed up beside a running server and restored, on SQLite and PostgreSQL and from one to
 * the other; and what is damaged, taken, foreign or full is refused with nothing changed. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fine } from './support/district.mjs'
import { changed, digestOf, membersOf, writeMembers } from './support/pack.mjs'
import { build, folder, root, run, startServer, until } from './support/server.mjs'

const linli = join(build, 'linli')
const own = folder('linli-move-')
const at = (name) => join(own.path, name)
const photos = join(root, 'server/features/demo/photos')
const photo = readFileSync(join(photos, readdirSync(photos).find((name) => name.endsWith('.jpg'))))
let server, known

/** A command on a data folder, or on none. */
const call = (words, data, options) => run(linli, data ? [...words, '--data', at(data)] : words, options)
async function must(words, data, options) {
  const answer = await call(words, data, options)
  assert.equal(answer.code, 0, `${words.join(' ')}: ${answer.err}${answer.out}`)
  return answer.out
}
async function refused(words, data, why, options) {
  const answer = await call(words, data, options)
  assert.equal(answer.code, 1, `${words.join(' ')}: ${answer.code} ${answer.err}${answer.out}`)
  assert.match(answer.err, why)
}

/** Somebody signed in as a role of the demonstration. */
async function enter(s, role = 'street_dispatcher') {
  const client = s.client()
  fine(await client.post('/session/demo', { role }))
  return client
}

/** What was reported before is there: its words, its photo, its contact; and it is found. */
async function looksWhole(s) {
  const reader = await enter(s)
  for (const { id, file, text } of known) {
    assert.equal(fine(await reader.get(`/cases/${id}`)).text, text)
    assert.equal((await reader.get(`/files/${file}`)).status, 200)
  }
  assert.equal(fine(await reader.post(`/cases/${known[0].id}/contact`, { why: '回访' })).contact, '13800001234')
  const word = known[0].text.split(' ')[1]
  await until(async () => JSON.stringify((await reader.post('/search', { text: word })).body).includes(known[0].id), 60_000)
}

before(async () => {
  await must(['demo', '--cases', '120', '--seed', '5'], 'first')
  server = await startServer({ dir: at('first') })
  const reporter = await enter(server, 'resident')
  const places = fine(await reporter.get('/areas.geojson', { query: { kind: 'grid' } })).features[0].geometry.coordinates.flat(Infinity)
  const mean = (list) => list.reduce((a, b) => a + b) / list.length
  const place = { lon: mean(places.filter((_, i) => i % 2 === 0)), lat: mean(places.filter((_, i) => i % 2 === 1)) }
  known = []
  for (let i = 0; i < 3; i++) {
    const file = fine(await reporter.post('/files', photo, { type: 'image/jpeg' }), 201).id
    const text = `路灯不亮 ${randomUUID().slice(0, 8)}`
    known.push({ id: fine(await reporter.post('/cases', { text, at: place, photos: [file], contact: '13800001234' }), 201).id, file, text })
  }
})
after(async () => {
  await server?.stop()
  own.remove()
})

describe('a backup', () => {
  test('is made beside a running server, holds, and is made of what the page says', async () => {
    const made = JSON.parse(await must(['backup', at('b.linli'), '--keys', at('b.keys'), '--json'], 'first'))
    assert.equal(made.holds, 'installation')
    assert.equal(made.districts.length, 1)
    assert.ok(made.districts[0].rows > 3000 && made.districts[0].files > 3 && made.districts[0].missing === 0)
    assert.deepEqual(JSON.parse(await must(['verify', at('b.linli'), '--json'])), made)
    assert.equal(statSync(at('b.linli')).mode & 0o777, 0o600)
    assert.equal(statSync(at('b.keys')).mode & 0o777, 0o600)
    const names = membersOf(at('b.linli')).map((m) => m.name)
    assert.equal(names[0], 'linli.json')
    for (const name of ['1/district.json', '1/rows/cases/000001.jsonl', '1/rows/audit/000001.jsonl', '1/end.json']) assert.ok(names.includes(name), name)
    assert.ok(!existsSync(at('b.linli.part')))
    mkdirSync(at('open'))
    execFileSync('tar', ['-xzf', at('b.linli'), '-C', at('open')])
    for (const list of names.filter((n) => n.startsWith('SHA256SUMS'))) execFileSync('sha256sum', ['--quiet', '-c', list], { cwd: at('open') })
  })

  test('holds neither a key nor a contact that can be read', () => {
    const key = readFileSync(join(at('first'), 'keys'))
    for (const { name, bytes } of membersOf(at('b.linli'))) {
      assert.ok(!bytes.includes('13800001234'), name)
      assert.ok(!bytes.includes(key.subarray(0, 32)) && !bytes.toString('latin1').includes(key.subarray(0, 32).toString('base64').slice(0, 40)), name)
    }
  })

  test('is restored into an empty folder, and all is there', async () => {
    await must(['restore', at('b.linli'), '--keys', at('b.keys')], 'back')
    for (const words of [['audit', 'verify'], ['doctor', '--thorough']]) await must(words, 'back')
    const again = await startServer({ dir: at('back') })
    try {
      await looksWhole(again)
    } finally {
      await again.stop()
    }
  })

  test('is never restored over anything', async () => {
    await refused(['restore', at('b.linli'), '--keys', at('b.keys')], 'first', /already/)
    await refused(['backup', at('b.linli')], 'first', /already/)
    await refused(['backup', at('c.linli'), '--keys', at('b.keys')], 'first', /keys.*already/)
    assert.ok(!existsSync(at('c.linli')))
    await refused(['backup', at('nowhere/c.linli')], 'first', /folder/)
    await looksWhole(server)
  })

  test('without its keys, or with those of another, is not restored', async () => {
    await must(['init', '--name', '别处'], 'other')
    await must(['backup', at('o.linli'), '--keys', at('o.keys')], 'other')
    await refused(['restore', at('b.linli')], 'empty', /--keys/)
    await refused(['restore', at('b.linli'), '--keys', at('o.keys')], 'empty', /not the keys/)
    await refused(['restore', at('b.linli'), '--keys', at('b.linli')], 'empty', /damaged|something else/)
    assert.ok(!existsSync(join(at('empty'), 'keys')))
    await must(['restore', at('b.linli'), '--keys', at('b.keys')], 'empty')
  })
})

describe('a damaged file', () => {
  const bad = () => at('bad.linli')
  const tell = async (why) => {
    await refused(['verify', bad()], null, why)
    await refused(['restore', bad(), '--keys', at('b.keys')], 'victim', why)
    rmSync(at('victim'), { recursive: true, force: true })
  }

  test('is found wherever a byte is wrong, and nothing is changed', async () => {
    const bytes = readFileSync(at('b.linli'))
    for (const share of [0.02, 0.3, 0.5, 0.7, 0.98]) {
      const copy = Buffer.from(bytes)
      copy[Math.floor(bytes.length * share)] ^= 0x55
      writeFileSync(bad(), copy)
      await refused(['verify', bad()], null, /do not fit|does not fit|no member|too early|cannot be read|behind the end|row \d+: /)
    }
    await tell(/do not fit|does not fit|no member|too early|behind the end|row \d+: /)
  })

  test('that ends too early says so', async () => {
    writeFileSync(bad(), readFileSync(at('b.linli')))
    truncateSync(bad(), Math.floor(statSync(bad()).size / 2))
    await tell(/too early|do not fit/)
    writeFileSync(bad(), '')
    await tell(/too early/)
    writeFileSync(bad(), 'no such thing')
    await tell(/no member|too early/)
    await refused(['verify', at('not-there')], null, /no such file/)
  })

  test('names the member that is wrong, missing, or not ours', async () => {
    const rows = /1\/rows\/cases\//
    let name = changed(at('b.linli'), bad(), rows, (b) => b.toString().replace('路灯', '路登'), { honest: false })
    await tell(new RegExp(`${name}.*digest`))
    changed(at('b.linli'), bad(), rows, () => null)
    await tell(/rows\/cases.*missing/)
    changed(at('b.linli'), bad(), /1\/rows\/case_event\//, (b) => b.toString().trimEnd().split('\n').slice(0, -1).join('\n') + '\n')
    await tell(/rows\/case_event.*missing/)
    changed(at('b.linli'), bad(), /1\/files\//, () => null)
    await tell(/files are missing/)
    changed(at('b.linli'), bad(), rows, (b) => b.toString().replace(/\n\[\d+/, '\n["x"'))
    await tell(/rows\/cases\/000001.jsonl: row 1/)
    changed(at('b.linli'), bad(), rows, (b) => b.toString().replace('"id"', '"di"'))
    await tell(/columns/)
  })

  test('that somebody rewrote, digests and all, is found by its audit chain', async () => {
    changed(at('b.linli'), bad(), /1\/rows\/audit\//, (b) => b.toString().replace('case.', 'cose.'))
    await tell(/audit\/000001.jsonl: row \d+: the audit chain does not hold/)
    changed(at('b.linli'), bad(), /1\/rows\/audit_head\//, (b) => b.toString().replace(/\n\[(\d+)/, (_, n) => `\n[${Number(n) + 1}`))
    await tell(/cut at its end/)
  })

  test('leads to no place outside', async () => {
    const members = membersOf(at('b.linli'))
    for (const name of ['1/../../out', '1//etc/x', '1/files/../x.jpg', '1/files/ab/../../x', '1/jobs/1/.x', '1/keys', '1/linli.db']) {
      const at_ = members.findIndex((m) => m.name === '1/end.json')
      writeMembers(bad(), [...members.slice(0, at_), { name, bytes: Buffer.from('x') }, ...members.slice(at_)])
      await refused(['verify', bad()], null, /no file of ours|no member/)
    }
  })

  test('of a newer program is refused by name', async () => {
    changed(at('b.linli'), bad(), 'linli.json', (b) => JSON.stringify({ ...JSON.parse(b), program: '9.1.0', schema: 9001, schema_digest: 'x' }))
    await tell(/newer program \(9\.1\.0, schema 9001/)
    changed(at('b.linli'), bad(), 'linli.json', (b) => JSON.stringify({ ...JSON.parse(b), schema: 1, schema_digest: 'x' }))
    await tell(/another program/)
    changed(at('b.linli'), bad(), 'linli.json', (b) => JSON.stringify({ ...JSON.parse(b), format: 2 }))
    await tell(/newer/)
  })
})

describe('a district', () => {
  test('moves to another installation, beside what is served there', async () => {
    await must(['export', 'tenant', at('d.linli'), '--tenant', 'demo', '--keys', at('d.keys')], 'first')
    const there = await startServer({ dir: at('other') })
    try {
      await must(['import', 'tenant', at('d.linli'), '--keys', at('d.keys'), '--host', 'localhost'], 'other')
      const two = { client: () => there.client({ url: `http://localhost:${there.port}` }) }
      await until(async () => (await two.client().post('/session/demo', { role: 'district_leader' })).status === 200, 4000)
      await looksWhole(two)
      await must(['audit', 'verify', '--tenant', 'demo'], 'other')
      const back = JSON.parse(await must(['tenant', 'list', '--json'], 'other'))
      assert.deepEqual(back.map((t) => [t.number, t.code, t.hosts]), [[1, 'district', []], [2, 'demo', ['localhost']]])
    } finally {
      await there.stop()
    }
  })

  test('whose code or host is taken is refused, and taken in under others', async () => {
    const before_ = await must(['tenant', 'list'], 'other')
    await refused(['import', 'tenant', at('d.linli'), '--keys', at('d.keys')], 'other', /code demo already: --code/)
    await refused(['import', 'tenant', at('d.linli'), '--keys', at('d.keys'), '--code', 'again', '--host', 'localhost'], 'other', /host localhost already: --host/)
    assert.equal(await must(['tenant', 'list'], 'other'), before_)
    assert.deepEqual(readdirSync(join(at('other'), 'tenants')), ['2'])
    await must(['import', 'tenant', at('d.linli'), '--keys', at('d.keys'), '--code', 'again', '--host', 'again.example.org'], 'other')
    for (const which of ['demo', 'again']) await must(['audit', 'verify', '--tenant', which], 'other')
    const served = await startServer({ dir: at('other') })   // the same cases twice in one index
    try {
      await looksWhole({ client: () => served.client({ url: `http://localhost:${served.port}` }) })
    } finally {
      await served.stop()
    }
  })

  test('exported again is byte for byte the same', async () => {
    await must(['export', 'tenant', at('e1.linli'), '--tenant', 'demo', '--keys', at('e1.keys')], 'back')
    await must(['init', '--name', '空'], 'fresh')
    await must(['import', 'tenant', at('e1.linli'), '--keys', at('e1.keys')], 'fresh')
    await must(['export', 'tenant', at('e2.linli'), '--tenant', 'demo', '--keys', at('e2.keys')], 'fresh')
    assert.equal(digestOf(at('e2.linli')), digestOf(at('e1.linli')))
    assert.equal(digestOf(at('e2.keys')), digestOf(at('e1.keys')))
  })
})

/* Photos that were copied back first, keys of districts that a backup does not know: whatever the folder holds stays, byte for byte. */
describe('what lies where a district is to go', () => {
  const put = (names) => Object.entries(names).forEach(([name, text]) => {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
  })
  /** All files below a folder but for the database and what is on its way: {name: text}. */
  const held = (below) => Object.fromEntries(readdirSync(at(below), { recursive: true, withFileTypes: true })
    .filter((d) => d.isFile() && !/linli\.db/.test(d.name))
    .map((d) => [relative(own.path, join(d.parentPath, d.name)), readFileSync(join(d.parentPath, d.name), 'utf8')]))
  const restore = (file = 'b.linli') => ['restore', at(file), '--keys', at('b.keys')]
  const photo_ = (data) => ({ [`${data}/files/ab/cd.jpg`]: 'a photo of before' })

  for (const [what, there, named] of [
    ['photos', (data) => ({ ...photo_(data), [`${data}/jobs/7/list.csv`]: 'a list' }), 'files'],
    ['results of jobs', (data) => ({ [`${data}/jobs/7/list.csv`]: 'a list' }), 'jobs'],
    ['keys', (data) => ({ [`${data}/keys`]: 'keys of before' }), 'keys'],
    ['what was learnt', (data) => ({ [`${data}/suggest.model`]: 'of before' }), 'suggest.model'],
    ['another district', (data) => ({ [`${data}/tenants/7/keys`]: 'keys of before', [`${data}/tenants/7/files/ab/cd.jpg`]: 'a photo' }), 'tenants'],
  ])
    test(`${what}: no backup is restored over it`, async () => {
      const data = `there-${named}`
      put(there(data))
      await refused(restore(), data, new RegExp(`${data}/${named} is there already.*nothing is written over: move it away.*--data\\)\nlinli: nothing was changed`))
      assert.deepEqual(held(data), there(data))
      rmSync(at(data), { recursive: true })
      await must(restore(), data)
    })

  test('a district of the same number: a backup without the first district takes nothing away', async () => {
    changed(at('b.linli'), at('second.linli'), 'linli.json', (b) => JSON.stringify({ ...JSON.parse(b), numbers: [2] }))
    const there = { 'same/tenants/2/keys': 'keys of before', 'same/tenants/2/files/ab/cd.jpg': 'a photo of before' }
    put(there)
    await refused(restore('second.linli'), 'same', /same\/tenants is there already/)
    put(photo_('same'))
    await refused(restore('second.linli'), 'same', /same\/files is there already/)
    assert.deepEqual(held('same'), { ...there, ...photo_('same') })
    await must(restore('second.linli'), 'same-elsewhere')
    assert.ok(existsSync(join(at('same-elsewhere'), 'tenants/2/keys')))
  })

  /** Restores a file, and puts something there as soon as the first rows are on their way. */
  async function restoreWhile(words, data, names) {
    mkdirSync(at(data))
    const going = call(words, data)
    await until(() => readdirSync(at(data)).some((name) => existsSync(join(at(data), name, '1/keys'))), 30_000)
    put(names)
    const answer = await going
    assert.equal(answer.code, 1, answer.out)
    assert.deepEqual(held(data), names)
    return answer.err
  }

  test('photos that come while a backup is restored are not taken away again with it', async () => {
    assert.match(await restoreWhile(restore(), 'late', photo_('late')), /late\/files is there already/)
  })

  test('a district that finds no place: the one before it loses its place again, the photos of before stay', async () => {
    const members = membersOf(at('b.linli')).filter(({ name }) => !name.startsWith('SHA256SUMS')), key = membersOf(at('b.keys'))[0]
    const [head, ...first] = members, sums = { name: 'SHA256SUMS.000001', bytes: Buffer.alloc(0) }
    const again = ({ name, bytes }) => ({ name: name.replace(/^1/, '2'),
      bytes: name === '1/district.json' ? Buffer.from(JSON.stringify({ ...JSON.parse(bytes), code: 'second', hosts: [] })) : bytes })
    const two = { name: head.name, bytes: Buffer.from(JSON.stringify({ ...JSON.parse(head.bytes), numbers: [2, 3] })) }
    writeMembers(at('two.linli'), [two, ...first, ...first.map(again), sums])
    writeMembers(at('two.keys'), [key, again(key), sums])
    const words = ['restore', at('two.linli'), '--keys', at('two.keys')]
    const there = { 'two/tenants/3/files/ab/cd.jpg': 'a photo of before' }
    assert.match(await restoreWhile(words, 'two', there), /two\/tenants\/3\/files is there already/)
    assert.deepEqual(readdirSync(join(at('two'), 'tenants')), ['3'])
    rmSync(at('two'), { recursive: true })
    await must(words, 'two')
    for (const code of ['demo', 'second']) await must(['audit', 'verify', '--tenant', code], 'two')
  })

  test('a folder of the number that a district would get: it is not taken in', async () => {
    const before_ = await must(['tenant', 'list', '--json'], 'other')
    const next = Math.max(...JSON.parse(before_).map((t) => t.number)) + 1
    const there = { [`other/tenants/${next}/keys`]: 'keys of before', [`other/tenants/${next}/files/ab/cd.jpg`]: 'a photo of before' }
    put(there)
    const words = ['import', 'tenant', at('d.linli'), '--keys', at('d.keys'), '--code', 'third', '--host', 'third.example.org']
    await refused(words, 'other', new RegExp(`other/tenants/${next}/files is there already.*move it away\nlinli: nothing was changed`))
    assert.deepEqual(held(`other/tenants/${next}`), there)
    assert.equal(await must(['tenant', 'list', '--json'], 'other'), before_)
    rmSync(at(`other/tenants/${next}`), { recursive: true })
    await must(words, 'other')
  })
})

describe('from SQLite to PostgreSQL and back', () => {
  const tool = (...words) => spawnSync(join(root, 'tools/postgres'), words, { encoding: 'utf8' })
  const cluster = folder('linli-move-pg-')
  const made = tool('start', cluster.path)
  const skip = made.status === 77 && 'PostgreSQL is not installed'
  const env = (name) => ({ env: { LINLI_DB: `${made.stdout.trim()}&dbname=${name}` } })
  const lite = { env: { LINLI_DB: '' } }
  after(() => {
    tool('stop', cluster.path)
    cluster.remove()
  })

  test('a district comes back as it went', { skip }, async () => {
    for (const name of ['one', 'two']) execFileSync('psql', ['-X', '-q', '-d', made.stdout.trim(), '-c', `CREATE DATABASE ${name}`])
    await must(['demo', '--cases', '60', '--seed', '11'], 'lite', lite)
    await must(['export', 'tenant', at('l1.linli'), '--tenant', 'demo', '--keys', at('l.keys')], 'lite', lite)
    await must(['init', '--name', '空'], 'pg', env('one'))
    await must(['import', 'tenant', at('l1.linli'), '--keys', at('l.keys')], 'pg', env('one'))
    await must(['audit', 'verify', '--tenant', 'demo'], 'pg', env('one'))
    await must(['export', 'tenant', at('p.linli'), '--tenant', 'demo'], 'pg', env('one'))
    assert.equal(digestOf(at('p.linli')), digestOf(at('l1.linli')))
    await must(['init', '--name', '空'], 'lite2', lite)
    await must(['import', 'tenant', at('p.linli'), '--keys', at('l.keys')], 'lite2', lite)
    await must(['export', 'tenant', at('l2.linli'), '--tenant', 'demo'], 'lite2', lite)
    assert.equal(digestOf(at('l2.linli')), digestOf(at('l1.linli')))
  })

  test('a backup of one is restored on the other', { skip }, async () => {
    await must(['backup', at('pb.linli'), '--keys', at('pb.keys')], 'pg', env('one'))
    await must(['restore', at('pb.linli'), '--keys', at('pb.keys')], 'from-pg', lite)
    await must(['audit', 'verify', '--tenant', 'demo'], 'from-pg', lite)
    await must(['restore', at('pb.linli'), '--keys', at('pb.keys')], 'pg2', env('two'))
    await must(['backup', at('pb2.linli')], 'pg2', env('two'))
    assert.equal(digestOf(at('pb2.linli')), digestOf(at('pb.linli')))
    await refused(['restore', at('pb.linli'), '--keys', at('pb.keys')], 'pg3', /already/, env('two'))
  })

  test('a server that is lost at the commit: that nobody knows is said, and the keys stay', { skip }, async () => {
    const sql = (name, text) => execFileSync('psql', ['-X', '-q', '-d', env(name).env.LINLI_DB, '-c', text])
    execFileSync('psql', ['-X', '-q', '-d', made.stdout.trim(), '-c', 'CREATE DATABASE three'])
    mkdirSync(at('pg4'))
    await must(['migrate'], 'pg4', env('three'))
    sql('three', `CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER lost AFTER INSERT ON tenant DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lost()`)
    const words = ['restore', at('pb.linli'), '--keys', at('pb.keys')]
    await refused(words, 'pg4', /lost while[^]*whether it was done is not known/, env('three'))
    assert.ok(existsSync(join(at('pg4'), 'keys')))
    sql('three', 'DROP TRIGGER lost ON tenant')
    await refused(words, 'pg4', /pg4\/keys is there already/, env('three'))
    rmSync(at('pg4'), { recursive: true })
    await must(words, 'pg4', env('three'))
  })
})
