/* What a file of borders says of itself. */
export const CRS = [{ value: 'wgs84', label: 'WGS 84 / CGCS2000' }, { value: 'gcj02', label: 'GCJ-02' }, { value: 'bd09', label: 'BD-09' }]

interface Collection { features: { properties?: unknown }[] }

/** Properties of the first features that hold a text or a whole number. Throws when it is no collection. */
export function textProperties(of: Collection): string[] {
  if (!Array.isArray(of.features) || !of.features.length) throw new TypeError('no features')
  const seen = new Set<string>()
  for (const { properties } of of.features.slice(0, 20))
    for (const [name, value] of Object.entries((properties ?? {}) as Record<string, unknown>))
      if (typeof value === 'string' || Number.isInteger(value)) seen.add(name)
  return [...seen]
}

const USUAL = { name: [/^(name|名称|title|name_zh)$/i, /name|名/i], code: [/^(code|编码|代码|区划代码|adcode)$/i, /code|码|^no$/i] } as const
/** The property that is most likely a name or a code; '' when none is. */
export function guessed(names: readonly string[], what: keyof typeof USUAL): string {
  for (const like of USUAL[what]) {
    const found = names.find((name) => like.test(name))
    if (found) return found
  }
  return ''
}
