/* The program as it is run, and questions to it: what the benches share. */
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
export const out = join(root, 'bench/out')
export const linli = join(root, 'build-release/linli')

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
export const call = (file, args, options) => execFileSync(file, args, { encoding: 'utf8', maxBuffer: 256 << 20, ...options })
export const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1]

/** Builds what measures. */
export function build(...targets) {
  mkdirSync(out, { recursive: true })
  call('cc', ['-std=c17', '-D_GNU_SOURCE', '-O2', '-o', load, join(root, 'bench/load.c')])
  call('ninja', ['-C', join(root, 'build-release'), 'linli', ...targets])
}

/* Between two questions the bench may be busy for longer than the server keeps a silent connection: then it is opened anew. */
const ask = (url, options) => fetch(url, options).catch(() => fetch(url, options))

/** A port that nobody has. */
export const freePort = () => new Promise((done) => {
  const one = createServer().listen(0, '127.0.0.1', () => {
    const { port } = one.address()
    one.close(() => done(port))
  })
})

let served = 0
/** Starts it on a data folder, log lines and all to a file until it ends; db: the address of a database elsewhere. */
export async function serve(dir, db = '') {
  const log = join(out, `server-${process.pid}-${++served}.log`)
  const to = openSync(log, 'w')
  const began = performance.now()
  const child = spawn(linli, ['serve', '--data', dir, '--port', '0', ...(db ? ['--db', db] : [])], { stdio: ['ignore', to, to] })
  closeSync(to)
  const ended = new Promise((done) => child.on('exit', done))
  const port = await listening(child, log, began), url = `http://127.0.0.1:${port}`
  const get = async (path, cookie = '') => {
    const answer = await ask(url + path, { headers: { Cookie: cookie, Accept: 'application/json' } })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  }
  return {
    port, pid: child.pid, began, get,
    json: async (path, cookie) => JSON.parse(await get(path, cookie)),
    post: async (path, cookie, body) => {
      const answer = await ask(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    },
    /** Signs in by the demonstration's own way; gives the cookie. */
    async enter(role) {
      const answer = await ask(`${url}/api/v1/session/demo`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ role }) })
      if (!answer.ok) throw new Error(`sign-in as ${role}: ${answer.status} ${await answer.text()}`)
      return answer.headers.get('set-cookie').split(';')[0]
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(log)
    },
  }
}

/* The port that it says it has. */
async function listening(child, log, began) {
  for (;;) {
    const said = readFileSync(log, 'utf8').match(/event=listening .*?:(\d+)\b/)
    if (said) return said[1]
    if (child.exitCode !== null || performance.now() - began > 60_000) {
      child.kill('SIGKILL')
      throw new Error(`the server did not start: ${readFileSync(log)}`)
    }
    await sleep(2)
  }
}

/** The copies' words go into the search index by the program's own job, and so they are counted; gives the seconds until it is through. */
export async function settled(server, patience = 1_800_000) {
  const began = performance.now()
  for (;;) {
    const leader = await server.enter('district_leader')
    if ((await server.post('/api/v1/search', leader, { text: '路灯' })).complete && (await server.json('/api/v1/insight/figures', leader)).cases === 0) return (performance.now() - began) / 1000
    if (performance.now() - began > patience) throw new Error(`the search index was not filled in ${patience / 60_000} minutes`)
    await sleep(500)
  }
}

const load = join(out, 'load')
/** A file of requests for drive. */
export function requests(name, list) {
  const path = join(out, name)
  writeFileSync(path, list.map((text) => `${Buffer.byteLength(text)}\n${text}`).join(''))
  return path
}
export const request = (server, cookie, method, path, body = '') =>
  `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\nAccept: application/json\r\n` +
  (body ? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` : '') + `\r\n${body}`

/** Asks for so many seconds over so many connections; every answer must have this status. */
export function drive(port, connections, time, status, file) {
  const result = JSON.parse(call(load, [port, connections, time, status, file].map(String)))
  const others = Object.keys(result.statuses).filter((s) => s !== String(status))
  if (others.length || !result.good) throw new Error(`answers other than ${status}: ${JSON.stringify(result.statuses)}`)
  return result
}
