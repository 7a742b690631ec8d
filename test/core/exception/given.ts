import type { Said, Statement, StatementOf } from '../../../src/core/envelope/statement.ts'
import type { AdmissionEvidence, Candidate } from '../../../src/core/exception/admission.ts'
import type { Standing } from '../../../src/core/exception/answer.ts'
import { evolve } from '../../../src/core/exception/evolve.ts'
import type { Fact, FactOf } from '../../../src/core/exception/fact.ts'
import type { MintEvidence } from '../../../src/core/exception/may-mint.ts'
import type { Plan } from '../../../src/core/exception/plan.ts'
import type { State } from '../../../src/core/exception/state.ts'
import type { Actor, Person } from '../../../src/core/people/person.ts'
import type { Application, PinnedPolicy, Policy, Rule } from '../../../src/core/policy/policy.ts'

/** 2026-11-23, 13:05 UTC: when Hanna asks. */
export const asked = 1_795_439_100_000
export const second = 1000
export const minute = 60 * second

export const exceptionId = '3bc8f15e-9a52-4d19-8a70-0123456789ab'
export const requestHash = 'hash-of-the-request'
export const policyHash = 'hash-of-the-policy'

export function person(name: string, more: Partial<Person> = {}): Person {
  return {
    id: `entra:${name}`,
    name,
    upn: `${name}@x.example`,
    employeeId: `E-${name}`,
    enabled: true,
    guest: false,
    ...more,
  }
}

/** The subject, the requester of the helpdesk, and three who may approve. */
export const dana = person('dana')
export const hanna = person('hanna')
export const marco = person('marco')
export const ava = person('ava')
export const ben = person('ben')

/** Another account of the same human being. */
export function secondAccountOf(one: Person, more: Partial<Person> = {}): Person {
  return { ...one, id: `${one.id}-admin`, name: `${one.name} (admin)`, ...more }
}

export function actorOf({ id, name }: Person): Actor {
  return { person: id, team: 'T1', user: `U-${name}` }
}

export function candidate(one: Person, via = 'partners'): Candidate {
  return { person: one, via }
}

type Allowing = Extract<Rule, { readonly approve: unknown }>

export const refusing: Rule = {
  name: 'Administrators recover with their keys',
  when: { subject: { privileged: true } },
  refuse: 'Call security.',
}

export const allowing: Allowing = {
  name: 'A pass for a colleague',
  when: { kind: 'tap', requester: 'helpdesk' },
  longest: 4 * 3600,
  approve: { by: ['manager', 'partners'], count: 1, within: 900 },
}

export function needing(count: number): Allowing {
  return { ...allowing, approve: { ...allowing.approve, count } }
}

export const bypassing: Allowing = {
  ...allowing,
  name: 'A bypass for the VPN',
  when: { kind: 'bypass', application: 'vpn', requester: 'helpdesk' },
  longest: 600,
}

export const vpn: Application = {
  name: 'VPN',
  form: 'code',
  clock: 'claim',
  userName: 'localpart',
  domain: 'x.example',
}

const defaults: Policy['defaults'] = {
  duration: 3600,
  answerWithin: 900,
  ping: { every: 300, backoff: 2 },
  claimWithin: 1800,
  delivery: { how: 'reveal', visible: 180 },
  reason: { atLeast: 10 },
  ticket: { pattern: '^(INC|REQ)[0-9]+$', required: false },
  followUp: { remind: [0, 3600, 86_400] },
  watch: { first: 15, longest: 300 },
  revokeSessionsOnRevoke: true,
}

const atOnce = ['checks', 'block', 'sessions', 'risk'] as const

/** Reported about oneself or by the helpdesk everything is done, by others nothing. */
const fraud: Policy['fraud'] = {
  atOnce: { subject: atOnce, helpdesk: atOnce, security: atOnce, somebody: [] },
  blocksPerHour: 3,
  takeWithin: 600,
  blockedFor: 90 * 86_400,
}

export function pinnedPolicy(rules: readonly Rule[], more: Partial<Policy['defaults']> = {}): PinnedPolicy {
  return {
    hash: policyHash,
    policy: {
      directory: 'entra',
      people: {
        helpdesk: { directoryGroup: 'Helpdesk' },
        partners: { named: ['marco@x.example', 'ava@x.example'] },
      },
      channels: { approvals: 'C-APPROVALS', security: 'C-SECURITY' },
      applications: { vpn },
      checks: {},
      defaults: { ...defaults, ...more },
      fraud,
      rules,
    },
  }
}

type RequestBody = StatementOf<'request'>['body']

export function body(more: Partial<RequestBody> = {}): RequestBody {
  return {
    kind: 'tap',
    provider: 'entra',
    subject: dana.id,
    subjectSlack: { team: 'T1', user: 'U-dana' },
    duration: 3600,
    category: 'lost',
    reason: 'Lost her phone on the train',
    ticket: 'INC0012345',
    policyHash,
    ...more,
  }
}

