import { isAlive, provesOwn } from '../core/exception/credentials.ts'
import type { End, EndOrder } from '../core/exception/end.ts'
import { methodsAdded } from '../core/follow-up/rules.ts'
import { Fault } from '../core/fault.ts'
import type { Credential } from '../core/ports.ts'
import type { Ports } from './ports.ts'

/**
 * Ends every credential of one exception and makes sure that it is gone. Idempotent. Rejects until the provider has
 * confirmed, so that whoever calls tries again.
 */
export async function end(ports: Ports, order: EndOrder): Promise<End> {
  const { subject, shown } = order
  const own = await ownCredentials(ports, order)
  const wasUsed = order.wasUsed || own.some((credential) => credential.state === 'used')
  for (const credential of own) await ports.issuer.revoke(subject, credential.credentialId)
  const left = own.length > 0 ? await ownCredentials(ports, order) : []
  if (left.some(isAlive)) throw new Fault('graph', 'unavailable', 'still-listed')

  const sessionsRevoked = wasUsed && order.signOut
  if (sessionsRevoked) await ports.issuer.revokeSessions(subject)
  const methods = shown === null ? [] : await ports.reader.methods(subject)
  const added = shown === null ? [] : methodsAdded(shown.methodsBefore, methods, shown.at)
  return { wasUsed, sessionsRevoked, methodsAdded: added }
}

/** What was shown is ended even while the intents can't be read: revoking does not wait for PostgreSQL. */
async function ownCredentials(ports: Ports, order: EndOrder): Promise<readonly Credential[]> {
  const { shown } = order
  const [credentials, intents] = await Promise.all([
    ports.reader.credentials(order.subject),
    ports.intents.of(order.exceptionId).catch((error: unknown) => {
      if (shown === null) throw error
      return []
    }),
  ])
  return credentials.filter(
    (credential) => credential.credentialId === shown?.lease.credentialId || provesOwn(intents, credential),
  )
}
