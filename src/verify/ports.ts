import type { CheckFact } from '../core/local/check-fact.ts'
import type { Verdict } from '../core/local/check.ts'
import type { Secret } from '../core/secret.ts'
import type { FindClient } from './client.ts'
import type { Limit } from './limit.ts'

/** Everything outside that a check needs: PostgreSQL, and nothing else. */
export type VerifyPorts = {
  readonly clientOf: FindClient
  readonly check: (question: {
    readonly client: string
    readonly application: string
    readonly userName: string
    readonly typed: Secret
  }) => Promise<Verdict>
  /** Resolves when the fact is durable. */
  readonly record: (client: string, fact: CheckFact) => Promise<void>
  readonly limits: { readonly perClient: Limit; readonly perUser: Limit }
  readonly warn: (what: string, about: Readonly<Record<string, string>>) => void
  /** Epoch milliseconds. */
  readonly now: () => number
}
