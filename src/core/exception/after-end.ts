import { isForGood, type End } from './end.ts'
import type { Fact, Outcome } from './fact.ts'
import type { State, StateOf } from './state.ts'

/**
 * What became of a credential that was shown: somebody signed in with it, it is not there any more, its time is over, or too many
 * wrong tries voided it.
 */
export type Seen = 'used' | 'gone' | 'over' | 'voided'

/** What follows when a pass that was shown is over by itself. `end` is what was found while that was made sure of. */
export function afterPass(state: State, seen: Seen, end: End | undefined, at: number): readonly Fact[] {
  // Somebody stopped it meanwhile, and the next end can't see a use any more.
  if (state.status !== 'active') return useFound(end, at)
  if (seen === 'used' || end?.wasUsed === true) {
    return [
      { type: 'used', at },
      { type: 'ended', at, outcome: 'used' },
    ]
  }
  const { what, outcome } = overBy[seen]
  return [
    { type: what, at },
    { type: 'ended', at, outcome },
  ]
}

const overBy = {
  gone: { what: 'vanished', outcome: 'revoked' },
  over: { what: 'expired', outcome: 'expired' },
  voided: { what: 'voided', outcome: 'revoked' },
} as const

/** What was to be ended is gone. What was revoked or stopped is over; a code that nobody saw may be claimed again. */
export function afterEnd(state: StateOf<'ending'>, end: End, at: number): readonly Fact[] {
  // A code that its owner did not see and that was used all the same was used by somebody else.
  if (!isForGood(state) && !end.wasUsed) return [{ type: 'reopened', at }]
  return [
    { type: 'revoked', at, ...end },
    { type: 'ended', at, outcome: endedAs(state, end) },
  ]
}

function endedAs({ why }: StateOf<'ending'>, { wasUsed }: End): Outcome {
  // A use in the last moment before another one took its place is a use, and is followed up.
  if (why === 'replaced') return wasUsed ? 'used' : 'replaced'
  return why === 'stopped' ? 'stopped' : 'revoked'
}

/** A use that was found before everything is gone: it is told at once, so that it is not forgotten. */
export function useFound(end: End | undefined, at: number): readonly Fact[] {
  return end?.wasUsed === true ? [{ type: 'used', at }] : []
}
