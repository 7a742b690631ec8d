import type { RefusalCode } from '../refusal.ts'
import { refusals, unnamed, type RefusalNames, type RefusalWith } from './en/refusals.ts'
import type { Markup } from './markup.ts'

/** Why a rule said no and what to do about it, for the person who was told no. */
export function refusalText<Code extends RefusalCode>(
  refusal: RefusalWith<Code>,
  names: RefusalNames = unnamed,
): Markup {
  return refusals[refusal.code](refusal, names)
}
