import type { KnownBlock } from '@slack/types'
import type { StateOf } from '../exception/state.ts'
import type { Done } from '../follow-up/fact.ts'
import { followUpText, outcomeWords, requesterText } from '../text/en.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { isNewsToRequester } from './notices.ts'
import { headline, idsOf, idText } from './story.ts'

/**
 * The card of whoever asked, updated in place: each step, every end, and what there is to do about it. `done` is what
 * ended the reminders.
 */
export function requesterCard(state: KnownState, done?: Done): Card {
  if (state.status === 'ended' && isNewsToRequester(state.outcome)) return signpost(state)
  return {
    text: spoken(headline(state)),
    blocks: [section(now(state, done)), ...whatMayBeDone(state), context(idsOf(state))],
  }
}

/** Slack tells nobody of a changed message, so that such an end is a new one. */
function signpost(state: StateOf<'ended'>): Card {
  const says = requesterText.seeBelow(state.request, outcomeWords[state.outcome])
  return { text: spoken(headline(state)), blocks: [section(says), context(idsOf(state))] }
}

function now(state: KnownState, done: Done | undefined): Markup {
  const recorded = requesterText.recorded(idText(state))
  switch (state.status) {
    case 'requested':
      return joined(' ', recorded, requesterText.checking())
    case 'waiting':
      return joined(' ', recorded, requesterText.asked(state), requesterText.keepOpen(state))
    case 'approved':
      return joined(' ', headline(state), requesterText.openIt(state))
    case 'active':
    case 'ending':
      return headline(state)
    case 'ended':
      return joined(' ', headline(state), done === undefined ? next(state) : followUpText.doneSince(done))
  }
}

function next(state: StateOf<'ended'>): Markup | undefined {
  return requesterText.next[state.outcome](state)
}

function whatMayBeDone(state: KnownState): readonly KnownBlock[] {
  const { exceptionId } = state.request
  const about = idText(state)
  const revoke = button('revoke', exceptionId, { about, style: 'danger' })
  switch (state.status) {
    case 'waiting':
      return [buttons(exceptionId, button('withdraw', exceptionId, { about }))]
    case 'approved':
      return [buttons(exceptionId, revoke)]
    case 'active':
      return [buttons(exceptionId, button('extend', exceptionId, { about }), revoke)]
    case 'requested':
    case 'ending':
    case 'ended':
      return []
  }
}
