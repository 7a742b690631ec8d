import type { Said, Statement, StatementOf } from '../envelope/statement.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import { attemptKey } from './evolve.ts'
import type { Fact } from './fact.ts'
import { mintsPerApproval } from './may-mint.ts'
import type { State, StateOf } from './state.ts'

/** What the speaker is to this exception, read from the directory when they spoke. */
export type Standing = {
  readonly name: string
  /** Enabled, and not a guest. */
  readonly active: boolean
  readonly isSubject: boolean
  readonly isRequester: boolean
  readonly mayApprove: boolean
  readonly isSecurity: boolean
  /** The human being behind an approval that is already there, perhaps by another account. */
  readonly hasApproved: boolean
}

/**
 * After the third refused attempt the same person is not heard any more with the same word. Every other word is: whoever
 * pressed the wrong button too often can still stop and revoke.
 */
const attemptsHeard = 3

/** Whether a message is let in at all; a refusal here leaves no trace, so it is only for noise. */
export function isHeard(state: State, statement: Statement): boolean {
  if (state.status === 'new') return false
  return (state.refusedAttempts[attemptKey(statement.kind, statement.actor.person)] ?? 0) < attemptsHeard
}

type Live = Exclude<State, { readonly status: 'new' | 'ended' | 'requested' }>
type Answer = Result<readonly Fact[], Refusal>

/** Whether a word is a claim for the mint. Nobody else judges it: the mint finds out itself who speaks. */
export function goesToMint(state: State, statement: Statement, now: number): state is StateOf<'approved'> {
  return state.status === 'approved' && statement.kind === 'claim' && claim(state, statement, now).ok
}

/**
 * What follows from a person's word: facts, nothing new (the same word twice), or a refusal. `now` in epoch milliseconds.
 */
export function answer(state: State, statement: Statement, standing: Standing, now: number): Answer {
  if (state.status === 'new' || state.status === 'requested') return no({ code: 'not-waiting' })
  if (state.status === 'ended') return no({ code: 'over' })
  if (!counts(statement, standing)) return no({ code: 'not-allowed' })
  switch (statement.kind) {
    case 'approve':
      return approve(state, statement, standing, now)
    case 'deny':
      return deny(state, statement, standing, now)
    case 'withdraw':
      return withdraw(state, statement, standing, now)
    case 'claim':
      return claim(state, statement, now)
    case 'not-seen':
      return notSeen(state, statement, standing, now)
    case 'revoke':
      return revoke(state, statement, standing, now)
    case 'not-me':
      return notMe(state, statement, standing, now)
    case 'request':
    case 'phone-back':
      return no({ code: 'not-allowed' })
  }
}

/**
 * Nobody is heard whose account is disabled, but for one's own *Not me*: the case that the same press opens blocks the account,
 * perhaps before this word is judged, and all that it ends is one's own.
 */
function counts({ kind }: Pick<Statement, 'kind'>, { active, isSubject }: Standing): boolean {
  return active || (kind === 'not-me' && isSubject)
}

/** Who may decide: somebody the policy names, never the subject and never the requester. */
function mayDecide(state: Live, standing: Standing): Refusal | undefined {
  if (standing.isSubject) return { code: 'own-exception' }
  if (standing.isRequester) return { code: 'own-request' }
  if (!standing.mayApprove) return { code: 'not-an-approver' }
  return state.status === 'waiting' ? undefined : { code: 'not-waiting' }
}

function approve(state: Live, said: StatementOf<'approve'>, standing: Standing, now: number): Answer {
  if (standing.hasApproved) return yes([])
  const refusal = mayDecide(state, standing)
  if (refusal !== undefined) return no(refusal)
  const complete = state.approvals.length + 1 >= state.plan.needed
  const details = { name: standing.name }
  return yes([{ type: 'approved', at: now, by: said.actor, checked: said.body.checked, complete, details }])
}

function deny(state: Live, said: StatementOf<'deny'>, standing: Standing, now: number): Answer {
  const refusal = mayDecide(state, standing)
  if (refusal !== undefined) return no(refusal)
  return yes([
    { type: 'denied', at: now, by: said.actor, details: { name: standing.name, reason: said.body.reason } },
    { type: 'ended', at: now, outcome: 'denied' },
  ])
}

function withdraw(state: Live, said: Statement, standing: Standing, now: number): Answer {
  if (!standing.isRequester) return no({ code: 'not-the-requester' })
  if (state.status !== 'waiting') return no({ code: 'not-waiting' })
  return yes([
    { type: 'withdrawn', at: now, by: said.actor },
    { type: 'ended', at: now, outcome: 'withdrawn' },
  ])
}

function claim(state: Live, said: Statement, now: number): Answer {
  if (said.actor.person !== state.request.subject) return no({ code: 'not-the-subject' })
  if (state.status !== 'approved') return no({ code: 'not-approved' })
  if (state.mints >= mintsPerApproval) return no({ code: 'used-up' })
  return now > state.claimUntil ? no({ code: 'claim-late' }) : yes([])
}

function notSeen(state: Live, said: Statement, standing: Standing, now: number): Answer {
  if (!standing.isSubject) return no({ code: 'not-the-subject' })
  if (state.status === 'ending' && state.why === 'not-seen') return yes([])
  if (state.status !== 'active') return no({ code: 'not-shown' })
  return yes([{ type: 'not-seen', at: now, by: said.actor }])
}

function revoke(state: Live, said: StatementOf<'revoke'>, standing: Standing, now: number): Answer {
  if (!mayRevoke(standing)) return no({ code: 'not-allowed' })
  if (isStopping(state)) return yes([])
  const details = { name: standing.name, reason: said.body.reason }
  return yes([{ type: 'revoke-asked', at: now, by: said.actor, details }])
}

/** Whether this word of this person ends an exception, whatever state it is in. */
export function endsIt({ kind }: Statement, standing: Standing): boolean {
  if (!counts({ kind }, standing)) return false
  return kind === 'not-me' ? standing.isSubject : kind === 'revoke' && mayRevoke(standing)
}

/** Requester, approver, subject and security may end an exception at any time. */
function mayRevoke(standing: Standing): boolean {
  const { isRequester, isSubject, isSecurity, mayApprove, hasApproved } = standing
  return isRequester || isSubject || isSecurity || mayApprove || hasApproved
}

function notMe(state: Live, said: Statement, standing: Standing, now: number): Answer {
  if (!standing.isSubject) return no({ code: 'not-the-subject' })
  // Security hears of it also when somebody has revoked already.
  const isStopped = state.status === 'ending' && state.why === 'stopped'
  return yes(isStopped ? [] : [{ type: 'stopped', at: now, by: said.actor }])
}

function isStopping(state: Live): state is StateOf<'ending'> {
  return state.status === 'ending' && (state.why === 'revoked' || state.why === 'stopped')
}

/** The fact that a person was refused; security reads these. */
export function refusedAttempt(
  statement: Statement,
  standing: Standing,
  refusal: Refusal,
  now: number,
): Fact {
  const said: Said['kind'] = statement.kind
  return {
    type: 'attempt-refused',
    at: now,
    by: statement.actor,
    said,
    refusal,
    details: { name: standing.name },
  }
}
