import type { Card } from '../core/card/card.ts'
import {
  directRevocationCard,
  directRevocationNotice,
  revocationRefusedCard,
} from '../core/card/direct-revocation.ts'
import { isEnvelope } from '../core/envelope/is-envelope.ts'
import type { Envelope, Statement } from '../core/envelope/statement.ts'
import { endOrder } from '../core/exception/end.ts'
import type { Standing } from '../core/exception/answer.ts'
import { isAsSigned } from '../core/exception/genuine.ts'
import { hearingOf } from '../core/exception/hearing.ts'
import { mintsPerApproval } from '../core/exception/may-mint.ts'
import type { KnownState, Request } from '../core/exception/state.ts'
import type { ExceptionId } from '../core/ids.ts'
import type { ExceptionView, FactViews } from '../core/ports.ts'
import { revocationText } from '../core/revocation/text.ts'
import { isOf, revocationRefused, revokedDirectly, type RevocationFact } from '../core/revocation/fact.ts'
import { alsoReached } from '../core/revocation/reach.ts'
import { refusalOf } from '../core/revocation/refusal.ts'
import { raiseAlarm } from './alarm.ts'
import { deliverAll } from './deliver.ts'
import { end } from './end.ts'
import { standingOf } from './hear.ts'
import type { Ports } from './ports.ts'
import { removeCode } from './remove-code.ts'

/** A signed word and an exception that it is to end: the one that it names, or one that it reaches as well. */
export type Revocation = { readonly envelope: unknown; readonly exceptionId: ExceptionId }

/**
 * Carries out a signed revocation without Temporal: for the time when it does not answer, and for exceptions whose
 * workflow is over. Ends what the exception owns, signs the person out where that is due, writes down what became of it,
 * and tells security and the speaker. What the word reaches besides what it names is stopped at once, and becomes a
 * revocation of its own, so that none waits for another. `refused`: nothing was ended, and nothing is left to do. Rejects
 * when it has to be tried again; everything in it may be done twice.
 */
export async function carryOut(
  ports: Ports,
  views: FactViews,
  { envelope, exceptionId }: Revocation,
): Promise<'ended' | 'refused'> {
  if (!isEnvelope(envelope) || !ports.verifier.verify(envelope)) return forged(ports, 'revocation')
  const { statement } = envelope
  const named = await views.byId(statement.exceptionId)
  if (named === undefined || !isAbout(ports, named.state.request, statement)) {
    return forged(ports, `exception/${statement.exceptionId}`)
  }
  const also = await alsoMeant(ports, views, statement)
  const about = [named, ...also].find((view) => view.exceptionId === exceptionId)
  if (about === undefined) return forged(ports, `exception/${exceptionId}`)
  // What an earlier try found stands: a later one can't see a use any more.
  const known = about.revocations.find((one) => isOf(one, statement))
  const fact = known ?? (await judge(ports, { named, about, also }, envelope))
  await tell(ports, about.state, envelope, fact)
  if (fact.type !== 'revoked-directly') return 'refused'
  await removeCode(ports, { exceptionId, upTo: mintsPerApproval }, 1).catch(() =>
    ports.warn('a code could not be taken out of Slack', { exceptionId }),
  )
  return 'ended'
}

/** What the word ends besides what it names, as far as the bot signed it. */
async function alsoMeant(
  ports: Ports,
  views: FactViews,
  statement: Statement,
): Promise<readonly ExceptionView[]> {
  const near = (await views.family(statement.exceptionId)).filter(({ state }) =>
    isAsSigned(ports, state.request),
  )
  const reached = alsoReached(
    statement,
    near.map(({ state }) => state),
  )
  return near.filter(({ state }) => reached.includes(state))
}

/** Whether somebody spoke of just this request, and it is the one that the bot signed. */
function isAbout(ports: Ports, request: Request, { exceptionId, requestHash }: Statement): boolean {
  const isThis = request.exceptionId === exceptionId && request.requestHash === requestHash
  return isThis && isAsSigned(ports, request)
}

async function forged(ports: Ports, about: string): Promise<'refused'> {
  await raiseAlarm(ports, about, 'forged-revocation')
  return 'refused'
}

type Reached = {
  readonly named: ExceptionView
  readonly about: ExceptionView
  readonly also: readonly ExceptionView[]
}

/**
 * Does it if the speaker may, and writes down what became of it. The chain is named after the word and what it ends, so
 * that the same stands there once, whoever carries it out.
 */
async function judge(
  ports: Ports,
  { named, about, also }: Reached,
  envelope: Envelope,
): Promise<RevocationFact> {
  const { statement } = envelope
  const standing = await standingIn(ports, named.state, statement)
  const refusal = refusalOf(named.state, statement, standing)
  if (refusal === undefined && about === named) await reachOut(ports, envelope, [named, ...also])
  const fact =
    refusal === undefined
      ? await endOne(ports, about.state, statement, standing)
      : revocationRefused(statement, standing, refusal, ports.now())
  const salt = ports.uuid().replaceAll('-', '')
  const chain = `revocation/${ports.sha256(revocationText(envelope, about.exceptionId))}`
  await ports.ledger.append(chain, [{ seq: 1, salt, fact }])
  return fact
}

/** All are stopped before any is ended, so that nothing is minted in the place of what is gone. */
async function reachOut(ports: Ports, envelope: Envelope, all: readonly ExceptionView[]): Promise<void> {
  for (const { exceptionId } of all) await ports.stops.endByWord(exceptionId)
  for (const { exceptionId } of all) await ports.revocations.write(envelope, exceptionId)
}

function standingIn(ports: Ports, state: KnownState, { actor }: Statement): Promise<Standing> {
  const plan = 'plan' in state ? state.plan : undefined
  const approvals = 'approvals' in state ? state.approvals : []
  return standingOf(ports, actor.person, hearingOf(state.request, plan?.rule ?? '', approvals))
}

async function endOne(
  ports: Ports,
  state: KnownState,
  statement: Statement,
  standing: Standing,
): Promise<RevocationFact> {
  const plan = 'plan' in state ? state.plan : undefined
  const signOut = statement.kind === 'not-me' || plan?.revokeSessions === true
  const ended = await end(ports, endOrder(state, signOut))
  return revokedDirectly(statement, state.request.exceptionId, standing, ended, ports.now())
}

/** Slack holds up nothing: what was done stands in the ledger. */
async function tell(
  ports: Ports,
  state: KnownState,
  { statement, signature }: Envelope,
  fact: RevocationFact,
): Promise<void> {
  const { actor } = statement
  const { exceptionId } = state.request
  const delivery = (to: string, card: Card) => ({ key: `${ports.sha256(signature)}/${to}`, to, card })
  const { security } = ports.policies.current().policy.channels
  const deliveries =
    fact.type === 'revoked-directly'
      ? [
          delivery(security, directRevocationNotice(state, fact)),
          delivery(actor.user, directRevocationCard(state, fact)),
        ]
      : [delivery(actor.user, revocationRefusedCard(state, fact))]
  await deliverAll(ports, exceptionId, deliveries, 1).catch(() =>
    ports.warn('nobody could be told of a revocation', { exceptionId }),
  )
}
