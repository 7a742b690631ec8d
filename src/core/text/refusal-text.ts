import { displayId } from '../ids.ts'
import type { Request } from '../exception/state.ts'
import type { RefusalCode } from '../refusal.ts'
import { refusals, type RefusalNames, type RefusalWith } from './en/refusals.ts'
import type { Markup } from './markup.ts'

/** Why a rule said no and what to do about it, for the person who was told no. */
export function refusalText<Code extends RefusalCode>(
  refusal: RefusalWith<Code>,
  names: RefusalNames = {},
): Markup {
  return refusals[refusal.code](refusal, names)
}

/** A request and its people, as refusals name them. */
export function namesIn({ subjectName, requesterName, kind, exceptionId }: Request): RefusalNames {
  return { subject: subjectName, requester: requesterName, about: displayId(kind, exceptionId) }
}
