import type { FollowUpView } from '../ports.ts'
import type { FollowUpFact } from './fact.ts'

/** What lists and reports know of a follow-up after a fact. */
export function evolveFollowUp(view: FollowUpView | undefined, fact: FollowUpFact): FollowUpView {
  const reminders = view?.reminders ?? 0
  switch (fact.type) {
    case 'follow-up-closed':
      return { status: 'closed', reminders }
    case 'reminder-due':
      return { status: 'open', reminders: reminders + 1 }
    case 'follow-up-opened':
    case 'follow-up-joined':
    case 'evidence-seen':
    case 'phone-back-said':
    case 'still-missing':
      return { status: 'open', reminders }
  }
}
