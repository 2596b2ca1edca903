/* What the program cannot begin with is said in words: a port that somebody has; an engine that is too old, by its version. For SQLite a library says so,
 * for PostgreSQL an invented server that speaks just enough of the protocol to say who it is. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { build, folder, run } from './support/server.mjs'

const own = folder('linli-engine-')
after(own.remove)

const message = (type, ...parts) => {
  const body = Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(`${p}\0`) : p)))
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const int16 = (n) => { const b = Buffer.alloc(2); b.writeInt16BE(n); return b }
const int32 = (n) => { const b = Buffer.alloc(4); b.writeInt32BE(n); return b }
const READY = message('Z', Buffer.from('I'))

function greeting(version) {
  const settings = { server_version: version, server_encoding: 'UTF8', client_encoding: 'UTF8', in_hot_standby: 'off', default_transaction_read_only: 'off', standard_conforming_strings: 'on' }
  return Buffer.concat([message('R', int32(0)), ...Object.entries(settings).map(([name, value]) => message('S', name, value)), message('K', int32(1), int32(1)), READY])
}

/* One row of texts, whatever is asked. */
function answer(values) {
  const columns = values.flatMap((_, i) => [`c${i}`, int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)])
  const cells = values.flatMap((value) => [int32(Buffer.byteLength(value)), Buffer.from(value)])
  return Buffer.concat([message('T', int16(values.length), ...columns), message('D', int16(values.length), ...cells), message('C', 'SELECT 1'), READY])
}

/** Serves as that version until the test ends; its port. */
async function postgres(t, version) {
  const server = createServer((socket) => {
    let text = Buffer.alloc(0), started = false
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      text = Buffer.concat([text, piece])
      for (;;) {
        const at = started ? 1 : 0
        if (text.length < at + 4 || text.length < at + text.readInt32BE(at)) return
        const whole = text.subarray(0, at + text.readInt32BE(at))
        text = text.subarray(whole.length)
        if (!started && whole.readInt32BE(4) !== 196608) socket.write('N')   /* no encryption */
        else if (!started) { started = true; socket.write(greeting(version)) }
        else if (whole[0] === 0x51) socket.write(answer(['UTF8', 'C', version]))
        else return socket.destroy()
      }
    })
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  return server.address().port
}

const migrate = (port) => run(join(build, 'linli'), ['migrate', '--data', own.path, '--db', `postgresql://nobody@127.0.0.1:${port}/x?sslmode=disable`])

before(async () => {
  const init = await run(join(build, 'linli'), ['init', '--name', '测试区', '--data', own.path])
  assert.equal(init.code, 0, init.err)
})

test('a port that is taken: the log has the address and the reason, and nobody is asked to repeat a request', async (t) => {
  const other = createServer()
  await new Promise((done) => other.listen(0, '127.0.0.1', done))
  t.after(() => other.close())
  const { port } = other.address()
  const done = await run(join(build, 'linli'), ['serve', '--data', own.path, '--address', '127.0.0.1', '--port', String(port)])
  assert.equal(done.code, 1)
  assert.match(done.err, new RegExp(`port=${port} problem="Address already in use"`))
  assert.match(done.err, /cannot be served; the log above says why$/m)
})

test('an old PostgreSQL is refused with its version and what is needed', async (t) => {
  const done = await migrate(await postgres(t, '14.9'))
  assert.notEqual(done.code, 0)
  assert.match(done.err, /database_refused.*version.*14\.9.*PostgreSQL 15 or newer/)
})

test('a new one is not: the invented server fails for another reason', async (t) => {
  const done = await migrate(await postgres(t, '17.2'))
  assert.notEqual(done.code, 0)
  assert.doesNotMatch(done.err, /database_refused/)
})

test('an old SQLite is refused with its version and what is needed', async () => {
  const env = { LD_PRELOAD: join(build, 'tests', 'libold_sqlite.so'), ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0`, LINLI_DB: '' }
  const done = await run(join(build, 'linli'), ['migrate', '--data', own.path], { env })
  assert.notEqual(done.code, 0)
  assert.match(done.err, /database_refused.*version.*3\.38\.5.*SQLite 3\.39 or newer/)
})
