import { requestText } from '../core/envelope/request-hash.ts'
import type { Envelope, Statement, StatementOf } from '../core/envelope/statement.ts'
import type { DecisionEvidence } from '../core/exception/may-mint.ts'
import { Fault } from '../core/fault.ts'
import type { Person } from '../core/people/person.ts'
import type { Refusal } from '../core/refusal.ts'
import { no, yes, type Result } from '../core/result.ts'
import { raiseAlarm } from './alarm.ts'
import { knownPerson, readEvidence, readPeople, type Evidence } from './evidence.ts'
import type { Ports } from './ports.ts'

/** A request and who approved it, as they were signed. */
export type Decision = {
  readonly request: Envelope<StatementOf<'request'>>
  readonly approvals: readonly Envelope<StatementOf<'approve'>>[]
}

/** What the rules need to judge a decision anew, and what of it is at the provider. */
export type ReadDecision = DecisionEvidence & Evidence

/** Verifies every signature, the `more` ones too, and reads everybody and everything anew. Believes nothing that it was handed. */
export async function readDecision(
  ports: Ports,
  { request, approvals }: Decision,
  ...more: readonly Envelope[]
): Promise<Result<ReadDecision, Refusal>> {
  const { statement } = request
  const { exceptionId, body, actor } = statement
  if (![request, ...approvals, ...more].every((envelope) => ports.verifier.verify(envelope)))
    return putTogether(ports, exceptionId)
  if (await ports.stops.isStopped(exceptionId)) return no({ code: 'over' })
  const pinned = await ports.policies.byHash(body.policyHash)
  if (pinned === undefined) return no({ code: 'unknown-policy' })
  const people = await readPeople(ports, { request: body, requester: actor.person, pinned })
  return yes({
    ...(await readEvidence(ports, exceptionId, people)),
    statement,
    requestHash: ports.sha256(requestText(exceptionId, actor, body)),
    approvals: await Promise.all(approvals.map((approval) => withPerson(ports, approval.statement))),
  })
}

/** Signed statements that do not belong together were put together by somebody who is not the bot. */
export async function alarmIfForged<Value>(
  ports: Ports,
  { statement }: ReadDecision,
  verdict: Result<Value, Refusal>,
): Promise<Result<Value, Refusal>> {
  const isForged = !verdict.ok && verdict.reason.code === 'unverified'
  return isForged ? putTogether(ports, statement.exceptionId) : verdict
}

async function putTogether(ports: Ports, exceptionId: string): Promise<Result<never, Refusal>> {
  await raiseAlarm(ports, `exception/${exceptionId}`, 'forged-grant')
  return no({ code: 'unverified' })
}

/** A statement and who is behind it now. */
export async function withPerson<S extends Statement>(
  ports: Ports,
  statement: S,
): Promise<{ readonly statement: S; readonly person: Person }> {
  return { statement, person: await knownPerson(ports, statement.actor.person) }
}

/** Somebody who has to be asked first did not answer: nothing was attempted. */
export function notNow(error: unknown): Result<never, Refusal> {
  if (error instanceof Fault) return no({ code: 'not-now', service: error.service })
  throw error
}
