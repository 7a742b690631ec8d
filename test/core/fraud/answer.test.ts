import { describe, expect, it } from 'vitest'
import {
  answerCase,
  hasSaidEnough,
  isBlocked,
  mayNotUnblock,
  type CaseWord,
} from '../../../src/core/fraud/answer.ts'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import { sameTwo } from '../../../src/core/fraud/same-two.ts'
import type { Case } from '../../../src/core/fraud/state.ts'
import type { CloseBody } from '../../../src/core/fraud/statement.ts'
import type { Person } from '../../../src/core/people/person.ts'
import { actorOf, asked, ava, ben, dana, hanna, marco, minute } from '../exception/given.ts'
import {
  carl,
  closeAsked,
  lookedAround,
  plan,
  reported,
  reportedAgain,
  sam,
  standing,
  stateAfter,
  sue,
  word,
} from './given.ts'

const now = asked + 30 * minute
const close: CloseBody = {
  outcome: 'false-alarm',
  reason: 'It was Dana',
  passwordReset: true,
  methodsReviewed: true,
}
const note = word({ kind: 'note', body: { text: 'No answer' } })
const words: readonly CaseWord[] = [
  note,
  word({ kind: 'take', body: {} }),
  word({ kind: 'block', body: {} }),
  word({ kind: 'close', body: close }),
  word({ kind: 'unblock', body: { close: closeAsked.close } }),
]

const taken: CaseFact = { type: 'taken', at: asked, by: actorOf(sam), details: { name: 'Sam Reed' } }
const agreed: CaseFact = {
  type: 'unblock-agreed',
  at: now,
  by: actorOf(sue),
  details: { name: 'Sue Park' },
}
const byHanna = reported({ by: actorOf(hanna), as: 'helpdesk' })
const withheld = reported({ by: actorOf(hanna), as: 'helpdesk', plan: plan({ subjectProtected: true }) })
const toAgree = stateAfter(byHanna, lookedAround, closeAsked)

const unblockBy = (by: Person): CaseWord => word({ kind: 'unblock', body: { close: closeAsked.close } }, by)

const done = (step: 'block' | 'checks', is: 'done' | 'impossible'): CaseFact => ({
  type: 'step-taken',
  at: asked,
  step,
  result: is === 'done' ? { is } : { is, because: 'forbidden' },
})

const exceptionOf = (requester: Person, ...approvers: readonly Person[]) => ({
  exceptionId: 'x',
  displayId: 'TAP-1111-2222',
  requester: requester.id,
  approvers: approvers.map(({ id }) => id),
})

/** What follows: the facts' types, or why not. */
function heard(state: Case, said: CaseWord, more: Parameters<typeof standing>[0] = {}): readonly string[] {
  const answer = answerCase(state, said, standing(more), 'signature', now)
  return answer.ok ? answer.value.map(({ type }) => type) : [`no: ${answer.reason.code}`]
}

describe('who may say what', () => {
  const roles = {
    security: {},
    helpdesk: { isSecurity: false, isHelpdesk: true },
    nobody: { isSecurity: false },
    'security, disabled': { active: false },
    'helpdesk, disabled': { active: false, isSecurity: false, isHelpdesk: true },
  }

  it('is one table of roles and words', () => {
    const state = stateAfter(withheld, lookedAround, closeAsked)
    const table = Object.entries(roles).map(([role, more]) => [
      role,
      ...words.map((said) => heard(state, { ...said, actor: actorOf(sue) }, more).join(' ')),
    ])
    expect([['', ...words.map(({ kind }) => kind)], ...table]).toEqual([
      ['', 'note', 'take', 'block', 'close', 'unblock'],
      ['security', 'noted', 'taken', 'block-asked', 'close-asked case-closed', 'unblock-agreed'],
      ['helpdesk', 'noted', ...Array.from({ length: 4 }, () => 'no: security-only')],
      ['nobody', 'no: not-allowed', ...Array.from({ length: 4 }, () => 'no: security-only')],
      ['security, disabled', ...Array.from({ length: 5 }, () => 'no: not-allowed')],
      ['helpdesk, disabled', ...Array.from({ length: 5 }, () => 'no: not-allowed')],
    ])
  })

  it.each(words.map((said) => [said.kind, said] as const))('is nothing once it is closed: %s', (_, said) => {
    const closed = stateAfter(byHanna, { type: 'case-closed', at: asked, outcome: 'test' })
    expect(heard(closed, said)).toEqual(['no: over'])
  })

  it('leaves nobody to look after, block, close or give back their own account', () => {
    const state = stateAfter(byHanna, lookedAround, closeAsked)
    const own = words.map((said) => heard(state, { ...said, actor: actorOf(dana) }).join(' '))
    expect(own).toEqual(['noted', 'no: own-case', 'no: own-case', 'no: own-case', 'no: own-case'])
  })
})

