import type { Actor } from '../people/person.ts'
import type { Refusal } from '../refusal.ts'
import type { CaseFactOf, StepResult } from './fact.ts'
import type { CasePlan, Reporter, Step } from './plan.ts'
import type { CaseOutcome, What } from './statement.ts'

/** Somebody in a case, by the name that people read. */
export type Named = { readonly by: Actor; readonly name: string; readonly at: number }

/** What a case was opened with, and the names that people read. */
type Report = Omit<CaseFactOf<'reported'>, 'type' | 'at' | 'details' | 'plan'> &
  CaseFactOf<'reported'>['details'] & { readonly reportedAt: number }

/** Somebody who reported, what they are to the person, and what they said; `signature`: the bot's, under the report. */
export type Reported = Named & {
  readonly as: Reporter
  readonly what: What
  readonly words?: string
  readonly signature: string
}

/** A step: when it was begun, and what came of it. */
export type StepState = { readonly since: number; readonly at?: number; readonly result?: StepResult }

/** What a case is: what its facts come to. Times in epoch milliseconds. */
export type Case = (Known & { readonly status: 'open' }) | ClosedCase

/** A case that is over: how it ended, and when. */
export type ClosedCase = Known & {
  readonly status: 'closed'
  readonly outcome: CaseOutcome
  readonly closedAt: number
}

type Known = {
  readonly report: Report
  readonly plan: CasePlan
  readonly steps: Readonly<Partial<Record<Step, StepState>>>
  readonly reporters: readonly Reported[]
  readonly taken?: Named
  /** How often security was told that nobody has taken it. */
  readonly timesTold: number
  /** How often security was told that it is still open. */
  readonly timesRaised: number
  readonly mistakes: readonly Named[]
  readonly notes: readonly (Named & { readonly text: string })[]
  readonly closing?: Named & {
    readonly outcome: CaseOutcome
    readonly reason: string
    readonly close: string
  }
  readonly agreed?: Named
  /** Why the last agreement does not count, as long as nobody else has agreed. */
  readonly voided?: Refusal
  readonly unblocked?: StepResult
  readonly around?: Omit<CaseFactOf<'looked-around'>, 'type' | 'at' | 'details'> &
    CaseFactOf<'looked-around'>['details']
}
