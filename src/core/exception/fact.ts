import type { CallerCheck, Category, Said } from '../envelope/statement.ts'
import type { CaseId, ExceptionId, PersonId } from '../ids.ts'
import type { Kind, ProviderName } from '../kinds.ts'
import type { Actor, SlackAccount } from '../people/person.ts'
import type { Method } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import type { Plan } from './plan.ts'

/** What is kept of a credential; everything acts on the id it owns. Times in epoch milliseconds, as the provider said. */
export type Lease = { readonly credentialId: string; readonly startsAt: number; readonly expiresAt: number }

/** How an exception ended. */
export type Outcome =
  | 'refused'
  | 'denied'
  | 'withdrawn'
  | 'timed-out'
  | 'stopped'
  | 'never-claimed'
  | 'mints-used-up'
  | 'used'
  | 'expired'
  | 'revoked'
  /** Another one, asked for as its extension, took its place. */
  | 'replaced'
  /** An extension: what it extends has its time. */
  | 'extended'
  | 'not-extended'

type Happened =
  | {
      readonly type: 'requested'
      readonly exceptionId: ExceptionId
      readonly kind: Kind
      readonly provider: ProviderName
      readonly application?: string
      readonly extends?: ExceptionId
      readonly subject: PersonId
      readonly subjectSlack: SlackAccount
      readonly requester: Actor
      readonly duration: number
      readonly category: Category
      readonly ticket?: string
      readonly policyHash: string
      readonly requestHash: string
      /** The bot's signature over the request, so that it can be proven wherever the facts are read. */
      readonly proof: { readonly keyId: string; readonly signature: string }
      readonly details: {
        readonly reason: string
        readonly subjectName: string
        readonly requesterName: string
      }
    }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'admitted'; readonly plan: Plan; readonly details: { readonly askedNames: string } }
  | { readonly type: 'pinged' }
  | {
      readonly type: 'attempt-refused'
      readonly by: Actor
      readonly said: Said['kind']
      readonly refusal: Refusal
      readonly details: { readonly name: string }
    }
  | {
      readonly type: 'approved'
      readonly by: Actor
      readonly checked: CallerCheck
      readonly complete: boolean
      readonly details: { readonly name: string }
    }
  | {
      readonly type: 'denied'
      readonly by: Actor
      readonly details: { readonly name: string; readonly reason: string }
    }
  | { readonly type: 'withdrawn'; readonly by: Actor }
  | { readonly type: 'timed-out' }
  | { readonly type: 'never-claimed' }
  | {
      readonly type: 'shown'
      readonly attempt: number
      readonly lease: Lease
      /** The provider's own id of the request that minted, for its audit log. */
      readonly providerRequestId: string
      /** Sign-in methods at this moment; what is new later is evidence, or an intruder's. */
      readonly methodsBefore: readonly Method[]
    }
  /** `settled`: nothing of this attempt can be alive. Otherwise its intent is cleaned up before the next one. */
  | {
      readonly type: 'mint-failed'
      readonly attempt: number
      readonly settled: boolean
      readonly refusal: Refusal
    }
  | { readonly type: 'mints-used-up' }
  | { readonly type: 'hidden' }
  /** The credential lives until `lease` says; told of the exception and of its extension (`by`). */
  | { readonly type: 'extended'; readonly by: ExceptionId; readonly lease: Lease }
  | { readonly type: 'replaced'; readonly by: ExceptionId }
  /** An extension that came to nothing: what it was to extend is over, or can't be extended. */
  | { readonly type: 'not-extended'; readonly refusal: Refusal }
  | { readonly type: 'not-seen'; readonly by: Actor }
  | { readonly type: 'reopened' }
  | { readonly type: 'used' }
  | { readonly type: 'expired' }
  /** Somebody removed the credential at the provider. */
  | { readonly type: 'vanished' }
  /** Too many wrong codes were tried. */
  | { readonly type: 'voided' }
  | {
      readonly type: 'revoke-asked'
      readonly by: Actor
      readonly details: { readonly name: string; readonly reason: string }
    }
  | { readonly type: 'stopped'; readonly by: Actor }
  /** Somebody reported fraud about the subject. */
  | { readonly type: 'stopped-for-case'; readonly caseId: CaseId }
  /** An operator cancelled the workflow in Temporal: the exception is revoked. */
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'revoked'
      readonly wasUsed: boolean
      readonly sessionsRevoked: boolean
      readonly methodsAdded: readonly Method[]
    }
  | { readonly type: 'forged'; readonly said: Said['kind'] }
  | { readonly type: 'ended'; readonly outcome: Outcome }

/** Something that happened to an exception. `at` in epoch milliseconds. `details` are personal and can be erased. */
export type Fact = { readonly at: number } & Happened

export type FactOf<Type extends Fact['type']> = Extract<Fact, { readonly type: Type }>
