import { describe, expect, it } from 'vitest'
import { hideAt, nextLookIn, nextPingAt } from '../../../src/core/exception/clocks.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { asked, lease, minute, plan, second, states } from './given.ts'

const waiting = states.waiting as StateOf<'waiting'>
const active = states.active as StateOf<'active'>

describe('approvers are pinged', () => {
  it.each([
    [0, 2, 5],
    [1, 2, 15],
    [2, 2, 35],
    [0, 1, 5],
    [3, 1, 20],
  ])(
    'after %i pings, each pause %i times as long as the one before: %i minutes after the request',
    (pings, backoff, after) => {
      const state = { ...waiting, pings, plan: { ...plan, ping: { every: 300, backoff } } }
      expect(nextPingAt(state)).toBe(asked + after * minute)
    },
  )
})

describe('the provider is looked at', () => {
  it.each([
    [0, 15],
    [1, 30],
    [4, 240],
    [5, 300],
    [1000, 300],
  ])('after %i looks again in %i seconds', (looks, seconds) => {
    expect(nextLookIn({ first: 15, longest: 300 }, looks)).toBe(seconds)
  })
})

describe('the code leaves the screen', () => {
  it('after the time of the policy', () => {
    expect(hideAt(active)).toBe(active.shownAt + plan.visible * second)
  })

  it('when the pass is over, if that is sooner', () => {
    const soon = active.shownAt + minute
    expect(hideAt({ ...active, lease: { ...lease, expiresAt: soon } })).toBe(soon)
  })
})
