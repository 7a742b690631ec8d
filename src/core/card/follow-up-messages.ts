import type { FollowUpStart } from '../follow-up/start.ts'
import type { ChainedFact } from '../ledger/chained-fact.ts'
import type { Card, Links } from './card.ts'
import {
  escalationCard,
  evidenceCard,
  evidenceNotice,
  followUpClosedCard,
  reminderCard,
} from './follow-up-cards.ts'

/** A message of a follow-up; the key is its own within the exception that opened it. */
export type FollowUpMessage = {
  readonly key: string
  readonly audience: 'subject' | 'requester' | 'manager'
  readonly card: Card
}

/** Who hears what of a fact. `seq` is the fact's place in the follow-up's chain. */
export function followUpMessages(
  start: FollowUpStart,
  fact: ChainedFact['fact'],
  seq: number,
  links: Links,
): readonly FollowUpMessage[] {
  const to = (audience: FollowUpMessage['audience'], card: Card): FollowUpMessage => ({
    key: `follow-up/${seq}/${audience}`,
    audience,
    card,
  })
  if (fact.type === 'reminder-due') return [to('subject', reminderCard(start, fact, links))]
  if (fact.type === 'still-missing')
    return [to('requester', escalationCard(start, start.remind.length, links))]
  if (fact.type === 'evidence-seen') {
    return [
      to('subject', evidenceCard(start, fact.methods, links)),
      to('manager', evidenceNotice(start, fact.methods)),
    ]
  }
  if (fact.type === 'follow-up-closed') return [to('requester', followUpClosedCard(start, fact.because))]
  return []
}
