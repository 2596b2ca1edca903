import { afterEach, describe, expect, it, vi } from 'vitest'
import { mount, type VueWrapper } from '@vue/test-utils'
import { h, nextTick } from 'vue'
import Button from './Button.vue'
import Check from './Check.vue'
import DataTable from './DataTable.vue'
import ErrorNotice from './ErrorNotice.vue'
import Field from './Field.vue'
import Input from './Input.vue'
import KeyValue from './KeyValue.vue'
import StatusChip from './StatusChip.vue'
import StepPath from './StepPath.vue'
import { ApiError } from '../problem'

interface Row {
  id: string
  name: string
}

let mounted: VueWrapper | undefined
afterEach(() => mounted?.unmount())

const columns = [{ key: 'name', label: '名称', sort: true }, { key: 'act', label: '操作', quiet: true }]
const rows: Row[] = [{ id: '1', name: '甲' }, { id: '2', name: '乙' }, { id: '3', name: '丙' }]

function table(props: Record<string, unknown> = {}) {
  const wrapper = mount(DataTable as unknown as new () => object, {
    attachTo: document.body,
    props: { columns, rows, rowKey: (row: Row) => row.id, rowName: (row: Row) => row.name, caption: '事项', ...props },
    slots: { name: ({ row }: { row: Row }) => row.name, act: () => h('button', { type: 'button' }, '办'), bulk: () => h('button', '派遣') },
  })
  mounted = wrapper as unknown as VueWrapper
  return wrapper as unknown as VueWrapper
}
const press = async (key: string, target: EventTarget = document.body) => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await nextTick()
  await nextTick()
}

describe('DataTable', () => {
  it('sorts one way, then the other, and says which', async () => {
    const wrapper = table({ sort: '' })
    await wrapper.find('button.sort').trigger('click')
    expect(wrapper.emitted('update:sort')).toEqual([['name']])
    await wrapper.setProps({ sort: 'name' })
    expect(wrapper.find('th').attributes('aria-sort')).toBe('ascending')
    await wrapper.find('button.sort').trigger('click')
    expect(wrapper.emitted('update:sort')![1]).toEqual(['-name'])
  })

  it('walks by j and k, stays within, opens by Enter', async () => {
    const wrapper = table({ openable: true })
    for (const key of ['j', 'j', 'j', 'j', 'k']) await press(key)
    expect(wrapper.findAll('tr.cur').map((row) => row.text())).toEqual(['乙办'])
    await press('Enter')
    expect(wrapper.emitted('open')).toEqual([[rows[1]]])
  })

  it('rests while somebody types', async () => {
    const wrapper = table({ openable: true })
    const box = document.body.appendChild(document.createElement('input'))
    await press('j', box)
    box.remove()
    expect(wrapper.find('tr.cur').exists()).toBe(false)
  })

  it('opens a row by click, but leaves its buttons alone', async () => {
    const wrapper = table({ openable: true })
    await wrapper.findAll('tbody button')[0]!.trigger('click')
    expect(wrapper.emitted('open')).toBeUndefined()
    await wrapper.findAll('tbody td')[0]!.trigger('click')
    expect(wrapper.emitted('open')).toEqual([[rows[0]]])
  })

  it('selects this page and keeps what was selected on others', async () => {
    const wrapper = table({ selectable: true, selected: ['9', '1'] })
    const all = wrapper.find('thead input').element as HTMLInputElement
    expect([all.checked, all.indeterminate]).toEqual([false, true])
    await wrapper.find('thead input').trigger('change')
    expect(wrapper.emitted('update:selected')![0]).toEqual([['9', '1', '2', '3']])
    await wrapper.setProps({ selected: ['9', '1', '2', '3'] })
    await wrapper.find('thead input').trigger('change')
    expect(wrapper.emitted('update:selected')![1]).toEqual([['9']])
    expect(wrapper.find('.bulk').exists()).toBe(true)
    expect(wrapper.find('tbody input').attributes('aria-label')).toContain('甲')
  })

  it('pages by cursor', async () => {
    const wrapper = table({ paged: true, first: true, next: 'abc' })
    const [before, after] = wrapper.findAll('.pg button')
    expect(before!.attributes('disabled')).toBeDefined()
    await after!.trigger('click')
    expect(wrapper.emitted('forward')).toEqual([['abc']])
  })

  it('says that it is loading, that there is nothing, and what went wrong', async () => {
    const wrapper = table({ rows: [], loading: true })
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(true)
    await wrapper.setProps({ loading: false })
    expect(wrapper.find('.empty').exists()).toBe(true)
    await wrapper.setProps({ error: new ApiError({ status: 0, code: 'network' }) })
    expect(wrapper.find('[role="alert"]').text()).toContain('连不上')
  })
})

