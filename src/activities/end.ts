import { isAlive, provesOwn } from '../core/exception/credentials.ts'
import type { End, EndOrder } from '../core/exception/end.ts'
import { methodsAdded } from '../core/follow-up/rules.ts'
import { Fault } from '../core/fault.ts'
import type { Credential, Method } from '../core/ports.ts'
import type { Ports } from './ports.ts'

/**
 * Ends every credential of one exception and makes sure that it is gone. Idempotent. Rejects until the provider has
 * confirmed, so that whoever calls tries again; `found` hears of a use before the credential that shows it is gone.
 */
export async function end(ports: Ports, order: EndOrder, found: () => void = nobodyAsks): Promise<End> {
  const { subject } = order
  const own = await ownCredentials(ports, order)
  const revoke = (credential: Credential): Promise<void> =>
    ports.issuer.revoke(subject, credential.credentialId)
  for (const credential of own.filter(isAlive)) await revoke(credential)

  // A try after the deletion can't see the use any more: what follows from it comes first.
  const wasUsed = order.wasUsed || own.some((credential) => credential.state === 'used')
  if (wasUsed) found()
  const sessionsRevoked = wasUsed && order.signOut
  if (sessionsRevoked) await ports.issuer.revokeSessions(subject)
  for (const credential of own.filter((one) => !isAlive(one))) await revoke(credential)

  const left = own.length > 0 ? await ownCredentials(ports, order) : []
  if (left.some(isAlive)) throw new Fault('graph', 'unavailable', 'still-listed')
  return { wasUsed, sessionsRevoked, methodsAdded: await addedSince(ports, order) }
}

/** The methods that were registered since the code was shown. */
async function addedSince(ports: Ports, { subject, shown }: EndOrder): Promise<readonly Method[]> {
  return shown === null
    ? []
    : methodsAdded(shown.methodsBefore, await ports.reader.methods(subject), shown.at)
}

function nobodyAsks(): void {}

/** What was shown is ended even while the intents can't be read: revoking does not wait for PostgreSQL. */
async function ownCredentials(ports: Ports, order: EndOrder): Promise<readonly Credential[]> {
  const { shown } = order
  const intents = await ports.intents.of(order.exceptionId).catch((error: unknown) => {
    if (shown === null) throw error
    return []
  })
  if (shown === null && intents.length === 0) return []
  const credentials = await ports.reader.credentials(order.subject)
  return credentials.filter(
    (credential) => credential.credentialId === shown?.lease.credentialId || provesOwn(intents, credential),
  )
}
