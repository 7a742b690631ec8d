import { isServer } from '../settings/programs.ts'
import type { Check } from './check.ts'
import { addressChecks } from './checks/address.ts'
import { chainChecks } from './checks/chains.ts'
import { clientChecks } from './checks/clients.ts'
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
import { workerKeyChecks } from './checks/worker-keys.ts'
import type { Examined } from './examined.ts'

type ChecksOf = (examined: Examined) => readonly Check[]

/** What the doctor looks at for every program; another requirement is another line. */
const ofEverybody: readonly ChecksOf[] = [
  settingsChecks,
  keysChecks,
  policyChecks,
  postgresChecks,
  chainChecks,
  clockChecks,
]
/** For those that ask the directory. */
const ofReaders: readonly ChecksOf[] = [entraChecks, permissionChecks]
/** For the bot and the worker. */
const ofServers: readonly ChecksOf[] = [
  temporalChecks,
  workerKeyChecks,
  slackChecks,
  addressChecks,
  passChecks,
]

/** The checks of one installation. */
export function allChecks(examined: Examined): readonly Check[] {
  const { program } = examined
  const needed = [
    ...ofEverybody,
    ...(program === 'verify' ? [clientChecks] : ofReaders),
    ...(isServer(program) ? ofServers : []),
  ]
  return needed.flatMap((checksOf) => checksOf(examined))
}
