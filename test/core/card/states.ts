import type { Outcome } from '../../../src/core/exception/fact.ts'
import type { Plan } from '../../../src/core/exception/plan.ts'
import type { Ended, Request, StateOf } from '../../../src/core/exception/state.ts'
import type { KnownState } from '../../../src/core/card/card.ts'
import type { Form } from '../../../src/core/local/check.ts'
import type { Method } from '../../../src/core/ports.ts'

/** 2026-11-23, 13:05 UTC. */
export const asked = 1_795_439_100_000
const minute = 60_000

export type Words = {
  readonly subject: string
  readonly requester: string
  readonly approver: string
  readonly asked: string
  readonly reason: string
  readonly ticket: string
  readonly method: string
}

export const plainWords: Words = {
  subject: 'Dana Cruz',
  requester: 'Hanna Weiss',
  approver: 'Marco Silva',
  asked: 'Marco Silva, Ava Chen',
  reason: 'Lost her phone on the train',
  ticket: 'INC0012345',
  method: 'Authenticator, Pixel 7',
}

export const links = { signIn: 'https://login.example/start', securityInfo: 'https://mysignins.example/info' }

export const exceptionId = '3bc8f15e-9a52-4d19-8a70-0123456789ab'
/** What more time is asked for. */
const extended = '7d0b2c4e-9a52-4d19-8a70-0123456789ab'

export function method(label: string): Method {
  return { id: label, type: 'microsoftAuthenticator', label, strong: true }
}

function request(words: Words = plainWords): Request {
  return {
    exceptionId,
    kind: 'tap',
    provider: 'entra',
    subject: 'entra:dana',
    subjectSlack: { team: 'T1', user: 'U0DANA' },
    requester: { person: 'entra:hanna', team: 'T1', user: 'U0HANNA' },
    duration: 3600,
    category: 'lost',
    ticket: words.ticket,
    policyHash: 'p',
    requestHash: 'r',
    proof: { keyId: 'key-1', signature: 'signed' },
    reason: words.reason,
    subjectName: words.subject,
    requesterName: words.requester,
    requestedAt: asked,
  }
}

const plan: Plan = {
  rule: 'A pass for a colleague',
  policyHash: 'p',
  asked: [{ person: 'entra:marco', via: 'manager' }],
  needed: 1,
  answerWithin: 900,
  ping: { every: 300, backoff: 2 },
  claimWithin: 1800,
  duration: 3600,
  how: 'reveal',
  visible: 180,
  remind: [0, 3600],
  watch: { first: 15, longest: 300 },
  revokeSessions: true,
  channels: { approvals: 'C1', security: 'C2' },
}

function planned(
  words: Words,
): Pick<StateOf<'waiting'>, 'request' | 'refusedAttempts' | 'plan' | 'askedNames' | 'approvals'> {
  return { request: request(words), refusedAttempts: {}, plan, askedNames: words.asked, approvals: [] }
}

function approvals(words: Words): StateOf<'approved'>['approvals'] {
  const by = { person: 'entra:marco', team: 'T1', user: 'U0MARCO' } as const
  return [{ by, name: words.approver, checked: 'called-back', at: asked + 2 * minute }]
}

function shown(words: Words): Pick<StateOf<'active'>, 'lease' | 'shownAt' | 'methodsBefore'> {
  return {
    lease: { credentialId: 'c', startsAt: asked + 5 * minute, expiresAt: asked + 65 * minute },
    shownAt: asked + 5 * minute,
    methodsBefore: [method(words.method)],
  }
}

function requested(words: Words = plainWords): StateOf<'requested'> {
  return { status: 'requested', request: request(words), refusedAttempts: {} }
}

export function waiting(words: Words = plainWords): StateOf<'waiting'> {
  return { ...planned(words), status: 'waiting', until: asked + 15 * minute, pings: 0 }
}

/** One of two approvals is there. */
export function halfApproved(words: Words = plainWords): StateOf<'waiting'> {
  return { ...waiting(words), plan: { ...plan, needed: 2 }, approvals: approvals(words) }
}

export function approved(words: Words = plainWords): StateOf<'approved'> {
  return {
    ...planned(words),
    status: 'approved',
    approvals: approvals(words),
    claimUntil: asked + 32 * minute,
    mints: 0,
  }
}

export function active(words: Words = plainWords): StateOf<'active'> {
  return { ...approved(words), ...shown(words), status: 'active', mints: 1, hidden: false }
}

export function ending(why: StateOf<'ending'>['why'], words: Words = plainWords): StateOf<'ending'> {
  const stop = { by: words.approver, reason: words.reason }
  const known = { ...approved(words), ...shown(words), status: 'ending', mints: 1 } as const
  return why === 'mint-lost' ? { ...known, why } : { ...known, why, stop }
}

export function ended(outcome: Outcome, words: Words = plainWords, more: Partial<Ended> = {}): Ended {
  const stop = { by: words.approver, reason: words.reason }
  return {
    status: 'ended',
    request: request(words),
    refusedAttempts: {},
    outcome,
    endedAt: asked + 10 * minute,
    approvals: approvals(words),
    ...(outcome === 'denied' || outcome === 'revoked' ? { stop } : {}),
    ...(outcome === 'refused' ? { refusal: { code: 'rule-refuses', says: words.reason } } : {}),
    ...more,
  }
}

/** Nobody here said a word. */
export function overBy(what: NonNullable<Ended['overBy']>, words: Words = plainWords): Ended {
  const { stop: _stop, ...known } = ended('revoked', words)
  return { ...known, overBy: what }
}