/** Everything that admission needs, and nothing wrong with it. */
export function admissible(more: Partial<AdmissionEvidence> = {}): AdmissionEvidence {
  return {
    request: body(),
    pinned: pinnedPolicy([refusing, allowing]),
    subject: dana,
    requester: hanna,
    subjectPrivileged: false,
    requesterIn: ['helpdesk'],
    candidates: [candidate(marco, 'manager'), candidate(ava), candidate(ben)],
    terms: { enabled: true, shortest: 600, longest: 8 * 3600, step: 60 },
    sharesMail: false,
    foreignPass: false,
    base: undefined,
    requests: 'as-usual',
    ...more,
  }
}

/** The same for a bypass of the VPN. */
export function bypassable(more: Partial<AdmissionEvidence> = {}): AdmissionEvidence {
  return {
    ...admissible(),
    request: body({ kind: 'bypass', provider: 'local', application: 'vpn', duration: 300 }),
    pinned: pinnedPolicy([refusing, allowing, bypassing]),
    terms: { enabled: true, shortest: 10, longest: 86_400, step: 1 },
    ...more,
  }
}

/** What a person says about this exception, so many milliseconds after the request. */
export function says<Kind extends Said['kind']>(
  kind: Kind,
  who: Person,
  later: number,
  more: Partial<StatementOf<Kind>> = {},
): StatementOf<Kind> {
  const bodies: { readonly [K in Said['kind']]: StatementOf<K>['body'] } = {
    request: body(),
    approve: { checked: 'called-back' },
    deny: { reason: 'I do not know this person.' },
    withdraw: {},
    claim: { view: 'V1' },
    'not-seen': {},
    revoke: { reason: 'The phone was found.' },
    'not-me': {},
    'phone-back': {},
  }
  return {
    v: 1,
    exceptionId,
    requestHash,
    actor: actorOf(who),
    at: asked + later,
    kind,
    body: bodies[kind],
    ...more,
  } as unknown as StatementOf<Kind>
}

/** A statement and the person behind it, as the directory describes them now. */
export function saidBy<Kind extends Said['kind']>(
  kind: Kind,
  who: Person,
  later: number,
  more: Partial<StatementOf<Kind>> = {},
): { readonly statement: StatementOf<Kind>; readonly person: Person } {
  return { statement: says(kind, who, later, more), person: who }
}

/** When Marco approves and when Dana presses *Show my code*, milliseconds after the request. */
export const approvedAfter = 2 * minute
export const claimedAfter = 5 * minute
/** When the worker judges. */
export const judgedAt = asked + claimedAfter + second

/** Everything that a mint needs, and nothing wrong with it. */
export function mintable(more: Partial<MintEvidence> = {}): MintEvidence {
  return {
    ...admissible(),
    statement: says('request', hanna, 0),
    requestHash,
    approvals: [saidBy('approve', marco, approvedAfter)],
    claim: saidBy('claim', dana, claimedAfter),
    mints: 0,
    ...more,
  }
}

/** Somebody who has nothing to do with the exception. */
export const outsider: Standing = {
  name: 'Olga',
  active: true,
  isSubject: false,
  isRequester: false,
  mayApprove: false,
  isSecurity: false,
  hasApproved: false,
}

export const asSubject: Standing = { ...outsider, name: 'Dana', isSubject: true }
export const asRequester: Standing = { ...outsider, name: 'Hanna', isRequester: true }
export const asApprover: Standing = { ...outsider, name: 'Marco', mayApprove: true }
export const asSecurity: Standing = { ...outsider, name: 'Sam', isSecurity: true }

export const plan: Plan = {
  rule: allowing.name,
  policyHash,
  asked: [{ person: marco.id, via: 'manager' }],
  needed: 1,
  answerWithin: 900,
  ping: { every: 300, backoff: 2 },
  claimWithin: 1800,
  duration: 3600,
  how: 'reveal',
  visible: 180,
  remind: [0, 3600, 86_400],
  watch: { first: 15, longest: 300 },
  revokeSessions: true,
  channels: { approvals: 'C-APPROVALS', security: 'C-SECURITY' },
}

export const phone = { id: 'phone', type: 'microsoftAuthenticator', label: 'Authenticator', strong: true }
export const lease = {
  credentialId: 'pass-1',
  startsAt: asked + 5 * minute,
  expiresAt: asked + 65 * minute,
}

