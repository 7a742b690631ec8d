import type { Said } from '../envelope/statement.ts'
import type { ProviderName } from '../kinds.ts'
import type { CaseId, ExceptionId, PersonId } from '../ids.ts'
import type { Method } from '../ports.ts'
import { livesOnAs } from './extension.ts'
import type { Fact, Lease } from './fact.ts'
import type { KnownState, State, StateOf } from './state.ts'

/** What is to be ended: by the id that the exception owns, and by whatever its intents prove its own. */
export type EndOrder = {
  readonly exceptionId: ExceptionId
  readonly provider: ProviderName
  readonly subject: PersonId
  /** What took its place, if something did: that one's credentials are not its own. */
  readonly replacedBy?: ExceptionId
  /** Whether a used credential also means signing the person out everywhere. */
  readonly signOut: boolean
  /** That somebody signed in with it is known already. */
  readonly wasUsed: boolean
  readonly shown: {
    readonly lease: Lease
    readonly at: number
    readonly methodsBefore: readonly Method[]
  } | null
}

/** What was found and done when a credential was ended. `wasUsed`: somebody had signed in with it before. */
export type End = {
  readonly wasUsed: boolean
  readonly sessionsRevoked: boolean
  readonly methodsAdded: readonly Method[]
}

/**
 * Whether something may have been minted: enough people approved. A run that was reset does not know of the attempts
 * before; the record of attempts does.
 */
export function mayOwnSomething(state: State): state is StateOf<'approved' | 'active' | 'ending'> {
  return 'mints' in state && state.approvals.length >= state.plan.needed
}

/** How long after its end an exception that may have let somebody in can be revoked; milliseconds. */
const revocableAfterEnd = 7 * 24 * 3_600_000

/** Whether a word is to end something. Such a word reaches what took the place of what it names as well. */
export function isToEnd({ kind }: Pick<Said, 'kind'>): boolean {
  return kind === 'revoke' || kind === 'not-me'
}

/** What follows for an exception when somebody reported fraud about its subject. What is being ended for good goes on. */
export function afterReport(state: State, caseId: CaseId, at: number): readonly Fact[] {
  if (state.status === 'new' || state.status === 'requested' || state.status === 'ended') return []
  return state.status === 'ending' && isForGood(state) ? [] : [{ type: 'stopped-for-case', at, caseId }]
}

/** Whether it ended, and lives on as nothing else. */
export function isOver(state: State): boolean {
  return state.status === 'ended' && livesOnAs(state) === undefined
}

/**
 * Whether there is nothing left to revoke: no code was shown, or it was revoked. After a use there are sessions to end,
 * and an end without one is only as sure as the provider's answers; both for a time. What it lives on as may be alive.
 */
export function isOverForGood(state: State, now: number): boolean {
  if (state.status !== 'ended') return false
  const mayHaveLetIn = state.outcome === 'used' || state.outcome === 'expired'
  return (isOver(state) && !mayHaveLetIn) || isLongOver(state, now)
}

/** Whether it is over for so long that revoking it could only sign out whoever works by now. `now` in epoch milliseconds. */
export function isLongOver(state: State, now: number): boolean {
  return state.status === 'ended' && isOver(state) && now > state.endedAt + revocableAfterEnd
}

/** Whether what is being ended never comes back; otherwise it opens again under the same approval. */
export function isForGood({ why }: StateOf<'ending'>): boolean {
  return why === 'revoked' || why === 'stopped' || why === 'replaced'
}

/** The order to end everything that an exception owns. */
export function endOrder(state: KnownState, signOut: boolean): EndOrder {
  const { exceptionId, provider, subject } = state.request
  const { wasUsed = false, replacedBy } = (state.status === 'ended' ? state : state.last) ?? {}
  const order = { exceptionId, provider, subject, signOut, wasUsed, ...(replacedBy && { replacedBy }) }
  if (!('lease' in state) || state.lease === undefined) return { ...order, shown: null }
  const { lease, shownAt = lease.startsAt, methodsBefore = [] } = state
  return { ...order, shown: { lease, at: shownAt, methodsBefore } }
}
