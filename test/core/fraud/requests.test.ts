import { describe, expect, it } from 'vitest'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import { requestsDuring } from '../../../src/core/fraud/requests.ts'
import { actorOf, asked, minute } from '../exception/given.ts'
import { carl, plan, reported, reportedAgain, sam, stateAfter } from './given.ts'

const hour = 60 * minute
const closed: CaseFact = { type: 'case-closed', at: asked + minute, outcome: 'test' }
const taken: CaseFact = {
  type: 'taken',
  at: asked + minute,
  by: actorOf(sam),
  details: { name: 'Sam Reed' },
}
const bySomebody = reported({ by: actorOf(carl), as: 'somebody', plan: plan({ reporter: 'somebody' }) })
const now = asked + hour

describe('requests for a person', () => {
  it('are as usual where there is no case, or it is closed', () => {
    expect(requestsDuring([], now)).toBe('as-usual')
    expect(requestsDuring([stateAfter(reported(), closed)], now)).toBe('as-usual')
  })

  it('are refused for as long as a case is open whose report counts', () => {
    const open = stateAfter(reported(), taken)
    expect(requestsDuring([open], now)).toBe('refused')
    expect(requestsDuring([open], now + 1000 * hour)).toBe('refused')
  })

  it('need one more approver after the report of somebody without a part in it, for four hours', () => {
    const open = stateAfter(bySomebody)
    expect(requestsDuring([open], asked + 4 * hour - 1)).toBe('one-more')
    expect(requestsDuring([open], asked + 4 * hour)).toBe('as-usual')
  })

  it('are as usual again once security has taken such a case', () => {
    expect(requestsDuring([stateAfter(bySomebody, taken)], now)).toBe('as-usual')
  })

  it('are refused where one of several reports, or cases, says so', () => {
    expect(requestsDuring([stateAfter(bySomebody, reportedAgain())], now)).toBe('refused')
    expect(requestsDuring([stateAfter(bySomebody), stateAfter(reported())], now)).toBe('refused')
  })
})
