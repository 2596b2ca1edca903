/* Category suggestion: by names before anything has been learnt, by closed cases afterwards; only categories in use; never forced. */
import assert from 'node:assert/strict'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { outside } from './support/district.mjs'
import { folder, startServer, until } from './support/server.mjs'

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text)
  return answer.body
}
const faults = (answer) => Object.fromEntries((answer.body?.errors ?? []).map((e) => [e.field, e.code]))
const ask = async (who, text) => ok(await who.post('/categories/suggest', { text }))

describe('before anything has been learnt', () => {
  it('names that stand in the text are offered, without a likelihood; bad input is refused by field', async () => {
    const server = await startServer()
    try {
      const anybody = server.client({ lang: 'zh-CN' })
      const answer = await ask(anybody, '门口的路灯不亮了')
      assert.equal(answer.learnt, 0)
      assert.ok(answer.items.length >= 1 && answer.items.length <= 3)
      assert.match(answer.items[0].name_zh, /^路灯/)
      assert.deepEqual([answer.items[0].percent, answer.items[0].words], [0, ['路灯']])
      assert.deepEqual((await ask(anybody, 'zzz')).items, [])
      assert.equal(faults(await anybody.post('/categories/suggest', {})).text, 'required')
      assert.equal(faults(await anybody.post('/categories/suggest', { text: ' ' })).text, 'blank')
      assert.equal(faults(await anybody.post('/categories/suggest', { text: '字'.repeat(4001) })).text, 'too_long')
      assert.equal(faults(await anybody.post('/categories/suggest', { text: '路灯', category: '1' })).category, 'unknown_field')
    } finally {
      await server.stop()
    }
  })
})

describe('after a job has learnt from closed cases', () => {
  it('what people filed is suggested with its words; a category out of use is not; a damaged file is as none', async () => {
    const own = folder()
    const server = await startServer({ dir: own.path, before: (must) => must('demo', '--cases', '900') })
    const file = join(own.path, 'suggest.model')
    try {
      await until(() => existsSync(file), 60_000)
      assert.ok(statSync(file).size > 1000)
      const anybody = server.client({ lang: 'zh-CN' })
      const [text, category] = outside(server, 'SELECT text, category_id FROM cases WHERE state = 7 ORDER BY id DESC LIMIT 1').split('|')
      const answer = await until(async () => { const a = await ask(anybody, text); return a.learnt && a })
      assert.ok(answer.learnt >= 200)
      assert.equal(answer.items[0].id, category)
      assert.ok(answer.items[0].percent > 30 && answer.items[0].percent <= 100)
      assert.ok(answer.items[0].words.length >= 1)
      for (const word of answer.items[0].words) assert.ok(text.includes(word), word)
      assert.deepEqual((await ask(anybody, 'zzz')).items, [])
      await server.stop()
      outside(server, `UPDATE category SET valid_to = 1 WHERE id = ${category}`)
      const again = await startServer({ dir: own.path })
      const without = await ask(again.client(), text)
      await again.stop()
      assert.ok(without.learnt >= 200)   // read from the file, not learnt anew
      assert.ok(!without.items.some((i) => i.id === category))
      writeFileSync(file, 'no model')
      const third = await startServer({ dir: own.path })
      const none = await ask(third.client(), text)
      await third.stop()
      assert.equal(none.learnt, 0)
    } finally {
      await server.stop()
      own.remove()
    }
  })
})
