import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Child, Launch } from '../../src/sandbox/child.ts'
import { serviceOf, type Service } from '../deploy/compose.ts'
import { createPlace, type Place, type PlaceOptions } from './place.ts'

export type ClusterOptions = PlaceOptions & { readonly launch: Launch }

export type Cluster = {
  /** Runs a job to its end. Rejects with the end of its log when it fails. */
  readonly run: (job: string) => Promise<void>
  /** Starts all instances of a service and waits until they are healthy by its own check. */
  readonly start: (service: string, extra?: readonly string[]) => Promise<void>
  /** Asks them to stop, as Docker does; answers how each has ended, and after how many milliseconds. */
  readonly stop: (service: string) => Promise<readonly { readonly how: string; readonly after: number }[]>
  readonly logs: (service: string) => string
  readonly place: Place
  readonly close: () => Promise<void>
}

type Running = {
  readonly name: string
  readonly index: number
  readonly child: Child
  readonly logFile: string
}

/** Starts what the compose file describes as processes on this machine. */
export async function createCluster(options: ClusterOptions): Promise<Cluster> {
  const { compose, folder } = options
  const place = await createPlace(options)
  const running: Running[] = []

  const launch = async (name: string, index: number, extra: readonly string[] = []): Promise<Running> => {
    place.furnish(name, index)
    const [command = '', ...args] = place.commandOf(name, index)
    const logFile = join(folder, `${name}-${index}.log`)
    const child = await options.launch({
      name: `${name}-${index}`,
      command,
      args: [...args, ...extra],
      env: place.environmentOf(name, index),
      logFile,
      stopSignal: 'SIGTERM',
      account: place.accountOf(name),
    })
    const one = { name, index, child, logFile }
    running.push(one)
    return one
  }
  const of = (service: string) => running.filter(({ name, child }) => name === service && child.running())

  return {
    place,
    logs: (service) =>
      running
        .filter(({ name }) => name === service)
        .map(({ logFile }) => readFileSync(logFile, 'utf8'))
        .join('\n'),
    async run(job) {
      const { child, logFile } = await launch(job, 0)
      const how = await child.ended
      if (how !== 'ended with code 0') throw new Error(`${job} ${how}: ${endOf(logFile)}`)
    },
    async start(service, extra) {
      const { scale = 1 } = serviceOf(compose, service)
      await Promise.all(
        Array.from({ length: scale }, async (_, index) =>
          untilHealthy(place, await launch(service, index, extra), serviceOf(compose, service)),
        ),
      )
    },
    async stop(service) {
      return Promise.all(
        of(service).map(async ({ child }) => {
          const began = Date.now()
          await child.stop(40_000)
          return { how: await child.ended, after: Date.now() - began }
        }),
      )
    },
    async close() {
      for (const { child } of running.toReversed()) await child.stop()
    },
  }
}

async function untilHealthy(place: Place, one: Running, { healthcheck }: Service): Promise<void> {
  const until = Date.now() + 60_000
  while (one.child.running() && Date.now() < until) {
    if (await isHealthy(place, one, healthcheck?.test ?? [])) return
    await sleep(100)
  }
  throw new Error(`${one.name} is not healthy: ${endOf(one.logFile)}`)
}

/** Runs the check as it stands, except that `nc` need not be installed here. */
async function isHealthy(
  place: Place,
  { name, index }: Running,
  [kind, ...test]: readonly string[],
): Promise<boolean> {
  if (test[0]?.startsWith('nc -z ') === true) return isOpen(place.portOf(name, index))
  const [command = '', ...args] = kind === 'CMD' ? test : ['/bin/sh', '-c', ...test]
  return promisify(execFile)(command, args, { env: place.environmentOf(name, index) }).then(
    () => true,
    () => false,
  )
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function endOf(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
}
