import { modalTitles } from '../text/en.ts'
import { spoken, type Markup } from '../text/markup.ts'
import { section } from './blocks.ts'
import type { Card, Modal } from './card.ts'
import { modal } from './modal.ts'

/** One answer as a message. */
export function textCard(text: Markup): Card {
  return { text: spoken(text), blocks: [section(text)] }
}

/** An answer in the window from which it was asked. */
export function cardModal({ blocks }: Card): Modal {
  return modal('answer', '', blocks, modalTitles.answer)
}
