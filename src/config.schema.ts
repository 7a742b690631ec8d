import { z } from 'zod'

const filled = z.string().trim().min(1)
const url = z.url({ protocol: /^https?$/ })
const port = z.coerce.number().int().min(1).max(65_535)

/** With a slash at its end, as Slack's client wants it. */
const folder = url.transform((address) => (address.endsWith('/') ? address : `${address}/`))

/** What every program needs of its environment, by name. */
const environment = z.object({
  SLACK_BOT_TOKEN: filled,
  SLACK_SIGNING_SECRET: filled,
  SLACK_API_URL: folder.default('https://slack.com/api/'),
  PORT: port.default(3000),
  HOST: filled.default('127.0.0.1'),
  DATABASE_URL: filled,
  ENTRA_TENANT_ID: filled,
  ENTRA_CLIENT_ID: filled,
  ENTRA_CLIENT_SECRET: filled.optional(),
  ENTRA_CLIENT_CERTIFICATE: filled.optional(),
  ENTRA_CLIENT_CERTIFICATE_KEY: filled.optional(),
  ENTRA_AUTHORITY_URL: url.default('https://login.microsoftonline.com'),
  GRAPH_BASE_URL: url.default('https://graph.microsoft.com/v1.0'),
  ENTRA_REQUESTS_PER_10_SECONDS: z.coerce.number().int().min(1).max(1000).default(5),
  HALLPASS_CONFIG: filled,
  HALLPASS_SIGNING_KEY: filled,
  HALLPASS_VERIFY_KEYS: filled,
  HALLPASS_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/)
    .default('/tap'),
  HALLPASS_SIGN_IN_URL: url.default('https://myaccount.microsoft.com'),
  HALLPASS_SECURITY_INFO_URL: url.default('https://mysignins.microsoft.com/security-info'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

export type Config = Omit<z.infer<typeof environment>, 'ENTRA_CLIENT_SECRET'> & {
  readonly entraCredential:
    { readonly secret: string } | { readonly certificate: string; readonly key: string }
}

/** Everything that is wrong with the environment, in one error. It names variables and never their values. */
class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Reads the environment. Addresses on this machine or without encryption are stand-ins and refused unless they are
 * allowed. Throws a ConfigError with all that is wrong.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  allowStandIns: boolean,
): Config {
  const read = environment.safeParse(env)
  if (!read.success) {
    throw new ConfigError(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  }
  const credential = credentialOf(read.data)
  const problems = [
    ...(credential === undefined
      ? [
          'ENTRA_CLIENT_SECRET, or ENTRA_CLIENT_CERTIFICATE with ENTRA_CLIENT_CERTIFICATE_KEY: set one of them',
        ]
      : []),
    ...(allowStandIns ? [] : standIns(read.data)),
  ]
  if (credential === undefined || problems.length > 0) throw new ConfigError(problems)
  return { ...read.data, entraCredential: credential }
}

function credentialOf(data: z.infer<typeof environment>): Config['entraCredential'] | undefined {
  const { ENTRA_CLIENT_SECRET: secret, ENTRA_CLIENT_CERTIFICATE: certificate } = data
  const { ENTRA_CLIENT_CERTIFICATE_KEY: key } = data
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  return secret === undefined ? undefined : { secret }
}

function standIns(data: z.infer<typeof environment>): readonly string[] {
  const names = ['SLACK_API_URL', 'ENTRA_AUTHORITY_URL', 'GRAPH_BASE_URL'] as const
  return names
    .filter((name) => isStandIn(new URL(data[name])))
    .map((name) => `${name}: an address on this machine or without https; --allow-stand-ins permits it`)
}

function isStandIn({ protocol, hostname }: URL): boolean {
  return protocol !== 'https:' || /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/.test(hostname)
}
