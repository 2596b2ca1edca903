/* The HTTP layer from outside: what is refused at the door, what every answer carries, what a repeated request gets. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { readdirSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { sleep, startDemo, until } from './support/server.mjs'

let demo, anon, alice, root

before(async () => {
  demo = await startDemo()
  anon = demo.client()
  alice = demo.client({ bearer: 'alice' })
  root = demo.client({ bearer: 'root' })
})
after(() => demo?.stop())

/** Bytes as they are, to the end of the connection (or for `ms`): {text, closed, statuses}. */
function wire(pieces, { port = demo.port, ms = 3000, gap = 0, half = false } = {}) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    const chunks = []
    let closed = false
    const finish = () => {
      socket.destroy()
      const text = Buffer.concat(chunks).toString('latin1')
      done({ text, closed, statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((m) => Number(m[1])) })
    }
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => { closed = true; finish() })
    setTimeout(finish, ms).unref()
    socket.on('connect', async () => {
      for (const piece of [pieces].flat()) {
        socket.write(Buffer.isBuffer(piece) ? piece : Buffer.from(piece, 'latin1'))
        if (gap) await sleep(gap)
      }
      if (half) socket.end()
    })
  })
}

const post = (headers, body = '') => `POST /api/v1/things HTTP/1.1\r\n${headers}\r\n\r\n${body}`
const smuggled = 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n'

