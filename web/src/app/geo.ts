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
