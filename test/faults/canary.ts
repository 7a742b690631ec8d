import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Scene } from './scene.ts'

/** A place where something rests, and everything in it that can be read. */
export type Place = { readonly where: string; readonly text: string }

/** Where a code was found, however it is written there. */
export function placesOf(code: string | readonly string[], places: readonly Place[]): readonly string[] {
  const forms = [code].flat().flatMap(formsOf)
  return places.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ where }) => where)
}

/** How people and programs spell a code that Hallpass itself makes. */
export function spelled(code: string): readonly string[] {
  const bare = code.replaceAll('-', '')
  return [code, bare, code.replaceAll('-', ' ')].flatMap((one) => [one, one.toLowerCase()])
}

/** How a code can stand in a text. Written without a look at the guard, so that they do not share a mistake. */
function formsOf(code: string): readonly string[] {
  const escaped = JSON.stringify(code).slice(1, -1)
  const plain = [code, escaped, JSON.stringify(escaped).slice(1, -1), markup(code)]
  const coded = plain.flatMap((form) => [
    encodeURIComponent(form),
    new URLSearchParams([['', form]]).toString().slice(1),
    Buffer.from(form).toString('hex'),
    ...[0, 1, 2].map((shift) => base64At(form, shift)),
  ])
  return [...new Set([...plain, ...coded, ...coded.map((form) => form.toUpperCase())])]
}

function markup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The middle of the base64 of a text that stands `shift` bytes into a group: the letters that nothing around it changes. */
function base64At(text: string, shift: number): string {
  const whole = Buffer.from('~'.repeat(shift) + text)
    .toString('base64')
    .replace(/=+$/, '')
  const known = Math.floor(((shift + Buffer.byteLength(text)) * 8) / 6)
  return whole.slice(Math.ceil((shift * 8) / 6), known)
}

/** Every row of every table of the database, its bytes decoded. */
export async function tablesOf({ rows }: Scene): Promise<readonly Place[]> {
  const tables = await rows(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  return Promise.all(
    tables.map(async ({ name }) => {
      const content = await rows(`select t.*, t::text as "whole row" from "${String(name)}" t`)
      return { where: `table ${String(name)}`, text: allTextOf(content) }
    }),
  )
}

/** Everything that Temporal keeps of every run in the namespace: history, description, memo, visibility. */
export async function workflowsOf({
  temporal,
  namespace,
}: Pick<Scene, 'temporal' | 'namespace'>): Promise<readonly Place[]> {
  const listed = await temporal.workflowService.listWorkflowExecutions({ namespace })
  const runs = await Promise.all(
    listed.executions.map(async ({ execution }) => {
      const handle = temporal.workflow.getHandle(execution?.workflowId ?? '', execution?.runId ?? undefined)
      const history = await handle.fetchHistory()
      const described = await temporal.workflowService.describeWorkflowExecution({
        namespace,
        execution: execution ?? null,
      })
      const where = `workflow ${execution?.workflowId ?? ''}`
      return { where, events: history.events?.length ?? 0, text: allTextOf([history, described]) }
    }),
  )
  return [...runs, { where: 'visibility', text: allTextOf(listed) }]
}

/** Every log below a folder, of every process that was started for this run. */
export function logsBelow(folder: string): readonly Place[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => file.endsWith('.log') && statSync(file).isFile())
    .map((file) => ({ where: `log ${file.slice(folder.length + 1)}`, text: readFileSync(file, 'utf8') }))
}

/** All text in a value, however deep; bytes are read as text. */
function allTextOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .flatMap(([name, inner]) => [name, allTextOf(inner)])
    .join('\n')
}

/** Any value as a place to search in. */
export function place(where: string, value: unknown): Place {
  return { where, text: allTextOf(value) }
}
