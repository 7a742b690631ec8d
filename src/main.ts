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
import { createBot, type SlackDoor } from './bot/app.ts'
import type { Config } from './config.schema.ts'
import type { Installation } from './core/names.ts'
import { createLog } from './log.ts'
import { botPorts, slackOf, workerPorts, type Ground } from './parts.ts'
import { runRevocations } from './revocation-runner.ts'
import { slackLogger, temporalLogger } from './loggers.ts'
import { createWorkers } from './worker.ts'

export type Served = { readonly ended: Promise<void>; readonly stop: () => Promise<void> }

const built = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** `hallpass serve`: bot and worker in one process. Resolves when it takes requests; rejects with what is missing. */
export async function serve(config: Config, installation: Installation): Promise<Served> {
  const log = createLog(config.LOG_LEVEL)
  Runtime.install({ logger: temporalLogger(log), shutdownSignals: [] })
  const pool = createPool(config.DATABASE_URL)
  await assertInstallation(pool, installation)
  const policy = await readPolicy(config.HALLPASS_CONFIG)
  await adopt(pool, policy)
  const team = await slackOf(config).team()
  const liveCodes = createLiveCodes()
  const temporal = await connect(liveCodes)
  const ground: Ground = { config, installation, pool, client: temporal.client, policy, team, log }

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
  await bot.start()
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

/** Temporal by the variables that all its programs read (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, ...). */
async function connect(liveCodes: GuardedCodes): Promise<Temporal> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig()
  const connection = await NativeConnection.connect(connectionOptions)
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
