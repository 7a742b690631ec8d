import { describe, expect, it } from 'vitest'
import type { Ended } from '../../../src/core/exception/state.ts'
import {
  afterLook,
  endsByWord,
  evidence,
  methodsAdded,
  needsFollowUp,
} from '../../../src/core/follow-up/rules.ts'
import type { Method } from '../../../src/core/ports.ts'
import { asked, phone, states } from '../exception/given.ts'

const ended = states.ended as Ended
const shownAt = asked

describe('a follow-up after an exception', () => {
  it.each<readonly [Ended['outcome'], boolean, boolean]>([
    ['used', true, true],
    ['revoked', true, true],
    ['revoked', false, false],
    ['expired', false, false],
    ['never-claimed', false, false],
    ['mints-used-up', false, false],
    ['refused', false, false],
    ['denied', false, false],
    ['withdrawn', false, false],
    ['timed-out', false, false],
    ['stopped', false, false],
    ['stopped', true, false],
  ])('%s, signed in with it: %s: %s', (outcome, wasUsed, then) => {
    expect(needsFollowUp({ ...ended, outcome, wasUsed })).toBe(then)
  })

  it('revoked, and nobody can tell whether it was used: true', () => {
    const { wasUsed: _wasUsed, ...unknown } = ended
    expect(needsFollowUp({ ...unknown, outcome: 'revoked' })).toBe(true)
  })

  it('voided by wrong codes before anybody got in: false', () => {
    const { wasUsed: _wasUsed, ...unknown } = ended
    expect(needsFollowUp({ ...unknown, outcome: 'revoked', overBy: 'voided' })).toBe(false)
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

describe('evidence', () => {
  const open = { status: 'open', exceptions: [], reminders: 0, helpAsked: false } as const

  it('is told and ends the follow-up', () => {
    expect(afterLook(open, [phone], asked)).toEqual([
      { type: 'evidence-seen', at: asked, methods: [phone] },
      { type: 'follow-up-closed', at: asked, because: 'evidence' },
    ])
  })

  it('ends it once, and nothing does not', () => {
    expect(afterLook({ ...open, status: 'closed', because: 'evidence' }, [phone], asked)).toEqual([])
    expect(afterLook(open, [], asked)).toEqual([])
  })
})
