/* Letters as one PDF: fetched at once while they are few, made by a job when they are many. */
import { BASE, http, request, url } from '@/app/http'
import { ApiError } from '@/app/problem'

interface Job { id: string; state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'; progress: number; problem: string | null }

const EVERY = 800
const pause = (ms: number) => new Promise((next) => setTimeout(next, ms))

async function keep(path: string): Promise<void> {
  const response = await request(new Request(path, { credentials: 'same-origin' }))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = 'letters.pdf'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function byJob(ids: readonly string[], told: (done: number) => void): Promise<void> {
  const { job: id } = await http.post<{ job: string }>('/letters/print', { letters: ids })
  for (;;) {
    const job = await http.get<Job>(`/jobs/${id}`)
    told(job.progress)
    if (job.state === 'done') return keep(`${BASE}/jobs/${id}/result`)
    if (job.state === 'failed' || job.state === 'cancelled') throw new ApiError({ status: 500, code: job.problem ?? 'internal', title: job.problem ?? '' })
    await pause(EVERY)
  }
}

/** told: how many pages are made, while a job is under way. Throws what went wrong. */
export async function printLetters(ids: readonly string[], told: (done: number) => void): Promise<void> {
  try {
    if (ids.length <= 200) return await keep(url('/letters/print', { letters: ids.join(',') }))
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 413) throw cause
  }
  return byJob(ids, told)
}
