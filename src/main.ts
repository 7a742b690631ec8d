import { Runtime } from '@temporalio/worker'
import { readEncryptionKeys, type EncryptionKeys } from './adapters/temporal/encryption-keys.ts'
import { createLiveCodes } from './adapters/temporal/live-codes.ts'
import type { Config } from './settings/config.schema.ts'
import type { Installation } from './core/names.ts'
import { findGround } from './ground.ts'
import { unknownSettings } from './settings/known-settings.ts'
import { createLog } from './log.ts'
import { temporalLogger } from './loggers.ts'
import type { Ground } from './parts.ts'
import { startBot } from './serve-bot.ts'
import { startWorker } from './serve-worker.ts'
import type { Environment } from './settings/settings.schema.ts'
import { step } from './start-step.ts'
import { startStatus } from './status.ts'
import { engineCalls } from './telemetry/engine-calls.ts'
import { createTelemetry } from './telemetry/telemetry.ts'
import { createTemporalMetrics } from './telemetry/temporal-metrics.ts'
import { createTemporal } from './temporal.ts'
import { version } from './version.ts'

/** A part of the program that runs. `ended` rejects when it can't go on. */
export type Served = { readonly ended: Promise<void>; readonly stop: () => Promise<void> }

/**
 * Runs the parts that the configuration has: the bot, the worker, or both. Resolves when they take work; rejects with what
 * is missing. While Temporal is away, people are told that nothing was recorded, and revocations are carried out all the same.
 */
export async function serve(config: Config, installation: Installation, env: Environment): Promise<Served> {
  const log = createLog(config.LOG_LEVEL)
  for (const says of unknownSettings(env)) log.warn(says)
  const telemetry = await createTelemetry(env)
  const ofTemporal = await createTemporalMetrics()
  const { options: telemetryOptions } = ofTemporal
  Runtime.install({ logger: temporalLogger(log), shutdownSignals: [], telemetryOptions })
  const liveCodes = createLiveCodes()
  const keys = await step('HALLPASS_ENCRYPTION_KEY', () => readEncryptionKeys(config.HALLPASS_ENCRYPTION_KEY))
  if (keys.readsClear) log.warn(sayClear(keys))
  const found = await findGround(config, installation, telemetry)
  const temporal = createTemporal(env, liveCodes, log, keys, [engineCalls({ ...telemetry, log })])
  const ground: Ground = { ...found, config, installation, client: temporal.client, log, telemetry }
  const parts = partsOf(config)
  telemetry.metrics.about({ version, parts: parts.join('+'), policy: ground.policy.hash.slice(0, 12) })

  const worker = config.worker && (await startWorker(ground, config.worker, temporal, liveCodes))
  const stopReaching = config.worker ? async () => undefined : reach(temporal)
  const bot = config.bot && (await startBot(ground, config.bot))
  const status = await startStatus(ground, ofTemporal)
  log.info({ installation, policy: ground.policy.hash.slice(0, 12), parts }, 'serving')
  return {
    ended: Promise.all([worker?.ended, bot?.ended]).then(() => undefined),
    // Nothing new comes in, then what is in hand is finished, then what it stood on goes.
    async stop() {
      await bot?.stop()
      await worker?.stop()
      await stopReaching()
      await status.stop()
      await temporal.close()
      await ground.pool.end()
      await telemetry.tracing.close()
    },
  }
}

/** Why operators should look at HALLPASS_ENCRYPTION_KEY again. */
function sayClear({ first }: EncryptionKeys): string {
  return first === undefined
    ? 'payloads are not encrypted: whoever reads the namespace of Temporal reads names and reasons'
    : 'payloads in the clear are still read: take `off` out of HALLPASS_ENCRYPTION_KEY when none is left'
}

function partsOf({ bot, worker }: Config): readonly string[] {
  return [...(bot ? ['bot'] : []), ...(worker ? ['worker'] : [])]
}

/** A bot without a worker looks for Temporal itself, for as long as that takes. */
function reach({ connect, connectLate }: ReturnType<typeof createTemporal>): () => Promise<void> {
  const stopping = new AbortController()
  const reaching = connect().then(async (link) => link ?? connectLate(stopping.signal))
  reaching.catch(() => undefined)
  return async () => {
    stopping.abort()
    await reaching.catch(() => undefined)
  }
}
