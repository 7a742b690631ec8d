import { randomUUID } from 'node:crypto'
import type {
  AnyStatement,
  Envelope,
  RequestBody,
  Said,
  StatementOf,
} from '../../src/core/envelope/statement.ts'
import type { Plan } from '../../src/core/exception/plan.ts'
import { requestText } from '../../src/core/envelope/request-hash.ts'
import { kinds, type Kind } from '../../src/core/kinds.ts'
import type { Actor } from '../../src/core/people/person.ts'
import { sha256 } from '../../src/adapters/signing/keys.ts'

/** Somebody who speaks in a test, and what the directory says of them. */
export type Speaker = {
  readonly actor: Actor
  readonly name: string
  readonly role: 'requester' | 'subject' | 'approver' | 'security' | 'outsider'
}

function speaker(name: string, role: Speaker['role']): Speaker {
  const key = name.split(' ')[0]?.toLowerCase() ?? ''
  return { actor: { person: `entra:${key}`, team: 'T0', user: `U0${key.toUpperCase()}` }, name, role }
}

export const hanna = speaker('Hanna Berg', 'requester')
export const marco = speaker('Marco Silva', 'approver')
export const ava = speaker('Ava Chen', 'approver')
export const sam = speaker('Sam Ito', 'security')
export const sue = speaker('Sue Park', 'security')
export const olga = speaker('Olga Novak', 'outsider')

/** Everybody but the subject, who is another person in each exception. */
export const colleagues: readonly Speaker[] = [hanna, marco, ava, sam, sue, olga]

/** A subject of one exception alone: workflow ids name subjects. */
export function someDana(): Speaker {
  const person = `entra:dana-${randomUUID().slice(0, 8)}` as const
  return { actor: { person, team: 'T0', user: 'U0DANA' }, name: 'Dana Cruz', role: 'subject' }
}

/** Times in seconds, long enough that nothing happens by itself within a test. */
export const plan: Plan = {
  rule: 'A pass for a colleague',
  policyHash: 'policy-1',
  asked: [
    { person: marco.actor.person, via: 'manager' },
    { person: ava.actor.person, via: 'partners' },
  ],
  needed: 1,
  answerWithin: 600,
  ping: { every: 600, backoff: 2 },
  claimWithin: 600,
  duration: 600,
  how: 'reveal',
  visible: 180,
  remind: [600],
  watch: { first: 1, longest: 2 },
  revokeSessions: true,
  channels: { approvals: 'C0APPROVALS', security: 'C0SECURITY' },
}

/** What admission plans differently for a kind. */
export const planned: Readonly<Record<Kind, Partial<Plan>>> = {
  tap: {},
  bypass: {
    opens: { name: 'VPN', form: 'code' },
    watch: { first: 1, longest: 5 },
    look: { first: 1, longest: 2 },
    revokeSessions: false,
  },
  drill: {
    opens: { name: '', form: 'nothing' },
    watch: { first: 1, longest: 5 },
    look: { first: 1, longest: 2 },
    revokeSessions: false,
  },
}

/** What is asked for differently. */
const asking: Readonly<Record<Kind, Partial<RequestBody>>> = {
  tap: {},
  bypass: { application: 'vpn' },
  drill: {},
}

/** What Hanna asks for the subject. */
export function requestOf(
  subject: Speaker,
  kind: Kind = 'tap',
  body: Partial<RequestBody> = {},
): Envelope<StatementOf<'request'>> {
  const { person, ...slack } = subject.actor
  const exceptionId = randomUUID()
  const asked: RequestBody = {
    kind,
    provider: kinds[kind].provider,
    subject: person,
    subjectSlack: slack,
    duration: plan.duration,
    category: 'lost',
    reason: 'lost her phone on the train',
    ticket: 'INC123',
    policyHash: plan.policyHash,
    ...asking[kind],
    ...body,
  }
  const requestHash = sha256(requestText(exceptionId, hanna.actor, asked))
  return signed({
    v: 1,
    exceptionId,
    requestHash,
    actor: hanna.actor,
    at: Date.now(),
    kind: 'request',
    body: asked,
  })
}

/** A statement in an envelope. The fakes believe every signature but the one that says that it is forged. */
export function signed<S extends AnyStatement>(
  statement: S,
  signature = `signed ${randomUUID()}`,
): Envelope<S> {
  return { statement, keyId: 'key-1', signature }
}

export const approve: Said = { kind: 'approve', body: { checked: 'called-back' } }
export const deny: Said = { kind: 'deny', body: { reason: 'she sits beside me' } }
export const withdraw: Said = { kind: 'withdraw', body: {} }
export const claim: Said = { kind: 'claim', body: { view: 'V0CODE' } }
export const notSeen: Said = { kind: 'not-seen', body: {} }
export const notMe: Said = { kind: 'not-me', body: {} }
export const revoke: Said = { kind: 'revoke', body: { reason: 'no longer needed' } }
export const phoneBack: Said = { kind: 'phone-back', body: {} }
