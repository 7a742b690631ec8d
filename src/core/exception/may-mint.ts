import type { Statement, StatementOf } from '../envelope/statement.ts'
import { providers } from '../kinds.ts'
import { targetOf, type Target } from '../local/target.ts'
import { samePerson, type Person } from '../people/person.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import { admission, eligible, type AdmissionEvidence } from './admission.ts'
import { addsNoTime } from './extension.ts'
import type { Plan } from './plan.ts'

/** A press of *Show my code* counts for this long, in milliseconds. */
export const claimValidFor = 30_000

/** One approval may lead to this many mints: a code that was not seen can be replaced twice. */
export const mintsPerApproval = 3

/** Two honest clocks may differ by this much, in milliseconds. */
const clockSkew = 5_000

/** Statements whose signatures were verified by whoever asks, and the people behind them, read just now. */
export type DecisionEvidence = AdmissionEvidence & {
  readonly statement: StatementOf<'request'>
  /** The hash of the request as computed from its body, not as claimed by it. */
  readonly requestHash: string
  readonly approvals: readonly { readonly statement: StatementOf<'approve'>; readonly person: Person }[]
}

/** The same with the press of the subject. */
export type MintEvidence = DecisionEvidence & {
  readonly claim: { readonly statement: StatementOf<'claim'>; readonly person: Person }
  /** Attempts on record for this exception. */
  readonly mints: number
}

/** What may be minted now; `lifetime` in seconds. */
export type Mintable = { readonly plan: Plan; readonly target: Target | undefined; readonly lifetime: number }

/**
 * The rule that stands between a request and a credential: a valid request, enough different people who approve it in
 * time, and a fresh press by the subject. `now` in epoch milliseconds.
 */
export function mayMint(evidence: MintEvidence, now: number): Result<Mintable, Refusal> {
  if (!isAbout(evidence, evidence.claim, 'claim')) return no({ code: 'unverified' })
  const decision = decided(evidence)
  if (!decision.ok) return decision
  const { plan, approvedAt } = decision.value

  if (isExtendedInPlace(evidence)) return no({ code: 'not-approved' })
  const wrongClaim = claimRefusal(evidence, plan, approvedAt, now)
  if (wrongClaim !== undefined) return no(wrongClaim)
  const lifetime = lifetimeOf(evidence, plan, approvedAt, now)
  if (lifetime <= 0) return no({ code: 'claim-late' })
  if (addsNoTime(evidence.base, now + lifetime * 1000)) return no({ code: 'extend-shorter' })
  const target = targetOf(evidence.pinned.policy, evidence.statement.body, evidence.subject)
  return target.ok ? yes({ plan, target: target.value, lifetime }) : target
}

/**
 * The rule that stands between a request for more time and a credential that lives longer: a valid request and enough
 * different people who approve it in time. Until when it may live (epoch milliseconds), counted from the last approval.
 */
export function mayProlong(evidence: DecisionEvidence, now: number): Result<number, Refusal> {
  const decision = decided(evidence)
  if (!decision.ok) return decision
  const { plan, approvedAt } = decision.value
  if (!isExtendedInPlace(evidence)) return no({ code: 'extend-none' })
  const until = approvedAt + plan.duration * 1000
  if (now >= until) return no({ code: 'claim-late' })
  return addsNoTime(evidence.base, until) ? no({ code: 'extend-shorter' }) : yes(until)
}

function isExtendedInPlace({ statement: { body } }: DecisionEvidence): boolean {
  return body.extends !== undefined && providers[body.provider].extend === 'in-place'
}

/** A request that may be granted now, and when the last of the approvals that it needs was given. */
function decided(evidence: DecisionEvidence): Result<{ plan: Plan; approvedAt: number }, Refusal> {
  if (!everyStatementIsAboutThisRequest(evidence)) return no({ code: 'unverified' })
  const admitted = admission({ ...evidence, request: evidence.statement.body })
  if (!admitted.ok) return admitted
  const plan = admitted.value
  const approvedAt = approvalsCompleteAt(evidence, plan)
  return approvedAt === undefined ? no({ code: 'not-approved' }) : yes({ plan, approvedAt })
}

/** Why this press does not count: too late, by somebody else, not fresh, or once too often. */
function claimRefusal(
  { claim, subject, mints }: MintEvidence,
  plan: Plan,
  approvedAt: number,
  now: number,
): Refusal | undefined {
  if (now > approvedAt + plan.claimWithin * 1000) return { code: 'claim-late' }
  if (claim.person.id !== subject.id) return { code: 'not-the-subject' }
  const { at } = claim.statement
  const isFresh = at >= approvedAt && at >= now - claimValidFor && at <= now + clockSkew
  if (!isFresh) return { code: 'claim-stale' }
  return mints >= mintsPerApproval ? { code: 'used-up' } : undefined
}

/** Whole seconds: from now, or what is left since the approval where the application's clock runs from there. */
function lifetimeOf(
  { pinned, statement }: MintEvidence,
  plan: Plan,
  approvedAt: number,
  now: number,
): number {
  const { application } = statement.body
  const clock = application === undefined ? 'claim' : pinned.policy.applications[application]?.clock
  return clock === 'approval' ? plan.duration - Math.ceil((now - approvedAt) / 1000) : plan.duration
}

/** A signature says that somebody said this, not that it is what it is handed in as: a denial is signed as well. */
function everyStatementIsAboutThisRequest(evidence: DecisionEvidence): boolean {
  const { statement, requestHash, approvals } = evidence
  return (
    statement.kind === 'request' &&
    statement.requestHash === requestHash &&
    statement.actor.person === evidence.requester.id &&
    statement.body.subject === evidence.subject.id &&
    approvals.every((approval) => isAbout(evidence, approval, 'approve'))
  )
}

/** Whether somebody said just this, about this request, and is who is taken for the speaker. */
function isAbout(
  { statement: { exceptionId }, requestHash }: DecisionEvidence,
  { statement: said, person }: { readonly statement: Statement; readonly person: Person },
  kind: Statement['kind'],
): boolean {
  return (
    said.kind === kind &&
    said.exceptionId === exceptionId &&
    said.requestHash === requestHash &&
    said.actor.person === person.id
  )
}

/** When the last needed approval was given, in time and by different eligible people; undefined when it was not. */
function approvalsCompleteAt(evidence: DecisionEvidence, plan: Plan): number | undefined {
  const { statement, subject, requester, candidates } = evidence
  const mayApprove = eligible(candidates, subject, requester)
  const deadline = statement.at + plan.answerWithin * 1000 + clockSkew
  const valid = evidence.approvals
    .filter(
      ({ statement: said, person }) =>
        said.at >= statement.at &&
        said.at <= deadline &&
        mayApprove.some((one) => one.person.id === person.id),
    )
    .toSorted((one, other) => one.statement.at - other.statement.at)
  const different = valid.filter(
    ({ person }, index) => valid.findIndex((other) => samePerson(other.person, person)) === index,
  )
  const last = different[plan.needed - 1]
  return plan.needed > 0 ? last?.statement.at : undefined
}
