/* The side navigation, in one place. An item shows when its page exists and the person may use it. */
import type { IconName } from './icons'
import { t } from './strings'

export interface NavItem {
  to: string
  icon: IconName
  label: () => string
  group: '' | 'net' | 'rules' | 'end'
  /** Any of these permissions. */
  may?: readonly string[]
  /** Key after G. */
  go?: string
}

export const NAV: readonly NavItem[] = [
  { to: '/', icon: 'inbox', label: () => t('nav_work'), group: '', go: 'w' },
  { to: '/cases', icon: 'case', label: () => t('nav_cases'), group: '', may: ['case.read'], go: 'c' },
  { to: '/call-backs', icon: 'phone', label: () => t('nav_call_backs'), group: '', may: ['case.call_back'], go: 'b' },
  { to: '/insight', icon: 'chart', label: () => t('nav_insight'), group: '', may: ['case.read'], go: 'i' },
  { to: '/city', icon: 'venue', label: () => t('nav_city'), group: '', may: ['city.read'] },
  { to: '/exchange', icon: 'hand', label: () => t('nav_exchange'), group: '', may: ['unit.read'] },
  { to: '/dispatch', icon: 'lists', label: () => t('nav_dispatch'), group: '', may: ['need.manage', 'offer.manage'] },
  { to: '/agreements', icon: 'doc', label: () => t('nav_agreements'), group: '', may: ['unit.read'] },
  { to: '/projects', icon: 'board', label: () => t('nav_projects'), group: '', may: ['unit.read'] },
  { to: '/services', icon: 'book', label: () => t('nav_services'), group: '', may: ['unit.read'] },
  { to: '/orders', icon: 'walk', label: () => t('nav_orders'), group: '', may: ['order.read'] },
  { to: '/outbox', icon: 'export', label: () => t('nav_outbox'), group: '', go: 'x' },
  { to: '/areas', icon: 'map', label: () => t('nav_areas'), group: 'net', may: ['unit.read'], go: 'a' },
  { to: '/orgs', icon: 'net', label: () => t('nav_orgs'), group: 'net', may: ['unit.read'], go: 'o' },
  { to: '/alliances', icon: 'link', label: () => t('nav_alliances'), group: 'net', may: ['unit.read'], go: 'l' },
  { to: '/directory', icon: 'phone', label: () => t('nav_directory'), group: 'net', may: ['unit.read'] },
  { to: '/people', icon: 'users', label: () => t('nav_people'), group: 'net', may: ['person.read'], go: 'p' },
  { to: '/appointments', icon: 'badge', label: () => t('nav_appointments'), group: 'net', may: ['person.read'] },
  { to: '/categories', icon: 'lists', label: () => t('nav_categories'), group: 'rules', may: ['category.manage'] },
  { to: '/clocks', icon: 'clock', label: () => t('nav_clocks'), group: 'rules', may: ['clock.manage'] },
  { to: '/import', icon: 'export', label: () => t('nav_import'), group: 'rules', may: ['case.import', 'unit.manage'] },
  { to: '/systems', icon: 'link', label: () => t('nav_systems'), group: 'rules', may: ['system.connect'] },
  { to: '/audit', icon: 'shield', label: () => t('nav_audit'), group: 'rules', may: ['audit.read'] },
  { to: '/settings', icon: 'gear', label: () => t('nav_settings'), group: 'end', may: ['setting.manage'] },
]

export const GROUPS = [
  { id: '', label: () => '' },
  { id: 'net', label: () => t('group_net') },
  { id: 'rules', label: () => t('group_rules') },
] as const
