import type { KnownBlock } from '@slack/types'
import type { StateOf } from '../exception/state.ts'
import type { Done } from '../follow-up/fact.ts'
import type { PersonId } from '../ids.ts'
import { approvalText, followUpText, whyLine } from '../text/en.ts'
import { joined, spoken, type Markup } from '../text/markup.ts'
import { button, buttons, context, header, plainSection, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { headline, idsOf, idText, stopReason, story } from './story.ts'

/**
 * Who reads an approval card: everybody in the channel, or one approver, who is told why. `via` is the word of the
 * policy because of which they are asked (`manager`, or the name of a set of people).
 */
export type ApprovalReader =
  { readonly audience: 'channel' } | { readonly audience: 'approver'; readonly via: string }

/** The keys of these cards: the one in the channel, and that of each approver. */
export const approvalKeys = {
  channel: 'approvals',
  of: (approver: PersonId): string => `approver/${approver}`,
} as const

/**
 * The card that asks for a decision and then says what became of it; only what is not over has buttons. `done` is what
 * ended the follow-up.
 */
export function approvalCard(state: KnownState, reader: ApprovalReader, done?: Done): Card {
  switch (state.status) {
    case 'waiting':
      return waiting(state, reader)
    case 'approved':
    case 'active':
      return told(state, headline(state), [
        buttons(
          state.request.exceptionId,
          button('revoke', state.request.exceptionId, { about: idText(state), style: 'danger' }),
        ),
      ])
    case 'requested':
    case 'ending':
      return told(state, headline(state), [])
    case 'ended':
      return told(state, joined(' ', headline(state), after(state, done)), [])
  }
}

function after(state: StateOf<'ended'>, done: Done | undefined): Markup | undefined {
  return done === undefined
    ? approvalText.next[state.outcome](state)
    : followUpText.overSince(state.request.subjectName, done)
}

function waiting(state: StateOf<'waiting'>, reader: ApprovalReader): Card {
  const { request, approvals, plan } = state
  const about = idText(state)
  const progress = approvals.length > 0 ? approvalText.progress(approvals.length, plan.needed) : undefined
  const push = reader.audience === 'channel' ? approvalText.channelPush(state) : approvalText.push(state)
  return {
    text: spoken(push),
    blocks: [
      header(approvalText.title(state)),
      section(approvalText.offer(state)),
      plainSection(whyLine(request)),
      section(approvalText.caution(state)),
      buttons(
        request.exceptionId,
        button('approve', request.exceptionId, { about, style: 'primary' }),
        button('deny', request.exceptionId, { about, style: 'danger' }),
      ),
      context(joined(' ', whose(state, reader), progress, idsOf(state))),
    ],
  }
}

function whose(state: StateOf<'waiting'>, reader: ApprovalReader): Markup {
  if (reader.audience === 'channel') return approvalText.waitingFor(state)
  return joined(
    ' ',
    approvalText.whyYou(reader.via, state.request.subjectName),
    approvalText.waitingForYou(state),
  )
}

function told(state: KnownState, now: Markup, actionBlocks: readonly KnownBlock[]): Card {
  return {
    text: spoken(headline(state)),
    blocks: [
      section(now),
      ...stopReason(state),
      context(story(state)),
      plainSection(whyLine(state.request)),
      ...actionBlocks,
      context(idsOf(state)),
    ],
  }
}
