import type { KnownBlock } from '@slack/types'
import type { Category } from '../envelope/statement.ts'
import type { Lease } from '../exception/fact.ts'
import type { ExceptionId } from '../ids.ts'
import type { Refusal } from '../refusal.ts'
import { type Opens, codeText, helpText, modalTitles, wayOf } from '../text/en.ts'
import { joined, type Markup } from '../text/markup.ts'
import { refusalText } from '../text/refusal-text.ts'
import { button, buttons, codeBlock, context, section } from './blocks.ts'
import type { KnownState, Modal } from './card.ts'
import { modal } from './modal.ts'
import { idOf, idText, opensOf } from './story.ts'

/**
 * The window that opens at once when *Show my code* is pressed, before anything is minted. `until` (epoch
 * milliseconds) is when the attempt is given up; `opens` is the plan's.
 */
export function codeLoading(exceptionId: ExceptionId, until: number, opens?: Opens): Modal {
  return codeWindow(exceptionId, opens, [section(codeText.loading(until, opens))])
}

/** What is said of what was minted; `hiddenAt` in epoch milliseconds, `opens` is the plan's. */
export type Opened = {
  readonly exceptionId: ExceptionId
  readonly lease: Lease
  readonly hiddenAt: number
  readonly opens: Opens
  readonly category: Category
  /** It took the place of another one, which the person may still have. */
  readonly replaces: boolean
}

/** The same with its code. */
export type Shown = Opened & { readonly code: string }

/**
 * The code, in the one window where it is ever shown. It stands in a preformatted block: no input would send it back,
 * and nothing else of the window repeats it. It must not be told of its closing either: Slack would send the whole
 * window, with the code in it, to the bot.
 */
export function codeShown(shown: Shown): Modal {
  const { code, exceptionId, lease, hiddenAt, opens, category, replaces } = shown
  const { steps, caution, application } = wayOf(opens)
  const onlyThis = replaces ? codeText.onlyThis(opens) : undefined
  return codeWindow(exceptionId, opens, [
    codeBlock(code),
    section(steps(application, category)),
    section(joined('\n', joined(' ', codeText.until(lease, hiddenAt, opens), onlyThis), caution())),
  ])
}

/** What was opened without a code: the next sign-in passes. */
export function letInOpened({ exceptionId, lease, opens, category }: Opened): Modal {
  const { steps, caution, application } = wayOf(opens)
  return codeWindow(exceptionId, opens, [
    section(joined(' ', steps(application, category), codeText.openUntil(lease, opens))),
    section(caution()),
  ])
}

/** What takes the code's place: a way to help while it may still be used, and otherwise what became of it. */
export function codeHidden(state: KnownState): Modal {
  const { exceptionId } = state.request
  const opens = opensOf(state)
  return state.status === 'active'
    ? codeWindow(exceptionId, opens, [
        section(wayOf(opens).hidden()),
        buttons(exceptionId, button('doesNotWork', exceptionId)),
      ])
    : codeWindow(exceptionId, opens, [section(since(state))])
}

function since(state: Exclude<KnownState, { readonly status: 'active' }>): Markup {
  return state.status === 'ended' && state.outcome === 'used' ? codeText.used(state.request) : whyNot(state)
}

/** No code was shown, and why; there is nothing to press. */
export function codeRefused(refusal: Refusal): Modal {
  return modal(
    'code',
    '',
    [section(joined(' ', codeText.refused(), refusalText(refusal)))],
    modalTitles.answer,
  )
}

/** What *It does not work* answers: exactly why, and, while the code is unused, a way to another one. */
export function doesNotWork(state: KnownState): Modal {
  const { exceptionId } = state.request
  const blocks: readonly KnownBlock[] =
    state.status === 'active'
      ? [
          section(joined('\n', helpText.active(state), helpText.tries(state))),
          section(helpText.notSeen(state)),
          buttons(exceptionId, button('notSeen', exceptionId, { about: idText(state) })),
        ]
      : [section(whyNot(state))]
  return modal('help', exceptionId, [...blocks, context(idOf(state))], modalTitles.help)
}

function whyNot(state: Exclude<KnownState, { readonly status: 'active' }>): Markup {
  switch (state.status) {
    case 'requested':
      return helpText.requested()
    case 'waiting':
      return helpText.waiting()
    case 'approved':
      return helpText.approved(state)
    case 'ending':
      return helpText.ending(state)
    case 'ended':
      return helpText.ended[state.outcome](state)
  }
}

/** The window that *Show my code* opens, whatever it says. */
export function codeWindow(exceptionId: ExceptionId, opens: Opens, blocks: readonly KnownBlock[]): Modal {
  return modal('code', exceptionId, blocks, wayOf(opens).window)
}
