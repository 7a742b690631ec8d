import type { ExceptionId } from '../ids.ts'
import { canonical } from './canonical.ts'
import type { Actor } from '../people/person.ts'
import type { RequestBody } from './statement.ts'

/** The text whose sha256 every statement about this request carries: the request, its id, and who asked. */
export function requestText(exceptionId: ExceptionId, requester: Actor, body: RequestBody): string {
  return canonical({ exceptionId, requester, body })
}
