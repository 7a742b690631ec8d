import type { KnownBlock } from '@slack/types'
import { requesterText } from '../text/en.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { headline, idOf, idText, stopReason } from './story.ts'

/** The card of whoever asked, updated in place: each step, every end, and what there is to do about it. */
export function requesterCard(state: KnownState): Card {
  return {
    text: spoken(headline(state)),
    blocks: [section(now(state)), ...stopReason(state), ...whatMayBeDone(state), context(idOf(state))],
  }
}

function now(state: KnownState): Markup {
  const recorded = requesterText.recorded(idText(state))
  switch (state.status) {
    case 'requested':
      return joined(' ', recorded, requesterText.checking())
    case 'waiting':
      return joined(' ', recorded, requesterText.asked(state), requesterText.keepOpen(state.request))
    case 'approved':
      return joined(' ', headline(state), requesterText.keepOpen(state.request))
    case 'active':
    case 'ending':
      return headline(state)
    case 'ended':
      return joined(' ', headline(state), requesterText.next[state.outcome](state.request))
  }
}

function whatMayBeDone(state: KnownState): readonly KnownBlock[] {
  const { exceptionId } = state.request
  const about = idText(state)
  switch (state.status) {
    case 'waiting':
      return [buttons(exceptionId, button('withdraw', exceptionId, { about }))]
    case 'approved':
    case 'active':
      return [buttons(exceptionId, button('revoke', exceptionId, { about, style: 'danger' }))]
    case 'requested':
    case 'ending':
    case 'ended':
      return []
  }
}
