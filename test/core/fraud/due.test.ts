import { describe, expect, it } from 'vitest'
import { caseDue, caseDueAt } from '../../../src/core/fraud/due.ts'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import { actorOf, asked, minute } from '../exception/given.ts'
import { reported, sam, stateAfter } from './given.ts'

const hour = 60 * minute
const told = (times: number): CaseFact => ({ type: 'not-taken', at: asked + hour, times })
const taken: CaseFact = {
  type: 'taken',
  at: asked + minute,
  by: actorOf(sam),
  details: { name: 'Sam Reed' },
}
const toldAt = (times: number): number => caseDueAt(stateAfter(reported(), told(times))) - asked

describe('security is told again', () => {
  it('when nobody has taken a case in time, then after twice that, and so on', () => {
    expect([0, 1, 2, 3].map(toldAt)).toEqual([10, 30, 70, 150].map((minutes) => minutes * minute))
  })

  it('every day at last, for as long as nobody takes it', () => {
    const pauses = [8, 9, 10, 1000].map((times) => toldAt(times) - toldAt(times - 1))
    expect(pauses).toEqual(pauses.map(() => 24 * hour))
  })

  it('by a fact that counts how often', () => {
    const state = stateAfter(reported(), told(1))
    expect(caseDue(state, asked + 30 * minute - 1)).toEqual([])
    const at = asked + 30 * minute
    expect(caseDue(state, at)).toEqual([{ type: 'not-taken', at, times: 2 }])
  })
})

describe('a case that somebody looks after', () => {
  const day = 24 * hour
  const raised = (times: number): CaseFact => ({ type: 'raised', at: asked + 90 * day, times })

  it('is no reason to tell anybody for as long as the policy says', () => {
    expect(caseDue(stateAfter(reported(), taken), asked + 90 * day - 1)).toEqual([])
  })

  it('is raised after that, whatever it was told before, and again after the same time', () => {
    const state = stateAfter(reported(), told(3), taken)
    const at = asked + 90 * day
    expect(caseDue(state, at)).toEqual([{ type: 'raised', at, times: 1 }])
    expect(caseDueAt(stateAfter(reported(), taken, raised(1)))).toBe(asked + 180 * day)
  })
})
