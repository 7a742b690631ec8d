import { describe, expect, it } from 'vitest'
import type { Said, Statement } from '../../../src/core/envelope/statement.ts'
import {
  answer,
  endsIt,
  goesToMint,
  isHeard,
  refusedAttempt,
  type Standing,
} from '../../../src/core/exception/answer.ts'
import { mintsPerApproval } from '../../../src/core/exception/may-mint.ts'
import { evolve } from '../../../src/core/exception/evolve.ts'
import type { Fact } from '../../../src/core/exception/fact.ts'
import type { State, StateOf } from '../../../src/core/exception/state.ts'
import type { Person } from '../../../src/core/people/person.ts'
import type { RefusalCode } from '../../../src/core/refusal.ts'
import {
  actorOf,
  after,
  asApprover,
  asked,
  asRequester,
  asSecurity,
  asSubject,
  ava,
  dana,
  facts,
  hanna,
  kinds,
  marco,
  minute,
  outsider,
  person,
  plan,
  says,
  second,
  secondAccountOf,
  states,
  stateNames,
  type StateName,
} from './given.ts'

const now = asked + 10 * minute

type Who = readonly [Person, Standing]
const who = {
  subject: [dana, asSubject],
  requester: [hanna, asRequester],
  approver: [marco, asApprover],
  security: [person('sam'), asSecurity],
  outsider: [person('olga'), outsider],
} as const satisfies Readonly<Record<string, Who>>

/** The facts that follow, or the refusal. */
function said(kind: Said['kind'], [one, standing]: Who, state: State): readonly Fact['type'][] | RefusalCode {
  const verdict = answer(state, says(kind, one, 0), standing, now)
  return verdict.ok ? verdict.value.map((fact) => fact.type) : verdict.reason.code
}

/** What each word leads to in the states of a life, in this order. */
const lives = [
  'waiting',
  'approved',
  'active',
  'ending: revoked',
  'ending: stopped',
  'ending: not seen',
] as const
type Row = readonly [keyof typeof who, ...(RefusalCode | Fact['type'] | 'nothing new')[]]

function table(kind: Said['kind'], rows: readonly Row[]): void {
  const cells = rows.flatMap(([name, ...answers]) =>
    answers.map((expected, index) => [name, lives[index] ?? 'waiting', expected] as const),
  )
  it.each(cells)(`${kind} by the %s, while %s: %s`, (name, status, expected) => {
    const got = said(kind, who[name], states[status])
    expect(typeof got === 'string' ? got : (got[0] ?? 'nothing new')).toBe(expected)
  })
}

const approvedBy = (one: Person, standing: Standing, state: State) =>
  answer(state, says('approve', one, 0), standing, now)

const refused = (state: State, word: Statement, times: number): State =>
  Array.from({ length: times }, () =>
    refusedAttempt(word, outsider, { code: 'not-an-approver' }, now),
  ).reduce<State>(evolve, state)

