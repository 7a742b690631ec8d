import type { PersonId } from '../ids.ts'

/** Somebody had payloads of Temporal's histories decrypted to read them. */
export type DecodedFact = {
  readonly at: number
  readonly type: 'payloads-decoded'
  readonly by: PersonId
  readonly namespace: string
  /** How many. Temporal's page does not say of which workflow. */
  readonly count: number
  readonly details: { readonly name: string }
}
