import type { Found } from '../../src/doctor/check.ts'
import { needs } from '../../src/doctor/permissions.ts'
import type { AnyProgram } from '../../src/settings/programs.ts'
import { runDoctor } from '../../src/doctor/run.ts'
import type { Installation } from '../setup/installation.ts'

export type Changes = Readonly<Record<string, string>>

export type Looked = { readonly found: readonly Found[]; readonly well: boolean }

/** What the doctor says of an installation with these changes. */
export async function looked(
  { environment }: Installation,
  changes: Changes = {},
  { program = 'serve', url }: { readonly url?: string; readonly program?: AnyProgram } = {},
): Promise<Looked> {
  const env = { ...environment, ...changes }
  const options = { env, installation: 'sandbox', allowStandIns: true, program, ...(url && { url }) } as const
  const { text, well } = await runDoctor(options, { json: true, coloured: false })
  const { findings } = JSON.parse(text) as { readonly findings: readonly Found[] }
  return { found: findings, well }
}

/** What is not in order, each as its check and its state. */
export function notOk({ found }: Looked): readonly string[] {
  return found.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${check} ${state}`)
}

/** What a check found that is not in order, in one text. */
export function linesOf({ found }: Looked, check: string): string {
  return found
    .filter((one) => one.check === check && one.state !== 'ok')
    .map(({ state, says, fix }) => `${state}: ${says} -> ${fix ?? ''}`)
    .join('\n')
}

/** What an application needs that does one thing only. */
export function permissionsOf(name: string): readonly string[] {
  return needs.flatMap(({ by, permission }) => (by.some((one) => one === name) ? permission : []))
}
