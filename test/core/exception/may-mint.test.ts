import { describe, expect, it } from 'vitest'
import {
  claimValidFor,
  mayMint,
  mintsPerApproval,
  type MintEvidence,
} from '../../../src/core/exception/may-mint.ts'
import type { StatementOf } from '../../../src/core/envelope/statement.ts'
import type { RefusalCode } from '../../../src/core/refusal.ts'
import {
  actorOf,
  allowing,
  approvedAfter,
  asked,
  ava,
  ben,
  body,
  candidate,
  claimedAfter,
  dana,
  hanna,
  judgedAt,
  marco,
  minute,
  mintable,
  needing,
  pinnedPolicy,
  person,
  saidBy,
  says,
  second,
  secondAccountOf,
} from './given.ts'

type Row = readonly [string, Partial<MintEvidence>, RefusalCode | 'yes']
const verdictOn = (more: Partial<MintEvidence>, now = judgedAt): RefusalCode | 'yes' => {
  const verdict = mayMint(mintable(more), now)
  return verdict.ok ? 'yes' : verdict.reason.code
}

const approvedBut = (more: Partial<StatementOf<'approve'>>): Partial<MintEvidence> => ({
  approvals: [saidBy('approve', marco, approvedAfter, more)],
})
const claimedBut = (more: Partial<StatementOf<'claim'>>): Partial<MintEvidence> => ({
  claim: saidBy('claim', dana, claimedAfter, more),
})
const requestedBut = (more: Partial<StatementOf<'request'>>): Partial<MintEvidence> => ({
  statement: says('request', hanna, 0, more),
})
const by = (...people: readonly (readonly [typeof marco, number])[]): MintEvidence['approvals'] =>
  people.map(([one, after]) => saidBy('approve', one, after))
const pressed = (after: number): Partial<MintEvidence> => ({ claim: saidBy('claim', dana, after) })

describe('a code is minted', () => {
  it('for a request that somebody else approved in time and whose subject presses now', () => {
    expect(mayMint(mintable(), judgedAt)).toMatchObject({
      ok: true,
      value: { plan: { needed: 1, duration: 3600 } },
    })
  })

  it('never when no approval is needed', () => {
    expect(verdictOn({ pinned: pinnedPolicy([needing(0)]) })).toBe('not-approved')
    expect(verdictOn({ pinned: pinnedPolicy([needing(0)]), approvals: [] })).toBe('not-approved')
    expect(verdictOn({ pinned: pinnedPolicy([needing(-1)]) })).toBe('not-approved')
    expect(verdictOn({ pinned: pinnedPolicy([needing(NaN)]) })).toBe('not-approved')
  })
})

describe('every statement must be about this very request', () => {
  it.each<Row>([
    ['a request whose body has another hash', { requestHash: 'computed' }, 'unverified'],
    ['a request that names another hash', requestedBut({ requestHash: 'other' }), 'unverified'],
    ['a request of another exception', requestedBut({ exceptionId: 'other' }), 'unverified'],
    ['a request by somebody else', requestedBut({ actor: actorOf(ava) }), 'unverified'],
    ['a request for somebody else', requestedBut({ body: body({ subject: ava.id }) }), 'unverified'],
    ['an approval of another exception', approvedBut({ exceptionId: 'other' }), 'unverified'],
    ['an approval of another hash', approvedBut({ requestHash: 'other' }), 'unverified'],
    ['an approval by another actor than the person', approvedBut({ actor: actorOf(ava) }), 'unverified'],
    ['a claim of another exception', claimedBut({ exceptionId: 'other' }), 'unverified'],
    ['a claim of another hash', claimedBut({ requestHash: 'other' }), 'unverified'],
    ['a claim by another actor than the person', claimedBut({ actor: actorOf(ava) }), 'unverified'],
    [
      'one wrong approval among good ones',
      {
        approvals: [
          saidBy('approve', marco, approvedAfter),
          saidBy('approve', ava, approvedAfter, { exceptionId: 'other' }),
        ],
      },
      'unverified',
    ],
  ])('%s', (_what, more, code) => {
    expect(verdictOn(more)).toBe(code)
  })

  it('the request that is judged is the one that was signed', () => {
    const longer = body({ duration: 2 * 3600 })
    expect(mayMint(mintable({ request: longer }), judgedAt)).not.toMatchObject({ value: { duration: 7200 } })
  })

  it.each(['request', 'deny', 'withdraw', 'claim', 'not-seen', 'revoke', 'not-me', 'phone-back'] as const)(
    'a signed %s is no approval',
    (kind) => {
      const approvals = [saidBy(kind, marco, approvedAfter)] as unknown as MintEvidence['approvals']
      expect(verdictOn({ approvals })).toBe('unverified')
    },
  )

  it.each(['request', 'approve', 'deny', 'withdraw', 'not-seen', 'revoke', 'not-me', 'phone-back'] as const)(
    'a signed %s is no claim',
    (kind) => {
      const claim = saidBy(kind, dana, claimedAfter) as unknown as MintEvidence['claim']
      expect(verdictOn({ claim })).toBe('unverified')
    },
  )

  it('another word with the body of a request is no request', () => {
    const statement = says('deny', hanna, 0, { body: body() }) as unknown as MintEvidence['statement']
    expect(verdictOn({ statement })).toBe('unverified')
  })
})

