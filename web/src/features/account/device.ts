/* A browser's own description, in the few words by which somebody recognises it. */

const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/DingTalk/, 'DingTalk'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const first = (from: readonly [RegExp, string][], text: string) => from.find(([sign]) => sign.test(text))?.[1]

export function device(userAgent: string | null | undefined): string {
  const text = userAgent ?? ''
  const words = [first(BROWSERS, text), first(SYSTEMS, text)].filter(Boolean)
  return words.length ? words.join(' · ') : text.slice(0, 40) || '—'
}
