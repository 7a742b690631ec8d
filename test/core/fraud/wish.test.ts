import { describe, expect, it } from 'vitest'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import { mayBePersonal } from '../../../src/core/fraud/personal.ts'
import type { CaseSaid, CaseStatement } from '../../../src/core/fraud/statement.ts'
import { wishStanding } from '../../../src/core/fraud/wish.ts'
import { actorOf, asked, minute } from '../exception/given.ts'
import { closeAsked, reported, stateAfter, sue } from './given.ts'

const at = asked + 12 * minute
const { close } = closeAsked
const agreed: CaseFact = {
  type: 'unblock-agreed',
  at,
  by: actorOf(sue),
  details: { name: 'Sue Park' },
}
const voided: CaseFact = { type: 'agreement-void', at, refusal: { code: 'took-part' } }
const unblocked: CaseFact = { type: 'unblocked', at, result: { is: 'done' } }
const closed: CaseFact = { type: 'case-closed', at, outcome: 'confirmed' }

describe('a wish to close a case', () => {
  it.each<readonly [string, readonly CaseFact[], unknown]>([
    ['was not heard', [], { is: 'unknown' }],
    ['waits', [closeAsked], { is: 'waiting' }],
    ['has another in its place', [closeAsked, { ...closeAsked, close: 'another' }], { is: 'unknown' }],
    ['was agreed to', [closeAsked, agreed], { is: 'agreed' }],
    [
      'was agreed to by whoever may not',
      [closeAsked, agreed, voided],
      { is: 'waiting', refusal: { code: 'took-part' } },
    ],
    ['was agreed to again since', [closeAsked, agreed, voided, agreed], { is: 'agreed' }],
    ['was wished anew since', [closeAsked, agreed, voided, closeAsked], { is: 'waiting' }],
    ['came too late', [{ ...closeAsked, close: 'another' }, closed], { is: 'unknown' }],
  ])('%s', (_, facts, stands) => {
    expect(wishStanding(stateAfter(reported(), ...facts), close)).toEqual(stands)
  })

  it.each<readonly [string, readonly CaseFact[]]>([
    ['came true', [closeAsked, agreed, unblocked, closed]],
    ['needed nobody', [closeAsked, closed]],
  ])('%s, and is answered with the case as it ended', (_, facts) => {
    const state = stateAfter(reported(), ...facts)
    expect(wishStanding(state, close)).toEqual({ is: 'closed', state })
  })
})

describe('a key of a person’s own', () => {
  const nobodys = { team: '', user: '', person: sue.id }
  const statement = (kind: CaseSaid['kind'], actor: CaseStatement['actor'] = nobodys): CaseStatement =>
    ({ v: 1, caseId: 'c', actor, at, kind, body: {} }) as unknown as CaseStatement

  it.each<readonly [CaseSaid['kind'], boolean]>([
    ['report', false],
    ['mistake', false],
    ['take', false],
    ['note', false],
    ['block', false],
    ['close', true],
    ['unblock', true],
  ])('signs %s: %s', (kind, may) => {
    expect(mayBePersonal(statement(kind))).toBe(may)
  })

  it('speaks for no Slack account', () => {
    expect(mayBePersonal(statement('close', { ...nobodys, user: 'U1' }))).toBe(false)
    expect(mayBePersonal(statement('close', { ...nobodys, team: 'T1' }))).toBe(false)
  })
})
