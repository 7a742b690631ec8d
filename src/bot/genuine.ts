import { requestText } from '../core/envelope/request-hash.ts'
import { signedRequest } from '../core/exception/requested.ts'
import type { ExceptionView } from '../core/ports.ts'
import type { BotPorts } from './ports.ts'

/**
 * Whether an exception, as the projection shows it, is the request that this bot signed, with the names that the
 * directory gives the two people. The bot signs what people say about it, and people read it before: neither may rest on
 * a row that somebody else could have written.
 */
export async function isGenuine(ports: BotPorts, { exceptionId, state }: ExceptionView): Promise<boolean> {
  const { request } = state
  const envelope = signedRequest(request)
  const { actor, body } = envelope.statement
  const isSigned = ports.verifier.verify(envelope)
  const isHashed = ports.sha256(requestText(request.exceptionId, actor, body)) === request.requestHash
  if (!isSigned || !isHashed || request.exceptionId !== exceptionId) return false
  const [subject, requester] = await Promise.all([ports.person(request.subject), ports.person(actor.person)])
  return subject?.name === request.subjectName && requester?.name === request.requesterName
}
