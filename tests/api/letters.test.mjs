/* Appointments, their letters, what a QR on one leads to: over HTTP, on paper, and before the eyes of a real QR reader. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sleep, until } from './support/server.mjs'
import { dumpOf, onPostgres } from './support/database.mjs'
import { fields, fine, outside, phone, refused, startDistrict } from './support/district.mjs'
import { xlsx } from './support/xlsx.mjs'

const DAY = 86_400_000
let server, system, audit, secretary, root, street, community, other, somebody, office, committee, place
const scan = (text) => text.replace(/\s/g, '')

before(async () => {
  ;({ server, system, audit, secretary, root, street, community, other, somebody } = await startDistrict())
  place = mkdtempSync(join(tmpdir(), 'linli-letters-'))
  office = fine(await system.post('/orgs', { kind: 'street_office', name: '梧桐街道办事处', area_id: street }), 201).id
  committee = fine(await system.post('/orgs', { kind: 'residents_committee', name: '梧桐社区居委会', area_id: community }), 201).id
  fine(await system.put('/settings/letter.verify_per_hour', { value: 100000 }), 204)
})
after(() => {
  if (place) rmSync(place, { recursive: true, force: true })
  return server?.stop()
})

const person = async (name, contact) => fine(await system.post('/people', { name, ...(contact && { contact }) }), 201).id
const at = (unit, post = 'adviser') => ({ post, unit_kind: 'area', unit_id: unit })
const appointed = async (who, body = at(community)) => fine(await system.post(`/people/${who}/appointments`, body), 201)
const issued = async (...ids) => fine(await system.post('/letters', { appointments: ids, issuer_id: office }), 201).letters
/** The public page at a letter's address, as anybody sees it. */
const page = (letter, query) => server.client({ lang: 'zh-CN' }).get(`/${new URL(letter.verify ?? letter).pathname}`, { query })

/** Pages of a PDF: their text, and what a QR reader sees in their picture. */
function paper(bytes) {
  const file = join(place, 'letter.pdf')
  writeFileSync(file, bytes)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2)
  execFileSync('pdftoppm', ['-r', '110', '-png', file, join(place, 'sheet')])
  const pictures = readdirSync(place).filter((name) => name.startsWith('sheet')).sort()
  const codes = pictures.map((name) => spawnSync('zbarimg', ['--quiet', '--raw', join(place, name)], { encoding: 'utf8' }).stdout.trim())
  for (const name of pictures) rmSync(join(place, name))
  return { text, flat: scan(text), fonts, codes }
}

