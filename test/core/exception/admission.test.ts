import { describe, expect, it } from 'vitest'
import {
  admission,
  eligible,
  ruleFor,
  type AdmissionEvidence,
} from '../../../src/core/exception/admission.ts'
import type { Policy, Rule } from '../../../src/core/policy/policy.ts'
import type { Refusal } from '../../../src/core/refusal.ts'
import { no, yes } from '../../../src/core/result.ts'
import {
  admissible,
  allowing,
  ava,
  ben,
  body,
  candidate,
  dana,
  hanna,
  marco,
  needing,
  person,
  pinnedPolicy,
  policyHash,
  refusing,
  secondAccountOf,
} from './given.ts'

const terms = { enabled: true, shortest: 600, longest: 8 * 3600, step: 60 }

/** What is different from a request with nothing wrong with it, and the refusal. */
type Row = readonly [string, Partial<AdmissionEvidence>, Refusal]

describe('a request with nothing wrong with it', () => {
  it('goes to everybody who may approve, under a plan made of the rule and the defaults', () => {
    expect(admission(admissible())).toEqual(
      yes({
        rule: 'A pass for a colleague',
        policyHash,
        asked: [
          { person: marco.id, via: 'manager' },
          { person: ava.id, via: 'partners' },
          { person: ben.id, via: 'partners' },
        ],
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
      }),
    )
  })

  it('is answered within the time of its rule, not of the defaults', () => {
    const rule = { ...allowing, approve: { ...allowing.approve, within: 60 } }
    expect(admission(admissible({ pinned: pinnedPolicy([rule]) }))).toMatchObject({
      value: { answerWithin: 60 },
    })
  })
})

describe('the people of a request', () => {
  it.each<Row>([
    ['a requester asks for themselves', { requester: dana }, { code: 'not-three-people' }],
    [
      'a requester asks for their own second account',
      { requester: secondAccountOf(dana) },
      { code: 'not-three-people' },
    ],
    ['a requester is disabled', { requester: { ...hanna, enabled: false } }, { code: 'requester-disabled' }],
    ['a requester is a guest', { requester: { ...hanna, guest: true } }, { code: 'requester-disabled' }],
    ['a subject is disabled', { subject: { ...dana, enabled: false } }, { code: 'subject-disabled' }],
    ['a subject is a guest', { subject: { ...dana, guest: true } }, { code: 'subject-guest' }],
    [
      'a subject is privileged',
      { subjectPrivileged: true },
      { code: 'rule-refuses', says: 'Call security.' },
    ],
    [
      'a subject is privileged and no rule refuses it',
      { subjectPrivileged: true, pinned: pinnedPolicy([allowing]) },
      { code: 'privileged' },
    ],
    [
      'a subject is privileged and a rule allows it by name',
      {
        subjectPrivileged: true,
        pinned: pinnedPolicy([{ ...needing(3), when: { subject: { privileged: true } } }]),
      },
      { code: 'privileged' },
    ],
  ])('%s: refused', (_what, wrong, refusal) => {
    expect(admission(admissible(wrong))).toEqual(no(refusal))
  })

  it('people without an employee id are told apart by their accounts', () => {
    const { employeeId: _subjects, ...subject } = dana
    const { employeeId: _requesters, ...requester } = hanna
    expect(admission(admissible({ subject, requester })).ok).toBe(true)
  })
})

