import type { ViewStateValue } from '@slack/bolt'
import { approveFields, reasonFields, requestFields, type Field } from '../core/card/form-fields.ts'
import { checkLabels, categoryLabels } from '../core/text/en.ts'
import { cleanText } from '../core/command/clean-text.ts'
import type { CallerCheck, Category } from '../core/envelope/statement.ts'

/** What Slack sends of a form: by block, by action. */
export type Values = Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>

/** The request form as it was sent; `subject` is a Slack user id, `duration` in seconds. Undefined: not filled in. */
export type RequestValues = {
  readonly subject: string | undefined
  readonly duration: number | undefined
  readonly category: Category | undefined
  /** By its name in the policy; whether there is one is judged elsewhere. */
  readonly application: string | undefined
  readonly ticket: string | undefined
  readonly reason: string
}

/** Reads the request form. What is no choice of ours counts as not chosen. */
export function readRequest(values: Values): RequestValues {
  const seconds = Number(chosen(values, requestFields.duration))
  return {
    subject: at(values, requestFields.subject)?.selected_user ?? undefined,
    duration: Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined,
    category: keyOf(categoryLabels, chosen(values, requestFields.category)),
    application: chosen(values, requestFields.application),
    ticket: typed(values, requestFields.ticket)?.toUpperCase(),
    reason: typed(values, requestFields.reason) ?? '',
  }
}

/** How the approver made sure, from the approval form. */
export function readCheck(values: Values): CallerCheck | undefined {
  return keyOf(checkLabels, chosen(values, approveFields.checked))
}

/** The reason from the forms that ask for nothing else. */
export function readReason(values: Values): string | undefined {
  return typed(values, reasonFields.reason)
}

/** What was sent for one field. */
export function at(values: Values, field: Field): ViewStateValue | undefined {
  return values[field.block]?.[field.action]
}

/** The value of the option that was chosen. */
export function chosen(values: Values, field: Field): string | undefined {
  return at(values, field)?.selected_option?.value
}

/** What was typed; undefined where there is nothing. */
export function typed(values: Values, field: Field): string | undefined {
  const text = cleanText(at(values, field)?.value ?? '')
  return text === '' ? undefined : text
}

function keyOf<Key extends string>(
  labels: Readonly<Record<Key, string>>,
  value: string | undefined,
): Key | undefined {
  const isKey = (text: string | undefined): text is Key => text !== undefined && Object.hasOwn(labels, text)
  return isKey(value) ? value : undefined
}
