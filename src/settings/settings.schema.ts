import { z } from 'zod'

const missing = 'is not set'

/** A variable that must hold something. */
export const filled = z.string(missing).trim().min(1, missing)

const noEncryptionKey = 'is not set: `hallpass keys new` makes one, and `off` leaves histories readable'

/** The keys of payloads, or `off`: going without has to be said. */
export const encryptionKey = z.string(noEncryptionKey).trim().min(1, noEncryptionKey)

/** A whole number within bounds. */
export function whole(from: number, to: number) {
  const says = `is no whole number from ${from} to ${to}`
  return z.coerce.number(says).int(says).min(from, says).max(to, says)
}

export const logLevel = z
  .enum(['debug', 'info', 'warn', 'error'], 'is none of debug, info, warn, error')
  .default('info')

export type Environment = Readonly<Record<string, string | undefined>>

/** Everything that is wrong with the environment, in one error. It names variables and never their values. */
export class ConfigError extends Error {
  /** Each begins with the variable's name. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`This environment can't be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** What is set, without what is empty: an empty value is how deployments leave a variable out. */
export function given(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}

/** Hosts that nobody else reaches. */
const loopback = /^(?:127\.[\d.]+|::1|localhost)$/

/** Says so where a server beyond this machine has no certificate: `what` would be read on the way. */
export function inClear(prefix: 'HALLPASS_VERIFY' | 'HALLPASS_CODEC', env: Environment, what: string) {
  const [cert, key] = [`${prefix}_TLS_CERT`, `${prefix}_TLS_KEY`]
  const { [`${prefix}_HOST`]: host = 'localhost', [cert]: hasCert, [key]: hasKey } = given(env)
  const isSafe = loopback.test(host.trim()) || (hasCert !== undefined && hasKey !== undefined)
  return isSafe ? [] : [`${cert} and ${key} are not set: beyond this machine ${what} travel encrypted only`]
}

/** Reads variables by their schema; the problems name each variable. */
export function readSettings<Settings extends z.ZodType>(
  settings: Settings,
  env: Environment,
): { readonly data: z.output<Settings> | undefined; readonly problems: readonly string[] } {
  const read = settings.safeParse(given(env))
  return {
    data: read.data,
    problems: read.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`) ?? [],
  }
}
