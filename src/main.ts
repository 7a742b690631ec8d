import { fileURLToPath } from 'node:url'
import { Client } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { NativeConnection, Runtime } from '@temporalio/worker'
import { readPolicy } from './adapters/policy-file/read-policy.ts'
import { assertInstallation } from './adapters/postgres/installation.ts'
import { adopt } from './adapters/postgres/policies.ts'
import { createPool } from './adapters/postgres/pool.ts'
import { createViews } from './adapters/postgres/views.ts'
import { createGuardCodec } from './adapters/temporal/guard-codec.ts'
import { createLiveCodes, type GuardedCodes } from './adapters/temporal/live-codes.ts'
import { readSigningKey, readVerifyKey } from './adapters/signing/keys.ts'
import { createBot, type SlackDoor } from './bot/app.ts'
import type { Config } from './config.schema.ts'
import type { Installation } from './core/names.ts'
import { createLog } from './log.ts'
import { botPorts, slackOf, workerPorts, type Ground } from './parts.ts'
import { runRevocations } from './revocation-runner.ts'
import { slackLogger, temporalLogger } from './loggers.ts'
import { step } from './start-step.ts'
import { createWorkers } from './worker.ts'

export type Served = { readonly ended: Promise<void>; readonly stop: () => Promise<void> }

/** Milliseconds. */
const temporalWithin = 5_000

const built = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** `hallpass serve`: bot and worker in one process. Resolves when it takes requests; rejects with what is missing. */
export async function serve(config: Config, installation: Installation): Promise<Served> {
  const log = createLog(config.LOG_LEVEL)
  Runtime.install({ logger: temporalLogger(log), shutdownSignals: [] })
  const liveCodes = createLiveCodes()
  const found = await findGround(config, installation)
  const temporal = await connect(liveCodes)
  const ground: Ground = { ...found, config, installation, client: temporal.client, log }
  const { pool, policy } = ground

  const ports = workerPorts(ground, liveCodes)
  const workers = await createWorkers({
    ...temporal,
    installation,
    workflowBundle: built('./workflow-bundle.js'),
    requestsPer10s: config.ENTRA_REQUESTS_PER_10_SECONDS,
    ports,
    log,
  })
  const ended = workers.run()
  const revocations = runRevocations(pool, ports, createViews(pool), temporal.client)
  const bot = createBot(doorOf(config, slackLogger(log)), botPorts(ground))
  const address = `${config.HOST}:${config.PORT}`
  await step(`Can't listen at ${address}: it may be in use; check HOST and PORT`, () => bot.start())
  log.info({ port: config.PORT, installation, policy: policy.hash.slice(0, 12) }, 'serving')
  return {
    ended,
    // Nothing new comes in, then what is in hand is finished, then what it stood on goes.
    async stop() {
      await bot.stop()
      await revocations.stop()
      workers.stop()
      await ended
      await temporal.connection.close()
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
  const { HALLPASS_CONFIG: file } = config
  const policy = await step(`HALLPASS_CONFIG: ${file} can't be read`, () => readPolicy(file))
  const pool = createPool(config.DATABASE_URL)
  await step("PostgreSQL can't be used: check DATABASE_URL", async () => {
    await assertInstallation(pool, installation)
    await adopt(pool, policy)
  })
  const slack = slackOf(config)
  const team = await step("Slack can't be used: check SLACK_BOT_TOKEN and SLACK_API_URL", () => slack.team())
  return { policy, pool, team }
}

/** Temporal by the variables that all its programs read (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, ...). */
async function connect(liveCodes: GuardedCodes): Promise<Temporal> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig()
  const where = connectionOptions.address ?? 'localhost:7233'
  const connection = await step(`Temporal at ${where} can't be reached: check TEMPORAL_ADDRESS`, () =>
    inTime(NativeConnection.connect(connectionOptions)),
  )
  await step(`Temporal has no namespace ${namespace} for us: check TEMPORAL_NAMESPACE`, () =>
    connection.workflowService.describeNamespace({ namespace }),
  )
  const dataConverter: DataConverter = {
    failureConverterPath: built('./adapters/temporal/failure-converter.js'),
    payloadCodecs: [createGuardCodec(liveCodes)],
  }
  return {
    connection,
    namespace,
    dataConverter,
    client: new Client({ connection, namespace, dataConverter }),
  }
}

/** The connection itself would try for half a minute. */
function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), temporalWithin).unref()
  })
  return Promise.race([work, late])
}

/** Statements that the workers can't verify would count as forged, each with an alarm. */
async function checkKeys({ HALLPASS_SIGNING_KEY: own, HALLPASS_VERIFY_KEYS: known }: Config): Promise<void> {
  const { keyId } = await step('HALLPASS_SIGNING_KEY', () => readSigningKey(own))
  const keys = await step('HALLPASS_VERIFY_KEYS', () => known.split(',').map((key) => readVerifyKey(key)))
  if (keys.some((key) => key.keyId === keyId)) return
  throw new Error('HALLPASS_VERIFY_KEYS lacks the key that belongs to HALLPASS_SIGNING_KEY: add it.')
}

type Temporal = {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly dataConverter: DataConverter
  readonly client: Client
}

function doorOf(config: Config, logger: SlackDoor['logger']): SlackDoor {
  return {
    token: config.SLACK_BOT_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    apiUrl: config.SLACK_API_URL,
    port: config.PORT,
    host: config.HOST,
    logger,
  }
}
