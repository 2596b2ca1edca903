/* The names in icons.svg: line icons i-*, status shapes s-*. */
import sprite from './icons.svg?url'

export type IconName =
  | 'search' | 'bell' | 'plus' | 'minus' | 'x' | 'check' | 'right' | 'left'
  | 'down' | 'updown' | 'arrow' | 'more' | 'camera' | 'image' | 'mic' | 'pin'
  | 'map' | 'rows' | 'board' | 'filter' | 'export' | 'print' | 'phone' | 'eye'
  | 'clock' | 'calendar' | 'inbox' | 'case' | 'lists' | 'council' | 'activity' | 'users'
  | 'venue' | 'badge' | 'net' | 'star' | 'chart' | 'book' | 'gear' | 'help'
  | 'info' | 'warn' | 'synced' | 'offline' | 'refresh' | 'whistle' | 'link' | 'shield'
  | 'walk' | 'doc' | 'hand' | 'locate'

/* The desk has the symbols in its page (vite.config.ts): a browser reads a sprite of its own as a document anew for nearly every icon that is drawn from it. */
declare const __ICONS_IN_PAGE__: boolean
const file = __ICONS_IN_PAGE__ ? '' : sprite

/** Address of a symbol: in the page, or in a file of our own that is cached for good. */
export const symbol = (id: string): string => `${file}#${id}`
