import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  RichTextBlock,
  SectionBlock,
} from '@slack/types'
import { buttonLabels } from '../text/en.ts'
import { plain, type Markup } from '../text/markup.ts'
import { actions, caseActions } from './actions.ts'

/** Slack's limits, in characters. */
export const limits = {
  header: 150,
  section: 3000,
  label: 2000,
  option: 75,
  placeholder: 150,
} as const

/** A heading. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, limits.header) }
}

/** A paragraph of our own sentences. */
export function section(text: Markup): SectionBlock {
  return { type: 'section', text: mrkdwn(text) }
}

/** A paragraph that holds what a person typed: no markup is read in it. */
export function plainSection(text: string): SectionBlock {
  return { type: 'section', text: plainText(text, limits.section) }
}

/** A code, as it is: easy to copy, and nothing in it is markup. */
export function codeBlock(code: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] }],
  }
}

/** Small print: what is read last. */
export function context(text: Markup): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] }
}

/** Small print without markup. */
export function plainContext(text: string): ContextBlock {
  return { type: 'context', elements: [plainText(text, limits.section)] }
}

/** The buttons of a card; `id` is that of its exception, or of its case. */
export function buttons(id: string, ...elements: readonly Button[]): ActionsBlock {
  return { type: 'actions', block_id: `buttons:${id}`, elements: [...elements] }
}

const allActions = { ...actions, ...caseActions }

type ButtonName = keyof typeof allActions

/** A button that acts on one exception, or one case. `about` is what a screen reader says after the label: the id that people know. */
export function button(
  name: ButtonName,
  id: string,
  {
    about,
    style,
    label = buttonLabels[name],
  }: {
    readonly about?: string
    readonly style?: 'primary' | 'danger'
    /** Where the same press is called something else. */
    readonly label?: string
  } = {},
): Button {
  return {
    type: 'button',
    action_id: allActions[name],
    text: plainText(label, limits.option),
    value: id,
    ...(style && { style }),
    ...(about !== undefined && { accessibility_label: plain(`${label}, ${about}`, limits.option) }),
  }
}

/** *Set up now* opens a page. Slack reports its press too, which nobody acts on. */
export function linkButton(address: string): Button {
  return {
    type: 'button',
    action_id: actions.setUp,
    text: plainText(buttonLabels.setUp, limits.option),
    url: address,
    style: 'primary',
  }
}

/** Text in which nothing is markup, cut to `longest`. */
export function plainText(text: string, longest: number): PlainTextElement {
  return { type: 'plain_text', text: plain(text, longest), emoji: false }
}

function mrkdwn(text: Markup): MrkdwnElement {
  return { type: 'mrkdwn', text: text.mrkdwn, verbatim: true }
}
