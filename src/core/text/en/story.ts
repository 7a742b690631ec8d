import { sayDuration } from '../../duration.ts'
import type { Lease, Outcome } from '../../exception/fact.ts'
import type { Approval, Ended, KnownState, Request, StateOf } from '../../exception/state.ts'
import type { Method } from '../../ports.ts'
import { clockTime, exactTime } from '../clock.ts'
import { joined, quoted, say, type Markup } from '../markup.ts'
import { refusalText } from '../refusal-text.ts'
import { caseDisplayId, displayId } from '../../ids.ts'
import { isInPlace } from '../../exception/extension.ts'
import { offerOf } from './extensions.ts'
import { aNounOf, baseNounOf, capitalNounOf, noneMade, nounOf } from './kinds.ts'
import { categoryLabels, checkedBy } from './labels.ts'
import { wayOf, type Opens } from './ways.ts'

const longestNames = 240
const mostMethods = 5
/** Below this lifetime seconds matter; milliseconds. */
const shortLife = 600_000

/** Several names, or what is said when nobody is named. */
export function names(list: string): Markup {
  return quoted(list, longestNames)
}

/** Who approved. */
export function approverNames(approvals: readonly Approval[]): Markup {
  return names(approvals.map((approval) => approval.name).join(' and '))
}

/** Sign-in methods by the label that their owner knows, which may have commas in it. */
export function methodNames(methods: readonly Pick<Method, 'label'>[]): Markup {
  const labels = methods.slice(0, mostMethods).map((method) => quoted(method.label).mrkdwn)
  const more = methods.length - labels.length
  return { mrkdwn: `${labels.join('; ')}${more > 0 ? ` and ${more} more` : ''}` }
}

/** Where an exception stands, each as a whole sentence about the subject, for everybody but the subject. */
export const standing = {
  requested: ({ request }: StateOf<'requested'>): Markup =>
    say`The request for ${aNounOf({ request })} for ${request.subjectName} is being checked.`,
  waiting: ({ request, askedNames, until, approvals, plan }: StateOf<'waiting'>): Markup =>
    joined(
      ' ',
      say`${capitalNounOf({ request, plan })} for ${request.subjectName} waits for ${names(askedNames)} until ${clockTime(until, request.requestedAt)}, then it times out.`,
      approvals.length > 0 ? say`${approvals.length} of ${plan.needed} approvals are there.` : undefined,
    ),
  approved: ({ request, plan, approvals, claimUntil }: StateOf<'approved'>): Markup => {
    const approved = say`The ${nounOf({ request, plan })} for ${request.subjectName} is approved by ${approverNames(approvals)}.`
    return isInPlace(plan)
      ? say`${approved} It is being given its time.`
      : say`${approved} ${request.subjectName} can open it until ${clockTime(claimUntil, request.requestedAt)}. ${offerOf({ request, plan }).notYet}`
  },
  active: ({ request, plan, shownAt, lease }: StateOf<'active'>): Markup => {
    const { alive, application } = wayOf(plan.opens)
    const since = request.requestedAt
    return alive(request.subjectName, application, clockTime(shownAt, since), worksUntil(lease, since))
  },
} as const

/** What is happening while a pass is being ended. */
export const endingNow: Readonly<Record<StateOf<'ending'>['why'], (state: StateOf<'ending'>) => Markup>> = {
  revoked: (state) =>
    wasApproved(state)
      ? say`The ${nounOf(state)} for ${state.request.subjectName} was revoked${byWhom(state)}. It is being ended and checked.`
      : say`The request for ${aNounOf(state)} for ${state.request.subjectName} was stopped${byWhom(state)}. ${noneMade(state)}`,
  stopped: (state) =>
    wasApproved(state)
      ? say`${whyStopped(state)}. The ${nounOf(state)} is being ended and checked.`
      : say`${whyStopped(state)}. ${noneMade(state)}`,
  'not-seen': ({ request, plan, claimUntil }) =>
    say`${request.subjectName} did not see the ${wayOf(plan.opens).thing}. It is being ended; then another one can be opened until ${clockTime(claimUntil, request.requestedAt)}.`,
  'mint-lost': ({ request, plan, claimUntil }) =>
    say`The ${wayOf(plan.opens).thing} for ${request.subjectName} got lost on its way. It is being ended; then another one can be opened until ${clockTime(claimUntil, request.requestedAt)}.`,
  replaced: (state) =>
    say`The ${nounOf(state)} for ${state.request.subjectName} is being replaced: the one from before is being ended and checked.`,
}

