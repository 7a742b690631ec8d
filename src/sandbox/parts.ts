import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Launch, Program } from './child.ts'
import { prepareDatabases } from './databases.ts'
import type { Databases } from './databases.ts'
import { watchExceptions } from './exceptions.ts'
import { freePort } from './free-port.ts'
import type { Progress } from './page-api.ts'
import { startPostgres } from './postgres.ts'
import { programEnvironment, runOnce, sandboxKeys } from './program.ts'
import type { World } from './program.ts'
import { keepServing } from './serving.ts'
import { startStandIns } from './stand-ins.ts'
import type { StandIns } from './stand-ins.ts'
import type { StateFolder } from './state-folder.ts'
import { startTemporal } from './temporal/server.ts'
import type { Temporal } from './temporal/server.ts'
import { resolveTemporal } from './temporal/source.ts'
import type { Vpn } from './vpn/gateway.ts'
import { startVpn } from './vpn/start.ts'

/** What the page lists while it waits. */
export const stepNames = [
  'PostgreSQL',
  'Temporal',
  'Slack and Entra',
  'Hallpass',
  'Hallpass verify',
  'FreeRADIUS',
] as const

type StepName = (typeof stepNames)[number]

export type PartsOptions = {
  readonly cliPath: string
  readonly pageUrl: string
  readonly folder: StateFolder
  readonly launch: Launch
  /** Where Temporal may come from. */
  readonly temporal: Readonly<Record<string, string | undefined>>
  readonly step: (name: StepName, state: Progress['steps'][number]['state'], detail: string) => void
  /** Hears what is worth a line in the terminal. */
  readonly says: (sentence: string) => void
  readonly changed: () => void
  readonly signal: AbortSignal
  /** Hears of each part as soon as it runs, with what ends it; the last one has to end first. */
  readonly started: (part: StartedPart) => void
}

export type StartedPart = {
  readonly stop: () => Promise<void>
  readonly standIns?: StandIns
  readonly exceptions?: ReturnType<typeof watchExceptions>
  readonly vpn?: Vpn
}

const namespace = 'hallpass-sandbox'
const policyFile = fileURLToPath(new URL('./policy.yaml', import.meta.url))

/**
 * Starts the servers, the stand-ins and the program itself. Rejects with the first failure, but only after
 * everything that was starting meanwhile has settled: what `started` has heard of is then all there is.
 */
export async function startParts(given: PartsOptions): Promise<void> {
  const failed = new AbortController()
  const options = { ...given, signal: AbortSignal.any([given.signal, failed.signal]) }
  // Nobody waits minutes for Temporal to be built when the database has failed already.
  const orStop = (error: unknown): never => {
    failed.abort(error)
    throw error
  }
  const [port, statusPort] = [await freePort(), await freePort()]
  const [[databases, standIns, keys], temporal] = await together(
    startGround(options, port).catch(orStop),
    startEngine(options).catch(orStop),
  )
  startProgram(options, { port, statusPort, databases, temporal, standIns, keys })
  await startVpn({ ...options, policyFile, databaseUrl: databases.checkUrl, keys })
}

async function startGround(
  options: PartsOptions,
  port: number,
): Promise<[Databases, StandIns, World['keys']]> {
  const databases = await startData(options)
  const both = await together(startWorkspace(options, databases, port), prepareProgram(options, databases))
  return [databases, ...both]
}

