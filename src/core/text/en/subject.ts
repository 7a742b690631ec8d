import type { Outcome } from '../../exception/fact.ts'
import type { Ended, KnownState, StateOf } from '../../exception/state.ts'
import type { Done } from '../../follow-up/fact.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import { clockTime } from '../clock.ts'
import { joined, say, type Markup } from '../markup.ts'
import { codeText } from './code.ts'
import { meanwhile } from './extensions.ts'
import { baseNounOf, fullNounOf, kindWords, noneMade, nounOf, unlessPractice } from './kinds.ts'
import {
  approverNames,
  byWhom,
  endedBy,
  endTime,
  methodNames,
  names,
  wasApproved,
  worksUntil,
} from './story.ts'
import { wayOf } from './ways.ts'

function call({ request }: Ended): Markup | undefined {
  return unlessPractice(request.kind, say`Still locked out? Call the helpdesk.`)
}

/** The card of the person whose pass it is. */
export const subjectText = {
  requested: (state: StateOf<'requested'>): Markup => say`*${asked(state)}* The request is being checked.`,
  waiting: (state: StateOf<'waiting'>): Markup =>
    say`*${asked(state)}* Asked to decide: ${names(state.askedNames)}, until ${clockTime(state.until, state.request.requestedAt)}.`,
  waitingPush: (state: StateOf<'waiting'>): Markup => say`${asked(state)} Not you? Stop it in Slack.`,
  seeBelow: (): Markup => say`This went on in a newer message below.`,
  keepOpen: (state: StateOf<'waiting'>): Markup =>
    state.plan.extends === undefined
      ? say`Keep Slack open: the ${kindWords[state.request.kind].noun} will come here.`
      : meanwhile(state, state.plan.extends.endsAt),
  extending: (state: StateOf<'approved'>): Markup =>
    say`*Your ${fullNounOf(state)} was approved by ${approverNames(state.approvals)}.* It is being given its time.`,
  ready: (state: StateOf<'approved'>): Markup =>
    say`*Your ${fullNounOf(state)} is ready.* ${state.request.requesterName} asked for it, ${approverNames(state.approvals)} approved it.`,
  readyAgain: (state: StateOf<'approved'>): Markup =>
    say`*Your ${fullNounOf(state)} is ready again.* A ${wayOf(state.plan.opens).thing} from before, if you saw one, does not work any more.`,
  readyPush: (state: StateOf<'approved'>): Markup =>
    say`A ${fullNounOf(state)} was approved for you. Use it or stop it in Slack.`,
  howTo: ({ request, plan, claimUntil }: StateOf<'approved'>, signIn: string): Markup => {
    const { howTo, application } = wayOf(plan.opens)
    return howTo(application, signIn, clockTime(claimUntil, request.requestedAt))
  },
  untilOpened: ({ plan }: StateOf<'approved'>): Markup | undefined =>
    plan.extends && say`The one that you have works until you open this one.`,
  notAsked: (): Markup => say`Did not ask for it? *Not me* stops it and tells security.`,
  notAskedLate: (): Markup => say`Did not ask for it? *Not me* tells security.`,
  shown: ({ request, plan, shownAt, lease }: StateOf<'active'>): Markup => {
    const { opened, application } = wayOf(plan.opens)
    return opened(
      application,
      clockTime(shownAt, request.requestedAt),
      worksUntil(lease, request.requestedAt),
    )
  },
  onlyThis: ({ plan }: StateOf<'active'>): Markup | undefined =>
    plan.extends && codeText.onlyThis(plan.opens),
  shownPush: ({ plan }: StateOf<'active'>): Markup => {
    const { openedPush, application } = wayOf(plan.opens)
    return openedPush(application)
  },
  useIt: ({ plan }: StateOf<'active'>, signIn: string): Markup => {
    const { useIt, application } = wayOf(plan.opens)
    return useIt(application, signIn)
  },
  usedAndDone: (state: Ended, done: Done): Markup =>
    done.type === 'evidence-seen'
      ? say`*Your ${fullNounOf(state)} was used, and a new sign-in method was added:* ${methodNames(done.methods)}.`
      : say`*Your ${fullNounOf(state)} was used, and your phone is back.*`,
  wasItYou: (): Markup => say`Was it not you? *Not me* signs you out everywhere and tells security.`,
  ending: {
    revoked: (state) =>
      wasApproved(state)
        ? say`*Your ${fullNounOf(state)} is being ended.* It was revoked${byWhom(state)}.`
        : say`*The request for a ${fullNounOf(state)} for you was stopped${byWhom(state)}.* ${noneMade(state)}`,
    stopped: (state) =>
      wasApproved(state)
        ? say`${whyStopped(state)} The ${nounOf(state)} is being ended, and security has been told. Give no code to anybody.`
        : say`${whyStopped(state)} ${noneMade(state)} Security has been told. Give no code to anybody.`,
    'not-seen': (state) => say`*The ${wayOf(state.plan.opens).thing} is being ended.* ${again(state)}`,
    'mint-lost': (state) =>
      say`*The ${wayOf(state.plan.opens).thing} got lost on its way, so it is being ended.* ${again(state)}`,
    replaced: (state) =>
      say`*A newer ${wayOf(state.plan.opens).thing} takes the place of this one*, which is being ended.`,
  } satisfies Readonly<Record<StateOf<'ending'>['why'], (state: StateOf<'ending'>) => Markup>>,
  ended: {
    refused: (state) => nothingMade(state, say`was refused at ${endTime(state)}`),
    denied: (state) => nothingMade(state, say`was denied at ${endTime(state)}`),
    withdrawn: (state) =>
      nothingMade(state, say`was withdrawn by ${state.request.requesterName} at ${endTime(state)}`),
    'timed-out': (state) => nothingMade(state, say`timed out at ${endTime(state)}: nobody decided`),
    stopped: (state) =>
      wasApproved(state)
        ? say`${whyStopped(state)} Since ${endTime(state)} nothing of the ${nounOf(state)} is alive, and security has been told. Give no code to anybody.`
        : say`${whyStopped(state)} ${noneMade(state)} Security has been told. Give no code to anybody.`,
    'never-claimed': (state) =>
      joined(
        ' ',
        say`Your ${fullNounOf(state)} was not opened in time; it ended at ${endTime(state)}.`,
        call(state),
      ),
    'mints-used-up': (state) =>
      joined(
        ' ',
        say`No other ${nounOf(state)} can be made under this approval; it ended at ${endTime(state)}.`,
        call(state),
      ),
    used: (state) => used(state),
    replaced: () => say`A newer one took the place of this one. Its message is below.`,
    extended: (state) => extended(state),
    'not-extended': (state) => joined(' ', say`No time was added to your ${baseNounOf(state)}.`, call(state)),
    expired: (state) =>
      joined(' ', say`Your ${fullNounOf(state)} ended at ${endTime(state)} without being used.`, call(state)),
    revoked: (state) =>
      wasApproved(state)
        ? joined(' ', revoked(state), call(state))
        : nothingMade(state, say`was stopped${byWhom(state)} at ${endTime(state)}`),
  } satisfies Readonly<Record<Outcome, (state: Ended) => Markup>>,
} as const

