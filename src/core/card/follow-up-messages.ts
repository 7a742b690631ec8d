import type { Done } from '../follow-up/fact.ts'
import type { FollowUpStart } from '../follow-up/start.ts'
import type { ChainedFact } from '../ledger/chained-fact.ts'
import type { Card, KnownState, Links } from './card.ts'
import {
  askedBelowCard,
  begunAnewCard,
  escalationCard,
  escalationDoneCard,
  evidenceCard,
  evidenceNotice,
  followUpClosedCard,
  phoneBackCard,
  reminderCard,
  reminderDoneCard,
} from './follow-up-cards.ts'
import { approvalCard, approvalKeys } from './approval.ts'
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
  if (fact.type === 'reminder-due')
    return [
      to('subject', reminderCard(start, fact, links)),
      ...(fact.number === 1 ? askedAgain(start, seq) : []),
    ]
  if (fact.type === 'phone-asked')
    return [to('subject', phoneBackCard(start, fact.until)), ...askedAgain(start, seq)]
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
  return insteadOf(seq, reminderDoneCard(start, done), escalationDoneCard(start, done))
}

/** The first question after a follow-up began anew: those from before are asked no more. */
function askedAgain(start: FollowUpStart, seq: number): readonly FollowUpMessage[] {
  return insteadOf(seq, askedBelowCard(start), begunAnewCard(start))
}

/** What stands from now on where somebody was asked something before. */
function insteadOf(seq: number, subject: Card, requester: Card): readonly FollowUpMessage[] {
  const earlier = Array.from({ length: seq - 1 }, (_, index) => index + 1)
  return earlier.flatMap((one) => [
    { key: keyOf(one, 'subject'), audience: 'subject', card: subject, superseded: true },
    { key: keyOf(one, 'requester'), audience: 'requester', card: requester, superseded: true },
  ])
}

function keyOf(seq: number, audience: FollowUpMessage['audience']): string {
  return `follow-up/${seq}/${audience}`
}

/** The requester's and the subject's card of the exception itself once the follow-up is over: they promise and ask nothing any more. */
export function lastCards(state: KnownState, done: Done, links: Links): readonly FollowUpMessage[] {
  if (state.status !== 'ended' || state.outcome !== 'used') return []
  return [
    { key: 'requester', audience: 'requester', card: requesterCard(state, done) },
    { key: subjectOver, audience: 'subject', card: subjectCard(state, links, done) },
  ]
}

/** The cards of those who were asked to approve, likewise: where they stand, none of them goes on either. */
export function lastApprovalCards(
  state: KnownState,
  done: Done,
): readonly { readonly key: string; readonly card: Card }[] {
  if (state.status !== 'ended' || state.outcome !== 'used') return []
  return [
    { key: approvalKeys.channel, card: approvalCard(state, { audience: 'channel' }, done) },
    ...(state.plan?.asked ?? []).map(({ person, via }) => ({
      key: approvalKeys.of(person),
      card: approvalCard(state, { audience: 'approver', via }, done),
    })),
  ]
}
