import { sayDuration } from '../../duration.ts'
import type { Outcome } from '../../exception/fact.ts'
import type { Request, StateOf } from '../../exception/state.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import { clockTime } from '../clock.ts'
import { joined, say, type Markup } from '../markup.ts'
import { names } from './story.ts'

/** The card that asks for a decision. */
export const approvalText = {
  title: (subject: string): string => `Let ${subject} sign in with a temporary pass?`,
  offer: ({ subjectName, requesterName, duration }: Request): Markup =>
    say`One sign-in, up to ${sayDuration(duration)} after ${subjectName} opens it. Asked by ${requesterName}.`,
  caution: ({ subjectName }: Request): Markup =>
    say`Approve only if you know that this is ${subjectName}. No code exists until ${subjectName} opens it.`,
  noCodeYet: ({ subjectName }: Request): Markup => say`No code exists until ${subjectName} opens it.`,
  push: ({ request, until }: StateOf<'waiting'>): Markup =>
    say`${request.requesterName} asks you to approve a pass for ${request.subjectName}. Decide by ${clockTime(until, request.requestedAt)}.`,
  channelPush: ({ request, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`${request.requesterName} asks ${names(askedNames)} to approve a pass for ${request.subjectName}, by ${clockTime(until, request.requestedAt)}.`,
  whyYou: (via: string, subject: string): Markup =>
    via === 'manager' ? say`You manage ${subject}.` : say`You are asked as one of “${via}”.`,
  waitingForYou: ({ request, until }: StateOf<'waiting'>): Markup =>
    say`Waiting for you until ${clockTime(until, request.requestedAt)}, then it times out.`,
  waitingFor: ({ request, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`Waiting for ${names(askedNames)} until ${clockTime(until, request.requestedAt)}, then it times out.`,
  progress: (given: number, needed: number): Markup => say`${given} of ${needed} approvals are there.`,
  next: {
    refused: () => undefined,
    denied: ({ requesterName }) => say`No pass was made. ${requesterName} has been told.`,
    withdrawn: () => say`No pass was made. There is nothing left to decide.`,
    'timed-out': ({ requesterName }) => say`No pass was made. ${requesterName} has been told.`,
    stopped: ({ subjectName }) => say`Security has been told and will talk to ${subjectName}.`,
    'never-claimed': ({ requesterName, subjectName }) =>
      say`${requesterName} is asked whether ${subjectName} is still locked out.`,
    'mints-used-up': ({ requesterName }) => say`${requesterName} has been told.`,
    used: (request) => asksOn(request),
    expired: ({ requesterName, subjectName }) =>
      say`${requesterName} is asked whether ${subjectName} is still locked out.`,
    revoked: ({ requesterName }) => say`${requesterName} has been told.`,
  } satisfies Readonly<Record<Outcome, (request: Request) => Markup | undefined>>,
} as const

/** The card of whoever asked. */
export const requesterText = {
  recorded: (displayId: string): Markup => say`*Recorded, ${displayId}.*`,
  checking: (): Markup => say`The directory and the policy are being asked; this card will show who decides.`,
  asked: ({ request, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`Asked: ${names(askedNames)}, until ${clockTime(until, request.requestedAt)}, then it times out.`,
  keepOpen: ({ subjectName }: Request): Markup => say`Tell ${subjectName} to keep Slack open.`,
  openIt: ({ subjectName }: Request): Markup => say`Tell ${subjectName} to press *Show my code* in Slack.`,
  seeBelow: ({ subjectName }: Request, how: string): Markup =>
    say`Your request for ${subjectName}: ${how}. The newer message below says more.`,
  next: {
    refused: () => undefined,
    denied: ({ subjectName }) =>
      say`No pass was made. ${subjectName} has been told. Talk to the approver before you ask again.`,
    withdrawn: () => say`No pass was made.`,
    'timed-out': () => say`No pass was made. Still needed? Call somebody who may approve it, then ask again.`,
    stopped: ({ subjectName }) =>
      say`Security has been told. Do not ask again before security has talked to ${subjectName}.`,
    'never-claimed': (request) => stillLockedOut(request),
    'mints-used-up': ({ subjectName }) =>
      say`See that ${subjectName} can open windows in Slack, then ask again.`,
    used: (request) => joined(' ', asksOn(request), say`You hear when it is done; nothing to do for you.`),
    expired: (request) => stillLockedOut(request),
    revoked: ({ subjectName }) => say`Does ${subjectName} still need a pass? Ask again.`,
  } satisfies Readonly<Record<Outcome, (request: Request) => Markup | undefined>>,
} as const

function stillLockedOut({ subjectName }: Request): Markup {
  return say`Is ${subjectName} still locked out? Then ask again.`
}

function asksOn({ subjectName, category }: Request): Markup {
  return endsByWord(category)
    ? say`Hallpass asks ${subjectName} until the phone is back.`
    : say`Hallpass reminds ${subjectName} until a new sign-in method is there.`
}
