import { evolve } from '../../core/exception/evolve.ts'
import type { Fact } from '../../core/exception/fact.ts'
import type { State } from '../../core/exception/state.ts'
import { evolveCase } from '../../core/fraud/evolve.ts'
import type { CaseFact } from '../../core/fraud/fact.ts'
import type { Case } from '../../core/fraud/state.ts'
import { evolveFollowUp, type FollowUp } from '../../core/follow-up/evolve.ts'
import type { FollowUpFact } from '../../core/follow-up/fact.ts'
import type { AlarmFact, ChainedFact } from '../../core/ledger/chained-fact.ts'
import type { DecodedFact } from '../../core/ledger/decoded-fact.ts'
import type { CheckFact } from '../../core/local/check-fact.ts'
import type { FollowUpView } from '../../core/ports.ts'
import { isRevocationFact } from '../../core/revocation/fact.ts'

/** Facts of one chain, in their order. */
export type Chained = readonly Pick<ChainedFact, 'seq' | 'fact'>[]

/** The state after facts. Throws on a fact that belongs in a chain of another kind. */
export function foldException(before: State, facts: Chained): State {
  return facts.reduce((state, { fact }) => {
    if (!isExceptionFact(fact)) throw new TypeError('Only facts of an exception go into its chain.')
    return evolve(state, fact)
  }, before)
}

/** What is known of a follow-up after its facts; undefined before the first. Throws likewise. */
export function foldFollowUp(facts: Chained): FollowUpView | undefined {
  let followUp: FollowUp | undefined
  for (const { fact } of facts) {
    if (!isFollowUpFact(fact)) throw new TypeError('Only facts of a follow-up go into its chain.')
    followUp = evolveFollowUp(followUp, fact)
  }
  return followUp && { status: followUp.status, reminders: followUp.reminders }
}

/** What a case is after its facts; undefined before the first. Throws likewise. */
export function foldCase(facts: Chained): Case | undefined {
  let state: Case | undefined
  for (const { fact } of facts) {
    if (!isCaseFact(fact)) throw new TypeError('Only facts of a case go into its chain.')
    state = evolveCase(state, fact)
  }
  return state
}

const caseTypes: Readonly<Record<CaseFact['type'], true>> = {
  reported: true,
  'reported-again': true,
  'step-taken': true,
  'looked-around': true,
  'said-mistaken': true,
  raised: true,
  taken: true,
  'not-taken': true,
  noted: true,
  'block-asked': true,
  'close-asked': true,
  'unblock-agreed': true,
  'agreement-void': true,
  unblocked: true,
  'word-refused': true,
  'case-forged': true,
  'case-closed': true,
}

function isCaseFact(fact: ChainedFact['fact']): fact is CaseFact {
  return Object.hasOwn(caseTypes, fact.type)
}

const followUpTypes: Readonly<Record<FollowUpFact['type'], true>> = {
  'follow-up-opened': true,
  'follow-up-joined': true,
  'reminder-due': true,
  'phone-asked': true,
  'evidence-seen': true,
  'phone-back-said': true,
  'still-missing': true,
  'follow-up-closed': true,
}

function isFollowUpFact(fact: ChainedFact['fact']): fact is FollowUpFact {
  return Object.hasOwn(followUpTypes, fact.type)
}

function isExceptionFact(fact: ChainedFact['fact']): fact is Fact {
  return !isOther(fact) && !isFollowUpFact(fact) && !isCaseFact(fact) && !isRevocationFact(fact)
}

/** What is about no exception: it stands in a chain that has no state. */
function isOther(fact: ChainedFact['fact']): fact is AlarmFact | CheckFact | DecodedFact {
  return ['alarm', 'let-in', 'not-let-in', 'payloads-decoded'].includes(fact.type)
}
