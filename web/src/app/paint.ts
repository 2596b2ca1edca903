/* What can wait until what is on the page has been drawn. */

/** Runs work once the next picture is on the screen. Whoever asks looks whether it is still wanted. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 0))
}
