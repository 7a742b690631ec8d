import type { Launch } from '../child.ts'
import { freePort } from '../free-port.ts'
import { prepareNamespace } from './namespace.ts'
import type { TemporalSource } from './source.ts'

export type TemporalOptions = {
  readonly source: TemporalSource
  readonly namespace: string
  /** Where histories are kept; without one they are in memory and gone at the end. */
  readonly stateFile?: string
  /** A folder that the program may take for the user's own, so that it finds no settings of theirs. */
  readonly home: string
  readonly launch: Launch
  readonly logFile: string
}

export type Temporal = {
  readonly address: string
  readonly uiUrl: string
  readonly stop: () => Promise<void>
}

const startsWithin = 30_000

const dynamicConfig = [
  // Without it every short timer costs a second.
  'history.timerProcessorMaxTimeShift="10ms"',
  // By default each queue has four partitions, which forward to each other what arrives where no worker asks.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'system.enableActivityEagerExecution=true',
  'frontend.enableServerVersionCheck=false',
]

/**
 * Starts a Temporal development server with its UI on free ports of 127.0.0.1, or prepares the one that runs
 * already. Rejects when it does not answer within 30 s.
 */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  if (options.source.kind === 'running') {
    await prepareNamespace(options.source.address, options.namespace, startsWithin)
    return { address: options.source.address, uiUrl: usualUi(options.source.address), stop }
  }
  const [port, uiPort] = [await freePort(), await freePort()]
  const address = `127.0.0.1:${port}`
  const child = await options.launch({
    name: 'temporal',
    command: options.source.path,
    args: serverArguments(options, port, uiPort),
    env: { HOME: options.home },
    logFile: options.logFile,
    stopSignal: 'SIGTERM',
  })
  const ready = prepareNamespace(address, options.namespace, startsWithin)
  const died = child.ended.then((how) =>
    Promise.reject(new Error(`Temporal ${how}: see ${options.logFile}.`)),
  )
  await Promise.race([ready, died]).catch(async (error: unknown) => {
    await child.stop()
    throw error
  })
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, stop: () => child.stop() }
}

function serverArguments(options: TemporalOptions, port: number, uiPort: number): readonly string[] {
  const args = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--ui-port',
    String(uiPort),
  ]
  args.push(
    '--log-level',
    'warn',
    '--namespace',
    options.namespace,
    '--search-attribute',
    'HallpassId=Keyword',
  )
  args.push(...dynamicConfig.flatMap((setting) => ['--dynamic-config-value', setting]))
  if (options.stateFile === undefined) return args
  args.push('--db-filename', options.stateFile)
  return [...args, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL']
}

// Where the UI of a server lies that we did not start: a development server puts it a thousand above.
function usualUi(address: string): string {
  const [host = '127.0.0.1', port = '7233'] = address.split(':')
  return `http://${host}:${Number(port) + 1000}`
}

async function stop(): Promise<void> {
  // Somebody else's server goes on.
}
