import type { Category } from '../envelope/statement.ts'
import type { Ended } from '../exception/state.ts'
import type { Method } from '../ports.ts'
import type { FollowUp } from './evolve.ts'
import type { FollowUpFact } from './fact.ts'

/** Whether a follow-up goes on after an exception: somebody got in without what they lost, and is not to be stuck again. */
export function needsFollowUp({ outcome, wasUsed, overBy }: Ended): boolean {
  // Where nobody could tell whether it was used, it may have been. What wrong codes voided let nobody in.
  const mayHaveBeenUsed = wasUsed !== false && overBy !== 'voided'
  return outcome === 'used' || (outcome === 'revoked' && mayHaveBeenUsed)
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

/** What follows from a look: evidence ends it, once. */
export function afterLook(
  followUp: FollowUp,
  methods: readonly Method[],
  at: number,
): readonly FollowUpFact[] {
  if (followUp.status === 'closed' || methods.length === 0) return []
  return [
    { type: 'evidence-seen', at, methods },
    { type: 'follow-up-closed', at, because: 'evidence' },
  ]
}