describe('appointments', () => {
  test('are given for the usual term, listed, and name each fault', async () => {
    const who = await person('钱有期')
    const from = Date.parse('2026-05-14T00:00:00+08:00')
    const given = await appointed(who, { ...at(community), from })
    assert.equal(new Date(given.to).toISOString(), '2028-05-13T16:00:00.000Z')   // 24 months, to the day
    assert.deepEqual([given.person, given.unit_name, given.state, given.version, given.letter_no], ['钱有期', '梧桐社区', 'current', 1, null])
    assert.deepEqual(fine(await system.get(`/people/${who}/appointments`)).items.map((x) => x.id), [given.id])
    assert.deepEqual(fine(await system.get(`/appointments/${given.id}`)), given)
    for (const [body, field, code] of [
      [{ ...at(community), post: 'king' }, 'post', 'unknown_reference'], [at('9'), 'unit_id', 'unknown_reference'],
      [{ ...at(other), from: 2000, to: 1000 }, 'to', 'period'], [{ ...at(community), unit_kind: 'galaxy' }, 'unit_kind', 'not_a_choice'],
      [at(street, 'building_lead'), 'unit_id', 'post_kind'],
    ]) assert.equal(fields(await system.post(`/people/${who}/appointments`, body))[field], code, JSON.stringify(body))
    refused(await system.post('/people/77/appointments', at(community)), 404, 'not_found')
    refused(await server.client().post(`/people/${who}/appointments`, at(community)), 401, 'not_signed_in')
    const stranger = await somebody()
    refused(await stranger.client.post(`/people/${who}/appointments`, at(community)), 403, 'not_allowed')
    const open = await appointed(who, { ...at(other), to: null })
    assert.equal(open.to, null)
  })

  test('of one person to one post at one unit do not overlap', async () => {
    const who = await person('孙不重')
    const from = Date.now() - 10 * DAY
    await appointed(who, { ...at(community), from, to: from + 20 * DAY })
    for (const [a, b] of [[5, 15], [-5, 1], [19, 40], [-5, 40]])
      refused(await system.post(`/people/${who}/appointments`, { ...at(community), from: from + a * DAY, to: from + b * DAY }), 409, 'appointed', 'post')
    refused(await system.post(`/people/${who}/appointments`, { ...at(community), from: from + DAY, to: null }), 409, 'appointed')
    await appointed(who, { ...at(community), from: from + 20 * DAY, to: null })   // where the other ends
    await appointed(who, at(community, 'legal_adviser'))
    await appointed(who, at(other))
  })

  test('end with a reason and a date, once, under their version', async () => {
    const who = await person('李到期')
    const x = await appointed(who)
    const end = (body, version = x.version) => system.post(`/appointments/${x.id}/end`, body, { version })
    assert.deepEqual(fields(await end({})), { reason: 'required' })
    refused(await system.post(`/appointments/${x.id}/end`, { reason: '调离' }), 428, 'version_needed')
    refused(await end({ reason: '调离' }, 7), 409, 'stale_version')
    assert.deepEqual(fields(await end({ reason: '调离', on: x.from - DAY })), { on: 'period' })
    assert.deepEqual(fields(await end({ reason: '调离', on: x.to + DAY })), { on: 'period' })
    const ended = fine(await end({ reason: '调离' }))
    assert.deepEqual([ended.state, ended.end_reason, ended.version], ['ended', '调离', 2])
    assert.ok(ended.ended_at)
    refused(await end({ reason: '调离' }, 2), 409, 'wrong_state')
    refused(await system.post('/appointments/5/end', { reason: 'x' }, { version: 1 }), 404, 'not_found')
    const [row] = fine(await audit.get('/audit', { query: { action: 'appointment.end', object_id: who } })).items
    assert.equal(row.detail.end_reason, '调离')
  })

  test('are renewed from where they end; twice is refused, and so is what has no end', async () => {
    const x = await appointed(await person('周续聘'))
    const next = fine(await system.post(`/appointments/${x.id}/renew`, {}, { version: x.version }), 201)
    assert.deepEqual([next.from, next.renews_id, next.state], [x.to, x.id, 'ahead'])
    assert.ok(next.to > next.from + 700 * DAY)
    refused(await system.post(`/appointments/${x.id}/renew`, {}, { version: x.version }), 409, 'appointed')
    refused(await system.post(`/appointments/${x.id}/renew`, {}, { version: 5 }), 409, 'stale_version')
    refused(await system.post(`/appointments/${next.id}/renew`, { to: next.to }, { version: next.version }), 422, 'period', 'to')
    const open = await appointed(await person('吴无期'), { ...at(community), to: null })
    refused(await system.post(`/appointments/${open.id}/renew`, {}, { version: open.version }), 409, 'wrong_state')
    const left = await appointed(await person('郑离任'))
    const gone = fine(await system.post(`/appointments/${left.id}/end`, { reason: '离任' }, { version: 1 }))
    refused(await system.post(`/appointments/${left.id}/renew`, {}, { version: gone.version }), 409, 'wrong_state')
  })

  test('grant no rights whatever', async () => {
    const { client, person: who } = await somebody()
    const rights = async () => { const me = fine(await client.get('/session')); return [me.permissions, me.units] }
    const before_ = await rights()
    for (const post of ['secretary', 'second_secretary', 'grid_worker', 'adviser', 'community_officer']) await appointed(who, at(community, post))
    await appointed(who, at(street, 'secretary'))
    assert.deepEqual(await rights(), before_)
    refused(await client.get('/appointments'), 403, 'not_allowed')
    refused(await client.get('/people'), 403, 'not_allowed')
    refused(await client.get(`/people/${who}`), 403, 'not_allowed')
    refused(await client.post(`/people/${who}/appointments`, at(community)), 403, 'not_allowed')
  })

  test('of one community are that secretary\'s alone', async () => {
    const inside = await appointed(await person('社区内'))
    const elsewhere = await appointed(await person('社区外'), at(other))
    const seen = fine(await secretary.client.get('/appointments', { query: { limit: 200 } })).items
    assert.ok(seen.some((x) => x.id === inside.id) && !seen.some((x) => x.id === elsewhere.id))
    assert.ok(seen.every((x) => x.unit_id === community))
    refused(await secretary.client.get(`/appointments/${elsewhere.id}`), 404, 'not_found')
    refused(await secretary.client.post(`/appointments/${elsewhere.id}/end`, { reason: 'x' }, { version: 1 }), 404, 'not_found')
    refused(await secretary.client.get(`/appointments/${elsewhere.id}/letters`), 404, 'not_found')
    // Nobody is drawn into one's own community, and so into one's own sight, by appointing them.
    refused(await secretary.client.post(`/people/${elsewhere.person_id}/appointments`, at(community)), 404, 'not_found')
    refused(await secretary.client.post(`/people/${inside.person_id}/appointments`, at(other)), 403, 'not_allowed')
    fine(await secretary.client.post(`/people/${inside.person_id}/appointments`, at(community, 'health_adviser')), 201)
  })

  test('are listed by unit, post, state and what ends soon, page by page', async () => {
    const list = async (query) => fine(await system.get('/appointments', { query: { limit: 200, ...query } })).items
    const soon = await appointed(await person('快到期'), { ...at(community, 'health_adviser'), from: Date.now() - DAY, to: Date.now() + 10 * DAY })
    const sooner = await appointed(await person('更快'), { ...at(street, 'health_adviser'), from: Date.now() - DAY, to: Date.now() + 5 * DAY })
    const ahead = await appointed(await person('将上任'), { ...at(community, 'health_adviser'), from: Date.now() + DAY })
    assert.deepEqual((await list({ state: 'ending', post: 'health_adviser' })).map((x) => x.id), [sooner.id, soon.id])
    assert.deepEqual((await list({ state: 'ending', post: 'health_adviser', unit: community })).map((x) => x.id), [soon.id])
    assert.deepEqual((await list({ state: 'ahead', post: 'health_adviser' })).map((x) => x.id), [ahead.id])
    assert.ok((await list({ state: 'ended' })).every((x) => x.state === 'ended'))
    assert.ok((await list({ state: 'current' })).length > 3)
    assert.deepEqual((await list({ person: soon.person_id })).map((x) => x.id), [soon.id])
    assert.ok((await list({ unit: street })).some((x) => x.unit_id === community))
    assert.deepEqual(fields(await system.get('/appointments', { query: { state: 'asleep' } })), { state: 'not_a_choice' })
    assert.deepEqual(fields(await system.get('/appointments', { query: { post: 'king' } })), { post: 'unknown_reference' })
    refused(await system.get('/appointments', { query: { after: 'x' } }), 422, 'invalid', 'after')
    for (const state of [undefined, 'ending']) {
      const whole = (await list({ state })).map((x) => x.id)
      const pieces = []
      for (let after; ;) {
        const { items, next } = fine(await system.get('/appointments', { query: { state, limit: 2, after } }))
        pieces.push(...items.map((x) => x.id))
        if (!(after = next)) break
      }
      assert.deepEqual(pieces, whole)
    }
  })
})