describe('the rule of a request', () => {
  const other: Rule = { ...allowing, name: 'Another' }
  const evidence = admissible()

  it.each<readonly [string, readonly Rule[], Partial<AdmissionEvidence>, string | undefined]>([
    ['the first of two that match decides', [allowing, other], {}, allowing.name],
    ['order decides, not strictness', [other, refusing], { subjectPrivileged: true }, 'Another'],
    [
      'a refusing rule that comes first decides',
      [refusing, other],
      { subjectPrivileged: true },
      refusing.name,
    ],
    ['a rule for privileged subjects passes by the others', [refusing, other], {}, 'Another'],
    [
      'a rule for subjects without privileges passes by the privileged',
      [{ ...allowing, when: { subject: { privileged: false } } }],
      { subjectPrivileged: true },
      undefined,
    ],
    ['a requester of another set is passed by', [allowing], { requesterIn: ['partners'] }, undefined],
    ['a requester of no set is passed by', [allowing], { requesterIn: [] }, undefined],
    [
      'a requester of several sets is matched by one',
      [allowing],
      { requesterIn: ['x', 'helpdesk'] },
      allowing.name,
    ],
    [
      'a rule without conditions matches everything',
      [{ ...other, when: {} }],
      { requesterIn: [] },
      'Another',
    ],
    [
      'all conditions must hold',
      [{ ...allowing, when: { kind: 'tap', requester: 'nobody' } }],
      {},
      undefined,
    ],
    ['no rules, no rule', [], {}, undefined],
  ])('%s', (_what, rules, more, name) => {
    const policy: Policy = { ...evidence.pinned.policy, rules }
    expect(ruleFor(policy, { ...evidence, ...more })?.name).toBe(name)
  })

  it.each<Row>([
    ['no rule speaks of the request', { requesterIn: [] }, { code: 'no-rule' }],
    ['the policy has no rules', { pinned: pinnedPolicy([]) }, { code: 'no-rule' }],
    [
      'it was asked under another policy',
      { request: body({ policyHash: 'another' }) },
      { code: 'unknown-policy' },
    ],
  ])('%s: refused', (_what, wrong, refusal) => {
    expect(admission(admissible(wrong))).toEqual(no(refusal))
  })
})

describe('the words of a request', () => {
  const ticketNeeded = pinnedPolicy([allowing], { ticket: { pattern: '^INC[0-9]+$', required: true } })
  const { ticket: _ticket, ...withoutTicket } = body()

  it.each<Row>([
    [
      'a reason that says nothing',
      { request: body({ reason: ' lost ' }) },
      { code: 'reason-too-short', atLeast: 10 },
    ],
    ['a ticket of no known form', { request: body({ ticket: 'see mail' }) }, { code: 'ticket-format' }],
    [
      'no ticket where one is needed',
      { request: withoutTicket, pinned: ticketNeeded },
      { code: 'ticket-missing' },
    ],
  ])('%s: refused', (_what, wrong, refusal) => {
    expect(admission(admissible(wrong))).toEqual(no(refusal))
  })
})

describe('the lifetime of a pass', () => {
  const range: Refusal = { code: 'provider-range', shortest: 600, longest: 8 * 3600 }
  const tooLong: Refusal = { code: 'too-long', longest: 4 * 3600 }

  it.each<readonly [string, number, Partial<typeof terms>, Refusal | undefined]>([
    ['as long as the rule allows', 4 * 3600, {}, undefined],
    ['longer than the rule allows', 4 * 3600 + 60, {}, tooLong],
    ['without end', Infinity, {}, tooLong],
    ['as short as the provider allows', 600, {}, undefined],
    ['shorter than the provider allows', 540, {}, range],
    ['as long as the provider allows', 3600, { longest: 3600 }, undefined],
    ['longer than the provider allows', 3660, { longest: 3600 }, { ...range, longest: 3600 }],
    ['between two steps of the provider', 3630, {}, range],
    ['nothing', 0, {}, range],
    ['less than nothing', -3600, {}, range],
    ['no number', NaN, {}, range],
    ['anything, while the provider has passes off', 3600, { enabled: false }, { code: 'provider-off' }],
  ])('%s', (_what, duration, more, refusal) => {
    const verdict = admission(admissible({ request: body({ duration }), terms: { ...terms, ...more } }))
    expect(verdict.ok ? undefined : verdict.reason).toEqual(refusal)
  })

  it('a pass that Hallpass did not make is never overwritten', () => {
    expect(admission(admissible({ foreignPass: true }))).toEqual(no({ code: 'foreign-pass' }))
  })
})

describe('while a case of fraud about the subject is open', () => {
  const two = { candidates: [candidate(marco, 'manager'), candidate(ava)] }

  it('nothing is admitted where the report counts', () => {
    expect(admission(admissible({ requests: 'refused' }))).toEqual(no({ code: 'case-open' }))
  })

  it('one more has to approve where somebody without a part in it reported', () => {
    const admitted = admission(admissible({ requests: 'one-more', ...two }))
    expect(admitted.ok && admitted.value.needed).toBe(2)
    const both = { pinned: pinnedPolicy([needing(2)]), candidates: [...two.candidates, candidate(ben)] }
    const more = admission(admissible({ requests: 'one-more', ...both }))
    expect(more.ok && more.value.needed).toBe(3)
  })

  it('nothing is admitted that nobody could approve once more', () => {
    const alone = admissible({ requests: 'one-more', candidates: [candidate(marco, 'manager')] })
    expect(admission(alone)).toEqual(no({ code: 'no-approver' }))
  })
})

