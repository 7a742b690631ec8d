import type { Fact } from '../exception/fact.ts'
import type { CaseFact } from '../fraud/fact.ts'
import type { FollowUpFact } from '../follow-up/fact.ts'
import type { CheckFact } from '../local/check-fact.ts'
import type { DecodedFact } from './decoded-fact.ts'
import type { RevocationFact } from '../revocation/fact.ts'

/** A fact with its place in its chain. `salt` (hex, from the chain's one writer) hides the details' hash from guessing. */
export type ChainedFact<Kind extends AnyFact = AnyFact> = {
  readonly seq: number
  readonly salt: string
  readonly fact: Kind
}

export type AnyFact = Fact | CaseFact | FollowUpFact | RevocationFact | CheckFact | DecodedFact | AlarmFact

/** Something that security has to know, from outside an exception's own life: a chain of its own. */
export type AlarmFact = {
  readonly at: number
  readonly type: 'alarm'
  readonly about: string
  readonly what:
    'forged-grant' | 'forged-message' | 'forged-revocation' | 'attempt-replayed' | 'ledger-conflict'
}
