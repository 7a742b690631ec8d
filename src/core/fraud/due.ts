import type { CaseFact } from './fact.ts'
import type { Case } from './state.ts'

/** Between two times that security is told that nobody has taken a case lies at most this; milliseconds. */
const longestPause = 24 * 3_600_000

/** When security is told again that nobody has taken a case; undefined when somebody has. Epoch milliseconds. */
export function toldAgainAt({ taken, plan, timesTold, report }: Case): number | undefined {
  if (taken !== undefined) return undefined
  const first = plan.takeWithin * 1000
  let at = report.reportedAt + first
  for (let told = 1; told <= timesTold; told += 1)
    at += Math.min(first * 2 ** Math.min(told, 20), longestPause)
  return at
}

/** What has come due by now. */
export function caseDue(state: Case, now: number): readonly CaseFact[] {
  const at = toldAgainAt(state)
  return at !== undefined && at <= now ? [{ type: 'not-taken', at: now, times: state.timesTold + 1 }] : []
}