describe('everything is judged anew', () => {
  it.each<Row>([
    ['the policy is not known', { pinned: { ...pinnedPolicy([allowing]), hash: 'other' } }, 'unknown-policy'],
    ['the requester left the helpdesk', { requesterIn: [] }, 'no-rule'],
    ['the requester was disabled', { requester: { ...hanna, enabled: false } }, 'requester-disabled'],
    [
      'the requester turned out to be the subject',
      { requester: { ...hanna, employeeId: 'E-dana' } },
      'not-three-people',
    ],
    ['the subject was disabled', { subject: { ...dana, enabled: false } }, 'subject-disabled'],
    ['the subject became a guest', { subject: { ...dana, guest: true } }, 'subject-guest'],
    ['the subject became an administrator', { subjectPrivileged: true }, 'rule-refuses'],
    [
      'the subject became an administrator and no rule refuses it',
      { subjectPrivileged: true, pinned: pinnedPolicy([allowing]) },
      'privileged',
    ],
    ['somebody made a pass by hand', { foreignPass: true }, 'foreign-pass'],
    [
      'the provider has passes off',
      { terms: { enabled: false, shortest: 600, longest: 3600, step: 60 } },
      'provider-off',
    ],
    [
      'the provider’s range changed',
      { terms: { enabled: true, shortest: 600, longest: 1800, step: 60 } },
      'provider-range',
    ],
    ['nobody may approve any more', { candidates: [] }, 'no-approver'],
    ['the approver may not approve any more', { candidates: [candidate(ava)] }, 'not-approved'],
    [
      'the approver was disabled',
      { candidates: [candidate({ ...marco, enabled: false }), candidate(ava)] },
      'not-approved',
    ],
  ])('%s', (_what, more, code) => {
    expect(verdictOn(more)).toBe(code)
  })
})

describe('approvals', () => {
  const within = allowing.approve.within * second
  const two = { pinned: pinnedPolicy([needing(2)]) }
  const three = { pinned: pinnedPolicy([needing(3)]) }
  const sameMarco = secondAccountOf(marco)
  const bothMarcos = { candidates: [candidate(marco), candidate(sameMarco), candidate(ava)] }

  it.each<Row>([
    ['none', { approvals: [] }, 'not-approved'],
    ['at the moment of the request', { approvals: by([marco, 0]) }, 'yes'],
    ['before the request', { approvals: by([marco, -1]) }, 'not-approved'],
    ['at the last moment', { approvals: by([marco, within]), claim: saidBy('claim', dana, within) }, 'yes'],
    [
      'after the last moment, as clocks may differ',
      { approvals: by([marco, within + 5 * second]) },
      'claim-stale',
    ],
    ['too late', { approvals: by([marco, within + 5 * second + 1]) }, 'not-approved'],
    ['by somebody whom the policy does not name', { approvals: by([person('zoe'), 60_000]) }, 'not-approved'],
    [
      'by the subject, although the policy names them',
      { approvals: by([dana, 60_000]), candidates: [candidate(dana), candidate(ava)] },
      'not-approved',
    ],
    [
      'by the requester, although the policy names them',
      { approvals: by([hanna, 60_000]), candidates: [candidate(hanna), candidate(ava)] },
      'not-approved',
    ],
    [
      'by the requester’s second account',
      {
        approvals: by([secondAccountOf(hanna), 60_000]),
        candidates: [candidate(secondAccountOf(hanna)), candidate(ava)],
      },
      'not-approved',
    ],
    ['one of two', { ...two, approvals: by([marco, 60_000]) }, 'not-approved'],
    ['two of two', { ...two, approvals: by([marco, 60_000], [ava, 70_000]) }, 'yes'],
    ['the same person twice', { ...two, approvals: by([marco, 60_000], [marco, 70_000]) }, 'not-approved'],
    [
      'two accounts of one person',
      { ...two, ...bothMarcos, approvals: by([marco, 60_000], [sameMarco, 70_000]) },
      'not-approved',
    ],
    [
      'one person by the account that the policy names second',
      { ...bothMarcos, approvals: by([sameMarco, 60_000]) },
      'yes',
    ],
    [
      'two in time and one too late, of three',
      { ...three, approvals: by([marco, 1], [ava, 2], [ben, within * 2]) },
      'not-approved',
    ],
    ['three of three', { ...three, approvals: by([marco, 1], [ava, 2], [ben, 3]) }, 'yes'],
    ['a valid one after invalid ones', { approvals: by([dana, 1], [hanna, 2], [marco, 60_000]) }, 'yes'],
  ])('%s', (_what, more, code) => {
    expect(
      verdictOn(
        { claim: saidBy('claim', dana, claimedAfter), ...more },
        more.claim ? asked + within : judgedAt,
      ),
    ).toBe(code)
  })

  it.each([
    ['as they were given', [marco, ava] as const],
    ['the other way round', [ava, marco] as const],
  ])('count from the last one that was needed, in whatever order they come: %s', (_order, order) => {
    const at = { [marco.id]: minute, [ava.id]: 6 * minute }
    const approvals = by(...order.map((one) => [one, at[one.id] ?? 0] as const))
    expect(verdictOn({ ...two, approvals })).toBe('claim-stale')
    const claim = saidBy('claim', dana, 7 * minute)
    expect(verdictOn({ ...two, approvals, claim }, asked + 7 * minute)).toBe('yes')
  })

  it('more of them than needed do not prolong the time to claim', () => {
    const approvals = by([ava, 14 * minute], [marco, minute])
    const late = 32 * minute
    const claim = saidBy('claim', dana, late)
    expect(verdictOn({ approvals, claim }, asked + late)).toBe('claim-late')
  })
})

