import { clientsOf } from '../../verify/clients-of.ts'
import { verifyShape } from '../../settings/verify-config.schema.ts'
import { NotSet, type Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, warning, wrong, type Finding } from '../finding.ts'

/** Who may ask the HTTP check: the policy and the secrets name the same clients. */
export function clientChecks(examined: Examined): readonly Check[] {
  return [{ part: 'Policy', name: 'policy.clients', look: () => lookAtClients(examined) }]
}

async function lookAtClients({ env, policy }: Examined): Promise<readonly Finding[]> {
  const { data: secrets } = verifyShape.HALLPASS_CHECK_SECRETS.safeParse(env['HALLPASS_CHECK_SECRETS'])
  if (secrets === undefined) throw new NotSet("HALLPASS_CHECK_SECRETS is not set, or can't be used")
  const { policy: read } = await policy()
  try {
    const clients = clientsOf(read, secrets)
    if (clients.length === 0) return [nobody]
    return [ok(`These may ask: ${clients.map(({ name }) => name).join(', ')}.`)]
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return [wrong(error.message, 'Give the checks of the policy and HALLPASS_CHECK_SECRETS the same names.')]
  }
}

const nobody = warning(
  'Nobody may ask: the policy has no checks.',
  'Name the RADIUS server or the portal there: docs/freeradius.md.',
)
