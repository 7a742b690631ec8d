import type { ExceptionId } from '../ids.ts'
import type { Closed, FollowUpFact } from './fact.ts'

/** What a follow-up is: what its facts come to. */
export type FollowUp = {
  /** The exceptions that it is for. The first gave it its name; what is due counts from the last. */
  readonly exceptions: readonly ExceptionId[]
  /** How often the person was reminded or asked since the last of them. */
  readonly reminders: number
  /** Whether the requester was asked to help since then. */
  readonly helpAsked: boolean
} & ({ readonly status: 'open' } | { readonly status: 'closed'; readonly because: Closed })

const unopened: FollowUp = { status: 'open', exceptions: [], reminders: 0, helpAsked: false }

/**
 * What a follow-up is after a fact; the first one finds none. Total: what comes after the end leaves it as it is, so that
 * a chain always folds.
 */
export function evolveFollowUp(before: FollowUp | undefined, fact: FollowUpFact): FollowUp {
  const followUp = before ?? unopened
  if (followUp.status === 'closed') return followUp
  switch (fact.type) {
    case 'follow-up-opened':
    case 'follow-up-joined': {
      const exceptions = [...followUp.exceptions, fact.exceptionId]
      return { status: 'open', exceptions, reminders: 0, helpAsked: false }
    }
    case 'reminder-due':
    case 'phone-asked':
      return { ...followUp, reminders: followUp.reminders + 1 }
    case 'still-missing':
      return { ...followUp, helpAsked: true }
    case 'follow-up-closed':
      return { ...followUp, status: 'closed', because: fact.because }
    case 'evidence-seen':
    case 'phone-back-said':
      return followUp
  }
}
