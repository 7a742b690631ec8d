import { z } from 'zod'
import { ConfigError, readSettings, type Environment } from './settings.schema.ts'

const command = z.string().regex(/^\/[a-z0-9_-]{1,31}$/, 'is no name of a command, like /tap')

/** The names of the commands. Slack knows one owner for a name in a workspace, so that they can be changed. */
export const commandNames = {
  HALLPASS_COMMAND: command.default('/tap'),
  HALLPASS_BYPASS_COMMAND: command.default('/bypass'),
  HALLPASS_FRAUD_COMMAND: command.default('/fraud'),
}

const names = z.object(commandNames)

/** The names that two commands share, as a problem to tell. */
export function sharedNames(read: z.output<typeof names> | undefined): readonly string[] {
  const given = read === undefined ? [] : Object.keys(commandNames).map((name) => [name, nameIn(read, name)])
  const shared = given.filter(([, name]) => given.filter(([, other]) => other === name).length > 1)
  return shared.length === 0 ? [] : [`${shared.map(([name]) => name).join(' and ')} name the same command`]
}

/** Reads no more of the environment than the commands' names. Throws a ConfigError. */
export function readCommandNames(env: Environment): {
  readonly tap: string
  readonly bypass: string
  readonly fraud: string
} {
  const { data, problems } = readSettings(names, env)
  const all = [...problems, ...sharedNames(data)]
  if (data === undefined || all.length > 0) throw new ConfigError(all)
  return {
    tap: data.HALLPASS_COMMAND,
    bypass: data.HALLPASS_BYPASS_COMMAND,
    fraud: data.HALLPASS_FRAUD_COMMAND,
  }
}

function nameIn(read: Readonly<Record<string, unknown>>, name: string): string {
  return String(read[name])
}
