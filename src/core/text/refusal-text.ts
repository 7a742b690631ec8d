import type { Refusal, RefusalCode } from '../refusal.ts'
import { refusals, unnamed, type RefusalNames, type RefusalWith } from './en/refusals.ts'
import type { Markup } from './markup.ts'

/** Why a rule said no and what to do about it, for the person who was told no. Slack markup. */
export function refusalText(refusal: Refusal, names: RefusalNames = unnamed): string {
  return refusalMarkup(refusal, names).mrkdwn
}

/** The same, to be put into a longer text. */
export function refusalMarkup<Code extends RefusalCode>(
  refusal: RefusalWith<Code>,
  names: RefusalNames = unnamed,
): Markup {
  return refusals[refusal.code](refusal, names)
}