describe('a sheet of people', () => {
  const send = (text, { dry_run, by = system } = {}) => by.post('/appointments/sheet', typeof text === 'string' ? Buffer.from(text) : text, { query: { dry_run }, type: 'text/csv' })

  test('is understood row by row, and appoints all of them at once', async () => {
    await person('张三丰', '13800000101')
    await person('张三丰', '13800000102')
    const only = await person('独一人')
    const text = '姓名,电话,岗位,单位,起,止\n张三丰,13800000102,治理顾问,梧桐社区,2026-05-14,2028/5/13\n独一人,,legal_adviser,测试区梧桐街道梧桐社区,2026年6月1日,\n,,,,,\n'
    const dry = fine(await send(text, { dry_run: true }))
    assert.deepEqual([dry.applied, dry.rows, dry.bad], [false, 2, 0])
    assert.deepEqual(dry.items.map((row) => [row.name, row.post_zh, row.unit_name, row.faults.length, row.appointment_id]), [['张三丰', '治理顾问', '梧桐社区', 0, null], ['独一人', '法律顾问', '梧桐社区', 0, null]])
    assert.equal(new Date(dry.items[0].to).toISOString(), '2028-05-13T16:00:00.000Z')   // people write the last day
    assert.equal(fine(await system.get(`/people/${only}/appointments`)).items.length, 0)
    const done = fine(await send(text))
    assert.equal(done.applied, true)
    assert.deepEqual(fine(await system.get(`/people/${only}/appointments`)).items.map((x) => x.id), [done.items[1].appointment_id])
    const again = fine(await send(text))
    assert.deepEqual([again.applied, again.bad], [false, 2])
    assert.deepEqual(again.items[0].faults.map((f) => [f.row, f.column, f.code]), [[1, '岗位', 'appointed']])
  })

  test('may be a workbook', async () => {
    await person('表里人')
    const seen = fine(await send(xlsx([['姓名', '岗位', '单位', '起'], ['表里人', '治理顾问', '梧桐社区', '2026-05-14']]), { dry_run: true }))
    assert.deepEqual([seen.rows, seen.bad, seen.items[0].unit_name], [1, 0, '梧桐社区'])
  })

  test('with a fault anywhere changes nothing, and each is told by row and column', async () => {
    await person('同名', '13800000103')
    await person('同名', '13800000104')
    await person('好端端')
    const text = 'name,telephone,post,unit,from,to\n好端端,,治理顾问,梧桐社区,,\n同名,,治理顾问,梧桐社区,,\n查无此人,,国王,月亮,昨天,\n好端端,,楼长,梧桐街道,2026-02-30,2025-01-01\n,,,,x,\n'
    const { applied, bad, items } = fine(await send(text))
    assert.deepEqual([applied, bad], [false, 4])
    const told = items.flatMap((row) => row.faults.map((f) => [f.row, f.column, f.code]))
    assert.deepEqual(told, [
      [2, 'name', 'name_ambiguous'], [3, 'name', 'unknown_reference'], [3, 'post', 'unknown_reference'], [3, 'unit', 'unknown_reference'], [3, 'from', 'invalid'],
      [4, 'unit', 'post_kind'], [4, 'from', 'invalid'], [4, 'to', 'period'], [5, 'name', 'required'], [5, 'post', 'required'], [5, 'unit', 'required'], [5, 'from', 'invalid'],
    ])
    assert.equal(fine(await system.get('/appointments', { query: { limit: 200 } })).items.filter((x) => x.person === '好端端').length, 0)
    const kind = fine(await send('姓名,岗位,单位\n好端端,楼长,梧桐街道\n'))
    assert.deepEqual(kind.items[0].faults.map((f) => [f.column, f.code]), [['单位', 'post_kind']])
    const twice = fine(await send('姓名,岗位,单位\n好端端,治理顾问,梧桐社区\n好端端,治理顾问,梧桐社区\n'))
    assert.deepEqual([twice.applied, twice.items[1].faults[0].code, twice.items[0].appointment_id], [false, 'appointed', null])
  })

  test('may come as Excel writes it, but not as anything', async () => {
    const gb = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: '姓名,岗位,单位\n好端端,治理顾问,梧桐社区\n' })
    assert.deepEqual(fine(await send(gb, { dry_run: true })).items[0].faults, [])
    refused(await send('名字,单位\n甲,乙\n'), 422, 'csv')
    refused(await send(''), 422, 'csv')
    refused(await send(`姓名,岗位,单位\n${'甲,乙,丙\n'.repeat(1001)}`), 413, 'too_large')
    const mine = fine(await send('姓名,岗位,单位\n好端端,治理顾问,梧桐社区\n', { by: secretary.client }))
    assert.deepEqual(mine.items[0].faults.map((f) => f.code), ['unknown_reference'])   // not a person she sees
    await person('她认识', phone)
    const known = fine(await send(`姓名,电话,岗位,单位\n她认识,${phone},治理顾问,清河街道\n`, { by: secretary.client }))
    assert.deepEqual(known.items[0].faults.map((f) => [f.column, f.code]), [['单位', 'not_allowed']])
    const stranger = await somebody()
    refused(await send('姓名,岗位,单位\n', { by: stranger.client }), 403, 'not_allowed')
  })
})

