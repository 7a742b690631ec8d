import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Client } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { closedWords } from '../../src/closed-words.ts'
import { ownNamespace } from '../setup/installation.ts'
import { NativeConnection, Worker } from '../setup/native-core.ts'
import { routed, workflowHere, type World } from './fakes.ts'

const built = (file: string): string => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url))

/** The workflows as they are shipped. */
export const bundle = readFileSync(built('workflow-bundle.js'), 'utf8')

/** Failures reach the history as they do in production. */
export const dataConverter: DataConverter = {
  failureConverterPath: built('adapters/temporal/failure-converter.js'),
}

/**
 * Whether histories are to be written for the replay tests; then the workflows run with their real times:
 * `RECORD=1 npx vitest run test/workflows`, after a build.
 */
export const recording = process.env['RECORD'] === '1'

/** A real server, the shipped workflows, and activities that are fakes. */
export type Stage = {
  readonly client: Client
  readonly queue: string
  readonly worlds: Map<string, World>
  readonly close: () => Promise<void>
}

/**
 * Starts workers in a namespace of their own: subjects of other files are other people. Without `minting` there is
 * nobody at the provider's queue, without `looking` nobody at that of the looks.
 */
export async function startStage({ minting = true, looking = true } = {}): Promise<Stage> {
  const { temporal, namespace, address } = await ownNamespace()
  const connection = await NativeConnection.connect({ address })
  const worlds = new Map<string, World>()
  const activities = routed(() => {
    const world = worlds.get(workflowHere())
    if (world === undefined) throw new Error('Nobody knows this workflow.')
    return world
  })
  const queue = 'hallpass-test'
  const shared = {
    connection,
    namespace,
    dataConverter,
    activities,
    interceptors: { activity: [() => ({ inbound: closedWords(() => undefined, '') })] },
  }
  const workers = await Promise.all([
    Worker.create({ ...shared, taskQueue: queue, workflowBundle: { code: recording ? bundle : sooner() } }),
    ...(minting ? [Worker.create({ ...shared, taskQueue: `${queue}-provider` })] : []),
    ...(looking ? [Worker.create({ ...shared, taskQueue: `${queue}-watch` })] : []),
  ])
  const running = Promise.all(workers.map((worker) => worker.run()))
  return {
    client: new Client({ connection, namespace, dataConverter }),
    queue,
    worlds,
    async close() {
      for (const worker of workers) worker.shutdown()
      await running
      await Promise.all([connection.close(), temporal.connection.close()])
    },
  }
}

/** The shipped workflows, but a mint and what may come after a lost one take 5 s together: nobody waits 90 s here. */
function sooner(): string {
  const times = { 'mintTakes = 30_000': 'mintTakes = 4_000', 'lateEffect = 60_000': 'lateEffect = 1_000' }
  return Object.entries(times).reduce((code, [real, short]) => {
    if (code.split(`const ${real};`).length !== 2) throw new Error(`The bundle does not say ${real} once.`)
    return code.replace(`const ${real};`, `const ${short};`)
  }, bundle)
}
