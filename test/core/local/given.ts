import type { Candidate } from '../../../src/core/local/check.ts'

/** Dana's code, alive and typed as it is. */
export const code: Candidate = {
  id: 'code',
  exceptionId: 'exception',
  subject: 'entra:dana',
  form: 'code',
  isGenuine: true,
  matches: true,
  isExpired: false,
  isUsed: false,
  isEnded: false,
  isDenied: false,
  wrongTries: 0,
}
