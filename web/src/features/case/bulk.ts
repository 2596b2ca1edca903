/* One action on many cases: each by its own request, a few at a time, and each with an end that is told. Nothing is skipped in silence. */
import { newKey } from '@/app/http'
import { language } from '@/app/i18n'
import { ApiError } from '@/app/problem'
import type { Action, CaseView } from './types'
import { categoryName } from './words'

export type Field = 'reason' | 'question' | 'text' | 'result' | 'org' | 'outcome' | 'internal' | 'expected'

/* What makes sense for many at once, and what it takes. Not here: what depends on the one case (its place, its photos, whom to call), what is
 * the reporter's to do, and what makes a resident's words public: that is looked at one by one. */
export const BULK: Partial<Record<Action, readonly Field[]>> = {
  accept: [], dispatch: ['org', 'reason'], sign: [], handled: ['result'], pass: ['outcome', 'text'], handle_self: [],
  grant_extension: ['text'], grant_suspension: ['text'], resume: ['reason'],
  ask: ['question'], reject: ['reason'], redispatch: ['org', 'reason'], return: ['reason'], fail: ['reason'], reopen: ['reason'], refuse: ['reason'], comment: ['text', 'internal'],
  supervise: ['reason', 'expected'], lift: ['reason'], escalate: ['reason'],
}
export const LONG: readonly Field[] = ['reason', 'question', 'text', 'result']
/** More than this are not looked through by anybody before the button is pressed. */
export const BULK_MOST = 100

/** The actions that every one of these cases allows the caller now, in the order of BULK. */
export function common(cases: readonly CaseView[]): { action: Action; needs: string[] }[] {
  return (Object.keys(BULK) as Action[]).flatMap((action) => {
    const each = cases.map((one) => one.actions.find((offer) => offer.action === action))
    return cases.length && each.every(Boolean) ? [{ action, needs: [...new Set(each.flatMap((offer) => offer!.needs))] }] : []
  })
}

export const PLACEHOLDERS = ['code', 'title', 'address', 'area', 'category', 'org'] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]
export type Words = Record<Placeholder, string>

/** What a case has for each placeholder. */
export const wordsOf = (one: CaseView): Words => ({
  code: one.code, title: one.title, address: one.address || one.area_name || '', area: one.area_name ?? '', org: one.org_name ?? '',
  category: one.category ? categoryName(one.category, language.value) : '',
})

/** A reply's text for one case; or the placeholders this case has nothing for: a letter with holes is not sent. */
export function filled(text: string, words: Words): { text: string; lacking: Placeholder[] } {
  const lacking: Placeholder[] = []
  const made = text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!(PLACEHOLDERS as readonly string[]).includes(name)) return whole
    const word = words[name as Placeholder]
    if (!word && !lacking.includes(name as Placeholder)) lacking.push(name as Placeholder)
    return word || whole
  })
  return { text: made, lacking }
}

export interface Line {
  id: string
  code: string
  title: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped'
  reason: string
}

export interface Run {
  lines: Line[]
  /** No case is begun any more; those under way end as they end. */
  stop: () => void
  ended: Promise<void>
}

/** A case that is not even asked for: why, in the user's words. */
export class Refusal extends Error {}

/** Works through the lines, `atOnce` at a time. one(line, key) does one case or throws; words(cause) tells why not. A key is kept for a line
 * while its fate is unknown (no answer, a broken server), so that trying again does nothing twice. */
export function work(lines: Line[], keys: Map<string, string>, one: (line: Line, key: string) => Promise<void>, words: (cause: unknown) => string, atOnce = 3): Run {
  let stopped = false
  let next = 0
  async function worker(): Promise<void> {
    while (next < lines.length) {
      const line = lines[next++]!
      if (line.state === 'done') continue
      if (stopped) {
        line.state = 'stopped'
        continue
      }
      line.state = 'running'
      const key = keys.get(line.id) ?? newKey()
      keys.set(line.id, key)
      try {
        await one(line, key)
        line.state = 'done'
        line.reason = ''
      } catch (cause) {
        line.state = 'failed'
        line.reason = words(cause)
        if (!(cause instanceof ApiError) || (cause.status >= 400 && cause.status < 500)) keys.delete(line.id)
      }
    }
  }
  const ended = Promise.all(Array.from({ length: atOnce }, worker)).then(() => {})
  return { lines, stop: () => (stopped = true), ended }
}
