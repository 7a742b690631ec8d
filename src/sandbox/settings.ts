import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseOwnSettings } from './settings.schema.ts'

type Environment = Readonly<Record<string, string | undefined>>

export type SandboxSettings = {
  /** Of the page. */
  readonly port: number
  readonly stateFolder: string
  /** What finds Temporal may read, and nothing else of the environment. */
  readonly temporal: Environment
  /** Settings of a real installation that are there and are not used. */
  readonly ignored: readonly string[]
}

const productions = /^(SLACK|DATABASE|TEMPORAL|ENTRA|GRAPH|DUO|OKTA|HALLPASS)_|^PORT$/
const own = /^HALLPASS_SANDBOX_/

/**
 * Reads the sandbox's settings, `HALLPASS_SANDBOX_*` alone, and the names of those of a real installation that
 * it leaves aside. Throws one error that lists all that is wrong.
 */
export function readSettings(env: Environment): SandboxSettings {
  const settings = parseOwnSettings(env)
  const usual = join(
    env['XDG_STATE_HOME'] || join(env['HOME'] || homedir(), '.local', 'state'),
    'hallpass',
    'sandbox',
  )
  return {
    port: settings.HALLPASS_SANDBOX_PORT,
    stateFolder: resolve(settings.HALLPASS_SANDBOX_STATE_DIR ?? usual),
    temporal: {
      ...withoutProduction(env),
      ...named(env, 'HALLPASS_SANDBOX_TEMPORAL_ADDRESS', 'TEMPORAL_CLI_PATH'),
    },
    ignored: Object.keys(env).filter(isProductions).toSorted(),
  }
}

// Go needs its own settings, the proxy's and the certificates', whose names nobody can list.
function withoutProduction(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !productions.test(name)))
}

function named(env: Environment, ...names: readonly string[]): Environment {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}

function isProductions(name: string): boolean {
  return productions.test(name) && !own.test(name) && name !== 'TEMPORAL_CLI_PATH'
}
