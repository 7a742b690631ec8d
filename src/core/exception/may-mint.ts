import type { StatementOf } from '../envelope/statement.ts'
import { targetOf, type Target } from '../local/target.ts'
import { samePerson, type Person } from '../people/person.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import { admission, eligible, type AdmissionEvidence } from './admission.ts'
import type { Plan } from './plan.ts'

/** A press of *Show my code* counts for this long, in milliseconds. */
export const claimValidFor = 30_000

/** One approval may lead to this many mints: a code that was not seen can be replaced twice. */
export const mintsPerApproval = 3

/** Two honest clocks may differ by this much, in milliseconds. */
const clockSkew = 5_000

/** Statements whose signatures were verified by whoever asks, and the people behind them, read just now. */
export type MintEvidence = AdmissionEvidence & {
  readonly statement: StatementOf<'request'>
  /** The hash of the request as computed from its body, not as claimed by it. */
  readonly requestHash: string
  readonly approvals: readonly { readonly statement: StatementOf<'approve'>; readonly person: Person }[]
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
  if (!everyStatementIsAboutThisRequest(evidence)) return no({ code: 'unverified' })
  const admitted = admission({ ...evidence, request: evidence.statement.body })
  if (!admitted.ok) return admitted
  const plan = admitted.value

  const approvedAt = approvalsCompleteAt(evidence, plan)
  if (approvedAt === undefined) return no({ code: 'not-approved' })
  const wrongClaim = claimRefusal(evidence, plan, approvedAt, now)
  if (wrongClaim !== undefined) return no(wrongClaim)
  const lifetime = lifetimeOf(evidence, plan, approvedAt, now)
  if (lifetime <= 0) return no({ code: 'claim-late' })
  const target = targetOf(evidence.pinned.policy, evidence.statement.body, evidence.subject)
  return target.ok ? yes({ plan, target: target.value, lifetime }) : target
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
function everyStatementIsAboutThisRequest(evidence: MintEvidence): boolean {
  const { statement, requestHash, approvals, claim } = evidence
  return (
    statement.kind === 'request' &&
    approvals.every((approval) => approval.statement.kind === 'approve') &&
    claim.statement.kind === 'claim' &&
    statement.requestHash === requestHash &&
    statement.actor.person === evidence.requester.id &&
    statement.body.subject === evidence.subject.id &&
    [...approvals.map((approval) => approval.statement), claim.statement].every(
      (said) => said.exceptionId === statement.exceptionId && said.requestHash === requestHash,
    ) &&
    approvals.every((approval) => approval.statement.actor.person === approval.person.id) &&
    claim.statement.actor.person === claim.person.id
  )
}

/** When the last needed approval was given, in time and by different eligible people; undefined when it was not. */
function approvalsCompleteAt(evidence: MintEvidence, plan: Plan): number | undefined {
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