describe('the door refuses what two readers could read differently', () => {
  const shapes = {
    'two Content-Length': post(`Host: x\r\nContent-Type: application/json\r\nContent-Length: 0\r\nContent-Length: ${smuggled.length}`, smuggled),
    'two equal Content-Length': post(`Host: x\r\nContent-Length: 5\r\nContent-Length: 5`, 'abcde'),
    'Content-Length with Transfer-Encoding': post('Host: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`),
    'Transfer-Encoding then Content-Length': post('Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${smuggled}`),
    'Transfer-Encoding twice': post('Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity', `0\r\n\r\n${smuggled}`),
    'an unknown Transfer-Encoding': post('Host: x\r\nTransfer-Encoding: xchunked', `0\r\n\r\n${smuggled}`),
    'gzip, chunked': post('Host: x\r\nTransfer-Encoding: gzip, chunked', `0\r\n\r\n${smuggled}`),
    'a vertical tab before chunked': post('Host: x\r\nTransfer-Encoding: \x0bchunked', `0\r\n\r\n${smuggled}`),
    'a blank before the colon': post('Host: x\r\nContent-Length : 5', `abcde${smuggled}`),
    'a signed length': post('Host: x\r\nContent-Length: +5', 'abcde'),
    'a list of lengths': post('Host: x\r\nContent-Length: 5, 5', 'abcde'),
    'a hexadecimal length': post('Host: x\r\nContent-Length: 0x5', 'abcde'),
    'a length past all bounds': post('Host: x\r\nContent-Length: 99999999999999999999', 'abcde'),
    'a negative length': post('Host: x\r\nContent-Length: -1', 'abcde'),
    'no Host': 'GET /api/v1/ping HTTP/1.1\r\nAccept: */*\r\n\r\n',
    'no Host in HTTP/1.0': 'GET /api/v1/ping HTTP/1.0\r\nAccept: */*\r\n\r\n',
    'two Host': 'GET /api/v1/ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'an empty Host': 'GET /api/v1/ping HTTP/1.1\r\nHost:\r\n\r\n',
    'a control character in a value': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: a\x01b\r\n\r\n',
    'a zero in a value': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n',
    'a name that is no token': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX@A: a\r\n\r\n',
    'a line that ends in CR alone': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: a\rContent-Length: 5\r\n\r\nabcde',
    'a line that ends in LF alone': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\nX-A: a\r\n\r\n',
    'a request line that ends in LF alone': 'GET /api/v1/ping HTTP/1.1\nHost: x\r\n\r\n',
    'a last line that ends in LF alone': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n\n',
    'a folded line': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n',
    'a zero in the last value': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\x00y\r\n\r\n',
    'a zero in a name': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX\x00-A: b\r\n\r\n',
    'a header without a colon': 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n',
    'a path that climbs': 'GET /assets/../api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n',
    'a path that climbs, encoded': 'GET /assets/%2e%2E/api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n',
    'an encoded slash': 'GET /api/v1/text/a%2fb HTTP/1.1\r\nHost: x\r\n\r\n',
    'an encoded zero': 'GET /api/v1/text/a%00b HTTP/1.1\r\nHost: x\r\n\r\n',
    'a zero in the path': 'GET /api/v1/text/a\x00b HTTP/1.1\r\nHost: x\r\n\r\n',
    'a broken escape': 'GET /api/v1/text/a%4 HTTP/1.1\r\nHost: x\r\n\r\n',
    'a path that is no UTF-8': 'GET /api/v1/text/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n',
    'an overlong slash': 'GET /api/v1/text/%c0%af HTTP/1.1\r\nHost: x\r\n\r\n',
    'another server in the request line': 'GET http://elsewhere/api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n',
  }
  for (const [name, bytes] of Object.entries(shapes))
    test(name, async () => {
      const { statuses, text, closed } = await wire(bytes)
      assert.ok(statuses.length && statuses.every((s) => s === 400 || s === 413), `refused: ${statuses}`)
      assert.ok(!text.includes('"things"') && !text.includes('"version"'), 'nothing behind it is answered')
      assert.ok(closed, 'the connection is closed')
    })

  test('a chunk of a nonsensical size is not answered as a good request', async () => {
    const { statuses } = await wire('PUT /api/v1/raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n')
    assert.ok(statuses.every((s) => s >= 400), String(statuses))
  })

  test('blanks around values, empty values, odd but lawful names are fine', async () => {
    const { statuses } = await wire('GET /api/v1/ping HTTP/1.1\r\nHost: \t x \t\r\nX-A:\r\nX-B: \r\n!#$%&\'*+-.^_`|~0: y\r\nX-C:z\r\nConnection: close\r\n\r\n')
    assert.deepEqual(statuses, [200])
  })
  test('large headers that come in pieces, one request behind another', async () => {
    const one = `GET /api/v1/text/${'a'.repeat(1500)} HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 20 }, (_, i) => `X-${i}: ${'v'.repeat(280)}\r\n`).join('')}\r\n`
    const bytes = one.repeat(4) + smuggled.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')
    for (const size of [37, 1000, 5000, 100_000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size))
      const { statuses } = await wire(pieces, { gap: size === 37 ? 0.1 : 5, ms: 20_000 })
      assert.deepEqual(statuses, [200, 200, 200, 200, 200], `in pieces of ${size}`)
    }
  })
  test('pipelined requests are answered in order', async () => {
    const { text } = await wire(`${smuggled}GET /api/v1/text/second HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    assert.ok(text.indexOf('"things":1') < text.indexOf('second') && text.includes('"things":1'), text)
  })
})

describe('limits', () => {
  test('headers larger than taken: 431', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `X-${i}: ${'a'.repeat(230)}`).join('\r\n')
    const { statuses, text } = await wire(`GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n${many}\r\n\r\n`)
    assert.deepEqual(statuses, [431])
    assert.match(text, /headers_too_large/)
  })
  test('headers far larger: 431 all the same', async () => {
    const { statuses } = await wire(`GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(200_000)}\r\n\r\n`)
    assert.ok(statuses[0] === 431 || statuses[0] === 413, String(statuses))
  })
  test('more headers than anybody needs: 431', async () => {
    const many = Array.from({ length: 150 }, (_, i) => `X-${i}: a`).join('\r\n')
    assert.deepEqual((await wire(`GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n${many}\r\n\r\n`)).statuses, [431])
  })
  test('a target too long: 431', async () => {
    assert.equal((await anon.get('/ping', { query: { a: 'x'.repeat(4500) } })).status, 431)
  })
  test('a JSON body too large: 413, told although the client writes first', async () => {
    const answer = await alice.post('/things', { text: 'x'.repeat(200_000) })
    assert.equal(answer.status, 413)
    assert.equal(answer.body.code, 'too_large')
  })
  test('an announced body far too large is refused before it is sent', async () => {
    const { statuses } = await wire(post('Host: x\r\nAuthorization: Bearer alice\r\nContent-Type: application/json\r\nContent-Length: 9000000000'))
    assert.deepEqual(statuses, [413])
  })
  test('whoever asks first is told first', async () => {
    const { statuses } = await wire(post('Host: x\r\nAuthorization: Bearer alice\r\nContent-Type: application/json\r\nContent-Length: 300000\r\nExpect: 100-continue'))
    assert.deepEqual(statuses, [413])
  })
  test('a chunked upload larger than allowed: 413, and nothing stays in the spool', async () => {
    const body = new ReadableStream({
      pull(c) { this.n = (this.n ?? 0) + 1; this.n > 20 ? c.close() : c.enqueue(new Uint8Array(65_536)) },
    })
    assert.equal((await anon.post('/uploads', body)).status, 413)
    await until(() => readdirSync(`${demo.dir}/spool`).length === 0)
  })
  test('no length: 411', async () => {
    assert.deepEqual((await wire(post('Host: x\r\nContent-Type: application/json\r\nAuthorization: Bearer alice\r\nConnection: close'))).statuses, [411])
  })
  test('a body where none is taken', async () => {
    assert.deepEqual((await wire('GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc')).statuses, [400])
    assert.equal((await alice.post('/act')).status, 200)
    assert.equal((await alice.post('/act', {})).status, 200)
    const answer = await alice.post('/act', { unexpected: 1 })
    assert.equal(answer.status, 422)
    assert.deepEqual(answer.body.errors.map((e) => [e.field, e.code]), [['unexpected', 'unknown_field']])
  })
  test('another kind of content: 415', async () => {
    assert.equal((await alice.post('/things', 'text=a', { type: 'application/x-www-form-urlencoded' })).status, 415)
    assert.equal((await alice.post('/things', '{"text":"a"}', { type: 'text/plain' })).status, 415)
    assert.equal((await alice.post('/things', '{"text":"a"}', { type: 'Application/JSON; charset=utf-8' })).status, 201)
  })
})

describe('JSON', () => {
  const bad = {
    'not JSON': '{"text":',
    'two values': '{"text":"a"} {}',
    'a key given twice': '{"text":"a","text":"b"}',
    'a list': '["text"]',
    'a number': '1',
    'nothing but blanks': '   ',
    'a zero byte': '{"text":"a\u0000"}',
    'nesting beyond measure': '{"any":' + '['.repeat(5000) + ']'.repeat(5000) + '}',
    'a lone surrogate': '{"text":"\\ud800"}',
  }
  for (const [name, text] of Object.entries(bad))
    test(`${name}: 400`, async () => {
      const answer = await alice.post('/things', text)
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.body.code, 'bad_json')
    })
  test('bytes that are no UTF-8: 400', async () => {
    const answer = await alice.post('/things', Buffer.from([...Buffer.from('{"text":"a'), 0xff, 0xfe, ...Buffer.from('"}')]), { type: 'application/json' })
    assert.equal(answer.status, 400)
  })
  test('every fault in one answer, each with its field and a sentence with the bound', async () => {
    const answer = await demo.client({ bearer: 'alice', lang: 'en' }).post('/things', {
      amount: 11, colour: 'blue', loud: 'yes', parts: [{ name: 'ok' }, { name: 'x'.repeat(21), weight: 'much' }], surprise: 1,
    })
    assert.equal(answer.status, 422)
    const got = Object.fromEntries(answer.body.errors.map((e) => [e.field, e.code]))
    assert.deepEqual(got, {
      text: 'required', amount: 'too_big', colour: 'not_a_choice', loud: 'wrong_type', 'parts[1].name': 'too_long',
      'parts[1].weight': 'wrong_type', surprise: 'unknown_field',
    })
    assert.match(answer.body.errors.find((e) => e.field === 'amount').message, /at most 10/)
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/)
  })
  test('a fault found by the handler reads like one found by the table', async () => {
    const answer = await alice.post('/things', { text: 'forbidden' })
    assert.equal(answer.status, 422)
    assert.deepEqual(answer.body.errors.map((e) => [e.field, e.code]), [['text', 'not_a_choice']])
  })
  test('query: unknown, doubled and wrong parameters', async () => {
    for (const query of ['nope=1', 'limit=1&limit=2', 'limit=0', 'limit=many', 'colour=blue', 'after=%ff'])
      assert.equal((await anon.get(`/numbers?${query}`)).status, 422, query)
    assert.equal((await anon.get('/ping?x=1')).status, 422)
  })
})

describe('methods and addresses', () => {
  test('a method that is not taken: 405 with Allow', async () => {
    for (const method of ['DELETE', 'PUT', 'OPTIONS', 'BREW', 'TRACE']) {
      const { text } = await wire(`${method} /api/v1/things/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      assert.match(text, /^HTTP\/1\.1 405 /, method)
      assert.match(text, /\r\nAllow: GET, HEAD, PATCH\r\n/)
    }
  })
  test('an address that does not exist: a problem under /api, also for a browser', async () => {
    const answer = await anon.get('/nothing', { headers: { Accept: 'text/html' } })
    assert.equal(answer.status, 404)
    assert.equal(answer.body.code, 'not_found')
    assert.equal((await anon.get('/things/abc')).status, 404)
    assert.equal((await anon.get('/things/1/')).status, 404)
    assert.equal((await anon.get('/things/-1')).status, 404)
    assert.equal((await anon.get('/things/99999999999999999999')).status, 404)
  })
  test('a fixed segment wins over an id, text is decoded once', async () => {
    assert.equal((await anon.get('/things/count')).status, 200)
    assert.equal((await anon.get('/text/%E5%9E%83%E5%9C%BE%2541')).body.text, '垃圾%41')
  })
  test('HEAD is GET without the body', async () => {
    const get = await anon.get('/ping')
    const head = await anon.head('/ping')
    assert.equal(head.status, 200)
    assert.equal(head.bytes.length, 0)
    assert.equal(head.headers.get('content-length'), String(get.bytes.length))
    assert.equal(head.etag, get.etag)
  })
})

