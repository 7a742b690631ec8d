import { crockford, crockfordReading } from '../ids.ts'
import { codeSpelling } from './code.ts'

/** Fewest and most characters of a fraud code. */
const [fewest, most] = [4, 32]

/**
 * Whether people can report a fraud by this: digits and letters of Crockford's base 32, and never what could be the code
 * of a bypass.
 */
export function canBeFraudCode(written: string): boolean {
  const isSpelled = Array.from(written.toUpperCase()).every((one) => crockford.includes(one))
  const fits = written.length >= fewest && written.length <= most
  return isSpelled && fits && codeSpelling(written) === undefined
}

/** Whether what was typed is the whole fraud code, in the readings that a code of a bypass has; never without one. */
export function isFraudCode(typed: string, fraudCode: string | undefined): boolean {
  return fraudCode !== undefined && spelling(typed) === spelling(fraudCode)
}

function spelling(text: string): string {
  return crockfordReading(text.replaceAll(/[-\s]/g, ''))
}
