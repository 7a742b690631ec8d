import type { Case } from './state.ts'

/** For how long a report by somebody without a part in it asks for one more approver; milliseconds. */
const oneMoreFor = 4 * 3_600_000

/** What open cases about a person mean for requests for them. */
export type Requests = 'as-usual' | 'one-more' | 'refused'

/**
 * What is asked for while there is a case: nothing, or, where only somebody without a part in it reported, one approver more
 * until security has taken the case. `now` in epoch milliseconds.
 */
export function requestsDuring(cases: readonly Case[], now: number): Requests {
  const open = cases.filter(({ status }) => status === 'open')
  if (open.some(({ plan }) => plan.requests === 'refused')) return 'refused'
  const counts = open.some(({ taken, report }) => taken === undefined && now < report.reportedAt + oneMoreFor)
  return counts ? 'one-more' : 'as-usual'
}
