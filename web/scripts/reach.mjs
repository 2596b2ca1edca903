/* Which files of web/dist a file needs at once: what it names in HTML, imports statically, or draws from the sprite. */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

function needs(dist, path) {
  const text = readFileSync(join(dist, path), 'utf8')
  if (path.endsWith('.html')) return [...text.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((m) => m[1])
  if (!path.endsWith('.js')) return []
  const imports = [...text.matchAll(/(?:^|[;}\s])import\s*(?:[^"'`;()]*?from\s*)?["'`](\.[^"'`]+)["'`]/g)].map((m) => posix.join(posix.dirname(path), m[1]))
  const files = [...text.matchAll(/["'`]\/(assets\/[^"'`#]+\.svg)/g)].map((m) => m[1])
  return [...imports, ...files]
}

/** The files themselves and all that they need, as paths below dist. */
export function reach(dist, starts) {
  const seen = new Set()
  const queue = [...starts]
  for (let path = queue.pop(); path; path = queue.pop()) {
    if (seen.has(path) || !existsSync(join(dist, path))) continue
    seen.add(path)
    queue.push(...needs(dist, path))
  }
  return seen
}
