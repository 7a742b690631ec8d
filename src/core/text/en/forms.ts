import { sayDuration } from '../../duration.ts'
import type { KnownState, Request, StateOf } from '../../exception/state.ts'
import type { DraftProblem } from '../../command/command.ts'
import { longestReason } from '../../policy/check-request.ts'
import { say, type Markup } from '../markup.ts'
import { kindWords, nounOf } from './kinds.ts'
import { worksUntil } from './story.ts'

/** The form that asks for an exception. */
export const requestFormText = {
  subject: { label: 'Who is locked out?', placeholder: 'Choose a person' },
  application: { label: 'To sign in where?', placeholder: 'Choose an application' },
  duration: { label: 'For how long?', placeholder: 'Choose a time' },
  category: { label: 'Why?', placeholder: 'Choose what fits best' },
  ticket: { label: 'Ticket', placeholder: 'INC0012345' },
  reason: { label: 'What happened?', placeholder: 'Lost the phone on the train this morning' },
  durationHint: (longest: number): string =>
    `At most ${sayDuration(longest)} here. Usually counted from when it is opened.`,
  reasonHint: (atLeast: number): string => `At least ${atLeast} characters.`,
  intro: (): Markup =>
    say`A second person approves it. Nothing exists until the person opens it, and nobody else sees it.`,
  problem: (says: string): string => `Please check: ${says}`,
} as const

/** The form that an approver fills in. */
export const approveFormText = {
  checked: (subject: string): string => `How did you make sure that it is ${subject}?`,
  checkedPlaceholder: 'Choose how',
  checkedHint: 'Call a number that you or the directory knew before, never one from the request.',
} as const

/** The form for a denial. */
export const denyFormText = {
  summary: (state: StateOf<'waiting'>): Markup =>
    say`${state.request.requesterName} hears your reason. No ${kindWords[state.request.kind].noun} is made for ${state.request.subjectName}.`,
  reason: { label: 'Why not?', placeholder: 'I could not reach the person' },
} as const

/** The form for ending a pass. */
export const revokeFormText = {
  summary: (state: KnownState): Markup =>
    say`This ends the ${nounOf(state)} for ${state.request.subjectName} at once and for good.`,
  nothingOut: (): Markup => say`Nothing is out, so nobody can have signed in with it.`,
  sessionEnds: ({ subjectName }: Request): Markup =>
    say`That does not end a session that it opened already. So if it was used, ${subjectName} is also signed out everywhere.`,
  sessionStays: (): Markup =>
    say`That does not end a session that it opened already. If it was used, ask security to end the sessions.`,
  reason: { label: 'Why?', placeholder: 'The phone was found' },
} as const

/** The form that asks for more time. */
export const extendFormText = {
  summary: (state: StateOf<'active'>): Markup =>
    say`The ${nounOf(state)} that ${state.request.subjectName} has ends at ${worksUntil(state.lease, state.request.requestedAt)}. A second person has to approve more time.`,
} as const

/** What is wrong with a command, said at the field that asks again. */
export const draftProblemText: Readonly<Record<DraftProblem, string>> = {
  'no-subject': 'Choose the person.',
  'two-subjects': 'One request is for one person. Choose the one.',
  'handle-not-linked': 'Slack did not link this name. Choose the person from the list.',
  'no-application': 'Choose what it is for.',
  'bad-duration': 'That is not a time. Choose one.',
  'two-durations': 'There were two times. Choose one.',
  'no-reason': 'Say what happened.',
  'reason-too-long': `Say it in ${longestReason} characters.`,
  'no-category': 'Choose what fits best.',
}