async function together<A, B>(one: Promise<A>, other: Promise<B>): Promise<readonly [A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

function startData({ folder, launch, started, ...options }: PartsOptions): Promise<Databases> {
  return during(options, 'PostgreSQL', 'Starting.', async () => {
    const logFile = join(folder.logs, 'postgres.log')
    const postgres = await startPostgres({ folder: folder.path, launch, logFile, durable: true })
    started({ stop: postgres.stop })
    const databases = await prepareDatabases(postgres)
    // For whoever looks into the ledger with a program of their own.
    writeFileSync(join(folder.path, 'database-url'), databases.programUrl, { mode: 0o600 })
    return databases
  })
}

function startEngine({ folder, launch, started, signal, ...options }: PartsOptions): Promise<Temporal> {
  const ticks = (sentence: string) => options.step('Temporal', 'running', sentence)
  return during(options, 'Temporal', 'Looking for it.', async () => {
    const source = await resolveTemporal({ env: options.temporal, says: options.says, ticks, signal })
    options.says(`Temporal: ${source.why}.`)
    const home = join(folder.path, 'temporal')
    mkdirSync(home, { recursive: true, mode: 0o700 })
    const files = { home, stateFile: join(home, 'temporal.db'), logFile: join(folder.logs, 'temporal.log') }
    const temporal = await startTemporal({ source, namespace, launch, ...files })
    started({ stop: temporal.stop })
    return temporal
  })
}

function startWorkspace(options: PartsOptions, databases: Databases, port: number): Promise<StandIns> {
  return during(options, 'Slack and Entra', 'Starting.', async () => {
    const botUrl = `http://127.0.0.1:${port}/slack/events`
    const standIns = await startStandIns(databases.standInsUrl, () => botUrl, options.changed)
    options.started({ standIns, stop: standIns.stop })
    return standIns
  })
}

function prepareProgram(options: PartsOptions, { ownerUrl }: Databases): Promise<World['keys']> {
  const { cliPath, folder, signal } = options
  const once = (args: readonly string[], env: Readonly<Record<string, string>>) =>
    runOnce({ cliPath, args, env: { HOME: folder.path, ...env }, signal })
  return during(options, 'Hallpass', 'Preparing keys and tables.', async () => {
    await once(['migrate', '--installation', 'sandbox'], { DATABASE_OWNER_URL: ownerUrl })
    return sandboxKeys(join(folder.path, 'keys'), () => once(['keys', 'new'], {}))
  })
}

type Ground = {
  readonly port: number
  readonly statusPort: number
  readonly databases: Databases
  readonly temporal: Temporal
  readonly standIns: StandIns
  readonly keys: World['keys']
}

function startProgram(options: PartsOptions, ground: Ground): void {
  const exceptions = watchExceptions({
    databaseUrl: ground.databases.programUrl,
    address: ground.temporal.address,
    uiUrl: ground.temporal.uiUrl,
    namespace,
    onChange: options.changed,
  })
  options.started({ exceptions, stop: exceptions.stop })
  const serving = keepServing({
    launch: options.launch,
    program: serveProgram(options, ground),
    healthUrl: `http://127.0.0.1:${ground.port}/healthz`,
    says: (state, sentence) => {
      options.step('Hallpass', state, sentence)
      options.says(`Hallpass: ${sentence}`)
    },
  })
  options.started({ stop: serving.stop })
}

function serveProgram({ cliPath, folder, pageUrl }: PartsOptions, ground: Ground): Program {
  return {
    name: 'hallpass',
    command: process.execPath,
    args: [cliPath, 'serve', '--installation', 'sandbox', '--allow-stand-ins'],
    env: programEnvironment({
      ...ground.standIns.world,
      home: folder.path,
      policyFile,
      port: ground.port,
      statusPort: ground.statusPort,
      databaseUrl: ground.databases.programUrl,
      temporal: { address: ground.temporal.address, namespace },
      keys: ground.keys,
      signInUrl: `${pageUrl}/sign-in.html`,
    }),
    logFile: join(folder.logs, 'hallpass.log'),
    stopSignal: 'SIGTERM',
  }
}

async function during<T>(
  { step }: Pick<PartsOptions, 'step'>,
  name: StepName,
  detail: string,
  work: () => Promise<T>,
): Promise<T> {
  step(name, 'running', detail)
  try {
    const made = await work()
    // The program itself is there only when it answers.
    if (name !== 'Hallpass') step(name, 'done', 'Running.')
    return made
  } catch (error) {
    step(name, 'failed', error instanceof Error ? error.message : String(error))
    throw error
  }
}
