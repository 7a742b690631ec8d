import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const documented = ['serve', 'install/slack', 'install/entra']
  .map((name) => read(`docs/${name}.md`))
  .join('\n')

/** Names as an object has them for keys, or a list of words. */
const namesIn = (path: string, pattern: RegExp): readonly string[] =>
  Array.from(read(path).matchAll(pattern), ([, name = '']) => name)

it('every variable of the environment is documented, and so is every one that may stand in a file', () => {
  const variables = ['src/settings/config.schema.ts', 'src/settings/command-names.schema.ts'].flatMap(
    (path) => namesIn(path, /^ {2}([A-Z_]{4,}): /gm),
  )
  const secrets = namesIn('src/settings/secret-files.ts', /^ {2}'([A-Z_]+)',$/gm)
  expect([variables.length, secrets.length]).toSatisfy((counts: number[]) =>
    counts.every((count) => count > 9),
  )
  expect([...variables, ...secrets].filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
  expect(secrets.filter((name) => !documented.includes(`\`${name}\` *`))).toEqual([])
})

it('every variable of the codec is documented', () => {
  const variables = namesIn('src/settings/codec-config.schema.ts', /^ {2}([A-Z_]{4,}): /gm)
  const page = read('docs/install/codec.md')
  expect(variables.length).toBeGreaterThan(9)
  expect(variables.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

it('every permission that the directory is asked for is documented', () => {
  const permissions = namesIn('src/sandbox/entra/server.ts', /^ {2}'([\w.-]+)',$/gm)
  expect(permissions.length).toBeGreaterThan(5)
  expect(permissions.filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
})
