/* The small numbers beside the navigation; pages that learn one put it here: counts['/'] = 16. */
import { reactive } from 'vue'

export const counts = reactive<Record<string, number>>({})
