/* What can wait until what is on the page has been drawn. */

/** Runs work once the next picture is on the screen. Whoever asks looks whether it is still wanted. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 0))
}

/** Runs work when that picture is on the screen and the browser has nothing better to do, half a second later at most. */
export function atRest(work: () => void): void {
  afterPaint(() => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 500 })
    else setTimeout(work, 20)
  })
}
