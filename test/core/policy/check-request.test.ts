import { describe, expect, it } from 'vitest'
import { checkRequest } from '../../../src/core/policy/check-request.ts'

const ticket = { pattern: '^(INC|REQ)[0-9]+$', required: true }
const optional = { ...ticket, required: false }
const reason = { atLeast: 10 }
const short = { code: 'reason-too-short', atLeast: 10 }

describe('the words of a request are checked against the policy', () => {
  it.each([
    ['a good reason and a ticket', ticket, { reason: 'lost her phone', ticket: 'INC123' }, []],
    ['no ticket where none is needed', optional, { reason: 'lost her phone' }, []],
    ['an empty ticket where none is needed', optional, { reason: 'lost her phone', ticket: '' }, []],
    ['exactly as many characters as needed', optional, { reason: '1234567890' }, []],
    ['one character too few', optional, { reason: '123456789' }, [short]],
    ['spaces around a short reason', optional, { reason: '  lost it       ' }, [short]],
    ['invisible characters in a short reason', optional, { reason: `lost it${'\u200B'.repeat(9)}` }, [short]],
    ['no ticket where one is needed', ticket, { reason: 'lost her phone' }, [{ code: 'ticket-missing' }]],
    [
      'an empty ticket where one is needed',
      ticket,
      { reason: 'lost her phone', ticket: '' },
      [{ code: 'ticket-missing' }],
    ],
    [
      'a ticket of another form',
      ticket,
      { reason: 'lost her phone', ticket: 'ABC1' },
      [{ code: 'ticket-format' }],
    ],
    [
      'more than a ticket',
      ticket,
      { reason: 'lost her phone', ticket: 'INC1\n*all*' },
      [{ code: 'ticket-format' }],
    ],
    [
      'a bad ticket where none is needed',
      optional,
      { reason: 'lost her phone', ticket: 'ABC1' },
      [{ code: 'ticket-format' }],
    ],
    [
      'a ticket without end',
      ticket,
      { reason: 'lost her phone', ticket: `INC${'1'.repeat(62)}` },
      [{ code: 'ticket-format' }],
    ],
    ['everything wrong', ticket, { reason: '' }, [short, { code: 'ticket-missing' }]],
  ])('%s', (_what, policy, said, refusals) => {
    expect(checkRequest({ reason, ticket: policy }, said)).toEqual(refusals)
  })

  it('the pattern is used with its anchors as written', () => {
    const loose = { pattern: 'INC[0-9]+', required: true }
    expect(
      checkRequest({ reason, ticket: loose }, { reason: 'lost her phone', ticket: 'see INC1 please' }),
    ).toEqual([])
  })

  it('a pattern that must not be used fits no ticket', () => {
    const endless = { pattern: '^(A+)+$', required: true }
    expect(checkRequest({ reason, ticket: endless }, { reason: 'lost her phone', ticket: 'AAAA' })).toEqual([
      { code: 'ticket-format' },
    ])
  })
})