describe('who may say what, and when', () => {
  table('approve', [
    ['approver', 'approved', 'not-waiting', 'not-waiting', 'not-waiting', 'not-waiting', 'not-waiting'],
    ['subject', 'own-exception', 'own-exception', 'own-exception', 'own-exception', 'own-exception'],
    ['requester', 'own-request', 'own-request', 'own-request', 'own-request', 'own-request'],
    ['security', 'not-an-approver', 'not-an-approver', 'not-an-approver', 'not-an-approver'],
    ['outsider', 'not-an-approver', 'not-an-approver', 'not-an-approver', 'not-an-approver'],
  ])
  table('deny', [
    ['approver', 'denied', 'not-waiting', 'not-waiting', 'not-waiting', 'not-waiting', 'not-waiting'],
    ['subject', 'own-exception', 'own-exception', 'own-exception', 'own-exception', 'own-exception'],
    ['requester', 'own-request', 'own-request', 'own-request', 'own-request', 'own-request'],
    ['security', 'not-an-approver', 'not-an-approver', 'not-an-approver', 'not-an-approver'],
    ['outsider', 'not-an-approver', 'not-an-approver', 'not-an-approver', 'not-an-approver'],
  ])
  table('withdraw', [
    ['requester', 'withdrawn', 'not-waiting', 'not-waiting', 'not-waiting', 'not-waiting', 'not-waiting'],
    ['subject', 'not-the-requester', 'not-the-requester', 'not-the-requester', 'not-the-requester'],
    ['approver', 'not-the-requester', 'not-the-requester', 'not-the-requester', 'not-the-requester'],
    ['security', 'not-the-requester', 'not-the-requester', 'not-the-requester', 'not-the-requester'],
    ['outsider', 'not-the-requester', 'not-the-requester', 'not-the-requester', 'not-the-requester'],
  ])
  table('claim', [
    [
      'subject',
      'not-approved',
      'nothing new',
      'not-approved',
      'not-approved',
      'not-approved',
      'not-approved',
    ],
    ['requester', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['approver', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['security', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['outsider', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
  ])
  table('not-seen', [
    ['subject', 'not-shown', 'not-shown', 'not-seen', 'not-shown', 'not-shown', 'nothing new'],
    ['requester', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['approver', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['security', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
  ])
  table('not-me', [
    ['subject', 'stopped', 'stopped', 'stopped', 'stopped', 'nothing new', 'stopped'],
    ['requester', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['approver', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
    ['security', 'not-the-subject', 'not-the-subject', 'not-the-subject', 'not-the-subject'],
  ])
  table('revoke', [
    ['subject', 'revoke-asked', 'revoke-asked', 'revoke-asked', 'nothing new', 'nothing new', 'revoke-asked'],
    [
      'requester',
      'revoke-asked',
      'revoke-asked',
      'revoke-asked',
      'nothing new',
      'nothing new',
      'revoke-asked',
    ],
    [
      'approver',
      'revoke-asked',
      'revoke-asked',
      'revoke-asked',
      'nothing new',
      'nothing new',
      'revoke-asked',
    ],
    [
      'security',
      'revoke-asked',
      'revoke-asked',
      'revoke-asked',
      'nothing new',
      'nothing new',
      'revoke-asked',
    ],
    ['outsider', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed'],
  ])
  table('request', [['requester', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed']])
  table('phone-back', [['subject', 'not-allowed', 'not-allowed', 'not-allowed', 'not-allowed']])
})

describe('before and after', () => {
  it.each(kinds)('%s waits for the request to be checked', (kind) => {
    for (const name of ['new', 'requested'] as const) {
      for (const speaker of Object.values(who)) expect(said(kind, speaker, states[name])).toBe('not-waiting')
    }
  })

  it.each(kinds)('%s comes too late when it is over', (kind) => {
    for (const speaker of Object.values(who)) expect(said(kind, speaker, states.ended)).toBe('over')
  })

  const everything = { ...asSubject, isRequester: true, mayApprove: true, isSecurity: true, active: false }
  it.each(kinds.filter((kind) => kind !== 'not-me'))(
    '%s by an account that is disabled or a guest counts for nothing',
    (kind) => {
      for (const status of lives) expect(said(kind, [dana, everything], states[status])).toBe('not-allowed')
    },
  )
  it('*Not me* by such an account counts where it is one’s own: the case may have blocked the account first', () => {
    for (const status of lives) {
      const unblocked = said('not-me', [dana, { ...everything, active: true }], states[status])
      expect(said('not-me', [dana, everything], states[status])).toEqual(unblocked)
      expect(unblocked).not.toBe('not-allowed')
      expect(said('not-me', [dana, { ...everything, isSubject: false }], states[status])).toBe('not-allowed')
    }
  })
})

describe('an approval', () => {
  const needingTwo = after(facts.requested, { ...facts.admitted, plan: { ...plan, needed: 2 } })

  it('says who approved and how they made sure of the caller', () => {
    const word = says('approve', marco, 0, { body: { checked: 'video' } })
    expect(answer(states.waiting, word, asApprover, now)).toEqual({
      ok: true,
      value: [
        {
          type: 'approved',
          at: now,
          by: actorOf(marco),
          checked: 'video',
          complete: true,
          details: { name: 'Marco' },
        },
      ],
    })
  })

  it('is not complete while another one is needed', () => {
    expect(approvedBy(marco, asApprover, needingTwo)).toMatchObject({ value: [{ complete: false }] })
    const half = evolve(needingTwo, { ...facts.approved, complete: false })
    expect(approvedBy(ava, asApprover, half)).toMatchObject({ value: [{ complete: true }] })
  })

  it('counts once, in every state, also when it comes from another account of the same person', () => {
    const again = { ...asApprover, hasApproved: true }
    for (const status of lives) {
      expect(approvedBy(marco, again, states[status])).toEqual({ ok: true, value: [] })
      expect(approvedBy(secondAccountOf(marco), again, states[status])).toEqual({ ok: true, value: [] })
    }
  })

  it.each([
    ['the subject', { isSubject: true }, 'own-exception'],
    ['the requester', { isRequester: true }, 'own-request'],
    ['both', { isSubject: true, isRequester: true }, 'own-exception'],
  ] as const)('counts for nothing when the approver is also %s', (_who, more, code) => {
    const verdict = approvedBy(marco, { ...asApprover, ...more }, states.waiting)
    expect(verdict).toEqual({ ok: false, reason: { code } })
  })

  it('may come from somebody of security whom the policy also names', () => {
    expect(approvedBy(marco, { ...asApprover, isSecurity: true }, states.waiting).ok).toBe(true)
  })
})

describe('a denial', () => {
  it('is the end, at once, with its reason, even after an approval of two', () => {
    const half = after(
      facts.requested,
      { ...facts.admitted, plan: { ...plan, needed: 2 } },
      { ...facts.approved, complete: false },
    )
    expect(answer(half, says('deny', ava, 0), { ...asApprover, name: 'Ava' }, now)).toEqual({
      ok: true,
      value: [
        {
          type: 'denied',
          at: now,
          by: actorOf(ava),
          details: { name: 'Ava', reason: 'I do not know this person.' },
        },
        { type: 'ended', at: now, outcome: 'denied' },
      ],
    })
  })
})

describe('a withdrawal', () => {
  it('is the end, at once', () => {
    expect(said('withdraw', who.requester, states.waiting)).toEqual(['withdrawn', 'ended'])
  })
})

describe('a claim', () => {
  const claimUntil = facts.approved.at + plan.claimWithin * second

  it('is the subject’s by the very account that the request names', () => {
    const other = secondAccountOf(dana)
    expect(said('claim', [other, asSubject], states.approved)).toBe('not-the-subject')
  })

  it.each([
    ['at the last moment', claimUntil, true],
    ['after it', claimUntil + 1, false],
  ])('%s', (_when, at, ok) => {
    const verdict = answer(states.approved, says('claim', dana, 0), asSubject, at)
    expect(verdict.ok ? 'yes' : verdict.reason.code).toBe(ok ? 'yes' : 'claim-late')
    expect(goesToMint(states.approved, says('claim', dana, 0), at)).toBe(ok)
  })

  it('is refused when the mints of its approval are used up', () => {
    const usedUp: State = { ...(states.approved as StateOf<'approved'>), mints: mintsPerApproval }
    expect(said('claim', who.subject, usedUp)).toBe('used-up')
    expect(goesToMint(usedUp, says('claim', dana, 0), now)).toBe(false)
  })

  it.each(stateNames)('goes to the mint by the subject’s press while it is open: %s', (name) => {
    expect(goesToMint(states[name], says('claim', dana, 0), now)).toBe(name === 'approved')
    expect(goesToMint(states[name], says('claim', ava, 0), now)).toBe(false)
  })

  it.each(kinds)('no other word goes to the mint: %s', (kind) => {
    expect(goesToMint(states.approved, says(kind, dana, 0), now)).toBe(kind === 'claim')
  })
})

describe('the same word twice', () => {
  it.each<readonly [Said['kind'], keyof typeof who, StateName]>([
    ['approve', 'approver', 'waiting'],
    ['deny', 'approver', 'waiting'],
    ['withdraw', 'requester', 'waiting'],
    ['not-seen', 'subject', 'active'],
    ['revoke', 'requester', 'active'],
    ['not-me', 'subject', 'active'],
  ])('%s by the %s leaves what the first one left', (kind, name, status) => {
    const [one, standing] = who[name]
    const first = answer(states[status], says(kind, one, 0), standing, now)
    const once = (first.ok ? first.value : []).reduce(evolve, states[status])
    expect(once).not.toEqual(states[status])
    const hasApproved = kind === 'approve'
    const again = answer(once, says(kind, one, 0), { ...standing, hasApproved }, now)
    const twice = (again.ok ? again.value : []).reduce(evolve, once)
    expect(twice).toEqual(once)
  })
})

describe('who may end an exception, whatever state it is in', () => {
  it.each<readonly [string, Partial<Standing>, boolean, boolean]>([
    ['the requester', { isRequester: true }, true, false],
    ['the subject', { isSubject: true }, true, true],
    ['security', { isSecurity: true }, true, false],
    ['whoever may approve', { mayApprove: true }, true, false],
    ['whoever approved, although they may not any more', { hasApproved: true }, true, false],
    ['nobody else', {}, false, false],
    [
      'the subject whose account is disabled, only by *Not me*',
      { isSubject: true, active: false },
      false,
      true,
    ],
    ['nobody else whose account is disabled', { isSecurity: true, active: false }, false, false],
  ])('%s', (_who, more, byRevoke, byNotMe) => {
    const standing = { ...outsider, ...more }
    expect(endsIt(says('revoke', ava, 0), standing)).toBe(byRevoke)
    expect(endsIt(says('not-me', ava, 0), standing)).toBe(byNotMe)
  })

  it('by no other word', () => {
    const everything = {
      ...asSubject,
      isRequester: true,
      mayApprove: true,
      isSecurity: true,
      hasApproved: true,
    }
    const ending = kinds.filter((kind) => endsIt(says(kind, dana, 0), everything))
    expect(ending).toEqual(['revoke', 'not-me'])
  })

  it('is what the exception itself answers while it lives', () => {
    for (const [one, standing] of Object.values(who)) {
      for (const kind of ['revoke', 'not-me'] as const) {
        const { ok } = answer(states.active, says(kind, one, 0), standing, now)
        expect(endsIt(says(kind, one, 0), standing)).toBe(ok)
      }
    }
  })
})

describe('whoever was refused', () => {
  it('leaves a fact that says who, what and why', () => {
    expect(refusedAttempt(says('approve', ava, 0), outsider, { code: 'not-an-approver' }, now)).toEqual({
      type: 'attempt-refused',
      at: now,
      by: actorOf(ava),
      said: 'approve',
      refusal: { code: 'not-an-approver' },
      details: { name: 'Olga' },
    })
  })

  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('%i times, is heard with the same word again: %s', (times, heard) => {
    const word = says('approve', ava, 0)
    for (const status of lives) expect(isHeard(refused(states[status], word, times), word)).toBe(heard)
  })

  it('does not silence anybody else', () => {
    const state = refused(states.waiting, says('approve', ava, 0), 9)
    expect(isHeard(state, says('approve', marco, 0))).toBe(true)
  })

  it('is still heard with another word: nobody loses the right to stop', () => {
    for (const kind of kinds) {
      const state = refused(states.active, says(kind, dana, 0), 9)
      for (const other of kinds) expect(isHeard(state, says(other, dana, 0))).toBe(other !== kind)
    }
  })

  it('stays refused while the exception goes on', () => {
    const word = says('approve', ava, 0)
    const state = [facts.approved, facts.shown, facts['not-seen'], facts.reopened].reduce<State>(
      evolve,
      refused(states.waiting, word, 3),
    )
    expect(isHeard(state, word)).toBe(false)
  })

  it.each(stateNames)('%s: is heard while there is something to say', (name) => {
    for (const kind of kinds) expect(isHeard(states[name], says(kind, dana, 0))).toBe(name !== 'new')
  })
})
