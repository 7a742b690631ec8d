import type { CaseId, ExceptionId, PersonId } from '../ids.ts'
import type { Actor, SlackAccount } from '../people/person.ts'

/** What happened, as whoever reports it says. */
export const whatHappened = ['sign-in', 'message', 'gave-code', 'caller', 'other'] as const
export type What = (typeof whatHappened)[number]

/** How a case ends. */
export const caseOutcomes = ['false-alarm', 'confirmed', 'test'] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** What somebody reports about a person, perhaps themselves. The policy in force is part of what is signed. */
export type ReportBody = {
  readonly subject: PersonId
  /** Where they can be told, if that is known. */
  readonly subjectSlack?: SlackAccount
  readonly what: What
  /** In their own words. */
  readonly words?: string
  /** When it happened and what it was about, likewise. */
  readonly when?: string
  readonly application?: string
  /** The exception whose message had the button that was pressed. */
  readonly about?: ExceptionId
  readonly policyHash: string
}

/** What security says when a case is to be closed: how it ends, why, and that the way back in was made safe. */
export type CloseBody = {
  readonly outcome: CaseOutcome
  readonly reason: string
  /** A new password was asked for, and the sign-in methods were gone through with the person. */
  readonly passwordReset: boolean
  readonly methodsReviewed: boolean
}

type Nothing = { readonly [Key in never]: never }

/** Everything a person can say about a case. `block`: do now what waited for security. */
export type CaseSaid =
  | { readonly kind: 'report'; readonly body: ReportBody }
  /** Whoever reported says that it was a mistake; that alone undoes nothing. */
  | { readonly kind: 'mistake'; readonly body: Nothing }
  | { readonly kind: 'take'; readonly body: Nothing }
  | { readonly kind: 'note'; readonly body: { readonly text: string } }
  | { readonly kind: 'block'; readonly body: Nothing }
  | { readonly kind: 'close'; readonly body: CloseBody }
  /** The second person agrees to just these words: `close` is the signature under them. */
  | { readonly kind: 'unblock'; readonly body: { readonly close: string } }

/** One sentence by one person about one case. Plain JSON; `at` in epoch milliseconds. */
export type CaseStatement = {
  readonly v: 1
  readonly caseId: CaseId
  readonly actor: Actor
  readonly at: number
} & CaseSaid

/** The statement of one kind. */
export type CaseStatementOf<K extends CaseSaid['kind']> = Extract<CaseStatement, { readonly kind: K }>
