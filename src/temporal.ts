import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, isGrpcServiceError, type WorkflowClientInterceptor } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { NativeConnection } from '@temporalio/worker'
import type { Logger } from 'pino'
import type { EncryptionKeys } from './adapters/temporal/encryption-keys.ts'
import type { GuardedCodes } from './adapters/temporal/live-codes.ts'
import { createPayloadCodecs } from './adapters/temporal/payload-codecs.ts'
import { step } from './start-step.ts'
import type { Environment } from './settings/settings.schema.ts'
import { readTemporal } from './settings/temporal-settings.ts'

/** A connection that Temporal has answered on. */
export type Link = {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly dataConverter: DataConverter
  readonly client: Client
}

/** Temporal as this process reaches it. It may be away when the process starts. */
export type Temporal = {
  /** Undefined until Temporal has answered once. */
  readonly client: () => Client | undefined
  /** One try: undefined when Temporal is away. Rejects when it answers that it is not set up for us. */
  readonly connect: () => Promise<Link | undefined>
  /** Tries until Temporal answers; undefined when `stopping` comes first. */
  readonly connectLate: (stopping: AbortSignal) => Promise<Link | undefined>
  readonly close: () => Promise<void>
}

/** Milliseconds. */
const answersWithin = 5_000
const pauseBetweenTries = 3_000

/** Temporal by the variables that all its programs read; `workflow` sees each call. */
export function createTemporal(
  env: Environment,
  liveCodes: GuardedCodes,
  log: Logger,
  keys: EncryptionKeys,
  workflow: WorkflowClientInterceptor[] = [],
): Temporal {
  const settings = readTemporal(env)
  const { namespace } = settings
  const dataConverter: DataConverter = {
    failureConverterPath: fileURLToPath(new URL('./adapters/temporal/failure-converter.js', import.meta.url)),
    payloadCodecs: createPayloadCodecs(liveCodes, keys, namespace, (why) => log.error({}, why)),
  }
  let link: Link | undefined
  const connect = async (): Promise<Link | undefined> => {
    try {
      const connection = await open(settings)
      const client = new Client({ connection, namespace, dataConverter, interceptors: { workflow } })
      link = { connection, namespace, dataConverter, client }
      return link
    } catch (error) {
      if (!(error instanceof Error) || isRefusal(error.cause)) throw error
      log.warn({}, `${error.message}; revocations are carried out, everything else waits for it`)
      return undefined
    }
  }
  return {
    client: () => link?.client,
    connect,
    connectLate: (stopping) => untilConnected(connect, stopping),
    close: async () => link?.connection.close(),
  }
}

async function untilConnected(
  connect: Temporal['connect'],
  stopping: AbortSignal,
): Promise<Link | undefined> {
  while (!stopping.aborted) {
    await sleep(pauseBetweenTries, undefined, { signal: stopping }).catch(() => undefined)
    const connected = stopping.aborted ? undefined : await connect()
    if (connected !== undefined) return connected
  }
  return undefined
}

type Settings = ReturnType<typeof readTemporal>

async function open({ namespace, address, options }: Settings): Promise<NativeConnection> {
  const connecting = NativeConnection.connect(options)
  try {
    const connection = await step(`Temporal at ${address} can't be reached: check TEMPORAL_ADDRESS`, () =>
      inTime(connecting),
    )
    await step(`Temporal has no namespace ${namespace} for us: check TEMPORAL_NAMESPACE`, () =>
      inTime(connection.workflowService.describeNamespace({ namespace })),
    )
    return connection
  } catch (error) {
    void connecting.then((late) => late.close()).catch(() => undefined)
    throw error
  }
}

/** gRPC's codes for what waiting does not mend: invalid, not found, not permitted, not authenticated. */
const refusals: ReadonlySet<number> = new Set([3, 5, 7, 16])

function isRefusal(cause: unknown): boolean {
  return isGrpcServiceError(cause) && refusals.has(cause.code)
}

/** The connection itself would try for half a minute. */
function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), answersWithin).unref()
  })
  return Promise.race([work, late])
}
