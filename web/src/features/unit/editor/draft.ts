/* What is being drawn: lines of positions, longitude first, with every step to go back to. The map, the table of coordinates and the
 * keys all work on this alone, which is why none of them needs the others. */
import { computed, reactive, toRaw } from 'vue'

export type Position = [number, number]
export interface Spot { line: number; at: number }

const last = <T>(all: readonly T[]): T | undefined => all[all.length - 1]

const METRES = 111_320
const MOST_STEPS = 200

/** Square metres of a ring, good to a thousandth at the size of a district; the server measures on the ellipsoid. */
export function ringM2(ring: readonly Position[]): number {
  if (ring.length < 3) return 0
  const lat = (ring.reduce((all, p) => all + p[1], 0) / ring.length) * (Math.PI / 180)
  const origin = ring[0]!
  let sum = 0
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    sum += (p[0] - origin[0]) * (q[1] - origin[1]) - (q[0] - origin[0]) * (p[1] - origin[1])
  })
  return Math.abs(sum / 2) * METRES * Math.cos(lat) * (METRES - 560 * Math.cos(2 * lat))
}

export function metres(line: readonly Position[]): number {
  return line.slice(1).reduce((sum, q, i) => {
    const p = line[i]!
    return sum + Math.hypot((q[0] - p[0]) * METRES * Math.cos((p[1] * Math.PI) / 180), (q[1] - p[1]) * METRES)
  }, 0)
}

/** One position a line, "120.123456, 30.123456"; an empty line begins another part. What is no position is named by its line. */
export function readPositions(text: string): { lines: Position[][]; wrong: number[] } {
  const lines: Position[][] = [[]]
  const wrong: number[] = []
  text.split('\n').forEach((row, n) => {
    const numbers = row.split(/[,，\s]+/).filter(Boolean).map(Number)
    if (!numbers.length) return void (last(lines)!.length && lines.push([]))
    const [lon, lat] = numbers
    if (numbers.length !== 2 || !(Math.abs(lon!) <= 180) || !(Math.abs(lat!) <= 90)) wrong.push(n + 1)
    else last(lines)!.push([lon!, lat!])
  })
  return { lines: lines.filter((line) => line.length), wrong }
}

export const writePositions = (lines: readonly (readonly Position[])[]): string =>
  lines.map((line) => line.map(([lon, lat]) => `${Number(lon.toFixed(9))}, ${Number(lat.toFixed(9))}`).join('\n')).join('\n\n')

/** The nearest place of some lines within reach: a vertex wins over the middle of an edge. */
export function nearest(to: Position, lines: Iterable<readonly Position[]>, reach: { lon: number; lat: number }): Position | null {
  let best: Position | null = null
  let least = 1
  const far = (p: Position) => Math.hypot((p[0] - to[0]) / reach.lon, (p[1] - to[1]) / reach.lat)
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 1) {
      const p = line[i]!
      if (far(p) * 0.5 < least) [best, least] = [p, far(p) * 0.5]
      const q = line[i + 1]
      if (!q || (p[0] < to[0] - reach.lon && q[0] < to[0] - reach.lon) || (p[0] > to[0] + reach.lon && q[0] > to[0] + reach.lon)) continue
      const [dx, dy] = [(q[0] - p[0]) / reach.lon, (q[1] - p[1]) / reach.lat]
      const length = dx * dx + dy * dy
      const along = length ? (((to[0] - p[0]) / reach.lon) * dx + ((to[1] - p[1]) / reach.lat) * dy) / length : 0
      if (along <= 0 || along >= 1) continue
      const on: Position = [p[0] + along * (q[0] - p[0]), p[1] + along * (q[1] - p[1])]
      if (far(on) < least) [best, least] = [on, far(on)]
    }
  }
  return best
}

export function useDraft() {
  const state = reactive({ lines: [] as Position[][], closed: false, past: [] as Position[][][], future: [] as Position[][][], picked: null as Spot | null })
  const copy = (): Position[][] => toRaw(state.lines).map((line) => line.map(([lon, lat]) => [lon, lat] as Position))
  function change(work: (lines: Position[][]) => void): void {
    state.past = [...state.past.slice(1 - MOST_STEPS), copy()]
    state.future = []
    const lines = copy()
    work(lines)
    state.lines = lines.filter((line) => line.length)
  }
  function step(from: 'past' | 'future', to: 'past' | 'future'): void {
    const lines = last(state[from])
    if (!lines) return
    state[to] = [...state[to], copy()]
    state[from] = state[from].slice(0, -1)
    state.lines = lines
    state.picked = null
  }
  return {
    state,
    add: (p: Position) => change((lines) => void (lines.length ? last(lines)!.push(p) : lines.push([p]))),
    insert: ({ line, at }: Spot, p: Position) => change((lines) => lines[line]?.splice(at, 0, p)),
    move: ({ line, at }: Spot, p: Position) => change((lines) => lines[line]?.splice(at, 1, p)),
    remove({ line, at }: Spot) {
      change((lines) => lines[line]?.splice(at, 1))
      state.picked = null
    },
    replace: (to: Position[][]) => change((lines) => void lines.splice(0, lines.length, ...to)),
    /** Begins anew: nothing to go back to. */
    begin(to: Position[][], closed: boolean) {
      Object.assign(state, { lines: to, closed, past: [], future: [], picked: null })
    },
    undo: () => step('past', 'future'),
    redo: () => step('future', 'past'),
    count: computed(() => state.lines.reduce((sum, line) => sum + line.length, 0)),
    ready: computed(() => (state.closed ? (state.lines[0]?.length ?? 0) > 2 : state.lines.some((line) => line.length > 1))),
    geometry: () => (state.closed
      ? { type: 'Polygon', coordinates: [[...copy()[0]!, copy()[0]![0]!]] }
      : { type: 'MultiLineString', coordinates: copy().filter((line) => line.length > 1) }),
  }
}
export type Draft = ReturnType<typeof useDraft>
