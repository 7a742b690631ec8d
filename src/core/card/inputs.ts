import type { Checkboxes, InputBlock, PlainTextInput, PlainTextOption } from '@slack/types'
import { cut } from '../text/markup.ts'
import { limits, plainText } from './blocks.ts'

/** What an input asks, and where its answer is found. */
type Question = {
  readonly field: { readonly block: string; readonly action: string }
  readonly label: string
  readonly placeholder: string
  readonly hint?: string
  readonly optional?: boolean
}

/** One choice among a few. Without `chosen` nothing is chosen beforehand. */
export function choice(question: Question, options: readonly PlainTextOption[], chosen?: string): InputBlock {
  const initial = options.find(({ value }) => value === chosen)
  return asked(question, {
    type: 'static_select',
    action_id: question.field.action,
    placeholder: plainText(question.placeholder, limits.placeholder),
    options: [...options],
    ...(initial && { initial_option: initial }),
  })
}

/** A person of the workspace, by Slack user id. */
export function personChoice(question: Question, chosen?: string): InputBlock {
  return asked(question, {
    type: 'users_select',
    action_id: question.field.action,
    placeholder: plainText(question.placeholder, limits.placeholder),
    ...(chosen !== undefined && { initial_user: chosen }),
  })
}

/** Any number of a few choices; none is ticked beforehand. */
export function ticks(
  question: Omit<Question, 'placeholder'>,
  options: readonly PlainTextOption[],
): InputBlock {
  const element: Checkboxes = { type: 'checkboxes', action_id: question.field.action, options: [...options] }
  return asked(question, element)
}

/** A few words, or several lines. What was typed before is kept as far as it fits into `longest` characters. */
export function words(
  question: Question,
  {
    longest,
    lines,
    typed = '',
  }: { readonly longest: number; readonly lines: 'one' | 'several'; readonly typed?: string },
): InputBlock {
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: question.field.action,
    multiline: lines === 'several',
    max_length: longest,
    placeholder: plainText(question.placeholder, limits.placeholder),
    ...(typed !== '' && { initial_value: cut(typed, longest) }),
  }
  return asked(question, element)
}

/** An option of a select. */
export function option(label: string, value: string): PlainTextOption {
  return { text: plainText(label, limits.option), value }
}

function asked(
  { field, label, hint, optional }: Omit<Question, 'placeholder'>,
  element: InputBlock['element'],
): InputBlock {
  return {
    type: 'input',
    block_id: field.block,
    label: plainText(label, limits.label),
    element,
    ...(hint !== undefined && { hint: plainText(hint, limits.label) }),
    ...(optional === true && { optional }),
  }
}
