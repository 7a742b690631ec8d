import type { CaseId, ExceptionId, PersonId } from '../ids.ts'
import type { Actor, SlackAccount } from '../people/person.ts'
import type { Refusal } from '../refusal.ts'
import type { CasePlan, Reporter, Step } from './plan.ts'
import type { CaseOutcome, CaseSaid, What } from './statement.ts'

/** Why a step can't be done by Hallpass: a person has to. */
export type StepProblem = 'forbidden' | 'no-licence' | 'not-found'

/** What came of a step. `count`: how many exceptions were stopped, or credentials ended. */
export type StepResult =
  | { readonly is: 'done'; readonly count?: number }
  | { readonly is: 'impossible'; readonly because: StepProblem }

/** An exception of the same person, for whoever looks into a case. */
export type Around = {
  readonly exceptionId: ExceptionId
  readonly displayId: string
  readonly requester: PersonId
  readonly approvers: readonly PersonId[]
}

type Happened =
  | {
      readonly type: 'reported'
      readonly caseId: CaseId
      readonly subject: PersonId
      readonly subjectSlack?: SlackAccount
      readonly by: Actor
      readonly as: Reporter
      readonly what: What
      readonly about?: ExceptionId
      readonly plan: CasePlan
      readonly policyHash: string
      /** The bot's signature over the report. */
      readonly proof: { readonly keyId: string; readonly signature: string }
      readonly details: {
        readonly subjectName: string
        readonly reporterName: string
        readonly words?: string
        readonly when?: string
        readonly application?: string
      }
    }
  | {
      readonly type: 'reported-again'
      readonly by: Actor
      readonly as: Reporter
      readonly what: What
      readonly about?: ExceptionId
      readonly plan: CasePlan
      readonly proof: { readonly keyId: string; readonly signature: string }
      readonly details: { readonly reporterName: string; readonly words?: string }
    }
  | { readonly type: 'step-taken'; readonly step: Step; readonly result: StepResult }
  /** `names` are who asked for and approved them; `methods` were registered since the first of them was shown. */
  | {
      readonly type: 'looked-around'
      readonly exceptions: readonly Around[]
      readonly details: {
        readonly names: Readonly<Record<PersonId, string>>
        readonly methods: readonly string[]
      }
    }
  /** Somebody who reported says that it was a mistake. */
  | { readonly type: 'said-mistaken'; readonly by: Actor; readonly details: { readonly name: string } }
  | { readonly type: 'taken'; readonly by: Actor; readonly details: { readonly name: string } }
  /** Nobody has taken it in time: security is told again. */
  | { readonly type: 'not-taken'; readonly times: number }
  /** It is still open after a long time: security is told. */
  | { readonly type: 'raised'; readonly times: number }
  | {
      readonly type: 'noted'
      readonly by: Actor
      readonly details: { readonly name: string; readonly text: string }
    }
  | { readonly type: 'block-asked'; readonly by: Actor; readonly details: { readonly name: string } }
  | {
      readonly type: 'close-asked'
      readonly by: Actor
      readonly outcome: CaseOutcome
      /** The signature under the words that a second person has to agree to. */
      readonly close: string
      readonly details: { readonly name: string; readonly reason: string }
    }
  | { readonly type: 'unblock-agreed'; readonly by: Actor; readonly details: { readonly name: string } }
  /** Whoever gives accounts back found that these two may not: somebody else has to agree. */
  | { readonly type: 'agreement-void'; readonly refusal: Refusal }
  | { readonly type: 'unblocked'; readonly result: StepResult }
  | {
      readonly type: 'word-refused'
      readonly by: Actor
      readonly said: CaseSaid['kind']
      readonly refusal: Refusal
      readonly details: { readonly name: string }
    }
  | { readonly type: 'case-forged'; readonly said: CaseSaid['kind'] }
  | { readonly type: 'case-closed'; readonly outcome: CaseOutcome }

/** Something that happened in a case. `at` in epoch milliseconds. `details` are personal and can be erased. */
export type CaseFact = { readonly at: number } & Happened

export type CaseFactOf<Type extends CaseFact['type']> = Extract<CaseFact, { readonly type: Type }>
