/* Where organisations stand in the picture. Computed once for what is shown; the same input gives the same picture. */
import type { Edge, Node } from './types'

export interface Spot { x: number; y: number }
export type Place = (nodes: readonly Node[], edges: readonly Edge[], hub: number, stop: () => boolean) => Promise<Spot[]>

/** How strongly two are joined: what was done together counts, a common alliance only a little. */
export const weight = (edge: Edge): number => edge.cases * 2 + edge.calls
export const isWork = (edge: Edge): boolean => edge.cases > 0 || edge.calls > 0
export const isAgreed = (edge: Edge): boolean => edge.agreements > 0
/** How strongly it draws two together: what they did, and what they promised each other. */
export const pull = (edge: Edge): number => weight(edge) + edge.agreements + edge.kept

/** What of the picture is drawn. */
export interface Layers { work: boolean; agreed: boolean; common: boolean }
export const ALL: Layers = { work: true, agreed: true, common: true }
export type Look = 'work' | 'agreed' | 'common'
/** As what a link is drawn; null: not at all. */
export function lookOf(edge: Edge, layers: Layers): Look | null {
  if (layers.work && isWork(edge)) return 'work'
  if (layers.agreed && isAgreed(edge)) return 'agreed'
  return layers.common && edge.alliances > 0 ? 'common' : null
}

/** Around whoever leads, in the order of their kinds: for some forty. */
export const ring: Place = async (nodes, _edges, hub) => {
  const others = nodes.map((_, n) => n).filter((n) => n !== hub)
  const order = others.sort((a, b) => nodes[a]!.kind.localeCompare(nodes[b]!.kind) || nodes[a]!.name.localeCompare(nodes[b]!.name, 'zh'))
  const spots: Spot[] = nodes.map(() => ({ x: 0, y: 0 }))
  order.forEach((n, at) => {
    const angle = ((at + 0.5) / order.length) * 2 * Math.PI - Math.PI / 2
    spots[n] = { x: Math.cos(angle), y: Math.sin(angle) }
  })
  return spots
}

const SLICE = 12   // ms at a time, so that the page stays awake
const TICKS = 260

/** By forces: those who work together come close. d3-force has dice of its own that always fall alike. */
export const forces: Place = async (nodes, edges, _hub, stop) => {
  const { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } = await import('d3-force')
  const bodies = nodes.map((_, index) => ({ index, x: NaN, y: NaN }))
  const links = edges.map((edge) => ({ source: edge.a, target: edge.b, weight: pull(edge) }))
  const most = Math.max(1, ...links.map((link) => link.weight))
  const simulation = forceSimulation(bodies)
    .force('link', forceLink(links).distance((link) => 90 - 50 * Math.sqrt(link.weight / most)).strength((link) => (link.weight ? 0.05 + 0.4 * Math.sqrt(link.weight / most) : 0.01)))
    .force('charge', forceManyBody().strength(-90).distanceMax(600))
    .force('collide', forceCollide(11))
    .force('x', forceX(0).strength(0.06))
    .force('y', forceY(0).strength(0.08))
    .alphaDecay(1 - 0.001 ** (1 / TICKS))
    .stop()
  for (let tick = 0; tick < TICKS && !stop();) {
    const until = performance.now() + SLICE
    while (tick < TICKS && performance.now() < until) {
      simulation.tick()
      tick += 1
    }
    await new Promise((next) => setTimeout(next))
  }
  return bodies.map(({ x, y }) => ({ x, y }))
}
