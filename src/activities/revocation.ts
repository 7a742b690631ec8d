import type { Card } from '../core/card/card.ts'
import {
  directRevocationCard,
  directRevocationNotice,
  revocationRefusedCard,
} from '../core/card/direct-revocation.ts'
import { isEnvelope } from '../core/envelope/is-envelope.ts'
import type { Envelope, Statement } from '../core/envelope/statement.ts'
import { endOrder, type End } from '../core/exception/end.ts'
import type { Standing } from '../core/exception/answer.ts'
import { isAsSigned } from '../core/exception/genuine.ts'
import { hearingOf } from '../core/exception/hearing.ts'
import { mintsPerApproval } from '../core/exception/may-mint.ts'
import type { KnownState, Request } from '../core/exception/state.ts'
import type { ExceptionView, FactViews } from '../core/ports.ts'
import { isOf, revocationRefused, revokedDirectly, type RevocationFact } from '../core/revocation/fact.ts'
import { alsoReached } from '../core/revocation/reach.ts'
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
  views: FactViews,
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
  const also = await alsoMeant(ports, views, statement)
  const fact = known ?? (await judge(ports, about, also, envelope))
  await tell(ports, about.state, envelope, fact)
  if (fact.type !== 'revoked-directly') return 'refused'
  for (const { request } of [about.state, ...also]) await takeAway(ports, request)
  return 'ended'
}

/** What else the word ends, as far as the bot signed it. */
async function alsoMeant(
  ports: Ports,
  views: FactViews,
  statement: Statement,
): Promise<readonly KnownState[]> {
  const family = (await views.family(statement.exceptionId)).map(({ state }) => state)
  return alsoReached(
    statement,
    family.filter(({ request }) => isAsSigned(ports, request)),
  )
}

async function takeAway(ports: Ports, { exceptionId }: Request): Promise<void> {
  await removeCode(ports, { exceptionId, upTo: mintsPerApproval }, 1).catch(() =>
    ports.warn('a code could not be taken out of Slack', { exceptionId }),
  )
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
async function judge(
  ports: Ports,
  about: ExceptionView,
  also: readonly KnownState[],
  envelope: Envelope,
): Promise<RevocationFact> {
  const { statement, signature } = envelope
  const standing = await standingIn(ports, about.state, statement)
  const refusal = refusalOf(about.state, statement, standing)
  const facts =
    refusal === undefined
      ? await endAll(ports, [about.state, ...also], statement, standing)
      : ([revocationRefused(statement, standing, refusal, ports.now())] as const)
  const chained = facts.map((fact, index) => ({
    seq: index + 1,
    salt: ports.uuid().replaceAll('-', ''),
    fact,
  }))
  await ports.ledger.append(`revocation/${ports.sha256(signature)}`, chained)
  return facts[0]
}

function standingIn(ports: Ports, state: KnownState, { actor }: Statement): Promise<Standing> {
  const plan = 'plan' in state ? state.plan : undefined
  const approvals = 'approvals' in state ? state.approvals : []
  return standingOf(ports, actor.person, hearingOf(state.request, plan?.rule ?? '', approvals))
}

/** All are stopped before any is ended, so that nothing is minted in the place of what is gone. */
async function endAll(
  ports: Ports,
  [named, ...also]: readonly [KnownState, ...KnownState[]],
  statement: Statement,
  standing: Standing,
): Promise<readonly [RevocationFact, ...RevocationFact[]]> {
  for (const { request } of [named, ...also]) await ports.stops.stop(request.exceptionId)
  const endOf = (state: KnownState): Promise<End> => {
    const plan = 'plan' in state ? state.plan : undefined
    return end(ports, endOrder(state, statement.kind === 'not-me' || plan?.revokeSessions === true))
  }
  const [own, ...others] = await Promise.all([
    endOf(named),
    ...also.map(async (state) => ({
      ...(await endOf(state)),
      exceptionId: state.request.exceptionId,
    })),
  ])
  return revokedDirectly(statement, standing, own, others, ports.now())
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