/** The same state of a VPN bypass. */
export function ofBypass<State extends KnownState>(state: State, form: Form): State {
  const bypass = { kind: 'bypass', provider: 'local', application: 'vpn', duration: 300 }
  const known = 'plan' in state && state.plan !== undefined ? state.plan : plan
  const lease =
    'lease' in state && state.lease !== undefined
      ? { lease: { ...state.lease, expiresAt: state.lease.startsAt + 5 * minute } }
      : {}
  const opening =
    state.status === 'requested' ? {} : { plan: { ...known, duration: 300, opens: { name: 'VPN', form } } }
  return { ...state, request: { ...state.request, ...bypass }, ...opening, ...lease }
}

export const outcomes: readonly Outcome[] = [
  'refused',
  'denied',
  'withdrawn',
  'timed-out',
  'stopped',
  'never-claimed',
  'mints-used-up',
  'used',
  'expired',
  'revoked',
  'replaced',
]

/** Every state of a pass, with a name for the test's title. */
export function everyPass(words: Words = plainWords): readonly (readonly [string, KnownState])[] {
  return [
    ['requested', requested(words)],
    ['waiting', waiting(words)],
    ['half approved', halfApproved(words)],
    ['approved', approved(words)],
    ['approved again', { ...approved(words), mints: 1 }],
    ['active', active(words)],
    ['ending: revoked', ending('revoked', words)],
    ['ending: stopped', ending('stopped', words)],
    ['ending: not seen', ending('not-seen', words)],
    ['ending: mint lost', ending('mint-lost', words)],
    ['ending: replaced', ending('replaced', words)],
    ...outcomes.map((outcome) => [`ended: ${outcome}`, ended(outcome, words)] as const),
    [
      'ended: revoked after use',
      ended('revoked', words, { wasUsed: true, sessionsRevoked: true, methodsAdded: [method(words.method)] }),
    ],
    ['ended: removed elsewhere', overBy('vanished', words)],
    ['ended: voided', overBy('voided', words)],
    ['ended: request stopped', ended('revoked', words, { approvals: [] })],
  ]
}

/** The same state of a request for more time. */
export function asExtension<State extends KnownState>(state: State, how: Extends['how']): State {
  const known = 'plan' in state && state.plan !== undefined ? state.plan : plan
  const extending =
    state.status === 'requested' ? {} : { plan: { ...known, extends: { how, endsAt: asked + 30 * minute } } }
  return { ...state, request: { ...state.request, extends: extended }, ...extending }
}

type Extends = NonNullable<Plan['extends']>

/** The states that are said differently for more time; `asExtension` makes them such. */
function statesOfMore(words: Words): readonly (readonly [string, KnownState])[] {
  const before = { approvals: [] }
  return [
    ['requested', requested(words)],
    ['waiting', waiting(words)],
    ['half approved', halfApproved(words)],
    ['approved', approved(words)],
    ['ending: stopped', ending('stopped', words)],
    ['ended: denied', ended('denied', words, before)],
    ['ended: timed-out', ended('timed-out', words, before)],
    ['ended: stopped', ended('stopped', words, before)],
    [
      'ended: extended',
      ended('extended', words, {
        extendedTo: { credentialId: 'c', startsAt: asked, expiresAt: asked + 90 * minute },
      }),
    ],
    ['ended: not-extended', ended('not-extended', words, { refusal: { code: 'extend-used' } })],
  ]
}

/** Those states of a request for more time, by both ways of giving it. */
function everyExtension(words: Words = plainWords): readonly (readonly [string, KnownState])[] {
  const states = statesOfMore(words)
  return [
    ...states.map(([name, state]) => [`more time, ${name}`, asExtension(state, 'replace')] as const),
    ...states.map(
      ([name, state]) =>
        [`more time in place, ${name}`, asExtension(ofBypass(state, 'code'), 'in-place')] as const,
    ),
  ]
}

/** Every state of a drill: its code can't be used, and more time is given in place. */
export function everyDrill(words: Words = plainWords): readonly (readonly [string, KnownState])[] {
  const can = everyPass(words).filter(([name]) => !/: (?:used|replaced)$|after use/.test(name))
  return [
    ...can.map(([name, state]) => [`drill, ${name}`, asDrill(state)] as const),
    ...statesOfMore(words)
      .filter(([name]) => !name.endsWith('not-extended'))
      .map(
        ([name, state]) => [`drill, more time, ${name}`, asExtension(asDrill(state), 'in-place')] as const,
      ),
  ]
}

/** The same state of a drill. */
export function asDrill<State extends KnownState>(state: State): State {
  const known = 'plan' in state && state.plan !== undefined ? state.plan : plan
  const opens = { name: '', form: 'nothing' } as const
  const opening = state.status === 'requested' ? {} : { plan: { ...known, opens } }
  return { ...state, request: { ...state.request, kind: 'drill', provider: 'drill' }, ...opening }
}

/** Every state that a card can be asked for, of every kind and way in, with a name for the test's title. */
export function everyState(words: Words = plainWords): readonly (readonly [string, KnownState])[] {
  const states = everyPass(words)
  const ofForm = (form: Form): typeof states =>
    states.map(([name, state]) => [`${form}, ${name}`, ofBypass(state, form)])
  return [...states, ...ofForm('code'), ...ofForm('let-in'), ...everyExtension(words), ...everyDrill(words)]
}
