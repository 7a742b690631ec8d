import { describe, expect, it } from 'vitest'
import {
  afterReport,
  endOrder,
  isOver,
  isOverForGood,
  mayOwnSomething,
} from '../../../src/core/exception/end.ts'
import type { KnownState } from '../../../src/core/exception/state.ts'
import { ended, outcomes } from '../card/states.ts'
import { after, dana, exceptionId, facts, lease, phone, states, type StateName } from './given.ts'

const caseId = '5d1c7a90-4f3e-4c55-9a52-0123456789ab'
const orderFor = (name: Exclude<StateName, 'new'>) => endOrder(states[name] as KnownState, true)

describe('something may have been minted', () => {
  it.each<readonly [StateName, boolean]>([
    ['new', false],
    ['requested', false],
    ['waiting', false],
    ['ending: revoked before approval', false],
    ['approved', true],
    ['active', true],
    ['ending: revoked', true],
    ['ending: mint lost', true],
  ])('%s: %s', (name, may) => {
    expect(mayOwnSomething(states[name])).toBe(may)
  })
})

describe('nothing is left to end', () => {
  it('once it is over, unless somebody may have signed in', () => {
    const open = outcomes.filter((outcome) => !isOverForGood(ended(outcome), ended(outcome).endedAt))
    expect(open).toEqual(['used', 'expired'])
    expect(isOverForGood(states.active, Number.MAX_SAFE_INTEGER)).toBe(false)
  })

  it('where it lives on as something else, that may be alive', () => {
    const replaced = { ...ended('replaced'), replacedBy: 'another' }
    expect(isOverForGood(replaced, replaced.endedAt)).toBe(false)
    expect([replaced, ended('replaced'), states.active].map(isOver)).toEqual([false, true, false])
  })

  it.each(['used', 'expired'] as const)('a week after it was %s', (outcome) => {
    const state = ended(outcome)
    const week = 604_800_000
    expect(isOverForGood(state, state.endedAt + week)).toBe(false)
    expect(isOverForGood(state, state.endedAt + week + 1)).toBe(true)
  })
})

describe('a report of fraud', () => {
  const happens: readonly (readonly [StateName, boolean])[] = [
    ['new', false],
    ['requested', false],
    ['waiting', true],
    ['approved', true],
    ['active', true],
    ['hidden', true],
    ['ending: not seen', true],
    ['ending: mint lost', true],
    ['ending: revoked', false],
    ['ending: revoked before approval', false],
    ['ending: stopped', false],
    ['ended', false],
  ]
  it.each(happens)('stops what it reaches, while it is %s: %s', (name, stops) => {
    const fact = { type: 'stopped-for-case', at: 5, caseId } as const
    expect(afterReport(states[name], caseId, 5)).toEqual(stops ? [fact] : [])
  })

  it('stops it for good, under the id of the case', () => {
    const state = after(facts.requested, facts.admitted, facts.approved, facts.shown, {
      type: 'stopped-for-case',
      at: facts.shown.at,
      caseId,
    })
    expect(state).toMatchObject({
      status: 'ending',
      why: 'stopped',
      stop: { by: 'FRD-BME7-N42F', case: caseId },
    })
    expect(afterReport(state, 'another', 6)).toEqual([])
  })
})

describe('the order to end', () => {
  it('names the credential that was shown, and what was there before it', () => {
    expect(orderFor('active')).toEqual({
      exceptionId,
      provider: 'entra',
      subject: dana.id,
      signOut: true,
      wasUsed: false,
      shown: { lease, at: facts.shown.at, methodsBefore: [phone] },
    })
  })

  it('names none where none is known: the intents prove what is its own', () => {
    expect(orderFor('ending: mint lost').shown).toBeNull()
  })

  it('remembers a use that was found while it was being ended', () => {
    const state = after(
      facts.requested,
      facts.admitted,
      facts.approved,
      facts.shown,
      facts['revoke-asked'],
      facts.used,
    )
    expect(endOrder(state as KnownState, true).wasUsed).toBe(true)
  })

  it('remembers a use after the end', () => {
    expect(orderFor('ended').wasUsed).toBe(true)
  })
})
