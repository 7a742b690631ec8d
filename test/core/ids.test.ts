import { assert, constantFrom, integer, property, uuid } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayId, idPrefix, idFrom } from '../../src/core/ids.ts'

const shown = displayId('tap', '3bc8f15e-9a52-4d19-8a70-0123456789ab')

const alphabet = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')

/** A UUID whose eight letters are these: five bits each, by Crockford’s alphabet. */
function uuidOf(letters: string): string {
  const bits = Array.from(letters, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const hex = (bits.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8)}00-4000-8000-000000000000`
}

/** The letters that a prefix search compares with. */
const lettersOf = (display: string): string => display.slice('TAP-'.length).replace('-', '')

describe('the id that people read', () => {
  it.each([
    ['3bc8f15e-9a52-4d19-8a70-0123456789ab', 'TAP-7F4F-2QMT'],
    ['00000000-0000-4000-8000-000000000000', 'TAP-0000-0000'],
    ['ffffffff-ffff-4fff-bfff-ffffffffffff', 'TAP-ZZZZ-ZZZZ'],
    ['FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF', 'TAP-ZZZZ-ZZZZ'],
    [uuidOf('TAPX1234'), 'TAP-TAPX-1234'],
  ])('of %s is %s', (id, display) => {
    expect(displayId('tap', id)).toBe(display)
  })

  it('is the same for the same beginning, and another one for another', () => {
    assert(
      property(uuid(), uuid(), (one, other) => {
        const sameBeginning = one.replaceAll('-', '').slice(0, 10) === other.replaceAll('-', '').slice(0, 10)
        expect(displayId('tap', one) === displayId('tap', other)).toBe(sameBeginning)
        expect(displayId('tap', one)).toMatch(/^TAP-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
      }),
    )
  })
})

describe('what somebody types as an id', () => {
  it.each([
    [shown, '7F4F2QMT'],
    ['tap-7f4f-2qmt', '7F4F2QMT'],
    ['  TAP 7F4F 2QMT ', '7F4F2QMT'],
    ['tap_7f4f_2qmt', '7F4F2QMT'],
    ['BYP-7F4F-2QMT', '7F4F2QMT'],
    ['byp 7f4f', '7F4F'],
    ['DRILL-7F4F-2QMT', '7F4F2QMT'],
    ['drill 7f4f 2', '7F4F2'],
    ['drill7f4f2qmt', '7F4F2QMT'],
    ['drill7f4f2', '7F4F2'],
    ['drill7f4', 'DR1117F4'],
    ['DRIL-L7F4', 'DR1117F4'],
    ['tap7f4f2qmt', '7F4F2QMT'],
    ['7f4f', '7F4F'],
    ['TAP-7F4F-2', '7F4F2'],
    ['tap7f4f', '7F4F'],
    ['TAP-OIL0', '0110'],
    ['TAP-TAPX-1234', 'TAPX1234'],
    ['TAPX-1234', 'TAPX1234'],
    ['tapx1234', 'TAPX1234'],
    ['7F4', undefined],
    ['TAP-7F4', undefined],
    ['TAP', undefined],
    ['', undefined],
    ['7F4F2QMTX', undefined],
    ['7F4F-2QMU', undefined],
    ['7F4F%', undefined],
    ['7F4F\n2QMT', undefined],
    ['<@U012DANA>', undefined],
    ['ＴＡＰ7F4F', undefined],
  ])('%j is read as %s', (typed, letters) => {
    expect(idPrefix(typed)).toBe(letters)
  })

  it('finds the id, whatever part of its beginning it is and however it is written', () => {
    const spellings = [
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => ` ${text} `,
      (text: string) => text.replaceAll('-', ' '),
      (text: string) => text.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]
    assert(
      property(uuid(), integer({ min: 4, max: 8 }), constantFrom(...spellings), (id, length, spelling) => {
        const display = displayId('tap', id)
        const letters = lettersOf(display).slice(0, length)
        const beginning = display.slice(0, 'TAP-'.length + length + (length > 4 ? 1 : 0))
        expect(idPrefix(spelling(beginning))).toBe(letters)
      }),
      { numRuns: 2000 },
    )
  })

  it('finds the id by its eight letters alone, also when they begin like the kind', () => {
    const letter = constantFrom(...alphabet)
    assert(
      property(letter, letter, letter, letter, letter, (...rest) => {
        const letters = `TAP${rest.join('')}`
        const display = displayId('tap', uuidOf(letters))
        expect(idPrefix(lettersOf(display))).toBe(letters)
        expect(idPrefix(display.slice('TAP-'.length))).toBe(letters)
        expect(idPrefix(display)).toBe(letters)
      }),
    )
  })

  it('is never more than letters and digits, so that a search for it finds nothing else', () => {
    const odd = constantFrom(...Array.from('%_*\\\'"<>-. \0'), '0', 'Z', 'tap')
    assert(
      property(odd, odd, odd, odd, odd, (...parts) => {
        expect(idPrefix(parts.join('')) ?? '0000').toMatch(/^[0-9A-Z]{4,8}$/)
      }),
    )
  })
})

it('a UUID that follows from a hash is one, always the same, and another for another hash', () => {
  const hash = '0123456789abcdef'.repeat(4)
  expect(idFrom(hash)).toBe('01234567-89ab-8def-8123-456789abcdef')
  expect(idFrom(`f${hash.slice(1)}`)).not.toBe(idFrom(hash))
})
