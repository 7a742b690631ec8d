import { describe, expect, it } from 'vitest'
import type { Ended } from '../../../src/core/exception/state.ts'
import {
  afterwards,
  endsByWord,
  evidence,
  methodsAdded,
  nextReminderAt,
} from '../../../src/core/follow-up/rules.ts'
import type { Method } from '../../../src/core/ports.ts'
import { asked, phone, states } from '../exception/given.ts'

const ended = states.ended as Ended
const shownAt = asked

describe('what goes on after an exception', () => {
  it.each<readonly [Ended['outcome'], boolean, ReturnType<typeof afterwards>]>([
    ['used', true, 'follow-up'],
    ['revoked', true, 'follow-up'],
    ['revoked', false, 'nothing'],
    ['expired', false, 'ask-requester'],
    ['never-claimed', false, 'ask-requester'],
    ['mints-used-up', false, 'ask-requester'],
    ['refused', false, 'nothing'],
    ['denied', false, 'nothing'],
    ['withdrawn', false, 'nothing'],
    ['timed-out', false, 'nothing'],
    ['stopped', false, 'nothing'],
    ['stopped', true, 'nothing'],
  ])('%s, signed in with it: %s: %s', (outcome, wasUsed, then) => {
    expect(afterwards({ ...ended, outcome, wasUsed })).toBe(then)
  })

  it('revoked, and nobody can tell whether it was used: follow-up', () => {
    const { wasUsed: _wasUsed, ...unknown } = ended
    expect(afterwards({ ...unknown, outcome: 'revoked' })).toBe('follow-up')
  })
})

describe('a method counts as new', () => {
  const other: Method = { ...phone, id: 'other' }
  const mail: Method = { id: 'mail', type: 'email', label: 'E-mail', strong: false }

  it.each<readonly [string, readonly Method[], readonly Method[], readonly Method[]]>([
    ['when it was not there', [phone], [phone, other], [other]],
    ['when there was nothing', [], [phone], [phone]],
    ['not when it was there', [phone], [phone], []],
    ['not when it went away', [phone, other], [phone], []],
    [
      'when it was made anew under its old id',
      [phone],
      [{ ...phone, createdAt: shownAt }],
      [{ ...phone, createdAt: shownAt }],
    ],
    ['not when it was made before the code was shown', [phone], [{ ...phone, createdAt: shownAt - 1 }], []],
    [
      'whatever the provider says of its age, when it was not there',
      [],
      [{ ...phone, createdAt: shownAt - 1 }],
      [{ ...phone, createdAt: shownAt - 1 }],
    ],
  ])('%s', (_when, before, now, added) => {
    expect(methodsAdded(before, now, shownAt)).toEqual(added)
  })

  it('and as evidence only when it is strong', () => {
    expect(evidence([], [mail, phone], shownAt)).toEqual([phone])
    expect(evidence([], [mail], shownAt)).toEqual([])
    expect(methodsAdded([], [mail], shownAt)).toEqual([mail])
  })
})

describe('a person’s own word ends it', () => {
  it.each([
    ['not-at-hand', true],
    ['lost', false],
    ['replaced', false],
    ['new-starter', false],
    ['other', false],
  ] as const)('%s: %s', (category, ends) => {
    expect(endsByWord(category)).toBe(ends)
  })
})

describe('reminders', () => {
  it.each([
    [0, asked],
    [1, asked + 3_600_000],
    [2, asked + 86_400_000],
    [3, undefined],
    [4, undefined],
  ])('after %i sent, the next at %s', (sent, at) => {
    expect(nextReminderAt([0, 3600, 86_400], asked, sent)).toBe(at)
  })

  it('none where the policy has none', () => {
    expect(nextReminderAt([], asked, 0)).toBeUndefined()
  })
})