describe('what answers carry', () => {
  test('headers of safety; no server name', async () => {
    for (const path of ['/ping', '/nothing', '//']) {
      const { headers } = await anon.get(path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.match(headers.get('content-security-policy'), /frame-ancestors 'none'/)
      assert.equal(headers.get('referrer-policy'), 'same-origin')
      assert.equal(headers.get('server'), null)
      assert.match(headers.get('x-request-id'), /^[0-9a-f]{16}$/)
    }
  })
  test('nothing personal is kept by caches', async () => {
    assert.equal((await anon.get('/ping')).headers.get('cache-control'), 'private, no-cache')
    assert.equal((await alice.get('/who')).headers.get('cache-control'), 'no-store')
    assert.equal((await alice.post('/act')).headers.get('cache-control'), 'no-store')
    assert.equal((await anon.get('/nothing')).headers.get('cache-control'), 'no-store')
  })
  test('a failure on our side names the request and nothing else; the log has it', async () => {
    const answer = await anon.get('/internal')
    assert.equal(answer.status, 500)
    assert.equal(answer.body.code, 'internal')
    assert.equal(answer.body.instance, answer.headers.get('x-request-id'))
    await until(() => demo.log().includes(`event=internal request=${answer.body.instance}`))
  })
  test('one log line a request: the pattern, no query, no path, the client\'s id beside ours', async () => {
    const answer = await anon.get('/text/geheim', { headers: { 'X-Request-Id': 'abc-123' } })
    const id = answer.headers.get('x-request-id')
    const line = await until(() => demo.log().split('\n').find((l) => l.includes(`request=${id}`)))
    assert.match(line, /method=GET route=\/api\/v1\/text\/\*text status=200 ms=[0-9.]+ bytes=\d+ request=[0-9a-f]+ client=abc-123$/)
    assert.ok(!demo.log().includes('geheim'))
    const odd = await anon.get('/ping', { headers: { 'X-Request-Id': 'a b "x' } })
    const other = await until(() => demo.log().split('\n').find((l) => l.includes(`request=${odd.headers.get('x-request-id')}`)))
    assert.ok(!other.includes('client='))
  })
  test('the language: by quality, then by the account', async () => {
    const title = async (lang, bearer) => (await demo.client({ lang, bearer }).get('/nothing')).body.title
    assert.equal(await title('en;q=0.5, zh-CN;q=0.9'), '没有找到，或者您不能查看')
    assert.equal(await title('fr, en;q=0.5, zh;q=0'), 'There is no such thing, or you may not see it')
    assert.equal(await title('fr'), '没有找到，或者您不能查看')
    const answer = await demo.client({ lang: 'zh-CN', bearer: 'en-alice' }).post('/things', {})
    assert.equal(answer.body.title, 'Some of the input is not right')
  })
})

describe('compression', () => {
  const fetchRaw = (coding) => wire(`GET /api/v1/numbers?limit=200 HTTP/1.1\r\nHost: x\r\n${coding ? `Accept-Encoding: ${coding}\r\n` : ''}Connection: close\r\n\r\n`)
  const bodyOf = (text) => Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1')
  test('brotli, gzip, none: by quality', async () => {
    const plain = bodyOf((await fetchRaw('')).text)
    assert.equal(JSON.parse(plain).items.length, 200)
    const br = (await fetchRaw('gzip;q=0.8, br')).text
    assert.match(br, /Content-Encoding: br\r\n/)
    assert.deepEqual(brotliDecompressSync(bodyOf(br)), plain)
    const gz = (await fetchRaw('br;q=0.5, gzip;q=0.9')).text
    assert.match(gz, /Content-Encoding: gzip\r\n/)
    assert.deepEqual(gunzipSync(bodyOf(gz)), plain)
    assert.ok(bodyOf(br).length * 4 < plain.length)
    assert.doesNotMatch((await fetchRaw('br;q=0, gzip;q=0')).text, /Content-Encoding/)
    assert.match(br, /Vary: [^\r]*Accept-Encoding/)
  })
  test('small answers stay as they are', async () => {
    assert.equal((await anon.get('/ping', { headers: { 'Accept-Encoding': 'br' } })).headers.get('content-encoding'), null)
  })
})

describe('versions and repetition', () => {
  test('304 by tag, also with a coded body and in a list of tags; another view has another tag', async () => {
    const first = await anon.get('/numbers?limit=200', { headers: { 'Accept-Encoding': 'br' } })
    const again = await anon.get('/numbers?limit=200', { headers: { 'If-None-Match': `"x", ${first.etag}`, 'Accept-Encoding': 'br' } })
    assert.equal(again.status, 304)
    assert.equal(again.bytes.length, 0)
    assert.ok(again.etag)
    const english = await demo.client({ lang: 'en' }).get('/numbers?limit=200', { headers: { 'If-None-Match': first.etag } })
    assert.equal(english.status, 200)
  })
  test('If-Match: needed, stale, right; a change counts only once', async () => {
    const { body: thing, etag } = await alice.post('/things', { text: 'one' })
    assert.match(etag, /^"v1-/)
    assert.equal((await alice.patch(`/things/${thing.id}`, { text: 'two' })).status, 428)
    const two = await alice.patch(`/things/${thing.id}`, { text: 'two' }, { headers: { 'If-Match': etag } })
    assert.equal(two.status, 200)
    const stale = await alice.patch(`/things/${thing.id}`, { text: 'three' }, { headers: { 'If-Match': etag } })
    assert.equal(stale.status, 409)
    assert.equal(stale.body.code, 'stale_version')
    for (const tag of ['2', '"2"', 'W/"v2"', `W/${two.etag}`]) {
      const { version } = (await anon.get(`/things/${thing.id}`)).body
      const answer = await alice.patch(`/things/${thing.id}`, { text: 'more' }, { headers: { 'If-Match': tag.replace('2', version) } })
      assert.equal(answer.status, 200, tag)
    }
    for (const tag of ['"x"', 'v', '"v-1"', '""', '"v2'])
      assert.equal((await alice.patch(`/things/${thing.id}`, { text: 'z' }, { headers: { 'If-Match': tag } })).status, 409, tag)
  })
  test('Idempotency-Key: the first answer again, another body refused, another caller apart', async () => {
    const count = async () => (await anon.get('/things/count')).body.things
    const first = await alice.post('/things', { text: 'once' }, { key: 'k-1' })
    const before = await count()
    const again = await alice.post('/things', { text: 'once' }, { key: 'k-1' })
    assert.equal(again.status, 201)
    assert.deepEqual(again.body, first.body)
    assert.equal(again.headers.get('location'), first.headers.get('location'))
    assert.equal(await count(), before)
    const other = await alice.post('/things', { text: 'twice' }, { key: 'k-1' })
    assert.equal(other.status, 422)
    assert.equal(other.body.code, 'key_reused')
    assert.equal((await root.post('/things', { text: 'once' }, { key: 'k-1' })).status, 201)
    assert.equal(await count(), before + 1)
    assert.equal((await alice.post('/things', { text: 'a' }, { key: 'with blank ' + 'x'.repeat(300) })).status, 400)
  })
  test('twenty at once with one key make one thing', async () => {
    const count = async () => (await anon.get('/things/count')).body.things
    const before = await count()
    const answers = await Promise.all(Array.from({ length: 20 }, () => alice.post('/things', { text: 'race' }, { key: 'race' })))
    assert.deepEqual([...new Set(answers.map((a) => a.status))], [201])
    assert.equal(new Set(answers.map((a) => a.body.id)).size, 1)
    assert.equal(await count(), before + 1)
  })
  test('a refused request leaves nothing behind, not even its key', async () => {
    const count = async () => (await anon.get('/things/count')).body.things
    const before = await count()
    const answer = await alice.post('/things', { text: 'fail after writing' }, { key: 'k-2' })
    assert.equal(answer.status, 409)
    assert.equal(answer.body.detail, 'written, then refused')
    assert.equal(await count(), before)
    assert.equal((await alice.post('/things', { text: 'good' }, { key: 'k-2' })).status, 201)
  })
  test('cursors go on where they say; a made-up or changed one, and one of another route, is refused', async () => {
    const one = (await anon.get('/numbers')).body
    const two = (await anon.get('/numbers', { query: { after: one.next } })).body
    assert.equal(two.items[0].id, '11')
    const changed = one.next.replace(/^./, (c) => (c === '0' ? '1' : '0'))
    for (const after of [changed, one.next.slice(2), 'abc', '0'.repeat(48)])
      assert.equal((await anon.get('/numbers', { query: { after } })).status, 400, after)
  })
})

describe('who may', () => {
  test('401, 403, and what is wrong with the input only for those who may', async () => {
    assert.equal((await anon.post('/things', { text: 'a' })).status, 401)
    assert.equal((await anon.post('/things', {})).status, 401)
    assert.equal((await demo.client({ bearer: 'nobody' }).post('/things', { text: 'a' })).status, 401)
    assert.equal((await alice.post('/staff-uploads', Buffer.alloc(10))).status, 403)
    assert.equal((await root.post('/staff-uploads', Buffer.alloc(10))).status, 200)
  })
  test('a large upload of somebody who may not is refused before it is taken', async () => {
    const { statuses } = await wire('POST /api/v1/staff-uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n')
    assert.deepEqual(statuses, [401])
  })
  test('a page of another origin may not write with the session cookie', async () => {
    const cookie = { Cookie: 'linli=alice' }
    const send = (headers) => anon.post('/things', { text: 'a' }, { headers: { ...cookie, ...headers } })
    assert.equal((await send({})).status, 201)
    assert.equal((await send({ Origin: demo.url })).status, 201)
    assert.equal((await send({ Origin: 'https://evil.example' })).status, 403)
    assert.equal((await send({ Origin: 'null' })).status, 403)
    assert.equal((await send({ Origin: `${demo.url}.evil.example` })).status, 403)
    const { statuses } = await wire(post('Host: x\r\nCookie: linli=alice\r\nSec-Fetch-Site: cross-site\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close', '{"text":"a"}'))
    assert.deepEqual(statuses, [403])
    const form = await wire('POST /api/v1/act HTTP/1.1\r\nHost: x\r\nCookie: linli=alice\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}')
    assert.deepEqual(form.statuses, [415])
  })
  test('the address behind a trusted proxy is the last one it names', async () => {
    const text = async (forwarded) => (await alice.get('/who', { headers: forwarded && { 'X-Forwarded-For': forwarded } })).body.text
    assert.equal(await text(), 'Alice 127.0.0.1')
    assert.equal(await text('6.6.6.6, 203.0.113.9'), 'Alice 203.0.113.9')
    assert.equal(await text('6.6.6.6, nonsense'), 'Alice 127.0.0.1')
  })
  test('figures are for this machine', async () => {
    assert.match((await anon.get('//metrics')).text, /linli_requests_total\{method="GET",route="\/api\/v1\/ping",status="2xx"\} \d+/)
    assert.equal((await anon.get('//metrics', { headers: { 'X-Forwarded-For': '203.0.113.9' } })).status, 404)
  })
})

describe('bytes', () => {
  test('a file from disk, whole, and as HEAD', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))
    writeFileSync(`${demo.dir}/file.bin`, bytes)
    const got = await anon.get('/file')
    assert.deepEqual(got.bytes, bytes)
    assert.equal(got.etag, '"file-1"')
    assert.match(got.headers.get('cache-control'), /^private, .*immutable/)
    assert.equal((await anon.head('/file')).headers.get('content-length'), '300000')
    assert.equal((await anon.get('/file', { headers: { 'If-None-Match': '"file-1"' } })).status, 304)
  })
  test('uploads: streamed, counted, gone from the spool afterwards', async () => {
    assert.equal((await anon.post('/uploads', Buffer.alloc(1 << 20))).body.things, 1 << 20)
    assert.equal((await anon.post('/uploads', Buffer.alloc(0), { headers: { 'Content-Length': '0' } })).body.things, 0)
    await until(() => readdirSync(`${demo.dir}/spool`).length === 0)
  })
  test('an upload that breaks off leaves nothing', async () => {
    await wire('POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n' + 'x'.repeat(100_000), { ms: 200 })
    await until(() => readdirSync(`${demo.dir}/spool`).length === 0)
    await until(() => /event=broken_off method=POST route=\/api\/v1\/uploads/.test(demo.log()))
  })
  test('a good upload after asking first', async () => {
    const head = 'POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n'
    const { statuses, text } = await wire([head, 'abcde'], { gap: 300 })
    assert.deepEqual(statuses, [100, 200])
    assert.match(text, /\{"things":5\}/)
  })
  test('an upload far larger than allowed is told so, however much the client had already sent', async () => {
    for (let i = 0; i < 4; i++) {
      const answer = await anon.post('/uploads', Buffer.alloc(20 << 20))
      assert.equal(answer.body.code, 'too_large')
    }
  })
  test('raw bytes come back as they went', async () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) & 255))
    assert.deepEqual((await anon.put('/raw', bytes)).bytes, bytes)
    assert.equal((await anon.put('/raw', Buffer.alloc(4097))).status, 413)
  })
})

