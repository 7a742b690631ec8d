import { codeRefused } from '../core/card/code.ts'
import type { Envelope, RequestBody, StatementOf } from '../core/envelope/statement.ts'
import type { Grant } from '../core/exception/attempt.ts'
import { mayMint, type Mintable, type MintEvidence } from '../core/exception/may-mint.ts'
import type { PersonId } from '../core/ids.ts'
import type { Credential, Method } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, yes, type Result } from '../core/result.ts'
import { raiseAlarm } from './alarm.ts'
import type { Attempt } from './deadline.ts'
import { alarmIfForged, notNow, readDecision, withPerson, type Decision } from './decision.ts'
import type { Ports } from './ports.ts'
import { show } from './show.ts'
import { isStopped } from './stopped.ts'

/** All that the mint needs; it believes the signatures and nothing else. */
export type GrantOrder = Decision & {
  readonly claim: Envelope<StatementOf<'claim'>>
  readonly attempt: number
}

/**
 * Mints once and shows once. Verifies every statement, judges again by the rule, records its intent, and only then
 * calls the provider. Past its deadline it ends what it minted and shows nothing. The code lives in here alone.
 * Rejects when it can't be sure what is alive: the workflow then revokes by the intent.
 */
export async function grant(ports: Ports, order: GrantOrder, attempt: Attempt): Promise<Grant> {
  const judged = await judge(ports, order).catch(notNow)
  if (!judged.ok) return turnedDown(ports, order, 'refused', judged.reason)
  const { plan, subject, methodsBefore, lifetime, target } = judged.value
  const { exceptionId, body } = order.request.statement
  const { issuer } = ports.providers[body.provider]

  const isFirst = await ports.intents.record({
    exceptionId,
    attempt: order.attempt,
    subject,
    claim: order.claim.signature,
    before: judged.value.before,
    at: ports.now(),
    deadline: attempt.deadline,
  })
  if (!isFirst) {
    await raiseAlarm(ports, `exception/${exceptionId}`, 'attempt-replayed')
    return turnedDown(ports, order, 'refused', { code: 'attempt-seen' })
  }
  if (attempt.isOver()) return turnedDown(ports, order, 'failed', { code: 'attempt-lost' })
  if (await isStopped(ports, order.request.statement))
    return turnedDown(ports, order, 'refused', { code: 'over' })
  for (const credentialId of judged.value.replaces) await issuer.revoke(subject, credentialId)
  const minted = await issuer.mint({ subject, lifetime, exceptionId, target })
  if (!minted.ok) {
    return turnedDown(ports, order, 'failed', { code: 'provider-refuses', says: minted.reason })
  }
  const { lease, requestId } = minted.value
  const shown = await show(ports, order, plan, minted.value, attempt)
  if (!shown) {
    await issuer.revoke(subject, lease.credentialId)
    return turnedDown(ports, order, 'failed', { code: 'not-delivered' })
  }
  return { is: 'shown', lease, providerRequestId: requestId, methodsBefore }
}

type Judged = Mintable & {
  readonly subject: PersonId
  readonly before: readonly string[]
  /** What an extension takes the place of: it lives until this claim. */
  readonly replaces: readonly string[]
  readonly methodsBefore: readonly Method[]
}

/** Reads and verifies everything anew, and asks the rule. */
async function judge(ports: Ports, order: GrantOrder): Promise<Result<Judged, Refusal>> {
  const read = await readDecision(ports, order, order.claim)
  if (!read.ok) return read
  const { exceptionId, body } = order.request.statement
  const evidence: MintEvidence = {
    ...read.value,
    claim: await withPerson(ports, order.claim.statement),
    mints: (await ports.intents.of(exceptionId)).length,
  }
  const mintable = await alarmIfForged(ports, read.value, mayMint(evidence, ports.now()))
  if (!mintable.ok) return mintable
  await ports.ledger.writable()
  const methodsBefore = await ports.signIns.methods(body.subject)
  const { credentials, extendable } = read.value
  // Once it is gone, nobody sees any more that it was used.
  if (await wasUsed(ports, body, idsOf(extendable))) return no({ code: 'extend-used' })
  return yes({
    ...mintable.value,
    subject: body.subject,
    before: idsOf(credentials),
    replaces: idsOf(extendable),
    methodsBefore,
  })
}

async function wasUsed(
  ports: Ports,
  { provider, subject }: RequestBody,
  ids: readonly string[],
): Promise<boolean> {
  const { reader } = ports.providers[provider]
  const now = await Promise.all(ids.map((id) => reader.credential(subject, id)))
  return now.some((credential) => credential?.state === 'used')
}

function idsOf(credentials: readonly Credential[]): readonly string[] {
  return credentials.map(({ credentialId }) => credentialId)
}

/** Nothing is shown: the waiting view says why, as far as it is still open. */
async function turnedDown(
  ports: Ports,
  order: GrantOrder,
  is: 'refused' | 'failed',
  refusal: Refusal,
): Promise<Grant> {
  await ports.slack.updateView(order.claim.statement.body.view, codeRefused(refusal)).catch(() => undefined)
  return { is, refusal }
}
