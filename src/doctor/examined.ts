import type { Pool } from 'pg'
import { createDirectory } from '../adapters/entra/directory.ts'
import { createGraph, type Graph } from '../adapters/entra/graph.ts'
import { createTokens } from '../adapters/entra/token.ts'
import { readPolicy } from '../adapters/policy-file/read-policy.ts'
import { createPool } from '../adapters/postgres/pool.ts'
import { readCodecConfig } from '../settings/codec-config.schema.ts'
import { readConfig } from '../settings/config.schema.ts'
import type { Installation } from '../core/names.ts'
import type { PinnedPolicy } from '../core/policy/policy.ts'
import type { Directory } from '../core/ports.ts'
import { readApplications, type ApplicationName, type Applications } from '../settings/entra-applications.ts'
import { entraOf, isPlain, settingsOf, type AnyProgram } from '../settings/programs.ts'
import { ConfigError, given, type Environment } from '../settings/settings.schema.ts'
import { readVerifyConfig } from '../settings/verify-config.schema.ts'
import { NotSet } from './check.ts'
import { readRoles } from './graph-answers.schema.ts'
import { linkTemporal, type TemporalLink } from './temporal-link.ts'

export type DoctorOptions = {
  readonly env: Environment
  readonly installation: Installation
  readonly allowStandIns: boolean
  readonly program: AnyProgram
  /** Of the host that Slack reaches. */
  readonly url?: string
}

/** An application as it is set: its rights are those of its token. */
export type Entrant = NonNullable<Applications[ApplicationName]>

/** What the checks look at. Everything is opened when it is first asked for; what is missing throws NotSet. */
export type Examined = DoctorOptions & {
  /** What is wrong with the settings, a line each. */
  readonly problems: readonly string[]
  /** A setting that can be used, with its default. */
  readonly setting: (name: string) => string
  readonly has: (name: string) => boolean
  readonly policy: () => Promise<PinnedPolicy>
  readonly pool: () => Pool
  /** Undefined where it is not set: then the reader does its work. */
  readonly application: (name: ApplicationName) => Entrant | undefined
  readonly graph: (name: ApplicationName) => Graph
  readonly roles: (name: ApplicationName) => Promise<readonly string[]>
  readonly directory: () => Directory
  readonly temporal: () => Promise<TemporalLink>
  readonly close: () => Promise<void>
}

/** Opens nothing yet. */
export function examine(options: DoctorOptions): Examined {
  const { env, program } = options
  const problems = problemsOf(options)
  const settings = usableSettings(env, program, problems)
  const setting = (name: string): string => {
    const value = settings.get(name)
    if (value === undefined) throw new NotSet(`${name} is not set, or can't be used`)
    return value
  }
  const application = (name: ApplicationName) => readOne(env, name)
  const { graph, roles } = graphs(setting, application)
  const { temporal, pool, close } = connections(env)
  const policies = once((path: string) => readPolicy(path))
  return {
    ...options,
    problems,
    setting,
    has: (name) => settings.has(name),
    application,
    graph,
    roles,
    directory: () => createDirectory(graph('reader')),
    temporal,
    policy: () => policies(setting('HALLPASS_CONFIG')),
    pool: () => pool(setting('DATABASE_URL')),
    close,
  }
}

function graphs(setting: Examined['setting'], application: Examined['application']) {
  const optionsOf = (name: ApplicationName) => ({
    ...entrantOf(application, name),
    tenantId: setting('ENTRA_TENANT_ID'),
    authorityUrl: setting('ENTRA_AUTHORITY_URL'),
    graphUrl: setting('GRAPH_BASE_URL'),
  })
  return {
    graph: once((name: ApplicationName) => createGraph(optionsOf(name))),
    roles: once(async (name: ApplicationName) => {
      const tokens = createTokens({ ...optionsOf(name), fetch: globalThis.fetch, now: Date.now })
      return readRoles(await tokens.current())
    }),
  }
}

/** What stays open until the end. */
function connections(env: Environment) {
  const closing: (() => Promise<void>)[] = []
  let link: Promise<TemporalLink> | undefined
  return {
    pool: once((url: string) => {
      const pool = createPool(url)
      closing.push(() => pool.end())
      return pool
    }),
    temporal: () => {
      link ??= linkTemporal(env).then((opened) => {
        closing.push(() => opened.connection.close())
        return opened
      })
      return link
    },
    close: async () => {
      await Promise.all(closing.map((close) => close()))
    },
  }
}

function problemsOf({ env, allowStandIns, program }: DoctorOptions): readonly string[] {
  try {
    if (program === 'verify') readVerifyConfig(env)
    else if (program === 'codec') readCodecConfig(env, allowStandIns)
    else readConfig(env, allowStandIns, program)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** What is right is used, whatever is wrong with the rest; but never an address that nobody allowed. */
function usableSettings(
  env: Environment,
  program: AnyProgram,
  problems: readonly string[],
): ReadonlyMap<string, string> {
  const bad = new Set(problems.map((problem) => problem.split(' ')[0]))
  const set = given(env)
  const usable = Object.entries(settingsOf(program)).flatMap(([name, schema]) => {
    const { data } = schema.safeParse(set[name])
    return isPlain(data) && !bad.has(name) ? [[name, String(data)] as const] : []
  })
  return new Map(usable)
}

function readOne(env: Environment, name: ApplicationName): Entrant | undefined {
  const read = readApplications(given(env), ['reader', name])
  return read.ok ? read.value[name] : undefined
}

/** Where one is not set, the reader does its work. */
function entrantOf(application: Examined['application'], name: ApplicationName): Entrant {
  const found = application(name) ?? application('reader')
  if (found === undefined) throw new NotSet('the application in Entra (ENTRA_CLIENT_...) is not set')
  return found
}

/** The applications of a program, each with those whose work it does. */
export function entrants({ program, application }: Pick<Examined, 'program' | 'application'>): readonly {
  readonly name: ApplicationName
  readonly does: readonly ApplicationName[]
}[] {
  const own = entraOf(program)
  const set = own.filter((name) => name === 'reader' || application(name) !== undefined)
  const borne = own.filter((name) => !set.includes(name))
  return set.map((name) => ({ name, does: name === 'reader' ? [name, ...borne] : [name] }))
}

/** The same for the same name: what is opened is opened once. */
function once<Name, Value>(make: (name: Name) => Value): (name: Name) => Value {
  const made = new Map<Name, Value>()
  return (name) => {
    const before = made.get(name)
    if (before !== undefined) return before
    const value = make(name)
    made.set(name, value)
    return value
  }
}
