import { isAsSigned } from '../core/exception/genuine.ts'
import type { ExceptionView } from '../core/ports.ts'
import type { BotPorts } from './ports.ts'

/**
 * Whether an exception, as the projection shows it, is the request that this bot signed, with the names that the
 * directory gives the two people. The bot signs what people say about it, and people read it before: neither may rest on
 * a row that somebody else could have written.
 */
export async function isGenuine(ports: BotPorts, { exceptionId, state }: ExceptionView): Promise<boolean> {
  const { request } = state
  if (!isAsSigned(ports, request) || request.exceptionId !== exceptionId) return false
  const [subject, requester] = await Promise.all([
    ports.person(request.subject),
    ports.person(request.requester.person),
  ])
  return subject?.name === request.subjectName && requester?.name === request.requesterName
}
