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
import type { ExceptionView, Views } from '../core/ports.ts'
import { isOf, revocationRefused, revokedDirectly, type RevocationFact } from '../core/revocation/fact.ts'
import { refusalOf } from '../core/revocation/refusal.ts'
import { raiseAlarm } from './alarm.ts'
import { deliverAll } from './deliver.ts'
import { end } from './end.ts'
import { standingOf } from './hear.ts'
import type { Ports } from './ports.ts'
import { removeCode } from './remove-code.ts'

/**
 * Carries out a signed revocation without Temporal: for the time when it does not answer, and for exceptions whose
 * workflow is over. Ends what the exception owns, signs the person out where that is due, writes down what became of it,
 * and tells security and the speaker. `refused`: nothing was ended, and nothing is left to do. Rejects when it has to be
 * tried again; everything in it may be done twice.
 */
export async function carryOut(
  ports: Ports,
  views: Pick<Views, 'byId'>,
  envelope: unknown,
): Promise<'ended' | 'refused'> {
  if (!isEnvelope(envelope) || !ports.verifier.verify(envelope)) return forged(ports, 'revocation')
  const { statement } = envelope
  const about = await views.byId(statement.exceptionId)
  if (about === undefined || !isAbout(ports, about.state.request, statement)) {
    return forged(ports, `exception/${statement.exceptionId}`)
  }
  // What an earlier try found stands: a later one can't see a use any more.
  const known = about.revocations.find((one) => isOf(one, statement))
  const fact = known ?? (await judge(ports, about, envelope))
  await tell(ports, about.state, envelope, fact)
  if (fact.type !== 'revoked-directly') return 'refused'
  const { exceptionId } = statement
  await removeCode(ports, { exceptionId, upTo: mintsPerApproval }, 1).catch(() =>
    ports.warn('a code could not be taken out of Slack', { exceptionId }),
  )
  return 'ended'
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

/**
 * Does it if the speaker may, and writes down what became of it. The chain is named after the signature, so that the same
 * word stands there once, whoever carries it out.
 */
async function judge(ports: Ports, about: ExceptionView, envelope: Envelope): Promise<RevocationFact> {
  const { statement, signature } = envelope
  const standing = await standingIn(ports, about.state, statement)
  const refusal = refusalOf(about.state, statement, standing)
  const fact =
    refusal === undefined
      ? await endAll(ports, about.state, statement, standing)
      : revocationRefused(statement, standing, refusal, ports.now())
  const salt = ports.uuid().replaceAll('-', '')
  await ports.ledger.append(`revocation/${ports.sha256(signature)}`, [{ seq: 1, salt, fact }])
  return fact
}

function standingIn(ports: Ports, state: KnownState, { actor }: Statement): Promise<Standing> {
  const plan = 'plan' in state ? state.plan : undefined
  const approvals = 'approvals' in state ? state.approvals : []
  return standingOf(ports, actor.person, hearingOf(state.request, plan?.rule ?? '', approvals))
}

async function endAll(
  ports: Ports,
  state: KnownState,
  statement: Statement,
  standing: Standing,
): Promise<RevocationFact> {
  await ports.stops.stop(statement.exceptionId)
  const plan = 'plan' in state ? state.plan : undefined
  const signOut = statement.kind === 'not-me' || plan?.revokeSessions === true
  const ended = await end(ports, endOrder(state, signOut))
  return revokedDirectly(statement, standing, ended, ports.now())
}

/** Slack holds up nothing: what was done stands in the ledger. */
async function tell(
  ports: Ports,
  state: KnownState,
  { statement, signature }: Envelope,
  fact: RevocationFact,
): Promise<void> {
  const { exceptionId, actor } = statement
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
