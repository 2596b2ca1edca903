/* A file of `linli backup` or `linli export tenant`, taken apart and put together again by hand, as somebody would who wants to change it. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

const sha = (bytes) => createHash('sha256').update(bytes).digest('hex')
export const digestOf = (path) => sha(readFileSync(path))

/** Its members in order: [{name, bytes}], the lists of digests among them. */
export function membersOf(path) {
  const tar = gunzipSync(readFileSync(path)), members = []
  for (let at = 0; tar[at];) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/, ''), size = parseInt(tar.toString('latin1', at + 124, at + 135), 8)
    members.push({ name, bytes: Buffer.from(tar.subarray(at + 512, at + 512 + size)) })
    at += 512 + Math.ceil(size / 512) * 512
  }
  return members
}

function header(name, size) {
  const h = Buffer.alloc(512)
  h.write(name, 0)
  h.write('0000600\0', 100)
  h.write('0000000\0', 108)
  h.write('0000000\0', 116)
  h.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  h.write('00000000000\0', 136)
  h.write('        ', 148)
  h.write('0', 156)
  h.write('ustar\x0000', 257)
  h.write(`${h.reduce((a, b) => a + b, 0).toString(8).padStart(6, '0')}\0 `, 148)
  return h
}

/** Writes members as a file; honest: with digests that fit what is in it now. */
export function writeMembers(path, members, { honest = true } = {}) {
  const since = new Map(), parts = []
  for (const { name, bytes } of members) {
    let body = bytes
    if (name.startsWith('SHA256SUMS.')) {
      if (honest) body = Buffer.from([...since].map(([n, d]) => `${d}  ${n}\n`).join(''))
      since.clear()
    } else since.set(name, sha(bytes))
    parts.push(header(name, body.length), body, Buffer.alloc((512 - (body.length % 512)) % 512))
  }
  writeFileSync(path, gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)])))
}

/** A copy of a file in which one member is another: edit(bytes) gives its new bytes, or null to leave it out. */
export function changed(from, to, name, edit, options) {
  const members = membersOf(from)
  const found = members.find((m) => (name instanceof RegExp ? name.test(m.name) : m.name === name))
  if (!found) throw new Error(`there is no ${name} among ${members.map((m) => m.name).slice(0, 40)}`)
  const bytes = edit(found.bytes)
  writeMembers(to, members.flatMap((m) => (m === found ? (bytes === null ? [] : [{ name: m.name, bytes: Buffer.from(bytes) }]) : [m])), options)
  return found.name
}
