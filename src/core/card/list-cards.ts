import type { KnownBlock } from '@slack/types'
import { endsByWord } from '../follow-up/rules.ts'
import type { Kind } from '../kinds.ts'
import type { ExceptionView } from '../ports.ts'
import { answerText, helpCardText, kindWords, revocationLine, whyLine } from '../text/en.ts'
import { joined, say, spoken, type Markup } from '../text/markup.ts'
import { context, header, plainSection, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { headline, stopReason, story } from './story.ts'

/** How many a list shows: two hands are read, more are filtered by asking for one. */
const mostListed = 20
/** How many words that came after its workflow, the newest ones, fit under the story of an exception. */
const mostRevocations = 3

/** What a command can do. `commandName` with its slash, `applications` by their names in the policy. */
export function helpCard(kind: Kind, commandName: string, applications: readonly string[]): Card {
  const { title, intro } = kindWords[kind].help
  const lines = helpCardText.lines(kind, commandName, applications)
  return {
    text: spoken(helpCardText.push(commandName)),
    blocks: [header(title), section(intro), section(joined('\n', ...lines))],
  }
}

/** Several exceptions, a paragraph each. `title` may hold a name; nothing in it acts. */
export function listCard(views: readonly ExceptionView[], title: string): Card {
  const shown = views.slice(0, mostListed)
  const more = views.length - shown.length
  const end: readonly KnownBlock[] =
    more > 0
      ? [context(answerText.more(more))]
      : shown.length === 0
        ? [section(answerText.nothingListed())]
        : []
  return {
    text: spoken(say`${title}: ${views.length}.`),
    blocks: [header(title), ...shown.map((view) => section(item(view))), ...end],
  }
}

/** One exception with its story. */
export function statusCard(view: ExceptionView): Card {
  const { state, displayId: id } = view
  return {
    text: spoken(headline(state)),
    blocks: [
      header(answerText.statusTitle(id, state)),
      section(headline(state)),
      ...stopReason(state),
      section(story(state)),
      ...revoked(view),
      plainSection(whyLine(state.request)),
      ...followUp(view),
      ...markOf(state),
    ],
  }
}

function markOf({ request }: KnownState): readonly KnownBlock[] {
  const { mark } = kindWords[request.kind]
  return mark === undefined ? [] : [context(mark)]
}

function item({ state, displayId: id, followUp: after }: ExceptionView): Markup {
  const open = after?.status === 'open' ? stillOpen(state, after.reminders) : undefined
  return joined(' ', say`*${id}*`, headline(state), open)
}

function revoked({ state, revocations }: ExceptionView): readonly KnownBlock[] {
  const lines = revocations
    .slice(-mostRevocations)
    .map((fact) => revocationLine(fact, state.request.requestedAt))
  return lines.length === 0 ? [] : [section(joined('\n', ...lines))]
}

function followUp({ state, followUp: after }: ExceptionView): readonly KnownBlock[] {
  if (after === undefined) return []
  return [context(after.status === 'open' ? stillOpen(state, after.reminders) : answerText.followUpClosed())]
}

function stillOpen({ request }: KnownState, reminders: number): Markup {
  const { followUpOpen, followUpOpenPhone } = answerText
  return (endsByWord(request.category) ? followUpOpenPhone : followUpOpen)(request.subjectName, reminders)
}
