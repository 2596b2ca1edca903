/* Photos over HTTP: cleaned, shown to whom they belong, put into a case once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { startServer } from './support/server.mjs'

let server, resident, handler

before(async () => {
  server = await startServer()
  resident = await server.user()
  handler = await server.user({ role: 'department_handler' })
})
after(() => server?.stop())

/* ---- pictures ---- */

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})
const crc32 = (bytes) => (bytes.reduce((c, b) => crcTable[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0

function chunk(type, body) {
  const all = Buffer.alloc(12 + body.length)
  all.writeUInt32BE(body.length, 0)
  all.write(type, 4, 'latin1')
  body.copy(all, 8)
  all.writeUInt32BE(crc32(all.subarray(4, 8 + body.length)), 8 + body.length)
  return all
}

const place = 'GPS 31.2304 N 121.4737 E'

/** A PNG of one colour, with a text chunk that names a place. */
function png(width, height, shade = 128) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height, shade)
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('tEXt', Buffer.from(`Comment\0${place}`)),
    chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

const upload = (client, bytes, type = 'image/png') => client.post('/files', bytes, { type })
const code = (answer) => answer.body?.code ?? answer.body?.errors?.[0]?.code

test('an upload is cleaned, scaled and told', async () => {
  const sent = await upload(resident, png(3000, 1500))
  assert.equal(sent.status, 201, sent.text)
  assert.deepEqual([sent.body.width, sent.body.height], [2048, 1024])
  assert.equal(sent.body.claim, null)
  assert.equal(sent.headers.get('location'), `/api/v1/files/${sent.body.id}`)
  const got = await resident.get(`/files/${sent.body.id}`)
  assert.equal(got.status, 200)
  assert.equal(got.headers.get('content-type'), 'image/jpeg')
  assert.equal(got.bytes.length, sent.body.bytes)
  assert.deepEqual([...got.bytes.subarray(0, 2)], [0xff, 0xd8])
  assert.ok(!got.bytes.includes(place))
  const thumb = await resident.get(`/files/${sent.body.id}/thumb`)
  assert.equal(thumb.status, 200)
  assert.ok(thumb.bytes.length < got.bytes.length)
})

test('it is kept by the browser, and by no cache between', async () => {
  const { body } = await upload(resident, png(40, 30, 1))
  const got = await resident.get(`/files/${body.id}`)
  const control = got.headers.get('cache-control')
  assert.match(control, /private/)
  assert.match(control, /immutable/)
  const again = await resident.get(`/files/${body.id}`, { headers: { 'If-None-Match': got.etag } })
  assert.equal(again.status, 304)
  assert.notEqual((await resident.get(`/files/${body.id}/thumb`)).etag, got.etag)
})

test('before it belongs to a case, only its uploader sees it', async () => {
  const { body } = await upload(resident, png(40, 30, 2))
  assert.equal((await handler.get(`/files/${body.id}`)).status, 404)
  assert.equal((await server.client().get(`/files/${body.id}`)).status, 404)
  assert.equal((await resident.get('/files/123456789')).status, 404)
})

test('without an account a claim stands for the uploader', async () => {
  const anybody = server.client()
  const { status, body } = await upload(anybody, png(40, 30, 3))
  assert.equal(status, 201)
  assert.ok(body.claim.length >= 20)
  assert.equal((await anybody.get(`/files/${body.id}`)).status, 404)
  assert.equal((await anybody.get(`/files/${body.id}`, { headers: { 'X-Case-Secret': 'wrong' } })).status, 404)
  assert.equal((await anybody.get(`/files/${body.id}`, { headers: { 'X-Case-Secret': body.claim } })).status, 200)
})

test('what is no picture is refused and leaves nothing', async () => {
  const whole = png(300, 300)
  for (const [bytes, want] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not_an_image'],
    [Buffer.from('GIF89a'), 'not_an_image'],
    [whole.subarray(0, whole.length - 20), 'not_an_image'],
    [Buffer.alloc(0), 'not_an_image'],
  ]) {
    const answer = await upload(resident, bytes)
    assert.equal(answer.status, 422, answer.text)
    assert.equal(code(answer), want)
  }
  const bomb = png(10, 10)
  bomb.writeUInt32BE(16384, 16)
  bomb.writeUInt32BE(16384, 20)
  assert.equal(code(await upload(resident, bomb)), 'image_bomb')
})

test('what is too large is refused', async () => {
  assert.equal((await upload(resident, Buffer.alloc(13 * 1024 * 1024, 1))).status, 413)
  assert.ok([413, 'reset'].includes(await upload(resident, Buffer.alloc(40 * 1024 * 1024, 1)).then((a) => a.status, () => 'reset')))
})

test('one address without an account has its limit, an account has none', async () => {
  const small = png(4, 4)
  const anybody = server.client()
  let refused = null
  for (let i = 0; i < 70 && !refused; i++) {
    const answer = await upload(anybody, small)
    if (answer.status === 429) refused = answer
  }
  assert.ok(refused, 'the limit was reached')
  assert.equal(code(refused), 'too_many')
  assert.equal((await upload(resident, small)).status, 201)
})

test('thirty at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => upload(resident, png(1200, 900, i))))
  assert.deepEqual([...new Set(answers.map((a) => a.status))], [201])
})
