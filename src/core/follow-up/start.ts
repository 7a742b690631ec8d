import type { Category } from '../envelope/statement.ts'
import type { ExceptionId, PersonId } from '../ids.ts'
import type { Kind } from '../kinds.ts'
import type { Actor, SlackAccount } from '../people/person.ts'
import type { Ended } from '../exception/state.ts'
import type { Method } from '../ports.ts'
import type { FollowUpFact } from './fact.ts'
import { endsByWord, needsFollowUp } from './rules.ts'

/** What an ended exception hands to the follow-up of its subject. Times in epoch milliseconds, `remind` in seconds. */
export type FollowUpStart = {
  readonly exceptionId: ExceptionId
  readonly requestHash: string
  /** The exception that ended last, where that is not the first any more: the one that people know it by. */
  readonly newest?: ExceptionId
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

/** The first fact of a follow-up. `at` in epoch milliseconds. */
export function openingOf({ exceptionId, subject, category }: FollowUpStart, at: number): FollowUpFact {
  return { type: 'follow-up-opened', at, exceptionId, subject, category }
}

/** The fact that it is for one more exception. */
export function joiningOf({ exceptionId, category }: FollowUpStart, at: number): FollowUpFact {
  return { type: 'follow-up-joined', at, exceptionId, category }
}

/**
 * A later exception of the same person replaces everything but what gave the follow-up its name; and what is missing stays
 * missing, though since then a phone was only left at home.
 */
export function joined(start: FollowUpStart, next: FollowUpStart): FollowUpStart {
  const { exceptionId, requestHash } = start
  const category = endsByWord(next.category) ? start.category : next.category
  return { ...next, exceptionId, requestHash, newest: next.exceptionId, category }
}
