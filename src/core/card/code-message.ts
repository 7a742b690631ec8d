import { displayId } from '../ids.ts'
import type { Kind } from '../kinds.ts'
import { codeMessageText as text, codeText, kindWords, wayOf } from '../text/en.ts'
import { joined, say, spoken } from '../text/markup.ts'
import { codeBlock, context, section } from './blocks.ts'
import type { Card, Modal } from './card.ts'
import { codeWindow, type Opened, type Shown } from './code.ts'

/** The key under which the message with the code of an attempt is found again. */
export function codeMessageKey(attempt: number): string {
  return `code/${attempt}`
}

/** The message before the code is in it: people are notified of this one, and where it stands is written down first. */
export function codeComing({ hiddenAt, opens }: Pick<Opened, 'hiddenAt' | 'opens'>): Card {
  return { text: spoken(text.push(hiddenAt, opens)), blocks: [section(text.coming(opens))] }
}

/**
 * The code, in the one message that ever holds it. Nothing in it can be pressed: Slack would send the message, with the
 * code in it, to the bot. What helps and what stops stands on the card above.
 */
export function codeMessage({
  code,
  kind,
  exceptionId,
  lease,
  hiddenAt,
  opens,
  category,
  replaces,
}: Shown & { kind: Kind }): Card {
  const { steps, application } = wayOf(opens)
  const onlyThis = replaces ? codeText.onlyThis(opens) : undefined
  return {
    text: spoken(text.push(hiddenAt, opens)),
    blocks: [
      codeBlock(code),
      section(steps(application, category)),
      section(joined('\n', joined(' ', text.until(lease, hiddenAt, opens), onlyThis), text.caution())),
      context(joined(' ', kindWords[kind].mark, say`${displayId(kind, exceptionId)}`)),
    ],
  }
}

/** What stays where Slack keeps every message: the code is not in it any more. */
export function codeRemoved(): Card {
  return { text: spoken(text.removed()), blocks: [section(text.removed())] }
}

/** The window says where the code is, and until when. */
export function codeSent({ exceptionId, hiddenAt, opens }: Opened): Modal {
  return codeWindow(exceptionId, opens, [section(text.sent(hiddenAt, opens)), section(text.caution())])
}
