import { describe, expect, it } from 'vitest'
import { evolve } from '../../../src/core/exception/evolve.ts'
import { requestedBy, signedRequest } from '../../../src/core/exception/requested.ts'
import { body, facts, hanna, says } from './given.ts'

const signed = (statement: ReturnType<typeof says<'request'>>) => ({
  statement,
  keyId: 'key-1',
  signature: 'signed',
})
const names = { subjectName: 'Dana', requesterName: 'Hanna' }

describe('the first fact of an exception', () => {
  it('holds what was signed, when it was signed, and keeps what is personal apart', () => {
    expect(requestedBy(signed(says('request', hanna, 0)), names)).toEqual(facts.requested)
  })

  it('has no ticket where none was given', () => {
    const { ticket: _ticket, ...withoutTicket } = body()
    expect(requestedBy(signed(says('request', hanna, 0, { body: withoutTicket })), names)).not.toHaveProperty(
      'ticket',
    )
  })

  it('can be turned back into what the bot signed', () => {
    const envelope = signed(says('request', hanna, 0))
    const state = evolve({ status: 'new' }, requestedBy(envelope, names))
    expect(state.status === 'requested' && signedRequest(state.request)).toEqual(envelope)
  })
})
