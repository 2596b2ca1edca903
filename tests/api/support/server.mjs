/* A server for a test: makes a data folder, starts the program on a free port, hands out clients, ends it by its process id.
 *
 *   const server = await startServer()                     // a fresh district
 *   const admin = await server.user({ role: 'system_admin' })
 *   const { status, body, etag } = await admin.post('/cases', { text: '…' })
 *   await server.stop()
 *
 * Paths are below /api/v1 unless they begin with "//" ("//healthz"). LINLI_BUILD names the build folder (default: the one of LINLI_BIN, else build). */
import { spawn, execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDistrict, databaseEnv, dropDatabases, sqlOn } from './database.mjs'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
export const build = resolve(root, process.env.LINLI_BUILD ?? (process.env.LINLI_BIN ? dirname(process.env.LINLI_BIN) : 'build'))

/** Runs a program to its end: {code, out, err}. input is written to its standard input. */
export function run(file, args, { input, env } = {}) {
  return new Promise((done) => {
    const child = execFile(file, args, { env: { ...process.env, ...databaseEnv(args), ...env }, maxBuffer: 64 << 20 }, (problem, out, err) =>
      done({ code: problem ? (problem.code ?? 1) : 0, out, err }))
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
  })
}

/* ---- processes ---- */

/** Starts a program and waits until `ready` finds its address in what it prints. */
async function launch(file, args, { ready, env }) {
  const child = spawn(file, args, { env: { ...process.env, ...databaseEnv(args), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  let ended = null
  const over = new Promise((done) => child.on('close', (code, signal) => done((ended = { code, signal }))))
  const found = new Promise((yes, no) => {
    const look = (piece) => {
      text = (text + piece).slice(-4_000_000)
      const port = ready(text)
      if (port) yes(port)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.on('error', no)
    over.then((how) => no(new Error(`${file} ended before it was ready (${JSON.stringify(how)}):\n${text}`)))
    setTimeout(() => no(new Error(`${file} was not ready in 60 s:\n${text}`)), 60_000).unref()
  })
  let told = false
  const tell = (name) => { told = true; return child.kill(name) }
  const onExit = () => tell('SIGKILL')
  process.once('exit', onExit)
  const port = await found.catch((problem) => {
    tell('SIGKILL')
    throw problem
  })
  /* Nobody asked it to: what it said last is all there is to go by. */
  over.then((how) => { if (!told) console.error(`${file} ended by itself (${JSON.stringify(how)}):\n${text.slice(-8000)}`) })
  return {
    port,
    pid: child.pid,
    log: () => text,
    ended: () => ended,
    over,
    signal: tell,
    /** Asks it to end and waits; kills it when it does not. */
    async stop(signal = 'SIGTERM') {
      process.removeListener('exit', onExit)
      if (ended) return ended
      tell(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
      const how = await over
      clearTimeout(late)
      return how
    },
  }
}

/* ---- a client ---- */

const agent = new Agent({ keepAlive: true })

/* What fetch does for a client, with a third of its work; what is packed stays packed, and a body is no stream. */
const askThriftily = (url, { method, headers, body }) => new Promise((done, fail) => {
  const asked = request(url, { method, headers: { Accept: '*/*', ...headers }, agent }, (answer) => {
    const parts = []
    answer.on('data', (part) => parts.push(part))
    answer.on('error', fail)
    answer.on('end', () => {
      const told = new Headers()
      for (let i = 0; i < answer.rawHeaders.length; i += 2) told.append(answer.rawHeaders[i], answer.rawHeaders[i + 1])
      done({ status: answer.statusCode, headers: told, arrayBuffer: () => Buffer.concat(parts) })
    })
  })
  /* A connection that was kept may have been closed by the server at that very moment. */
  asked.on('error', (problem) => (asked.reusedSocket && problem.code === 'ECONNRESET' ? askThriftily(url, { method, headers, body }).then(done, fail) : fail(problem)))
  asked.end(body)
})

class Client {
  constructor(url, { bearer, lang, headers, thrifty = false } = {}) {
    this.url = url
    this.ask = thrifty ? askThriftily : fetch
    this.cookies = new Map()
    this.always = { ...(lang && { 'Accept-Language': lang }), ...(bearer && { Authorization: `Bearer ${bearer}` }), ...headers }
  }

  address(path, query) {
    const u = new URL(path.startsWith('//') ? path.slice(1) : `/api/v1${path}`, this.url)
    for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null) u.searchParams.set(key, String(value))
    return u
  }

  keep(headers) {
    for (const line of headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      const gone = attributes.some((a) => /^\s*max-age=0\s*$/i.test(a))
      if (gone) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  /** body: an object is sent as JSON, anything else as it is. version: sent as If-Match. key: as Idempotency-Key. */
  async request(method, path, { body, query, headers, version, key, type } = {}) {
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = {
      ...this.always,
      ...(cookie && { Cookie: cookie }),
      ...(body !== undefined && { 'Content-Type': type ?? (raw && typeof body !== 'string' ? 'application/octet-stream' : 'application/json') }),
      ...(version !== undefined && { 'If-Match': `"v${version}"` }),
      ...(key && { 'Idempotency-Key': key }),
      ...headers,
    }
    const stream = body instanceof ReadableStream ? { duplex: 'half' } : {}
    const { ask } = this
    const answer = await ask(this.address(path, query), { method, headers: sent, body: raw ? body : JSON.stringify(body), redirect: 'manual', ...stream })
    this.keep(answer.headers)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const json = /^application\/(problem\+)?(geo\+)?json/.test(answer.headers.get('content-type') ?? '')
    return {
      status: answer.status,
      headers: answer.headers,
      etag: answer.headers.get('etag'),
      bytes,
      text: bytes.toString('utf8'),
      body: json && bytes.length ? JSON.parse(bytes.toString('utf8')) : null,
    }
  }

  /** Goes on with the session of another client, of a district that was copied. */
  resume({ always, cookies, me }) {
    Object.assign(this, { always, cookies: new Map(cookies), me })
    return this
  }

  get(path, options) { return this.request('GET', path, options) }
  head(path, options) { return this.request('HEAD', path, options) }
  post(path, body, options) { return this.request('POST', path, { ...options, body }) }
  put(path, body, options) { return this.request('PUT', path, { ...options, body }) }
  patch(path, body, options) { return this.request('PATCH', path, { ...options, body }) }
  delete(path, options) { return this.request('DELETE', path, options) }

  /** Signs in; throws when that fails. */
  async signIn(name, password) {
    const answer = await this.post('/session', { name, password })
    if (answer.status !== 200 && answer.status !== 201) throw new Error(`sign-in of ${name}: ${answer.status} ${answer.text}`)
    this.me = answer.body
    return this
  }
}

/* ---- the program ---- */

/** A new folder below the system's temporary one, removed by `remove`. */
export function folder(prefix = 'linli-test-') {
  const path = mkdtempSync(join(tmpdir(), prefix))
  const remove = () => {
    dropDatabases(path)
    rmSync(path, { recursive: true, force: true })
  }
  return { path, remove }
}

const password = 'Correct horse 47 battery'

/* The district of loop_district.mjs, made once for all files that want one (make_loop.mjs); what it is made of is told beside it. */
const ready = process.env.LINLI_TEST_LOOP
const readyLoop = () => ({ folder: join(ready, 'data'), ...JSON.parse(readFileSync(join(ready, 'loop.json'), 'utf8')) })

/**
 * Starts `linli serve`. dir: an existing data folder (kept at the end); else a new one, made by `linli init` and removed by stop().
 * args: further flags of serve. before(cli): runs after init and before the start, for imports and the like.
 * loop: makeDistrict() follows; where such a district is ready, a copy of it is served. thrifty: its clients will ask thousands of times.
 */
export async function startServer({ dir, args = [], env, before, name = '测试区', loop = false, thrifty = false } = {}) {
  const linli = join(build, 'linli')
  if (!existsSync(linli)) throw new Error(`${linli} is not built`)
  const own = dir ? null : folder()
  const data = dir ?? own.path
  const cli = (...words) => {
    const options = typeof words.at(-1) === 'object' ? words.pop() : {}
    return run(linli, [...words, '--data', data], { env, ...options })
  }
  const must = async (...words) => {
    const result = await cli(...words)
    if (result.code) throw new Error(`linli ${words.filter((w) => typeof w === 'string').join(' ')}: ${result.code}\n${result.err}${result.out}`)
    return result
  }
  const copied = loop && ready ? readyLoop() : null
  if (copied) copyDistrict(copied.folder, data, copied.database)
  else if (own) await must('init', '--name', name)
  if (before) await before(must)
  const process_ = await launch(linli, ['serve', '--data', data, '--port', '0', ...args], {
    env,
    ready: (text) => Number(/event"?[=:]"?listening.*?:(\d+)"?\s/.exec(text + ' ')?.[1]) || null,
  })
  const url = `http://127.0.0.1:${process_.port}`
  const client = (options) => new Client(options?.url ?? url, { thrifty, ...options })
  await until(async () => (await client().get('//readyz')).status === 200)
  let serial = 0
  return {
    ...process_, url, dir: data, cli, must, client, copied,
    /** Runs a text on the database, as time or another process would. */
    sql: (text) => sqlOn(data, text),
    /** A person with an account and, when named, a role (for the whole district, or at the unit of that id), signed in. */
    async user({ role, unit, name: person, sign, lang } = {}) {
      const login = sign ?? `user${++serial}`
      const words = ['user', 'add', '--name', person ?? `人员${serial}`, '--sign-in-name', login, '--password-stdin']
      await must(...words, ...(role ? ['--role', role] : []), ...(unit ? ['--unit', unit] : []), { input: password + '\n' })
      return client({ lang }).signIn(login, password)
    },
    async stop(signal) {
      const how = await process_.stop(signal)
      own?.remove()
      return how
    },
  }
}

/** Starts the test-only server of tests/http_demo.c. */
export async function startDemo({ patience } = {}) {
  const own = folder('linli-http-')
  const process_ = await launch(join(build, 'tests', 'http_demo'), [own.path, ...(patience ? [String(patience)] : [])], {
    ready: (text) => Number(/^(\d+)$/m.exec(text)?.[1]) || null,
  })
  const url = `http://127.0.0.1:${process_.port}`
  return {
    ...process_, url, dir: own.path,
    client: (options) => new Client(url, options),
    async stop(signal) {
      const how = await process_.stop(signal)
      own.remove()
      return how
    },
  }
}

/* ---- helpers ---- */

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Waits until `check` gives something true, and returns that; throws after `ms`. */
export async function until(check, ms = 10_000) {
  const end = Date.now() + ms
  for (;;) {
    const found = await check()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${check}`)
    await sleep(25)
  }
}
