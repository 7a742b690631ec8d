import type { Category } from '../envelope/statement.ts'
import type { Ended } from '../exception/state.ts'
import type { Method } from '../ports.ts'
import type { FollowUpFact, FollowUpFactOf } from './fact.ts'
import type { FollowUpStart } from './start.ts'

/** Whether a follow-up goes on after an exception: somebody got in without what they lost, and is not to be stuck again. */
export function needsFollowUp({ outcome, wasUsed }: Ended): boolean {
  // Where nobody could tell whether it was used, it may have been.
  return outcome === 'used' || (outcome === 'revoked' && wasUsed !== false)
}

/** The methods that were not there when the code was shown. Times in epoch milliseconds. */
export function methodsAdded(
  before: readonly Method[],
  now: readonly Method[],
  shownAt: number,
): readonly Method[] {
  return now.filter(
    (method) =>
      !before.some((known) => known.id === method.id) ||
      (method.createdAt !== undefined && method.createdAt >= shownAt),
  )
}

/** Evidence that the follow-up can end: a strong method registered after the grant. */
export function evidence(
  before: readonly Method[],
  now: readonly Method[],
  shownAt: number,
): readonly Method[] {
  return methodsAdded(before, now, shownAt).filter((method) => method.strong)
}

/** Whether the person's own word ends it: the phone that was only not at hand is back. */
export function endsByWord(category: Category): boolean {
  return category === 'not-at-hand'
}

type Reminding = Pick<FollowUpStart, 'remind' | 'endedAt'>

/** When the next reminder is due, epoch milliseconds; undefined after the last. `remind` in seconds after `endedAt`. */
export function nextReminderAt({ remind, endedAt }: Reminding, sent: number): number | undefined {
  const after = remind[sent]
  return after === undefined ? undefined : endedAt + after * 1000
}

/** The reminder that is due by `now`, after so many were sent. */
export function dueReminder(
  start: Reminding,
  sent: number,
  now: number,
): FollowUpFactOf<'reminder-due'> | undefined {
  const due = nextReminderAt(start, sent)
  return due === undefined || now < due
    ? undefined
    : { type: 'reminder-due', at: now, number: sent + 1, of: start.remind.length }
}

/** After the last reminder it is others who have to help. */
export function afterReminder(
  { number, of }: FollowUpFactOf<'reminder-due'>,
  at: number,
): readonly FollowUpFact[] {
  return number < of ? [] : [{ type: 'still-missing', at }]
}

/** Evidence ends it. */
export function afterEvidence(methods: readonly Method[], at: number): readonly FollowUpFact[] {
  return [
    { type: 'evidence-seen', at, methods },
    { type: 'follow-up-closed', at, because: 'evidence' },
  ]
}
