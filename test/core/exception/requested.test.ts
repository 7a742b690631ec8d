import { describe, expect, it } from 'vitest'
import { requestedBy } from '../../../src/core/exception/requested.ts'
import { body, facts, hanna, says } from './given.ts'

const names = { subjectName: 'Dana', requesterName: 'Hanna' }

describe('the first fact of an exception', () => {
  it('holds what was signed, when it was signed, and keeps what is personal apart', () => {
    expect(requestedBy(says('request', hanna, 0), names)).toEqual(facts.requested)
  })

  it('has no ticket where none was given', () => {
    const { ticket: _ticket, ...withoutTicket } = body()
    expect(requestedBy(says('request', hanna, 0, { body: withoutTicket }), names)).not.toHaveProperty(
      'ticket',
    )
  })
})
