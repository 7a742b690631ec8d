import { spoken } from '../text/markup.ts'
import type { Card, Modal } from './card.ts'
import { modal } from './modal.ts'

/** One answer as a message. `text` is Slack markup that `text/` made. */
export function textCard(text: string): Card {
  return {
    text: spoken({ mrkdwn: text }),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }],
  }
}

/** An answer in the window from which it was asked. */
export function cardModal({ blocks }: Card): Modal {
  return modal('answer', '', blocks)
}
