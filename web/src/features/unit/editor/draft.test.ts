import { describe, expect, it } from 'vitest'
import { metres, nearest, readPositions, ringM2, useDraft, writePositions, type Position } from './draft'

describe('a draft', () => {
  it('goes back and forth through every step', () => {
    const draft = useDraft()
    draft.begin([], false)
    draft.add([120, 30])
    draft.add([121, 30])
    draft.insert({ line: 0, at: 1 }, [120.5, 30.5])
    draft.move({ line: 0, at: 2 }, [121, 31])
    draft.remove({ line: 0, at: 0 })
    expect(draft.state.lines).toEqual([[[120.5, 30.5], [121, 31]]])
    draft.undo()
    draft.undo()
    expect(draft.state.lines).toEqual([[[120, 30], [120.5, 30.5], [121, 30]]])
    draft.redo()
    expect(draft.state.lines[0]![2]).toEqual([121, 31])
    draft.add([122, 30])
    draft.redo()
    expect(draft.count.value).toBe(4)
    for (let i = 0; i < 9; i += 1) draft.undo()
    expect(draft.state.lines).toEqual([])
  })
  it('is a line from two positions on, a polygon from three, closed for the server', () => {
    const draft = useDraft()
    draft.begin([[[0, 0], [1, 0]]], true)
    expect(draft.ready.value).toBe(false)
    draft.add([1, 1])
    expect(draft.ready.value).toBe(true)
    expect(draft.geometry()).toEqual({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] })
    draft.begin([[[0, 0], [1, 0]], [[5, 5]]], false)
    expect(draft.geometry()).toEqual({ type: 'MultiLineString', coordinates: [[[0, 0], [1, 0]]] })
  })
})

describe('positions as text', () => {
  it('are read as they were written, with full commas too, and name the line that is none', () => {
    const lines: Position[][] = [[[120.123456789, 30], [121, 30.5]], [[1, 2]]]
    expect(readPositions(writePositions(lines))).toEqual({ lines, wrong: [] })
    expect(readPositions('120，30\nx, 3\n200 1\n121 30')).toEqual({ lines: [[[120, 30], [121, 30]]], wrong: [2, 3] })
  })
})

describe('measures', () => {
  it('are those of the ground', () => {
    const square: Position[] = [[120, 23], [120.02, 23], [120.02, 23.01], [120, 23.01]]
    expect(Math.abs(ringM2(square) - 2_269_900) / 2_269_900).toBeLessThan(0.003)
    expect(ringM2([...square].reverse())).toBeCloseTo(ringM2(square))
    expect(Math.abs(metres([[120, 23], [120.01, 23]]) - 1025)).toBeLessThan(3)
  })
})

describe('snapping', () => {
  const border: Position[] = [[120, 23], [120.01, 23], [120.01, 23.01]]
  const reach = { lon: 0.001, lat: 0.001 }
  it('takes the vertex, else the edge, else nothing', () => {
    expect(nearest([120.0102, 23.0003], [border], reach)).toEqual([120.01, 23])
    expect(nearest([120.005, 23.0004], [border], reach)).toEqual([120.005, 23])
    expect(nearest([120.005, 23.004], [border], reach)).toBeNull()
  })
})
