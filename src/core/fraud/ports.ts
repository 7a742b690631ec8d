import type { CaseId, PersonId } from '../ids.ts'
import type { Result } from '../result.ts'

/** A user's report that the provider's own risk engine heard. `at`: when it was detected, epoch milliseconds. */
export type RiskSignal = { readonly id: string; readonly subject: PersonId; readonly at: number }

export type RiskSignals = {
  /**
   * Users who reported a sign-in that they did not start, detected at `at` or later, in epoch milliseconds; oldest
   * first. One may appear a while after its time: ask from before the last one, and know them by their id. `forbidden`
   * without permission or licence.
   */
  since(at: number): Promise<Result<readonly RiskSignal[], 'forbidden'>>
}

/** A sign-in that somebody reported as not theirs, without Slack. Time in epoch milliseconds. */
export type FraudSignal = { readonly id: string; readonly at: number } & (
  | { readonly source: 'risk-detection'; readonly subject: PersonId }
  | {
      readonly source: 'fraud-code'
      readonly application: string
      readonly client: string
      /** The person, or the name that was signed in with where nothing was issued that tells whose it is. */
      readonly who: { readonly subject: PersonId } | { readonly userName: string }
    }
)

/** What was reported and not yet heard. */
export type FraudSignals = {
  /** Writes down what the provider's own risk engine detected, by its id there; twice is once. */
  record(detection: { readonly id: string; readonly subject: PersonId; readonly at: number }): Promise<void>
  /** When the newest of these was detected, epoch milliseconds; undefined when none ever was. */
  latestDetection(): Promise<number | undefined>
  /** Oldest first. */
  pending(): Promise<readonly FraudSignal[]>
  /** It was heard; twice is once. */
  done(id: string): Promise<void>
}

/** A report that would block the account of somebody else; `id` is its own, whichever case it came to. */
export type BlockTurn = {
  readonly id: CaseId
  readonly reporter: PersonId
  readonly subject: PersonId
  /** Epoch milliseconds. */
  readonly at: number
}

/** The order in which reports block others, whoever is judging them at the same time. */
export type BlockTurns = {
  /**
   * How many other accounts this reporter's word had blocked within the hour when the report was first judged; the same
   * for ever after. A report that finds `limit` or more blocks nobody, and counts against no other one.
   */
  othersBefore(turn: BlockTurn, limit: number): Promise<number>
}
