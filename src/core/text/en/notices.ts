import type { AlarmFact } from '../../ledger/chained-fact.ts'
import type { Request } from '../../exception/state.ts'
import { dayAndTime } from '../clock.ts'
import { say, type Markup } from '../markup.ts'

/** Messages beside the cards: to approvers, to the subject's manager, to security. */
export const noticeText = {
  manager: ({ subjectName, requesterName }: Request): Markup =>
    say`You manage ${subjectName}, so you hear of it. Does it surprise you? Call ${subjectName} and ${requesterName}.`,
  ping: (): Markup => say`Please decide on the card above: *Approve* or *Deny*.`,
  stopped: {
    title: (subject: string): string => `${subject} did not ask for this pass`,
    ending: (): Markup => say`This card will say when it is gone.`,
    next: ({ subjectName, requesterName }: Request): Markup =>
      say`Call ${subjectName} on the number in the directory, then ask ${requesterName} who called the helpdesk.`,
  },
  'revoked-after-use': {
    title: (subject: string): string => `Revoked after use: a pass for ${subject}`,
    next: ({ subjectName }: Request): Markup =>
      say`Call ${subjectName} on the number in the directory, and go through the sign-in methods together.`,
  },
  forged: {
    title: (subject: string): string => `Forged message about a pass for ${subject}`,
    next: (): Markup =>
      say`Somebody sent a message about this pass that Hallpass did not sign. It counted for nothing. Find out who can reach Hallpass’s Temporal server.`,
  },
  vanished: {
    title: (subject: string): string => `Removed outside Hallpass: a pass for ${subject}`,
    next: ({ subjectName }: Request): Markup =>
      say`Somebody removed it in Microsoft Entra. Whether it was used can’t be told any more, so ${subjectName} is asked for a new sign-in method.`,
  },
  'not-seen': {
    title: (subject: string): string => `${subject} did not see the code`,
    next: ({ subjectName }: Request): Markup =>
      say`Usually a closed window. If ${subjectName} does not know of it, revoke the pass.`,
  },
} as const

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