function asked(state: KnownState): Markup {
  return say`${state.request.requesterName} asked for a ${fullNounOf(state)} for you.`
}

function again({ plan }: StateOf<'ending'>): Markup {
  return say`In a moment you can press *${wayOf(plan.opens).press}* here again.`
}

function nothingMade(state: Ended, how: Markup): Markup {
  const none = noneMade(state)
  return joined(' ', say`The request for a ${fullNounOf(state)} for you ${how}.`, none, call(state))
}

function extended(state: Ended): Markup {
  const { request, plan, approvals, extendedTo } = state
  const until = extendedTo && say`, until ${worksUntil(extendedTo, request.requestedAt)}`
  return say`*Your ${baseNounOf(state)} works longer now${until ?? say``}.* The ${wayOf(plan?.opens).thing} is the same as before. ${request.requesterName} asked for more time, ${approverNames(approvals)} approved it.`
}

function used(state: Ended): Markup {
  const { request, plan } = state
  const was = say`*Your ${fullNounOf(state)} was used.*`
  const phone = say`I will ask once whether your phone is back.`
  return joined(' ', was, endsByWord(request.category) ? phone : wayOf(plan?.opens).addMethod)
}

function revoked(state: Ended): Markup {
  const { overBy } = state
  return overBy === undefined
    ? say`Your ${fullNounOf(state)} was revoked; it ended at ${endTime(state)}.`
    : say`Your ${fullNounOf(state)} ended at ${endTime(state)}. ${endedBy[overBy]}`
}

function whyStopped({ stop }: StateOf<'ending'> | Ended): Markup {
  return stop?.case === undefined ? say`*You pressed Not me.*` : say`*Fraud was reported about your account.*`
}
