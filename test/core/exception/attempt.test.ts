import { describe, expect, it } from 'vitest'
import { afterAttempt, type Grant } from '../../../src/core/exception/attempt.ts'
import { evolve } from '../../../src/core/exception/evolve.ts'
import type { State, StateOf } from '../../../src/core/exception/state.ts'
import type { Refusal } from '../../../src/core/refusal.ts'
import { actorOf, claimedAfter, dana, facts, lease, phone, says, states } from './given.ts'

const approved = states.approved as StateOf<'approved'>
const at = facts.shown.at
const after = (granted: Grant, state = approved) =>
  afterAttempt(state, says('claim', dana, claimedAfter), granted, at)
const shown: Grant = { is: 'shown', lease, providerRequestId: 'r-1', methodsBefore: [phone] }

describe('an attempt to mint', () => {
  it('that showed a code is told with all that is kept of it, and never the code', () => {
    expect(after(shown)).toEqual([facts.shown])
  })

  it('is counted from the attempts before', () => {
    expect(after(shown, { ...approved, mints: 2 })).toMatchObject([{ attempt: 3 }])
  })

  it.each([
    ['that failed for sure is spent, and the claim stays open', 'failed', true, 'approved'],
    ['that was lost has to be cleaned up first', 'lost', false, 'ending'],
  ] as const)('%s', (_what, is, settled, status) => {
    const refusal: Refusal = { code: 'attempt-lost' }
    const happened = after({ is, refusal })
    expect(happened).toEqual([{ type: 'mint-failed', at, attempt: 1, settled, refusal }])
    expect(happened.reduce<State>(evolve, approved)).toMatchObject({ status, mints: 1 })
  })
})

describe('a claim that was refused', () => {
  it('is told with who said it and why, and costs no mint', () => {
    const happened = after({ is: 'refused', refusal: { code: 'provider-off' } })
    expect(happened).toEqual([
      {
        type: 'attempt-refused',
        at,
        by: actorOf(dana),
        said: 'claim',
        refusal: { code: 'provider-off' },
        details: { name: 'Dana' },
      },
    ])
    expect(happened.reduce<State>(evolve, approved)).toMatchObject({ status: 'approved', mints: 0 })
  })

  it('because nobody signed it is held against nobody', () => {
    const happened = after({ is: 'refused', refusal: { code: 'unverified' } })
    expect(happened).toEqual([{ type: 'forged', at, said: 'claim' }])
  })

  it('because somebody did not answer is nothing to tell', () => {
    expect(after({ is: 'refused', refusal: { code: 'not-now', service: 'graph' } })).toEqual([])
  })
})
