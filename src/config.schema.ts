import { z } from 'zod'

const missing = 'is not set'
const filled = z.string(missing).trim().min(1, missing)
const url = z.url({ protocol: /^https?$/, error: 'is no http or https address' })
const whole = (from: number, to: number) => {
  const says = `is no whole number from ${from} to ${to}`
  return z.coerce.number(says).int(says).min(from, says).max(to, says)
}

/** With a slash at its end, as Slack's client wants it. */
const folder = url.transform((address) => (address.endsWith('/') ? address : `${address}/`))

/** What every program needs of its environment, by name. */
const environment = z.object({
  SLACK_BOT_TOKEN: filled,
  SLACK_SIGNING_SECRET: filled,
  SLACK_API_URL: folder.default('https://slack.com/api/'),
  PORT: whole(1, 65_535).default(3000),
  HOST: filled.default('127.0.0.1'),
  DATABASE_URL: filled,
  ENTRA_TENANT_ID: filled,
  ENTRA_CLIENT_ID: filled,
  ENTRA_AUTHORITY_URL: url.default('https://login.microsoftonline.com'),
  GRAPH_BASE_URL: url.default('https://graph.microsoft.com/v1.0'),
  ENTRA_REQUESTS_PER_10_SECONDS: whole(1, 1000).default(5),
  HALLPASS_CONFIG: filled,
  HALLPASS_SIGNING_KEY: filled,
  HALLPASS_VERIFY_KEYS: filled,
  HALLPASS_ENCRYPTION_KEY: z
    .undefined('is set, but nothing is encrypted with it yet: leave it out')
    .optional(),
  HALLPASS_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'is no name of a command, like /tap')
    .default('/tap'),
  HALLPASS_SIGN_IN_URL: url.default('https://myaccount.microsoft.com'),
  HALLPASS_SECURITY_INFO_URL: url.default('https://mysignins.microsoft.com/security-info'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'is none of debug, info, warn, error')
    .default('info'),
})

export type Config = z.infer<typeof environment> & {
  readonly entraCredential:
    { readonly secret: string } | { readonly certificate: string; readonly key: string }
}

/** Everything that is wrong with the environment, in one error. It names variables and never their values. */
class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`This environment can't be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Reads the environment. Addresses on this machine or without encryption are stand-ins and refused unless they are
 * allowed. Throws a ConfigError with all that is wrong.
 */
export function readConfig(env: Environment, allowStandIns: boolean): Config {
  // An empty value is how deployments leave a variable out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const read = environment.safeParse(given)
  const credential = credentialOf(given)
  const problems = [
    ...(read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []),
    ...(credential === undefined ? [noCredential] : []),
    ...(allowStandIns ? [] : standIns(given)),
  ]
  if (!read.success || credential === undefined || problems.length > 0) throw new ConfigError(problems)
  return { ...read.data, entraCredential: credential }
}

type Environment = Readonly<Record<string, string | undefined>>

const noCredential =
  'ENTRA_CLIENT_SECRET is not set, nor ENTRA_CLIENT_CERTIFICATE with ENTRA_CLIENT_CERTIFICATE_KEY'

function credentialOf(env: Environment): Config['entraCredential'] | undefined {
  const { ENTRA_CLIENT_SECRET: secret, ENTRA_CLIENT_CERTIFICATE: certificate } = env
  const { ENTRA_CLIENT_CERTIFICATE_KEY: key } = env
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  return secret === undefined ? undefined : { secret }
}

function standIns(env: Environment): readonly string[] {
  return ['SLACK_API_URL', 'ENTRA_AUTHORITY_URL', 'GRAPH_BASE_URL']
    .filter((name) => URL.canParse(env[name] ?? '') && isStandIn(new URL(env[name] ?? '')))
    .map((name) => `${name} is an address on this machine or without https: --allow-stand-ins permits it`)
}

function isStandIn({ protocol, hostname }: URL): boolean {
  return protocol !== 'https:' || thisMachine.test(hostname)
}

/** As URL spells them: numbers of every notation are dotted ones by then. */
const thisMachine =
  /^(?:.*\.)?localhost\.?$|^(?:127|0)\.[\d.]+$|^\[::(?:1|ffff:7f[\da-f]{2}:[\da-f]{1,4})?\]$/
