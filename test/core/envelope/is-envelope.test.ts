import { anything, assert, constantFrom, jsonValue, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEnvelope } from '../../../src/core/envelope/is-envelope.ts'
import { hanna, says } from '../exception/given.ts'

const statement = says('request', hanna, 0)
const envelope = { statement, keyId: 'k', signature: 's' }

describe('the outline of an envelope', () => {
  it('is that of a signed statement', () => {
    expect(isEnvelope(envelope)).toBe(true)
  })

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'envelope'],
    ['a list', [envelope]],
    ['no key', { ...envelope, keyId: undefined }],
    ['a key that is no text', { ...envelope, keyId: 1 }],
    ['no signature', { statement, keyId: 'k' }],
    ['a signature that is no text', { ...envelope, signature: ['s'] }],
    ['no statement', { keyId: 'k', signature: 's' }],
    ['null as statement', { ...envelope, statement: null }],
    ['no kind', { ...envelope, statement: { ...statement, kind: undefined } }],
    ['no exception', { ...envelope, statement: { ...statement, exceptionId: 7 } }],
    ['no body', { ...envelope, statement: { ...statement, body: undefined } }],
    ['a text as body', { ...envelope, statement: { ...statement, body: 'body' } }],
    ['nobody', { ...envelope, statement: { ...statement, actor: undefined } }],
    ['null as somebody', { ...envelope, statement: { ...statement, actor: null } }],
    [
      'somebody without an id',
      { ...envelope, statement: { ...statement, actor: { team: 'T1', user: 'U' } } },
    ],
  ])('is not that of %s', (_what, message) => {
    expect(isEnvelope(message)).toBe(false)
  })

  it('is looked for in anything without failing', () => {
    assert(
      property(
        anything({ withNullPrototype: true, withMap: true, withBigInt: true, withDate: true }),
        (message) => {
          expect(typeof isEnvelope(message)).toBe('boolean')
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is looked for in every damaged envelope without failing, and a damaged part is seen', () => {
    const paths = [
      ['keyId'],
      ['signature'],
      ['statement'],
      ['statement', 'kind'],
      ['statement', 'exceptionId'],
    ] as const
    const deeper = [
      ['statement', 'actor'],
      ['statement', 'actor', 'person'],
    ] as const
    assert(
      property(constantFrom(...paths, ...deeper), jsonValue(), (path, junk) => {
        const isText = typeof junk === 'string' && path.at(-1) !== 'statement' && path.at(-1) !== 'actor'
        expect(isEnvelope(withPart(envelope, path, junk))).toBe(isText)
      }),
      { numRuns: 1000 },
    )
  })
})

function withPart(value: unknown, [first, ...rest]: readonly string[], part: unknown): unknown {
  if (first === undefined) return part
  const members = value as Readonly<Record<string, unknown>>
  return { ...members, [first]: withPart(members[first], rest, part) }
}
