import { describe, expect, it } from 'vitest'
import type { FactType, FactWith } from '../../../src/core/text/en/facts.ts'
import { factSentence } from '../../../src/core/text/fact-sentence.ts'
import { active, asked, method, waiting } from '../card/states.ts'

const at = asked
const by = { person: 'entra:marco', team: 'T1', user: 'U0MARCO' } as const
const { plan } = waiting()
const { lease } = active()
const details = { name: 'Marco Silva', reason: 'could not reach her' }

const facts: {
  readonly [Type in FactType]: FactWith<Type>
} = {
  requested: {
    at,
    type: 'requested',
    exceptionId: 'x',
    kind: 'tap',
    provider: 'entra',
    subject: 'entra:dana',
    subjectSlack: { team: 'T1', user: 'U0DANA' },
    requester: by,
    duration: 3600,
    category: 'lost',
    ticket: 'INC1',
    policyHash: 'p',
    requestHash: 'r',
    proof: { keyId: 'key-1', signature: 'signed' },
    details: { reason: 'lost on the train', subjectName: 'Dana Cruz', requesterName: 'Hanna Weiss' },
  },
  refused: { at, type: 'refused', refusal: { code: 'privileged' } },
  admitted: { at, type: 'admitted', plan, details: { askedNames: 'Marco Silva' } },
  pinged: { at, type: 'pinged' },
  'attempt-refused': {
    at,
    type: 'attempt-refused',
    by,
    said: 'approve',
    refusal: { code: 'own-request' },
    details,
  },
  approved: { at, type: 'approved', by, checked: 'called-back', complete: true, details },
  denied: { at, type: 'denied', by, details },
  withdrawn: { at, type: 'withdrawn', by },
  'timed-out': { at, type: 'timed-out' },
  'never-claimed': { at, type: 'never-claimed' },
  shown: { at, type: 'shown', attempt: 1, lease, providerRequestId: 'q', methodsBefore: [] },
  'mint-failed': { at, type: 'mint-failed', attempt: 1, settled: true, refusal: { code: 'not-delivered' } },
  'mints-used-up': { at, type: 'mints-used-up' },
  hidden: { at, type: 'hidden' },
  'not-seen': { at, type: 'not-seen', by },
  reopened: { at, type: 'reopened' },
  used: { at, type: 'used' },
  expired: { at, type: 'expired' },
  vanished: { at, type: 'vanished' },
  voided: { at, type: 'voided' },
  extended: {
    at,
    type: 'extended',
    by: 'ec1f1e9e-1a2b-4c3d-8e4f-5a6b7c8d9e0f',
    lease: { credentialId: 'c1', startsAt: at, expiresAt: at + 60_000 },
  },
  replaced: { at, type: 'replaced', by: 'ec1f1e9e-1a2b-4c3d-8e4f-5a6b7c8d9e0f' },
  'not-extended': { at, type: 'not-extended', refusal: { code: 'extend-used' } },
  'revoke-asked': { at, type: 'revoke-asked', by, details },
  stopped: { at, type: 'stopped', by },
  cancelled: { at, type: 'cancelled' },
  'stopped-for-case': { at, type: 'stopped-for-case', caseId: '5d1c7a90-4f3e-4c55-9a52-0123456789ab' },
  revoked: { at, type: 'revoked', wasUsed: true, sessionsRevoked: true, methodsAdded: [method('Passkey')] },
  forged: { at, type: 'forged', said: 'approve' },
  ended: { at, type: 'ended', outcome: 'revoked' },
  'follow-up-opened': {
    at,
    type: 'follow-up-opened',
    exceptionId: 'x',
    subject: 'entra:dana',
    category: 'lost',
  },
  'follow-up-joined': { at, type: 'follow-up-joined', exceptionId: 'y', category: 'lost' },
  'reminder-due': { at, type: 'reminder-due', number: 1, of: 4 },
  'phone-asked': { at, type: 'phone-asked', until: at },
  'evidence-seen': { at, type: 'evidence-seen', methods: [method('Passkey')] },
  'phone-back-said': { at, type: 'phone-back-said', by },
  'still-missing': { at, type: 'still-missing' },
  'follow-up-closed': { at, type: 'follow-up-closed', because: 'evidence' },
  'revoked-directly': {
    at,
    type: 'revoked-directly',
    exceptionId: 'x',
    by,
    said: 'revoke',
    saidAt: at,
    wasUsed: true,
    sessionsRevoked: true,
    methodsAdded: [method('Passkey')],
    details,
  },
  'revocation-refused': {
    at,
    type: 'revocation-refused',
    exceptionId: 'x',
    by,
    said: 'revoke',
    saidAt: at,
    refusal: { code: 'not-allowed' },
    details: { name: 'Hari Patel' },
  },
}

