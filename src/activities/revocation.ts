import { textCard } from '../core/card/text-card.ts'
import { notEndedText } from '../core/text/answers.ts'
import { directRevocationCard } from '../core/card/direct-revocation.ts'
import { isEnvelope } from '../core/envelope/is-envelope.ts'
import type { Statement } from '../core/envelope/statement.ts'
import { endOrder, type End } from '../core/exception/end.ts'
import { endsIt, type Standing } from '../core/exception/answer.ts'
import { hearingOf } from '../core/exception/hearing.ts'
import type { ExceptionView, Views } from '../core/ports.ts'
import { raiseAlarm } from './alarm.ts'
import { end } from './end.ts'
import { standingOf } from './hear.ts'
import type { Ports } from './ports.ts'

/**
 * Carries out a signed revocation without Temporal: for the time when it does not answer, and for exceptions whose
 * workflow is over. Ends what the exception owns, signs the person out where that is due, and tells security and the
 * speaker. Rejects when it has to be tried again; everything in it may be done twice.
 */
export async function carryOut(ports: Ports, views: Pick<Views, 'byId'>, envelope: unknown): Promise<void> {
  if (!isEnvelope(envelope) || !ports.verifier.verify(envelope))
    return raiseAlarm(ports, 'revocation', 'forged-revocation')
  const { statement } = envelope
  const about = await views.byId(statement.exceptionId)
  if (about === undefined || about.state.request.requestHash !== statement.requestHash) {
    return raiseAlarm(ports, `exception/${statement.exceptionId}`, 'forged-revocation')
  }
  const standing = await standingIn(ports, about, statement)
  if (!endsIt(statement, standing)) return tellOfRefusal(ports, about, statement)
  await ports.stops.stop(statement.exceptionId)
  const plan = 'plan' in about.state ? about.state.plan : undefined
  const signOut = statement.kind === 'not-me' || plan?.revokeSessions === true
  const ended = await end(ports, endOrder(about.state, signOut))
  return tellOfIt(ports, about, statement, standing, ended)
}

function standingIn(ports: Ports, { state }: ExceptionView, { actor }: Statement): Promise<Standing> {
  const plan = 'plan' in state ? state.plan : undefined
  const approvals = 'approvals' in state ? state.approvals : []
  return standingOf(ports, actor.person, hearingOf(state.request, plan?.rule ?? '', approvals))
}

/** Whoever was told that it is being ended must hear that it is not. */
async function tellOfRefusal(ports: Ports, about: ExceptionView, { actor }: Statement): Promise<void> {
  const card = textCard(notEndedText(about.displayId))
  ports.warn('a revocation was not allowed', { by: actor.person })
  await ports.slack.post(actor.user, card.text, card.blocks)
}

async function tellOfIt(
  ports: Ports,
  about: ExceptionView,
  statement: Statement,
  standing: Standing,
  ended: End,
): Promise<void> {
  const { exceptionId } = statement
  const fact = {
    type: 'alarm',
    at: ports.now(),
    about: `exception/${exceptionId}`,
    what: 'revoked-directly',
  } as const
  await ports.ledger.append(`alarm/${ports.uuid()}`, [{ seq: 1, salt: '', fact }])
  const { security } = ports.policies.current().policy.channels
  const card = directRevocationCard(about.state, standing.name, { ...ended, at: fact.at })
  await Promise.allSettled(
    [security, statement.actor.user].map((to) => ports.slack.post(to, card.text, card.blocks)),
  )
}
