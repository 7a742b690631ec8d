import type { SectionBlock } from '@slack/types'
import { displayId } from '../ids.ts'
import {
  type Opens,
  endingNow,
  endings,
  kindWords,
  moreTimeFor,
  reasonLine,
  standing,
  storyLines,
} from '../text/en.ts'
import { joined, say, type Markup } from '../text/markup.ts'
import { plainSection } from './blocks.ts'
import type { KnownState } from './card.ts'

/** Where an exception stands, as whole sentences for everybody but the subject. */
export function headline(state: KnownState): Markup {
  switch (state.status) {
    case 'requested':
      return standing.requested(state)
    case 'waiting':
      return standing.waiting(state)
    case 'approved':
      return standing.approved(state)
    case 'active':
      return standing.active(state)
    case 'ending':
      return endingNow[state.why](state)
    case 'ended':
      return endings[state.outcome](state)
  }
}

/** What happened so far, a line each: who, what, when. */
export function story(state: KnownState): Markup {
  const since = state.request.requestedAt
  const approvals = state.status === 'requested' ? [] : state.approvals
  const shownAt = 'shownAt' in state ? state.shownAt : undefined
  const opens = opensOf(state)
  return joined(
    '\n',
    storyLines.asked(state),
    ...approvals.map((approval) => storyLines.approved(approval, since)),
    shownAt === undefined ? undefined : storyLines.shown(opens, shownAt, since),
  )
}

/** What it opens, once the plan says so. */
export function opensOf(state: KnownState): Opens {
  return 'plan' in state ? state.plan?.opens : undefined
}

/** What the person who denied or revoked said, when somebody said something. */
export function stopReason(state: KnownState): readonly SectionBlock[] {
  if (state.status !== 'ending' && state.status !== 'ended') return []
  const reason = state.stop?.reason
  return reason ? [plainSection(reasonLine(reason))] : []
}

/** The id that people read and type, which every card ends with, after what every message says of its kind. */
export function idOf(state: KnownState): Markup {
  return marked(state, say`${idText(state)}`)
}

/** The same for whoever has to do with more than one: more time also names what it is for. */
export function idsOf(state: KnownState): Markup {
  const { kind, extends: base } = state.request
  return base === undefined ? idOf(state) : marked(state, moreTimeFor(idText(state), displayId(kind, base)))
}

function marked({ request }: KnownState, id: Markup): Markup {
  return joined(' ', kindWords[request.kind].mark, id)
}

/** The same, for screen readers and titles. */
export function idText({ request }: KnownState): string {
  return displayId(request.kind, request.exceptionId)
}
