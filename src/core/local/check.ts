import type { ExceptionId, PersonId } from '../ids.ts'
import type { Secret } from '../secret.ts'

/** A code is typed as the second factor; a let-in needs none: the next sign-in passes. */
export type Form = 'code' | 'let-in'

/** Wrong tries after which what is alive for a user and an application is void. */
export const wrongTriesThatVoid = 5

/** One question of one client: may this user go on with what was typed as the second factor? */
export type Question = {
  readonly client: string
  readonly application: string
  readonly userName: string
  readonly typed: Secret
  /** Where the question came from. */
  readonly address: string
  /** When it came, epoch milliseconds. */
  readonly at: number
  /** The client has asked too often, in all or about this user: it is not looked at. */
  readonly isTooMany: boolean
}

/** Something that was issued, as the database knows it at the moment of the question. */
export type Standing = {
  readonly id: string
  readonly exceptionId: ExceptionId
  readonly subject: PersonId
  readonly form: Form
  /** Every MAC fits: Hallpass itself wrote it, its end and its extensions, for this user, application and time. */
  readonly isGenuine: boolean
  readonly isExpired: boolean
  readonly isUsed: boolean
  readonly isEnded: boolean
  /** The person is denied everything that Hallpass itself checks. */
  readonly isDenied: boolean
  /** Wrong tries since it was issued. */
  readonly wrongTries: number
}

/** Something that was issued for the user who signs in; `matches` when what was typed is its code. */
export type Candidate = Standing & { readonly matches: boolean }

/** Why something that was issued works no more. */
export type WhyOver = 'used' | 'expired' | 'ended' | 'voided' | 'forged'

/** Why something that was issued lets nobody in: it is over, or its person is denied, which can be given back. */
export type WhyNot = WhyOver | 'denied'

/** Why somebody was not let in; never told to whoever asked. `fraud-code`: they reported a sign-in as not theirs. */
export type NotLetIn = WhyNot | 'unknown' | 'wrong' | 'too-many' | 'fraud-code'

export type Verdict =
  | { readonly is: 'let-in'; readonly by: Standing }
  | { readonly is: 'not-let-in'; readonly because: NotLetIn; readonly by: Standing | undefined }

/** The answer to a question that is not looked at. */
export const tooMany: Verdict = { is: 'not-let-in', because: 'too-many', by: undefined }

/**
 * Who is let in: the code that was typed, or else a let-in, when it is Hallpass's own, alive, unused, and not void. The
 * newest comes first.
 */
export function judgeCheck(candidates: readonly Candidate[]): Verdict {
  const meant = candidates.find(({ form, matches }) => form === 'code' && matches)
  if (meant !== undefined) return judge(meant)
  const letIns = candidates.filter(({ form }) => form === 'let-in').map(judge)
  const open = letIns.find((verdict) => verdict.is === 'let-in')
  // Whatever a denied person types guesses nothing, and voids nothing of theirs for the time after.
  const denied = candidates.find((one) => whyNot(one) === 'denied')
  return open ?? (denied === undefined ? noneFits(candidates) : judge(denied))
}

/** Judges a sign-in whose user typed the fraud code: no code and no let-in counts, and it is no try. */
export function judgeFraudCode(candidates: readonly Candidate[]): Verdict {
  return { is: 'not-let-in', because: 'fraud-code', by: candidates.find(({ isGenuine }) => isGenuine) }
}

function noneFits(candidates: readonly Candidate[]): Verdict {
  return { is: 'not-let-in', because: candidates.length === 0 ? 'unknown' : 'wrong', by: candidates[0] }
}

function judge(by: Candidate): Verdict {
  const because = whyNot(by)
  return because === undefined ? { is: 'let-in', by } : { is: 'not-let-in', because, by }
}

/** Why this lets nobody in; undefined while it is alive and its person is not denied. */
export function whyNot(standing: Standing): WhyNot | undefined {
  return standing.isGenuine && standing.isDenied ? 'denied' : whyOver(standing)
}

/** Why this works no more, whether its person is denied or not; undefined while it is alive. */
export function whyOver(standing: Standing): WhyOver | undefined {
  if (!standing.isGenuine) return 'forged'
  if (standing.isUsed) return 'used'
  if (standing.isEnded) return 'ended'
  if (standing.isExpired) return 'expired'
  return standing.wrongTries >= wrongTriesThatVoid ? 'voided' : undefined
}

/** Whether a no counts towards voiding: a code from before, typed again, guesses nothing. */
export function isWrongTry(verdict: Verdict): boolean {
  return verdict.is === 'not-let-in' && (verdict.because === 'wrong' || verdict.because === 'unknown')
}
