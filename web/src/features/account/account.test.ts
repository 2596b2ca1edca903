import { expect, it } from 'vitest'
import { device } from './device'

it('names a device as its owner would', () => {
  expect(device('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36')).toBe('Chrome · Linux')
  expect(device('Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/101.0 Mobile Safari/537.36 MicroMessenger/8.0')).toBe('WeChat · Android')
  expect(device('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0')).toBe('Edge · Windows')
  expect(device('curl/8.5')).toBe('curl/8.5')
  expect(device(null)).toBe('—')
})
