import { Runtime } from '@temporalio/worker'
import { readPolicy } from './adapters/policy-file/read-policy.ts'
import { assertInstallation } from './adapters/postgres/installation.ts'
import { adopt } from './adapters/postgres/policies.ts'
import { createPool } from './adapters/postgres/pool.ts'
import { readVerifyKey } from './adapters/signing/keys.ts'
import { createLiveCodes } from './adapters/temporal/live-codes.ts'
import type { Config } from './config.schema.ts'
import type { Installation } from './core/names.ts'
import { unknownSettings } from './known-settings.ts'
import { createLog } from './log.ts'
import { temporalLogger } from './loggers.ts'
import { slackOf, type Ground } from './parts.ts'
import { startBot } from './serve-bot.ts'
import { startWorker } from './serve-worker.ts'
import type { Environment } from './settings.schema.ts'
import { refuseSharedChannels } from './shared-channels.ts'
import { step } from './start-step.ts'
import { startStatus } from './status.ts'
import { createTemporal } from './temporal.ts'

/** A part of the program that runs. `ended` rejects when it can't go on. */
export type Served = { readonly ended: Promise<void>; readonly stop: () => Promise<void> }

/**
 * Runs the parts that the configuration has: the bot, the worker, or both. Resolves when they take work; rejects with what
 * is missing. While Temporal is away, people are told that nothing was recorded, and revocations are carried out all the same.
 */
export async function serve(config: Config, installation: Installation, env: Environment): Promise<Served> {
  const log = createLog(config.LOG_LEVEL)
  for (const says of unknownSettings(env)) log.warn(says)
  Runtime.install({ logger: temporalLogger(log), shutdownSignals: [] })
  const liveCodes = createLiveCodes()
  const found = await findGround(config, installation)
  const temporal = createTemporal(env, liveCodes, log)
  const ground: Ground = { ...found, config, installation, client: temporal.client, log }

  const worker = config.worker && (await startWorker(ground, config.worker, temporal, liveCodes))
  const stopReaching = config.worker ? async () => undefined : reach(temporal)
  const bot = config.bot && (await startBot(ground, config.bot))
  const status = await startStatus(ground)
  log.info({ installation, policy: ground.policy.hash.slice(0, 12), parts: partsOf(config) }, 'serving')
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
    },
  }
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

/** Everything but Temporal that must be there and fit. */
async function findGround(
  config: Config,
  installation: Installation,
): Promise<Pick<Ground, 'policy' | 'pool' | 'team'>> {
  await step('HALLPASS_VERIFY_KEYS', () =>
    config.HALLPASS_VERIFY_KEYS.split(',').map((key) => readVerifyKey(key)),
  )
  const { HALLPASS_CONFIG: file } = config
  const policy = await step(`HALLPASS_CONFIG: ${file} can't be read`, () => readPolicy(file))
  const pool = createPool(config.DATABASE_URL)
  await step("PostgreSQL can't be used: check DATABASE_URL", async () => {
    await assertInstallation(pool, installation)
    await adopt(pool, policy)
  })
  const slack = slackOf(config)
  const team = await step("Slack can't be used: check SLACK_BOT_TOKEN and SLACK_API_URL", () => slack.team())
  await refuseSharedChannels(slack, policy.policy.channels)
  return { policy, pool, team }
}