describe('letters', () => {
  test('are numbered by a scheme, never twice, and keep their words', async () => {
    fine(await system.put('/settings/letter.number', { value: '测聘〔{year}〕{nnn}号' }), 204)
    const x = await appointed(await person('冯其编'))
    const y = await appointed(await person('陈其号'))
    const taken = `测聘〔${new Date().getFullYear()}〕002号`
    await appointed(await person('手写号'), { ...at(community), letter_no: taken })
    refused(await system.post(`/people/${await person('又手写')}/appointments`, { ...at(community), letter_no: taken }), 409, 'taken', 'letter_no')
    const letters = await issued(x.id, y.id)
    assert.deepEqual(letters.map((l) => l.no.slice(-4)), ['001号', '003号'])   // 002 is on paper already
    const [first] = letters
    assert.match(first.body, /^\*\*冯其编\*\*同志：\n兹聘请您担任\*\*梧桐社区治理顾问\*\*，参与五方例会/)
    assert.deepEqual([first.unit, first.issuer, first.state, first.kind, first.lang], ['测试区梧桐街道梧桐社区', '梧桐街道办事处', 'valid', 'letter', 'zh'])
    refused(await system.post('/letters', { appointments: [x.id], issuer_id: office }), 422, 'invalid', 'appointments[0]')
    const again = fine(await system.post('/letters', { appointments: [x.id], issuer_id: office, replace: true, lang: 'en' }), 201).letters[0]
    assert.equal(again.no.slice(-4), '004号')
    assert.deepEqual(fine(await system.get(`/appointments/${x.id}/letters`)).items.map((l) => [l.id, l.state, l.replaced]), [[again.id, 'valid', false], [first.id, 'ended', true]])
    const shown = fine(await system.get(`/appointments/${x.id}`))
    assert.deepEqual([shown.letter_id, shown.letter_no], [again.id, again.no])
    fine(await system.patch(`/people/${x.person_id}`, { name: '改了名' }, { version: 1 }))
    assert.equal(fine(await system.get(`/letters/${first.id}`)).person, '冯其编')
    const certificate = fine(await system.post('/letters', { appointments: [x.id], issuer_id: office, kind: 'certificate' }), 201).letters[0]
    assert.deepEqual([certificate.title, certificate.state, fine(await system.get(`/letters/${again.id}`)).state], ['证书', 'valid', 'valid'])
  })

  test('name each fault and issue nothing then', async () => {
    const x = await appointed(await person('错签'))
    const gone = await appointed(await person('已离'))
    fine(await system.post(`/appointments/${gone.id}/end`, { reason: '离' }, { version: 1 }))
    const answer = await system.post('/letters', { appointments: [x.id, '9', gone.id], issuer_id: office })
    assert.deepEqual(fields(answer), { 'appointments[1]': 'unknown_reference', 'appointments[2]': 'wrong_state' })
    assert.equal(fine(await system.get(`/appointments/${x.id}/letters`)).items.length, 0)
    assert.deepEqual(fields(await system.post('/letters', { appointments: [x.id], issuer_id: '9' })), { issuer_id: 'unknown_reference' })
    assert.deepEqual(fields(await system.post('/letters', { appointments: [x.id], issuer_id: office, seal: true })), { seal: 'unknown_reference' })
    assert.deepEqual(fields(await system.post('/letters', { appointments: [x.id], issuer_id: office, issued_at: Date.now() + 9 * DAY })), { issued_at: 'time_in_future' })
    assert.deepEqual(fields(await system.post('/letters', { appointments: [], issuer_id: office })), { appointments: 'too_short' })
    // A letter speaks for its issuer: the community's secretary speaks for the community's bodies, not for the street.
    refused(await secretary.client.post('/letters', { appointments: [x.id], issuer_id: office }), 403, 'not_allowed')
    fine(await secretary.client.post('/letters', { appointments: [x.id], issuer_id: committee }), 201)
    for (const [key, value, code] of [['letter.text_zh', '致{king}', 'letter_text'], ['letter.text_zh', '致[{person}', 'letter_text'], ['letter.number', '没有序号', 'letter_number']]) {
      const before_ = fine(await system.get('/settings')).items.find((s) => s.key === key).value
      fine(await system.put(`/settings/${key}`, { value }), 204)
      const y = await appointed(await person('坏模板'))
      refused(await system.post('/letters', { appointments: [y.id], issuer_id: office }), 422, code)
      await sleep(5)
      fine(await system.put(`/settings/${key}`, { value: before_ }), 204)
      await sleep(5)
    }
  })

  test('on paper: the words are words, the fonts are in it, and its QR opens the page that says valid', async () => {
    const x = await appointed(await person('褚立言'), { ...at(community), from: Date.parse('2026-05-14T00:00:00+08:00') })
    const letter = fine(await system.post('/letters', { appointments: [x.id], issuer_id: office, issued_at: Date.parse('2026-05-14T09:00:00+08:00') }), 201).letters[0]
    const pdf = await system.get(`/letters/${letter.id}/pdf`)
    assert.equal(pdf.headers.get('content-type'), 'application/pdf')
    const { flat, fonts, codes } = paper(pdf.bytes)
    for (const words of ['聘书', scan(letter.no), '褚立言同志', '梧桐社区治理顾问', '参与五方例会', '聘期自二〇二六年五月十四日起', '至二〇二八年五月十三日止', '此聘。', '岗位', '服务单位', '测试区梧桐街道梧桐社区', '梧桐街道办事处', '二〇二六年五月十四日'])
      assert.ok(flat.includes(words), `the paper does not say ${words}:\n${flat}`)
    assert.ok(fonts.length >= 1 && fonts.every((line) => /\byes\s+yes\s+yes\b/.test(line)), fonts.join('\n'))
    assert.deepEqual(codes, [letter.verify])
    const seen = await page(codes[0])
    assert.equal(seen.status, 200)
    assert.match(seen.text, /<h1>有效<\/h1>/)
    assert.deepEqual((await system.get(`/letters/${letter.id}/pdf`)).bytes, pdf.bytes)
    const picture = await system.get(`/letters/${letter.id}/picture`)
    assert.equal(picture.bytes.subarray(1, 4).toString(), 'PNG')
    const english = fine(await system.post('/letters', { appointments: [x.id], issuer_id: office, replace: true, lang: 'en' }), 201).letters[0]
    const sheet = paper((await system.get(`/letters/${english.id}/pdf`)).bytes)
    assert.match(sheet.text, /Letter of Appointment/)
    assert.match(sheet.text.replace(/\s+/g, ' '), /takes effect on 14 May 2026 and ends on 13 May 2028/)
    assert.deepEqual(sheet.codes, [english.verify])
  })

  test('a draft can be looked at before, and issues nothing', async () => {
    const x = await appointed(await person('先看看'))
    const draft = await system.get('/letters/draft', { query: { appointment: x.id, issuer_id: office } })
    assert.equal(draft.headers.get('content-type'), 'image/png')
    assert.equal(fine(await system.get(`/appointments/${x.id}`)).letter_id, null)
    refused(await system.get('/letters/draft', { query: { appointment: '5', issuer_id: office } }), 404, 'not_found')
    assert.deepEqual(fields(await system.get('/letters/draft', { query: { issuer_id: office } })), { appointment: 'required' })
    refused(await secretary.client.get('/letters/draft', { query: { appointment: x.id, issuer_id: office } }), 403, 'not_allowed')
  })

  test('are the person\'s own too, and nobody else\'s', async () => {
    const { client, person: who } = await somebody()
    const [letter] = await issued((await appointed(who)).id)
    assert.equal(fine(await client.get(`/letters/${letter.id}`)).no, letter.no)
    assert.equal((await client.get(`/letters/${letter.id}/pdf`)).status, 200)
    const stranger = await somebody()
    for (const what of ['', '/pdf', '/picture']) refused(await stranger.client.get(`/letters/${letter.id}${what}`), 404, 'not_found')
    refused(await stranger.client.get('/letters/print', { query: { letters: letter.id } }), 404, 'not_found')
    assert.deepEqual(fields(await stranger.client.post('/letters/print', { letters: [letter.id] })), { 'letters[0]': 'unknown_reference' })
  })

  test('a text that no page holds, and a sign that no font has, are told', async () => {
    const long = await appointed(await person('文长'))
    fine(await system.put('/settings/letter.text_zh', { value: `{person}\n${'长'.repeat(990)}` }), 204)
    const [tome] = await issued(long.id)
    refused(await system.get(`/letters/${tome.id}/pdf`), 422, 'letter_long')
    await sleep(5)
    fine(await system.put('/settings/letter.text_zh', { value: '**{person}**同志：\n兹聘请您担任**{unit}{post}**[，{duty}]。\n聘期自{from}起[，至{to}止]。\n此聘。' }), 204)
    await sleep(5)
    const [odd] = await issued((await appointed(await person('罕\u{10FFFD}'))).id)
    refused(await system.get(`/letters/${odd.id}/pdf`), 422, 'letter_font')
  })
})

