import type { z } from 'zod'
import { settingShapes, type Program } from './config.schema.ts'
import { applications, applicationSettings } from './entra-applications.ts'
import { secretNames } from './secret-files.ts'
import { given, type Environment } from './settings.schema.ts'
import { verifyShape } from './verify-config.schema.ts'

const hidden = '<hidden>'

/**
 * Names that others give, of which these alone are shown: there are more than Hallpass knows (a header for traces alone, a
 * client's secret of Temporal's page in the same file), and what is not known may be a secret.
 */
const shownOfOthers =
  /^TEMPORAL_(?:ADDRESS|NAMESPACE|PROFILE|CONFIG_FILE|API_KEY_FILE|CODEC_ENDPOINT|TLS|TLS_.*_PATH|TLS_SERVER_NAME|TLS_DISABLE_HOST_VERIFICATION)$|^OTEL_(?:SERVICE_NAME|SDK_DISABLED|EXPORTER_OTLP_(?:TRACES_)?(?:ENDPOINT|PROTOCOL|TIMEOUT|COMPRESSION)|EXPORTER_OTLP_HEADERS_FILE)$/

/** Every setting that a program uses, defaults included, as NAME=value lines; what is secret is hidden. */
export async function configText(program: Program | 'verify', env: Environment): Promise<string> {
  const set = given(env)
  const read = Object.entries(shapeOf(program)).flatMap(([name, schema]) => valueOf(name, schema, set))
  const apps = program === 'verify' ? [] : applicationsOf(program).flatMap((name) => asGiven(name, set))
  const temporal = program === 'verify' ? [] : await temporalOf(env)
  const traces = program === 'verify' ? [] : Object.entries(set).filter(isOfTraces)
  const lines = [...read, ...apps, ...temporal, ...traces].map(
    ([name, value]) => `${name}=${shown(name, value)}\n`,
  )
  return lines.toSorted().join('')
}

type Setting = readonly [name: string, value: string]

function isOfTraces(setting: readonly [string, string | undefined]): setting is [string, string] {
  return setting[0].startsWith('OTEL_') && setting[1] !== undefined
}

function shapeOf(program: Program | 'verify'): Readonly<Record<string, z.ZodType>> {
  const { shared, bot, worker } = settingShapes
  if (program === 'verify') return verifyShape
  return { ...shared, ...(program !== 'worker' && bot), ...(program !== 'bot' && worker) }
}

/** With its default where it has one; nothing where it is left out. */
function valueOf(name: string, schema: z.ZodType, set: Environment): readonly Setting[] {
  const value: unknown = schema.safeParse(set[name]).data
  if (value === undefined) return []
  // What is read into something else than a text or a number is a list of secrets.
  return [[name, typeof value === 'string' || typeof value === 'number' ? `${value}` : hidden]]
}

function applicationsOf(program: Program): readonly string[] {
  const needed = program === 'bot' ? (['reader'] as const) : applications
  return needed.flatMap(applicationSettings)
}

function asGiven(name: string, set: Environment): readonly Setting[] {
  const value = set[name]
  return value === undefined ? [] : [[name, value]]
}

/** As Temporal's own reader finds it, in the environment or in a file of its profile. */
async function temporalOf(env: Environment): Promise<readonly Setting[]> {
  const { readTemporal } = await import('./temporal.ts')
  const { namespace, options } = readTemporal(env)
  const others = Object.entries(given(env)).flatMap(([name, value = '']) =>
    name.startsWith('TEMPORAL_') ? [[name, value] as const] : [],
  )
  const used = { TEMPORAL_ADDRESS: options.address ?? 'localhost:7233', TEMPORAL_NAMESPACE: namespace }
  return Object.entries({ ...Object.fromEntries(others), ...used })
}

function shown(name: string, value: string): string {
  if (/^DATABASE_.*URL$/.test(name)) return withoutPassword(value)
  if (secretNames.some((secret) => secret === name)) return hidden
  if (/^(?:TEMPORAL|OTEL)_/.test(name) && !shownOfOthers.test(name)) return hidden
  return /_(?:URL|ENDPOINT)$/.test(name) && holdsSecret(value) ? withoutPassword(value) : value
}

/** Whether an address has somebody's password, or a parameter that may be one. */
function holdsSecret(value: string): boolean {
  if (!URL.canParse(value)) return value.includes('@')
  const { username, password, search } = new URL(value)
  return `${username}${password}${search}` !== ''
}

/** Where it is and who connects; a parameter behind the question mark may be a password as well. */
function withoutPassword(value: string): string {
  if (!URL.canParse(value)) return hidden
  const { protocol, username, password, host, pathname } = new URL(value)
  const who = username === '' ? '' : `${username}${password === '' ? '' : `:${hidden}`}@`
  return `${protocol}//${who}${host}${pathname}`
}
