import type { Envelope, RequestBody, StatementOf } from '../envelope/statement.ts'
import type { FactOf } from './fact.ts'
import type { Request } from './state.ts'

/** The first fact of an exception: the signed request, with the names that the directory gives the two people. */
export function requestedBy(
  { statement, keyId, signature }: Envelope<StatementOf<'request'>>,
  names: { readonly subjectName: string; readonly requesterName: string },
): FactOf<'requested'> {
  const { reason, ...asked } = statement.body
  const { exceptionId, requestHash, actor, at } = statement
  const proof = { keyId, signature }
  return {
    ...asked,
    type: 'requested',
    at,
    exceptionId,
    requestHash,
    requester: actor,
    proof,
    details: { reason, ...names },
  }
}

/** The signed request as it was, from what is known of it: for whoever has to see that nobody changed it. */
export function signedRequest(request: Request): Envelope<StatementOf<'request'>> {
  const { exceptionId, requestHash, requester, requestedAt, proof, ...known } = request
  const { subjectName: _subject, requesterName: _requester, ...body } = known
  const asked: RequestBody = body
  const statement = { v: 1, exceptionId, requestHash, actor: requester, at: requestedAt } as const
  return { statement: { ...statement, kind: 'request', body: asked }, ...proof }
}
