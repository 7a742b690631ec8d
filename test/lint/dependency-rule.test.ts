import { execFile } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/** The rules that hold the architecture. Others may report the planted files too; it does not matter here. */
const watched = [
  'no-console',
  'no-cycle',
  'no-default-export',
  'no-explicit-any',
  'no-floating-promises',
  'no-misused-promises',
  'no-restricted-globals',
  'no-restricted-imports',
  'no-restricted-properties',
  'no-unsafe-type-assertion',
]

const answer = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      filename: z.string(),
      labels: z.tuple([z.object({ span: z.object({ line: z.number() }) })], z.unknown()),
    }),
  ),
})

const root = fileURLToPath(new URL('../..', import.meta.url))
const planted = fileURLToPath(new URL('planted', import.meta.url))
const files = readdirSync(join(planted, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
const folder = mkdtempSync(join(tmpdir(), 'hallpass-lint-'))
let reported: readonly string[] = []

beforeAll(async () => {
  cpSync(planted, folder, { recursive: true })
  for (const file of ['.oxlintrc.json', 'tsconfig.json']) copyFileSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  reported = await lint()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the linter reports, as `file:line rule`. It exits with 1 when it reports anything. */
async function lint(): Promise<readonly string[]> {
  const program = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const failed: unknown = await promisify(execFile)(process.execPath, [program, '--format', 'json', 'src'], {
    cwd: folder,
  }).catch((error: unknown) => error)
  const { stdout } = z.object({ stdout: z.string() }).parse(failed)
  return answer.parse(JSON.parse(stdout)).diagnostics.flatMap(({ code, filename, labels: [label] }) => {
    const rule = /\((.+)\)$/.exec(code)?.[1] ?? code
    return watched.includes(rule) ? [`${filename.replaceAll('\\', '/')}:${label.span.line} ${rule}`] : []
  })
}

/** What a planted file says of its own lines, in the same form. */
function marked(file: string): readonly string[] {
  const lines = readFileSync(join(planted, file), 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    const rule = /\/\/ refused: (.+)$/.exec(line)?.[1]
    return rule === undefined ? [] : [`${file}:${index + 1} ${rule}`]
  })
}

describe('the dependency table and the rules of style bite', () => {
  it.each(files)('in %s everything that is refused is reported, and nothing that is allowed', (file) => {
    const here = reported.filter((report) => report.startsWith(`${file}:`))
    expect(new Set(here)).toEqual(new Set(marked(file)))
  })

  it('something is planted in every folder of the table', () => {
    const folders = files.filter((file) => marked(file).length > 0).map((file) => file.split('/')[1])
    expect(new Set(folders)).toEqual(
      new Set([
        'activities',
        'adapters',
        'bot',
        'codec',
        'core',
        'main.ts',
        'sandbox',
        'verify',
        'workflows',
      ]),
    )
    expect(files.some((file) => file.endsWith('.schema.ts') && marked(file).length > 0)).toBe(true)
  })

  it('each of these rules is planted', () => {
    const rules = files.flatMap((file) => marked(file).map((mark) => mark.split(' ')[1]))
    expect(new Set(rules)).toEqual(new Set(watched))
  })
})
