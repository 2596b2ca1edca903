/* The search for duplicates is measured on real reports (bench/alike.mjs, docs/decisions/duplicates.md); it may get better, not worse. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { build, root } from './support/server.mjs'

const measured = async () => {
  try {
    return JSON.parse((await promisify(execFile)(process.execPath, [join(root, 'bench/alike.mjs'), '--json', join(build, 'bench/alike')], { maxBuffer: 1 << 24 })).stdout)
  } catch (problem) {
    if (problem.code === 77) return null
    throw problem
  }
}
const at = (of, threshold) => of.by.find((row) => row.threshold === threshold)

test('duplicates in real collections are found as well as they were', async (t) => {
  const found = await measured()
  if (!found) return t.skip('the collections of real data are not there')
  const { newYork, tainan, messages } = found
  assert.ok(newYork.marked > 900 && newYork.findable > 500, JSON.stringify(newYork))
  assert.ok(at(newYork, 60).precision > 0.7, JSON.stringify(newYork))
  assert.ok(at(newYork, 60).of_findable > 0.95, JSON.stringify(newYork))
  assert.ok(at(tainan, 60).recall > 0.95, JSON.stringify(tainan))
  assert.ok(at(messages, 0.4).precision > 0.7, JSON.stringify(messages))
  assert.ok(at(messages, 0.2).recall > 0.8, JSON.stringify(messages))
})
