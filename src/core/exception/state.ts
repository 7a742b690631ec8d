import type { CallerCheck, Said } from '../envelope/statement.ts'
import type { CaseId, ExceptionId, PersonId } from '../ids.ts'
import type { Actor } from '../people/person.ts'
import type { Method } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import type { FactOf, Lease, Outcome } from './fact.ts'
import type { Plan } from './plan.ts'

/** What was asked for, with the names that people read. */
export type Request = Omit<FactOf<'requested'>, 'type' | 'at' | 'details'> &
  FactOf<'requested'>['details'] & { readonly requestedAt: number }

export type Approval = {
  readonly by: Actor
  readonly name: string
  readonly checked: CallerCheck
  readonly at: number
}

/** What the facts that end an exception told, for the cards. */
export type Last = {
  readonly refusal?: Refusal
  readonly stop?: Stop
  /** Nobody here ended it. */
  readonly overBy?: 'vanished' | 'voided'
  readonly wasUsed?: boolean
  readonly sessionsRevoked?: boolean
  readonly methodsAdded?: readonly Method[]
  /** How long what an extension was for lives now. */
  readonly extendedTo?: Lease
  readonly replacedBy?: ExceptionId
}

/** What every state after the request carries. `refusedAttempts` counts for the validator. */
type Known = {
  readonly request: Request
  readonly refusedAttempts: Readonly<Record<AttemptKey, number>>
  readonly last?: Last
}

type Planned = Known & {
  readonly plan: Plan
  readonly askedNames: string
  readonly approvals: readonly Approval[]
}

/** The code was shown. `methodsBefore` are the sign-in methods at that moment. */
type Shown = { readonly lease: Lease; readonly shownAt: number; readonly methodsBefore: readonly Method[] }

/** The same word of the same person. */
export type AttemptKey = `${Said['kind']} ${PersonId}`

/** Who stopped an exception, and in what words, if they had to give any; or the case because of which it was stopped. */
type Stop = { readonly by: string; readonly reason?: string; readonly case?: CaseId }

/** The life of an exception; a state holds only what exists then. Times in epoch milliseconds. */
export type State =
  | { readonly status: 'new' }
  | (Known & { readonly status: 'requested' })
  | (Planned & { readonly status: 'waiting'; readonly until: number; readonly pings: number })
  | (Planned & { readonly status: 'approved'; readonly claimUntil: number; readonly mints: number })
  | (Planned &
      Shown & {
        readonly status: 'active'
        readonly claimUntil: number
        readonly mints: number
        readonly hidden: boolean
      })
  | (Planned &
      Partial<Shown> & {
        readonly status: 'ending'
        readonly why: 'revoked' | 'stopped' | 'not-seen' | 'mint-lost' | 'replaced'
        readonly claimUntil: number
        readonly mints: number
        /** Nobody stops a mint that got lost, or what was replaced. */
        readonly stop?: Stop
      })
  | Ended

/** Over: nothing that was issued is alive any more. What is known of the story stays for cards and reports. */
export type Ended = Omit<Known, 'last'> &
  Last & {
    readonly status: 'ended'
    readonly outcome: Outcome
    readonly endedAt: number
    readonly plan?: Plan
    readonly askedNames?: string
    readonly approvals: readonly Approval[]
    readonly lease?: Lease
    readonly shownAt?: number
    readonly methodsBefore?: readonly Method[]
  }

/** An exception that there is something to say about. */
export type KnownState = Exclude<State, { readonly status: 'new' }>

export type StateOf<Status extends State['status']> = Extract<State, { readonly status: Status }>
