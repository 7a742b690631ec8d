import type { Outcome } from '../../exception/fact.ts'
import type { Ended, KnownState, Request, StateOf } from '../../exception/state.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import { practiceNamed } from '../../kinds.ts'
import { clockTime } from '../clock.ts'
import { joined, say, type Markup } from '../markup.ts'
import { isInPlace } from '../../exception/extension.ts'
import { offerOf } from './extensions.ts'
import { aNounOf, noneMade, unlessPractice } from './kinds.ts'
import { names, whyLine } from './story.ts'
import { wayOf } from './ways.ts'

/** The card that asks for a decision. */
export const approvalText = {
  title: (state: StateOf<'waiting'>): string => offerOf(state).question,
  offer: (state: StateOf<'waiting'>): Markup =>
    joined(' ', noDrill(state), offerOf(state).offer, say`Asked by ${state.request.requesterName}.`),
  caution: (state: StateOf<'waiting'>): Markup => {
    const { subjectName } = state.request
    const { warning, application } = wayOf(state.plan.opens)
    return joined(
      ' ',
      say`Approve only if you know that this is ${subjectName}.`,
      approvalText.notYet(state),
      warning(subjectName, application),
    )
  },
  notYet: (state: StateOf<'waiting'>): Markup => offerOf(state).notYet,
  push: ({ request, plan, until }: StateOf<'waiting'>): Markup =>
    say`${request.requesterName} asks you to approve ${aNounOf({ request, plan })} for ${request.subjectName}. Decide by ${clockTime(until, request.requestedAt)}.`,
  channelPush: ({ request, plan, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`${request.requesterName} asks ${names(askedNames)} to approve ${aNounOf({ request, plan })} for ${request.subjectName}, by ${clockTime(until, request.requestedAt)}.`,
  whyYou: (via: string, subject: string): Markup =>
    via === 'manager' ? say`You manage ${subject}.` : say`You are asked as one of “${via}”.`,
  waitingForYou: ({ request, until }: StateOf<'waiting'>): Markup =>
    say`Waiting for you until ${clockTime(until, request.requestedAt)}, then it times out.`,
  waitingFor: ({ request, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`Waiting for ${names(askedNames)} until ${clockTime(until, request.requestedAt)}, then it times out.`,
  progress: (given: number, needed: number): Markup => say`${given} of ${needed} approvals are there.`,
  next: {
    refused: () => undefined,
    denied: (state) => joined(' ', noneMade(state), told(state)),
    withdrawn: (state) => joined(' ', noneMade(state), say`There is nothing left to decide.`),
    'timed-out': (state) => joined(' ', noneMade(state), told(state)),
    stopped: ({ request }) => say`Security has been told and will talk to ${request.subjectName}.`,
    'never-claimed': ({ request }) => asksWhether(request),
    'mints-used-up': (state) => told(state),
    used: ({ request }) => say`From here the follow-up goes on with ${request.subjectName}.`,
    expired: ({ request }) => asksWhether(request),
    revoked: (state) => told(state),
    replaced: () => undefined,
    extended: () => undefined,
    'not-extended': (state) => told(state),
  } satisfies Readonly<Record<Outcome, (state: Ended) => Markup | undefined>>,
} as const

/** The card of whoever asked. */
export const requesterText = {
  recorded: (displayId: string): Markup => say`*Recorded, ${displayId}.*`,
  checking: (): Markup => say`The directory and the policy are being asked; this card will show who decides.`,
  asked: ({ request, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`Asked: ${names(askedNames)}, until ${clockTime(until, request.requestedAt)}, then it times out.`,
  keepOpen: ({ request, plan }: StateOf<'waiting'>): Markup | undefined =>
    isInPlace(plan) ? undefined : say`Tell ${request.subjectName} to keep Slack open.`,
  openIt: ({ request, plan }: StateOf<'approved'>): Markup | undefined =>
    isInPlace(plan)
      ? undefined
      : say`Tell ${request.subjectName} to press *${wayOf(plan.opens).press}* in Slack.`,
  seeBelow: ({ subjectName }: Request, how: string): Markup =>
    say`Your request for ${subjectName}: ${how}. The newer message below says more.`,
  next: {
    refused: () => undefined,
    denied: (state) =>
      joined(
        ' ',
        noneMade(state),
        say`${state.request.subjectName} has been told. Talk to the approver before you ask again.`,
      ),
    withdrawn: (state) => noneMade(state),
    'timed-out': (state) =>
      joined(' ', noneMade(state), say`Still needed? Call somebody who may approve it, then ask again.`),
    stopped: ({ request }) =>
      say`Security has been told. Do not ask again before security has talked to ${request.subjectName}.`,
    'never-claimed': ({ request }) => stillLockedOut(request),
    'mints-used-up': ({ request }) =>
      say`See that ${request.subjectName} can open windows in Slack, then ask again.`,
    used: ({ request }) =>
      joined(' ', asksOn(request), say`You hear when it is done; nothing to do for you.`),
    expired: ({ request }) => stillLockedOut(request),
    revoked: (state) => stillNeeded(state),
    replaced: () => undefined,
    extended: () => undefined,
    'not-extended': () => undefined,
  } satisfies Readonly<Record<Outcome, (state: Ended) => Markup | undefined>>,
} as const

/** Where the reason of something real, or the ticket before it, speaks of a drill. */
function noDrill({ request }: KnownState): Markup | undefined {
  const practice = practiceNamed(request.kind, whyLine(request))
  return practice && say`*This is no drill, whatever the reason says.*`
}

function told({ request }: KnownState): Markup {
  return say`${request.requesterName} has been told.`
}

function asksWhether({ requesterName, subjectName, kind }: Request): Markup | undefined {
  return unlessPractice(kind, say`${requesterName} is asked whether ${subjectName} is still locked out.`)
}

function stillLockedOut({ subjectName, kind }: Request): Markup | undefined {
  return unlessPractice(kind, say`Is ${subjectName} still locked out? Then ask again.`)
}

function stillNeeded(state: Ended): Markup | undefined {
  const { kind, subjectName } = state.request
  return unlessPractice(kind, say`Does ${subjectName} still need ${aNounOf(state)}? Ask again.`)
}

function asksOn({ subjectName, category }: Request): Markup {
  return endsByWord(category)
    ? say`Hallpass asks ${subjectName} once whether the phone is back.`
    : say`Hallpass reminds ${subjectName} until a new sign-in method is there.`
}
