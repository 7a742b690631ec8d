import type { Said } from '../envelope/statement.ts'
import type { PersonId } from '../ids.ts'
import { claimableUntil, decideUntil } from './clocks.ts'
import { caseDisplayId } from '../ids.ts'
import { nameless } from '../text/en.ts'
import type { Fact, FactOf } from './fact.ts'
import { isForGood } from './end.ts'
import { isTelling, toldBy, type Telling } from './told-by.ts'
import type { AttemptKey, Ended, State, StateOf } from './state.ts'

/**
 * What an exception is after a fact. Total: a fact that can't follow on a state leaves it as it is, so that a chain
 * always folds. `{ status: 'new' }` comes first.
 */
export function evolve(state: State, fact: Fact): State {
  if (fact.type === 'requested') return state.status === 'new' ? requested(fact) : state
  if (state.status === 'new') return state
  if (fact.type === 'attempt-refused')
    return { ...state, refusedAttempts: oneMore(state.refusedAttempts, fact) }
  if (state.status === 'ended') return state
  if (fact.type === 'ended') return ended(state, fact)
  return isTelling(fact) ? { ...state, last: { ...state.last, ...toldBy(fact) } } : next(state, fact)
}

type Live = Exclude<State, { readonly status: 'new' | 'ended' }>

function next(
  state: Live,
  fact: Exclude<Fact, FactOf<'requested' | 'attempt-refused' | 'ended'> | Telling>,
): State {
  switch (fact.type) {
    case 'admitted':
      return admitted(state, fact)
    case 'pinged':
    case 'approved':
      return state.status === 'waiting' ? answered(state, fact) : state
    case 'shown':
    case 'mint-failed':
      return state.status === 'approved' ? claimed(state, fact) : state
    case 'hidden':
    case 'extended':
    case 'replaced':
      return out(state, fact)
    case 'not-seen':
    case 'revoke-asked':
    case 'stopped':
    case 'stopped-for-case':
    case 'cancelled':
      return stopping(state, fact)
    case 'reopened':
      return reopened(state)
    case 'forged':
    case 'mints-used-up':
    case 'timed-out':
    case 'never-claimed':
    case 'withdrawn':
    case 'expired':
      return state
  }
}

function requested(fact: FactOf<'requested'>): State {
  const { type: _type, at, details, ...asked } = fact
  return { status: 'requested', request: { ...asked, ...details, requestedAt: at }, refusedAttempts: {} }
}

/** By what refused attempts are counted. */
export function attemptKey(said: Said['kind'], person: PersonId): AttemptKey {
  return `${said} ${person}`
}

function oneMore(
  counts: Readonly<Record<AttemptKey, number>>,
  { said, by }: FactOf<'attempt-refused'>,
): Readonly<Record<AttemptKey, number>> {
  const attempt = attemptKey(said, by.person)
  return { ...counts, [attempt]: (counts[attempt] ?? 0) + 1 }
}

function admitted(state: Live, fact: FactOf<'admitted'>): State {
  if (state.status !== 'requested') return state
  return {
    ...state,
    status: 'waiting',
    plan: fact.plan,
    askedNames: fact.details.askedNames,
    approvals: [],
    // From the request on, as the mint will count: an approval in the last moment must not turn out to be too late.
    until: decideUntil(state.request.requestedAt, fact.plan),
    pings: 0,
  }
}

function answered(state: StateOf<'waiting'>, fact: FactOf<'approved' | 'pinged'>): State {
  if (fact.type === 'pinged') return { ...state, pings: state.pings + 1 }
  const approval = { by: fact.by, name: fact.details.name, checked: fact.checked, at: fact.at }
  const { until, pings, ...known } = state
  const approvals = [...state.approvals, approval]
  if (!fact.complete) return { ...known, until, pings, approvals }
  return {
    ...known,
    status: 'approved',
    approvals,
    claimUntil: claimableUntil(fact.at, state.plan),
    mints: 0,
  }
}

function claimed(state: StateOf<'approved'>, fact: FactOf<'shown' | 'mint-failed'>): State {
  const mints = state.mints + 1
  if (fact.type === 'mint-failed' && fact.settled) return { ...state, mints }
  if (fact.type === 'mint-failed') {
    return { ...state, mints, status: 'ending', why: 'mint-lost' }
  }
  return {
    ...state,
    status: 'active',
    mints,
    lease: fact.lease,
    shownAt: fact.at,
    methodsBefore: fact.methodsBefore,
    hidden: false,
  }
}

/** What happens to a credential while it is out. An extension has done what it was asked for. */
function out(state: Live, fact: FactOf<'hidden' | 'extended' | 'replaced'>): State {
  if (fact.type === 'extended' && fact.by === state.request.exceptionId)
    return { ...state, last: { extendedTo: fact.lease } }
  if (state.status !== 'active') return state
  switch (fact.type) {
    case 'hidden':
      return { ...state, hidden: true }
    case 'extended':
      return { ...state, lease: fact.lease }
    case 'replaced':
      return { ...state, status: 'ending', why: 'replaced', last: { ...state.last, replacedBy: fact.by } }
  }
}

function stopping(
  state: Live,
  fact: FactOf<'not-seen' | 'revoke-asked' | 'stopped' | 'stopped-for-case' | 'cancelled'>,
): State {
  if (state.status === 'requested') return state
  // Only a code that was shown can have been missed.
  if (fact.type === 'not-seen' && state.status !== 'active') return state
  const mints = state.status === 'waiting' ? 0 : state.mints
  const claimUntil = state.status === 'waiting' ? state.until : state.claimUntil
  const known = { ...state, status: 'ending', mints, claimUntil } as const
  switch (fact.type) {
    case 'not-seen':
      return { ...known, why: 'not-seen', stop: { by: state.request.subjectName } }
    case 'stopped':
      return { ...known, why: 'stopped', stop: { by: state.request.subjectName } }
    case 'stopped-for-case':
      return { ...known, why: 'stopped', stop: { by: caseDisplayId(fact.caseId), case: fact.caseId } }
    case 'revoke-asked':
      return { ...known, why: 'revoked', stop: { by: fact.details.name, reason: fact.details.reason } }
    case 'cancelled':
      return { ...known, why: 'revoked', stop: { by: nameless.operator } }
  }
}

/** What was revoked or stopped never comes back. */
function reopened(state: Live): State {
  if (state.status !== 'ending' || isForGood(state)) return state
  const {
    lease: _lease,
    shownAt: _shownAt,
    methodsBefore: _methods,
    why: _why,
    stop: _stop,
    ...known
  } = state
  return { ...known, status: 'approved' }
}

function ended(state: Live, fact: FactOf<'ended'>): Ended {
  const { request, refusedAttempts, last } = state
  const story = state.status === 'requested' ? { approvals: [] } : planned(state)
  return {
    ...story,
    ...last,
    status: 'ended',
    request,
    refusedAttempts,
    outcome: fact.outcome,
    endedAt: fact.at,
  }
}

function planned(
  state: Exclude<Live, { readonly status: 'requested' }>,
): Omit<Ended, 'status' | 'request' | 'refusedAttempts' | 'outcome' | 'endedAt'> {
  const { plan, askedNames, approvals } = state
  const issued =
    'lease' in state && state.lease !== undefined
      ? { lease: state.lease, shownAt: state.shownAt ?? 0, methodsBefore: state.methodsBefore ?? [] }
      : {}
  const stop = state.status === 'ending' && state.stop !== undefined ? { stop: state.stop } : {}
  return { plan, askedNames, approvals, ...issued, ...stop }
}
