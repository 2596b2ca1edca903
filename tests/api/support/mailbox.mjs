/* A real mail server for tests (npm's smtp-server), and a reader of what it took.
 *
 *   const box = await mailbox({ user: 'linli', password: 'p', tls: { key, cert }, secure: false, refuse: (address) => … })
 *   await box.next('wang@example.org')      // the first mail to that address that was not read yet
 *   await box.close() */
import { client } from './clients.mjs'
import { until } from './server.mjs'

const { SMTPServer } = client('smtp-server')

const word = (_, charset, text) => {
  if (charset.toLowerCase() !== 'utf-8') throw new Error(`charset ${charset}`)
  return Buffer.from(text, 'base64').toString('utf8')
}
const decoded = (value) => value.replace(/\?=\s+=\?/g, '?==?').replace(/=\?([^?]+)\?B\?([^?]*)\?=/g, word)

function headersOf(text) {
  const all = {}
  for (const line of text.replace(/\r\n[ \t]/g, ' ').split('\r\n')) {
    const at = line.indexOf(':')
    const name = line.slice(0, at).toLowerCase()
    if (at < 1) throw new Error(`not a header: ${line}`)
    if (name in all) throw new Error(`twice: ${name}`)
    all[name] = decoded(line.slice(at + 1).trim())
  }
  return all
}

/** A mail as its reader has it: {headers, text}, where text is of its one part, and what came over the wire: raw, from, to. */
function read(raw) {
  const cut = raw.indexOf('\r\n\r\n')
  const headers = headersOf(raw.slice(0, cut))
  const boundary = /^multipart\/mixed; boundary="?([^";]+)"?/.exec(headers['content-type'])?.[1]
  const parts = boundary ? raw.slice(cut).split(`\r\n--${boundary}`).slice(1, -1) : [raw]
  if (parts.length !== 1) throw new Error(`${parts.length} parts`)
  const [part] = parts
  const end = part.indexOf('\r\n\r\n')
  const inner = headersOf(part.slice(0, end).replace(/^\r\n/, ''))
  if (inner['content-type'] !== 'text/plain; charset=utf-8' || inner['content-transfer-encoding'] !== 'base64') throw new Error(JSON.stringify(inner))
  return { headers, text: Buffer.from(part.slice(end), 'base64').toString('utf8') }
}

export async function mailbox({ port = 0, user, password, tls, secure = false, refuse, later } = {}) {
  const mails = []
  const seen = { logins: [], connections: 0, secure: 0 }
  const server = new SMTPServer({
    secure, ...tls, hideSTARTTLS: !tls, authOptional: !user, allowInsecureAuth: true, disableReverseLookup: true, logger: false,
    onConnect: (_session, done) => (seen.connections++, done()),
    onAuth(auth, _session, done) {
      seen.logins.push(auth.username)
      if (auth.username === user && auth.password === password) done(null, { user })
      else done(Object.assign(new Error('who are you'), { responseCode: 535 }))
    },
    onRcptTo(address, _session, done) {
      if (refuse?.(address.address)) return done(Object.assign(new Error('no such user here'), { responseCode: 550 }))
      if (later?.(address.address)) return done(Object.assign(new Error('come again'), { responseCode: 451 }))
      done()
    },
    onData(stream, session, done) {
      const pieces = []
      stream.on('data', (piece) => pieces.push(piece))
      stream.on('end', () => {
        const raw = Buffer.concat(pieces).toString('latin1')
        if (session.secure) seen.secure++
        mails.push({ raw, from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((one) => one.address), hello: session.hostNameAppearsAs, ...read(raw) })
        done()
      })
    },
  })
  server.on('error', () => {})   /* a client that breaks off is the test's doing */
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  return {
    port: server.server.address().port, mails, seen,
    next: (to, ms = 15_000) => until(() => {
      const at = mails.findIndex((one) => one.to.includes(to))
      return at < 0 ? null : mails.splice(at, 1)[0]
    }, ms),
    close: () => new Promise((done) => server.close(done)),
  }
}
