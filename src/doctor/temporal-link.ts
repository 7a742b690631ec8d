import { Connection } from '@temporalio/client'
import type { Environment } from '../settings/settings.schema.ts'
import { step } from '../start-step.ts'
import { readTemporal } from '../settings/temporal-settings.ts'

/** Temporal, and the namespace that is meant. */
export type TemporalLink = { readonly connection: Connection; readonly namespace: string }

/** Milliseconds; a cold start of the client takes some of it on a busy machine. */
const patience = 10_000

/** Connects once. Rejects with what to mend. */
export async function linkTemporal(env: Environment): Promise<TemporalLink> {
  const { namespace, address, options } = readTemporal(env)
  const { tls, apiKey, metadata } = options
  const connection = await step(`Temporal at ${address} can't be reached: check TEMPORAL_ADDRESS`, () =>
    Connection.connect({
      address,
      connectTimeout: patience,
      ...(tls != null && { tls }),
      ...(apiKey !== undefined && { apiKey }),
      ...(metadata && { metadata }),
    }),
  )
  return { connection, namespace }
}
