import type { KnownBlock } from '@slack/types'
import type { Lease } from '../exception/fact.ts'
import type { ExceptionId } from '../ids.ts'
import type { Refusal } from '../refusal.ts'
import { codeText, helpText } from '../text/en.ts'
import { joined, type Markup } from '../text/markup.ts'
import { refusalText } from '../text/refusal-text.ts'
import { button, buttons, context, section } from './blocks.ts'
import type { KnownState, Modal } from './card.ts'
import { modal } from './modal.ts'
import { idOf, idText } from './story.ts'

/**
 * The window that opens at once when *Show my code* is pressed, before anything is minted. `until` (epoch
 * milliseconds) is when the attempt is given up.
 */
export function codeLoading(exceptionId: ExceptionId, until: number): Modal {
  return modal('code', exceptionId, [section(codeText.loading(until))])
}

/** The code and what is said of it; `hiddenAt` in epoch milliseconds. */
export type Shown = {
  readonly code: string
  readonly exceptionId: ExceptionId
  readonly lease: Lease
  readonly hiddenAt: number
}

/**
 * The code, in the one place where it is ever shown. It stands in a preformatted block: no input would send it back,
 * and nothing else of the window repeats it. It must not be told of its closing either: Slack would send the whole
 * window, with the code in it, to the bot.
 */
export function codeShown({ code, exceptionId, lease, hiddenAt }: Shown): Modal {
  return modal('code', exceptionId, [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] }],
    },
    section(codeText.steps()),
    section(joined('\n', codeText.until(lease.expiresAt, hiddenAt), codeText.caution())),
  ])
}

/** What takes the code's place. */
export function codeHidden(exceptionId: ExceptionId): Modal {
  return modal('code', exceptionId, [
    section(codeText.hidden()),
    buttons(exceptionId, button('doesNotWork', exceptionId)),
  ])
}

/** No code was shown, and why; there is nothing to press. */
export function codeRefused(refusal: Refusal): Modal {
  return modal('code', '', [section(joined(' ', codeText.refused(), refusalText(refusal)))])
}

/** What *It does not work* answers: exactly why, and, while the code is unused, a way to another one. */
export function doesNotWork(state: KnownState): Modal {
  const { exceptionId } = state.request
  const blocks: readonly KnownBlock[] =
    state.status === 'active'
      ? [
          section(joined('\n', helpText.active(state), helpText.tries())),
          section(helpText.notSeen(state.mints)),
          buttons(exceptionId, button('notSeen', exceptionId, { about: idText(state) })),
        ]
      : [section(whyNot(state))]
  return modal('help', exceptionId, [...blocks, context(idOf(state))])
}

function whyNot(state: Exclude<KnownState, { readonly status: 'active' }>): Markup {
  switch (state.status) {
    case 'requested':
      return helpText.requested()
    case 'waiting':
      return helpText.waiting()
    case 'approved':
      return helpText.approved()
    case 'ending':
      return helpText.ending()
    case 'ended':
      return helpText.ended[state.outcome]()
  }
}