describe('the same word twice', () => {
  it('is nothing new', () => {
    expect(heard(stateAfter(byHanna, taken), word({ kind: 'take', body: {} }))).toEqual([])
    expect(heard(stateAfter(byHanna), word({ kind: 'block', body: {} }))).toEqual([])
    const asking = stateAfter(byHanna, { ...closeAsked, close: 'signature' })
    expect(heard(asking, word({ kind: 'close', body: close }))).toEqual([])
    const unblock = word({ kind: 'unblock', body: { close: closeAsked.close } }, sue)
    expect(heard(stateAfter(byHanna, lookedAround, closeAsked, agreed), unblock)).toEqual([])
  })

  it('is a takeover by somebody else', () => {
    expect(heard(stateAfter(byHanna, taken), word({ kind: 'take', body: {} }, sue))).toEqual(['taken'])
  })
})

describe('closing', () => {
  const bySomebody = reported({
    by: actorOf(carl),
    as: 'somebody',
    plan: plan({ reporter: 'somebody' }),
  })

  it('is at once where nothing has to be given back', () => {
    const said = word({ kind: 'close', body: { ...close, passwordReset: false, methodsReviewed: false } })
    expect(heard(stateAfter(bySomebody), said)).toEqual(['close-asked', 'case-closed'])
  })

  it.each([
    [false, false],
    [true, false],
    [false, true],
  ])('needs a new password (%s) and methods gone through (%s)', (passwordReset, methodsReviewed) => {
    const said = word({ kind: 'close', body: { ...close, passwordReset, methodsReviewed } })
    expect(heard(stateAfter(byHanna), said)).toEqual(['no: not-made-safe'])
  })

  it('of somebody who is blocked waits for a second person', () => {
    expect(heard(stateAfter(byHanna), word({ kind: 'close', body: close }))).toEqual(['close-asked'])
  })

  it('with other words is too late once somebody agreed', () => {
    const state = stateAfter(byHanna, lookedAround, closeAsked, agreed)
    expect(heard(state, word({ kind: 'close', body: close }))).toEqual(['no: over'])
  })
})

describe('the second person', () => {
  const around = [
    { exceptionId: 'x', displayId: 'TAP-1111-2222', requester: ava.id, approvers: [marco.id, ben.id] },
  ]
  const state = stateAfter(
    byHanna,
    reportedAgain({ by: actorOf(carl), as: 'somebody', plan: plan({ reporter: 'somebody' }) }),
    { ...lookedAround, type: 'looked-around', exceptions: around, details: { names: {}, methods: [] } },
    closeAsked,
  )

  it.each([
    ['who asked for the close', sam, 'second-person'],
    ['whom it is about', dana, 'own-case'],
    ['who reported first', hanna, 'own-report'],
    ['who reported later', carl, 'own-report'],
    ['who asked for an exception in it', ava, 'took-part'],
    ['who approved one', marco, 'took-part'],
    ['who approved one second', ben, 'took-part'],
  ] as const)('is never the one %s', (_, one, code) => {
    expect(heard(state, unblockBy(one))).toEqual([`no: ${code}`])
    expect(mayNotUnblock(one.id, sam.id, state)).toEqual({ code })
  })

  it('is anybody else of security', () => {
    expect(heard(state, unblockBy(sue))).toEqual(['unblock-agreed'])
  })

  it('agrees to the words that were said, and to no others', () => {
    const other = word({ kind: 'unblock', body: { close: 'another' } }, sue)
    expect(heard(toAgree, other)).toEqual(['no: nothing-to-agree'])
    expect(heard(stateAfter(byHanna, lookedAround), unblockBy(sue))).toEqual(['no: nothing-to-agree'])
  })

  it('is nobody as long as it is not known who took part', () => {
    expect(heard(stateAfter(byHanna, closeAsked), unblockBy(sue))).toEqual(['no: not-now'])
  })
})

