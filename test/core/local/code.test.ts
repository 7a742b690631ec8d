import { array, assert, integer, nat, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf, codeSpelling, drawnLetters } from '../../../src/core/local/code.ts'

const codes = array(integer({ min: 0, max: 255 }), { minLength: drawnLetters, maxLength: drawnLetters }).map(
  (bytes) => codeOf(bytes),
)

describe('a code', () => {
  it('is four groups of four letters that are not taken for each other', () => {
    assert(
      property(codes, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
      }),
    )
  })

  it('is read however people type it', () => {
    const code = codeOf([0, 1, 1, 0, ...Array.from({ length: 11 }, (_, index) => index)])
    const letters = code.replaceAll('-', '')
    expect(codeSpelling(code)).toBe(letters)
    expect(codeSpelling(` ${code.toLowerCase().replaceAll('-', ' ')}\n`)).toBe(letters)
    expect(codeSpelling(letters.replace('0110', 'OIlo'))).toBe(letters)
  })

  it('with one wrong letter is none', () => {
    assert(
      property(codes, nat(15), integer({ min: 1, max: 31 }), (code, at, by) => {
        const letters = codeSpelling(code) ?? ''
        const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
        const wrong = alphabet.charAt((alphabet.indexOf(letters.charAt(at)) + by) % 32)
        expect(codeSpelling(`${letters.slice(0, at)}${wrong}${letters.slice(at + 1)}`)).toBeUndefined()
      }),
    )
  })

  it.each(['', '7F3K', 'U'.repeat(16), 'é'.repeat(16), '0'.repeat(17)])('is not %j', (typed) => {
    expect(codeSpelling(typed)).toBeUndefined()
  })

  it('is never anything that throws', () => {
    assert(
      property(string(), (typed) => {
        expect(() => codeSpelling(typed)).not.toThrow()
      }),
    )
  })
})
