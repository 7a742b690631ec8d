import type { CaseStatement } from '../fraud/statement.ts'
import type { ExceptionId, PersonId } from '../ids.ts'
import type { Kind, ProviderName } from '../kinds.ts'
import type { Actor, SlackAccount } from '../people/person.ts'

/** Why the exception is needed; it decides what ends the follow-up. */
export type Category = 'lost' | 'replaced' | 'new-starter' | 'not-at-hand' | 'other'

/** How the approver made sure that the caller is the subject. */
export type CallerCheck = 'called-back' | 'met-in-person' | 'video' | 'other'

/** What the requester asks for. `duration` in seconds. The policy in force is part of what is signed. */
export type RequestBody = {
  readonly kind: Kind
  readonly provider: ProviderName
  /** By its name in the policy, for a kind that opens one. */
  readonly application?: string
  /** The live exception that it asks more time for. */
  readonly extends?: ExceptionId
  readonly subject: PersonId
  readonly subjectSlack: SlackAccount
  readonly duration: number
  readonly category: Category
  readonly reason: string
  readonly ticket?: string
  readonly policyHash: string
}

/** The press says it all. */
type Nothing = { readonly [Key in never]: never }

/** Everything a person can say about an exception. `phone-back` goes to the follow-up, the rest to the exception. */
export type Said =
  | { readonly kind: 'request'; readonly body: RequestBody }
  | { readonly kind: 'approve'; readonly body: { readonly checked: CallerCheck } }
  | { readonly kind: 'deny'; readonly body: { readonly reason: string } }
  | { readonly kind: 'withdraw'; readonly body: Nothing }
  | { readonly kind: 'claim'; readonly body: { readonly view: string } }
  | { readonly kind: 'not-seen'; readonly body: Nothing }
  | { readonly kind: 'revoke'; readonly body: { readonly reason: string } }
  | { readonly kind: 'not-me'; readonly body: Nothing }
  | { readonly kind: 'phone-back'; readonly body: Nothing }

/** One sentence by one person, bound to one request. Plain JSON; `at` in epoch milliseconds. */
export type Statement = {
  readonly v: 1
  readonly exceptionId: ExceptionId
  /** sha256 of the canonical request body and the exception id, hex: an edited request voids every decision. */
  readonly requestHash: string
  readonly actor: Actor
  readonly at: number
} & Said

/** The statement of one kind. */
export type StatementOf<K extends Said['kind']> = Extract<Statement, { readonly kind: K }>

/** Whatever the bot signs: about an exception, or about a case. */
export type AnyStatement = Statement | CaseStatement

/**
 * A statement with an Ed25519 signature over its canonical bytes (base64url): the bot's, or, where a case is closed without
 * Slack, by a key of the actor's own.
 */
export type Envelope<S extends AnyStatement = Statement> = {
  readonly statement: S
  readonly keyId: string
  readonly signature: string
}
