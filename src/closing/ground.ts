import { Runtime } from '@temporalio/worker'
import type { Client } from '@temporalio/client'
import { createBelongs } from '../adapters/directory/belongs.ts'
import { createDirectory } from '../adapters/entra/directory.ts'
import { readPolicy } from '../adapters/policy-file/read-policy.ts'
import { createCaseViews } from '../adapters/postgres/case-views.ts'
import { assertInstallation } from '../adapters/postgres/installation.ts'
import { createPool } from '../adapters/postgres/pool.ts'
import { readEncryptionKeys } from '../adapters/temporal/encryption-keys.ts'
import { createLiveCodes } from '../adapters/temporal/live-codes.ts'
import type { CaseConfig } from '../settings/config.schema.ts'
import type { Installation } from '../core/names.ts'
import type { Belongs, CaseViews, Directory, Policies } from '../core/ports.ts'
import { createLog } from '../log.ts'
import { temporalLogger } from '../loggers.ts'
import { graphOf } from '../parts.ts'
import type { Environment } from '../settings/settings.schema.ts'
import { step } from '../start-step.ts'
import { createTemporal } from '../temporal.ts'

/** What closing a case in a terminal stands on: everything of `serve` but Slack and the keys of the programs. */
export type Ground = {
  readonly policies: Pick<Policies, 'current'>
  readonly directory: Directory
  readonly belongs: Belongs
  readonly cases: Pick<CaseViews, 'byPrefix' | 'byId'>
  /** Undefined while Temporal does not answer. */
  readonly client: Client | undefined
  readonly close: () => Promise<void>
}

/** Opens it. Rejects with what to mend; Temporal may be away. */
export async function openGround(
  config: CaseConfig,
  installation: Installation,
  env: Environment,
): Promise<Ground> {
  const { HALLPASS_CONFIG: file } = config
  const pinned = await step(`HALLPASS_CONFIG: ${file} can't be read`, () => readPolicy(file))
  const keys = await step('HALLPASS_ENCRYPTION_KEY', () => readEncryptionKeys(config.HALLPASS_ENCRYPTION_KEY))
  const pool = createPool(config.DATABASE_URL)
  // What is said here is for whoever sits there, and said in sentences.
  const silent = createLog('silent')
  Runtime.install({ logger: temporalLogger(silent), shutdownSignals: [] })
  const temporal = createTemporal(env, createLiveCodes(), silent, keys)
  const directory = createDirectory(graphOf(config, 'reader'))
  const close = async (): Promise<void> => {
    await temporal.close()
    await pool.end()
  }
  try {
    await step("PostgreSQL can't be used: check DATABASE_URL", () => assertInstallation(pool, installation))
    const link = await temporal.connect()
    return {
      policies: { current: () => pinned },
      directory,
      belongs: createBelongs(directory),
      cases: createCaseViews(pool),
      client: link?.client,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
