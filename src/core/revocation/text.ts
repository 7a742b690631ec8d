import type { Envelope } from '../envelope/statement.ts'
import type { ExceptionId } from '../ids.ts'

/** The text whose sha256 names a revocation: the word's signature, and what it ends where that is not what it names. */
export function revocationText({ signature, statement }: Envelope, exceptionId: ExceptionId): string {
  return exceptionId === statement.exceptionId ? signature : `${signature}/${exceptionId}`
}
