import { crockford, crockfordReading } from '../ids.ts'

/** Letters that are drawn: 75 random bits. One more letter checks them. */
export const drawnLetters = 15

/** A code as people read and type it, `7F3K-Q2MD-9XWA-4T0Z`, of random bytes, one for each drawn letter. */
export function codeOf(bytes: Iterable<number>): string {
  const drawn = Array.from(bytes, (byte) => crockford.charAt(byte % crockford.length)).join('')
  const letters = `${drawn}${checkLetter(drawn)}`
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/**
 * What somebody typed, in the one spelling that is hashed: without hyphens and spaces, in capitals, with Crockford's
 * readings of O, I and L. Undefined when it can't be a code: another length, another letter, or a check letter that
 * does not fit.
 */
export function codeSpelling(typed: string): string | undefined {
  const letters = crockfordReading(typed.replaceAll(/[-\s]/g, ''))
  const isWhole =
    letters.length === drawnLetters + 1 && Array.from(letters).every((one) => crockford.includes(one))
  if (!isWhole) return undefined
  return checkLetter(letters.slice(0, drawnLetters)) === letters.at(-1) ? letters : undefined
}

/** Luhn's rule in base 32: one wrong letter, and nearly every exchange of two neighbours, shows. */
function checkLetter(letters: string): string {
  const base = crockford.length
  const sum = Array.from(letters)
    .toReversed()
    .map((letter, index) => crockford.indexOf(letter) * (index % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + Math.floor(value / base) + (value % base), 0)
  return crockford.charAt((base - (sum % base)) % base)
}