/** Every fact of the story as it usually goes, by its type. Times follow each other. */
export const facts: { readonly [Type in Fact['type']]: FactOf<Type> } = {
  requested: {
    type: 'requested',
    at: asked,
    exceptionId,
    kind: 'tap',
    provider: 'entra',
    subject: dana.id,
    subjectSlack: { team: 'T1', user: 'U-dana' },
    requester: actorOf(hanna),
    duration: 3600,
    category: 'lost',
    ticket: 'INC0012345',
    policyHash,
    requestHash,
    proof: { keyId: 'key-1', signature: 'signed' },
    details: { reason: 'Lost her phone on the train', subjectName: 'Dana', requesterName: 'Hanna' },
  },
  refused: { type: 'refused', at: asked + second, refusal: { code: 'no-approver' } },
  admitted: { type: 'admitted', at: asked + second, plan, details: { askedNames: 'Marco' } },
  pinged: { type: 'pinged', at: asked + minute },
  'attempt-refused': {
    type: 'attempt-refused',
    at: asked + minute,
    by: actorOf(ava),
    said: 'approve',
    refusal: { code: 'not-an-approver' },
    details: { name: 'Ava' },
  },
  approved: {
    type: 'approved',
    at: asked + approvedAfter,
    by: actorOf(marco),
    checked: 'called-back',
    complete: true,
    details: { name: 'Marco' },
  },
  denied: {
    type: 'denied',
    at: asked + approvedAfter,
    by: actorOf(marco),
    details: { name: 'Marco', reason: 'I do not know this person.' },
  },
  withdrawn: { type: 'withdrawn', at: asked + minute, by: actorOf(hanna) },
  'timed-out': { type: 'timed-out', at: asked + 15 * minute },
  'never-claimed': { type: 'never-claimed', at: asked + 32 * minute },
  shown: {
    type: 'shown',
    at: asked + claimedAfter,
    attempt: 1,
    lease,
    providerRequestId: 'r-1',
    methodsBefore: [phone],
  },
  'mint-failed': {
    type: 'mint-failed',
    at: asked + claimedAfter,
    attempt: 1,
    settled: true,
    refusal: { code: 'not-delivered' },
  },
  'mints-used-up': { type: 'mints-used-up', at: asked + 8 * minute },
  hidden: { type: 'hidden', at: asked + 8 * minute },
  'not-seen': { type: 'not-seen', at: asked + 6 * minute, by: actorOf(dana) },
  reopened: { type: 'reopened', at: asked + 7 * minute },
  used: { type: 'used', at: asked + 9 * minute },
  expired: { type: 'expired', at: asked + 65 * minute },
  vanished: { type: 'vanished', at: asked + 9 * minute },
  voided: { type: 'voided', at: asked + 9 * minute },
  'revoke-asked': {
    type: 'revoke-asked',
    at: asked + 9 * minute,
    by: actorOf(hanna),
    details: { name: 'Hanna', reason: 'The phone was found.' },
  },
  stopped: { type: 'stopped', at: asked + 9 * minute, by: actorOf(dana) },
  cancelled: { type: 'cancelled', at: asked + 9 * minute },
  'stopped-for-case': { type: 'stopped-for-case', at: asked + 9 * minute, caseId: 'case-1' },
  revoked: {
    type: 'revoked',
    at: asked + 10 * minute,
    wasUsed: true,
    sessionsRevoked: true,
    methodsAdded: [phone],
  },
  extended: {
    type: 'extended',
    at: asked + 7 * minute,
    by: 'extension-1',
    lease: { ...lease, expiresAt: asked + 90 * minute },
  },
  replaced: { type: 'replaced', at: asked + 7 * minute, by: 'extension-1' },
  'not-extended': { type: 'not-extended', at: asked + 7 * minute, refusal: { code: 'extend-used' } },
  forged: { type: 'forged', at: asked + minute, said: 'approve' },
  ended: { type: 'ended', at: asked + 10 * minute, outcome: 'used' },
}

/** What an exception is after these facts. */
export function after(...happened: readonly Fact[]): State {
  return happened.reduce<State>(evolve, { status: 'new' })
}

/** The mint was lost: nobody knows what is alive. */
export const mintLost: Fact = { ...facts['mint-failed'], settled: false, refusal: { code: 'attempt-lost' } }

const { requested, admitted, approved, shown } = facts
const upToWaiting = [requested, admitted] as const
const upToApproved = [...upToWaiting, approved] as const
const upToActive = [...upToApproved, shown] as const

/** Every state that an exception can be in, with a name for the test's title. */
export const states = {
  new: after(),
  requested: after(requested),
  waiting: after(...upToWaiting),
  approved: after(...upToApproved),
  active: after(...upToActive),
  hidden: after(...upToActive, facts.hidden),
  'ending: revoked': after(...upToActive, facts['revoke-asked']),
  'ending: revoked before approval': after(...upToWaiting, facts['revoke-asked']),
  'ending: stopped': after(...upToActive, facts.stopped),
  'ending: not seen': after(...upToActive, facts['not-seen']),
  'ending: mint lost': after(...upToApproved, mintLost),
  ended: after(...upToActive, facts.used, facts.ended),
} as const satisfies Readonly<Record<string, State>>

export type StateName = keyof typeof states

export const stateNames = Object.keys(states) as StateName[]

/** Every kind of statement. */
export const kinds = [
  'request',
  'approve',
  'deny',
  'withdraw',
  'claim',
  'not-seen',
  'revoke',
  'not-me',
  'phone-back',
] as const satisfies readonly Statement['kind'][]
