import type { Outcome } from '../../exception/fact.ts'
import type { Ended, StateOf } from '../../exception/state.ts'
import type { Done } from '../../follow-up/fact.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import { clockTime } from '../clock.ts'
import { link, say, type Markup } from '../markup.ts'
import { approverNames, byWhom, endTime, methodNames, names } from './story.ts'

const nothingMade = say`No pass was made. Still locked out? Call the helpdesk.`
const call = say`Still locked out? Call the helpdesk.`

/** The card of the person whose pass it is. */
export const subjectText = {
  requested: ({ request }: StateOf<'requested'>): Markup =>
    say`*${request.requesterName} asked for a temporary pass for you.* The request is being checked.`,
  waiting: ({ request, askedNames, until }: StateOf<'waiting'>): Markup =>
    say`*${request.requesterName} asked for a temporary pass for you.* Asked to decide: ${names(askedNames)}, until ${clockTime(until, request.requestedAt)}.`,
  waitingPush: ({ request }: StateOf<'waiting'>): Markup =>
    say`${request.requesterName} asked for a temporary pass for you. Not you? Stop it in Slack.`,
  seeBelow: (): Markup => say`This went on in a newer message below.`,
  keepOpen: (): Markup => say`Keep Slack open: the pass will come here.`,
  ready: ({ request, approvals }: StateOf<'approved'>): Markup =>
    say`*Your temporary pass is ready.* ${request.requesterName} asked for it, ${approverNames(approvals)} approved it.`,
  readyAgain: (): Markup =>
    say`*Your temporary pass is ready again.* A code from before, if you saw one, does not work any more.`,
  readyPush: (): Markup => say`A temporary pass was approved for you. Use it or stop it in Slack.`,
  howTo: ({ request, claimUntil }: StateOf<'approved'>, signIn: string): Markup =>
    say`Open the ${link(signIn, 'sign-in page')} first. Then press *Show my code*, before ${clockTime(claimUntil, request.requestedAt)}.`,
  notAsked: (): Markup => say`Did not ask for it? *Not me* stops it and tells security.`,
  shown: ({ request, shownAt, lease }: StateOf<'active'>): Markup =>
    say`*Code shown at ${clockTime(shownAt, request.requestedAt)}.* It works once, until ${clockTime(lease.expiresAt, request.requestedAt)}.`,
  shownPush: (): Markup => say`Your code was shown. It works once.`,
  typeIt: (signIn: string): Markup =>
    say`Type it on the ${link(signIn, 'sign-in page')}. Nobody from IT will ask for this code.`,
  usedAndDone: (done: Done): Markup =>
    done.type === 'evidence-seen'
      ? say`*Your temporary pass was used, and a new sign-in method was added:* ${methodNames(done.methods)}.`
      : say`*Your temporary pass was used, and your phone is back.*`,
  wasItYou: (): Markup => say`Was it not you? *Not me* signs you out everywhere and tells security.`,
  ending: {
    revoked: (state) => say`*Your temporary pass is being ended.* It was revoked${byWhom(state)}.`,
    stopped: () =>
      say`*You pressed Not me.* The pass is being ended, and security has been told. Give no code to anybody.`,
    'not-seen': () => say`*The code is being ended.* In a moment you can press *Show my code* here again.`,
    'mint-lost': () =>
      say`*The code got lost on its way, so it is being ended.* In a moment you can press *Show my code* here again.`,
  } satisfies Readonly<Record<StateOf<'ending'>['why'], (state: StateOf<'ending'>) => Markup>>,
  ended: {
    refused: (state) =>
      say`The request for a temporary pass for you was refused at ${endTime(state)}. ${nothingMade}`,
    denied: (state) =>
      say`The request for a temporary pass for you was denied at ${endTime(state)}. ${nothingMade}`,
    withdrawn: (state) =>
      say`${state.request.requesterName} withdrew the request for a temporary pass for you at ${endTime(state)}. ${nothingMade}`,
    'timed-out': (state) =>
      say`Nobody decided on a temporary pass for you; the request timed out at ${endTime(state)}. ${nothingMade}`,
    stopped: (state) =>
      say`*You pressed Not me.* Since ${endTime(state)} nothing of the pass is alive, and security has been told. Give no code to anybody.`,
    'never-claimed': (state) =>
      say`Your temporary pass was not opened in time; it ended at ${endTime(state)}. ${call}`,
    'mints-used-up': (state) =>
      say`No more codes can be made under this approval; it ended at ${endTime(state)}. ${call}`,
    used: ({ request }) =>
      endsByWord(request.category)
        ? say`*Your temporary pass was used.* I will ask whether your phone is back.`
        : say`*Your temporary pass was used.* From signing in you have 10 minutes to add your new sign-in method; after that, you will be stuck again.`,
    expired: (state) => say`Your temporary pass ended at ${endTime(state)} without being used. ${call}`,
    revoked: (state) => say`Your temporary pass was revoked; it ended at ${endTime(state)}. ${call}`,
  } satisfies Readonly<Record<Outcome, (state: Ended) => Markup>>,
} as const
