/* The disk is full while a backup is written or restored: a clear message, nothing of it stays, the last backup and the district are as they were. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { build, folder, run } from '../api/support/server.mjs'
import { mount, unmount } from './support/district.mjs'

const linli = (...words) => run(join(build, 'linli'), words)
const must = async (...words) => {
  const answer = await linli(...words)
  assert.equal(answer.code, 0, `${words.join(' ')}: ${answer.err}`)
}

test('a disk that is full while a backup is written or restored', { timeout: 120_000 }, async (t) => {
  const from = folder('linli-backup-full-'), small = folder('linli-backup-small-')
  const refusal = mount(small.path, '512k')
  try {
    if (refusal) return t.skip(refusal)
    const data = join(from.path, 'data'), last = join(small.path, 'last.linli')
    await must('demo', '--cases', '300', '--data', data)
    await must('backup', join(from.path, 'whole.linli'), '--keys', join(from.path, 'whole.keys'), '--data', data)
    writeFileSync(last, 'the last one')
    for (const extra of [[], ['--keys', join(small.path, 'k')]]) {
      const full = await linli('backup', join(small.path, 'new.linli'), ...extra, '--data', data)
      assert.equal(full.code, 1, full.err)
      assert.match(full.err, /no room left; nothing of it was kept/)
      assert.deepEqual(readdirSync(small.path), ['last.linli'])
    }
    assert.equal(readFileSync(last, 'utf8'), 'the last one')
    await must('audit', 'verify', '--data', data)

    const restore = ['restore', join(from.path, 'whole.linli'), '--keys', join(from.path, 'whole.keys'), '--data', join(small.path, 'data')]
    const full = await linli(...restore)
    assert.equal(full.code, 1, full.err)
    assert.match(full.err, /[Tt]here is no room left[^]*nothing was changed/)
    execFileSync('mount', ['-o', 'remount,size=256m', small.path])
    execFileSync('rm', ['-r', join(small.path, 'data')])
    await must(...restore)
    await must('audit', 'verify', '--data', join(small.path, 'data'))
    assert.deepEqual(readdirSync(join(small.path, 'data')).filter((name) => name.startsWith('.moving')), [])
  } finally {
    if (!refusal) unmount(small.path)
    small.remove()
    from.remove()
  }
})

/* The database lies elsewhere, so that it is a photo that finds no room: in its middle, at its beginning, or in the name of its folder. */
test('a disk that is full while photos are restored says so, wherever in a photo it is', { timeout: 240_000 }, async (t) => {
  const from = folder('linli-photos-full-'), small = folder('linli-photos-small-')
  const refusal = mount(small.path, '64k')
  try {
    if (refusal) return t.skip(refusal)
    const data = join(from.path, 'data'), to = join(small.path, 'data'), file = join(from.path, 'whole.linli'), keys = join(from.path, 'whole.keys')
    await must('demo', '--cases', '20', '--data', data)
    await must('backup', file, '--keys', keys, '--data', data)
    const base = statfsSync(small.path).bsize
    for (let pages = 16; pages < 19; pages++) {
      execFileSync('mount', ['-o', `remount,size=${pages * base}`, small.path])
      const full = await linli('restore', file, '--keys', keys, '--data', to, '--db', join(from.path, `${pages}.db`))
      assert.equal(full.code, 1, full.err)
      assert.match(full.err, /: there is no room left: .*\nlinli: nothing was changed/)
      assert.deepEqual(readdirSync(to, { recursive: true, withFileTypes: true }).filter((d) => d.isFile()).map((d) => d.name), [])
    }
    execFileSync('mount', ['-o', 'remount,size=256m', small.path])
    await must('restore', file, '--keys', keys, '--data', to, '--db', join(from.path, 'enough.db'))
  } finally {
    if (!refusal) execFileSync('umount', ['-l', small.path])
    small.remove()
    from.remove()
  }
})
