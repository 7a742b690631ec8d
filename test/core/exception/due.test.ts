import { describe, expect, it } from 'vitest'
import { due, wakeAt } from '../../../src/core/exception/due.ts'
import type { Fact } from '../../../src/core/exception/fact.ts'
import { mintsPerApproval } from '../../../src/core/exception/may-mint.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { facts, asked, lease, minute, plan, second, states } from './given.ts'

const waiting = states.waiting as StateOf<'waiting'>
const approved = states.approved as StateOf<'approved'>
const active = states.active as StateOf<'active'>
const hidden = states.hidden as StateOf<'active'>

const firstPing = asked + plan.ping.every * second
const timeOut = asked + plan.answerWithin * second
const claimUntil = facts.approved.at + plan.claimWithin * second
const hideTime = facts.shown.at + plan.visible * second

/** Pinged so often that only the time-out is left. */
const pinged: StateOf<'waiting'> = { ...waiting, pings: 5 }
const usedUp: StateOf<'approved'> = { ...approved, mints: mintsPerApproval }
/** The pass is over before the code would leave the screen. */
const short: StateOf<'active'> = { ...active, lease: { ...lease, expiresAt: facts.shown.at + minute } }

type Timed = Parameters<typeof due>[0]

describe('when its time has come', () => {
  it.each<readonly [string, Timed, number, readonly Fact['type'][]]>([
    ['a request is pinged', waiting, firstPing, ['pinged']],
    ['a request that nobody decides times out', pinged, timeOut, ['timed-out', 'ended']],
    ['an approval that nobody claims ends', approved, claimUntil, ['never-claimed', 'ended']],
    ['a code leaves the screen', active, hideTime, ['hidden']],
  ])('%s; not a moment earlier', (_what, state, at, types) => {
    expect(wakeAt(state)).toBe(at)
    expect(due(state, at - 1)).toEqual([])
    const happened = due(state, at)
    expect(happened.map(({ type }) => type)).toEqual(types)
    expect(new Set(happened.map((fact) => fact.at))).toEqual(new Set([at]))
  })

  it('an end says how: timed out is not denied', () => {
    expect(due(pinged, timeOut).at(-1)).toMatchObject({ type: 'ended', outcome: 'timed-out' })
    expect(due(approved, claimUntil).at(-1)).toMatchObject({ type: 'ended', outcome: 'never-claimed' })
  })

  it('a request whose ping and time-out are both due times out', () => {
    expect(due(waiting, timeOut).map(({ type }) => type)).toEqual(['timed-out', 'ended'])
  })
})

describe('an approval', () => {
  it('whose mints are used up ends at once, whatever time is left', () => {
    expect(wakeAt(usedUp)).toBeLessThanOrEqual(facts.approved.at)
    expect(due(usedUp, facts.approved.at)).toEqual([
      { type: 'mints-used-up', at: facts.approved.at },
      { type: 'ended', at: facts.approved.at, outcome: 'mints-used-up' },
    ])
    expect(due({ ...usedUp, mints: mintsPerApproval - 1 }, facts.approved.at)).toEqual([])
  })
})

describe('a pass', () => {
  it.each([
    ['whose code is hidden', hidden],
    ['that is over before its code would be hidden', short],
  ])('%s is looked at when it expires, and time alone does not say that it did', (_which, state) => {
    const { expiresAt } = state.lease
    expect(wakeAt(state)).toBe(expiresAt)
    expect(due(state, expiresAt)).toEqual([])
  })
})
