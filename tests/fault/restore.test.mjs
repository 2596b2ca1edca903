/* A backup made under load by the very commands of the operator's handbook, restored into an empty folder: nothing that had been acknowledged
 * before it began is missing, photos and sealed contacts can be read. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { databaseEnv } from '../api/support/database.mjs'
import { build, folder, root, run, startServer } from '../api/support/server.mjs'
import { makeDistrict, photo, startDistrict, wounds } from './support/district.mjs'

async function must(...words) {
  const done = await run(join(build, 'linli'), words)
  assert.equal(done.code, 0, `${words.join(' ')}: ${done.err}`)
}

/** The block of commands of a handbook that makes the backup, with its paths set to ours. */
function commands(name, data, backups) {
  const blocks = readFileSync(join(root, 'docs', name), 'utf8').match(/^```sh\n[^]*?^```$/gm)
  const block = blocks.find((text) => text.includes('linli backup'))
  assert.ok(block, `${name} says how to make a backup`)
  return block.replace(/^```(sh)?$/gm, '').replaceAll('/var/lib/linli', data).replaceAll('/backup', backups)
}

for (const handbook of ['operate.md', 'operate.en.md'])
  test(`a backup as ${handbook} says, under load, can be restored`, { timeout: 120_000 }, async () => {
    const from = folder('linli-backup-from-'), to = folder('linli-backup-to-')
    try {
      const known = await backUp(from.path, to.path, handbook)
      const made = readdirSync(join(to.path, 'backups')).sort()
      assert.equal(made.length, 2, made.join())
      const restored = join(to.path, 'restored'), [keys, file] = made.map((name) => join(to.path, 'backups', name))
      await must('restore', file, '--keys', keys, '--data', restored)
      assert.deepEqual(await wounds(restored), [])
      await looksWhole(restored, known)
    } finally {
      from.remove()
      to.remove()
    }
  })

/** Reports with photos and a contact while the backup runs; gives what was acknowledged before it began. */
async function backUp(dir, to, handbook) {
  await makeDistrict(dir)
  const { server, reporter, at } = await startDistrict(dir)
  const known = []
  let ended = false
  const report = async () => {
    const upload = await reporter.post('/files', photo, { type: 'image/jpeg' })
    assert.equal(upload.status, 201, upload.text)
    const made = await reporter.post('/cases', { text: `路灯不亮 ${randomUUID()}`, at, photos: [upload.body.id], contact: '13800001234' }, { key: randomUUID() })
    assert.equal(made.status, 201, made.text)
    return { id: made.body.id, file: upload.body.id, text: made.body.text }
  }
  const load = async () => { while (!ended) await report() }
  try {
    for (let i = 0; i < 20; i++) known.push(await report())
    const running = Promise.all(Array.from({ length: 4 }, load))
    mkdirSync(join(to, 'backups'))
    execFileSync('bash', ['-euc', commands(handbook, dir, join(to, 'backups'))], { stdio: 'pipe', env: { ...process.env, ...databaseEnv(['--data', dir]), PATH: `${build}:${process.env.PATH}` } })
    ended = true
    await running
  } finally {
    ended = true
    await server.stop()
  }
  return known
}

async function looksWhole(dir, known) {
  const server = await startServer({ dir })
  try {
    const secretary = server.client()
    assert.equal((await secretary.post('/session/demo', { role: 'street_dispatcher' })).status, 200)
    for (const { id, file, text } of known) {
      const one = await secretary.get(`/cases/${id}`)
      assert.equal(one.body.text, text)
      assert.equal((await secretary.get(`/files/${file}`)).status, 200)
    }
    const shown = await secretary.post(`/cases/${known[0].id}/contact`, { why: '回访' })
    assert.equal(shown.body.contact, '13800001234')
  } finally {
    await server.stop()
  }
}
