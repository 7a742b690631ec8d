import { describe, expect, it } from 'vitest'
import { longestTicket, ticketPattern } from '../../../src/core/policy/ticket-pattern.ts'

describe('a pattern whose work is bounded is accepted', () => {
  it.each([
    ['^(INC|REQ)[0-9]+$', 'INC123'],
    ['^(?:INC|REQ|CHG|TASK|PRB)-?[0-9]{4,10}$', 'TASK-1234'],
    ['^[A-Z]+-\\d+$', 'OPS-12'],
    ['^[A-Z]{2,10}-[0-9]{1,10}(?:-[0-9]{1,3})?$', 'OPS-12-3'],
    ['INC\\d+', 'INC1'],
    ['^\\(INC\\)[+*?|)(]\\d$', '(INC)+1'],
    ['^INC\\*1$', 'INC*1'],
    ['', 'anything'],
  ])('%s', (pattern, ticket) => {
    const usable = ticketPattern(pattern)
    expect(usable.ok && usable.value.test(ticket)).toBe(true)
  })
})

describe('a pattern that could take for ever is refused', () => {
  it.each([
    ['^(A+)+$', 'repeated-group'],
    ['^(A|A)*$', 'repeated-group'],
    ['^(?:A?){30}$', 'repeated-group'],
    ['^([0-9]+)*$', 'repeated-group'],
    ['^A*A*A*A*$', 'too-much-work'],
    ['A+A+A+', 'too-much-work'],
    ['^[A-Z]{1,}[A-Z]{0,60}[A-Z]{2,64}[A-Z]{1,5}$', 'too-much-work'],
    [`^${'A?'.repeat(30)}${'A'.repeat(30)}$`, 'too-much-work'],
    [`^${'(A|A)'.repeat(20)}$`, 'too-much-work'],
    ['^(A)\\1$', 'back-reference'],
    ['^(?<x>A)\\k<x>$', 'lookaround'],
    ['^(?=A)A$', 'lookaround'],
    ['^(?<!A)A$', 'lookaround'],
    ['^(INC', 'syntax'],
    ['^INC{$', 'syntax'],
    [`^${'A'.repeat(200)}$`, 'too-long'],
  ])('%s: %s', (pattern, reason) => {
    expect(ticketPattern(pattern)).toEqual({ ok: false, reason })
  })

  it('and the slowest accepted ones end on the worst tickets', () => {
    for (const pattern of ['^[A-Z]+[A-Z]+[A-Z]+$', '[A-Z]*[A-Z]*1$', `^${'(A|A)'.repeat(18)}$`]) {
      const usable = ticketPattern(pattern)
      expect(usable.ok && usable.value.test(`${'A'.repeat(longestTicket - 1)}!`)).toBe(false)
      expect(usable.ok).toBe(true)
    }
  })
})
