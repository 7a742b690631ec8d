import type { Plan } from './plan.ts'
import type { StateOf } from './state.ts'

/** Until when a request may be decided, epoch milliseconds; more time is given only to what is not over. */
export function decideUntil(requestedAt: number, plan: Plan): number {
  return Math.min(requestedAt + plan.answerWithin * 1000, plan.extends?.endsAt ?? Infinity)
}

/** Until when what was approved may be claimed, likewise. */
export function claimableUntil(approvedAt: number, plan: Plan): number {
  return Math.min(approvedAt + plan.claimWithin * 1000, plan.extends?.endsAt ?? Infinity)
}

/** When the approvers are pinged next, epoch milliseconds: the first pause is `every`, each later one `backoff` times longer. */
export function nextPingAt(state: StateOf<'waiting'>): number {
  const { every, backoff } = state.plan.ping
  let pause = every
  let at = state.request.requestedAt
  for (let ping = 0; ping <= state.pings; ping += 1) {
    at += pause * 1000
    pause *= backoff
  }
  return at
}

/** Seconds until the provider is looked at again after `looks` looks: doubling from `first` up to `longest`. */
export function nextLookIn(watch: Plan['watch'], looks: number): number {
  return Math.min(watch.first * 2 ** Math.min(looks, 30), watch.longest)
}

/** When the code leaves the screen by itself, epoch milliseconds. */
export function hideAt(state: StateOf<'active'>): number {
  return Math.min(state.shownAt + state.plan.visible * 1000, state.lease.expiresAt)
}
