import type { AlarmFact } from '../../ledger/chained-fact.ts'
import type { Request } from '../../exception/state.ts'
import { dayAndTime } from '../clock.ts'
import { say, type Markup } from '../markup.ts'

/** Messages beside the cards: to approvers, to the subject's manager, to security. */
export const noticeText = {
  manager: ({ subjectName, requesterName }: Request): Markup =>
    say`You manage ${subjectName}, so you hear of it. Does it surprise you? Call ${subjectName} and ${requesterName}.`,
  ping: (): Markup => say`The card above has the buttons.`,
  stopped: {
    title: (subject: string): string => `${subject} did not ask for this pass`,
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
      say`Somebody sent the workflow a message that Hallpass’s bot did not sign. It counted for nothing. Find out who can reach Temporal.`,
  },
  vanished: {
    title: (subject: string): string => `Removed outside Hallpass: a pass for ${subject}`,
    next: ({ subjectName }: Request): Markup =>
      say`Somebody removed it in the directory. Whether it was used can’t be told any more, so ${subjectName} is asked for a new sign-in method.`,
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
      say`Somebody asked for a code with a message that Hallpass’s bot did not sign. No code was made. Find out who can reach the worker’s queue.`,
    'forged-message': () =>
      say`Somebody sent a workflow a message that Hallpass’s bot did not sign. It counted for nothing. Find out who can reach Temporal.`,
    'forged-revocation': () =>
      say`A revocation in the database is not signed by Hallpass’s bot. It was not carried out. Find out who can write there.`,
    'attempt-replayed': () =>
      say`An attempt to make a code was run a second time. No second code was made. Find out who reset the workflow.`,
    'ledger-conflict': () =>
      say`Two different facts claim the same place in the ledger. Nothing was written over. Look into it before anything else.`,
    'revoked-directly': () =>
      say`A signed revocation was carried out outside the workflow: Temporal did not answer, or the exception was over.`,
  } satisfies Readonly<Record<AlarmFact['what'], () => Markup>>,
  where: (about: Markup, at: number): Markup => say`${about}, ${dayAndTime(at)}`,
} as const

/** What security and the speaker read when a revocation was carried out outside the workflow. */
export const directRevocationText = {
  title: (subject: string): string => `Pass of ${subject} ended`,
  done: (by: string, subject: string): Markup =>
    say`${by} asked for it. Nothing that Hallpass issued for ${subject} is alive any more, as the provider confirms.`,
} as const