describe('the claim', () => {
  const lastMoment = approvedAfter + 1800 * second

  it.each<readonly [string, Partial<MintEvidence>, number, RefusalCode | 'yes']>([
    ['counts at once', pressed(claimedAfter), claimedAfter, 'yes'],
    ['counts for half a minute', pressed(claimedAfter), claimedAfter + claimValidFor, 'yes'],
    ['is stale after that', pressed(claimedAfter), claimedAfter + claimValidFor + 1, 'claim-stale'],
    ['may come from a clock that is a little ahead', pressed(claimedAfter), claimedAfter - 5 * second, 'yes'],
    ['may not come from the future', pressed(claimedAfter), claimedAfter - 5 * second - 1, 'claim-stale'],
    ['may come with the approval', pressed(approvedAfter), approvedAfter, 'yes'],
    ['may not come before the approval', pressed(approvedAfter - 1), approvedAfter, 'claim-stale'],
    ['may come at the last moment', pressed(lastMoment), lastMoment, 'yes'],
    ['may not come later', pressed(lastMoment), lastMoment + 1, 'claim-late'],
    ['is the subject’s', { claim: saidBy('claim', ava, claimedAfter) }, claimedAfter, 'not-the-subject'],
    [
      'is not the requester’s',
      { claim: saidBy('claim', hanna, claimedAfter) },
      claimedAfter,
      'not-the-subject',
    ],
    [
      'is not the approver’s',
      { claim: saidBy('claim', marco, claimedAfter) },
      claimedAfter,
      'not-the-subject',
    ],
    [
      'is not the subject’s other account’s, for whom nobody approved',
      { claim: saidBy('claim', secondAccountOf(dana), claimedAfter) },
      claimedAfter,
      'not-the-subject',
    ],
    ['is no number', { claim: saidBy('claim', dana, NaN) }, claimedAfter, 'claim-stale'],
  ])('%s', (_what, more, now, code) => {
    expect(verdictOn(more, asked + now)).toBe(code)
  })

  it('leads to three codes and no more', () => {
    expect(mintsPerApproval).toBe(3)
    expect(verdictOn({ mints: 2 })).toBe('yes')
    expect(verdictOn({ mints: 3 })).toBe('used-up')
    expect(verdictOn({ mints: 4 })).toBe('used-up')
  })
})

describe('with several things wrong, the refusal is the one that has to be mended first', () => {
  const wrong: readonly (readonly [RefusalCode, Partial<MintEvidence>])[] = [
    ['unverified', { requestHash: 'other' }],
    ['foreign-pass', { foreignPass: true }],
    ['not-approved', { approvals: [] }],
    ['not-the-subject', { claim: saidBy('claim', ava, 0) }],
    ['claim-stale', { claim: saidBy('claim', dana, 0) }],
    ['used-up', { mints: 3 }],
  ]

  it.each(wrong.map(([code], index) => [code, index] as const))('%s', (code, index) => {
    const more = wrong
      .slice(index)
      .toReversed()
      .reduce((all, [, one]) => ({ ...all, ...one }), {})
    expect(verdictOn(more)).toBe(code)
  })

  it('claim-late', () => {
    expect(verdictOn({ claim: saidBy('claim', ava, 0), mints: 3 }, asked + 60 * minute)).toBe('claim-late')
  })
})
