import type { PersonId } from '../core/ids.ts'
import type { End } from '../core/exception/end.ts'
import type { Lease } from '../core/exception/fact.ts'
import { methodsAdded } from '../core/follow-up/rules.ts'
import type { Method } from '../core/ports.ts'
import { isAlive, provesOwn } from '../core/exception/credentials.ts'
import type { Ports } from './ports.ts'

/** What is to be ended: by the id that the exception owns, and by whatever its intents prove its own. */
export type EndOrder = {
  readonly exceptionId: string
  readonly subject: PersonId
  readonly lease?: Lease
  readonly shownAt?: number
  readonly methodsBefore?: readonly Method[]
  /** Whether a used credential also means signing the person out everywhere. */
  readonly signOut: boolean
  /** That somebody signed in with it is known already. */
  readonly wasUsed?: boolean
}

/**
 * Ends every credential of one exception and makes sure that it is gone. Idempotent. Rejects until the provider has
 * confirmed, so that whoever calls tries again.
 */
export async function end(ports: Ports, order: EndOrder): Promise<End> {
  const { subject, lease } = order
  const [credentials, intents] = await Promise.all([
    ports.reader.credentials(subject),
    ports.intents.of(order.exceptionId),
  ])
  const own = credentials.filter(
    (credential) => credential.credentialId === lease?.credentialId || provesOwn(intents, credential),
  )
  const wasUsed = order.wasUsed === true || own.some((credential) => credential.state === 'used')
  for (const credential of own) await ports.issuer.revoke(subject, credential.credentialId)
  const left = own.length > 0 ? await ports.reader.credentials(subject) : []
  if (
    left.some(
      (credential) =>
        isAlive(credential) && own.some((mine) => mine.credentialId === credential.credentialId),
    )
  ) {
    throw new Error('The provider still lists what was ended.')
  }
  if (wasUsed && order.signOut) await ports.issuer.revokeSessions(subject)
  const added =
    order.shownAt === undefined
      ? []
      : methodsAdded(order.methodsBefore ?? [], await ports.reader.methods(subject), order.shownAt)
  return { wasUsed, sessionsRevoked: wasUsed && order.signOut, methodsAdded: added }
}
