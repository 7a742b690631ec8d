import { crockfordReading } from '../ids.ts'
import { codeSpelling } from './code.ts'

/** What a fraud code is made of: digits and letters of Crockford's base 32. */
const letters = /^[0-9A-HJKMNP-TV-Z]{4,32}$/i

/** Whether people can report a fraud by this: never by what could be the code of a bypass. */
export function canBeFraudCode(written: string): boolean {
  return letters.test(written) && codeSpelling(written) === undefined
}

/** Whether what was typed is the whole fraud code, in the readings that a code of a bypass has; never without one. */
export function isFraudCode(typed: string, fraudCode: string | undefined): boolean {
  return fraudCode !== undefined && spelling(typed) === spelling(fraudCode)
}

function spelling(text: string): string {
  return crockfordReading(text.replaceAll(/[-\s]/g, ''))
}
