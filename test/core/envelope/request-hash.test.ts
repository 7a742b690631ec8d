import { describe, expect, it } from 'vitest'
import { requestText } from '../../../src/core/envelope/request-hash.ts'
import { actorOf, body, exceptionId, hanna, marco } from '../exception/given.ts'

const text = requestText(exceptionId, actorOf(hanna), body())

describe('what the hash of a request covers', () => {
  it('does not depend on the order in which things are said', () => {
    const { kind, ...rest } = body()
    expect(requestText(exceptionId, actorOf(hanna), { ...rest, kind })).toBe(text)
  })

  it.each([
    ['the exception', requestText('another', actorOf(hanna), body())],
    ['the requester', requestText(exceptionId, actorOf(marco), body())],
    ['the requester’s Slack account', requestText(exceptionId, { ...actorOf(hanna), user: 'U9' }, body())],
    ['the subject', requestText(exceptionId, actorOf(hanna), body({ subject: marco.id }))],
    [
      'where the subject reads',
      requestText(exceptionId, actorOf(hanna), body({ subjectSlack: { team: 'T1', user: 'U9' } })),
    ],
    ['how long', requestText(exceptionId, actorOf(hanna), body({ duration: 7200 }))],
    ['why', requestText(exceptionId, actorOf(hanna), body({ category: 'other' }))],
    [
      'in which words',
      requestText(exceptionId, actorOf(hanna), body({ reason: 'Lost her phone on the trai' })),
    ],
    ['the ticket', requestText(exceptionId, actorOf(hanna), body({ ticket: 'INC1' }))],
    ['the policy', requestText(exceptionId, actorOf(hanna), body({ policyHash: 'another' }))],
  ])('%s', (_what, changed) => {
    expect(changed).not.toBe(text)
  })

  it('nothing that is left out is the same as nothing said', () => {
    const { ticket: _ticket, ...withoutTicket } = body()
    expect(requestText(exceptionId, actorOf(hanna), withoutTicket)).not.toBe(text)
  })
})
