/* The small numbers beside the navigation; pages that learn one put it here: counts['/'] = { n: 16 }. more: there are more than were counted. */
import { reactive } from 'vue'

export const counts = reactive<Record<string, { n: number; more?: boolean }>>({})
