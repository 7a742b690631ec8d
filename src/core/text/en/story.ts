import { sayDuration } from '../../duration.ts'
import type { Outcome } from '../../exception/fact.ts'
import type { Approval, Ended, Request, StateOf } from '../../exception/state.ts'
import type { Method } from '../../ports.ts'
import { clockTime } from '../clock.ts'
import { joined, quoted, say, type Markup } from '../markup.ts'
import { refusalText } from '../refusal-text.ts'
import { categoryLabels, checkedBy } from './labels.ts'

const longestNames = 240
const mostMethods = 5

/** Several names, or what is said when nobody is named. */
export function names(list: string): Markup {
  return quoted(list, longestNames)
}

/** Who approved. */
export function approverNames(approvals: readonly Approval[]): Markup {
  return names(approvals.map((approval) => approval.name).join(' and '))
}

/** Sign-in methods by the label that their owner knows. */
export function methodNames(methods: readonly Method[]): Markup {
  const labels = methods.slice(0, mostMethods).map((method) => quoted(method.label).mrkdwn)
  const more = methods.length - labels.length
  return { mrkdwn: `${labels.join(', ')}${more > 0 ? ` and ${more} more` : ''}` }
}

/** Where an exception stands, each as a whole sentence about the subject, for everybody but the subject. */
export const standing = {
  requested: ({ request }: StateOf<'requested'>): Markup =>
    say`The request for a pass for ${request.subjectName} is being checked.`,
  waiting: ({ request, askedNames, until, approvals, plan }: StateOf<'waiting'>): Markup =>
    joined(
      ' ',
      say`A pass for ${request.subjectName} waits for ${names(askedNames)} until ${clockTime(until, request.requestedAt)}, then it times out.`,
      approvals.length > 0 ? say`${approvals.length} of ${plan.needed} approvals are there.` : undefined,
    ),
  approved: ({ request, approvals, claimUntil }: StateOf<'approved'>): Markup =>
    say`The pass for ${request.subjectName} is approved by ${approverNames(approvals)}. ${request.subjectName} can open it until ${clockTime(claimUntil, request.requestedAt)}; no code exists before that.`,
  active: ({ request, shownAt, lease }: StateOf<'active'>): Markup =>
    say`${request.subjectName} was shown the code at ${clockTime(shownAt, request.requestedAt)}. It works once, until ${clockTime(lease.expiresAt, request.requestedAt)}.`,
} as const

/** What is happening while a pass is being ended. */
export const endingNow: Readonly<Record<StateOf<'ending'>['why'], (state: StateOf<'ending'>) => Markup>> = {
  revoked: (state) =>
    say`The pass for ${state.request.subjectName} was revoked${byWhom(state)}. It is being ended and checked.`,
  stopped: ({ request }) =>
    say`${request.subjectName} pressed *Not me*. The pass is being ended and checked.`,
  'not-seen': ({ request, claimUntil }) =>
    say`${request.subjectName} did not see the code. It is being ended; then another one can be shown until ${clockTime(claimUntil, request.requestedAt)}.`,
  'mint-lost': ({ request, claimUntil }) =>
    say`The code for ${request.subjectName} got lost on its way. It is being ended; then another one can be shown until ${clockTime(claimUntil, request.requestedAt)}.`,
}

/** How it ended: who, and when. */
export const endings: Readonly<Record<Outcome, (state: Ended) => Markup>> = {
  refused: (state) =>
    joined(
      ' ',
      say`A pass for ${state.request.subjectName} was refused at ${endTime(state)}.`,
      state.refusal && refusalText(state.refusal, { subject: state.request.subjectName }),
    ),
  denied: (state) =>
    say`The pass for ${state.request.subjectName} was denied${byWhom(state)} at ${endTime(state)}.`,
  withdrawn: (state) =>
    say`${state.request.requesterName} withdrew the request for a pass for ${state.request.subjectName} at ${endTime(state)}.`,
  'timed-out': (state) =>
    say`The request for a pass for ${state.request.subjectName} timed out at ${endTime(state)}: nobody decided.`,
  stopped: (state) =>
    say`${state.request.subjectName} pressed *Not me*. Since ${endTime(state)} nothing of the pass is alive.`,
  'never-claimed': (state) =>
    say`The pass for ${state.request.subjectName} was approved but not opened in time. It ended at ${endTime(state)}.`,
  'mints-used-up': (state) =>
    say`No code for ${state.request.subjectName} arrived, and no more can be made under this approval. It ended at ${endTime(state)}.`,
  used: (state) =>
    say`${state.request.subjectName} signed in with the pass; it was seen at ${endTime(state)}.`,
  expired: (state) =>
    say`The pass for ${state.request.subjectName} ended at ${endTime(state)} without being used.`,
  revoked: (state) =>
    joined(
      ' ',
      say`The pass for ${state.request.subjectName} was revoked${byWhom(state)}; it ended at ${endTime(state)}.`,
      afterUse(state),
    ),
}

/** `14:20`, seen from the day of the request. */
export function endTime({ endedAt, request }: Ended): Markup {
  return clockTime(endedAt, request.requestedAt)
}

/** A pass that somebody removed at the provider ends without anybody here having said a word. */
export function byWhom({ stop }: StateOf<'ending' | 'ended'>): Markup {
  return stop === undefined ? say`` : say` by ${stop.by}`
}

export function afterUse({
  request,
  wasUsed,
  sessionsRevoked,
  methodsAdded = [],
}: Pick<Ended, 'request' | 'wasUsed' | 'sessionsRevoked' | 'methodsAdded'>): Markup | undefined {
  if (wasUsed !== true) return wasUsed === false ? say`It had not been used.` : undefined
  return joined(
    ' ',
    say`It had been used before.`,
    sessionsRevoked === true
      ? say`${request.subjectName} was signed out everywhere.`
      : say`The session that it opened goes on.`,
    methodsAdded.length > 0 ? say`Added meanwhile: ${methodNames(methodsAdded)}.` : undefined,
  )
}

/** The lines of a story, one per step, in order of time. */
export const storyLines = {
  asked: (request: Request): Markup =>
    say`${clockTime(request.requestedAt)} ${request.requesterName} asked for a pass for ${request.subjectName}, ${sayDuration(request.duration)}.`,
  approved: (approval: Approval, since: number): Markup =>
    say`${clockTime(approval.at, since)} ${approval.name} approved; checked by ${checkedBy[approval.checked]}.`,
  shown: (shownAt: number, since: number): Markup => say`${clockTime(shownAt, since)} The code was shown.`,
} as const

/** Why it is needed, in the words of whoever asked, for an element without markup. */
export function whyLine({ category, reason, ticket }: Request): string {
  return `Why: ${categoryLabels[category].toLowerCase()}${ticket === undefined ? '' : `, ${ticket}`}. “${reason}”`
}

/** The words of whoever denied or revoked, for an element without markup. */
export function reasonLine(reason: string): string {
  return `Reason: “${reason}”`
}
