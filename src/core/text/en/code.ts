import { mintsPerApproval } from '../../exception/may-mint.ts'
import type { Lease, Outcome } from '../../exception/fact.ts'
import type { Ended, StateOf } from '../../exception/state.ts'
import { endsByWord } from '../../follow-up/rules.ts'
import { clockTime } from '../clock.ts'
import { joined, say, type Markup } from '../markup.ts'
import { nounOf, unlessPractice } from './kinds.ts'
import { endedBy, worksUntil } from './story.ts'
import { wayOf, type Opens } from './ways.ts'

/** How long Microsoft Entra needs until a code works everywhere; milliseconds. */
const settling = 30_000

/** The window that shows the code, and what comes after it. */
export const codeText = {
  loading: (until: number, opens: Opens): Markup => {
    const { thing, press } = wayOf(opens)
    return say`Your ${thing} is being made. Keep this window open. Nothing here at ${clockTime(until)}? Close it and press *${press}* again.`
  },
  until: (lease: Lease, hiddenAt: number, opens: Opens): Markup =>
    say`${wayOf(opens).lasts(worksUntil(lease, hiddenAt))} Hidden here at ${clockTime(hiddenAt)}.`,
  onlyThis: (opens: Opens): Markup => say`The ${wayOf(opens).thing} from before does not work any more.`,
  openUntil: (lease: Lease, opens: Opens): Markup => wayOf(opens).lasts(worksUntil(lease, lease.startsAt)),
  used: ({ category }: Ended['request']): Markup =>
    endsByWord(category) ? say`*Used.* You can close this.` : say`*Used.* Add your new method now.`,
  refused: (): Markup => say`*No code was shown.*`,
} as const

/** What *It does not work* explains, by where the pass stands. */
export const helpText = {
  active: ({ plan, shownAt, lease }: StateOf<'active'>): Markup => {
    const { works, application } = wayOf(plan.opens)
    return works(application, clockTime(shownAt + settling), worksUntil(lease, shownAt))
  },
  tries: ({ plan }: StateOf<'active'>): Markup => {
    const { tries, application } = wayOf(plan.opens)
    return tries(application)
  },
  notSeen: ({ plan, mints }: StateOf<'active'>): Markup => {
    const { thing } = wayOf(plan.opens)
    return mints < mintsPerApproval
      ? say`Missed it? *I did not see it* ends this ${thing}; then you can have another one (${mints} of ${mintsPerApproval} were made). Your approver and security hear of it.`
      : say`Missed it? *I did not see it* ends this ${thing}. It was the last of ${mintsPerApproval}: you will need a new request.`
  },
  requested: (): Markup => say`There is nothing yet: the request is being checked.`,
  waiting: (): Markup => say`There is nothing yet: nobody has approved the request.`,
  approved: ({ plan }: StateOf<'approved'>): Markup => {
    const { thing, press } = wayOf(plan.opens)
    return say`There is no ${thing} now. Close this and press *${press}* on the card.`
  },
  ending: ({ plan }: StateOf<'ending'>): Markup =>
    say`This ${wayOf(plan.opens).thing} is being ended, so it does not work. Your card will say what comes next.`,
  ended: {
    refused: (state) => say`There is no ${nounOf(state)}: the request was refused.`,
    denied: (state) => say`There is no ${nounOf(state)}: the request was denied.`,
    withdrawn: (state) => say`There is no ${nounOf(state)}: the request was withdrawn.`,
    'timed-out': (state) => say`There is no ${nounOf(state)}: nobody decided in time.`,
    stopped: (state) =>
      state.stop?.case === undefined
        ? say`The ${nounOf(state)} was stopped with *Not me*, so it does not work.`
        : say`The ${nounOf(state)} was stopped because fraud was reported, so it does not work.`,
    'never-claimed': (state) => say`There is no ${nounOf(state)}: it was not opened in time.`,
    'mints-used-up': (state) => joined(' ', say`No more can be made under this approval.`, newOne(state)),
    used: (state) => used(state),
    expired: (state) =>
      joined(' ', say`The time of the ${nounOf(state)} is over, so it does not work.`, newOne(state)),
    revoked: (state) => revoked(state),
    replaced: () => say`A newer one took its place, so it does not work any more. Its card is below.`,
    extended: () => say`This gave what you have more time; there is no other code.`,
    'not-extended': () => say`No time was added. The card of what you have says where that stands.`,
  } satisfies Readonly<Record<Outcome, (state: Ended) => Markup>>,
} as const

function used({ plan, request }: Ended): Markup {
  const says = say`It was used for a sign-in, and it works once. If that was not you, call security now.`
  return joined(' ', says, endsByWord(request.category) ? undefined : wayOf(plan?.opens).ifItWas)
}

function revoked(state: Ended): Markup {
  const why = state.overBy === undefined ? say`It was revoked.` : endedBy[state.overBy]
  const call = unlessPractice(state.request.kind, say`Call the helpdesk.`)
  return joined(' ', say`The ${nounOf(state)} does not work any more.`, why, call)
}

function newOne({ request }: Ended): Markup | undefined {
  return unlessPractice(request.kind, say`Call the helpdesk for a new one.`)
}
