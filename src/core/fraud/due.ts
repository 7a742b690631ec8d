import type { CaseFact } from './fact.ts'
import type { Case } from './state.ts'

/** Between two times that security is told that nobody has taken a case lies at most this; milliseconds. */
const longestPause = 24 * 3_600_000

/** When security is told next about a case that stays as it is. Epoch milliseconds. */
export function caseDueAt(state: Case): number {
  return state.taken === undefined ? toldAgainAt(state) : raisedAt(state)
}

/** What has come due by now. */
export function caseDue(state: Case, now: number): readonly CaseFact[] {
  if (caseDueAt(state) > now) return []
  return state.taken === undefined
    ? [{ type: 'not-taken', at: now, times: state.timesTold + 1 }]
    : [{ type: 'raised', at: now, times: state.timesRaised + 1 }]
}

function toldAgainAt({ plan, timesTold, report }: Case): number {
  const first = plan.takeWithin * 1000
  let at = report.reportedAt + first
  for (let told = 1; told <= timesTold; told += 1)
    at += Math.min(first * 2 ** Math.min(told, 20), longestPause)
  return at
}

function raisedAt({ plan, timesRaised, report }: Case): number {
  return report.reportedAt + (timesRaised + 1) * plan.raisedEvery * 1000
}
