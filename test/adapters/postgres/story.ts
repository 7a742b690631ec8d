import { randomUUID } from 'node:crypto'
import type { Fact } from '../../../src/core/exception/fact.ts'
import type { FollowUpFact } from '../../../src/core/follow-up/fact.ts'
import type { ExceptionId, PersonId } from '../../../src/core/ids.ts'
import type { ChainedFact } from '../../../src/core/ledger/chained-fact.ts'
import type { Actor } from '../../../src/core/people/person.ts'

export const noon = Date.UTC(2026, 8, 1, 12)

/** Facts with their places in a chain, from `first` on. */
export function chained(facts: readonly ChainedFact['fact'][], first = 1): readonly ChainedFact[] {
  return facts.map((fact, index) => ({ seq: first + index, salt: saltOf(first + index), fact }))
}

export type Story = {
  readonly id: ExceptionId
  readonly chain: string
  readonly subject: PersonId
  readonly requester: PersonId
  readonly facts: readonly Fact[]
  readonly followUpChain: string
  readonly followUp: readonly FollowUpFact[]
}

/** One exception from the request to its end, and the follow-up after it. */
export function story(id: ExceptionId = randomUUID(), requestedAt = noon): Story {
  const subject: PersonId = `entra:subject-of-${id}`
  const requester = actor('requester', id)
  return {
    id,
    chain: `exception/${id}`,
    subject,
    requester: requester.person,
    facts: [requested(id, subject, requester, requestedAt), ...later(id, requestedAt)],
    followUpChain: `follow-up/${id}`,
    followUp: [
      { type: 'follow-up-opened', at: requestedAt + 700_000, exceptionId: id, subject, category: 'lost' },
      { type: 'reminder-due', at: requestedAt + 800_000, number: 1, of: 2 },
      { type: 'follow-up-closed', at: requestedAt + 900_000, because: 'evidence' },
    ],
  }
}

/** The request alone. */
export function requested(id: ExceptionId, subject: PersonId, requester: Actor, at: number): Fact {
  return {
    type: 'requested',
    at,
    exceptionId: id,
    kind: 'tap',
    provider: 'entra',
    subject,
    subjectSlack: { team: 'T1', user: 'USUBJECT' },
    requester,
    duration: 3600,
    category: 'lost',
    ticket: 'INC123',
    policyHash: 'a'.repeat(64),
    requestHash: 'b'.repeat(64),
    proof: { keyId: 'key-1', signature: 'signed' },
    details: { reason: 'Phone fell into the sea', subjectName: 'Sol Ortiz', requesterName: 'Hana Desk' },
  }
}

export function actor(name: string, id: ExceptionId): Actor {
  return { team: 'T1', user: `U${name.toUpperCase()}`, person: `entra:${name}-of-${id}` }
}

function later(id: ExceptionId, at: number): readonly Fact[] {
  const approver = actor('approver', id)
  const lease = { credentialId: 'credential-1', startsAt: at + 60_000, expiresAt: at + 660_000 }
  return [
    {
      type: 'admitted',
      at: at + 1000,
      plan: {
        rule: 'A pass for a colleague',
        policyHash: 'a'.repeat(64),
        asked: [{ person: approver.person, via: 'manager' }],
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
      },
      details: { askedNames: 'Mo Manager' },
    },
    {
      type: 'attempt-refused',
      at: at + 2000,
      by: actor('requester', id),
      said: 'approve',
      refusal: { code: 'own-request' },
      details: { name: 'Hana Desk' },
    },
    {
      type: 'approved',
      at: at + 3000,
      by: approver,
      checked: 'video',
      complete: true,
      details: { name: 'Mo Manager' },
    },
    { type: 'shown', at: at + 60_000, attempt: 1, lease, providerRequestId: 'r-1', methodsBefore: [] },
    { type: 'used', at: at + 120_000 },
    { type: 'ended', at: at + 130_000, outcome: 'used' },
  ]
}

function saltOf(seq: number): string {
  return seq.toString(16).padStart(32, '0')
}
