import type { z } from 'zod'
import { applicationSettings } from './entra-applications.ts'
import { entraOf, isPlain, isServer, settingsOf, type AnyProgram } from './programs.ts'
import { isSecret } from './secret-files.ts'
import { given, type Environment } from './settings.schema.ts'

const hidden = '<hidden>'

/**
 * Names that others give, of which these alone are shown: there are more than Hallpass knows (a header for traces alone, a
 * client's secret of Temporal's page in the same file), and what is not known may be a secret.
 */
const shownOfOthers =
  /^TEMPORAL_(?:ADDRESS|NAMESPACE|PROFILE|CONFIG_FILE|API_KEY_FILE|CODEC_ENDPOINT|TLS|TLS_.*_PATH|TLS_SERVER_NAME|TLS_DISABLE_HOST_VERIFICATION)$|^OTEL_(?:SERVICE_NAME|SDK_DISABLED|EXPORTER_OTLP_(?:TRACES_)?(?:ENDPOINT|PROTOCOL|TIMEOUT|COMPRESSION)|EXPORTER_OTLP_HEADERS_FILE)$/

/** The option of a program that `printConfig` serves. */
export const printsConfig = [
  '--print-config',
  'print every setting in use, secrets hidden, and end',
  false,
] as const

/** Prints them to standard output. */
export async function printConfig(program: AnyProgram, env: Environment): Promise<void> {
  process.stdout.write(await configText(program, env))
}

/** Every setting that a program uses, defaults included, as NAME=value lines; what is secret is hidden. */
export async function configText(program: AnyProgram, env: Environment): Promise<string> {
  const set = given(env)
  const own = Object.entries(settingsOf(program)).flatMap(([name, schema]) => valueOf(name, schema, set))
  const libraries = isServer(program) ? await librariesOf(env) : []
  const entra = entraOf(program).flatMap(applicationSettings)
  const all = [...own, ...entra.flatMap((name) => asGiven(name, set)), ...libraries]
  const lines = all.map(([name, value]) => `${name}=${shown(name, value)}\n`)
  return lines.toSorted().join('')
}

type Setting = readonly [name: string, value: string]

/** With its default where it has one; nothing where it is left out. */
function valueOf(name: string, schema: z.ZodType, set: Environment): readonly Setting[] {
  const value: unknown = schema.safeParse(set[name]).data
  if (value === undefined) return []
  return [[name, isPlain(value) ? `${value}` : hidden]]
}

function asGiven(name: string, set: Environment): readonly Setting[] {
  const value = set[name]
  return value === undefined ? [] : [[name, value]]
}

/** What Temporal's and OpenTelemetry's own readers find, Temporal's also in a file of its profile. */
async function librariesOf(env: Environment): Promise<readonly Setting[]> {
  const { readTemporal } = await import('./temporal-settings.ts')
  const { namespace, address } = readTemporal(env)
  const set = given(env)
  const names = Object.keys(set).filter((name) => /^(?:TEMPORAL|OTEL)_/.test(name))
  const found = Object.fromEntries(names.flatMap((name) => asGiven(name, set)))
  return Object.entries({ ...found, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace })
}

function shown(name: string, value: string): string {
  if (/^DATABASE_.*URL$/.test(name)) return withoutPassword(value)
  if (isSecret(name)) return hidden
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
