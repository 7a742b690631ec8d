import type { Category } from '../envelope/statement.ts'
import type { ExceptionId, PersonId } from '../ids.ts'
import type { Kind } from '../kinds.ts'
import type { Actor, SlackAccount } from '../people/person.ts'
import type { Ended } from '../exception/state.ts'
import type { Method } from '../ports.ts'
import { needsFollowUp } from './rules.ts'

/** What an ended exception hands to the follow-up of its subject. Times in epoch milliseconds, `remind` in seconds. */
export type FollowUpStart = {
  readonly exceptionId: ExceptionId
  readonly requestHash: string
  readonly kind: Kind
  readonly subject: PersonId
  readonly subjectSlack: SlackAccount
  readonly subjectName: string
  readonly requester: Actor
  readonly category: Category
  readonly endedAt: number
  readonly shownAt: number
  readonly methodsBefore: readonly Method[]
  readonly remind: readonly number[]
  readonly look: { readonly first: number; readonly longest: number }
  readonly policyHash: string
  readonly rule: string
}

/** Looking for a new method costs the provider a call: from `longest` between two looks at the pass up to 12 times that. */
const slowestLook = 12

/** What an ended exception hands over; undefined when there is nothing to follow up, or no code was ever shown. */
export function followUpStart(ended: Ended): FollowUpStart | undefined {
  const { request, plan, shownAt } = ended
  if (!needsFollowUp(ended) || plan === undefined || shownAt === undefined) return undefined
  const look = plan.look ?? plan.watch
  const { exceptionId, requestHash, kind, subject, subjectSlack, subjectName, requester, category } = request
  return {
    exceptionId,
    requestHash,
    kind,
    subject,
    subjectSlack,
    subjectName,
    requester,
    category,
    endedAt: ended.endedAt,
    shownAt,
    methodsBefore: ended.methodsBefore ?? [],
    remind: plan.remind,
    look: { first: look.longest, longest: look.longest * slowestLook },
    policyHash: plan.policyHash,
    rule: plan.rule,
  }
}

/** A later exception of the same person replaces everything but the one that gave the follow-up its name. */
export function joined({ exceptionId, requestHash }: FollowUpStart, next: FollowUpStart): FollowUpStart {
  return { ...next, exceptionId, requestHash }
}
