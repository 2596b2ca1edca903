/* Categories that a text most likely belongs to, asked for a moment after the last letter. Never more than an offer: without a network, or when
 * nothing speaks for any, there are none. */
import { shallowRef, watch, type ShallowRef } from 'vue'
import { http } from '@/app/http'
import type { CategoryRef } from './words'

export interface Suggested extends CategoryRef {
  percent: number
  words: string[]
}

const PAUSE = 500
const LETTERS_LEAST = 4

export function useSuggested(text: () => string): ShallowRef<Suggested[]> {
  const found = shallowRef<Suggested[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  watch(text, (now) => {
    clearTimeout(timer)
    const mine = (asked += 1)
    if ([...now.trim()].length < LETTERS_LEAST) {
      found.value = []
      return
    }
    timer = setTimeout(() => {
      http.post<{ items: Suggested[] }>('/categories/suggest', { text: now }).then(
        (answer) => mine === asked && (found.value = answer.items),
        () => mine === asked && (found.value = []),
      )
    }, PAUSE)
  }, { immediate: true })
  return found
}
