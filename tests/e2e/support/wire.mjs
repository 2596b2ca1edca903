/* A wire between browser and server that breaks on demand. The browser keeps one address while the server behind it is killed and
 * comes back on another port. */
import { Agent, createServer, request } from 'node:http'

export async function startWire(target) {
  let to = new URL(target)
  let down = false
  let uploads = Infinity        // bytes of a body that still pass
  let mute = null               // a path whose answers are lost
  let held = null               // a path that is never answered
  const changed = new Map()     // path → function of the body, for a file that is to be another one
  const sockets = new Set()
  let agent = new Agent({ keepAlive: false })

  /* A connection that rests is kept: closed after Node's few seconds, it breaks now and then just as the next request is written to it. */
  const server = createServer({ keepAliveTimeout: 0 }, (asked, answer) => {
    if (down) return asked.socket.destroy()
    const path = asked.url.split('?')[0]
    if (path === held) return
    const change = changed.get(path)
    if (change) for (const name of ['if-none-match', 'accept-encoding']) delete asked.headers[name]
    const on = request({ host: to.hostname, port: to.port, method: asked.method, path: asked.url, headers: asked.headers, agent }, (got) => {
      if (mute && asked.method === 'POST' && path === mute) {
        got.resume()
        got.on('end', () => asked.socket.destroy())
        return
      }
      if (!change) {
        answer.writeHead(got.statusCode, got.headers)
        return void got.pipe(answer)
      }
      const parts = []
      got.on('data', (part) => parts.push(part))
      got.on('end', () => {
        const { 'content-length': _, 'content-encoding': __, etag: ___, ...headers } = got.headers
        answer.writeHead(200, headers)
        answer.end(change(Buffer.concat(parts).toString('utf8')))
      })
    })
    on.on('error', () => asked.socket.destroy())
    asked.on('data', (part) => {
      if (asked.method === 'POST' && asked.url.startsWith('/api/v1/files')) uploads -= part.length
      if (uploads < 0) {
        down = true
        on.destroy()
        asked.socket.destroy()
      } else on.write(part)
    })
    asked.on('end', () => on.end())
    asked.on('error', () => on.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (down) socket.destroy()
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** No connection from now on, those that are open break. */
    cut() {
      down = true
      for (const socket of sockets) socket.destroy()
    },
    /** Breaks in the middle of the photo that passes so many bytes. */
    cutAfter(bytes) {
      uploads = bytes
    },
    isDown: () => down,
    mend() {
      down = false
      uploads = Infinity
      mute = null
      held = null
    },
    /** Who asks for this waits for ever. */
    hold(path) {
      held = path
    },
    /** The server does what it is asked, and its answer is lost on the way. */
    loseAnswers(path) {
      mute = path
    },
    change: (path, how) => changed.set(path, how),
    changeNothing: () => changed.clear(),
    /** The server has come back elsewhere. */
    leadTo(other) {
      to = new URL(other)
      agent = new Agent({ keepAlive: false })
    },
    async end() {
      this.cut()
      await new Promise((done) => server.close(done))
    },
  }
}
