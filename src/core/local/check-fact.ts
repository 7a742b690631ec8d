import type { ExceptionId, PersonId } from '../ids.ts'
import type { NotLetIn, Question, Verdict } from './check.ts'

type Answered = {
  readonly at: number
  readonly application: string
  /** Where the question came from. */
  readonly address: string
  /** Whose sign-in it was, as far as something was ever issued for that name. */
  readonly subject?: PersonId
  readonly exceptionId?: ExceptionId
  readonly details: { readonly userName: string }
}

/** One answer to one client: who was let in, or why nobody was. The name that was typed is personal and can be erased. */
export type CheckFact =
  | (Answered & { readonly type: 'let-in' })
  | (Answered & { readonly type: 'not-let-in'; readonly because: NotLetIn })

/** Longest user name that the facts keep, in characters. */
const longestName = 128

/** What is written down of a question and its answer. */
export function checkFact({ at, application, address, userName }: Question, verdict: Verdict): CheckFact {
  const { by } = verdict
  const answered = {
    at,
    application,
    address,
    ...(by !== undefined && { subject: by.subject, exceptionId: by.exceptionId }),
    // What nothing was issued for may be a password that was typed into the wrong field.
    details: { userName: by === undefined ? 'unknown' : userName.slice(0, longestName) },
  }
  return verdict.is === 'let-in'
    ? { ...answered, type: verdict.is }
    : { ...answered, type: verdict.is, because: verdict.because }
}
