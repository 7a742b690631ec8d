import type { StatementOf } from '../envelope/statement.ts'
import type { FactOf } from './fact.ts'

/** The first fact of an exception: the signed request, with the names that the directory gives the two people. */
export function requestedBy(
  statement: StatementOf<'request'>,
  names: { readonly subjectName: string; readonly requesterName: string },
): FactOf<'requested'> {
  const { reason, ...asked } = statement.body
  const { exceptionId, requestHash, actor, at } = statement
  return {
    ...asked,
    type: 'requested',
    at,
    exceptionId,
    requestHash,
    requester: actor,
    details: { reason, ...names },
  }
}
