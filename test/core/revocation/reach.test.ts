import { describe, expect, it } from 'vitest'
import { alsoReached } from '../../../src/core/revocation/reach.ts'
import type { Outcome } from '../../../src/core/exception/fact.ts'
import type { Ended, KnownState } from '../../../src/core/exception/state.ts'
import { active, ended } from '../card/states.ts'

type Made = { readonly extends?: string; readonly outcome?: Outcome; readonly replacedBy?: string }

function one(exceptionId: string, { extends: before, outcome, replacedBy }: Made = {}): KnownState {
  const { replacedBy: _other, ...state }: Ended = { ...ended(outcome ?? 'used') }
  const base: KnownState = outcome === undefined ? active() : { ...state, ...(replacedBy && { replacedBy }) }
  const { extends: _before, ...request } = base.request
  return { ...base, request: { ...request, exceptionId, ...(before && { extends: before }) } }
}

const family = [
  one('first', { outcome: 'replaced', replacedBy: 'second' }),
  one('second', { extends: 'first' }),
  one('asked-for-it-too', { extends: 'second', outcome: 'denied' }),
]
const inPlace = [
  one('code'),
  one('more', { extends: 'code', outcome: 'extended' }),
  one('yet-more', { extends: 'code', outcome: 'denied' }),
]

const reached = (kind: 'revoke' | 'not-me', exceptionId: string, states: readonly KnownState[]) =>
  alsoReached({ kind, exceptionId }, states)
    .map(({ request }) => request.exceptionId)
    .toSorted()

describe('a revocation reaches', () => {
  it('what took the place of what it names, and what was asked for to extend that', () => {
    expect(reached('revoke', 'first', family)).toEqual(['asked-for-it-too', 'second'])
    expect(reached('revoke', 'second', family)).toEqual(['asked-for-it-too'])
  })

  it('what it gave its time to', () => {
    expect(reached('revoke', 'more', inPlace)).toEqual(['code', 'yet-more'])
  })

  it('and leaves alone what it was only to extend', () => {
    expect(reached('revoke', 'yet-more', inPlace)).toEqual([])
    expect(reached('revoke', 'asked-for-it-too', family)).toEqual([])
  })

  it('nothing else where nothing else is', () => {
    expect(reached('revoke', 'code', [one('code')])).toEqual([])
  })
})

it('*Not me* reaches all that belongs together, from wherever it is said', () => {
  expect(reached('not-me', 'asked-for-it-too', family)).toEqual(['first', 'second'])
  expect(reached('not-me', 'yet-more', inPlace)).toEqual(['code', 'more'])
})