describe('a seal', () => {
  const upload = async (by = system) => fine(await by.post('/files', readFileSync(new URL('../../server/features/demo/photos/seal-0.png', import.meta.url)), { type: 'image/png' }), 201).id

  test('is uploaded for an organisation, printed when asked for, and changes with the next', async () => {
    const photo = await upload()
    refused(await secretary.client.post('/seals', { org_id: office, photo }), 403, 'not_allowed')
    assert.deepEqual(fields(await system.post('/seals', { org_id: '9', photo })), { org_id: 'unknown_reference' })
    assert.deepEqual(Object.values(fields(await system.post('/seals', { org_id: office, photo: '9' }))), ['file_unknown'])
    const seal = fine(await system.post('/seals', { org_id: office, photo }), 201)
    assert.deepEqual(fine(await system.get('/seals')).items.map((s) => [s.id, s.org_name]), [[seal.id, '梧桐街道办事处']])
    assert.deepEqual(fine(await secretary.client.get('/seals')).items, [])
    assert.equal((await system.get(`/files/${photo}`)).status, 200)
    assert.equal((await secretary.client.get(`/files/${photo}`)).status, 404)
    const x = await appointed(await person('盖章'))
    const letter = fine(await system.post('/letters', { appointments: [x.id], issuer_id: office, seal: true }), 201).letters[0]
    assert.equal(letter.sealed, true)
    const pdf = (await system.get(`/letters/${letter.id}/pdf`)).bytes
    writeFileSync(join(place, 'sealed.pdf'), pdf)
    assert.equal(execFileSync('pdfimages', ['-list', join(place, 'sealed.pdf')], { encoding: 'utf8' }).trim().split('\n').length, 4)   // two lines of head, the seal, its mask
    assert.deepEqual(paper(pdf).codes, [letter.verify])
    const next = fine(await system.post('/seals', { org_id: office, photo: await upload() }), 201)
    assert.deepEqual(fine(await system.get('/seals')).items.map((s) => s.id), [next.id])
    assert.deepEqual((await system.get(`/letters/${letter.id}/pdf`)).bytes, pdf)   // the letter keeps the seal it has
    fine(await system.delete(`/seals/${next.id}`), 204)
    refused(await system.delete(`/seals/${next.id}`), 409, 'wrong_state')
    refused(await secretary.client.delete(`/seals/${seal.id}`), 404, 'not_found')
  })
})

