import { z } from 'zod'
import {
  ConfigError,
  filled,
  given as givenOf,
  logLevel,
  readSettings,
  whole,
  type Environment,
} from './settings.schema.ts'

const url = z.url({ protocol: /^https?$/, error: 'is no http or https address' })

/** With a slash at its end, as Slack's client wants it. */
const folder = url.transform((address) => (address.endsWith('/') ? address : `${address}/`))

const command = z.string().regex(/^\/[a-z0-9_-]{1,31}$/, 'is no name of a command, like /tap')

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
  HALLPASS_CODE_KEY: filled,
  HALLPASS_ENCRYPTION_KEY: z
    .undefined('is set, but nothing is encrypted with it yet: leave it out')
    .optional(),
  HALLPASS_COMMAND: command.default('/tap'),
  HALLPASS_BYPASS_COMMAND: command.default('/bypass'),
  HALLPASS_FRAUD_COMMAND: command.default('/fraud'),
  HALLPASS_SIGN_IN_URL: url.default('https://myaccount.microsoft.com'),
  HALLPASS_SECURITY_INFO_URL: url.default('https://mysignins.microsoft.com/security-info'),
  LOG_LEVEL: logLevel,
})

type Credential = {
  readonly entraCredential:
    { readonly secret: string } | { readonly certificate: string; readonly key: string }
}

export type Config = z.infer<typeof environment> & Credential

/** What closing a case in a terminal needs of it: no Slack, and no key of the programs. */
const ofCases = environment.pick({
  DATABASE_URL: true,
  ENTRA_TENANT_ID: true,
  ENTRA_CLIENT_ID: true,
  ENTRA_AUTHORITY_URL: true,
  GRAPH_BASE_URL: true,
  HALLPASS_CONFIG: true,
})

export type CaseConfig = z.infer<typeof ofCases> & Credential

/** What of it leads to the directory. */
export type GraphConfig = Omit<CaseConfig, 'DATABASE_URL' | 'HALLPASS_CONFIG'>

/**
 * Reads the environment. Addresses on this machine or without encryption are stand-ins and refused unless they are
 * allowed. Throws a ConfigError with all that is wrong.
 */
export function readConfig(env: Environment, allowStandIns: boolean): Config {
  return withCredential(environment, env, allowStandIns ? [] : ['SLACK_API_URL', ...directoryAddresses])
}

/** The same for closing a case in a terminal. */
export function readCaseConfig(env: Environment, allowStandIns: boolean): CaseConfig {
  return withCredential(ofCases, env, allowStandIns ? [] : directoryAddresses)
}

const directoryAddresses = ['ENTRA_AUTHORITY_URL', 'GRAPH_BASE_URL']

/** `addresses`: those that may be no stand-ins. */
function withCredential<Settings extends z.ZodType<object>>(
  settings: Settings,
  env: Environment,
  addresses: readonly string[],
): z.output<Settings> & Credential {
  const given = givenOf(env)
  const { data, problems } = readSettings(settings, env)
  const credential = credentialOf(given)
  const all = [
    ...problems,
    ...(credential === undefined ? [noCredential] : []),
    ...standIns(given, addresses),
  ]
  if (data === undefined || credential === undefined || all.length > 0) throw new ConfigError(all)
  return { ...data, entraCredential: credential }
}

const noCredential =
  'ENTRA_CLIENT_SECRET is not set, nor ENTRA_CLIENT_CERTIFICATE with ENTRA_CLIENT_CERTIFICATE_KEY'

function credentialOf(env: Environment): Config['entraCredential'] | undefined {
  const { ENTRA_CLIENT_SECRET: secret, ENTRA_CLIENT_CERTIFICATE: certificate } = env
  const { ENTRA_CLIENT_CERTIFICATE_KEY: key } = env
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  return secret === undefined ? undefined : { secret }
}

function standIns(env: Environment, addresses: readonly string[]): readonly string[] {
  return addresses
    .filter((name) => URL.canParse(env[name] ?? '') && isStandIn(new URL(env[name] ?? '')))
    .map((name) => `${name} is an address on this machine or without https: --allow-stand-ins permits it`)
}

function isStandIn({ protocol, hostname }: URL): boolean {
  return protocol !== 'https:' || thisMachine.test(hostname)
}

/** As URL spells them: numbers of every notation are dotted ones by then. */
const thisMachine =
  /^(?:.*\.)?localhost\.?$|^(?:127|0)\.[\d.]+$|^\[::(?:1|ffff:7f[\da-f]{2}:[\da-f]{1,4})?\]$/
