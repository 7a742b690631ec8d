import { describe, expect, it } from 'vitest'
import { afterEnd, afterPass, useFound, type Seen } from '../../../src/core/exception/after-end.ts'
import type { End } from '../../../src/core/exception/end.ts'
import type { Fact, Outcome } from '../../../src/core/exception/fact.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { facts, phone, states, type StateName } from './given.ts'

const at = facts.ended.at
const unused: End = { wasUsed: false, sessionsRevoked: false, methodsAdded: [] }
const used: End = { wasUsed: true, sessionsRevoked: true, methodsAdded: [phone] }

const typesOf = (happened: readonly Fact[]): readonly Fact['type'][] => happened.map(({ type }) => type)

describe('a pass that is over by itself', () => {
  it.each<readonly [string, Seen, End | undefined, Fact['type'], Outcome]>([
    ['was used, as the look says', 'used', undefined, 'used', 'used'],
    ['was used, as its end shows', 'over', used, 'used', 'used'],
    ['was used, as its end shows, though it is not there any more', 'gone', used, 'used', 'used'],
    ['expired', 'over', unused, 'expired', 'expired'],
    ['was voided by wrong tries', 'voided', unused, 'voided', 'revoked'],
    ['was removed at the provider', 'gone', unused, 'vanished', 'revoked'],
  ])('%s', (_how, seen, end, type, outcome) => {
    expect(afterPass(states.active, seen, end, at)).toEqual([
      { type, at },
      { type: 'ended', at, outcome },
    ])
  })

  it.each(['ending: revoked', 'ending: stopped', 'ending: not seen'] as const)(
    'while somebody stops it (%s): only a use is kept, and what was said decides',
    (name) => {
      expect(afterPass(states[name], 'over', used, at)).toEqual([{ type: 'used', at }])
      expect(afterPass(states[name], 'over', unused, at)).toEqual([])
    },
  )
})

describe('what was to be ended and is gone', () => {
  it.each<readonly [StateName, End, readonly Fact['type'][], Outcome | undefined]>([
    ['ending: revoked', unused, ['revoked', 'ended'], 'revoked'],
    ['ending: revoked', used, ['revoked', 'ended'], 'revoked'],
    ['ending: stopped', unused, ['revoked', 'ended'], 'stopped'],
    ['ending: stopped', used, ['revoked', 'ended'], 'stopped'],
    ['ending: not seen', unused, ['reopened'], undefined],
    ['ending: not seen', used, ['revoked', 'ended'], 'revoked'],
    ['ending: mint lost', unused, ['reopened'], undefined],
    ['ending: mint lost', used, ['revoked', 'ended'], 'revoked'],
  ])('%s, found %o: %o', (name, end, types, outcome) => {
    const happened = afterEnd(states[name] as StateOf<'ending'>, end, at)
    expect(typesOf(happened)).toEqual(types)
    const last = happened.at(-1)
    expect(last?.type === 'ended' ? last.outcome : undefined).toBe(outcome)
  })

  it('is told with what was found', () => {
    const [revoked] = afterEnd(states['ending: revoked'] as StateOf<'ending'>, used, at)
    expect(revoked).toEqual({ type: 'revoked', at, ...used })
  })
})

describe('a use', () => {
  it('that an end found is told; nothing is told where there was none', () => {
    expect(useFound(used, at)).toEqual([{ type: 'used', at }])
    expect(useFound(unused, at)).toEqual([])
  })
})
