import { join } from 'node:path'
import { shapeOf, type Program } from '../settings/config.schema.ts'
import { applicationSettings } from '../settings/entra-applications.ts'
import { isSecret } from '../settings/secret-files.ts'
import type { Answers } from './questions.ts'

const names = { both: 'hallpass.env', bot: 'bot.env', worker: 'worker.env' } as const
type Whose = keyof typeof names

/** The names of the files of settings: what both programs need, and what only one may have. */
export const environmentFiles: readonly string[] = Object.values(names)

const heads: Readonly<Record<Whose, string>> = {
  both: 'For the bot and the worker',
  bot: 'For the bot alone: the worker must not have it',
  worker: 'For the worker alone: the bot must not have it',
}

/** Each file with its text, as systemd, Docker and a shell all read it: NAME=value, no quotes. */
export function environments(
  folder: string,
  answers: Answers,
  secretNames: readonly string[],
): readonly { readonly name: string; readonly text: string }[] {
  const line = lineIn(folder)
  const settings: readonly (readonly [name: string, value?: string])[] = [
    ['HALLPASS_CONFIG', join(folder, 'policy.yaml')],
    ['HALLPASS_COMMAND', answers.command],
    ['HALLPASS_BYPASS_COMMAND', answers.bypassCommand],
    ['HALLPASS_FRAUD_COMMAND', answers.fraudCommand],
    ['ENTRA_TENANT_ID', answers.tenant],
    ['ENTRA_CLIENT_ID', answers.client],
    ['TEMPORAL_ADDRESS', 'localhost:7233'],
    ['TEMPORAL_NAMESPACE', 'hallpass'],
    ...secretNames.map((name) => [name] as const),
  ]
  const fileOf = (whose: Whose, ...more: readonly string[]) => {
    const own = settings.filter(([name]) => whoseIs(name) === whose)
    const lines = [...own.map(([name, value]) => line(name, value)), ...more]
    const text = `# ${heads[whose]}. docs/serve.md says what each is.\n${lines.join('\n')}\n`
    return { name: names[whose], text }
  }
  return [fileOf('both'), fileOf('bot'), fileOf('worker', ...applicationLines(folder))]
}

/** A secret stands in a file of its own, that only its owner can read. */
function lineIn(folder: string) {
  return (name: string, value = ''): string =>
    isSecret(name) ? `${name}_FILE=${join(folder, 'secrets', name)}` : `${name}=${value}`
}

/** What neither program's shape has is read elsewhere, by both. */
function whoseIs(name: string): Whose {
  const has = (program: Program): boolean => name in shapeOf(program)
  if (has('bot') === has('worker')) return 'both'
  return has('bot') ? 'bot' : 'worker'
}

/** Left out, the reader does their work: it is then an application with the rights of all three. */
function applicationLines(folder: string): readonly string[] {
  const line = lineIn(folder)
  const lines = (['issuer', 'responder'] as const).flatMap((name) => {
    const [id = '', , ...certificate] = applicationSettings(name)
    return [id, ...certificate].map((setting) => `# ${line(setting)}`)
  })
  return ['# Applications of their own for passes and for blocking: docs/install/entra.md.', ...lines]
}