/** How it ended: who, and when. */
export const endings: Readonly<Record<Outcome, (state: Ended) => Markup>> = {
  refused: (state) =>
    joined(
      ' ',
      say`${capitalNounOf(state)} for ${state.request.subjectName} was refused at ${endTime(state)}.`,
      state.refusal && refusalText(state.refusal, { subject: state.request.subjectName }),
    ),
  denied: (state) =>
    say`The ${nounOf(state)} for ${state.request.subjectName} was denied${byWhom(state)} at ${endTime(state)}.`,
  withdrawn: (state) =>
    say`${state.request.requesterName} withdrew the request for ${aNounOf(state)} for ${state.request.subjectName} at ${endTime(state)}.`,
  'timed-out': (state) =>
    say`The request for ${aNounOf(state)} for ${state.request.subjectName} timed out at ${endTime(state)}: nobody decided.`,
  stopped: (state) =>
    wasApproved(state)
      ? say`${whyStopped(state)}. Since ${endTime(state)} nothing of the ${nounOf(state)} is alive.`
      : say`${whyStopped(state)}, at ${endTime(state)}. ${noneMade(state)}`,
  'never-claimed': (state) =>
    say`The ${nounOf(state)} for ${state.request.subjectName} was approved but not opened in time. It ended at ${endTime(state)}.`,
  'mints-used-up': (state) =>
    say`No ${wayOf(state.plan?.opens).thing} for ${state.request.subjectName} arrived, and no more can be made under this approval. It ended at ${endTime(state)}.`,
  used: (state) => {
    const { used, application } = wayOf(state.plan?.opens)
    return used(state.request.subjectName, application, endTime(state))
  },
  expired: (state) =>
    say`The ${nounOf(state)} for ${state.request.subjectName} ended at ${endTime(state)} without being used.`,
  replaced,
  extended,
  'not-extended': notExtended,
  revoked: (state) =>
    wasApproved(state)
      ? joined(' ', revoked(state), afterUse(state))
      : say`The request for ${aNounOf(state)} for ${state.request.subjectName} was stopped${byWhom(state)} at ${endTime(state)}. ${noneMade(state)}`,
}

/** That the subject pressed the button, or that somebody reported fraud. */
function whyStopped({ request, stop }: StateOf<'ending'> | Ended): Markup {
  return stop?.case === undefined
    ? say`${request.subjectName} pressed *Not me*`
    : say`Fraud was reported about ${request.subjectName} (${caseDisplayId(stop.case)})`
}

function replaced(state: Ended): Markup {
  const { request, replacedBy } = state
  const by = replacedBy === undefined ? say`a newer one` : say`${displayId(request.kind, replacedBy)}`
  return say`The ${nounOf(state)} for ${request.subjectName} was replaced by ${by} at ${endTime(state)}.`
}

function extended(state: Ended): Markup {
  const { request, extendedTo } = state
  const until =
    extendedTo && say`: the ${baseNounOf(state)} works until ${worksUntil(extendedTo, request.requestedAt)}`
  return say`${request.subjectName} has more time${until ?? say``}.`
}

function notExtended(state: Ended): Markup {
  const { request, refusal } = state
  return joined(
    ' ',
    say`No time was added to the ${baseNounOf(state)} for ${request.subjectName}.`,
    refusal && refusalText(refusal, { subject: request.subjectName }),
  )
}

function revoked(state: Ended): Markup {
  const { request, overBy } = state
  return overBy === undefined
    ? say`The ${nounOf(state)} for ${request.subjectName} was revoked${byWhom(state)}; it ended at ${endTime(state)}.`
    : say`The ${nounOf(state)} for ${request.subjectName} ended at ${endTime(state)}. ${endedBy[overBy]}`
}

/** What ended it when nobody here said a word. */
export const endedBy = {
  vanished: say`Somebody removed it outside Hallpass.`,
  voided: say`Too many wrong codes were tried, so it is void.`,
} as const satisfies Readonly<Record<NonNullable<Ended['overBy']>, Markup>>

/** Whether there was more than a request. */
export function wasApproved({ plan, approvals }: Pick<Ended, 'plan' | 'approvals'>): boolean {
  return approvals.length >= (plan?.needed ?? 1)
}

/** Until when it works: to the second where it lives only minutes. */
export function worksUntil({ startsAt, expiresAt }: Lease, since: number): Markup {
  return (expiresAt - startsAt < shortLife ? exactTime : clockTime)(expiresAt, since)
}

/** `14:20`, seen from the day of the request. */
export function endTime({ endedAt, request }: Ended): Markup {
  return clockTime(endedAt, request.requestedAt)
}

/** A pass that somebody removed at the provider ends without anybody here having said a word. */
export function byWhom({ stop }: StateOf<'ending' | 'ended'>): Markup {
  return stop === undefined ? say`` : say` by ${stop.by}`
}

type Found = Pick<Ended, 'request' | 'wasUsed' | 'sessionsRevoked' | 'methodsAdded'>

/** What was found about a use when it was ended. */
export function afterUse({
  request,
  wasUsed,
  sessionsRevoked,
  methodsAdded = [],
}: Found): Markup | undefined {
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
  asked: (state: KnownState): Markup => {
    const { requestedAt, requesterName, subjectName, duration } = state.request
    return say`${clockTime(requestedAt)} ${requesterName} asked for ${aNounOf(state)} for ${subjectName}, ${sayDuration(duration)}.`
  },
  approved: (approval: Approval, since: number): Markup =>
    say`${clockTime(approval.at, since)} ${approval.name} approved; checked by ${checkedBy[approval.checked]}.`,
  shown: (opens: Opens, shownAt: number, since: number): Markup => {
    const { opening, application } = wayOf(opens)
    return say`${clockTime(shownAt, since)} ${opening(application)}`
  },
} as const

/** Why it is needed, in the words of whoever asked, for an element without markup. */
export function whyLine({ category, reason, ticket }: Request): string {
  return `Why: ${categoryLabels[category].toLowerCase()}${ticket === undefined ? '' : `, ${ticket}`}. “${reason}”`
}

/** The words of whoever denied or revoked, for an element without markup. */
export function reasonLine(reason: string): string {
  return `Reason: “${reason}”`
}