describe('what waits for security', () => {
  const waiting = plan({ reporter: 'security', subjectProtected: true })
  const state = stateAfter(reported({ by: actorOf(sam), as: 'security', plan: waiting }))

  it('is done by the word of another one than who reported', () => {
    expect(heard(state, word({ kind: 'block', body: {} }))).toEqual(['no: own-report'])
    expect(heard(state, word({ kind: 'block', body: {} }, sue))).toEqual(['block-asked'])
  })
})

const often = (times: number) =>
  stateAfter(reported(), ...Array.from({ length: times }, () => reportedAgain()))

describe('somebody who reports again and again', () => {
  it('has said enough at some time, and nobody else has', () => {
    expect(hasSaidEnough(often(4), hanna.id)).toBe(false)
    expect(hasSaidEnough(often(5), hanna.id)).toBe(true)
    expect(hasSaidEnough(often(5), dana.id)).toBe(false)
  })
})

describe('somebody is blocked', () => {
  it.each([
    ['when it was begun, and may have been done', [], true],
    ['when it was done', [done('block', 'done')], true],
    ['when one of two can’t be done', [done('block', 'impossible')], true],
    ['not when neither can be done', [done('block', 'impossible'), done('checks', 'impossible')], false],
    ['not when it was given back', [{ type: 'unblocked', at: asked, result: { is: 'done' } }], false],
  ] as const)('%s', (_, facts, blocked) => {
    expect(isBlocked(stateAfter(byHanna, ...facts))).toBe(blocked)
  })

  it('not while it waits for security', () => {
    expect(isBlocked(stateAfter(withheld))).toBe(false)
  })
})

describe('the same two people', () => {
  it('are told from three exceptions on, whoever of them asked', () => {
    expect(sameTwo([exceptionOf(hanna, marco), exceptionOf(hanna, marco, ava)])).toEqual([])
    expect(
      sameTwo([
        exceptionOf(hanna, marco),
        exceptionOf(marco, hanna),
        exceptionOf(hanna, marco, ava),
        exceptionOf(ava, ben),
      ]),
    ).toEqual([{ people: ['entra:hanna', 'entra:marco'], times: 3 }])
  })
})

const mistake = (by: Person): CaseWord => word({ kind: 'mistake', body: {} }, by)

describe('a word that it was a mistake', () => {
  const blocked = standing({ active: false })

  it('counts of whoever reported, also when the account is blocked by now, once', () => {
    const says = answerCase(stateAfter(byHanna), mistake(hanna), blocked, 's', now)
    const said = {
      type: 'said-mistaken',
      at: now,
      by: actorOf(hanna),
      details: { name: blocked.name },
    } as const
    expect(says).toEqual({ ok: true, value: [said] })
    expect(answerCase(stateAfter(byHanna, said), mistake(hanna), blocked, 's', now)).toEqual({
      ok: true,
      value: [],
    })
  })

  it.each([dana, sam, carl])('counts of nobody else', (by) => {
    const standings = [blocked, standing({ isSecurity: true }), standing({ isHelpdesk: true })]
    for (const one of standings)
      expect(answerCase(stateAfter(byHanna), mistake(by), one, 's', now)).toEqual({
        ok: false,
        reason: { code: 'not-allowed' },
      })
  })
})
