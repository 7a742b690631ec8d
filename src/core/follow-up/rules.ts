import type { Category } from '../envelope/statement.ts'
import type { Ended } from '../exception/state.ts'
import type { Method } from '../ports.ts'

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

/** When the next reminder is due, epoch milliseconds; undefined after the last. `remind` in seconds after `endedAt`. */
export function nextReminderAt(remind: readonly number[], endedAt: number, sent: number): number | undefined {
  const after = remind[sent]
  return after === undefined ? undefined : endedAt + after * 1000
}
