import { no, yes, type Result } from '../result.ts'

/** Longer tickets match no pattern; it bounds the work that a pattern can cause. */
export const longestTicket = 64

export type PatternProblem =
  'too-long' | 'syntax' | 'lookaround' | 'back-reference' | 'repeated-group' | 'too-much-work'

const longestPattern = 200
/** Different ways to match that a ticket may have to be tried with; it keeps the slowest match under a blink. */
const mostWays = 300_000
const piece =
  /\\[1-9k]|\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?!:)|\)(?:[*+]|\{[^}]*\})|[*+?|]|\{(\d+)(,?)(\d*)\}|[^]/g

/**
 * Makes the policy's ticket pattern ready for use, anchors as written. Only patterns whose work is bounded are
 * accepted, for everybody who may use the command can choose the text: no look-around, no back references, no repeated
 * groups, and few ways to match.
 */
export function ticketPattern(pattern: string): Result<RegExp, PatternProblem> {
  if (pattern.length > longestPattern) return no('too-long')
  const compiled = compile(pattern)
  if (compiled === undefined) return no('syntax')
  let ways = pattern.startsWith('^') ? 1 : longestTicket
  for (const match of pattern.matchAll(piece)) {
    const problem = problemOf(match[0])
    if (problem !== undefined) return no(problem)
    ways *= waysOf(match)
  }
  return ways > mostWays ? no('too-much-work') : yes(compiled)
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return undefined
  }
}

function problemOf(found: string): PatternProblem | undefined {
  if (/^\\[1-9k]/.test(found)) return 'back-reference'
  if (found === '(?') return 'lookaround'
  return found.length > 1 && found.startsWith(')') ? 'repeated-group' : undefined
}

/** How many ways a piece multiplies: a choice by two, a repetition by the lengths it can have. */
function waysOf([found, least = '', comma, most = '']: RegExpExecArray): number {
  if (found === '*' || found === '+') return longestTicket
  if (found === '?' || found === '|') return 2
  if (least === '' || comma === '') return 1
  const upTo = most === '' ? longestTicket : Math.min(Number(most), longestTicket)
  return Math.max(1, upTo - Number(least) + 1)
}
