import { z } from 'zod'
import { commandNames, sharedNames } from './command-names.schema.ts'
import {
  applications,
  readApplications,
  type ApplicationName,
  type Applications,
} from './entra-applications.ts'
import {
  ConfigError,
  encryptionKey,
  filled,
  given as givenOf,
  logLevel,
  readSettings,
  whole,
  type Environment,
} from './settings.schema.ts'

export const url = z.url({ protocol: /^https?$/, error: 'is no http or https address' })

/** With a slash at its end, as Slack's client wants it. */
const folder = url.transform((address) => (address.endsWith('/') ? address : `${address}/`))

const ofTheApp = z.string().regex(/^xapp-\S+$/, 'is no app-level token (xapp-...)')

/** What the bot and the worker both need of their environment, by name. */
const shared = {
  SLACK_BOT_TOKEN: filled,
  SLACK_API_URL: folder.default('https://slack.com/api/'),
  DATABASE_URL: filled,
  ENTRA_TENANT_ID: filled,
  ENTRA_AUTHORITY_URL: url.default('https://login.microsoftonline.com'),
  GRAPH_BASE_URL: url.default('https://graph.microsoft.com/v1.0'),
  HALLPASS_CONFIG: filled,
  HALLPASS_VERIFY_KEYS: filled,
  HALLPASS_ENCRYPTION_KEY: encryptionKey,
  HALLPASS_SIGN_IN_URL: url.default('https://myaccount.microsoft.com'),
  HALLPASS_SECURITY_INFO_URL: url.default('https://mysignins.microsoft.com/security-info'),
  HALLPASS_STATUS_HOST: filled.default('127.0.0.1'),
  HALLPASS_STATUS_PORT: whole(1, 65_535).default(9464),
  LOG_LEVEL: logLevel,
}

/** What is the bot's alone: people's requests come in here, and are signed. */
const bot = {
  SLACK_SIGNING_SECRET: filled.optional(),
  SLACK_APP_TOKEN: ofTheApp.optional(),
  PORT: whole(1, 65_535).default(3000),
  HOST: filled.default('127.0.0.1'),
  HALLPASS_SIGNING_KEY: filled,
  HALLPASS_SIGNAL_KEY: filled,
  ...commandNames,
}

/** What is the worker's alone: it holds whatever can issue. */
const worker = {
  HALLPASS_CODE_KEY: filled,
  ENTRA_REQUESTS_PER_10_SECONDS: whole(1, 1000).default(5),
}

const [sharedSettings, botSettings, workerSettings] = [z.object(shared), z.object(bot), z.object(worker)]

export type BotConfig = z.infer<typeof botSettings> & { readonly slackBy: SlackBy }
export type WorkerConfig = z.infer<typeof workerSettings>

/** The settings of one process: what is not its part, it neither needs nor reads. */
export type Config = z.infer<typeof sharedSettings> & {
  readonly applications: Applications
  readonly bot?: BotConfig
  readonly worker?: WorkerConfig
}

/** Which parts a process has. */
export type Program = 'serve' | 'bot' | 'worker'

/** The variables that a program reads, with how each is read. */
export function shapeOf(program: Program) {
  return { ...shared, ...(program !== 'worker' && bot), ...(program !== 'bot' && worker) }
}

/** The applications of Entra that a program may be given: only the worker issues and blocks. */
export function applicationsOf(program: Program): readonly ApplicationName[] {
  return program === 'bot' ? ['reader'] : applications
}

/**
 * Reads the environment of a program. Addresses on this machine or without encryption are stand-ins and refused unless
 * they are allowed. Throws a ConfigError with all that is wrong.
 */
export function readConfig(env: Environment, allowStandIns: boolean, program: Program = 'serve'): Config {
  const given = givenOf(env)
  const common = readSettings(sharedSettings, env)
  const { bots, workers, apps } = partsOf(env, program)
  const all = [
    ...[common, bots, workers].flatMap(({ problems }) => problems),
    ...(apps.ok ? [] : apps.reason),
    ...(allowStandIns ? [] : standIns(given, ['SLACK_API_URL', ...directoryAddresses])),
  ]
  if (common.data === undefined || !apps.ok || all.length > 0) throw new ConfigError(all)
  return {
    ...common.data,
    applications: apps.value,
    ...(bots.data && { bot: bots.data }),
    ...(workers.data && { worker: workers.data }),
  }
}

function partsOf(env: Environment, program: Program) {
  return {
    bots: program === 'worker' ? nothing : readBot(env),
    workers: program === 'bot' ? nothing : readSettings(workerSettings, env),
    apps: readApplications(givenOf(env), applicationsOf(program)),
  }
}

/** How Slack's requests come: over a socket where there is an app-level token, else over HTTP. */
type SlackBy = { readonly appToken: string } | { readonly signingSecret: string }

const noWayIn = 'SLACK_SIGNING_SECRET is not set, nor SLACK_APP_TOKEN for Socket Mode'

function readBot(env: Environment): {
  readonly data: BotConfig | undefined
  readonly problems: readonly string[]
} {
  const { data, problems } = readSettings(botSettings, env)
  const slackBy = slackByOf(givenOf(env))
  return {
    data: data && slackBy && { ...data, slackBy },
    problems: [...problems, ...sharedNames(data), ...(slackBy === undefined ? [noWayIn] : [])],
  }
}

function slackByOf(env: Environment): SlackBy | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env
  if (appToken !== undefined) return { appToken: appToken.trim() }
  return signingSecret === undefined ? undefined : { signingSecret: signingSecret.trim() }
}

/** What closing a case in a terminal needs: no Slack, and no key that signs or issues. */
const ofCases = sharedSettings.pick({
  DATABASE_URL: true,
  HALLPASS_ENCRYPTION_KEY: true,
  ENTRA_TENANT_ID: true,
  ENTRA_AUTHORITY_URL: true,
  GRAPH_BASE_URL: true,
  HALLPASS_CONFIG: true,
})

export type CaseConfig = z.infer<typeof ofCases> & Pick<Config, 'applications'>

/** What of it leads to the directory. */
export type GraphConfig = Omit<CaseConfig, 'DATABASE_URL' | 'HALLPASS_CONFIG' | 'HALLPASS_ENCRYPTION_KEY'>

/** The same for closing a case in a terminal. */
export function readCaseConfig(env: Environment, allowStandIns: boolean): CaseConfig {
  return readWithReader(ofCases, env, allowStandIns)
}

/**
 * Reads settings that lead to the directory, with the application that reads it. Throws a ConfigError with all that is
 * wrong, `more` included.
 */
export function readWithReader<Settings extends z.ZodType>(
  settings: Settings,
  env: Environment,
  allowStandIns: boolean,
  more: readonly string[] = [],
): z.output<Settings> & Pick<Config, 'applications'> {
  const given = givenOf(env)
  const { data, problems } = readSettings(settings, env)
  const apps = readApplications(given, ['reader'])
  const all = [
    ...problems,
    ...(apps.ok ? [] : apps.reason),
    ...(allowStandIns ? [] : standIns(given, directoryAddresses)),
    ...more,
  ]
  if (data === undefined || !apps.ok || all.length > 0) throw new ConfigError(all)
  return { ...data, applications: apps.value }
}

/** What is the other program's part. */
const nothing = { data: undefined, problems: [] } as const

const directoryAddresses = ['ENTRA_AUTHORITY_URL', 'GRAPH_BASE_URL']

/** A sentence for each of these addresses that is on this machine or without https. */
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