describe('a fact', () => {
  it('is one sentence, for every type', () => {
    expect(Object.values(facts).map((fact) => factSentence(fact))).toMatchInlineSnapshot(`
      [
        "Hanna Weiss asked for a pass for Dana Cruz: 1 hour, phone or key lost, INC1.",
        "Refused: This person is an administrator, and administrators are not let in this way. Call security.",
        "Allowed by the rule “A pass for a colleague”. Asked to approve: Marco Silva; one of them is enough.",
        "The approvers were reminded.",
        "Marco Silva tried to approve and read: “You asked for it, so somebody else has to decide.”",
        "Approved by Marco Silva; checked by calling back.",
        "Denied by Marco Silva: “could not reach her”.",
        "Withdrawn by the person who asked.",
        "Nobody decided in time.",
        "Approved, but not opened in time.",
        "It was made and shown.",
        "Attempt 1 showed nothing: “What was made could not be shown, so it was ended. Press the button on your card again.” Nothing of it is alive.",
        "No more can be made under this approval.",
        "It was hidden again.",
        "The subject did not see it.",
        "It is gone; another one can be opened.",
        "It was used to sign in.",
        "It ended without being used.",
        "Somebody removed it outside Hallpass.",
        "Too many wrong codes were tried, so it is void.",
        "What is out was given more time, as it was asked for in a request of its own.",
        "Another one, asked for as more time, took its place.",
        "No time was added: “It works once and was used, so nobody can give it more time. Still locked out? Ask for a new one.”",
        "Marco Silva revoked it: “could not reach her”.",
        "The subject pressed Not me.",
        "Whoever runs Hallpass cancelled it, and so it is revoked.",
        "Fraud was reported: FRD-BME7-N42F.",
        "Checked: nothing of it is alive; it had been used, the person was signed out everywhere, added meanwhile: Passkey.",
        "Somebody tried to approve with a message that Hallpass did not sign. It counted for nothing.",
        "Over: revoked.",
        "The follow-up began: reminders until a new sign-in method is there.",
        "Another exception of the same person ended: the follow-up begins anew.",
        "Reminder 1 of 4 was due.",
        "The subject was asked whether the phone is back.",
        "A new sign-in method was seen: Passkey.",
        "The subject said that the phone is back.",
        "Still open: the person who asked for it was asked to help.",
        "Follow-up closed: a new sign-in method is there.",
        "Marco Silva revoked it (“could not reach her”), outside the workflow. Checked: nothing of it is alive; it had been used, the person was signed out everywhere, added meanwhile: Passkey.",
        "Hari Patel tried to revoke without the right to; nothing was ended.",
      ]
    `)
  })

  it('says of an approval that others are still needed', () => {
    expect(factSentence({ ...facts.approved, complete: false })).toBe(
      'Approved by Marco Silva; checked by calling back. More approvals are needed.',
    )
  })

  it('says of an end that no pass was made only where none ever was', () => {
    expect(factSentence({ ...facts.ended, outcome: 'denied' })).toBe('Over: denied; nothing was made.')
    expect(factSentence({ ...facts.ended, outcome: 'never-claimed' })).toBe(
      'Over: approved, never opened; nothing of it is alive.',
    )
  })

  it('quotes a refusal as it was read, without markup', () => {
    const refusal = { code: 'rule-refuses', says: 'Ask R&D <first>' } as const
    expect(factSentence({ ...facts.refused, refusal })).toBe('Refused: The policy says: “Ask R&D <first>”.')
  })

  it('says of a revocation what it found', () => {
    expect(factSentence({ ...facts.revoked, wasUsed: false, sessionsRevoked: false, methodsAdded: [] })).toBe(
      'Checked: nothing of it is alive; it had not been used.',
    )
  })

  it('says who pressed Not me when the workflow could not hear it', () => {
    const pressed = { ...facts['revoked-directly'], said: 'not-me', details: { name: 'Dana Cruz' } } as const
    expect(factSentence(pressed)).toBe(
      'Dana Cruz pressed Not me, outside the workflow. Checked: nothing of it is alive; it had been used, the person was signed out everywhere, added meanwhile: Passkey.',
    )
  })

  it('says what ends the follow-up of somebody whose phone is only not at hand', () => {
    expect(factSentence({ ...facts['follow-up-opened'], category: 'not-at-hand' })).toBe(
      'The follow-up began: it goes on until the phone is back.',
    )
    expect(factSentence({ ...facts['follow-up-closed'], because: 'phone-back' })).toBe(
      'Follow-up closed: the phone is back.',
    )
  })
})
