import { getConnInfo } from '@hono/node-server/conninfo'
import { readCodeKey } from './adapters/local/code-keys.ts'
import { createChecks } from './adapters/local/checks.ts'
import { readSignalKey } from './adapters/local/signal-keys.ts'
import { readPolicy } from './adapters/policy-file/read-policy.ts'
import { assertInstallation } from './adapters/postgres/installation.ts'
import { createPool } from './adapters/postgres/pool.ts'
import type { Installation } from './core/names.ts'
import { openServer } from './server.ts'
import { unknownSettings } from './settings/known-settings.ts'
import { createLog } from './log.ts'
import type { Environment } from './settings/settings.schema.ts'
import { step } from './start-step.ts'
import type { VerifyConfig } from './settings/verify-config.schema.ts'
import { createVerifyApp } from './verify/app.ts'
import { createClients } from './verify/client.ts'
import { clientsOf } from './verify/clients-of.ts'
import { createLimit } from './verify/limit.ts'

/** Questions a minute, far above what people do: a gateway that asks more is broken or attacked. */
const most = { perClient: 60_000, perUser: 60 }

/** `hallpass verify`: the HTTP check alone. It needs PostgreSQL, and neither Slack, Entra nor Temporal. */
export async function serveChecks(
  config: VerifyConfig,
  installation: Installation,
  env: Environment,
): Promise<{ readonly stop: () => Promise<void> }> {
  const log = createLog(config.LOG_LEVEL)
  for (const says of unknownSettings(env)) log.warn(says)
  const keys = await step('HALLPASS_CODE_KEY', () => readCodeKey(config.HALLPASS_CODE_KEY))
  const signalKeys = await step('HALLPASS_SIGNAL_KEY', () => readSignalKey(config.HALLPASS_SIGNAL_KEY))
  const { HALLPASS_CONFIG: file } = config
  const { policy } = await step(`HALLPASS_CONFIG: ${file} can't be read`, () => readPolicy(file))
  const clients = clientsOf(policy, config.HALLPASS_CHECK_SECRETS)
  const pool = createPool(config.DATABASE_URL, { pipeline: true })
  await step("PostgreSQL can't be used: check DATABASE_URL", () => assertInstallation(pool, installation))

  const { code } = policy.fraud
  const checks = createChecks(pool, keys, code === undefined ? undefined : { code, keys: signalKeys })
  const app = createVerifyApp(
    {
      clientOf: createClients(clients),
      check: (question) => checks.check(question),
      limits: { perClient: createLimit(most.perClient), perUser: createLimit(most.perUser) },
      warn: (what, about) => log.warn(about, what),
      now: Date.now,
    },
    (context) => getConnInfo(context).remote.address ?? '',
  )
  const { HALLPASS_VERIFY_HOST: host, HALLPASS_VERIFY_PORT: port } = config
  const mend = 'check HALLPASS_VERIFY_HOST and HALLPASS_VERIFY_PORT'
  const [cert, key] = [config.HALLPASS_VERIFY_TLS_CERT, config.HALLPASS_VERIFY_TLS_KEY]
  const server = await openServer(app.fetch, { host, port, cert, key, mend })
  log.info({ port, installation, clients: clients.map(({ name }) => name) }, 'checking')
  return {
    async stop() {
      await server.stop()
      await pool.end()
    },
  }
}
