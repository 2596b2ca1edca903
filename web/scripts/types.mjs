/* docs/openapi.json → src/app/api-types.ts. Refusals are left out: every one is the same Problem, which http.ts
 * throws as an ApiError, and naming it again at each path would make four fifths of the file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const from = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url))
const to = fileURLToPath(new URL('../src/app/api-types.ts', import.meta.url))

const document = JSON.parse(readFileSync(process.argv[2] ?? from, 'utf8'))
for (const path of Object.values(document.paths)) {
  for (const operation of Object.values(path)) {
    if (!operation.responses) continue
    operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => Number(status) < 400))
  }
}

/* A view that several paths answer is written out at each of them: give it one name, that of the first. */
const seen = new Map()
const named = { ...document.components.schemas }
function* places(operation) {
  for (const part of [operation.requestBody, ...Object.values(operation.responses ?? {})]) {
    const media = part?.content?.['application/json']
    if (!media) continue
    yield [media, 'schema']
    const items = media.schema?.properties?.items
    if (items?.items) yield [items, 'items']
  }
}
const every = Object.values(document.paths).flatMap((path) => Object.values(path)).flatMap((operation) => [...places(operation)].map(([at, key]) => ({ at, key, operation })))
for (const { at, key, operation } of every) {
  const text = JSON.stringify(at[key])
  if (text.length < 200 || at[key].$ref) continue
  seen.set(text, [...(seen.get(text) ?? []), { at, key, operation }])
}
for (const [text, uses] of seen) {
  if (uses.length < 2) continue
  const name = `${(uses.find(({ operation }) => operation.operationId.startsWith('get_')) ?? uses[0]).operation.operationId}_view`
  if (named[name]) continue
  named[name] = JSON.parse(text)
  for (const { at, key } of uses) at[key] = { $ref: `#/components/schemas/${name}` }
}
document.components.schemas = named

const types = astToString(await openapiTS(document, { alphabetize: true }))
writeFileSync(process.argv[3] ?? to, `/* Made from docs/openapi.json by npm run types. Do not edit. */\n${types}`)
