import { readPolicy } from './adapters/policy-file/read-policy.ts'
import { assertInstallation } from './adapters/postgres/installation.ts'
import { adopt } from './adapters/postgres/policies.ts'
import { createPool } from './adapters/postgres/pool.ts'
import { readVerifyKey } from './adapters/signing/keys.ts'
import type { Config } from './settings/config.schema.ts'
import type { Installation } from './core/names.ts'
import type { Policy } from './core/policy/policy.ts'
import { slackOf, type Ground } from './parts.ts'
import { refuseSharedChannels } from './shared-channels.ts'
import { step } from './start-step.ts'
import { watchPool } from './telemetry/contacts.ts'
import type { Telemetry } from './telemetry/telemetry.ts'

/** Everything but Temporal that must be there and fit before a program starts; rejects with what to mend. */
export async function findGround(
  config: Config,
  installation: Installation,
  telemetry: Telemetry,
): Promise<Pick<Ground, 'policy' | 'pool' | 'team'>> {
  await step('HALLPASS_VERIFY_KEYS', () =>
    config.HALLPASS_VERIFY_KEYS.split(',').map((key) => readVerifyKey(key)),
  )
  const { HALLPASS_CONFIG: file } = config
  const policy = await step(`HALLPASS_CONFIG: ${file} can't be read`, () => readPolicy(file))
  const pool = createPool(config.DATABASE_URL)
  watchPool(pool, telemetry.contacts)
  try {
    await step("PostgreSQL can't be used: check DATABASE_URL", async () => {
      await assertInstallation(pool, installation)
      await adopt(pool, policy)
    })
    return { policy, pool, team: await findTeam(config, policy.policy.channels, telemetry) }
  } catch (error) {
    await pool.end()
    throw error
  }
}

async function findTeam(config: Config, channels: Policy['channels'], telemetry: Telemetry): Promise<string> {
  const slack = slackOf(config, telemetry)
  const team = await step("Slack can't be used: check SLACK_BOT_TOKEN and SLACK_API_URL", () => slack.team())
  await refuseSharedChannels(slack, channels)
  return team
}
