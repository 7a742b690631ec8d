import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { readCodeKey } from './adapters/local/code-keys.ts'
import { createFactViews } from './adapters/postgres/facts.ts'
import { readEncryptionKeys } from './adapters/temporal/encryption-keys.ts'
import type { GuardedCodes } from './adapters/temporal/live-codes.ts'
import { workerIdentity } from './adapters/temporal/worker-identity.ts'
import type { WorkerConfig } from './settings/config.schema.ts'
import { taskQueues } from './core/names.ts'
import type { Served } from './main.ts'
import type { Ground } from './parts.ts'
import { workerPorts } from './worker-parts.ts'
import { runRevocations } from './revocation-runner.ts'
import { step } from './start-step.ts'
import type { Temporal } from './temporal.ts'
import { createWorkers, startWork } from './worker.ts'

const workflowBundle = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url))

/** The worker: it runs the workflows, holds whatever can issue, and carries out revocations also while Temporal is away. */
export async function startWorker(
  ground: Ground,
  own: WorkerConfig,
  temporal: Temporal,
  liveCodes: GuardedCodes,
): Promise<Served> {
  const { config, pool, installation, log, telemetry } = ground
  await step('HALLPASS_CODE_KEY', () => readCodeKey(own.HALLPASS_CODE_KEY))
  if (config.applications.issuer === undefined)
    log.warn('one application of Entra reads people and issues passes: see ENTRA_ISSUER_CLIENT_ID')
  const ports = workerPorts(ground, own, liveCodes)
  const keys = readEncryptionKeys(config.HALLPASS_ENCRYPTION_KEY)
  const requestsPer10s = own.ENTRA_REQUESTS_PER_10_SECONDS
  const stopping = new AbortController()
  const { ended } = await startWork(temporal, stopping.signal, (link) =>
    createWorkers({
      ...link,
      installation,
      workflowBundle,
      requestsPer10s,
      identity: workerIdentity(`${process.pid}@${hostname()}`, keys),
      ports,
      log,
      tracing: telemetry.tracing,
    }),
  )
  const { main } = taskQueues(installation)
  const revocations = runRevocations(pool, ports, createFactViews(pool), temporal.client, main)
  return {
    ended,
    async stop() {
      await revocations.stop()
      stopping.abort()
      await ended
    },
  }
}
