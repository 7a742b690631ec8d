import type { Modal } from '../core/card/card.ts'
import { codeRefused, codeShown, letInOpened } from '../core/card/code.ts'
import { requestText } from '../core/envelope/request-hash.ts'
import type { Envelope, Statement, StatementOf } from '../core/envelope/statement.ts'
import type { Grant } from '../core/exception/attempt.ts'
import { mayMint, type Mintable, type MintEvidence } from '../core/exception/may-mint.ts'
import type { Plan } from '../core/exception/plan.ts'
import type { PersonId } from '../core/ids.ts'
import type { Person } from '../core/people/person.ts'
import type { Method, Minted } from '../core/ports.ts'
import { Fault } from '../core/fault.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, yes, type Result } from '../core/result.ts'
import { raiseAlarm } from './alarm.ts'
import type { Attempt } from './deadline.ts'
import { knownPerson, readEvidence, readPeople } from './evidence.ts'
import type { Ports } from './ports.ts'

/** All that the mint needs; it believes the signatures and nothing else. */
export type GrantOrder = {
  readonly request: Envelope<StatementOf<'request'>>
  readonly approvals: readonly Envelope<StatementOf<'approve'>>[]
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
  if (await ports.stops.isStopped(exceptionId)) return turnedDown(ports, order, 'failed', { code: 'over' })

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
  readonly methodsBefore: readonly Method[]
}

/** Somebody who has to be asked first did not answer: nothing was attempted. */
function notNow(error: unknown): Result<never, Refusal> {
  if (error instanceof Fault) return no({ code: 'not-now', service: error.service })
  throw error
}

/** Verifies every signature, reads everybody and everything anew, and asks the rule. */
async function judge(ports: Ports, order: GrantOrder): Promise<Result<Judged, Refusal>> {
  const envelopes = [order.request, ...order.approvals, order.claim]
  const { statement } = order.request
  if (!envelopes.every((envelope) => ports.verifier.verify(envelope))) {
    await raiseAlarm(ports, `exception/${statement.exceptionId}`, 'forged-grant')
    return no({ code: 'unverified' })
  }
  const { body, actor } = statement
  if (await ports.stops.isStopped(statement.exceptionId)) return no({ code: 'over' })
  const pinned = await ports.policies.byHash(body.policyHash)
  if (pinned === undefined) return no({ code: 'unknown-policy' })
  const people = await readPeople(ports, { request: body, requester: actor.person, pinned })
  const evidence = await readEvidence(ports, people)
  const mintEvidence: MintEvidence = {
    ...evidence,
    statement,
    requestHash: ports.sha256(requestText(statement.exceptionId, actor, body)),
    approvals: await Promise.all(order.approvals.map((approval) => withPerson(ports, approval.statement))),
    claim: await withPerson(ports, order.claim.statement),
    mints: (await ports.intents.of(statement.exceptionId)).length,
  }
  const mintable = mayMint(mintEvidence, ports.now())
  if (!mintable.ok) {
    // Signed statements that do not belong together were put together by somebody who is not the bot.
    if (mintable.reason.code === 'unverified')
      await raiseAlarm(ports, `exception/${statement.exceptionId}`, 'forged-grant')
    return mintable
  }
  const before = evidence.credentials.map((credential) => credential.credentialId)
  await ports.ledger.writable()
  const methodsBefore = await ports.signIns.methods(body.subject)
  return yes({ ...mintable.value, subject: body.subject, before, methodsBefore })
}

async function withPerson<S extends Statement>(
  ports: Ports,
  statement: S,
): Promise<{ readonly statement: S; readonly person: Person }> {
  return { statement, person: await knownPerson(ports, statement.actor.person) }
}

/** Whether the subject can have seen the code. A doubt is a no: what was minted is then ended. */
async function show(
  ports: Ports,
  order: GrantOrder,
  plan: Plan,
  { code, lease }: Minted,
  attempt: Attempt,
): Promise<boolean> {
  const { exceptionId, body } = order.request.statement
  if (attempt.isOver() || (await isStopped(ports, exceptionId))) return false
  const hiddenAt = ports.now() + plan.visible * 1000
  const { view } = order.claim.statement.body
  const about = { exceptionId, lease, hiddenAt, opens: plan.opens, category: body.category }
  const update = (modal: Modal): Promise<void> => ports.slack.updateView(view, modal)
  try {
    await (code === undefined
      ? update(letInOpened(about))
      : ports.liveCodes.during(code, () =>
          update(code.reveal((value) => codeShown({ ...about, code: value }))),
        ))
  } catch {
    return false
  }
  return !attempt.isOver()
}

/** A doubt counts as a stop. */
async function isStopped(ports: Ports, exceptionId: string): Promise<boolean> {
  return ports.stops.isStopped(exceptionId).catch(() => true)
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
