import type { PersonId } from '../core/ids.ts'
import type { DecodedFact } from '../core/ledger/decoded-fact.ts'
import type { Person } from '../core/people/person.ts'
import type { Result } from '../core/result.ts'

/** A payload as Temporal keeps it. */
export type Payload = {
  readonly metadata?: Record<string, Uint8Array> | null
  readonly data?: Uint8Array | null
}

/** Everything outside that decoding needs: who asks, where it is written down, and the keys. */
export type CodecPorts = {
  /** Where the page lies that may ask from a browser. */
  readonly origin: string
  readonly namespace: string
  /** The person whom a token was given to, or why there is none. */
  readonly bearer: (authorization: string | undefined) => Promise<Result<PersonId, string>>
  /** This person, when they are of security at this moment. */
  readonly ofSecurity: (person: PersonId) => Promise<Person | undefined>
  /** Resolves when it is durable. */
  readonly record: (fact: DecodedFact) => Promise<void>
  /** The payloads as they were, those in the clear unchanged; or why one can't be read. */
  readonly decode: (payloads: readonly Payload[]) => Promise<Result<readonly Payload[], string>>
  readonly log: (level: 'info' | 'warn', what: string, about: Readonly<Record<string, unknown>>) => void
  /** Epoch milliseconds. */
  readonly now: () => number
}
