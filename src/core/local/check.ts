import type { ExceptionId, PersonId } from '../ids.ts'

/** A code is typed as the second factor; a let-in needs none: the next sign-in passes. */
export type Form = 'code' | 'let-in'

/** Wrong tries after which what is alive for a user and an application is void. */
export const wrongTriesThatVoid = 5

/** Something that was issued for the user who signs in, as the database knows it at the moment of the check. */
export type Candidate = {
  readonly id: string
  readonly exceptionId: ExceptionId
  readonly subject: PersonId
  readonly form: Form
  /** Its MAC fits: Hallpass itself wrote it, for this user, application and time. */
  readonly isGenuine: boolean
  /** What was typed is its code. */
  readonly matches: boolean
  readonly isExpired: boolean
  readonly isUsed: boolean
  readonly isEnded: boolean
  /** Wrong tries since it was issued. */
  readonly wrongTries: number
}

/** Why somebody was not let in; never told to whoever asked. */
export type NotLetIn = 'unknown' | 'wrong' | 'used' | 'expired' | 'ended' | 'voided' | 'forged' | 'too-many'

export type Verdict =
  | { readonly is: 'let-in'; readonly by: Candidate }
  | { readonly is: 'not-let-in'; readonly because: NotLetIn; readonly by: Candidate | undefined }

/**
 * Who is let in: the code that was typed, or else a let-in, when it is Hallpass's own, alive, unused, and not void. The
 * newest comes first.
 */
export function judgeCheck(candidates: readonly Candidate[]): Verdict {
  const meant = candidates.find(({ form, matches }) => form === 'code' && matches)
  if (meant !== undefined) return judge(meant)
  const letIns = candidates.filter(({ form }) => form === 'let-in').map(judge)
  const open = letIns.find((verdict) => verdict.is === 'let-in')
  return (
    open ?? { is: 'not-let-in', because: candidates.length === 0 ? 'unknown' : 'wrong', by: candidates[0] }
  )
}

function judge(by: Candidate): Verdict {
  const because = whyNot(by)
  return because === undefined ? { is: 'let-in', by } : { is: 'not-let-in', because, by }
}

function whyNot(candidate: Candidate): NotLetIn | undefined {
  if (!candidate.isGenuine) return 'forged'
  if (candidate.isUsed) return 'used'
  if (candidate.isEnded) return 'ended'
  if (candidate.isExpired) return 'expired'
  return candidate.wrongTries >= wrongTriesThatVoid ? 'voided' : undefined
}

/** Whether a no counts towards voiding: a code from before, typed again, guesses nothing. */
export function isWrongTry(verdict: Verdict): boolean {
  return verdict.is === 'not-let-in' && (verdict.because === 'wrong' || verdict.because === 'unknown')
}
