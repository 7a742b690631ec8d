import { z } from 'zod'
import { commandNames, sharedNames } from './command-names.schema.ts'
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

const ofTheApp = z.string().regex(/^xapp-\S+$/, 'is no app-level token (xapp-...)')

/** What every program needs of its environment, by name. */
const environment = z.object({
  SLACK_BOT_TOKEN: filled,
  SLACK_SIGNING_SECRET: filled.optional(),
  SLACK_APP_TOKEN: ofTheApp.optional(),
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
  ...commandNames,
  HALLPASS_SIGN_IN_URL: url.default('https://myaccount.microsoft.com'),
  HALLPASS_SECURITY_INFO_URL: url.default('https://mysignins.microsoft.com/security-info'),
  LOG_LEVEL: logLevel,
})

export type Config = z.infer<typeof environment> & {
  /** How Slack's requests come: over a socket where there is an app-level token, else over HTTP. */
  readonly slackBy: { readonly appToken: string } | { readonly signingSecret: string }
  readonly entraCredential:
    { readonly secret: string } | { readonly certificate: string; readonly key: string }
}

/**
 * Reads the environment. Addresses on this machine or without encryption are stand-ins and refused unless they are
 * allowed. Throws a ConfigError with all that is wrong.
 */
export function readConfig(env: Environment, allowStandIns: boolean): Config {
  const given = givenOf(env)
  const { data, problems } = readSettings(environment, env)
  const credential = credentialOf(given)
  const slackBy = slackByOf(given)
  const all = [
    ...problems,
    ...(credential === undefined ? [noCredential] : []),
    ...sharedNames(data),
    ...(slackBy === undefined ? [noWayIn] : []),
    ...(allowStandIns ? [] : standIns(given)),
  ]
  if (data === undefined || credential === undefined || slackBy === undefined || all.length > 0)
    throw new ConfigError(all)
  return { ...data, entraCredential: credential, slackBy }
}

const noCredential =
  'ENTRA_CLIENT_SECRET is not set, nor ENTRA_CLIENT_CERTIFICATE with ENTRA_CLIENT_CERTIFICATE_KEY'

function credentialOf(env: Environment): Config['entraCredential'] | undefined {
  const { ENTRA_CLIENT_SECRET: secret, ENTRA_CLIENT_CERTIFICATE: certificate } = env
  const { ENTRA_CLIENT_CERTIFICATE_KEY: key } = env
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  return secret === undefined ? undefined : { secret }
}

const noWayIn = 'SLACK_SIGNING_SECRET is not set, nor SLACK_APP_TOKEN for Socket Mode'

function slackByOf(env: Environment): Config['slackBy'] | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env
  if (appToken !== undefined) return { appToken: appToken.trim() }
  return signingSecret === undefined ? undefined : { signingSecret: signingSecret.trim() }
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
