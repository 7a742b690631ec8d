import type { Check } from './check.ts'
import { addressChecks } from './checks/address.ts'
import { clockChecks } from './checks/clocks.ts'
import { entraChecks } from './checks/entra.ts'
import { keysChecks } from './checks/keys.ts'
import { passChecks } from './checks/passes.ts'
import { permissionChecks } from './checks/permissions.ts'
import { policyChecks } from './checks/policy.ts'
import { postgresChecks } from './checks/postgres.ts'
import { settingsChecks } from './checks/settings.ts'
import { slackChecks } from './checks/slack.ts'
import { temporalChecks } from './checks/temporal.ts'
import type { Examined } from './examined.ts'

/** Everything that the doctor looks at; another requirement is another line. */
const kinds: readonly ((examined: Examined) => readonly Check[])[] = [
  settingsChecks,
  keysChecks,
  policyChecks,
  postgresChecks,
  temporalChecks,
  slackChecks,
  addressChecks,
  entraChecks,
  permissionChecks,
  passChecks,
  clockChecks,
]

/** The checks of one installation. */
export function allChecks(examined: Examined): readonly Check[] {
  return kinds.flatMap((of) => of(examined))
}
