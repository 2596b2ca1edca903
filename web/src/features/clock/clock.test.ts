import { describe, expect, it } from 'vitest'
import { limitOf, typed, type Limit } from './types'

describe('a limit as typed', () => {
  const rows: [Limit | undefined, string, string][] = [
    [undefined, '', ''],
    [{ step: 'handle', amount: 0, unit: 'working_days' }, '', 'none'],
    [{ step: 'handle', amount: 5, unit: 'working_days' }, '5', 'working_days'],
    [{ step: 'handle', amount: 240, unit: 'working_minutes' }, '4', 'working_hours'],
    [{ step: 'handle', amount: 30, unit: 'urgent_minutes' }, '30', 'urgent_minutes'],
    [{ step: 'handle', amount: 1440, unit: 'urgent_minutes' }, '24', 'urgent_hours'],
  ]
  it('goes there and back', () => {
    for (const [limit, amount, measure] of rows) {
      expect(typed(limit)).toEqual({ amount, measure })
      expect(limitOf('handle', typed(limit))).toEqual(limit)
    }
  })
  it('takes half hours', () => expect(limitOf('sign', { amount: '1.5', measure: 'working_hours' })).toEqual({ step: 'sign', amount: 90, unit: 'working_minutes' }))
})
