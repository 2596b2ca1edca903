/* The page the desk is opened with: one for all service workers, that of the newest version that is wholly here. A worker that asks to
 * take over may be kept waiting for minutes (Chromium waits until the one before has nothing to do, and a question that comes in just
 * then sets it going again); whoever reloads has the new version all the same. No Vue in here: the service worker uses it too. */
export const PAGE = '/desk.html'
const KEPT = 'linli-page'

export const keepPage = (page: Response): Promise<void> => caches.open(KEPT).then((cache) => cache.put(PAGE, page))
/* The server names what an answer depends on; none of it matters for files that are the same for everybody. */
export const keptPage = (): Promise<Response | undefined> => caches.open(KEPT).then((cache) => cache.match(PAGE, { ignoreVary: true }))

/** Whether a document was made from this page: their scripts and styles are named by what is in them. */
export const isFrom = (page: string, document: Document): boolean =>
  [...page.matchAll(/ (src|href)="(\/assets\/[^"]+)"/g)].every(([, name, path]) => document.querySelector(`[${name}="${path}"]`) !== null)
