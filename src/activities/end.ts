import { isAlive } from '../core/exception/credentials.ts'
import type { End, EndOrder } from '../core/exception/end.ts'
import { ownOf } from '../core/exception/extension.ts'
import type { Lease } from '../core/exception/fact.ts'
import { methodsAdded } from '../core/follow-up/rules.ts'
import { Fault } from '../core/fault.ts'
import { providers } from '../core/kinds.ts'
import type { Credential, Method } from '../core/ports.ts'
import type { Ports } from './ports.ts'

/**
 * Ends every credential of one exception and makes sure that it is gone. Idempotent. Rejects until the provider has
 * confirmed, so that whoever calls tries again; `found` hears of a use before the credential that shows it is gone.
 */
export async function end(ports: Ports, order: EndOrder, found: () => void = nobodyAsks): Promise<End> {
  const { provider, subject, shown } = order
  const { issuer } = ports.providers[provider]
  const own = await ownCredentials(ports, order)
  const revoke = (credential: Lease): Promise<void> => issuer.revoke(subject, credential.credentialId)
  // The provider's answers may lag behind: what was shown is ended whatever they say.
  for (const credential of [...unlisted(shown, own), ...own.filter(isAlive)]) await revoke(credential)

  // Somebody may have signed in between the look and the end. A try after the deletion can't see a use any more.
  const left = own.length > 0 ? await notAlive(ports, order) : []
  const wasUsed = order.wasUsed || [...own, ...left].some((credential) => credential.state === 'used')
  if (wasUsed) found()
  const sessionsRevoked = wasUsed && order.signOut
  if (sessionsRevoked) await ports.signIns.revokeSessions(subject)
  for (const credential of own.filter((one) => !isAlive(one))) await revoke(credential)
  return { wasUsed, sessionsRevoked, methodsAdded: await addedSince(ports, order) }
}

function unlisted(shown: EndOrder['shown'], own: readonly Credential[]): readonly Lease[] {
  return shown === null || own.some(isShown(shown)) ? [] : [shown.lease]
}

/** What is still listed. Rejects as long as something of it is alive. */
async function notAlive(ports: Ports, order: EndOrder): Promise<readonly Credential[]> {
  const left = await ownCredentials(ports, order)
  if (left.some(isAlive)) throw new Fault(providers[order.provider].service, 'unavailable', 'still-listed')
  return left
}

/** The methods that were registered since the code was shown. */
async function addedSince(ports: Ports, { subject, shown }: EndOrder): Promise<readonly Method[]> {
  return shown === null
    ? []
    : methodsAdded(shown.methodsBefore, await ports.signIns.methods(subject), shown.at)
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
  const { replacedBy } = order
  const later = replacedBy === undefined ? [] : await ports.intents.of(replacedBy)
  const { reader } = ports.providers[order.provider]
  const listed = await reader.credentials(order.subject)
  const proven = ownOf(intents, listed, later)
  const own = listed.filter((one) => proven.includes(one) || (shown !== null && isShown(shown)(one)))
  if (shown === null || own.some(isShown(shown))) return own
  const credential = await reader.credential(order.subject, shown.lease.credentialId)
  return credential === undefined ? own : [...own, credential]
}

function isShown({ lease }: NonNullable<EndOrder['shown']>): (credential: Credential) => boolean {
  return ({ credentialId }) => credentialId === lease.credentialId
}
