import { expect, it } from 'vitest'
import { checkFact } from '../../../src/core/local/check-fact.ts'
import { tooMany, type Question } from '../../../src/core/local/check.ts'
import { Secret } from '../../../src/core/secret.ts'
import { code } from './given.ts'

const question: Question = {
  client: 'vpn-gateway',
  application: 'vpn',
  userName: 'dana',
  typed: new Secret('typed-by-dana'),
  address: '10.0.0.1',
  at: 1_000,
  isTooMany: false,
}

it('says who asked, for whom, from where, with what result, and nothing that was typed', () => {
  expect(checkFact(question, { is: 'not-let-in', because: 'wrong', by: code })).toEqual({
    at: 1_000,
    type: 'not-let-in',
    because: 'wrong',
    application: 'vpn',
    address: '10.0.0.1',
    subject: 'entra:dana',
    exceptionId: 'exception',
    details: { userName: 'dana' },
  })
  expect(checkFact(question, { is: 'let-in', by: code })).not.toHaveProperty('because')
})

it('does not keep a name that nothing was issued for: it may be a password in the wrong field', () => {
  const asked = { ...question, userName: 'hunter2' }
  const unknown = checkFact(asked, { is: 'not-let-in', because: 'unknown', by: undefined })
  expect(unknown.details).toEqual({ userName: 'unknown' })
  expect(checkFact(asked, tooMany).details).toEqual({ userName: 'unknown' })
})

it('keeps no endless name', () => {
  const fact = checkFact({ ...question, userName: 'd'.repeat(200) }, { is: 'let-in', by: code })
  expect(fact.details.userName).toHaveLength(128)
})
