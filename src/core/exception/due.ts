import { hideAt, nextPingAt } from './clocks.ts'
import type { Fact } from './fact.ts'
import { mintsPerApproval } from './may-mint.ts'
import type { StateOf } from './state.ts'

type Timed = StateOf<'waiting' | 'approved' | 'active'>

/** When an exception has to be looked at again, whoever speaks or not; epoch milliseconds. */
export function wakeAt(state: Timed): number {
  switch (state.status) {
    case 'waiting':
      return Math.min(state.until, nextPingAt(state))
    case 'approved':
      return isUsedUp(state) ? 0 : state.claimUntil
    case 'active':
      return state.hidden ? state.lease.expiresAt : hideAt(state)
  }
}

/**
 * What time alone brings about by `now`. The expiry of a pass is not among it: the provider has to say first that the pass
 * is over.
 */
export function due(state: Timed, now: number): readonly Fact[] {
  if (now < wakeAt(state)) return []
  switch (state.status) {
    case 'waiting':
      return now < state.until ? [{ type: 'pinged', at: now }] : over('timed-out', now)
    case 'approved':
      return over(isUsedUp(state) ? 'mints-used-up' : 'never-claimed', now)
    case 'active':
      return state.hidden || now >= state.lease.expiresAt ? [] : [{ type: 'hidden', at: now }]
  }
}

function isUsedUp({ mints }: StateOf<'approved'>): boolean {
  return mints >= mintsPerApproval
}

function over(how: 'timed-out' | 'mints-used-up' | 'never-claimed', at: number): readonly Fact[] {
  return [
    { type: how, at },
    { type: 'ended', at, outcome: how },
  ]
}
