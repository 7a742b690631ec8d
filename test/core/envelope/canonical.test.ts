import { anything, assert, dictionary, jsonValue, property, string, tuple, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/core/envelope/canonical.ts'

/** The same JSON value, with the keys of every object turned round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)]),
  )
}

describe('the canonical text', () => {
  it.each<readonly [unknown, string]>([
    [null, 'null'],
    [true, 'true'],
    ['a"\n\u2028', '"a\\"\\n\u2028"'],
    ['\ud800', '"\\ud800"'],
    [-0, '0'],
    [1e21, '1e+21'],
    [0.1, '0.1'],
    [[], '[]'],
    [{}, '{}'],
    [{ b: 1, a: [{ d: 2, c: 3 }] }, '{"a":[{"c":3,"d":2}],"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [{ '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, 1: 4, ö: 5 }, '{"1":4,"ö":5,"€":3,"😀":2,"\ufb33":1}'],
    [JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
  ])('of %o is %s', (value, text) => {
    expect(canonical(value)).toBe(text)
  })

  it.each([NaN, Infinity, -Infinity])('does not exist for %d, however deep', (number) => {
    expect(() => canonical(number)).toThrow(TypeError)
    expect(() => canonical([{ a: number }])).toThrow(TypeError)
  })

  it('is the same whatever the order of the keys', () => {
    assert(
      property(jsonValue(), (value) => {
        expect(canonical(turned(value))).toBe(canonical(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('says the value and nothing else: reading it gives the value back', () => {
    assert(
      property(jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is another one for another value', () => {
    assert(
      property(tuple(jsonValue(), jsonValue()), ([one, other]) => {
        const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
        expect(canonical(one) === canonical(other)).toBe(equal)
      }),
      { numRuns: 1000 },
    )
  })

  it('changes with every changed, added or removed member', () => {
    assert(
      property(dictionary(string(), jsonValue()), string(), jsonValue(), (value, key, member) => {
        const before = Object.hasOwn(value, key) ? canonical(value[key]) : undefined
        const changed = { ...value, [key]: member }
        expect(canonical(changed) === canonical(value)).toBe(before === canonical(member))
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps lists in their order', () => {
    assert(
      property(uniqueArray(string(), { minLength: 2, maxLength: 5 }), (list) => {
        expect(canonical(list.toReversed())).not.toBe(canonical(list))
      }),
    )
  })

  it('of anything at all is a text or an error, and never mends the value', () => {
    assert(
      property(anything(), (value) => {
        let text: unknown
        try {
          text = canonical(value)
        } catch (error) {
          text = String(error)
        }
        expect(['string', 'undefined']).toContain(typeof text)
      }),
      { numRuns: 1000 },
    )
  })
})

/** By an own way of sorting, so that the comparison does not rest on what is tested. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return { list: value.map(sorted) }
  if (typeof value !== 'object' || value === null) return { plain: value }
  const keys = Object.keys(value).toSorted()
  return { object: keys.map((key) => [key, sorted((value as Record<string, unknown>)[key])]) }
}
