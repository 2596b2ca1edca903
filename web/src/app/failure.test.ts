import { expect, it } from 'vitest'
import { failure } from './failure'
import { ApiError } from './problem'

it('says what happened, what was kept and whether to try again', () => {
  expect(failure(new ApiError({ status: 0, code: 'network' }))).toMatchObject({ title: '连不上', text: '网络不通，填过的都还在。', retry: true })
  expect(failure(new ApiError({ status: 500, title: '系统出错了', requestId: 'r9' })).text).toContain('r9')
  expect(failure(new ApiError({ status: 409, title: '已有人作了修改', detail: '沈知夏 09:40 已受理' }))).toMatchObject({ text: '沈知夏 09:40 已受理', retry: true })
  expect(failure(new ApiError({ status: 422, title: '有误', errors: [{ field: 'a', code: 'b', message: 'c' }] }))).toMatchObject({ text: '有 1 处要改', retry: false })
  expect(failure(new Error('x'))).toMatchObject({ text: 'x' })
})