describe('many letters in one document', () => {
  test('at once when few, by a job when many, in the order asked for', async () => {
    fine(await system.put('/settings/letter.print_at_once', { value: 3 }), 204)
    const ids = []
    for (let i = 0; i < 12; i++) ids.push((await appointed(await person(`批量${i}`))).id)
    const letters = await issued(...ids)
    const few = letters.slice(0, 3)
    const at_once = await system.get('/letters/print', { query: { letters: few.map((l) => l.id).join(',') } })
    assert.deepEqual(paper(at_once.bytes).codes, few.map((l) => l.verify))
    refused(await system.get('/letters/print', { query: { letters: letters.map((l) => l.id).join(',') } }), 413, 'too_large')
    const order = [...letters].reverse()
    const { job } = fine(await system.post('/letters/print', { letters: order.map((l) => l.id) }), 202)
    let now
    for (let i = 0; i < 1200; i++) {
      now = fine(await system.get(`/jobs/${job}`))
      if (now.state !== 'waiting' && now.state !== 'running') break
      await sleep(25)
    }
    assert.deepEqual([now.state, now.result, now.file], ['done', { letters: 12 }, true])
    const file = await system.get(`/jobs/${job}/result`)
    assert.equal(file.headers.get('content-type'), 'application/pdf')
    const { flat, codes } = paper(file.bytes)
    assert.deepEqual(codes, order.map((l) => l.verify))
    for (const l of order) assert.ok(flat.includes(`${l.person}同志`))
    assert.deepEqual(fields(await system.post('/letters/print', { letters: [letters[0].id, '9'] })), { 'letters[1]': 'unknown_reference' })
    assert.equal(fine(await audit.get('/audit', { query: { action: 'letter.print' } })).items.length, 2)
  })
})

