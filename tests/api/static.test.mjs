/* The web application as the program carries it: which page answers where, how long browsers keep what, which rights pages get. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { root, startServer } from './support/server.mjs'

let server, anon, carried

before(async () => {
  server = await startServer()
  anon = server.client({ headers: { 'Accept-Encoding': 'identity' } })
  carried = (await anon.get('//portal.html')).status === 200
})
after(() => server?.stop())

const page = { headers: { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' } }

/** Bytes as sent, not decoded as fetch would. */
function fetchRaw(path, headers) {
  return new Promise((done, fail) => {
    request(`${server.url}${path}`, { headers }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }))
    }).on('error', fail).end()
  })
}

const manifest = () => readFileSync(join(root, 'web/dist/manifest.txt'), 'utf8').trim().split('\n').map((line) => line.split('\t'))

describe('pages', () => {
  test('every address of a page gives its page; the desk its own', async (t) => {
    if (!carried) return t.skip('built without the web application')
    const portal = (await anon.get('//portal.html')).text
    const desk = (await anon.get('//desk.html')).text
    assert.notEqual(portal, desk)
    const home = (await anon.get('//', page)).text
    assert.equal(home.replace(/<div class="early">.*<\/div><\/div>/s, '</div>').replaceAll(' fetchpriority="low"', ''), portal, 'home is the portal’s page, drawn already')
    assert.match(home, /href="\/report"/)
    for (const path of ['//report', '//follow/ABC-123', '//report/step/2', '//deskless'])
      assert.equal((await anon.get(path, page)).text, portal, path)
    for (const path of ['//desk', '//desk/', '//desk/cases/123?state=waiting', '//desk/areas'])
      assert.equal((await anon.get(path, page)).text, desk, path)
  })
  test('what is no page is not answered with one', async () => {
    assert.equal((await anon.get('//assets/gone.js', page)).status, 404)
    assert.equal((await anon.get('//report', { headers: { Accept: 'application/json' } })).status, 404)
    assert.equal((await anon.get('/nothing', page)).status, 404)
    assert.match((await anon.get('/nothing', page)).headers.get('content-type'), /problem\+json/)
    assert.equal((await anon.get('//api', page)).status, 404)
    assert.equal((await anon.post('//report', {})).status, 404)
  })
  test('a page may run its own scripts and nothing else, and may not be framed', async (t) => {
    if (!carried) return t.skip('built without the web application')
    const { headers } = await anon.get('//', page)
    const policy = headers.get('content-security-policy')
    for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
      assert.ok(policy.split('; ').includes(rule), rule)
    assert.doesNotMatch(policy, /unsafe|https?:/)
    assert.equal(headers.get('permissions-policy'), 'geolocation=(self), camera=(self)')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.equal(headers.get('cache-control'), 'no-cache')
    assert.match(headers.get('content-type'), /^text\/html; charset=utf-8$/)
  })
  test('without it the program says so plainly', async (t) => {
    if (carried) return t.skip('built with the web application')
    const answer = await anon.get('//', page)
    assert.equal(answer.status, 404)
    assert.match(answer.text, /without the web application/)
  })
})

describe('files', () => {
  test('each as its manifest says: bytes, type, hash, packed variants, time kept', async (t) => {
    if (!carried || !existsSync(join(root, 'web/dist/manifest.txt'))) return t.skip('built without the web application')
    for (const [path, type, hash] of manifest()) {
      const bytes = readFileSync(join(root, 'web/dist', path))
      const plain = await fetchRaw(`/${path}`, {})
      assert.equal(plain.status, 200, path)
      assert.deepEqual(plain.bytes, bytes, path)
      assert.equal(plain.headers['content-type'], type)
      assert.equal(plain.headers.etag, `"${hash.slice(0, 16)}"`)
      assert.equal(plain.headers['cache-control'], path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      for (const [coding, decode] of [['br', brotliDecompressSync], ['gzip', gunzipSync]]) {
        const packed = await fetchRaw(`/${path}`, { 'Accept-Encoding': coding })
        const there = existsSync(join(root, 'web/dist', path + (coding === 'br' ? '.br' : '.gz')))
        assert.equal(packed.headers['content-encoding'], there ? coding : undefined, path)
        assert.deepEqual(there ? decode(packed.bytes) : packed.bytes, bytes)
        const again = await fetchRaw(`/${path}`, { 'Accept-Encoding': coding, 'If-None-Match': packed.headers.etag })
        assert.equal(again.status, 304)
        assert.equal(again.bytes.length, 0)
      }
    }
  })
})
