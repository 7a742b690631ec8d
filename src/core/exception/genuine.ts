import { requestText } from '../envelope/request-hash.ts'
import type { Sha256, Verifier } from '../ports.ts'
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
