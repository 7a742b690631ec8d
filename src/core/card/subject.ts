import type { KnownBlock } from '@slack/types'
import { hideAt } from '../exception/clocks.ts'
import { isInPlace } from '../exception/extension.ts'
import type { Outcome } from '../exception/fact.ts'
import type { StateOf } from '../exception/state.ts'
import type { Done } from '../follow-up/fact.ts'
import { endsByWord } from '../follow-up/rules.ts'
import { codeMessageText, subjectText, wayOf } from '../text/en.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, linkButton, section } from './blocks.ts'
import type { Card, KnownState, Links } from './card.ts'
import { idOf, idText } from './story.ts'

/** A card with the key under which it is found again. One that is `superseded` is changed where it is and never posted. */
export type SubjectMessage = { readonly key: string; readonly card: Card; readonly superseded: boolean }

/** The key of the message that says how it ended. */
export const subjectOver = 'subject/over'

/**
 * The messages to the person whose pass it is. Slack tells nobody of a changed message, so the pass being ready, and its
 * end, are new ones; the earlier ones then only point to them.
 */
export function subjectMessages(state: KnownState, links: Links): readonly SubjectMessage[] {
  const keys = [
    'subject',
    ...(wasReady(state) ? ['subject/ready'] : []),
    ...(isOver(state) ? [subjectOver] : []),
  ]
  return keys.map((key, index) => {
    const superseded = index < keys.length - 1
    return {
      key,
      card: superseded ? signpost(state) : subjectCard(state, links),
      superseded,
    }
  })
}

/** Small, for there may be two above the message that matters. */
function signpost(state: KnownState): Card {
  const says = subjectText.seeBelow()
  return { text: spoken(says), blocks: [context(joined(' ', says, idOf(state)))] }
}

function wasReady(state: KnownState): boolean {
  if (state.status === 'requested' || state.status === 'waiting') return false
  const { plan, approvals } = state
  return plan !== undefined && approvals.length >= plan.needed && !isInPlace(plan)
}

/**
 * Whoever was told that a pass was asked for is told how that ended; but not below what took its place, which they opened
 * themselves.
 */
function isOver(state: KnownState): boolean {
  return state.status === 'ended' && state.plan !== undefined && state.outcome !== 'replaced'
}

/**
 * The card of the person whose pass it is, from the request to the end: use it, or stop it. `done` is what ended the
 * reminders.
 */
export function subjectCard(state: KnownState, links: Links, done?: Done): Card {
  switch (state.status) {
    case 'requested':
      return saying(state, subjectText.requested(state))
    case 'waiting':
      return waiting(state)
    case 'approved':
      return isInPlace(state.plan) ? saying(state, subjectText.extending(state)) : ready(state, links)
    case 'active':
      return shown(state, links)
    case 'ending':
      return told(state, state.why, subjectText.ending[state.why](state))
    case 'ended':
      return over(state, links, done)
  }
}

function waiting(state: StateOf<'waiting'>): Card {
  const says = joined(' ', subjectText.waiting(state), subjectText.keepOpen(state))
  return withNotMe(state, subjectText.waitingPush(state), says, [])
}

function ready(state: StateOf<'approved'>, links: Links): Card {
  const { exceptionId } = state.request
  const headline = state.mints > 0 ? subjectText.readyAgain(state) : subjectText.ready(state)
  const says = joined(
    '\n',
    joined(' ', headline, subjectText.untilOpened(state)),
    subjectText.howTo(state, links.signIn),
  )
  const label = wayOf(state.plan.opens).press
  const showCode = button('showCode', exceptionId, { about: idText(state), style: 'primary', label })
  return withNotMe(state, subjectText.readyPush(state), says, [showCode])
}

function shown(state: StateOf<'active'>, links: Links): Card {
  const { plan, hidden } = state
  const where = plan.how === 'message' && !hidden ? codeMessageText.standsBelow(hideAt(state)) : undefined
  const says = joined(
    ' ',
    subjectText.shown(state),
    where,
    subjectText.useIt(state, links.signIn),
    subjectText.onlyThis(state),
  )
  const doesNotWork = button('doesNotWork', state.request.exceptionId, { about: idText(state) })
  return withNotMe(state, subjectText.shownPush(state), says, [doesNotWork])
}

/** The same for what needs no other button. */
function saying(state: KnownState, says: Markup): Card {
  return withNotMe(state, says, says, [])
}

/** On every message but what *Not me*, or a case, has stopped: the case has its own. */
function told(
  state: StateOf<'ending' | 'ended'>,
  why: Outcome | StateOf<'ending'>['why'],
  says: Markup,
): Card {
  return why === 'stopped' ? card(state, says, []) : saying(state, says)
}

function withNotMe(
  state: KnownState,
  push: Markup,
  says: Markup,
  first: readonly ReturnType<typeof button>[],
): Card {
  const question = isDead(state) ? subjectText.notAskedLate() : subjectText.notAsked()
  return {
    text: spoken(push),
    blocks: [
      section(says),
      buttons(state.request.exceptionId, ...first, notMe(state)),
      context(joined(' ', question, idOf(state))),
    ],
  }
}

/** What was extended or replaced goes on as something else, which *Not me* stops as well. */
function isDead(state: KnownState): boolean {
  return state.status === 'ended' && state.outcome !== 'extended' && state.outcome !== 'replaced'
}

/** After a use: the way to a new method as long as it is missing, and the way to stop it if it was somebody else. */
function over(state: StateOf<'ended'>, links: Links, done: Done | undefined): Card {
  if (state.outcome !== 'used') return told(state, state.outcome, subjectText.ended[state.outcome](state))
  const { exceptionId, category } = state.request
  const says = done === undefined ? subjectText.ended.used(state) : subjectText.usedAndDone(state, done)
  const setUp = done === undefined && !endsByWord(category) ? [linkButton(links.securityInfo)] : []
  return card(state, joined(' ', says, subjectText.wasItYou()), [
    buttons(exceptionId, ...setUp, notMe(state)),
  ])
}

function notMe(state: KnownState): ReturnType<typeof button> {
  return button('notMe', state.request.exceptionId, { about: idText(state), style: 'danger' })
}

function card(state: KnownState, says: Markup, actionBlocks: readonly KnownBlock[]): Card {
  return { text: spoken(says), blocks: [section(says), ...actionBlocks, context(idOf(state))] }
}
