import { fileURLToPath } from 'node:url'
import { Runtime } from '@temporalio/worker'
import { readCodeKey } from './adapters/local/code-keys.ts'
import { readPolicy } from './adapters/policy-file/read-policy.ts'
import { createFactViews } from './adapters/postgres/facts.ts'
import { assertInstallation } from './adapters/postgres/installation.ts'
import { adopt } from './adapters/postgres/policies.ts'
import { createPool } from './adapters/postgres/pool.ts'
import { createLiveCodes } from './adapters/temporal/live-codes.ts'
import { readSigningKey, readVerifyKey } from './adapters/signing/keys.ts'
import { createBot } from './bot/app.ts'
import type { Config } from './config.schema.ts'
import { taskQueues, type Installation } from './core/names.ts'
import { createLog } from './log.ts'
import { botPorts, signalPorts, slackOf, workerPorts, type Ground } from './parts.ts'
import { runSignals } from './signal-runner.ts'
import { runRevocations } from './revocation-runner.ts'
import { slackLogger, temporalLogger } from './loggers.ts'
import { refuseSharedChannels } from './shared-channels.ts'
import { doorOf, startBot } from './slack-door.ts'
import { step } from './start-step.ts'
import { createTemporal } from './temporal.ts'
import { createWorkers, startWork } from './worker.ts'
import type { Environment } from './settings.schema.ts'

export type Served = { readonly ended: Promise<void>; readonly stop: () => Promise<void> }

const workflowBundle = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url))

/**
 * `hallpass serve`: bot and worker in one process. Resolves when it takes requests; rejects with what is missing. While
 * Temporal is away, people are told that nothing was recorded, and revocations are carried out all the same.
 */
export async function serve(config: Config, installation: Installation, env: Environment): Promise<Served> {
  const log = createLog(config.LOG_LEVEL)
  Runtime.install({ logger: temporalLogger(log), shutdownSignals: [] })
  const liveCodes = createLiveCodes()
  const found = await findGround(config, installation)
  const temporal = createTemporal(env, liveCodes, log)
  const ground: Ground = { ...found, config, installation, client: temporal.client, log }
  const { pool, policy } = ground

  const ports = workerPorts(ground, liveCodes)
  const requestsPer10s = config.ENTRA_REQUESTS_PER_10_SECONDS
  const stopping = new AbortController()
  const { ended } = await startWork(temporal, stopping.signal, (link) =>
    createWorkers({ ...link, installation, workflowBundle, requestsPer10s, ports, log }),
  )
  const revocations = runRevocations(
    pool,
    ports,
    createFactViews(pool),
    temporal.client,
    taskQueues(installation).main,
  )
  const botSide = botPorts(ground)
  const signals = runSignals({ bot: botSide, ...signalPorts(ground), warn: ports.warn })
  const bot = createBot(doorOf(config, slackLogger(log)), botSide)
  const { lost } = await startBot(bot, config)
  log.info({ port: config.PORT, installation, policy: policy.hash.slice(0, 12) }, 'serving')
  return {
    ended: Promise.race([ended, lost]),
    // Nothing new comes in, then what is in hand is finished, then what it stood on goes.
    async stop() {
      await bot.stop()
      await signals.stop()
      await revocations.stop()
      stopping.abort()
      await ended
      await temporal.close()
      await pool.end()
    },
  }
}

/** Everything but Temporal that must be there and fit. */
async function findGround(
  config: Config,
  installation: Installation,
): Promise<Pick<Ground, 'policy' | 'pool' | 'team'>> {
  await checkKeys(config)
  await step('HALLPASS_CODE_KEY', () => readCodeKey(config.HALLPASS_CODE_KEY))
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

/** Statements that the workers can't verify would count as forged, each with an alarm. */
async function checkKeys({ HALLPASS_SIGNING_KEY: own, HALLPASS_VERIFY_KEYS: known }: Config): Promise<void> {
  const { keyId } = await step('HALLPASS_SIGNING_KEY', () => readSigningKey(own))
  const keys = await step('HALLPASS_VERIFY_KEYS', () => known.split(',').map((key) => readVerifyKey(key)))
  if (keys.some((key) => key.keyId === keyId)) return
  throw new Error('HALLPASS_VERIFY_KEYS lacks the key that belongs to HALLPASS_SIGNING_KEY: add it.')
}
