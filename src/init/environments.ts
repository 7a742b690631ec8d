import { join } from 'node:path'
import { shapeOf, type Program } from '../settings/config.schema.ts'
import { applicationSettings } from '../settings/entra-applications.ts'
import { secretNames as ofFiles } from '../settings/secret-files.ts'
import type { Answers } from './questions.ts'

/** Files of settings, by whose they are: what both programs need, and what only one may have. */
export const environmentFiles = { both: 'hallpass.env', bot: 'bot.env', worker: 'worker.env' } as const
type Whose = keyof typeof environmentFiles

const heads: Readonly<Record<Whose, string>> = {
  both: 'For the bot and the worker',
  bot: 'For the bot alone: the worker must not have it',
  worker: 'For the worker alone: the bot must not have it',
}

/** The text of each, as systemd, Docker and a shell all read it: NAME=value, no quotes. */
export function environmentTexts(
  folder: string,
  answers: Answers,
  secretNames: readonly string[],
): Readonly<Record<Whose, string>> {
  const line = lineIn(folder)
  const settings = [
    ['HALLPASS_CONFIG', join(folder, 'policy.yaml')],
    ['HALLPASS_COMMAND', answers.command],
    ['HALLPASS_BYPASS_COMMAND', answers.bypassCommand],
    ['HALLPASS_FRAUD_COMMAND', answers.fraudCommand],
    ['ENTRA_TENANT_ID', answers.tenant],
    ['ENTRA_CLIENT_ID', answers.client],
    ['TEMPORAL_ADDRESS', 'localhost:7233'],
    ['TEMPORAL_NAMESPACE', 'hallpass'],
  ] as const
  const named = [
    ...settings.map(([name, value]) => ({ name, line: line(name, value) })),
    ...secretNames.map((name) => ({ name, line: line(name) })),
  ]
  const text = (whose: Whose, ...more: readonly string[]): string => {
    const lines = named.filter(({ name }) => whoseIs(name) === whose).map((one) => one.line)
    return `# ${heads[whose]}. docs/serve.md says what each is.\n${[...lines, ...more].join('\n')}\n`
  }
  return { both: text('both'), bot: text('bot'), worker: text('worker', ...applicationLines(folder)) }
}

/** A secret stands in a file of its own, that only its owner can read. */
function lineIn(folder: string) {
  return (name: string, value = ''): string =>
    ofFiles.some((secret) => secret === name)
      ? `${name}_FILE=${join(folder, 'secrets', name)}`
      : `${name}=${value}`
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
