import type { Question, Verdict } from '../core/local/check.ts'
import type { FindClient } from './client.ts'
import type { Limit } from './limit.ts'

/** Everything outside that a check needs: PostgreSQL, and nothing else. */
export type VerifyPorts = {
  readonly clientOf: FindClient
  /** Resolves when the answer and its fact are durable. */
  readonly check: (question: Question) => Promise<Verdict>
  readonly limits: { readonly perClient: Limit; readonly perUser: Limit }
  readonly warn: (what: string, about: Readonly<Record<string, string>>) => void
  /** Epoch milliseconds. */
  readonly now: () => number
}
