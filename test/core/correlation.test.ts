import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { correlationId, originOf } from '../../src/core/correlation.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hanna = { person: 'entra:hanna', team: 'T1', user: 'UHANNA' } as const

const envelope = (kind: string, at: number, about: object = { exceptionId: 'e-1' }) => ({
  keyId: 'k',
  signature: `signed ${kind}`,
  statement: { v: 1, kind, body: {}, actor: hanna, at, ...about },
})
const [request, approval, claim] = [envelope('request', 1), envelope('approve', 2), envelope('claim', 3)]

describe('the id of a deed', () => {
  const id = correlationId(sha256, hanna, 1)

  it('is a UUID that follows from who did it and when', () => {
    expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(correlationId(sha256, { ...hanna }, 1)).toBe(id)
  })

  it.each([
    ['at another time', hanna, 2],
    ['by somebody else', { ...hanna, person: 'entra:hari' }, 1],
    ['by another account', { ...hanna, user: 'UHANNADM' }, 1],
  ] as const)('is another one %s', (_, actor, at) => {
    expect(correlationId(sha256, actor, at)).not.toBe(id)
  })
})

describe('what a message belongs to', () => {
  it.each([
    ['a statement alone', [claim, { request }], claim],
    ['a start', [{ request }], request],
    ['an order to mint', [{ request, approvals: [approval], claim, attempt: 1 }], claim],
    ['an order to give more time', [{ request, approvals: [approval] }], approval],
  ])('%s: the latest statement in it', (_, args, carried) => {
    expect(originOf(args)).toEqual({ envelope: carried, about: 'e-1' })
  })

  it('a statement about a case: the case', () => {
    const report = envelope('report', 1, { caseId: 'c-1' })
    expect(originOf([{ step: 'block', report }])).toEqual({ envelope: report, about: 'c-1' })
  })

  it.each([
    ['an order without a statement', [{ exceptionId: 'e-2', provider: 'entra' }], { about: 'e-2' }],
    ['the start of a follow-up', [{ start: { exceptionId: 'e-3' } }], { about: 'e-3' }],
    ['an order with an id that is none', [{ exceptionId: 'Dana Ito, locked out' }], {}],
    ['an order with an id without an end', [{ exceptionId: 'e'.repeat(65) }], {}],
    ['nothing', [], {}],
    ['words', ['view', { request: 'x' }], {}],
    ['nonsense', [{ exceptionId: 7, start: null, statement: { kind: 'claim' } }], {}],
  ])('%s', (_, args, origin) => {
    expect(originOf(args)).toEqual(origin)
  })
})
