import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import Tree, { type TreeNode } from './Tree.vue'
import { flat, lettersOf } from './tree'

const leaf = (id: string, label = id): TreeNode => ({ id, label })
const nodes: TreeNode[] = [{ id: 'a', label: 'Alder', children: [leaf('a1', 'Ash'), { id: 'a2', label: 'Beech', children: [leaf('a21', 'Birch')] }] }, leaf('b', 'Box'), { id: 'c', label: 'Cedar', branch: true }]

describe('the rows of a tree', () => {
  it('are what is open, each with its level and its place among its own', () => {
    expect(flat(nodes, new Set()).map((row) => [row.node.id, row.inner])).toEqual([['a', true], ['b', false], ['c', true]])
    expect(flat(nodes, new Set(['a', 'a2', 'c'])).map((row) => [row.node.id, row.level, row.up, row.nth, row.of])).toEqual([
      ['a', 1, -1, 1, 3], ['a1', 2, 0, 1, 2], ['a2', 2, 0, 2, 2], ['a21', 3, 2, 1, 1], ['b', 1, -1, 2, 3], ['c', 1, -1, 3, 3],
    ])
  })
  it('are found by letters, one after the other or the same again', () => {
    const rows = flat(nodes, new Set(['a', 'a2']))
    const find = lettersOf()
    expect(find(rows, 0, 'b')).toBe(2)
    expect(find(rows, 2, 'i')).toBe(3)
    const again = lettersOf()
    expect(again(rows, 0, 'b')).toBe(2)
    expect(again(rows, 2, 'b')).toBe(3)
    expect(lettersOf()(rows, 0, 'z')).toBe(-1)
  })
})

describe('a tree', () => {
  const make = (props = {}) => {
    const tree = mount(Tree, {
      attachTo: document.body,
      props: { nodes, label: 'Trees', modelValue: '', expanded: [] as string[], 'onUpdate:expanded': (to: string[]) => tree.setProps({ expanded: to }), 'onUpdate:modelValue': (to: string) => tree.setProps({ modelValue: to }), ...props },
    })
    const labels = () => tree.findAll('[role=treeitem]').map((row) => row.text())
    const press = async (key: string) => {
      await tree.get('[tabindex="0"]').trigger('keydown', { key })
      await nextTick()
      await nextTick()
    }
    return { tree, labels, press, at: () => document.activeElement?.textContent?.trim() }
  }
  it('opens, chooses and walks by keys', async () => {
    const { tree, labels, press, at } = make()
    await press('ArrowRight')
    expect(labels()).toEqual(['Alder', 'Ash', 'Beech', 'Box', 'Cedar'])
    await press('ArrowRight')
    expect(at()).toBe('Ash')
    await press('ArrowDown')
    await press('Enter')
    expect(tree.props('modelValue')).toBe('a2')
    expect(labels()).toContain('Birch')
    await press('ArrowLeft')
    expect(labels()).not.toContain('Birch')
    await press('ArrowLeft')
    expect(at()).toBe('Alder')
    await press('End')
    expect(at()).toBe('Cedar')
    await press('Home')
    await press('b')
    expect(at()).toBe('Beech')
    expect(tree.findAll('[tabindex="0"]').length).toBe(1)
  })
  it('says what it is to who does not see it', async () => {
    const { tree } = make({ expanded: ['a'], modelValue: 'a1' })
    const [alder, ash] = tree.findAll('[role=treeitem]')
    expect([alder!.attributes('aria-expanded'), alder!.attributes('aria-level'), ash!.attributes('aria-expanded'), ash!.attributes('aria-selected'), ash!.attributes('aria-posinset')]).toEqual(['true', '1', undefined, 'true', '1'])
  })
  it('fetches a branch once, when it is opened', async () => {
    const asked: string[] = []
    const { tree } = make({ load: async (node: TreeNode) => void asked.push(node.id) })
    await tree.findAll('[role=treeitem]')[2]!.trigger('click')
    await tree.findAll('[role=treeitem]')[1]!.trigger('click')
    expect(asked).toEqual(['c'])
    expect(tree.props('modelValue')).toBe('b')
  })
  it('makes no more rows than are seen, and those to the chosen one', () => {
    const many = Array.from({ length: 5000 }, (_, i) => leaf(`n${i}`))
    expect(make({ nodes: many }).tree.findAll('[role=treeitem]').length).toBeLessThan(100)
    expect(make({ nodes: many, modelValue: 'n300' }).labels()).toContain('n300')
  })
})
