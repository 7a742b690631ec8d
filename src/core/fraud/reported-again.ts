import type { CaseFactOf } from './fact.ts'

/** A report as the fact of a case that another one opened. `at` in epoch milliseconds. */
export function reportedAgain(
  { by, as, what, about, plan, proof, details }: CaseFactOf<'reported'>,
  at: number,
): CaseFactOf<'reported-again'> {
  const { reporterName, words } = details
  return {
    type: 'reported-again',
    at,
    by,
    as,
    what,
    ...(about && { about }),
    plan,
    proof,
    details: { reporterName, ...(words && { words }) },
  }
}
