/* Pages are brought before they are asked for, so that the first click on a link of the navigation waits for no code: the one somebody points at, at once;
 * the others one after the other while the browser has nothing else to do. Not all of them where data is dear or slow. */
import type { Router } from 'vue-router'

type Load = () => Promise<unknown>
const brought = new Set<string>()

/** The code of the page at this path. What cannot be had now is asked for again by whoever opens it. */
export async function bring(router: Router, path: string): Promise<void> {
  if (brought.has(path)) return
  brought.add(path)
  const loads = router.resolve(path).matched.map((record) => record.components?.default).filter((page) => typeof page === 'function') as unknown as Load[]
  await Promise.all(loads.map((load) => load().catch(() => brought.delete(path))))
}

interface Connection { saveData?: boolean; effectiveType?: string }
export function dataIsDear(connection: Connection | undefined = (navigator as { connection?: Connection }).connection): boolean {
  return !!connection && (connection.saveData === true || /2g|3g/.test(connection.effectiveType ?? ''))
}

const idle = () => new Promise<void>((next) => (typeof requestIdleCallback === 'function' ? requestIdleCallback(() => next(), { timeout: 5000 }) : setTimeout(next, 200)))

/** All of these, in their order, each when the browser is idle; then what each of them asks first. stop: told when nobody wants them any more. */
export async function bringIdly(router: Router, paths: readonly string[], stop: () => boolean, ask: (path: string) => Promise<void> = async () => {}): Promise<void> {
  if (dataIsDear()) return
  for (const work of [(path: string) => bring(router, path), ask])
    for (const path of paths) {
      await idle()
      if (stop()) return
      await work(path)
    }
}