describe('the page behind the QR', () => {
  let x, letter
  before(async () => {
    x = await appointed(await person('沈查验'))
    ;[letter] = await issued(x.id)
  })

  test('says valid, in both languages, without a script, with no more than the letter', async () => {
    const seen = await page(letter)
    assert.equal(seen.headers.get('content-type'), 'text/html; charset=utf-8')
    for (const words of ['有效', '沈查验', letter.no, '治理顾问', letter.unit, '梧桐街道办事处']) assert.ok(seen.text.includes(words), words)
    assert.doesNotMatch(seen.text, /<script|style=|\son\w+=/)
    assert.match(seen.headers.get('content-security-policy'), /script-src 'self'/)
    assert.equal(seen.headers.get('cache-control'), 'no-store')
    assert.equal(seen.headers.get('set-cookie'), null)
    for (const hidden of [x.id, x.person_id, letter.id, phone, '138']) assert.ok(!seen.text.includes(hidden), hidden)
    const english = await page(letter, { lang: 'en' })
    assert.match(english.text, /<html lang="en">.*<h1>Valid<\/h1>/s)
    assert.match((await server.client({ lang: 'en' }).get(`/${new URL(letter.verify).pathname}`)).text, /<h1>Valid<\/h1>/)
    assert.equal((await server.client().get('//letter.css')).headers.get('content-type'), 'text/css; charset=utf-8')
  })

  test('takes the code as people type it', async () => {
    const code = letter.verify.split('/').pop()
    const typed = ` ${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8).toLowerCase()} `
    assert.match((await server.client({ lang: 'zh' }).get('//v', { query: { code: typed } })).text, /<h1>有效<\/h1>/)
    assert.match((await server.client({ lang: 'zh' }).get('//v')).text, /聘书与协议查验.*<form action="\/v">/s)
  })

  test('says unknown for a forged, altered or senseless code, always alike', async () => {
    const code = letter.verify.split('/').pop()
    const pages = []
    for (let i = 0; i < code.length; i++) {
      const wrong = code.slice(0, i) + (code[i] === 'A' ? 'B' : 'A') + code.slice(i + 1)
      pages.push(await page(`http://x/v/${wrong}`))
    }
    for (const odd of ['0000000000000000', 'x', 'ZZZZZZZZZZZZZZZZ', `${code}0`, code.slice(1), letter.id, encodeURIComponent('<b>'), encodeURIComponent("' OR 1=1 --"), '9'.repeat(50)]) pages.push(await page(`http://x/v/${odd}`))
    for (const seen of pages) {
      assert.equal(seen.status, 404)
      assert.equal(seen.text, pages[0].text)
    }
    assert.match(pages[0].text, /<h1>查无此件<\/h1>/)
    assert.ok(!pages[0].text.includes('沈'))
    // Whoever writes a row into the database without the key makes no letter of it.
    const other_ = (await issued((await appointed(await person('库中伪造'))).id))[0]
    const stolen = outside(server, `SELECT ${onPostgres ? "encode(code_hash, 'hex')" : 'hex(code_hash)'} FROM letter WHERE id = ${letter.id}`)
    const bytes = (hex) => (onPostgres ? `decode('${hex}', 'hex')` : `X'${hex}'`)
    const steal = (from, to) => outside(server, `UPDATE letter SET code_hash = ${bytes(randomBytes(32).toString('hex'))} WHERE id = ${from.id}; UPDATE letter SET code_hash = ${bytes(stolen)} WHERE id = ${to.id}`)
    steal(letter, other_)
    await until(async () => (await page(letter)).status === 404)   // another process's changes are seen within a second
    steal(other_, letter)
    await until(async () => (await page(letter)).status === 200)
  })

  test('takes as long for a code nobody has as for one that is nearly right', async () => {
    const code = letter.verify.split('/').pop()
    const near = code.slice(0, 15) + (code[15] === 'A' ? 'B' : 'A')
    const far = '0000000000000000'
    const took = { near: [], far: [] }
    const client = server.client()
    for (let i = 0; i < 150; i++)
      for (const [name, one] of [['near', near], ['far', far]]) {
        const begun = process.hrtime.bigint()
        await client.get(`//v/${one}`)
        took[name].push(Number(process.hrtime.bigint() - begun))
      }
    const middle = (all) => all.sort((a, b) => a - b)[all.length >> 1]
    const ratio = middle(took.near) / middle(took.far)
    assert.ok(ratio > 0.6 && ratio < 1.6, `near : far = ${ratio}`)
  })

  test('says ended from the moment of the end on, and of a renewal what is true of each letter', async () => {
    const y = await appointed(await person('韩续任'))
    const [old] = await issued(y.id)
    const next = fine(await system.post(`/appointments/${y.id}/renew`, {}, { version: y.version }), 201)
    const [young] = await issued(next.id)
    assert.match((await page(old)).text, /<h1>有效<\/h1>/)
    assert.match((await page(young)).text, /<h1>有效<\/h1>.*期限尚未开始/s)
    outside(server, `UPDATE appointment SET valid_from = 1000, valid_to = 2000 WHERE id = ${y.id}; UPDATE letter SET valid_from = 1000, valid_to = 2000 WHERE id = ${old.id}`)
    await until(async () => (await page(old)).text.includes('<h1>已结束</h1>'))
    assert.match((await page(young)).text, /<h1>有效<\/h1>/)
    outside(server, `UPDATE appointment SET valid_from = 2000 WHERE id = ${next.id}`)   // time went on
    await sleep(1500)
    fine(await system.post(`/appointments/${next.id}/end`, { reason: '个人原因' }, { version: next.version }))
    const over = await page(young)
    assert.match(over.text, /<h1>已结束<\/h1>/)
    assert.ok(!over.text.includes('个人原因'))
  })

  test('keeps no trace of who looked', async () => {
    const dump = () => dumpOf(server.dir).split('\n').filter((line) => !/^\\|INSERT INTO (public\.)?(job|session)\b|last_used|setting/.test(line)).join('\n')
    const before_ = dump()
    const log = server.log().length
    await page(letter)
    await page('http://x/v/0000000000000000')
    assert.equal(dump(), before_)
    const said = await until(() => {
      const text = server.log().slice(log)   // lines of requests are written together, a moment after the answer
      return text.split('/v/*code').length > 2 && text
    })
    assert.ok(!said.includes(letter.verify.split('/').pop()) && !said.includes('127.0.0.1'), said)
  })

  test('is not asked for ever: beyond the allowance it asks to wait, as a page', async () => {
    await sleep(5)
    fine(await system.put('/settings/letter.verify_per_hour', { value: 10 }), 204)
    let last
    for (let i = 0; i < 400 && last?.status !== 429; i++) last = await page(letter)
    assert.equal(last.status, 429)
    assert.match(last.text, /<h1 class="ask">暂时不能查验<\/h1>/)
    fine(await system.put('/settings/letter.verify_per_hour', { value: 100000 }), 204)
  })
})
