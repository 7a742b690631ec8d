import type { AlarmFact } from '../../ledger/chained-fact.ts'
import type { KnownState, Request } from '../../exception/state.ts'
import { dayAndTime } from '../clock.ts'
import { joined, say, type Markup } from '../markup.ts'
import { aNounOf, nounOf, providerPlaces, unlessPractice } from './kinds.ts'

/** Messages beside the cards: to approvers, to the subject's manager, to security. */
export const noticeText = {
  manager: ({ subjectName, requesterName }: Request): Markup =>
    say`You manage ${subjectName}, so you hear of it. Does it surprise you? Call ${subjectName} and ${requesterName}.`,
  ping: (): Markup => say`Please decide on the card above: *Approve* or *Deny*.`,
  stopped: {
    title: (state: KnownState): string =>
      `${state.request.subjectName} did not ask for this ${nounOf(state)}`,
    ending: (): Markup => say`This card will say when it is gone.`,
    next: ({ request }: KnownState): Markup =>
      say`Call ${request.subjectName} on the number in the directory, then ask ${request.requesterName} who called the helpdesk.`,
  },
  'revoked-after-use': {
    title: (state: KnownState): string => `Revoked after use: ${whose(state)}`,
    next: ({ request }: KnownState): Markup =>
      say`Call ${request.subjectName} on the number in the directory, and go through the sign-in methods together.`,
  },
  forged: {
    title: (state: KnownState): string => `Forged message about ${whose(state)}`,
    next: (): Markup =>
      say`Somebody sent a message about it that Hallpass did not sign. It counted for nothing. Find out who can reach Hallpass’s Temporal server.`,
  },
  vanished: {
    title: (state: KnownState): string => `Removed outside Hallpass: ${whose(state)}`,
    next: ({ request }: KnownState): Markup =>
      joined(
        ' ',
        say`It was done ${providerPlaces[request.provider]}.`,
        unlessPractice(
          request.kind,
          say`Whether it was used can’t be told any more, so ${request.subjectName} is asked for a new sign-in method.`,
        ),
      ),
  },
  voided: {
    title: (state: KnownState): string => `Wrong codes: ${whose(state)}`,
    next: ({ request }: KnownState): Markup =>
      say`Ask ${request.subjectName} whether it was a slip. If not, somebody is guessing codes under that name: look where the sign-ins come from.`,
  },
  'not-seen': {
    title: ({ request }: KnownState): string => `${request.subjectName} did not see it`,
    says: (state: KnownState): Markup =>
      say`${state.request.subjectName} says that nothing of the ${nounOf(state)} was seen. What was made is ended, and another one can be opened under the same approval.`,
    next: ({ request }: KnownState): Markup =>
      say`Usually it was gone before it was read. If ${request.subjectName} does not know of it, revoke it on its card.`,
  },
} as const

function whose(state: KnownState): string {
  return `${aNounOf(state)} for ${state.request.subjectName}`
}

/** Something that must not happen. */
export const alarmText = {
  title: 'Alarm',
  push: (): Markup => say`Hallpass raised an alarm.`,
  says: {
    'forged-grant': () =>
      say`Somebody asked for a code with a message that Hallpass did not sign. No code was made. Find out who can reach Hallpass’s Temporal server.`,
    'forged-message': () =>
      say`Somebody sent a message that Hallpass did not sign. It counted for nothing. Find out who can reach Hallpass’s Temporal server.`,
    'forged-revocation': () =>
      say`Hallpass’s database holds an order to revoke that Hallpass did not sign. It was not carried out. Find out who can write there.`,
    'attempt-replayed': () =>
      say`An attempt to make a code was run a second time. No second code was made. Find out who reset it in Temporal.`,
    'ledger-conflict': () =>
      say`Two different records claim the same place in the ledger. Nothing was written over. Look into it before anything else.`,
  } satisfies Readonly<Record<AlarmFact['what'], () => Markup>>,
  where: (about: Markup, at: number): Markup => say`${about}, ${dayAndTime(at)}`,
} as const
