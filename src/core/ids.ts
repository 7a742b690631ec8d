import { kinds, type Kind } from './kinds.ts'

/** A person in the directory: `<directory>:<id>`, never a name or an e-mail address, which change. */
export type PersonId = `entra:${string}` | `slack:${string}`

/** A UUID, made by the bot, that names one exception for ever. */
export type ExceptionId = string

/** A UUID, made by the bot, that names one case of fraud for ever. */
export type CaseId = string

/** The UUID that follows from a sha256 (hex), so that whoever makes it again makes the same one. */
export function idFrom(hash: string): string {
  const [a, b, c, d, e] = [
    [0, 8],
    [8, 12],
    [13, 16],
    [17, 20],
    [20, 32],
  ].map(([from, to]) => hash.slice(from, to))
  return `${a}-${b}-8${c}-8${d}-${e}`
}

/** Crockford's base 32: digits and letters that are not taken for each other. */
export const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const casePrefix = 'FRD'
const prefixes = [casePrefix, ...Object.values(kinds).map(({ prefix }) => prefix)]
const anyOf = `(?:${prefixes.join('|')})`
/** A prefix that stands apart, or before something else than the rest of a whole id that begins like it. */
const anyPrefix = new RegExp(`^(?:${anyOf}[-_ ]|(?!.{4}[-_ ]?.{4}$)${anyOf})`)

/** Letters as Crockford reads them: in capitals, O as 0, I and L as 1. */
export function crockfordReading(letters: string): string {
  return letters.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

/** The id that people read and type, `TAP-7F3K-Q2MD`: the first 40 bits of the UUID in Crockford's base 32. */
export function displayId(kind: Kind, id: ExceptionId): string {
  return idAfter(kinds[kind].prefix, id)
}

/** The same of a case, `FRD-7F3K-Q2MD`. */
export function caseDisplayId(id: CaseId): string {
  return idAfter(casePrefix, id)
}

function idAfter(prefix: string, id: string): string {
  const hex = id.replaceAll('-', '').slice(0, 10)
  const bits = Array.from(hex, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => crockford.charAt(Number.parseInt(five, 2)))
  return `${prefix}-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/**
 * What somebody typed as an id, made comparable: `tap-7f3k q2md` and `7F3KQ2MD` become `7F3KQ2MD`, with Crockford's
 * readings of O, I and L. Undefined when it can't be an id or the beginning of one (at least four letters). Eight letters
 * are a whole id, also when they begin like the kind.
 */
export function idPrefix(typed: string): string | undefined {
  const plain = crockfordReading(typed.trim().toUpperCase().replace(anyPrefix, '').replaceAll(/[-_ ]/g, ''))
  return /^[0-9A-HJKMNP-TV-Z]{4,8}$/.test(plain) ? plain : undefined
}