describe('patience and the end', () => {
  test('headers that trickle in are cut off; a body may be slow only so long; work is waited for', async () => {
    const short = await startDemo({ patience: 1200 })
    try {
      const begun = Date.now()
      const drip = Array.from({ length: 40 }, () => 'X-A: b\r\n')
      const headers = wire(['GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n', ...drip], { port: short.port, gap: 100, ms: 6000 })
      const body = wire(['PUT /api/v1/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n', ...drip], { port: short.port, gap: 100, ms: 6000 })
      const slow = short.client().get('/slow?ms=3000')
      for (const cut of [await headers, await body]) {
        assert.ok(cut.closed)
        assert.deepEqual(cut.statuses, [])
      }
      assert.ok(Date.now() - begun < 5800)
      assert.equal((await slow).status, 200)
    } finally {
      await short.stop()
    }
  })
  test('a stop finishes the request under way, takes no new one, and ends well', async () => {
    const server = await startDemo()
    const idle = wire('GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n', { port: server.port, ms: 8000 })
    const slow = server.client().get('/slow?ms=3000')
    await until(async () => /^linli_requests_under_way [2-9]/m.test((await server.client().get('//metrics')).text))
    server.signal('SIGTERM')
    await until(() => new Promise((refused) => {
      const socket = connect(server.port, '127.0.0.1', () => { socket.destroy(); refused(false) })
      socket.on('error', () => refused(true))
    }), 2500)
    const answer = await slow
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('connection'), 'close')
    const how = await server.over
    assert.deepEqual([how.code, how.signal], [0, null])
    assert.ok((await idle).closed)
    await server.stop()
  })
})
