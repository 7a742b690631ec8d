import type { CaseStanding, CaseWord } from '../../../src/core/fraud/answer.ts'
import { evolveCase } from '../../../src/core/fraud/evolve.ts'
import type { CaseFact, CaseFactOf } from '../../../src/core/fraud/fact.ts'
import { casePlan, type CaseEvidence, type CasePlan } from '../../../src/core/fraud/plan.ts'
import type { Case, ClosedCase } from '../../../src/core/fraud/state.ts'
import type { CaseSaid } from '../../../src/core/fraud/statement.ts'
import type { Person } from '../../../src/core/people/person.ts'
import { actorOf, asked, dana, hanna, minute, person, pinnedPolicy, second } from '../exception/given.ts'

export const caseId = '5d1c7a90-4f3e-4c55-9a52-0123456789ab'

/** Two of security, and a colleague who is nothing to the case. */
export const sam = person('sam')
export const sue = person('sue')
export const carl = person('carl')

/** Reported about oneself or by the helpdesk everything is done, by others nothing. */
export const { policy } = pinnedPolicy([])

/** What is known when a case is opened: by the person themselves, and nothing special about them. */
export function evidence(more: Partial<CaseEvidence> = {}): CaseEvidence {
  return {
    policy,
    reporter: 'subject',
    reporterActive: true,
    subjectProtected: false,
    recentBlocks: 0,
    ...more,
  }
}

export function plan(more: Partial<CaseEvidence> = {}): CasePlan {
  return casePlan(evidence(more))
}

export function reported(more: Partial<CaseFactOf<'reported'>> = {}): CaseFactOf<'reported'> {
  return {
    type: 'reported',
    at: asked,
    caseId,
    subject: dana.id,
    subjectSlack: { team: 'T1', user: 'U-dana' },
    by: actorOf(dana),
    as: 'subject',
    what: 'sign-in',
    plan: plan(),
    policyHash: 'p',
    proof: { keyId: 'key-1', signature: 'signed' },
    details: { subjectName: 'Dana Cruz', reporterName: 'Dana Cruz' },
    ...more,
  }
}

export function reportedAgain(
  more: Partial<CaseFactOf<'reported-again'>> = {},
): CaseFactOf<'reported-again'> {
  return {
    type: 'reported-again',
    at: asked + minute,
    by: actorOf(hanna),
    as: 'helpdesk',
    what: 'caller',
    plan: plan({ reporter: 'helpdesk' }),
    proof: { keyId: 'key-1', signature: 'signed' },
    details: { reporterName: 'Hanna Weiss' },
    ...more,
  }
}

export const lookedAround: CaseFact = {
  type: 'looked-around',
  at: asked + second,
  exceptions: [],
  details: { names: {}, methods: [] },
}

export const closeAsked: CaseFactOf<'close-asked'> = {
  type: 'close-asked',
  at: asked + 10 * minute,
  by: actorOf(sam),
  outcome: 'confirmed',
  close: 'signature-of-the-close',
  details: { name: 'Sam Reed', reason: 'Called back' },
}

/** What facts come to. */
export function fold(...facts: readonly CaseFact[]): Case | undefined {
  return facts.reduce<Case | undefined>(evolveCase, undefined)
}

/** The same of facts that begin with a report. */
export function stateAfter(...facts: readonly CaseFact[]): Case {
  const state = fold(...facts)
  if (state === undefined) throw new Error('nothing was reported')
  return state
}

/** The same where these facts close the case. */
export function closedAfter(...facts: readonly CaseFact[]): ClosedCase {
  const state = stateAfter(...facts)
  if (state.status !== 'closed') throw new Error('nothing closed it')
  return state
}

/** A word of somebody's, of security by default. */
export function word(said: Exclude<CaseSaid, { readonly kind: 'report' }>, by: Person = sam): CaseWord {
  return { v: 1, caseId, actor: actorOf(by), at: asked + 20 * minute, ...said }
}

/** Of security, and nothing else. */
export function standing(more: Partial<CaseStanding> = {}): CaseStanding {
  return { name: 'Sam Reed', active: true, isSecurity: true, isHelpdesk: false, ...more }
}
