import type { Done } from '../follow-up/fact.ts'
import type { FollowUpStart } from '../follow-up/start.ts'
import type { ChainedFact } from '../ledger/chained-fact.ts'
import type { Card, KnownState, Links } from './card.ts'
import {
  escalationCard,
  escalationDoneCard,
  evidenceCard,
  evidenceNotice,
  followUpClosedCard,
  phoneBackCard,
  reminderCard,
  reminderDoneCard,
} from './follow-up-cards.ts'
import { requesterCard } from './requester.ts'
import { subjectCard, subjectOver } from './subject.ts'

/** A message of a follow-up; the key is its own within the exception that opened it. */
export type FollowUpMessage = {
  readonly key: string
  readonly audience: 'subject' | 'requester' | 'manager'
  readonly card: Card
  /** Something newer took its place: it is changed where it was posted, and otherwise not sent. */
  readonly superseded?: boolean
}

/** Who hears what of a fact. `seq` is the fact's place in the follow-up's chain. */
export function followUpMessages(
  start: FollowUpStart,
  fact: ChainedFact['fact'],
  seq: number,
  links: Links,
): readonly FollowUpMessage[] {
  const to = (audience: FollowUpMessage['audience'], card: Card): FollowUpMessage => ({
    key: keyOf(seq, audience),
    audience,
    card,
  })
  if (fact.type === 'reminder-due') return [to('subject', reminderCard(start, fact, links))]
  if (fact.type === 'phone-asked') return [to('subject', phoneBackCard(start, fact.until))]
  if (fact.type === 'still-missing')
    return [to('requester', escalationCard(start, start.remind.length, links))]
  if (fact.type === 'phone-back-said') return doneMessages(start, fact, seq)
  if (fact.type === 'evidence-seen') {
    return [
      ...doneMessages(start, fact, seq),
      to('subject', evidenceCard(start, fact.methods, links)),
      to('manager', evidenceNotice(start, fact.methods)),
    ]
  }
  if (fact.type === 'follow-up-closed') return [to('requester', followUpClosedCard(start, fact.because))]
  return []
}

/** Whatever asked for something before must not ask any more. */
function doneMessages(start: FollowUpStart, done: Done, seq: number): readonly FollowUpMessage[] {
  const earlier = Array.from({ length: seq - 1 }, (_, index) => index + 1)
  return earlier.flatMap((one) => [
    message(one, 'subject', reminderDoneCard(start, done)),
    message(one, 'requester', escalationDoneCard(start, done)),
  ])
}

function message(seq: number, audience: 'subject' | 'requester', card: Card): FollowUpMessage {
  return { key: keyOf(seq, audience), audience, card, superseded: true }
}

function keyOf(seq: number, audience: FollowUpMessage['audience']): string {
  return `follow-up/${seq}/${audience}`
}

/** The cards of the exception itself once the follow-up is over: they promise and ask nothing any more. */
export function lastCards(state: KnownState, done: Done, links: Links): readonly FollowUpMessage[] {
  if (state.status !== 'ended' || state.outcome !== 'used') return []
  return [
    { key: 'requester', audience: 'requester', card: requesterCard(state, done) },
    { key: subjectOver, audience: 'subject', card: subjectCard(state, links, done) },
  ]
}
