import { requestText } from '../envelope/request-hash.ts'
import { isPractice } from '../kinds.ts'
import type { ExceptionView, Sha256, Verifier } from '../ports.ts'
import { signedRequest } from './requested.ts'
import type { Request } from './state.ts'

/** What it takes to prove a request. */
export type Proving = { readonly verifier: Verifier; readonly sha256: Sha256 }

/**
 * Whether a request, wherever it was read, is word for word one that the bot signed, under the hash that it carries. The
 * names of the two people are not in the signature.
 */
export function isAsSigned({ verifier, sha256 }: Proving, request: Request): boolean {
  const envelope = signedRequest(request)
  const { actor, body } = envelope.statement
  const isHashed = sha256(requestText(request.exceptionId, actor, body)) === request.requestHash
  return isHashed && verifier.verify(envelope)
}

/** Whether it is for practice. A row that somebody else wrote makes no drill: the request itself was signed as one. */
export function isSignedPractice(
  proving: Proving,
  { exceptionId, state: { request } }: Pick<ExceptionView, 'exceptionId' | 'state'>,
): boolean {
  return isPractice(request.kind) && request.exceptionId === exceptionId && isAsSigned(proving, request)
}
