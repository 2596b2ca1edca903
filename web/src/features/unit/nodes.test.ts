import { expect, test } from 'vitest'
import { HITS_MOST, treeOf, wayTo, withWays } from './nodes'

const item = (id: string, parent_id: string | null, child_count = 0) => ({ id, parent_id, name: `n${id}`, child_count })
const list = [item('1', null, 2), item('2', '1', 1), item('3', '1', 4), item('4', '2')]

test('a flat list becomes a tree; what has children that are not known yet can be opened', () => {
  const [root] = treeOf(list, (one) => one.name, true)
  expect(root!.children!.map(({ id, branch, children }) => [id, branch, children?.length])).toEqual([['2', undefined, 1], ['3', true, undefined]])
  expect(treeOf(list, () => '')[0]!.children![1]!.branch).toBe(undefined)
  expect(treeOf([item('9', 'gone')], () => '').map(({ id }) => id)).toEqual(['9'])
})

test('hits come with what is above them, and not too many', () => {
  expect(withWays(list, (one) => one.id === '4').items.map(({ id }) => id)).toEqual(['1', '2', '4'])
  expect(wayTo(list, '4')).toEqual(['2', '1'])
  const many = [item('0', null), ...Array.from({ length: 30_000 }, (_, i) => item(`a${i}`, '0'))]
  const began = performance.now()
  const found = withWays(many, (one) => one.id !== '0')
  expect(found.items.length).toBe(HITS_MOST + 1)
  expect(found.more).toBe(true)
  expect(treeOf(many, () => '')[0]!.children!.length).toBe(30_000)
  expect(performance.now() - began).toBeLessThan(2000)
})

test('a loop does not hang', () => {
  const loop = [item('a', 'b'), item('b', 'a')]
  expect(wayTo(loop, 'a')).toEqual(['b', 'a'])
})
