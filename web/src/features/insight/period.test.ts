import { describe, expect, it } from 'vitest'
import { addDays, daysIn, daysOf, isDay, percent, stepAt, stepOf, steps } from './period'

const own = { from: '', to: '' }

describe('periods', () => {
  it('end today', () => {
    expect(daysOf('today', '2026-03-01', own)).toEqual({ from: '2026-03-01', to: '2026-03-01' })
    expect(daysOf('week', '2026-03-01', own)).toEqual({ from: '2026-02-23', to: '2026-03-01' })
    expect(daysOf('days30', '2026-03-01', own).from).toBe('2026-01-31')
    expect(daysOf('month', '2026-03-31', own).from).toBe('2026-03-01')
    expect(daysOf('quarter', '2026-12-05', own).from).toBe('2026-10-01')
    expect(daysOf('quarter', '2026-01-05', own).from).toBe('2026-01-01')
    expect(daysOf('year', '2026-12-05', own).from).toBe('2026-01-01')
  })
  it('of one\'s own are taken when they are a period, else the usual one is shown', () => {
    expect(daysOf('own', '2026-03-01', { from: '2026-01-01', to: '2026-01-05' })).toEqual({ from: '2026-01-01', to: '2026-01-05' })
    for (const bad of [{ from: '2026-02-30', to: '2026-03-01' }, { from: '2026-03-02', to: '2026-03-01' }, { from: '2010-01-01', to: '2026-03-01' }, own])
      expect(daysOf('own', '2026-03-01', bad).from).toBe('2026-01-31')
  })
  it('have steps that fit a chart', () => {
    expect(stepOf({ from: '2026-01-01', to: '2026-01-31' })).toBe('day')
    expect(stepOf({ from: '2026-01-01', to: '2026-12-31' })).toBe('week')
    expect(stepOf({ from: '2024-01-01', to: '2026-12-31' })).toBe('month')
    expect(daysIn({ from: '2026-02-28', to: '2026-03-01' })).toBe(2)
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(isDay('2026-2-3')).toBe(false)
  })
})

describe('rates', () => {
  it('are written as people read them', () => {
    expect(percent(9372)).toBe('93.7')
    expect(percent(9372, 2)).toBe('93.72')
    expect(percent(10000)).toBe('100')
    expect(percent(0)).toBe('0.0')
    expect(percent(-1)).toBeNull()
  })
})

describe('five steps', () => {
  it('share out what differs', () => {
    const bounds = steps([0, 3, 5, 8, 13, 21, 34])
    expect(stepAt(0, bounds)).toBe(1)
    expect(stepAt(34, bounds)).toBe(5)
    expect(stepAt(3, bounds)).toBeLessThan(stepAt(13, bounds))
    expect(steps([0, 0])).toEqual([])
    expect(stepAt(7, steps([7, 7]))).toBe(2)
  })
})
