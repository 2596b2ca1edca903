/* After the build: .br and .gz beside every file that shrinks, and manifest.txt, from which the server
 * embeds them. One line a file: path <TAB> content type <TAB> SHA-256 of the plain bytes. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
}
const SHRINKS = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.webmanifest', '.txt'])

function* walk(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* walk(path)
    else yield path
  }
}

rmSync(join(dist, 'manifest.txt'), { force: true })
const lines = []
for (const path of [...walk(dist)].filter((one) => !/\.(br|gz)$/.test(one))) {
  const ending = extname(path)
  const type = TYPES[ending]
  if (!type) throw new Error(`${path}: no content type is known for ${ending || 'a file without an ending'}`)
  const bytes = readFileSync(path)
  if (SHRINKS.has(ending)) {
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  }
  lines.push([relative(dist, path), type, createHash('sha256').update(bytes).digest('hex')].join('\t'))
}
writeFileSync(join(dist, 'manifest.txt'), lines.join('\n') + '\n')
console.log(`${lines.length} files packed`)
