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

/** Address of a symbol; the sprite is one file of our own, cached for good. */
export const symbol = (id: string): string => `${sprite}#${id}`
