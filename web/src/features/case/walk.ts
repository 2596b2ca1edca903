/* In which order somebody on foot goes to their tasks. Pure; the position is the caller's and stays there. */
import type { Point } from '@/app/geo'

export interface Place {
  at: Point | null
  area_name: string | null
  due_at: number | null
}

export interface Stop<T> {
  row: T
  /** Metres as the crow flies from the stop before, or from where one stands; null where that is not known. */
  leg: number | null
}

const DEGREE = 111_195   // metres of a degree of latitude

/** Metres between two places of one district. */
export function metres(a: Point, b: Point): number {
  const across = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180))
  return Math.hypot(across, a.lat - b.lat) * DEGREE
}

const dueOf = (row: Place): number => row.due_at ?? Number.MAX_SAFE_INTEGER
const byDue = <T extends Place>(rows: readonly T[]): T[] => [...rows].sort((a, b) => dueOf(a) - dueOf(b))

/* Area by area, the one with the most urgent task first. */
function byArea<T extends Place>(rows: readonly T[]): Stop<T>[] {
  const areas = new Map<string, T[]>()
  for (const row of byDue(rows)) areas.set(row.area_name ?? '', [...(areas.get(row.area_name ?? '') ?? []), row])
  return [...areas.values()].flat().map((row) => ({ row, leg: null }))
}

/** From a position always to the nearest of what is left, what has no place last; without one by area and deadline. */
export function walk<T extends Place>(rows: readonly T[], from: Point | null): Stop<T>[] {
  if (!from) return byArea(rows)
  const left = rows.filter((row) => row.at)
  const stops: Stop<T>[] = []
  for (let here = from; left.length; here = stops[stops.length - 1]!.row.at!) {
    const far = left.map((row) => metres(here, row.at!))
    const n = far.indexOf(Math.min(...far))
    stops.push({ row: left.splice(n, 1)[0]!, leg: far[n]! })
  }
  return [...stops, ...byDue(rows.filter((row) => !row.at)).map((row) => ({ row, leg: null }))]
}

/** The whole way; 0 when it is not known. */
export const wayOf = (stops: readonly Stop<unknown>[]): number => stops.reduce((sum, { leg }) => sum + (leg ?? 0), 0)
