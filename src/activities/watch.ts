import { providers, type ProviderName } from '../core/kinds.ts'
import type { Seen } from '../core/exception/after-end.ts'
import type { Plan } from '../core/exception/plan.ts'
import type { PersonId } from '../core/ids.ts'
import type { Ports } from './ports.ts'

/** A credential that was shown at a time (epoch milliseconds), and how often to look at it. */
export type WatchOrder = {
  readonly provider: ProviderName
  readonly subject: PersonId
  readonly credentialId: string
  readonly shownAt: number
  readonly pace: Plan['watch']
}

/** One look at a credential; undefined while it can still be used. Rejects when the provider does not answer. */
export async function look(
  ports: Ports,
  { provider, subject, credentialId, shownAt }: WatchOrder,
): Promise<Seen | undefined> {
  const credential = await ports.providers[provider].reader.credential(subject, credentialId)
  switch (credential?.state) {
    case undefined:
      return ports.now() - shownAt > providers[provider].replicates ? 'gone' : undefined
    case 'used':
    case 'voided':
      return credential.state
    case 'expired':
    case 'unusable':
      return 'over'
    case 'usable':
    case 'not-yet':
      return undefined
  }
}
