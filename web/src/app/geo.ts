/* Places and shapes as the server gives them: GeoJSON, WGS 84, longitude first. */
import type { Shape } from './shapes'

export interface Point {
  lon: number
  lat: number
}

export interface AreaProps {
  id: string
  name: string
  class?: string | null
  /** A quantity in five steps, 1 to 5, for a choropleth. */
  q?: number
}

export type Areas = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, AreaProps>

export interface Pin extends Point {
  id: string
  /** What it is, said aloud and shown on hover. */
  title: string
  shape?: Shape
  /** A number or a character instead of the shape. */
  label?: string
  /** Stands for many: keeps its size and number among a crowd. */
  many?: boolean
}

/** 31.23041, 121.47370: for reading aloud and for people who know coordinates. */
export const written = ({ lat, lon }: Point): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`

/** What the server puts on a map: one thing, or with no state a cluster of so many. */
export interface Spot extends Point {
  count: number
  state: string | null
}

/** Clusters that would cover each other become one, where the largest of them is; single things too as long as there are many more than can be told apart.
 *  box: west,south,east,north of the map; columns: pins that fit side by side. */
export function apart<S extends Spot>(spots: readonly S[], box: string, columns: number): S[] {
  const [west = NaN, , east = NaN] = box.split(',').map(Number)
  const wide = (0.8 * (east - west)) / columns
  const crowd = spots.length > 10 * columns
  const joins = (one: S) => crowd || one.state === null
  const kept: S[] = []
  for (const spot of [...spots].sort((a, b) => b.count - a.count)) {
    const north = 1 / Math.cos((spot.lat * Math.PI) / 180)
    const near = joins(spot) && kept.find((one) => joins(one) && Math.hypot(one.lon - spot.lon, (one.lat - spot.lat) * north) < wide)
    if (near) Object.assign(near, { count: near.count + spot.count, state: null })
    else kept.push({ ...spot })
  }
  return kept
}