describe('Field', () => {
  it('ties label, hint and error to its control', () => {
    mounted = mount(Field, { props: { label: '地址', hint: '写到楼号', error: '太长' }, slots: { default: (f: object) => h(Input, f) } }) as unknown as VueWrapper
    const input = mounted.find('input')
    expect(mounted.find('label').attributes('for')).toBe(input.attributes('id'))
    expect(input.attributes('aria-invalid')).toBe('true')
    const described = input.attributes('aria-describedby')!.split(' ').map((id) => mounted!.find(`[id="${id}"]`).text())
    expect(described).toEqual(['太长', '写到楼号'])
  })
})

it('a busy button cannot be pressed twice', async () => {
  const press = vi.fn()
  mounted = mount(Button, { props: { busy: true, onClick: press } as never, slots: { default: '提交' } }) as unknown as VueWrapper
  await mounted.trigger('click')
  expect(press).not.toHaveBeenCalled()
  expect(mounted.attributes('aria-busy')).toBe('true')
})

it('a switch is a switch', async () => {
  mounted = mount(Check, { props: { kind: 'switch', modelValue: false }, slots: { default: '长辈版' } }) as unknown as VueWrapper
  await mounted.find('input').setValue(true)
  expect(mounted.find('input').attributes('role')).toBe('switch')
  expect(mounted.emitted('update:modelValue')).toEqual([[true]])
})

it('a status is a shape and a word', () => {
  mounted = mount(StatusChip, { props: { shape: 'part' }, slots: { default: '部分解决' } }) as unknown as VueWrapper
  expect(mounted.find('use').attributes('href')).toMatch(/#s-part$/)
  expect(mounted.classes()).toContain('st--due')
  expect(mounted.text()).toBe('部分解决')
})

it('a path says where it stands', () => {
  const steps = [{ key: 'a', name: '上报', state: 'done' as const }, { key: 'b', name: '受理', state: 'now' as const }, { key: 'c', name: '派遣', state: 'ahead' as const }]
  for (const standing of [true, false]) {
    mounted = mount(StepPath, { props: { steps, standing } }) as unknown as VueWrapper
    expect(mounted.attributes('aria-label')).toBe('3 步中的第 2 步')
    expect(mounted.find('[aria-current="step"]').text()).toContain('受理')
    mounted.unmount()
  }
})

it('pairs without a value are left out', () => {
  mounted = mount(KeyValue, { props: { pairs: [{ key: 'a', label: '牵头', value: '社区' }, { key: 'b', label: '空', value: '' }, { key: 'c', label: '零', value: 0 }] } }) as unknown as VueWrapper
  expect(mounted.findAll('dt').map((dt) => dt.text())).toEqual(['牵头', '零'])
})

it('a refusal offers what can be done', async () => {
  mounted = mount(ErrorNotice, { props: { error: new ApiError({ status: 409, title: '已有变化' }) } }) as unknown as VueWrapper
  await mounted.find('button').trigger('click')
  expect(mounted.emitted('retry')).toHaveLength(1)
  await mounted.setProps({ error: new ApiError({ status: 403, title: '没有权限' }) })
  expect(mounted.find('button').exists()).toBe(false)
})