describe('who may approve', () => {
  it.each([
    ['the subject', dana],
    ['the requester', hanna],
    ['the subject’s second account', secondAccountOf(dana)],
    ['the requester’s second account', secondAccountOf(hanna)],
    ['a disabled account', person('carl', { enabled: false })],
    ['a guest', person('gina', { guest: true })],
  ])('not %s', (_who, one) => {
    expect(eligible([candidate(one)], dana, hanna)).toEqual([])
    expect(admission(admissible({ candidates: [candidate(one)] }))).toEqual(no({ code: 'no-approver' }))
  })

  it.each<readonly [string, number, AdmissionEvidence['candidates'], boolean]>([
    ['nobody where one is needed', 1, [], false],
    ['one where two are needed', 2, [candidate(marco)], false],
    [
      'one person through two words of the policy, where two are needed',
      2,
      [candidate(marco, 'manager'), candidate(marco)],
      false,
    ],
    [
      'two accounts of one person, where two are needed',
      2,
      [candidate(marco), candidate(secondAccountOf(marco))],
      false,
    ],
    ['two where two are needed', 2, [candidate(marco), candidate(ava)], true],
    ['the requester and one more, where two are needed', 2, [candidate(hanna), candidate(ava)], false],
  ])('%s', (_who, needed, candidates, enough) => {
    const verdict = admission(admissible({ candidates, pinned: pinnedPolicy([needing(needed)]) }))
    expect(verdict.ok ? 'asked' : verdict.reason.code).toBe(enough ? 'asked' : 'no-approver')
  })

  it('a person is asked once, whatever the number of words and accounts that lead to them', () => {
    const candidates = [
      candidate(marco, 'manager'),
      candidate(marco),
      candidate(secondAccountOf(marco)),
      candidate(ava),
    ]
    const verdict = admission(admissible({ candidates }))
    expect(verdict).toMatchObject({
      value: {
        asked: [
          { person: marco.id, via: 'manager' },
          { person: ava.id, via: 'partners' },
        ],
      },
    })
  })
})

type Spoil = (evidence: AdmissionEvidence) => AdmissionEvidence
const withRequest =
  (more: Partial<AdmissionEvidence['request']>): Spoil =>
  (evidence) => ({ ...evidence, request: { ...evidence.request, ...more } })
const having =
  (more: Partial<AdmissionEvidence>): Spoil =>
  (evidence) => ({ ...evidence, ...more })

describe('with several things wrong, the refusal is the one that has to be mended first', () => {
  const wrong: readonly (readonly [Refusal['code'], Spoil])[] = [
    ['unknown-policy', withRequest({ policyHash: 'other' })],
    ['no-rule', (evidence) => ({ ...evidence, pinned: pinnedPolicy([]) })],
    ['not-three-people', ({ subject, ...evidence }) => ({ ...evidence, subject, requester: subject })],
    ['requester-disabled', having({ requester: { ...hanna, enabled: false } })],
    [
      'subject-disabled',
      ({ subject, ...evidence }) => ({ ...evidence, subject: { ...subject, enabled: false } }),
    ],
    ['subject-guest', having({ subject: { ...dana, guest: true } })],
    ['rule-refuses', having({ pinned: pinnedPolicy([refusing]) })],
    ['privileged', having({ subjectPrivileged: true, pinned: pinnedPolicy([allowing]) })],
    ['reason-too-short', withRequest({ reason: '' })],
    ['ticket-format', withRequest({ ticket: 'see mail' })],
    ['provider-off', ({ terms: now, ...evidence }) => ({ ...evidence, terms: { ...now, enabled: false } })],
    ['too-long', withRequest({ duration: 1e6 })],
    ['provider-range', withRequest({ duration: 1 })],
    ['foreign-pass', having({ foreignPass: true })],
    ['no-approver', having({ candidates: [] })],
  ]

  it.each(wrong.map(([code], index) => [code, index] as const))('%s', (code, index) => {
    const evidence = wrong.slice(index).reduceRight((spoilt, [, spoil]) => spoil(spoilt), admissible())
    const verdict = admission(evidence)
    expect(verdict.ok ? 'yes' : verdict.reason.code).toBe(code)
  })
})
