/* The little computing the server asks for while reports without an account flood in (docs/api.md): a number such that
 * SHA-256("challenge:key:number") begins with as many zero bits as the challenge says. In slices, so that the page stays alive. */
import { sha256 } from '@noble/hashes/sha2.js'

const SLICE = 24
const breathe = () => new Promise((done) => setTimeout(done, 0))

const zeroBits = (hash: Uint8Array): number => {
  let bits = 0
  for (const byte of hash) {
    bits += byte ? Math.clz32(byte) - 24 : 8
    if (byte) break
  }
  return bits
}

/** The X-Work header for a challenge; null when the challenge cannot be read or asks for more than a telephone can give. */
export async function work(challenge: string, key: string): Promise<string | null> {
  const wanted = Number(challenge.split('.')[1])
  if (!(wanted >= 0 && wanted <= 26)) return null
  const text = new TextEncoder()
  for (let number = 0, until = performance.now() + SLICE; ; number++) {
    if (zeroBits(sha256(text.encode(`${challenge}:${key}:${number}`))) >= wanted) return `${challenge}:${number}`
    if (number % 64 === 63 && performance.now() > until) {
      await breathe()
      until = performance.now() + SLICE
    }
  }
}
