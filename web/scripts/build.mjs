/* Two builds into one folder. One build for both entries would put Vue, with everything the desk uses of
 * it, into a chunk that the portal has to load too: measured, 17 KB brotli of a budget of 60. */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}/dist`, { recursive: true, force: true })
for (const entry of ['portal', 'desk']) {
  process.env.LINLI_ENTRY = entry
  await build({ root, configFile: `${root}/vite.config.ts`, logLevel: 'warn' })
}
