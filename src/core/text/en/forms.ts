import { sayDuration } from '../../duration.ts'
import type { KnownState, Request, StateOf } from '../../exception/state.ts'
import type { ProviderFacts } from '../../kinds.ts'
import type { DraftProblem } from '../../command/command.ts'
import { longestReason } from '../../policy/check-request.ts'
import { joined, say, type Markup } from '../markup.ts'
import { kindWords, nounOf } from './kinds.ts'
import { worksUntil } from './story.ts'
import { wayOf } from './ways.ts'

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
    state.request.extends === undefined
      ? say`${state.request.requesterName} hears your reason. No ${kindWords[state.request.kind].noun} is made for ${state.request.subjectName}.`
      : say`${state.request.requesterName} hears your reason. What ${state.request.subjectName} has goes on as it is.`,
  reason: { label: 'Why not?', placeholder: 'I could not reach the person' },
} as const

/** The form for ending a pass. */
export const revokeFormText = {
  summary: (state: KnownState): Markup =>
    say`This ends the ${nounOf(state)} for ${state.request.subjectName} at once and for good.`,
  nothingOut: ({ extends: base }: Request): Markup =>
    base === undefined
      ? say`Nothing is out, so nobody can have signed in with it.`
      : say`Nothing of it is out. The one from before works on until its own time is over.`,
  sessionEnds: ({ subjectName }: Request): Markup =>
    say`That does not end a session that it opened already. So if it was used, ${subjectName} is also signed out everywhere.`,
  sessionStays: (): Markup =>
    say`That does not end a session that it opened already. If it was used, ask security to end the sessions.`,
  reason: { label: 'Why?', placeholder: 'The phone was found' },
} as const

type More = {
  /** What becomes of what is out; `thing` is what the subject was shown. */
  readonly after: (subject: string, thing: string) => Markup
  readonly durationHint: (longest: number) => string
}

/** What more time is, by how it is given. */
const moreTime: Readonly<Record<ProviderFacts['extend'], More>> = {
  'in-place': {
    after: (_, thing) => say`The ${thing} stays the same.`,
    durationHint: (longest) =>
      `At most ${sayDuration(longest)} here, counted from the approval, not from the end.`,
  },
  replace: {
    after: (subject, thing) =>
      say`Then ${subject} can open a new ${thing}; the one from before works until then.`,
    durationHint: (longest) =>
      `At most ${sayDuration(longest)} here, counted from when the new one is opened.`,
  },
}

/** The form that asks for more time. */
export const extendFormText = {
  summary: (state: StateOf<'active'>, how: ProviderFacts['extend']): Markup => {
    const { request, lease, plan } = state
    const { subjectName: subject } = request
    return joined(
      ' ',
      say`The ${nounOf(state)} that ${subject} has ends at ${worksUntil(lease, request.requestedAt)}. A second person has to approve more time.`,
      moreTime[how].after(subject, wayOf(plan.opens).thing),
    )
  },
  durationHint: (longest: number, how: ProviderFacts['extend']): string =>
    moreTime[how].durationHint(longest),
  reason: { label: 'Why is more time needed?', placeholder: 'The new phone comes only at noon' },
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
